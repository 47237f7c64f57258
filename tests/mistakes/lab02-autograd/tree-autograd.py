# ruff: noqa

# wrong: the intermediates are no leaves, and their grad is None
def tree_autograd(x, y, z):
    X, Y, Z = (
        torch.tensor(v, dtype=torch.float64, requires_grad=True) for v in (x, y, z)
    )
    a, b = 2 * X, torch.sin(Y)
    c = a / b
    d = Z * c
    e = torch.log(1 + d)
    f = torch.tanh(e)
    f.backward()
    return {
        "x": X.grad,
        "y": Y.grad,
        "z": Z.grad,
        "a": a.grad,
        "b": b.grad,
        "c": c.grad,
        "d": d.grad,
        "e": e.grad,
    }


# wrong: calculates in float32
def tree_autograd(x, y, z):
    X, Y, Z = (torch.tensor(v, requires_grad=True) for v in (x, y, z))
    a, b = 2 * X, torch.sin(Y)
    c = a / b
    d = Z * c
    e = torch.log(1 + d)
    f = torch.tanh(e)
    for t in (a, b, c, d, e):
        t.retain_grad()
    f.backward()
    return {
        "x": X.grad,
        "y": Y.grad,
        "z": Z.grad,
        "a": a.grad,
        "b": b.grad,
        "c": c.grad,
        "d": d.grad,
        "e": e.grad,
    }


# wrong: detaches c, so that x and y get nothing
def tree_autograd(x, y, z):
    X, Y, Z = (
        torch.tensor(v, dtype=torch.float64, requires_grad=True) for v in (x, y, z)
    )
    a, b = 2 * X, torch.sin(Y)
    c = (a / b).detach().requires_grad_()
    d = Z * c
    e = torch.log(1 + d)
    f = torch.tanh(e)
    for t in (a, b, d, e):
        t.retain_grad()
    f.backward()
    return {
        "x": X.grad or 0.0,
        "y": Y.grad or 0.0,
        "z": Z.grad,
        "a": a.grad or 0.0,
        "b": b.grad or 0.0,
        "c": c.grad,
        "d": d.grad,
        "e": e.grad,
    }


# wrong: backward twice with retain_graph, so that gradients add up
def tree_autograd(x, y, z):
    X, Y, Z = (
        torch.tensor(v, dtype=torch.float64, requires_grad=True) for v in (x, y, z)
    )
    a, b = 2 * X, torch.sin(Y)
    c = a / b
    d = Z * c
    e = torch.log(1 + d)
    f = torch.tanh(e)
    for t in (a, b, c, d, e):
        t.retain_grad()
    f.backward(retain_graph=True)
    f.backward()
    return {
        "x": X.grad,
        "y": Y.grad,
        "z": Z.grad,
        "a": a.grad,
        "b": b.grad,
        "c": c.grad,
        "d": d.grad,
        "e": e.grad,
    }


# wrong: backward from e, without the tanh
def tree_autograd(x, y, z):
    X, Y, Z = (
        torch.tensor(v, dtype=torch.float64, requires_grad=True) for v in (x, y, z)
    )
    a, b = 2 * X, torch.sin(Y)
    c = a / b
    d = Z * c
    e = torch.log(1 + d)
    f = torch.tanh(e)
    for t in (a, b, c, d, e):
        t.retain_grad()
    e.backward()
    return {
        "x": X.grad,
        "y": Y.grad,
        "z": Z.grad,
        "a": a.grad,
        "b": b.grad,
        "c": c.grad,
        "d": d.grad,
        "e": e.grad,
    }


# right: retain_grad
def tree_autograd(x, y, z):
    X, Y, Z = (
        torch.tensor(v, dtype=torch.float64, requires_grad=True) for v in (x, y, z)
    )
    a, b = 2 * X, torch.sin(Y)
    c = a / b
    d = Z * c
    e = torch.log(1 + d)
    f = torch.tanh(e)
    for t in (a, b, c, d, e):
        t.retain_grad()
    f.backward()
    return {
        "x": X.grad,
        "y": Y.grad,
        "z": Z.grad,
        "a": a.grad,
        "b": b.grad,
        "c": c.grad,
        "d": d.grad,
        "e": e.grad,
    }


# right: one call of autograd.grad for each
def tree_autograd(x, y, z):
    X, Y, Z = (
        torch.tensor(v, dtype=torch.float64, requires_grad=True) for v in (x, y, z)
    )
    a, b = 2 * X, torch.sin(Y)
    c = a / b
    d = Z * c
    e = torch.log(1 + d)
    f = torch.tanh(e)
    inputs = {"x": X, "y": Y, "z": Z, "a": a, "b": b, "c": c, "d": d, "e": e}
    return {
        name: torch.autograd.grad(f, [t], retain_graph=True)[0].item()
        for name, t in inputs.items()
    }


# right: vectors of one element
def tree_autograd(x, y, z):
    X, Y, Z = (
        torch.tensor([v], dtype=torch.float64, requires_grad=True) for v in (x, y, z)
    )
    a, b = 2 * X, torch.sin(Y)
    c = a / b
    d = Z * c
    e = torch.log(1 + d)
    f = torch.tanh(e)
    for t in (a, b, c, d, e):
        t.retain_grad()
    f.backward()
    return {
        "x": X.grad,
        "y": Y.grad,
        "z": Z.grad,
        "a": a.grad,
        "b": b.grad,
        "c": c.grad,
        "d": d.grad,
        "e": e.grad,
    }
