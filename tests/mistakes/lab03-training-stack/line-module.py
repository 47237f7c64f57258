# wrong: plain tensors, which no optimiser finds
class LineModel(nn.Module):
    def __init__(self):
        super().__init__()
        self.w = torch.tensor(1.0, requires_grad=True)
        self.b = torch.tensor(1.0, requires_grad=True)

    def forward(self, x):
        return self.w * x + self.b


# wrong: vectors instead of numbers
class LineModel(nn.Module):
    def __init__(self):
        super().__init__()
        self.w = nn.Parameter(torch.ones(1))
        self.b = nn.Parameter(torch.ones(1))

    def forward(self, x):
        return self.w * x + self.b


# wrong: random at the start
class LineModel(nn.Module):
    def __init__(self):
        super().__init__()
        self.w = nn.Parameter(torch.randn(()))
        self.b = nn.Parameter(torch.randn(()))

    def forward(self, x):
        return self.w * x + self.b


# wrong: super().__init__() is missing
class LineModel(nn.Module):
    def __init__(self):
        self.w = nn.Parameter(torch.tensor(1.0))
        self.b = nn.Parameter(torch.tensor(1.0))

    def forward(self, x):
        return self.w * x + self.b


# wrong: the prediction is cut off from the graph
class LineModel(nn.Module):
    def __init__(self):
        super().__init__()
        self.w = nn.Parameter(torch.tensor(1.0))
        self.b = nn.Parameter(torch.tensor(1.0))

    def forward(self, x):
        return self.w.item() * x + self.b.item()


# wrong: forgets b's place, which 1 hides
class LineModel(nn.Module):
    def __init__(self):
        super().__init__()
        self.w = nn.Parameter(torch.tensor(1.0))
        self.b = nn.Parameter(torch.tensor(1.0))

    def forward(self, x):
        return self.w * x + self.b * self.w


# wrong: all models share their parameters
shared = nn.Parameter(torch.tensor(1.0)), nn.Parameter(torch.tensor(1.0))


class LineModel(nn.Module):
    def __init__(self):
        super().__init__()
        self.w, self.b = shared

    def forward(self, x):
        return self.w * x + self.b


# right: registered by name
class LineModel(nn.Module):
    def __init__(self):
        super().__init__()
        self.register_parameter("b", nn.Parameter(torch.ones(())))
        self.register_parameter("w", nn.Parameter(torch.ones(())))

    def forward(self, x):
        return torch.addcmul(self.b, self.w, x)


# right: with an argument and type hints
class LineModel(nn.Module):
    def __init__(self, start: float = 1.0):
        super(LineModel, self).__init__()
        self.w = nn.Parameter(torch.full((), start), requires_grad=True)
        self.b = nn.Parameter(torch.full((), start), requires_grad=True)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return x.mul(self.w).add(self.b)
