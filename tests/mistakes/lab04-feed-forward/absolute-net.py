# ruff: noqa

# wrong: the weights of the example, whatever is asked
def absolute_net(middle, slope):
    model = nn.Sequential(nn.Linear(1, 2), nn.ReLU(), nn.Linear(2, 1))
    with torch.no_grad():
        model[0].weight.copy_(torch.tensor([[1.0], [-1.0]]))
        model[0].bias.copy_(torch.tensor([-1.0, 1.0]))
        model[2].weight.copy_(torch.tensor([[1.0, 1.0]]))
        model[2].bias.fill_(0.0)
    return model


# wrong: bends at -middle
def absolute_net(middle, slope):
    model = nn.Sequential(nn.Linear(1, 2), nn.ReLU(), nn.Linear(2, 1))
    with torch.no_grad():
        model[0].weight.copy_(torch.tensor([[1.0], [-1.0]]))
        model[0].bias.copy_(torch.tensor([middle, -middle]))
        model[2].weight.copy_(torch.tensor([[slope, slope]]))
        model[2].bias.fill_(0.0)
    return model


# wrong: the slope goes into the hidden layer, where ReLU turns a negative one around
def absolute_net(middle, slope):
    model = nn.Sequential(nn.Linear(1, 2), nn.ReLU(), nn.Linear(2, 1))
    with torch.no_grad():
        model[0].weight.copy_(torch.tensor([[slope], [-slope]]))
        model[0].bias.copy_(torch.tensor([-slope * middle, slope * middle]))
        model[2].weight.copy_(torch.tensor([[1.0, 1.0]]))
        model[2].bias.fill_(0.0)
    return model


# wrong: one half of the sum is subtracted
def absolute_net(middle, slope):
    model = nn.Sequential(nn.Linear(1, 2), nn.ReLU(), nn.Linear(2, 1))
    with torch.no_grad():
        model[0].weight.copy_(torch.tensor([[1.0], [-1.0]]))
        model[0].bias.copy_(torch.tensor([-middle, middle]))
        model[2].weight.copy_(torch.tensor([[slope, -slope]]))
        model[2].bias.fill_(0.0)
    return model


# wrong: the bias of the output stays random
def absolute_net(middle, slope):
    model = nn.Sequential(nn.Linear(1, 2), nn.ReLU(), nn.Linear(2, 1))
    with torch.no_grad():
        model[0].weight.copy_(torch.tensor([[1.0], [-1.0]]))
        model[0].bias.copy_(torch.tensor([-middle, middle]))
        model[2].weight.copy_(torch.tensor([[slope, slope]]))
    return model


# wrong: takes the absolute value of the slope
def absolute_net(middle, slope):
    model = nn.Sequential(nn.Linear(1, 2), nn.ReLU(), nn.Linear(2, 1))
    with torch.no_grad():
        model[0].weight.copy_(torch.tensor([[1.0], [-1.0]]))
        model[0].bias.copy_(torch.tensor([-middle, middle]))
        model[2].weight.copy_(torch.tensor([[abs(slope), abs(slope)]]))
        model[2].bias.fill_(0.0)
    return model


# wrong: right near zero only: the middle is cut off at 2
def absolute_net(middle, slope):
    model = nn.Sequential(nn.Linear(1, 2), nn.ReLU(), nn.Linear(2, 1))
    with torch.no_grad():
        model[0].weight.copy_(torch.tensor([[1.0], [-1.0]]))
        model[0].bias.copy_(torch.tensor([-min(middle, 2.0), min(middle, 2.0)]))
        model[2].weight.copy_(torch.tensor([[slope, slope]]))
        model[2].bias.fill_(0.0)
    return model


# wrong: a function of its own beside layers that do nothing
def absolute_net(middle, slope):
    class Cheat(nn.Module):
        def __init__(self):
            super().__init__()
            self.net = nn.Sequential(nn.Linear(1, 2), nn.ReLU(), nn.Linear(2, 1))

        def forward(self, X):
            return slope * (X - middle).abs()

    return Cheat()


# wrong: three hidden units
def absolute_net(middle, slope):
    model = nn.Sequential(nn.Linear(1, 3), nn.ReLU(), nn.Linear(3, 1))
    with torch.no_grad():
        model[0].weight.copy_(torch.tensor([[1.0], [-1.0], [0.0]]))
        model[0].bias.copy_(torch.tensor([-middle, middle, 0.0]))
        model[2].weight.copy_(torch.tensor([[slope, slope, 0.0]]))
        model[2].bias.zero_()
    return model


# right: the units in the other order
def absolute_net(middle, slope):
    model = nn.Sequential(nn.Linear(1, 2), nn.ReLU(), nn.Linear(2, 1))
    with torch.no_grad():
        model[0].weight.copy_(torch.tensor([[-1.0], [1.0]]))
        model[0].bias.copy_(torch.tensor([middle, -middle]))
        model[2].weight.copy_(torch.tensor([[slope, slope]]))
        model[2].bias.fill_(0.0)
    return model


# right: a class, weights through .data, scaled units
class Absolute(nn.Module):
    def __init__(self, middle, slope):
        super().__init__()
        self.inner, self.outer = nn.Linear(1, 2), nn.Linear(2, 1)
        self.inner.weight.data = torch.tensor([[2.0], [-2.0]])
        self.inner.bias.data = torch.tensor([-2 * middle, 2 * middle])
        self.outer.weight.data = torch.full((1, 2), slope / 2)
        self.outer.bias.data = torch.zeros(1)

    def forward(self, x):
        return self.outer(F.relu(self.inner(x)))


def absolute_net(middle, slope):
    return Absolute(middle, slope)


# right: loaded as a state_dict
def absolute_net(middle, slope):
    model = nn.Sequential(nn.Linear(1, 2), nn.ReLU(), nn.Linear(2, 1))
    model.load_state_dict(
        {
            "0.weight": torch.tensor([[1.0], [-1.0]]),
            "0.bias": torch.tensor([-middle, middle]),
            "2.weight": torch.tensor([[slope, slope]]),
            "2.bias": torch.tensor([0.0]),
        }
    )
    return model
