# wrong: takes the gradient of the given network itself
def pixels_seen(model, shape, unit):
    X = torch.rand(1, *shape, requires_grad=True)
    out = copy.deepcopy(model)(X)
    if not out.requires_grad:
        return torch.zeros(shape[1:], dtype=torch.bool)
    [gradient] = torch.autograd.grad(out[0, :, unit[0], unit[1]].sum(), X)
    return (gradient[0] != 0).any(dim=0)


# wrong: makes weights positive but leaves max pooling
def pixels_seen(model, shape, unit):
    twin = copy.deepcopy(model)
    for layer in twin:
        if isinstance(layer, nn.Conv2d):
            nn.init.ones_(layer.weight)
            if layer.bias is not None:
                nn.init.zeros_(layer.bias)
    X = torch.rand(1, *shape, requires_grad=True)
    [gradient] = torch.autograd.grad(twin(X)[0, :, unit[0], unit[1]].sum(), X)
    return (gradient[0] != 0).any(dim=0)


# wrong: replaces the pooling but keeps the weights and ReLU
def pixels_seen(model, shape, unit):
    layers = []
    for layer in copy.deepcopy(model):
        if isinstance(layer, nn.MaxPool2d):
            layer = nn.AvgPool2d(layer.kernel_size, layer.stride, layer.padding)
        layers.append(layer)
    X = torch.rand(1, *shape, requires_grad=True)
    out = nn.Sequential(*layers)(X)[0, :, unit[0], unit[1]].sum()
    if not out.requires_grad:
        return torch.zeros(shape[1:], dtype=torch.bool)
    [gradient] = torch.autograd.grad(out, X)
    return (gradient[0] != 0).any(dim=0)


# wrong: fills the weights of the given network with ones
def pixels_seen(model, shape, unit):
    layers = []
    for layer in model:
        if isinstance(layer, nn.ReLU):
            continue
        if isinstance(layer, nn.Conv2d):
            layer.weight.data.fill_(1)
        if isinstance(layer, nn.MaxPool2d):
            layer = nn.AvgPool2d(layer.kernel_size, layer.stride, layer.padding)
        layers.append(layer)
    X = torch.ones(1, *shape, requires_grad=True)
    [gradient] = torch.autograd.grad(
        nn.Sequential(*layers)(X)[0, :, unit[0], unit[1]].sum(), X
    )
    return (gradient[0] != 0).any(dim=0)


# wrong: row and column are mixed up
def pixels_seen(model, shape, unit):
    layers = []
    for layer in copy.deepcopy(model):
        if isinstance(layer, nn.ReLU):
            continue
        if isinstance(layer, nn.Conv2d):
            nn.init.ones_(layer.weight)
        if isinstance(layer, nn.MaxPool2d):
            layer = nn.AvgPool2d(layer.kernel_size, layer.stride, layer.padding)
        layers.append(layer)
    X = torch.ones(1, *shape, requires_grad=True)
    out = nn.Sequential(*layers)(X)[0, :, unit[1] % 2, unit[0]].sum()
    [gradient] = torch.autograd.grad(out, X)
    return (gradient[0] != 0).any(dim=0)


# wrong: fills the box around what is seen, and so dilation's holes
def pixels_seen(model, shape, unit):
    layers = []
    for layer in copy.deepcopy(model):
        if isinstance(layer, nn.ReLU):
            continue
        if isinstance(layer, nn.Conv2d):
            nn.init.ones_(layer.weight)
        if isinstance(layer, nn.MaxPool2d):
            layer = nn.AvgPool2d(layer.kernel_size, layer.stride, layer.padding)
        layers.append(layer)
    X = torch.ones(1, *shape, requires_grad=True)
    out = nn.Sequential(*layers)(X)[0, :, unit[0], unit[1]].sum()
    [gradient] = torch.autograd.grad(out, X)
    places = (gradient[0] != 0).any(dim=0).nonzero()
    mask = torch.zeros(shape[1:], dtype=torch.bool)
    top, left = places.min(dim=0).values
    bottom, right = places.max(dim=0).values
    mask[top : bottom + 1, left : right + 1] = True
    return mask


