# ruff: noqa

# wrong: the gradients of u and v are None, being no leaves
def neuron_gradients(activation, w, x, b):
    w, x, b = (
        torch.tensor(t, dtype=torch.float64, requires_grad=True) for t in (w, x, b)
    )
    u = w * x
    v = u + b
    activation(v).backward()
    return {"v": b.grad, "u": u.grad, "w": w.grad, "x": x.grad, "b": b.grad}


# wrong: detaches u, so that w and x get nothing
def neuron_gradients(activation, w, x, b):
    w, x, b = (
        torch.tensor(t, dtype=torch.float64, requires_grad=True) for t in (w, x, b)
    )
    u = (w * x).detach().requires_grad_()
    v = u + b
    v.retain_grad()
    activation(v).backward()
    grads = {"v": v.grad, "u": u.grad, "w": w.grad, "x": x.grad, "b": b.grad}
    return {name: 0.0 if g is None else g.item() for name, g in grads.items()}


# wrong: backward twice, once for each part, so that gradients add up
def neuron_gradients(activation, w, x, b):
    w, x, b = (
        torch.tensor(t, dtype=torch.float64, requires_grad=True) for t in (w, x, b)
    )
    u = w * x
    v = u + b
    u.retain_grad()
    v.retain_grad()
    a = activation(v)
    a.backward(retain_graph=True)
    a.backward()
    return {"v": v.grad, "u": u.grad, "w": w.grad, "x": x.grad, "b": b.grad}


# wrong: always ReLU
def neuron_gradients(activation, w, x, b):
    on = float(w * x + b > 0)
    return {"v": on, "u": on, "w": on * x, "x": on * w, "b": on}


# wrong: knows ReLU and the sigmoid only
def neuron_gradients(activation, w, x, b):
    v = w * x + b
    a = activation(torch.tensor(v, dtype=torch.float64)).item()
    slope = float(v > 0) if a in (v, 0.0) else a * (1 - a)
    return {"v": slope, "u": slope, "w": slope * x, "x": slope * w, "b": slope}


# wrong: swaps the gradients of w and x
def neuron_gradients(activation, w, x, b):
    w, x, b = (
        torch.tensor(t, dtype=torch.float64, requires_grad=True) for t in (w, x, b)
    )
    activation(w * x + b).backward()
    return {"v": b.grad, "u": b.grad, "w": x.grad, "x": w.grad, "b": b.grad}


# wrong: rounds to float32 on the way to float64
def neuron_gradients(activation, w, x, b):
    weight = torch.tensor(w).double().requires_grad_()
    given = torch.tensor(x).double().requires_grad_()
    bias = torch.tensor(b).double().requires_grad_()
    activation(torch.add(weight * given, bias)).backward()
    same = float(bias.grad)
    return {
        "b": same,
        "v": same,
        "u": same,
        "w": float(weight.grad),
        "x": float(given.grad),
    }


# right: autograd.grad takes what is no leaf, too
def neuron_gradients(activation, w, x, b):
    w, x, b = (
        torch.tensor(t, dtype=torch.float64, requires_grad=True) for t in (w, x, b)
    )
    u = w * x
    v = u + b
    slopes = torch.autograd.grad(activation(v), (v, u, w, x, b))
    return dict(zip("vuwxb", slopes))


# right: dv/du and dv/db are 1, so that b's gradient serves three times
def neuron_gradients(activation, w, x, b):
    weight = torch.tensor(w, dtype=torch.double).requires_grad_()
    given = torch.tensor(x, dtype=torch.double).requires_grad_()
    bias = torch.tensor(b, dtype=torch.double).requires_grad_()
    activation(torch.add(weight * given, bias)).backward()
    same = float(bias.grad)
    return {
        "b": same,
        "v": same,
        "u": same,
        "w": float(weight.grad),
        "x": float(given.grad),
    }
