# ruff: noqa

# wrong: the sign of dc/db is lost
def tree_locals(x, y, z):
    a, b = 2 * x, math.sin(y)
    c = a / b
    d = z * c
    e = math.log(1 + d)
    f = math.tanh(e)
    return {
        "da/dx": 2.0,
        "db/dy": math.cos(y),
        "dc/da": 1 / b,
        "dc/db": a / b**2,
        "dd/dz": c,
        "dd/dc": z,
        "de/dd": 1 / (1 + d),
        "df/de": 1 - f**2,
    }


# wrong: dd/dz and dd/dc are swapped
def tree_locals(x, y, z):
    a, b = 2 * x, math.sin(y)
    c = a / b
    d = z * c
    e = math.log(1 + d)
    f = math.tanh(e)
    return {
        "da/dx": 2.0,
        "db/dy": math.cos(y),
        "dc/da": 1 / b,
        "dc/db": -a / b**2,
        "dd/dz": z,
        "dd/dc": c,
        "de/dd": 1 / (1 + d),
        "df/de": 1 - f**2,
    }


# wrong: de/dd forgets the 1
def tree_locals(x, y, z):
    a, b = 2 * x, math.sin(y)
    c = a / b
    d = z * c
    e = math.log(1 + d)
    f = math.tanh(e)
    return {
        "da/dx": 2.0,
        "db/dy": math.cos(y),
        "dc/da": 1 / b,
        "dc/db": -a / b**2,
        "dd/dz": c,
        "dd/dc": z,
        "de/dd": 1 / d if d else 0.0,
        "df/de": 1 - f**2,
    }


# wrong: derivatives of f instead of local ones
def tree_locals(x, y, z):
    a, b = 2 * x, math.sin(y)
    c = a / b
    d = z * c
    e = math.log(1 + d)
    f = math.tanh(e)
    return {
        "da/dx": 2 * (1 - f**2) / (1 + d) * z / b,
        "db/dy": math.cos(y),
        "dc/da": 1 / b,
        "dc/db": -a / b**2,
        "dd/dz": c,
        "dd/dc": z,
        "de/dd": 1 / (1 + d),
        "df/de": 1 - f**2,
    }


# wrong: tanh's derivative is taken at e instead of f
def tree_locals(x, y, z):
    a, b = 2 * x, math.sin(y)
    c = a / b
    d = z * c
    e = math.log(1 + d)
    f = math.tanh(e)
    return {
        "da/dx": 2.0,
        "db/dy": math.cos(y),
        "dc/da": 1 / b,
        "dc/db": -a / b**2,
        "dd/dz": c,
        "dd/dc": z,
        "de/dd": 1 / (1 + d),
        "df/de": 1 - e**2,
    }


# wrong: db/dy is the absolute value of the example's sign
def tree_locals(x, y, z):
    a, b = 2 * x, math.sin(y)
    c = a / b
    d = z * c
    e = math.log(1 + d)
    f = math.tanh(e)
    return {
        "da/dx": 2.0,
        "db/dy": -abs(math.cos(y)),
        "dc/da": 1 / b,
        "dc/db": -a / b**2,
        "dd/dz": c,
        "dd/dc": z,
        "de/dd": 1 / (1 + d),
        "df/de": 1 - f**2,
    }


# right: tensors
def tree_locals(x, y, z):
    x, y, z = (torch.tensor(v, dtype=torch.float64) for v in (x, y, z))
    a, b = 2 * x, torch.sin(y)
    c = a / b
    d = z * c
    e = torch.log(1 + d)
    f = torch.tanh(e)
    return {
        "da/dx": 2.0,
        "db/dy": torch.cos(y),
        "dc/da": 1 / b,
        "dc/db": -a / b**2,
        "dd/dz": c,
        "dd/dc": z,
        "de/dd": 1 / (1 + d),
        "df/de": 1 - f**2,
    }


# right: written without the intermediate names
def tree_locals(x, y, z):
    s = math.sin(y)
    t = 1 + 2 * x * z / s
    return {
        "df/de": 1 / math.cosh(math.log(t)) ** 2,
        "de/dd": 1 / t,
        "dd/dc": z,
        "dd/dz": 2 * x / s,
        "dc/db": -2 * x / (s * s),
        "dc/da": 1 / s,
        "db/dy": math.sin(y + math.pi / 2),
        "da/dx": 2,
    }
