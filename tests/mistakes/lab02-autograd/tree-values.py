# ruff: noqa

# wrong: forgets the 1 in the logarithm
def tree_values(x, y, z):
    a, b = 2 * x, math.sin(y)
    c = a / b
    d = z * c
    e = math.log(abs(d) + 1e-9)
    f = math.tanh(e)
    return {"a": a, "b": b, "c": c, "d": d, "e": e, "f": f}


# wrong: the logarithm to base 10
def tree_values(x, y, z):
    a, b = 2 * x, math.sin(y)
    c = a / b
    d = z * c
    e = math.log10(1 + d)
    f = math.tanh(e)
    return {"a": a, "b": b, "c": c, "d": d, "e": e, "f": f}


# wrong: divides the other way round
def tree_values(x, y, z):
    a, b = 2 * x, math.sin(y)
    c = b / a
    d = z * c
    e = math.log(1 + d)
    f = math.tanh(e)
    return {"a": a, "b": b, "c": c, "d": d, "e": e, "f": f}


# wrong: takes y for degrees
def tree_values(x, y, z):
    a, b = 2 * x, math.sin(math.radians(y))
    c = a / b
    d = z * c
    e = math.log(1 + d)
    f = math.tanh(e)
    return {"a": a, "b": b, "c": c, "d": d, "e": e, "f": f}


# wrong: the absolute value of the sine, which the example does not show
def tree_values(x, y, z):
    a, b = 2 * x, abs(math.sin(y))
    c = a / b
    d = z * c
    e = math.log(1 + d)
    f = math.tanh(e)
    return {"a": a, "b": b, "c": c, "d": d, "e": e, "f": f}


# right: tensors, float64
def tree_values(x, y, z):
    x, y, z = (torch.tensor(v, dtype=torch.float64) for v in (x, y, z))
    a, b = 2 * x, torch.sin(y)
    c = a / b
    d = z * c
    e = torch.log(1 + d)
    f = torch.tanh(e)
    return {"a": a, "b": b, "c": c, "d": d, "e": e, "f": f}


# right: log1p, and tanh by exponentials
def tree_values(x, y, z):
    a, b = 2 * x, math.sin(y)
    c = a / b
    d = z * c
    e = math.log1p(d)
    f = (math.exp(e) - math.exp(-e)) / (math.exp(e) + math.exp(-e))
    return {"a": a, "b": b, "c": c, "d": d, "e": e, "f": f}
