# wrong: the running variance is the biased one
class BatchNorm(nn.Module):
    def __init__(self, num_features, momentum=0.1, eps=1e-5):
        super().__init__()
        self.momentum, self.eps = momentum, eps
        self.weight = nn.Parameter(torch.ones(num_features))
        self.bias = nn.Parameter(torch.zeros(num_features))
        self.register_buffer("running_mean", torch.zeros(num_features))
        self.register_buffer("running_var", torch.ones(num_features))

    def forward(self, x):
        over = [0] if x.ndim == 2 else [0, 2, 3]
        shape = (1, -1) if x.ndim == 2 else (1, -1, 1, 1)
        mean, var = self.running_mean, self.running_var
        if self.training:
            if x.numel() == x.shape[1]:
                raise ValueError("one value")
            mean, var = x.mean(over), x.var(over, correction=0)
            m = self.momentum
            fresh = x.var(over, correction=0)
            self.running_mean = (1 - m) * self.running_mean + m * mean.detach()
            self.running_var = (1 - m) * self.running_var + m * fresh.detach()
        out = (x - mean.reshape(shape)) / (var.reshape(shape) + self.eps).sqrt()
        return out * self.weight.reshape(shape) + self.bias.reshape(shape)


# wrong: divides by the unbiased standard deviation
class BatchNorm(nn.Module):
    def __init__(self, num_features, momentum=0.1, eps=1e-5):
        super().__init__()
        self.momentum, self.eps = momentum, eps
        self.weight = nn.Parameter(torch.ones(num_features))
        self.bias = nn.Parameter(torch.zeros(num_features))
        self.register_buffer("running_mean", torch.zeros(num_features))
        self.register_buffer("running_var", torch.ones(num_features))

    def forward(self, x):
        over = [0] if x.ndim == 2 else [0, 2, 3]
        shape = (1, -1) if x.ndim == 2 else (1, -1, 1, 1)
        mean, var = self.running_mean, self.running_var
        if self.training:
            if x.numel() == x.shape[1]:
                raise ValueError("one value")
            mean, var = x.mean(over), x.var(over)
            m = self.momentum
            fresh = x.var(over, correction=1)
            self.running_mean = (1 - m) * self.running_mean + m * mean.detach()
            self.running_var = (1 - m) * self.running_var + m * fresh.detach()
        out = (x - mean.reshape(shape)) / (var.reshape(shape) + self.eps).sqrt()
        return out * self.weight.reshape(shape) + self.bias.reshape(shape)


# wrong: mixes up the momentum and one minus it
class BatchNorm(nn.Module):
    def __init__(self, num_features, momentum=0.1, eps=1e-5):
        super().__init__()
        self.momentum, self.eps = momentum, eps
        self.weight = nn.Parameter(torch.ones(num_features))
        self.bias = nn.Parameter(torch.zeros(num_features))
        self.register_buffer("running_mean", torch.zeros(num_features))
        self.register_buffer("running_var", torch.ones(num_features))

    def forward(self, x):
        over = [0] if x.ndim == 2 else [0, 2, 3]
        shape = (1, -1) if x.ndim == 2 else (1, -1, 1, 1)
        mean, var = self.running_mean, self.running_var
        if self.training:
            if x.numel() == x.shape[1]:
                raise ValueError("one value")
            mean, var = x.mean(over), x.var(over, correction=0)
            m = 1 - self.momentum
            fresh = x.var(over, correction=1)
            self.running_mean = (1 - m) * self.running_mean + m * mean.detach()
            self.running_var = (1 - m) * self.running_var + m * fresh.detach()
        out = (x - mean.reshape(shape)) / (var.reshape(shape) + self.eps).sqrt()
        return out * self.weight.reshape(shape) + self.bias.reshape(shape)


