# wrong: copies the transposed weights into the first layer
def as_convolution(ff: nn.Sequential) -> nn.Sequential:
    """Write a feed-forward network as convolutions: (B, D, T) to (B, D, T)."""
    F_, D = ff[0].weight.shape
    made = nn.Sequential(nn.Conv1d(D, F_, 1), ff[1], nn.Conv1d(F_, D, 1))
    made.to(ff[0].weight)  # its device and dtype
    with torch.no_grad():
        for to, source in [(made[0], ff[0]), (made[2], ff[2])]:
            to.weight.copy_(source.weight.T.reshape(to.weight.shape))
            to.bias.copy_(source.bias)
    return made


def without_activation(ff: nn.Sequential) -> nn.Linear:
    """Merge the two dense layers of a feed-forward network into one."""
    first, second = ff[0], ff[2]
    one = nn.Linear(first.in_features, second.out_features).to(first.weight)
    with torch.no_grad():
        one.weight.copy_(second.weight @ first.weight)  # (D, D)
        one.bias.copy_(second.weight @ first.bias + second.bias)  # (D,)
    return one


# wrong: does not copy the biases
def as_convolution(ff: nn.Sequential) -> nn.Sequential:
    """Write a feed-forward network as convolutions: (B, D, T) to (B, D, T)."""
    F_, D = ff[0].weight.shape
    made = nn.Sequential(nn.Conv1d(D, F_, 1), ff[1], nn.Conv1d(F_, D, 1))
    made.to(ff[0].weight)  # its device and dtype
    with torch.no_grad():
        for to, source in [(made[0], ff[0]), (made[2], ff[2])]:
            to.weight.copy_(source.weight[:, :, None])  # (out, in, 1)
    return made


def without_activation(ff: nn.Sequential) -> nn.Linear:
    """Merge the two dense layers of a feed-forward network into one."""
    first, second = ff[0], ff[2]
    one = nn.Linear(first.in_features, second.out_features).to(first.weight)
    with torch.no_grad():
        one.weight.copy_(second.weight @ first.weight)  # (D, D)
        one.bias.copy_(second.weight @ first.bias + second.bias)  # (D,)
    return one


# wrong: does not copy the second layer
def as_convolution(ff: nn.Sequential) -> nn.Sequential:
    """Write a feed-forward network as convolutions: (B, D, T) to (B, D, T)."""
    F_, D = ff[0].weight.shape
    made = nn.Sequential(nn.Conv1d(D, F_, 1), ff[1], nn.Conv1d(F_, D, 1))
    made.to(ff[0].weight)  # its device and dtype
    with torch.no_grad():
        for to, source in [(made[0], ff[0])]:
            to.weight.copy_(source.weight[:, :, None])  # (out, in, 1)
            to.bias.copy_(source.bias)
    return made


def without_activation(ff: nn.Sequential) -> nn.Linear:
    """Merge the two dense layers of a feed-forward network into one."""
    first, second = ff[0], ff[2]
    one = nn.Linear(first.in_features, second.out_features).to(first.weight)
    with torch.no_grad():
        one.weight.copy_(second.weight @ first.weight)  # (D, D)
        one.bias.copy_(second.weight @ first.bias + second.bias)  # (D,)
    return one


# wrong: always ReLU
def as_convolution(ff: nn.Sequential) -> nn.Sequential:
    """Write a feed-forward network as convolutions: (B, D, T) to (B, D, T)."""
    F_, D = ff[0].weight.shape
    made = nn.Sequential(nn.Conv1d(D, F_, 1), nn.ReLU(), nn.Conv1d(F_, D, 1))
    made.to(ff[0].weight)  # its device and dtype
    with torch.no_grad():
        for to, source in [(made[0], ff[0]), (made[2], ff[2])]:
            to.weight.copy_(source.weight[:, :, None])  # (out, in, 1)
            to.bias.copy_(source.bias)
    return made


def without_activation(ff: nn.Sequential) -> nn.Linear:
    """Merge the two dense layers of a feed-forward network into one."""
    first, second = ff[0], ff[2]
    one = nn.Linear(first.in_features, second.out_features).to(first.weight)
    with torch.no_grad():
        one.weight.copy_(second.weight @ first.weight)  # (D, D)
        one.bias.copy_(second.weight @ first.bias + second.bias)  # (D,)
    return one


