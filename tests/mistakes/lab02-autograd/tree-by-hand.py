# ruff: noqa

# wrong: lets autograd do it
def tree_by_hand(x, y, z):
    X, Y, Z = (
        torch.tensor(v, dtype=torch.float64, requires_grad=True) for v in (x, y, z)
    )
    f = torch.tanh(torch.log(1 + Z * 2 * X / torch.sin(Y)))
    f.backward()
    return {"x": X.grad, "y": Y.grad, "z": Z.grad}


# wrong: forgets that a is 2x
def tree_by_hand(x, y, z):
    a, b = 2 * x, math.sin(y)
    c = a / b
    d = z * c
    e = math.log(1 + d)
    f = math.tanh(e)
    g = (1 - f**2) / (1 + d)
    return {"x": g * z / b, "y": -g * z * a / b**2 * math.cos(y), "z": g * c}


# wrong: the path of y has the wrong sign
def tree_by_hand(x, y, z):
    a, b = 2 * x, math.sin(y)
    c = a / b
    d = z * c
    e = math.log(1 + d)
    f = math.tanh(e)
    g = (1 - f**2) / (1 + d)
    return {"x": g * z / b * 2, "y": g * z * a / b**2 * math.cos(y), "z": g * c}


# wrong: the path of y ends at b
def tree_by_hand(x, y, z):
    a, b = 2 * x, math.sin(y)
    c = a / b
    d = z * c
    e = math.log(1 + d)
    f = math.tanh(e)
    g = (1 - f**2) / (1 + d)
    return {"x": g * z / b * 2, "y": -g * z * a / b**2, "z": g * c}


# wrong: forgets the logarithm on the way
def tree_by_hand(x, y, z):
    a, b = 2 * x, math.sin(y)
    c = a / b
    d = z * c
    e = math.log(1 + d)
    f = math.tanh(e)
    g = 1 - f**2
    return {"x": g * z / b * 2, "y": -g * z * a / b**2 * math.cos(y), "z": g * c}


# wrong: df/dy is always positive, as in the example
def tree_by_hand(x, y, z):
    a, b = 2 * x, math.sin(y)
    c = a / b
    d = z * c
    e = math.log(1 + d)
    f = math.tanh(e)
    g = (1 - f**2) / (1 + d)
    return {"x": g * z / b * 2, "y": abs(g * z * a / b**2 * math.cos(y)), "z": g * c}


# right: a table of local derivatives
def tree_by_hand(x, y, z):
    a, b = 2 * x, math.sin(y)
    c = a / b
    d = z * c
    e = math.log(1 + d)
    f = math.tanh(e)
    local = [1 - f * f, 1 / (1 + d)]
    shared = math.prod(local)
    to_x = math.prod([shared, z, 1 / b, 2])
    to_y = math.prod([shared, z, -a / b**2, math.cos(y)])
    return {"z": shared * c, "y": to_y, "x": to_x}


# right: by one formula, tensors
def tree_by_hand(x, y, z):
    s, k = math.sin(y), math.cos(y)
    t = torch.tensor(1 + 2 * x * z / s, dtype=torch.float64)
    g = 4 * t / (t * t + 1) ** 2
    return {"x": g * 2 * z / s, "y": -g * 2 * x * z * k / s**2, "z": g * 2 * x / s}
