# ruff: noqa

# wrong: no activation, so the network is linear
def relu_forward(X, weight1, bias1, weight2, bias2):
    return (X @ weight1.T + bias1) @ weight2.T + bias2


# wrong: ReLU on the output as well
def relu_forward(X, weight1, bias1, weight2, bias2):
    h = torch.relu(X @ weight1.T + bias1)
    return torch.relu(h @ weight2.T + bias2)


# wrong: ReLU before the bias
def relu_forward(X, weight1, bias1, weight2, bias2):
    return (torch.relu(X @ weight1.T) + bias1) @ weight2.T + bias2


# wrong: forgets to transpose the weights, which only fits square ones
def relu_forward(X, weight1, bias1, weight2, bias2):
    return torch.relu(X @ weight1 + bias1) @ weight2 + bias2


# wrong: square weights are not transposed, which the example does not see
def relu_forward(X, weight1, bias1, weight2, bias2):
    h = torch.relu(X @ weight1.T + bias1)
    K, H = weight2.shape
    return h @ (weight2 if K == H else weight2.T) + bias2


# wrong: forgets the bias of the output, which is 0 in the example
def relu_forward(X, weight1, bias1, weight2, bias2):
    return torch.relu(X @ weight1.T + bias1) @ weight2.T


# wrong: sigmoid in the place of ReLU
def relu_forward(X, weight1, bias1, weight2, bias2):
    return torch.sigmoid(X @ weight1.T + bias1) @ weight2.T + bias2


# wrong: calculates in float32
def relu_forward(X, weight1, bias1, weight2, bias2):
    h = torch.relu(X.float() @ weight1.float().T + bias1.float())
    return h @ weight2.float().T + bias2.float()


# wrong: drops the last dimension
def relu_forward(X, weight1, bias1, weight2, bias2):
    return (torch.relu(X @ weight1.T + bias1) @ weight2.T + bias2).squeeze(1)


# wrong: works in the caller's input
def relu_forward(X, weight1, bias1, weight2, bias2):
    h = torch.relu(X @ weight1.T + bias1)
    X.zero_()
    return h @ weight2.T + bias2


# wrong: the formula of the example
def relu_forward(X, weight1, bias1, weight2, bias2):
    return (X - 1).abs()


# right: F.linear and clamp
def relu_forward(X, weight1, bias1, weight2, bias2):
    return F.linear(F.linear(X, weight1, bias1).clamp(min=0), weight2, bias2)


# right: sample by sample
def relu_forward(X, weight1, bias1, weight2, bias2):
    rows = []
    for x in X:
        h = torch.mv(weight1, x) + bias1
        h = torch.where(h > 0, h, torch.zeros_like(h))
        rows.append(torch.mv(weight2, h) + bias2)
    return torch.stack(rows)


# right: layers with the weights put in
def relu_forward(X, weight1, bias1, weight2, bias2):
    first = nn.Linear(weight1.shape[1], weight1.shape[0], dtype=X.dtype)
    second = nn.Linear(weight2.shape[1], weight2.shape[0], dtype=X.dtype)
    with torch.no_grad():
        first.weight.copy_(weight1)
        first.bias.copy_(bias1)
        second.weight.copy_(weight2)
        second.bias.copy_(bias2)
        return second(nn.ReLU()(first(X)))
