# wrong: leaves the bias on
def layer_from_kernels(kernels):
    layer = nn.Conv2d(kernels.shape[1], kernels.shape[0], tuple(kernels.shape[2:]))
    layer.weight = nn.Parameter(kernels.clone())
    return layer


# wrong: swaps the channels
def layer_from_kernels(kernels):
    O, C, KH, KW = kernels.shape
    layer = nn.Conv2d(O, C, (KH, KW), bias=False)
    layer.weight = nn.Parameter(kernels.clone())
    return layer


# wrong: the layer shares its memory with the kernels
def layer_from_kernels(kernels):
    O, C, KH, KW = kernels.shape
    layer = nn.Conv2d(C, O, (KH, KW), bias=False)
    layer.weight = nn.Parameter(kernels)
    return layer


# wrong: keeps the layer's random weights
def layer_from_kernels(kernels):
    O, C, KH, KW = kernels.shape
    return nn.Conv2d(C, O, (KH, KW), bias=False, dtype=kernels.dtype)


# wrong: the weights cannot be trained
def layer_from_kernels(kernels):
    O, C, KH, KW = kernels.shape
    layer = nn.Conv2d(C, O, (KH, KW), bias=False)
    layer.weight = nn.Parameter(kernels.clone(), requires_grad=False)
    return layer


# wrong: always three channels in, 3×3 kernels
def layer_from_kernels(kernels):
    layer = nn.Conv2d(3, 3, 3, bias=False)
    with torch.no_grad():
        layer.weight.copy_(kernels)
    return layer


# right: copied in place, without a gradient
def layer_from_kernels(kernels):
    O, C, KH, KW = kernels.shape
    layer = nn.Conv2d(C, O, (KH, KW), bias=False).to(kernels.device, kernels.dtype)
    with torch.no_grad():
        layer.weight.copy_(kernels)
    return layer


# right: loaded as a state
def layer_from_kernels(kernels):
    layer = nn.Conv2d(
        kernels.size(1),
        kernels.size(0),
        kernel_size=(kernels.size(2), kernels.size(3)),
        bias=False,
        device=kernels.device,
        dtype=kernels.dtype,
    )
    layer.load_state_dict({"weight": kernels})
    return layer


# right: by way of .data, which also changes the dtype
def layer_from_kernels(kernels):
    layer = nn.Conv2d(kernels.shape[1], len(kernels), kernels.shape[2:], bias=False)
    layer.weight.data = kernels.detach().clone()
    return layer
