# ruff: noqa

# wrong: columns taken for units
def by_hand(state, x1, x2):
    s = lambda u: 1 / (1 + math.exp(-u))
    W, b = state["hidden.weight"].tolist(), state["hidden.bias"].tolist()
    [v], [c] = state["output.weight"].tolist(), state["output.bias"].tolist()
    h1 = s(W[0][0] * x1 + W[1][0] * x2 + b[0])
    h2 = s(W[0][1] * x1 + W[1][1] * x2 + b[1])
    return h1, h2, s(v[0] * h1 + v[1] * h2 + c)


# wrong: no sigmoid on the output
def by_hand(state, x1, x2):
    s = lambda u: 1 / (1 + math.exp(-u))
    W, b = state["hidden.weight"].tolist(), state["hidden.bias"].tolist()
    [v], [c] = state["output.weight"].tolist(), state["output.bias"].tolist()
    h1 = s(W[0][0] * x1 + W[0][1] * x2 + b[0])
    h2 = s(W[1][0] * x1 + W[1][1] * x2 + b[1])
    return h1, h2, v[0] * h1 + v[1] * h2 + c


# wrong: forgets the minus in the exponent
def by_hand(state, x1, x2):
    s = lambda u: 1 / (1 + math.exp(u))
    W, b = state["hidden.weight"].tolist(), state["hidden.bias"].tolist()
    [v], [c] = state["output.weight"].tolist(), state["output.bias"].tolist()
    h1 = s(W[0][0] * x1 + W[0][1] * x2 + b[0])
    h2 = s(W[1][0] * x1 + W[1][1] * x2 + b[1])
    return h1, h2, s(v[0] * h1 + v[1] * h2 + c)


# wrong: the bias of unit 1 for both units
def by_hand(state, x1, x2):
    s = lambda u: 1 / (1 + math.exp(-u))
    W, b = state["hidden.weight"].tolist(), state["hidden.bias"].tolist()
    [v], [c] = state["output.weight"].tolist(), state["output.bias"].tolist()
    h1 = s(W[0][0] * x1 + W[0][1] * x2 + b[0])
    h2 = s(W[1][0] * x1 + W[1][1] * x2 + b[0])
    return h1, h2, s(v[0] * h1 + v[1] * h2 + c)


# wrong: returns tensors
def by_hand(state, x1, x2):
    x = torch.tensor([x1, x2])
    h = torch.sigmoid(state["hidden.weight"] @ x + state["hidden.bias"])
    o = torch.sigmoid(state["output.weight"] @ h + state["output.bias"])
    return h[0], h[1], o[0]


# wrong: a threshold in the place of the sigmoid
def by_hand(state, x1, x2):
    s = lambda u: float(u > 0)
    W, b = state["hidden.weight"].tolist(), state["hidden.bias"].tolist()
    [v], [c] = state["output.weight"].tolist(), state["output.bias"].tolist()
    h1 = s(W[0][0] * x1 + W[0][1] * x2 + b[0])
    h2 = s(W[1][0] * x1 + W[1][1] * x2 + b[1])
    return h1, h2, s(v[0] * h1 + v[1] * h2 + c)


# wrong: forgets the bias of the output
def by_hand(state, x1, x2):
    s = lambda u: 1 / (1 + math.exp(-u))
    W, b = state["hidden.weight"].tolist(), state["hidden.bias"].tolist()
    [v], [c] = state["output.weight"].tolist(), state["output.bias"].tolist()
    h1 = s(W[0][0] * x1 + W[0][1] * x2 + b[0])
    h2 = s(W[1][0] * x1 + W[1][1] * x2 + b[1])
    return h1, h2, s(v[0] * h1 + v[1] * h2)


# wrong: the output only
def by_hand(state, x1, x2):
    model = XorNet()
    model.load_state_dict(state)
    return model(torch.tensor([[x1, x2]])).item()


# wrong: knows the answers of the example
def by_hand(state, x1, x2):
    return float(x1 + x2 > 0), float(x1 * x2), float(x1 != x2)


# right: loops over the units
def by_hand(state, x1, x2):
    def unit(weights, bias, inputs):
        u = float(bias)
        for w, x in zip(weights, inputs):
            u += float(w) * x
        return 1.0 / (1.0 + math.exp(-u))

    layer = zip(state["hidden.weight"], state["hidden.bias"])
    h = [unit(w, b, (x1, x2)) for w, b in layer]
    return h[0], h[1], unit(state["output.weight"][0], state["output.bias"][0], h)


# right: item() for each number, tanh for the sigmoid
def by_hand(state, x1, x2):
    def s(u):
        return (math.tanh(u / 2) + 1) / 2

    W, b = state["hidden.weight"], state["hidden.bias"]
    V, c = state["output.weight"], state["output.bias"]
    h1 = s(W[0, 0].item() * x1 + W[0, 1].item() * x2 + b[0].item())
    h2 = s(W[1, 0].item() * x1 + W[1, 1].item() * x2 + b[1].item())
    return (h1, h2, s(V[0, 0].item() * h1 + V[0, 1].item() * h2 + c.item()))
