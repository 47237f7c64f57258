# ruff: noqa

# wrong: the derivative is taken for the value
def sigmoid_neuron(w, x, b):
    u = w * x
    v = u + b
    a = 1 / (1 + math.exp(-v))
    return {"u": u, "v": v, "a": a, "da/dv": a, "dv/du": 1, "du/dw": x, "da/dw": a * x}


# wrong: v(1 - v) instead of a(1 - a)
def sigmoid_neuron(w, x, b):
    u = w * x
    v = u + b
    a = 1 / (1 + math.exp(-v))
    s = v * (1 - v)
    return {"u": u, "v": v, "a": a, "da/dv": s, "dv/du": 1, "du/dw": x, "da/dw": s * x}


# wrong: da/dw stops at da/dv
def sigmoid_neuron(w, x, b):
    u = w * x
    v = u + b
    a = 1 / (1 + math.exp(-v))
    s = a * (1 - a)
    return {"u": u, "v": v, "a": a, "da/dv": s, "dv/du": 1, "du/dw": x, "da/dw": s}


# wrong: the sign of the exponent is lost
def sigmoid_neuron(w, x, b):
    u = w * x
    v = u + b
    a = 1 / (1 + math.exp(v))
    s = a * (1 - a)
    return {"u": u, "v": v, "a": a, "da/dv": s, "dv/du": 1, "du/dw": x, "da/dw": s * x}


# wrong: du/dw is the absolute value of x, which the example does not show
def sigmoid_neuron(w, x, b):
    u = w * x
    v = u + b
    a = 1 / (1 + math.exp(-v))
    s = a * (1 - a)
    return {
        "u": u,
        "v": v,
        "a": a,
        "da/dv": s,
        "dv/du": 1,
        "du/dw": abs(x),
        "da/dw": s * abs(x),
    }


# right: from the exponential, tensors
def sigmoid_neuron(w, x, b):
    u = torch.tensor(w * x, dtype=torch.float64)
    v = u + b
    e = torch.exp(-v)
    slope = e / (1 + e) ** 2
    return {
        "u": u,
        "v": v,
        "a": torch.sigmoid(v),
        "da/dv": slope,
        "dv/du": 1,
        "du/dw": x,
        "da/dw": slope * x,
    }


# right: by the hyperbolic tangent
def sigmoid_neuron(w, x, b):
    v = w * x + b
    t = math.tanh(v / 2)
    slope = (1 - t * t) / 4
    return {
        "u": v - b,
        "v": v,
        "a": 0.5 + 0.5 * t,
        "da/dv": slope,
        "dv/du": 1,
        "du/dw": x,
        "da/dw": slope * x,
    }
