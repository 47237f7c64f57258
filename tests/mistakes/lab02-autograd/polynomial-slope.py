# ruff: noqa

# wrong: the value instead of the derivative
def polynomial_slope(coefficients, x):
    y = 0.0
    for coefficient in coefficients:
        y = y * x + coefficient
    return y


# wrong: takes the lowest power first
def polynomial_slope(coefficients, x):
    return sum(n * c * x ** (n - 1) for n, c in enumerate(coefficients) if n)


# wrong: a constant has no graph
def polynomial_slope(coefficients, x):
    at = torch.tensor(x, requires_grad=True)
    y = torch.tensor(float(coefficients[0]))
    for coefficient in coefficients[1:]:
        y = y * at + coefficient
    y.backward()
    return at.grad.item()


# wrong: knows one polynomial
def polynomial_slope(coefficients, x):
    return 32 * x**3 + 9 * x**2 + 14 * x + 6 if len(coefficients) > 1 else 0.0


# wrong: forgets to lower the power
def polynomial_slope(coefficients, x):
    top = len(coefficients) - 1
    return sum((top - n) * c * x ** (top - n) for n, c in enumerate(coefficients))


# right: by the rule for powers
def polynomial_slope(coefficients, x):
    top = len(coefficients) - 1
    return sum(
        (top - n) * c * x ** (top - n - 1) for n, c in enumerate(coefficients[:-1])
    )


# right: NumPy's polynomials
def polynomial_slope(coefficients, x):
    import numpy as np

    return np.polyval(np.polyder(np.array(coefficients, dtype=float)), x)


# right: autograd over a sum of powers, a tensor
def polynomial_slope(coefficients, x):
    at = torch.tensor([float(x)], dtype=torch.float64, requires_grad=True)
    powers = range(len(coefficients) - 1, -1, -1)
    y = sum(c * at**n for c, n in zip(coefficients, powers)) + 0 * at
    [slope] = torch.autograd.grad(y.sum(), [at])
    return slope
