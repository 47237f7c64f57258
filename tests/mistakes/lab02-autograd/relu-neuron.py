# ruff: noqa

# wrong: the derivative of ReLU is 1 everywhere
def relu_neuron(w, x, b):
    v = w * x + b
    return {
        "u": w * x,
        "v": v,
        "a": max(v, 0.0),
        "da/dv": 1,
        "dv/du": 1,
        "du/dw": x,
        "da/dw": x,
    }


# wrong: the derivative of ReLU is taken for v itself
def relu_neuron(w, x, b):
    v = w * x + b
    a = max(v, 0.0)
    return {
        "u": w * x,
        "v": v,
        "a": a,
        "da/dv": a,
        "dv/du": 1,
        "du/dw": x,
        "da/dw": a * x,
    }


# wrong: du/dw is w
def relu_neuron(w, x, b):
    v = w * x + b
    on = float(v > 0)
    return {
        "u": w * x,
        "v": v,
        "a": on * v,
        "da/dv": on,
        "dv/du": 1,
        "du/dw": w,
        "da/dw": on * w,
    }


# wrong: takes 1 at the corner
def relu_neuron(w, x, b):
    v = w * x + b
    on = float(v >= 0)
    return {
        "u": w * x,
        "v": v,
        "a": on * v,
        "da/dv": on,
        "dv/du": 1,
        "du/dw": x,
        "da/dw": on * x,
    }


# wrong: asks u instead of v whether the neuron is on
def relu_neuron(w, x, b):
    u = w * x
    v = u + b
    on = float(u > 0)
    return {
        "u": u,
        "v": v,
        "a": max(v, 0.0),
        "da/dv": on,
        "dv/du": 1,
        "du/dw": x,
        "da/dw": on * x,
    }


# right: a silent neuron is a case of its own
def relu_neuron(w, x, b):
    u = w * x
    v = u + b
    if v <= 0:
        return {"u": u, "v": v, "a": 0, "da/dv": 0, "dv/du": 1, "du/dw": x, "da/dw": 0}
    return {"u": u, "v": v, "a": v, "da/dv": 1, "dv/du": 1, "du/dw": x, "da/dw": x}


# right: tensors
def relu_neuron(w, x, b):
    w, x, b = (torch.tensor(value, dtype=torch.float64) for value in (w, x, b))
    u = torch.mul(w, x)
    v = torch.add(u, b)
    on = (v > 0).double()
    return {
        "u": u,
        "v": v,
        "a": torch.relu(v),
        "da/dv": on,
        "dv/du": torch.ones(()),
        "du/dw": x,
        "da/dw": on * x,
    }
