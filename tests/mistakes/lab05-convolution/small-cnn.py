# wrong: only the first convolution shrinks
def small_cnn(width):
    return nn.Sequential(
        nn.Conv2d(1, width, 3),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Conv2d(width, 128, 3),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Conv2d(128, 64, 3),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Flatten(),
        nn.Linear(64, 20),
        nn.ReLU(),
        nn.Linear(20, 10),
    )


# wrong: the head still expects 64 features
def small_cnn(width):
    return nn.Sequential(
        nn.Conv2d(1, width, 3),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Conv2d(width, 2 * width, 3),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Conv2d(2 * width, width, 3),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Flatten(),
        nn.Linear(64, 20),
        nn.ReLU(),
        nn.Linear(20, 10),
    )


# wrong: the head shrinks too
def small_cnn(width):
    hidden = max(1, 20 * width // 64)
    return nn.Sequential(
        nn.Conv2d(1, width, 3),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Conv2d(width, 2 * width, 3),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Conv2d(2 * width, width, 3),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Flatten(),
        nn.Linear(width, hidden),
        nn.ReLU(),
        nn.Linear(hidden, 10),
    )


# wrong: no ReLU anywhere
def small_cnn(width):
    return nn.Sequential(
        nn.Conv2d(1, width, 3),
        nn.MaxPool2d(2),
        nn.Conv2d(width, 2 * width, 3),
        nn.MaxPool2d(2),
        nn.Conv2d(2 * width, width, 3),
        nn.MaxPool2d(2),
        nn.Flatten(),
        nn.Linear(width, 20),
        nn.Linear(20, 10),
    )


# wrong: one network for all calls
_net = {}


def small_cnn(width):
    if width not in _net:
        _net[width] = nn.Sequential(
            nn.Conv2d(1, width, 3),
            nn.ReLU(),
            nn.MaxPool2d(2),
            nn.Conv2d(width, 2 * width, 3),
            nn.ReLU(),
            nn.MaxPool2d(2),
            nn.Conv2d(2 * width, width, 3),
            nn.ReLU(),
            nn.MaxPool2d(2),
            nn.Flatten(),
            nn.Linear(width, 20),
            nn.ReLU(),
            nn.Linear(20, 10),
        )
    return _net[width]


# right: a class of one's own
class Narrow(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.a = nn.Conv2d(1, width, 3)
        self.b = nn.Conv2d(width, 2 * width, 3)
        self.c = nn.Conv2d(2 * width, width, 3)
        self.d = nn.Linear(width, 20)
        self.e = nn.Linear(20, 10)

    def forward(self, images):
        X = images
        for conv in (self.a, self.b, self.c):
            X = F.max_pool2d(F.relu(conv(X)), 2)
        return self.e(F.relu(self.d(X.reshape(X.shape[0], -1))))


def small_cnn(width):
    return Narrow(width)


# right: layers collected in a list first
def small_cnn(width):
    layers, c_in = [], 1
    for c_out in (width, 2 * width, width):
        layers += [nn.Conv2d(c_in, c_out, 3), nn.ReLU(), nn.MaxPool2d(2)]
        c_in = c_out
    layers += [nn.AdaptiveAvgPool2d(1), nn.Flatten()]
    layers += [nn.Linear(width, 20), nn.ReLU(), nn.Linear(20, 10)]
    return nn.Sequential(*layers)
