# ruff: noqa

# wrong: forgets the inner derivative
def bell(x):
    f = torch.exp(-(x**2) - 2 * x - torch.sin(x))
    return f, f


# wrong: the cosine has the wrong sign
def bell(x):
    f = torch.exp(-(x**2) - 2 * x - torch.sin(x))
    return f, f * (-2 * x - 2 + torch.cos(x))


# wrong: the square is negative where the minus goes in before it
def bell(x):
    f = torch.exp((-x) ** 2 - 2 * x - torch.sin(x))
    return f, f * (-2 * x - 2 - torch.cos(x))


# wrong: always float64
def bell(x):
    x = x.double()
    f = torch.exp(-(x**2) - 2 * x - torch.sin(x))
    return f, f * (-2 * x - 2 - torch.cos(x))


# wrong: lets autograd find the derivative
def bell(x):
    x = x.clone().requires_grad_()
    f = torch.exp(-(x**2) - 2 * x - torch.sin(x))
    f.sum().backward()
    return f.detach(), x.grad


# wrong: changes the points
def bell(x):
    inner = -2 * x - 2 - torch.cos(x)
    f = torch.exp(-(x**2) - 2 * x - torch.sin(x))
    x.mul_(0)
    return f, f * inner


# right: a product of three exponentials
def bell(x):
    f = torch.exp(-x * x) * torch.exp(-2 * x) * torch.exp(-x.sin())
    return f, -(2 * (x + 1) + x.cos()) * f


# right: a loop in Python's floats
def bell(x):
    f, slope = torch.empty_like(x), torch.empty_like(x)
    for i, value in enumerate(x.tolist()):
        f[i] = math.exp(-value * value - 2 * value - math.sin(value))
        slope[i] = f[i] * (-2 * value - 2 - math.cos(value))
    return f, slope
