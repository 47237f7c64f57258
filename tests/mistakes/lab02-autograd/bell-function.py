# ruff: noqa

# wrong: a module, whose backward autograd never calls
class Bell(torch.nn.Module):
    def forward(self, x):
        return torch.exp(-(x**2) - 2 * x - torch.sin(x))

    def backward(self, grad_output):
        return grad_output


# wrong: forgets what came back
class Bell(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        f = torch.exp(-(x**2) - 2 * x - torch.sin(x))
        ctx.save_for_backward(x, f)
        return f

    @staticmethod
    def backward(ctx, grad_output):
        x, f = ctx.saved_tensors
        return f * (-2 * x - 2 - torch.cos(x))


# wrong: the cosine has the wrong sign
class Bell(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        f = torch.exp(-(x**2) - 2 * x - torch.sin(x))
        ctx.save_for_backward(x, f)
        return f

    @staticmethod
    def backward(ctx, grad_output):
        x, f = ctx.saved_tensors
        return grad_output * f * (-2 * x - 2 + torch.cos(x))


# wrong: sums the incoming gradient, right for single numbers only
class Bell(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        f = torch.exp(-(x**2) - 2 * x - torch.sin(x))
        ctx.save_for_backward(x, f)
        return f

    @staticmethod
    def backward(ctx, grad_output):
        x, f = ctx.saved_tensors
        return grad_output.sum() * f * (-2 * x - 2 - torch.cos(x))


# wrong: changes the incoming gradient in place
class Bell(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        f = torch.exp(-(x**2) - 2 * x - torch.sin(x))
        ctx.save_for_backward(x, f)
        return f

    @staticmethod
    def backward(ctx, grad_output):
        x, f = ctx.saved_tensors
        return grad_output.mul_(f * (-2 * x - 2 - torch.cos(x)))


# right: keeps x only and calculates again
class Bell(torch.autograd.Function):
    @staticmethod
    def forward(ctx, points):
        ctx.save_for_backward(points)
        return torch.exp(-points * points - 2 * points - points.sin())

    @staticmethod
    def backward(ctx, came_back):
        (points,) = ctx.saved_tensors
        f = torch.exp(-points * points - 2 * points - points.sin())
        return -came_back * f * (2 * points + 2 + points.cos())


# right: forward and setup_context apart, and the derivative ready in forward
class Bell(torch.autograd.Function):
    @staticmethod
    def forward(x):
        return (-(x**2) - 2 * x - torch.sin(x)).exp()

    @staticmethod
    def setup_context(ctx, inputs, output):
        (x,) = inputs
        ctx.save_for_backward(output * (-2 * (x + 1) - torch.cos(x)))

    @staticmethod
    def backward(ctx, grad_output):
        (slope,) = ctx.saved_tensors
        return slope * grad_output
