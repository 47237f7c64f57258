# ruff: noqa

# wrong: follows one path only
def two_paths(a, b):
    x, y = 2 * a + 3 * b, 5 * a**2 + 3 * b**3
    return {
        "x": x,
        "y": y,
        "z": 2 * x + 3 * y,
        "dx/da": 2,
        "dy/da": 10 * a,
        "dz/dx": 2,
        "dz/dy": 3,
        "dz/da": 30 * a,
    }


# wrong: multiplies the paths instead of adding them
def two_paths(a, b):
    x, y = 2 * a + 3 * b, 5 * a**2 + 3 * b**3
    return {
        "x": x,
        "y": y,
        "z": 2 * x + 3 * y,
        "dx/da": 2,
        "dy/da": 10 * a,
        "dz/dx": 2,
        "dz/dy": 3,
        "dz/da": 4 * 30 * a,
    }


# wrong: the local derivative of y is written for a = 2
def two_paths(a, b):
    x, y = 2 * a + 3 * b, 5 * a**2 + 3 * b**3
    return {
        "x": x,
        "y": y,
        "z": 2 * x + 3 * y,
        "dx/da": 2,
        "dy/da": 20,
        "dz/dx": 2,
        "dz/dy": 3,
        "dz/da": 64,
    }


# wrong: lets autograd find dz/da
def two_paths(a, b):
    t = torch.tensor(a, requires_grad=True)
    x, y = 2 * t + 3 * b, 5 * t**2 + 3 * b**3
    z = 2 * x + 3 * y
    z.backward()
    return {
        "x": x,
        "y": y,
        "z": z,
        "dx/da": 2,
        "dy/da": 10 * a,
        "dz/dx": 2,
        "dz/dy": 3,
        "dz/da": t.grad,
    }


# wrong: mixes up the value and the gradient
def two_paths(a, b):
    x, y = 2 * a + 3 * b, 5 * a**2 + 3 * b**3
    return {
        "x": x,
        "y": y,
        "z": 4 + 30 * a,
        "dx/da": 2,
        "dy/da": 10 * a,
        "dz/dx": 2,
        "dz/dy": 3,
        "dz/da": 4 + 30 * a,
    }


# right: the sum written out
def two_paths(a, b):
    result = {"x": 2 * a + 3 * b}
    result["y"] = 5 * a * a + 3 * b * b * b
    result["z"] = 19 * 0 + 2 * result["x"] + 3 * result["y"]
    result |= {"dx/da": 2, "dy/da": 10 * a, "dz/dx": 2, "dz/dy": 3}
    result["dz/da"] = 4 + 30 * a
    return result


# right: tensors of one element, float64
def two_paths(a, b):
    a, b = (torch.tensor([value], dtype=torch.float64) for value in (a, b))
    x, y = 2 * a + 3 * b, 5 * a**2 + 3 * b**3
    paths = torch.stack([2 * torch.full_like(a, 2), 3 * 10 * a])
    return {
        "dz/da": paths.sum(),
        "x": x,
        "y": y,
        "z": 2 * x + 3 * y,
        "dx/da": torch.tensor(2),
        "dy/da": 10 * a,
        "dz/dx": 2.0,
        "dz/dy": 3.0,
    }
