# wrong: does not scale
class Dropout(nn.Module):
    def __init__(self, p):
        super().__init__()
        self.p = p

    def forward(self, x):
        if not self.training:
            return x
        return x * (torch.rand_like(x) >= self.p)


# wrong: takes p for the probability to keep
class Dropout(nn.Module):
    def __init__(self, p):
        super().__init__()
        self.p = p

    def forward(self, x):
        if not self.training:
            return x
        return x * (torch.rand_like(x) < self.p) / self.p


# wrong: drops in evaluation, too
class Dropout(nn.Module):
    def __init__(self, p):
        super().__init__()
        self.p = p

    def forward(self, x):
        return x * (torch.rand_like(x) >= self.p) / (1 - self.p)


# wrong: not inverted, scales in evaluation instead
class Dropout(nn.Module):
    def __init__(self, p):
        super().__init__()
        self.p = p

    def forward(self, x):
        if not self.training:
            return x * (1 - self.p)
        return x * (torch.rand_like(x) >= self.p)


# wrong: divides by zero at p = 1
class Dropout(nn.Module):
    def __init__(self, p):
        super().__init__()
        self.p = p

    def forward(self, x):
        if not self.training:
            return x
        return x * (torch.rand_like(x) >= self.p) / (1 - self.p)


# wrong: one mask for all rows of the batch
class Dropout(nn.Module):
    def __init__(self, p):
        super().__init__()
        self.p = p

    def forward(self, x):
        if not self.training:
            return x
        if self.p == 1:
            return torch.zeros_like(x)
        if x.ndim == 1:
            return x * (torch.rand_like(x) >= self.p) / (1 - self.p)
        return x * (torch.rand_like(x[:1]) >= self.p) / (1 - self.p)


# wrong: the mask is drawn once for all calls
class Dropout(nn.Module):
    def __init__(self, p):
        super().__init__()
        self.p, self.masks = p, {}

    def forward(self, x):
        if not self.training:
            return x
        if self.p == 1:
            return torch.zeros_like(x)
        mask = self.masks.setdefault(x.shape, torch.rand(x.shape) >= self.p)
        return x * mask.to(x.device) / (1 - self.p)


# wrong: the mask is made on the CPU
class Dropout(nn.Module):
    def __init__(self, p):
        super().__init__()
        self.p = p

    def forward(self, x):
        if not self.training:
            return x
        if self.p == 1:
            return torch.zeros_like(x)
        return x * (torch.rand(x.shape) >= self.p) / (1 - self.p)


# wrong: writes into the input
class Dropout(nn.Module):
    def __init__(self, p):
        super().__init__()
        self.p = p

    def forward(self, x):
        if not self.training:
            return x
        if self.p == 1:
            return torch.zeros_like(x)
        return x.mul_(torch.rand_like(x) >= self.p).div_(1 - self.p)


# wrong: uses PyTorch's dropout
class Dropout(nn.Module):
    def __init__(self, p):
        super().__init__()
        self.p = p

    def forward(self, x):
        return F.dropout(x, self.p, self.training)


# right: Bernoulli numbers and masked_fill
class Dropout(nn.Module):
    def __init__(self, p):
        super().__init__()
        self.rate = p

    def forward(self, x):
        if self.training and self.rate > 0:
            dropped = torch.bernoulli(torch.full_like(x, self.rate)).bool()
            scale = 1 / (1 - self.rate) if self.rate < 1 else 1.0
            x = (x * scale).masked_fill(dropped, 0)
        return x


# right: torch.where, and a copy in evaluation
class Dropout(nn.Module):
    def __init__(self, p):
        super().__init__()
        self.keep = 1 - p

    def forward(self, x):
        if self.training is False:
            return x.clone()
        if self.keep == 0:
            return torch.zeros_like(x)
        mask = torch.empty_like(x).uniform_() < self.keep
        return torch.where(mask, x / self.keep, torch.zeros_like(x))