# wrong: uses the batch in evaluation, too
class BatchNorm(nn.Module):
    def __init__(self, num_features, momentum=0.1, eps=1e-5):
        super().__init__()
        self.momentum, self.eps = momentum, eps
        self.weight = nn.Parameter(torch.ones(num_features))
        self.bias = nn.Parameter(torch.zeros(num_features))
        self.register_buffer("running_mean", torch.zeros(num_features))
        self.register_buffer("running_var", torch.ones(num_features))

    def forward(self, x):
        over = [0] if x.ndim == 2 else [0, 2, 3]
        shape = (1, -1) if x.ndim == 2 else (1, -1, 1, 1)
        mean, var = x.mean(over), x.var(over, correction=0)
        if self.training:
            if x.numel() == x.shape[1]:
                raise ValueError("one value")
            mean, var = x.mean(over), x.var(over, correction=0)
            m = self.momentum
            fresh = x.var(over, correction=1)
            self.running_mean = (1 - m) * self.running_mean + m * mean.detach()
            self.running_var = (1 - m) * self.running_var + m * fresh.detach()
        out = (x - mean.reshape(shape)) / (var.reshape(shape) + self.eps).sqrt()
        return out * self.weight.reshape(shape) + self.bias.reshape(shape)


# wrong: uses the running statistics in training, too
class BatchNorm(nn.Module):
    def __init__(self, num_features, momentum=0.1, eps=1e-5):
        super().__init__()
        self.momentum, self.eps = momentum, eps
        self.weight = nn.Parameter(torch.ones(num_features))
        self.bias = nn.Parameter(torch.zeros(num_features))
        self.register_buffer("running_mean", torch.zeros(num_features))
        self.register_buffer("running_var", torch.ones(num_features))

    def forward(self, x):
        over = [0] if x.ndim == 2 else [0, 2, 3]
        shape = (1, -1) if x.ndim == 2 else (1, -1, 1, 1)
        mean, var = self.running_mean, self.running_var
        if self.training:
            if x.numel() == x.shape[1]:
                raise ValueError("one value")
            m = self.momentum
            fresh = x.var(over, correction=1)
            self.running_mean = (1 - m) * self.running_mean + m * x.mean(over).detach()
            self.running_var = (1 - m) * self.running_var + m * fresh.detach()
        out = (x - mean.reshape(shape)) / (var.reshape(shape) + self.eps).sqrt()
        return out * self.weight.reshape(shape) + self.bias.reshape(shape)


# wrong: epsilon outside the root
class BatchNorm(nn.Module):
    def __init__(self, num_features, momentum=0.1, eps=1e-5):
        super().__init__()
        self.momentum, self.eps = momentum, eps
        self.weight = nn.Parameter(torch.ones(num_features))
        self.bias = nn.Parameter(torch.zeros(num_features))
        self.register_buffer("running_mean", torch.zeros(num_features))
        self.register_buffer("running_var", torch.ones(num_features))

    def forward(self, x):
        over = [0] if x.ndim == 2 else [0, 2, 3]
        shape = (1, -1) if x.ndim == 2 else (1, -1, 1, 1)
        mean, var = self.running_mean, self.running_var
        if self.training:
            if x.numel() == x.shape[1]:
                raise ValueError("one value")
            mean, var = x.mean(over), x.var(over, correction=0)
            m = self.momentum
            fresh = x.var(over, correction=1)
            self.running_mean = (1 - m) * self.running_mean + m * mean.detach()
            self.running_var = (1 - m) * self.running_var + m * fresh.detach()
        out = (x - mean.reshape(shape)) / (var.reshape(shape).sqrt() + self.eps)
        return out * self.weight.reshape(shape) + self.bias.reshape(shape)