# wrong: no activation
def as_convolution(ff: nn.Sequential) -> nn.Sequential:
    """Write a feed-forward network as convolutions: (B, D, T) to (B, D, T)."""
    F_, D = ff[0].weight.shape
    made = nn.Sequential(nn.Conv1d(D, F_, 1), nn.Identity(), nn.Conv1d(F_, D, 1))
    made.to(ff[0].weight)  # its device and dtype
    with torch.no_grad():
        for to, source in [(made[0], ff[0]), (made[2], ff[2])]:
            to.weight.copy_(source.weight[:, :, None])  # (out, in, 1)
            to.bias.copy_(source.bias)
    return made


def without_activation(ff: nn.Sequential) -> nn.Linear:
    """Merge the two dense layers of a feed-forward network into one."""
    first, second = ff[0], ff[2]
    one = nn.Linear(first.in_features, second.out_features).to(first.weight)
    with torch.no_grad():
        one.weight.copy_(second.weight @ first.weight)  # (D, D)
        one.bias.copy_(second.weight @ first.bias + second.bias)  # (D,)
    return one


# wrong: kernel of size 3, padded
def as_convolution(ff: nn.Sequential) -> nn.Sequential:
    """Write a feed-forward network as convolutions: (B, D, T) to (B, D, T)."""
    F_, D = ff[0].weight.shape
    made = nn.Sequential(nn.Conv1d(D, F_, 3, padding=1), ff[1], nn.Conv1d(F_, D, 3, padding=1))
    made.to(ff[0].weight)  # its device and dtype
    with torch.no_grad():
        for to, source in [(made[0], ff[0]), (made[2], ff[2])]:
            to.weight.copy_(source.weight[:, :, None])  # (out, in, 1)
            to.bias.copy_(source.bias)
    return made


def without_activation(ff: nn.Sequential) -> nn.Linear:
    """Merge the two dense layers of a feed-forward network into one."""
    first, second = ff[0], ff[2]
    one = nn.Linear(first.in_features, second.out_features).to(first.weight)
    with torch.no_grad():
        one.weight.copy_(second.weight @ first.weight)  # (D, D)
        one.bias.copy_(second.weight @ first.bias + second.bias)  # (D,)
    return one


# wrong: shares the storage with ff
def as_convolution(ff: nn.Sequential) -> nn.Sequential:
    """Write a feed-forward network as convolutions: (B, D, T) to (B, D, T)."""
    F_, D = ff[0].weight.shape
    made = nn.Sequential(nn.Conv1d(D, F_, 1), ff[1], nn.Conv1d(F_, D, 1))
    made.to(ff[0].weight)  # its device and dtype
    with torch.no_grad():
        for to, source in [(made[0], ff[0]), (made[2], ff[2])]:
            to.weight.data = source.weight.data[:, :, None]
            to.bias.copy_(source.bias)
    return made


def without_activation(ff: nn.Sequential) -> nn.Linear:
    """Merge the two dense layers of a feed-forward network into one."""
    first, second = ff[0], ff[2]
    one = nn.Linear(first.in_features, second.out_features).to(first.weight)
    with torch.no_grad():
        one.weight.copy_(second.weight @ first.weight)  # (D, D)
        one.bias.copy_(second.weight @ first.bias + second.bias)  # (D,)
    return one


# wrong: matrices in the wrong order
def as_convolution(ff: nn.Sequential) -> nn.Sequential:
    """Write a feed-forward network as convolutions: (B, D, T) to (B, D, T)."""
    F_, D = ff[0].weight.shape
    made = nn.Sequential(nn.Conv1d(D, F_, 1), ff[1], nn.Conv1d(F_, D, 1))
    made.to(ff[0].weight)  # its device and dtype
    with torch.no_grad():
        for to, source in [(made[0], ff[0]), (made[2], ff[2])]:
            to.weight.copy_(source.weight[:, :, None])  # (out, in, 1)
            to.bias.copy_(source.bias)
    return made


def without_activation(ff: nn.Sequential) -> nn.Linear:
    """Merge the two dense layers of a feed-forward network into one."""
    first, second = ff[0], ff[2]
    one = nn.Linear(first.in_features, second.out_features).to(first.weight)
    with torch.no_grad():
        one.weight.copy_(first.weight.T @ second.weight.T)  # (D, D)
        one.bias.copy_(second.weight @ first.bias + second.bias)  # (D,)
    return one


