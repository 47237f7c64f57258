# ruff: noqa

# wrong: without the absolute value
def largest_gap(function, formula, points):
    x = points.detach().clone().requires_grad_()
    function(x).sum().backward()
    return (formula(x.detach()) - x.grad).max().item()


# wrong: Python's max overlooks nan
def largest_gap(function, formula, points):
    x = points.detach().clone().requires_grad_()
    function(x).sum().backward()
    gaps = (formula(x.detach()) - x.grad).abs().tolist()
    return max([0.0] + gaps)


# wrong: the mean difference
def largest_gap(function, formula, points):
    x = points.detach().clone().requires_grad_()
    function(x).sum().backward()
    return (formula(x.detach()) - x.grad).abs().mean().item()


# wrong: compares with the function instead of its derivative
def largest_gap(function, formula, points):
    return (formula(points) - function(points)).abs().max().item()


# wrong: asks the caller's points for gradients
def largest_gap(function, formula, points):
    points.requires_grad_()
    function(points).sum().backward()
    return (formula(points.detach()) - points.grad).abs().max().item()


# wrong: returns a tensor
def largest_gap(function, formula, points):
    x = points.detach().clone().requires_grad_()
    function(x).sum().backward()
    return (formula(x.detach()) - x.grad).abs().max()


# right: point by point
def largest_gap(function, formula, points):
    worst = 0.0
    for value in points.tolist():
        x = torch.tensor([value], dtype=torch.float64, requires_grad=True)
        [slope] = torch.autograd.grad(function(x), [x])
        gap = abs(formula(torch.tensor([value], dtype=torch.float64)) - slope).item()
        if gap != gap:
            return float("nan")
        worst = max(worst, gap)
    return worst


# right: autograd.grad with a vector of ones
def largest_gap(function, formula, points):
    x = torch.tensor(points.tolist(), dtype=points.dtype, requires_grad=True)
    [slope] = torch.autograd.grad(function(x), [x], torch.ones_like(x))
    return float(torch.max(torch.abs(slope - formula(points))))