# wrong: the running statistics are plain attributes
class BatchNorm(nn.Module):
    def __init__(self, num_features, momentum=0.1, eps=1e-5):
        super().__init__()
        self.momentum, self.eps = momentum, eps
        self.weight = nn.Parameter(torch.ones(num_features))
        self.bias = nn.Parameter(torch.zeros(num_features))
        self.running_mean = torch.zeros(num_features)
        self.running_var = torch.ones(num_features)

    def forward(self, x):
        over = [0] if x.ndim == 2 else [0, 2, 3]
        shape = (1, -1) if x.ndim == 2 else (1, -1, 1, 1)
        mean, var = self.running_mean, self.running_var
        if self.training:
            if x.numel() == x.shape[1]:
                raise ValueError("one value")
            mean, var = x.mean(over), x.var(over, correction=0)
            m = self.momentum
            fresh = x.var(over, correction=1)
            self.running_mean = (1 - m) * self.running_mean + m * mean.detach()
            self.running_var = (1 - m) * self.running_var + m * fresh.detach()
        out = (x - mean.reshape(shape)) / (var.reshape(shape) + self.eps).sqrt()
        return out * self.weight.reshape(shape) + self.bias.reshape(shape)


# wrong: one mean and variance for all features
class BatchNorm(nn.Module):
    def __init__(self, num_features, momentum=0.1, eps=1e-5):
        super().__init__()
        self.momentum, self.eps = momentum, eps
        self.weight = nn.Parameter(torch.ones(num_features))
        self.bias = nn.Parameter(torch.zeros(num_features))
        self.register_buffer("running_mean", torch.zeros(num_features))
        self.register_buffer("running_var", torch.ones(num_features))

    def forward(self, x):
        over = list(range(x.ndim))
        shape = (1, -1) if x.ndim == 2 else (1, -1, 1, 1)
        mean, var = self.running_mean, self.running_var
        if self.training:
            if x.numel() == x.shape[1]:
                raise ValueError("one value")
            mean, var = x.mean(over), x.var(over, correction=0)
            m = self.momentum
            fresh = x.var(over, correction=1)
            self.running_mean = (1 - m) * self.running_mean + m * mean.detach()
            self.running_var = (1 - m) * self.running_var + m * fresh.detach()
        out = (x - mean.expand(x.shape[1]).reshape(shape)) / (
            var.expand(x.shape[1]).reshape(shape) + self.eps
        ).sqrt()
        return out * self.weight.reshape(shape) + self.bias.reshape(shape)


# wrong: no gradient through mean and variance
class BatchNorm(nn.Module):
    def __init__(self, num_features, momentum=0.1, eps=1e-5):
        super().__init__()
        self.momentum, self.eps = momentum, eps
        self.weight = nn.Parameter(torch.ones(num_features))
        self.bias = nn.Parameter(torch.zeros(num_features))
        self.register_buffer("running_mean", torch.zeros(num_features))
        self.register_buffer("running_var", torch.ones(num_features))

    def forward(self, x):
        over = [0] if x.ndim == 2 else [0, 2, 3]
        shape = (1, -1) if x.ndim == 2 else (1, -1, 1, 1)
        mean, var = self.running_mean, self.running_var
        if self.training:
            if x.numel() == x.shape[1]:
                raise ValueError("one value")
            mean, var = x.detach().mean(over), x.detach().var(over, correction=0)
            m = self.momentum
            fresh = x.var(over, correction=1)
            self.running_mean = (1 - m) * self.running_mean + m * mean.detach()
            self.running_var = (1 - m) * self.running_var + m * fresh.detach()
        out = (x - mean.reshape(shape)) / (var.reshape(shape) + self.eps).sqrt()
        return out * self.weight.reshape(shape) + self.bias.reshape(shape)


# wrong: the running statistics hold on to the graph
class BatchNorm(nn.Module):
    def __init__(self, num_features, momentum=0.1, eps=1e-5):
        super().__init__()
        self.momentum, self.eps = momentum, eps
        self.weight = nn.Parameter(torch.ones(num_features))
        self.bias = nn.Parameter(torch.zeros(num_features))
        self.register_buffer("running_mean", torch.zeros(num_features))
        self.register_buffer("running_var", torch.ones(num_features))

    def forward(self, x):
        over = [0] if x.ndim == 2 else [0, 2, 3]
        shape = (1, -1) if x.ndim == 2 else (1, -1, 1, 1)
        mean, var = self.running_mean, self.running_var
        if self.training:
            if x.numel() == x.shape[1]:
                raise ValueError("one value")
            mean, var = x.mean(over), x.var(over, correction=0)
            m = self.momentum
            fresh = x.var(over, correction=1)
            self.running_mean = (1 - m) * self.running_mean + m * mean
            self.running_var = (1 - m) * self.running_var + m * fresh
        out = (x - mean.reshape(shape)) / (var.reshape(shape) + self.eps).sqrt()
        return out * self.weight.reshape(shape) + self.bias.reshape(shape)