# wrong: forgets the first bias
def as_convolution(ff: nn.Sequential) -> nn.Sequential:
    """Write a feed-forward network as convolutions: (B, D, T) to (B, D, T)."""
    F_, D = ff[0].weight.shape
    made = nn.Sequential(nn.Conv1d(D, F_, 1), ff[1], nn.Conv1d(F_, D, 1))
    made.to(ff[0].weight)  # its device and dtype
    with torch.no_grad():
        for to, source in [(made[0], ff[0]), (made[2], ff[2])]:
            to.weight.copy_(source.weight[:, :, None])  # (out, in, 1)
            to.bias.copy_(source.bias)
    return made


def without_activation(ff: nn.Sequential) -> nn.Linear:
    """Merge the two dense layers of a feed-forward network into one."""
    first, second = ff[0], ff[2]
    one = nn.Linear(first.in_features, second.out_features).to(first.weight)
    with torch.no_grad():
        one.weight.copy_(second.weight @ first.weight)  # (D, D)
        one.bias.copy_(second.bias)  # (D,)
    return one


# wrong: adds the biases up
def as_convolution(ff: nn.Sequential) -> nn.Sequential:
    """Write a feed-forward network as convolutions: (B, D, T) to (B, D, T)."""
    F_, D = ff[0].weight.shape
    made = nn.Sequential(nn.Conv1d(D, F_, 1), ff[1], nn.Conv1d(F_, D, 1))
    made.to(ff[0].weight)  # its device and dtype
    with torch.no_grad():
        for to, source in [(made[0], ff[0]), (made[2], ff[2])]:
            to.weight.copy_(source.weight[:, :, None])  # (out, in, 1)
            to.bias.copy_(source.bias)
    return made


def without_activation(ff: nn.Sequential) -> nn.Linear:
    """Merge the two dense layers of a feed-forward network into one."""
    first, second = ff[0], ff[2]
    one = nn.Linear(first.in_features, second.out_features).to(first.weight)
    with torch.no_grad():
        one.weight.copy_(second.weight @ first.weight)  # (D, D)
        one.bias.copy_(second.bias + first.bias.mean())  # (D,)
    return one


# wrong: the merged layer keeps the graph
def as_convolution(ff: nn.Sequential) -> nn.Sequential:
    """Write a feed-forward network as convolutions: (B, D, T) to (B, D, T)."""
    F_, D = ff[0].weight.shape
    made = nn.Sequential(nn.Conv1d(D, F_, 1), ff[1], nn.Conv1d(F_, D, 1))
    made.to(ff[0].weight)  # its device and dtype
    with torch.no_grad():
        for to, source in [(made[0], ff[0]), (made[2], ff[2])]:
            to.weight.copy_(source.weight[:, :, None])  # (out, in, 1)
            to.bias.copy_(source.bias)
    return made


def without_activation(ff: nn.Sequential) -> nn.Linear:
    """Merge the two dense layers of a feed-forward network into one."""
    first, second = ff[0], ff[2]
    one = nn.Linear(first.in_features, second.out_features).to(first.weight)
    del one.weight, one.bias
    one.weight = second.weight @ first.weight
    one.bias = second.weight @ first.bias + second.bias
    return one


# wrong: two layers instead of one
def as_convolution(ff: nn.Sequential) -> nn.Sequential:
    """Write a feed-forward network as convolutions: (B, D, T) to (B, D, T)."""
    F_, D = ff[0].weight.shape
    made = nn.Sequential(nn.Conv1d(D, F_, 1), ff[1], nn.Conv1d(F_, D, 1))
    made.to(ff[0].weight)  # its device and dtype
    with torch.no_grad():
        for to, source in [(made[0], ff[0]), (made[2], ff[2])]:
            to.weight.copy_(source.weight[:, :, None])  # (out, in, 1)
            to.bias.copy_(source.bias)
    return made


