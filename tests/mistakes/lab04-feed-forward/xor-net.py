# ruff: noqa

# wrong: no sigmoid on the output
class XorNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.hidden = nn.Linear(2, 2)
        self.output = nn.Linear(2, 1)

    def forward(self, X):
        return self.output(torch.sigmoid(self.hidden(X)))


# wrong: no sigmoid in the hidden layer
class XorNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.hidden = nn.Linear(2, 2)
        self.output = nn.Linear(2, 1)

    def forward(self, X):
        return torch.sigmoid(self.output(self.hidden(X)))


# wrong: ReLU in the hidden layer
class XorNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.hidden = nn.Linear(2, 2)
        self.output = nn.Linear(2, 1)

    def forward(self, X):
        return torch.sigmoid(self.output(torch.relu(self.hidden(X))))


# wrong: three hidden units
class XorNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.hidden = nn.Linear(2, 3)
        self.output = nn.Linear(3, 1)

    def forward(self, X):
        return torch.sigmoid(self.output(torch.sigmoid(self.hidden(X))))


# wrong: no biases, six parameters
class XorNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.hidden = nn.Linear(2, 2, bias=False)
        self.output = nn.Linear(2, 1, bias=False)

    def forward(self, X):
        return torch.sigmoid(self.output(torch.sigmoid(self.hidden(X))))


# wrong: softmax over the single output, which is always 1
class XorNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.hidden = nn.Linear(2, 2)
        self.output = nn.Linear(2, 1)

    def forward(self, X):
        return torch.softmax(self.output(torch.sigmoid(self.hidden(X))), dim=1)


# wrong: squeezes the output
class XorNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.hidden = nn.Linear(2, 2)
        self.output = nn.Linear(2, 1)

    def forward(self, X):
        return torch.sigmoid(self.output(torch.sigmoid(self.hidden(X)))).squeeze(1)


# wrong: layers made anew in each forward pass
class XorNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.hidden = nn.Linear(2, 2)
        self.output = nn.Linear(2, 1)

    def forward(self, X):
        hidden, output = nn.Linear(2, 2), nn.Linear(2, 1)
        return torch.sigmoid(output(torch.sigmoid(hidden(X))))


# wrong: tanh in the hidden layer
class XorNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.hidden = nn.Linear(2, 2)
        self.output = nn.Linear(2, 1)

    def forward(self, X):
        return torch.sigmoid(self.output(torch.tanh(self.hidden(X))))


# wrong: all weights start at zero, so that both units stay the same
class XorNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.hidden = nn.Linear(2, 2)
        self.output = nn.Linear(2, 1)
        for p in self.parameters():
            nn.init.zeros_(p)

    def forward(self, X):
        return torch.sigmoid(self.output(torch.sigmoid(self.hidden(X))))


# right: modules for the activations
class XorNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.hidden = nn.Linear(2, 2)
        self.output = nn.Linear(2, 1)
        self.sigmoid = nn.Sigmoid()

    def forward(self, X):
        return self.sigmoid(self.output(self.sigmoid(self.hidden(X))))


# right: the formula, and another start
class XorNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.hidden = nn.Linear(2, 2)
        self.output = nn.Linear(2, 1)
        for p in self.parameters():
            nn.init.normal_(p)

    def forward(self, X):
        h = 1 / (1 + (-self.hidden(X)).exp())
        return F.linear(h, self.output.weight, self.output.bias).sigmoid()


# right: sigmoid as a shifted tanh
class XorNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.hidden = nn.Linear(2, 2)
        self.output = nn.Linear(2, 1)

    def forward(self, X):
        h = 0.5 + 0.5 * torch.tanh(self.hidden(X) / 2)
        return 0.5 + 0.5 * torch.tanh(self.output(h) / 2)