# wrong: a batch of one is not refused
class BatchNorm(nn.Module):
    def __init__(self, num_features, momentum=0.1, eps=1e-5):
        super().__init__()
        self.momentum, self.eps = momentum, eps
        self.weight = nn.Parameter(torch.ones(num_features))
        self.bias = nn.Parameter(torch.zeros(num_features))
        self.register_buffer("running_mean", torch.zeros(num_features))
        self.register_buffer("running_var", torch.ones(num_features))

    def forward(self, x):
        over = [0] if x.ndim == 2 else [0, 2, 3]
        shape = (1, -1) if x.ndim == 2 else (1, -1, 1, 1)
        mean, var = self.running_mean, self.running_var
        if self.training:
            mean, var = x.mean(over), x.var(over, correction=0)
            m = self.momentum
            fresh = x.var(over, correction=1)
            self.running_mean = (1 - m) * self.running_mean + m * mean.detach()
            self.running_var = (1 - m) * self.running_var + m * fresh.detach()
        out = (x - mean.reshape(shape)) / (var.reshape(shape) + self.eps).sqrt()
        return out * self.weight.reshape(shape) + self.bias.reshape(shape)


# wrong: refuses every batch of one picture, though it has many pixels
class BatchNorm(nn.Module):
    def __init__(self, num_features, momentum=0.1, eps=1e-5):
        super().__init__()
        self.momentum, self.eps = momentum, eps
        self.weight = nn.Parameter(torch.ones(num_features))
        self.bias = nn.Parameter(torch.zeros(num_features))
        self.register_buffer("running_mean", torch.zeros(num_features))
        self.register_buffer("running_var", torch.ones(num_features))

    def forward(self, x):
        over = [0] if x.ndim == 2 else [0, 2, 3]
        shape = (1, -1) if x.ndim == 2 else (1, -1, 1, 1)
        mean, var = self.running_mean, self.running_var
        if self.training:
            if len(x) == 1:
                raise ValueError("one value")
            mean, var = x.mean(over), x.var(over, correction=0)
            m = self.momentum
            fresh = x.var(over, correction=1)
            self.running_mean = (1 - m) * self.running_mean + m * mean.detach()
            self.running_var = (1 - m) * self.running_var + m * fresh.detach()
        out = (x - mean.reshape(shape)) / (var.reshape(shape) + self.eps).sqrt()
        return out * self.weight.reshape(shape) + self.bias.reshape(shape)


# wrong: updates the running statistics in evaluation, too
class BatchNorm(nn.Module):
    def __init__(self, num_features, momentum=0.1, eps=1e-5):
        super().__init__()
        self.momentum, self.eps = momentum, eps
        self.weight = nn.Parameter(torch.ones(num_features))
        self.bias = nn.Parameter(torch.zeros(num_features))
        self.register_buffer("running_mean", torch.zeros(num_features))
        self.register_buffer("running_var", torch.ones(num_features))

    def forward(self, x):
        over = [0] if x.ndim == 2 else [0, 2, 3]
        shape = (1, -1) if x.ndim == 2 else (1, -1, 1, 1)
        mean, var = self.running_mean, self.running_var
        if self.training:
            if x.numel() == x.shape[1]:
                raise ValueError("one value")
            mean, var = x.mean(over), x.var(over, correction=0)
            m = self.momentum
            fresh = x.var(over, correction=1)
            self.running_mean = (1 - m) * self.running_mean + m * mean.detach()
            self.running_var = (1 - m) * self.running_var + m * fresh.detach()
        else:
            m = self.momentum
            self.running_mean = (1 - m) * self.running_mean + m * x.detach().mean(over)
        out = (x - mean.reshape(shape)) / (var.reshape(shape) + self.eps).sqrt()
        return out * self.weight.reshape(shape) + self.bias.reshape(shape)


