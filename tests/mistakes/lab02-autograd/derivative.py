# ruff: noqa

# wrong: uses the caller's points
def derivative(function, points):
    points.requires_grad_()
    function(points).sum().backward()
    return points.grad


# wrong: the mean divides by the number of points
def derivative(function, points):
    x = points.detach().clone().requires_grad_()
    function(x).mean().backward()
    return x.grad


# wrong: the result has a graph
def derivative(function, points):
    x = points.detach().clone().requires_grad_()
    [slope] = torch.autograd.grad(function(x).sum(), [x], create_graph=True)
    return slope


# wrong: nudges, which is not exact
def derivative(function, points):
    h = 1e-4
    x = points.detach()
    return (function(x + h) - function(x - h)) / (2 * h)


# wrong: always float32
def derivative(function, points):
    x = points.detach().float().requires_grad_()
    function(x).sum().backward()
    return x.grad


# wrong: always float64
def derivative(function, points):
    x = torch.tensor(points.tolist(), dtype=torch.float64, requires_grad=True)
    function(x).sum().backward()
    return x.grad


# wrong: detach without a clone, and in-place zeroing of the points
def derivative(function, points):
    x = points.detach().clone().requires_grad_()
    function(x).sum().backward()
    if points.is_leaf:
        points.grad = None
    return x.grad


# wrong: keeps the graph of the points, which has no grad of its own
def derivative(function, points):
    x = points.clone()
    if not x.requires_grad:
        x.requires_grad_()
    function(x).sum().backward()
    return x.grad if x.grad is not None else points.grad


# wrong: uses the graph of points that were calculated
def derivative(function, points):
    x = points.detach().clone().requires_grad_() if points.is_leaf else points
    x.retain_grad()
    function(x).sum().backward()
    return x.grad


# right: point by point
def derivative(function, points):
    result = torch.empty_like(points, requires_grad=False)
    for i in range(len(points)):
        x = points.detach()[i].clone().requires_grad_()
        y = function(x)
        y.backward()
        result[i] = x.grad
    return result.detach()


# right: backward with a vector of ones
def derivative(function, points):
    x = torch.tensor(points.tolist(), dtype=points.dtype, requires_grad=True)
    function(x).backward(torch.ones_like(x))
    return x.grad.clone()
