# wrong: update makes a tensor with a history, no leaf
class RegressionModel:
    def __init__(self, w=1.0, b=1.0):
        self.w = torch.tensor(float(w), requires_grad=True)
        self.b = torch.tensor(float(b), requires_grad=True)

    def forward(self, x):
        return self.w * x + self.b

    def criterion(self, prediction, y):
        if prediction.shape != y.shape:
            raise ValueError("shapes differ")
        return ((prediction - y) ** 2).mean()

    def reset_grad(self):
        self.w.grad = self.b.grad = None

    def update(self, lr):
        self.w = self.w - lr * self.w.grad
        self.b = self.b - lr * self.b.grad


# wrong: the new tensors require no gradient
class RegressionModel:
    def __init__(self, w=1.0, b=1.0):
        self.w = torch.tensor(float(w), requires_grad=True)
        self.b = torch.tensor(float(b), requires_grad=True)

    def forward(self, x):
        return self.w * x + self.b

    def criterion(self, prediction, y):
        if prediction.shape != y.shape:
            raise ValueError("shapes differ")
        return ((prediction - y) ** 2).mean()

    def reset_grad(self):
        self.w.grad = self.b.grad = None

    def update(self, lr):
        with torch.no_grad():
            self.w = self.w - lr * self.w.grad
            self.b = self.b - lr * self.b.grad


# wrong: reset_grad breaks where there is no gradient yet
class RegressionModel:
    def __init__(self, w=1.0, b=1.0):
        self.w = torch.tensor(float(w), requires_grad=True)
        self.b = torch.tensor(float(b), requires_grad=True)

    def forward(self, x):
        return self.w * x + self.b

    def criterion(self, prediction, y):
        if prediction.shape != y.shape:
            raise ValueError("shapes differ")
        return ((prediction - y) ** 2).mean()

    def reset_grad(self):
        self.w.grad.zero_()
        self.b.grad.zero_()

    def update(self, lr):
        with torch.no_grad():
            self.w -= lr * self.w.grad
            self.b -= lr * self.b.grad


# wrong: reset_grad forgets b, which the second step shows
class RegressionModel:
    def __init__(self, w=1.0, b=1.0):
        self.w = torch.tensor(float(w), requires_grad=True)
        self.b = torch.tensor(float(b), requires_grad=True)

    def forward(self, x):
        return self.w * x + self.b

    def criterion(self, prediction, y):
        if prediction.shape != y.shape:
            raise ValueError("shapes differ")
        return ((prediction - y) ** 2).mean()

    def reset_grad(self):
        self.w.grad = None

    def update(self, lr):
        with torch.no_grad():
            self.w -= lr * self.w.grad
            self.b -= lr * self.b.grad


# wrong: compares numbers of entries, so that (3, 1) and (3,) pass
class RegressionModel:
    def __init__(self, w=1.0, b=1.0):
        self.w = torch.tensor(float(w), requires_grad=True)
        self.b = torch.tensor(float(b), requires_grad=True)

    def forward(self, x):
        return self.w * x + self.b

    def criterion(self, prediction, y):
        if prediction.numel() != y.numel():
            raise ValueError("shapes differ")
        return ((prediction - y) ** 2).mean()

    def reset_grad(self):
        self.w.grad = self.b.grad = None

    def update(self, lr):
        with torch.no_grad():
            self.w -= lr * self.w.grad
            self.b -= lr * self.b.grad


# wrong: always starts at 1
class RegressionModel:
    def __init__(self, w=1.0, b=1.0):
        self.w = torch.tensor(1.0, requires_grad=True)
        self.b = torch.tensor(1.0, requires_grad=True)

    def forward(self, x):
        return self.w * x + self.b

    def criterion(self, prediction, y):
        if prediction.shape != y.shape:
            raise ValueError("shapes differ")
        return ((prediction - y) ** 2).mean()

    def reset_grad(self):
        self.w.grad = self.b.grad = None

    def update(self, lr):
        with torch.no_grad():
            self.w -= lr * self.w.grad
            self.b -= lr * self.b.grad


# wrong: half the mean of the squares
class RegressionModel:
    def __init__(self, w=1.0, b=1.0):
        self.w = torch.tensor(float(w), requires_grad=True)
        self.b = torch.tensor(float(b), requires_grad=True)

    def forward(self, x):
        return self.w * x + self.b

    def criterion(self, prediction, y):
        if prediction.shape != y.shape:
            raise ValueError("shapes differ")
        return ((prediction - y) ** 2).mean() / 2

    def reset_grad(self):
        self.w.grad = self.b.grad = None

    def update(self, lr):
        with torch.no_grad():
            self.w -= lr * self.w.grad
            self.b -= lr * self.b.grad


# right: new leaves at each update, parameters of nn, mse_loss
class RegressionModel:
    def __init__(self, w=1.0, b=1.0):
        self.w = nn.Parameter(torch.tensor(float(w)))
        self.b = nn.Parameter(torch.tensor(float(b)))

    def forward(self, x):
        return torch.add(self.b, self.w * x)

    def criterion(self, prediction, y):
        if tuple(prediction.shape) != tuple(y.shape):
            raise ValueError("shapes differ")
        return F.mse_loss(prediction, y)

    def reset_grad(self):
        for parameter in (self.w, self.b):
            if parameter.grad is not None:
                parameter.grad.zero_()

    def update(self, lr):
        self.w = nn.Parameter((self.w - lr * self.w.grad).detach())
        self.b = nn.Parameter((self.b - lr * self.b.grad).detach())


# right: works on data, sums up by hand
class RegressionModel:
    def __init__(self, w: float = 1.0, b: float = 1.0):
        self.w, self.b = (torch.tensor(float(v)).requires_grad_() for v in (w, b))

    def forward(self, x):
        return x * self.w + self.b

    def criterion(self, prediction, y):
        if prediction.shape != y.shape:
            raise ValueError(f"{prediction.shape} is not {y.shape}")
        return (y - prediction).square().sum() / y.numel()

    def reset_grad(self):
        self.w.grad, self.b.grad = None, None

    def update(self, lr):
        self.w.data -= lr * self.w.grad
        self.b.data -= lr * self.b.grad


# right: an optimiser inside
class RegressionModel:
    def __init__(self, w=1.0, b=1.0):
        self.w = torch.tensor(float(w), requires_grad=True)
        self.b = torch.tensor(float(b), requires_grad=True)
        self.optimizer = torch.optim.SGD([self.w, self.b], lr=1.0)

    def forward(self, x):
        return self.w * x + self.b

    def criterion(self, prediction, y):
        if prediction.shape != y.shape:
            raise ValueError("shapes differ")
        return nn.MSELoss()(prediction, y)

    def reset_grad(self):
        self.optimizer.zero_grad()

    def update(self, lr):
        self.optimizer.param_groups[0]["lr"] = lr
        self.optimizer.step()