# wrong: a convolution of kernel 3 in place of every pooling
def pixels_seen(model, shape, unit):
    layers, channels = [], shape[0]
    for layer in model:
        if isinstance(layer, nn.ReLU):
            continue
        if isinstance(layer, nn.Conv2d):
            layer = copy.deepcopy(layer)
            nn.init.ones_(layer.weight)
            channels = layer.out_channels
        else:
            layer = nn.Conv2d(channels, channels, 3, layer.stride, layer.padding)
            nn.init.ones_(layer.weight)
        layers.append(layer)
    X = torch.ones(1, *shape, requires_grad=True)
    out = nn.Sequential(*layers)(X)[0, :, unit[0], unit[1]].sum()
    [gradient] = torch.autograd.grad(out, X)
    return (gradient[0] != 0).any(dim=0)


# wrong: numbers instead of truth values
def pixels_seen(model, shape, unit):
    layers = []
    for layer in copy.deepcopy(model):
        if isinstance(layer, nn.ReLU):
            continue
        if isinstance(layer, nn.Conv2d):
            nn.init.ones_(layer.weight)
        if isinstance(layer, nn.MaxPool2d):
            layer = nn.AvgPool2d(layer.kernel_size, layer.stride, layer.padding)
        layers.append(layer)
    X = torch.ones(1, *shape, requires_grad=True)
    nn.Sequential(*layers)(X)[0, :, unit[0], unit[1]].sum().backward()
    return X.grad[0].abs().sum(dim=0)


# right: one channel, all weights one, pooling as convolution
def pixels_seen(model, shape, unit):
    X = torch.ones(1, 1, *shape[1:], dtype=torch.float64, requires_grad=True)
    out = X
    for layer in model:
        if isinstance(layer, nn.ReLU):
            continue
        k = layer.kernel_size
        k = (k, k) if isinstance(k, int) else k
        dilation = layer.dilation if isinstance(layer, nn.Conv2d) else 1
        ones = torch.ones(1, 1, *k, dtype=torch.float64)
        out = F.conv2d(out, ones, None, layer.stride, layer.padding, dilation)
    out[0, 0, unit[0], unit[1]].backward()
    return X.grad[0, 0] > 0


# right: positive weights and a positive picture, ReLU stays
def pixels_seen(model, shape, unit):
    twin = copy.deepcopy(model).float()
    for place, layer in enumerate(twin):
        if isinstance(layer, nn.MaxPool2d):
            twin[place] = nn.AvgPool2d(layer.kernel_size, layer.stride, layer.padding)
        elif isinstance(layer, nn.Conv2d):
            layer.weight.data.fill_(0.5)
            if layer.bias is not None:
                layer.bias.data.zero_()
    X = torch.rand(1, *shape) + 0.1
    X.requires_grad_(True)
    twin(X)[0, :, unit[0], unit[1]].mean().backward()
    return X.grad.abs().sum(dim=(0, 1)) != 0


# right: sets of rows and columns, no gradient at all
def pixels_seen(model, shape, unit):
    axes = []
    for axis in (0, 1):
        size, windows = shape[1 + axis], []
        for layer in model:
            if isinstance(layer, nn.ReLU):
                continue
            values = [layer.kernel_size, layer.stride, layer.padding]
            values.append(getattr(layer, "dilation", 1))
            k, s, p, d = (v if isinstance(v, int) else v[axis] for v in values)
            windows.insert(0, (k, s, p, d, size))
            size = (size + 2 * p - d * (k - 1) - 1) // s + 1
        places = {unit[axis]}
        for k, s, p, d, size in windows:
            places = {s * u - p + d * i for u in places for i in range(k)}
            places = {u for u in places if 0 <= u < size}
        axes.append([u in places for u in range(shape[1 + axis])])
    rows, columns = (torch.tensor(one) for one in axes)
    return rows[:, None] & columns[None, :]