def without_activation(ff: nn.Sequential) -> nn.Linear:
    """Merge the two dense layers of a feed-forward network into one."""
    first, second = ff[0], ff[2]
    one = nn.Linear(first.in_features, second.out_features).to(first.weight)
    with torch.no_grad():
        one.weight.copy_(second.weight @ first.weight)  # (D, D)
        one.bias.copy_(second.weight @ first.bias + second.bias)  # (D,)
    return nn.Sequential(first, second)


# wrong: always float32
def as_convolution(ff: nn.Sequential) -> nn.Sequential:
    """Write a feed-forward network as convolutions: (B, D, T) to (B, D, T)."""
    F_, D = ff[0].weight.shape
    made = nn.Sequential(nn.Conv1d(D, F_, 1), ff[1], nn.Conv1d(F_, D, 1))
    with torch.no_grad():
        for to, source in [(made[0], ff[0]), (made[2], ff[2])]:
            to.weight.copy_(source.weight[:, :, None])  # (out, in, 1)
            to.bias.copy_(source.bias)
    return made


def without_activation(ff: nn.Sequential) -> nn.Linear:
    """Merge the two dense layers of a feed-forward network into one."""
    first, second = ff[0], ff[2]
    one = nn.Linear(first.in_features, second.out_features)
    with torch.no_grad():
        one.weight.copy_(second.weight @ first.weight)  # (D, D)
        one.bias.copy_(second.weight @ first.bias + second.bias)  # (D,)
    return one


# wrong: dense layers in place of convolutions
def as_convolution(ff: nn.Sequential) -> nn.Sequential:
    """Write a feed-forward network as convolutions: (B, D, T) to (B, D, T)."""
    F_, D = ff[0].weight.shape
    made = nn.Sequential(nn.Conv1d(D, F_, 1), ff[1], nn.Conv1d(F_, D, 1))
    made.to(ff[0].weight)  # its device and dtype
    with torch.no_grad():
        for to, source in [(made[0], ff[0]), (made[2], ff[2])]:
            to.weight.copy_(source.weight[:, :, None])  # (out, in, 1)
            to.bias.copy_(source.bias)
    return ff


def without_activation(ff: nn.Sequential) -> nn.Linear:
    """Merge the two dense layers of a feed-forward network into one."""
    first, second = ff[0], ff[2]
    one = nn.Linear(first.in_features, second.out_features).to(first.weight)
    with torch.no_grad():
        one.weight.copy_(second.weight @ first.weight)  # (D, D)
        one.bias.copy_(second.weight @ first.bias + second.bias)  # (D,)
    return one


# right: loads state dictionaries
def as_convolution(ff):
    dense1, activation, dense2 = ff
    made = nn.Sequential(
        nn.Conv1d(dense1.in_features, dense1.out_features, kernel_size=1),
        activation,
        nn.Conv1d(dense2.in_features, dense2.out_features, kernel_size=1),
    ).to(dense1.weight.device, dense1.weight.dtype)
    state = {
        name: value.unsqueeze(-1) if name.endswith("weight") else value
        for name, value in ff.state_dict().items()
    }
    made.load_state_dict(state)
    return made


def without_activation(ff):
    dense1, dense2 = ff[0], ff[-1]
    D = dense1.in_features
    like = {"device": dense1.weight.device, "dtype": dense1.weight.dtype}
    with torch.no_grad():
        bias = dense2(dense1(torch.zeros(1, D, **like)))[0]
        columns = dense2(dense1(torch.eye(D, **like))) - bias
    one = nn.Linear(D, dense2.out_features, **like)
    one.load_state_dict({"weight": columns.T.contiguous(), "bias": bias})
    return one


# right: new parameters, a copied activation
import copy


def to_conv(dense):
    conv = nn.Conv1d(dense.in_features, dense.out_features, 1)
    conv.weight = nn.Parameter(dense.weight.detach().clone().unsqueeze(2))
    conv.bias = nn.Parameter(dense.bias.detach().clone())
    return conv


def as_convolution(ff):
    return nn.Sequential(to_conv(ff[0]), copy.deepcopy(ff[1]), to_conv(ff[2]))


def without_activation(ff):
    W1, b1, W2, b2 = [p.detach() for p in ff.parameters()]
    one = nn.Linear(W1.shape[1], W2.shape[0])
    one.weight = nn.Parameter(torch.matmul(W2, W1))
    one.bias = nn.Parameter(torch.mv(W2, b1) + b2)
    return one