# wrong: forgets scale and shift
class BatchNorm(nn.Module):
    def __init__(self, num_features, momentum=0.1, eps=1e-5):
        super().__init__()
        self.momentum, self.eps = momentum, eps
        self.weight = nn.Parameter(torch.ones(num_features))
        self.bias = nn.Parameter(torch.zeros(num_features))
        self.register_buffer("running_mean", torch.zeros(num_features))
        self.register_buffer("running_var", torch.ones(num_features))

    def forward(self, x):
        over = [0] if x.ndim == 2 else [0, 2, 3]
        shape = (1, -1) if x.ndim == 2 else (1, -1, 1, 1)
        mean, var = self.running_mean, self.running_var
        if self.training:
            if x.numel() == x.shape[1]:
                raise ValueError("one value")
            mean, var = x.mean(over), x.var(over, correction=0)
            m = self.momentum
            fresh = x.var(over, correction=1)
            self.running_mean = (1 - m) * self.running_mean + m * mean.detach()
            self.running_var = (1 - m) * self.running_var + m * fresh.detach()
        out = (x - mean.reshape(shape)) / (var.reshape(shape) + self.eps).sqrt()
        return out


# right: statistics reassigned, written in two branches
class BatchNorm(nn.Module):
    def __init__(self, num_features, momentum=0.1, eps=1e-5):
        super().__init__()
        self.momentum, self.eps = momentum, eps
        self.weight = nn.Parameter(torch.ones(num_features))
        self.bias = nn.Parameter(torch.zeros(num_features))
        self.register_buffer("running_mean", torch.zeros(num_features))
        self.register_buffer("running_var", torch.ones(num_features))

    def forward(self, x):
        over = [0] if x.ndim == 2 else [0, 2, 3]
        shape = (1, -1) if x.ndim == 2 else (1, -1, 1, 1)
        mean, var = self.running_mean, self.running_var
        if self.training:
            if x.numel() == x.shape[1]:
                raise ValueError("one value")
            mean, var = x.mean(over), x.var(over, correction=0)
            m = self.momentum
            fresh = x.var(over, correction=1)
            self.running_mean = (1 - m) * self.running_mean + m * mean.detach()
            self.running_var = (1 - m) * self.running_var + m * fresh.detach()
        out = (x - mean.reshape(shape)) / (var.reshape(shape) + self.eps).sqrt()
        return out * self.weight.reshape(shape) + self.bias.reshape(shape)


# right: features first, in one matrix
class BatchNorm(nn.Module):
    def __init__(self, num_features, momentum=0.1, eps=1e-5):
        super().__init__()
        self.m, self.e = momentum, eps
        self.weight = nn.Parameter(torch.ones(num_features))
        self.bias = nn.Parameter(torch.zeros(num_features))
        self.register_buffer("running_mean", torch.zeros(num_features))
        self.register_buffer("running_var", torch.ones(num_features))

    def forward(self, x):
        rows = x.transpose(0, 1).flatten(1)  # (C, M)
        C, M = rows.shape
        if self.training:
            if M == 1:
                raise ValueError("need more than one value per feature")
            mean = rows.sum(dim=1) / M
            var = ((rows - mean[:, None]) ** 2).sum(dim=1) / M
            with torch.no_grad():
                self.running_mean += self.m * (mean - self.running_mean)
                self.running_var += self.m * (var * M / (M - 1) - self.running_var)
        else:
            mean, var = self.running_mean, self.running_var
        rows = (rows - mean[:, None]) * torch.rsqrt(var + self.e)[:, None]
        rows = rows * self.weight[:, None] + self.bias[:, None]  # (C, M)
        turned = x.transpose(0, 1)
        return rows.reshape(turned.shape).transpose(0, 1)
