# wrong: flattened, not averaged
class ColourNet(nn.Module):
    def __init__(self, num_classes=10):
        super().__init__()
        self.conv = nn.Sequential(
            nn.Conv2d(3, 32, 3),
            nn.MaxPool2d(2),
            nn.LeakyReLU(0.1),
            nn.Conv2d(32, 64, 3),
            nn.MaxPool2d(2),
            nn.LeakyReLU(0.1),
            nn.Flatten(),
        )
        self.fc = nn.Sequential(
            nn.Linear(2304, 256),
            nn.LeakyReLU(0.1),
            nn.Linear(256, 128),
            nn.LeakyReLU(0.1),
            nn.Linear(128, num_classes),
        )

    def forward(self, X):
        return self.fc(self.conv(X))


# wrong: largest value in place of the mean
class ColourNet(nn.Module):
    def __init__(self, num_classes=10):
        super().__init__()
        self.conv = nn.Sequential(
            nn.Conv2d(3, 32, 3),
            nn.MaxPool2d(2),
            nn.LeakyReLU(0.1),
            nn.Conv2d(32, 64, 3),
            nn.MaxPool2d(2),
            nn.LeakyReLU(0.1),
            nn.AdaptiveMaxPool2d(1),
            nn.Flatten(),
        )
        self.fc = nn.Sequential(
            nn.Linear(64, 256),
            nn.LeakyReLU(0.1),
            nn.Linear(256, 128),
            nn.LeakyReLU(0.1),
            nn.Linear(128, num_classes),
        )

    def forward(self, X):
        return self.fc(self.conv(X))


# wrong: a pooling window for 32×32 only
class ColourNet(nn.Module):
    def __init__(self, num_classes=10):
        super().__init__()
        self.conv = nn.Sequential(
            nn.Conv2d(3, 32, 3),
            nn.MaxPool2d(2),
            nn.LeakyReLU(0.1),
            nn.Conv2d(32, 64, 3),
            nn.MaxPool2d(2),
            nn.LeakyReLU(0.1),
            nn.AvgPool2d(6),
            nn.Flatten(),
        )
        self.fc = nn.Sequential(
            nn.Linear(64, 256),
            nn.LeakyReLU(0.1),
            nn.Linear(256, 128),
            nn.LeakyReLU(0.1),
            nn.Linear(128, num_classes),
        )

    def forward(self, X):
        return self.fc(self.conv(X))


# wrong: padding in the convolutions
class ColourNet(nn.Module):
    def __init__(self, num_classes=10):
        super().__init__()
        self.conv = nn.Sequential(
            nn.Conv2d(3, 32, 3, padding=1),
            nn.MaxPool2d(2),
            nn.LeakyReLU(0.1),
            nn.Conv2d(32, 64, 3, padding=1),
            nn.MaxPool2d(2),
            nn.LeakyReLU(0.1),
            nn.AdaptiveAvgPool2d(1),
            nn.Flatten(),
        )
        self.fc = nn.Sequential(
            nn.Linear(64, 256),
            nn.LeakyReLU(0.1),
            nn.Linear(256, 128),
            nn.LeakyReLU(0.1),
            nn.Linear(128, num_classes),
        )

    def forward(self, X):
        return self.fc(self.conv(X))


# wrong: no activation between the linear layers
class ColourNet(nn.Module):
    def __init__(self, num_classes=10):
        super().__init__()
        self.conv = nn.Sequential(
            nn.Conv2d(3, 32, 3),
            nn.MaxPool2d(2),
            nn.LeakyReLU(0.1),
            nn.Conv2d(32, 64, 3),
            nn.MaxPool2d(2),
            nn.LeakyReLU(0.1),
            nn.AdaptiveAvgPool2d(1),
            nn.Flatten(),
        )
        self.fc = nn.Sequential(
            nn.Linear(64, 256),
            nn.Linear(256, 128),
            nn.LeakyReLU(0.1),
            nn.Linear(128, num_classes),
        )

    def forward(self, X):
        return self.fc(self.conv(X))


# wrong: the default slope
class ColourNet(nn.Module):
    def __init__(self, num_classes=10):
        super().__init__()
        self.conv = nn.Sequential(
            nn.Conv2d(3, 32, 3),
            nn.MaxPool2d(2),
            nn.LeakyReLU(),
            nn.Conv2d(32, 64, 3),
            nn.MaxPool2d(2),
            nn.LeakyReLU(),
            nn.AdaptiveAvgPool2d(1),
            nn.Flatten(),
        )
        self.fc = nn.Sequential(
            nn.Linear(64, 256),
            nn.LeakyReLU(),
            nn.Linear(256, 128),
            nn.LeakyReLU(),
            nn.Linear(128, num_classes),
        )

    def forward(self, X):
        return self.fc(self.conv(X))


# wrong: one Sequential for everything
class ColourNet(nn.Module):
    def __init__(self, num_classes=10):
        super().__init__()
        self.net = nn.Sequential(
            nn.Conv2d(3, 32, 3), nn.MaxPool2d(2), nn.LeakyReLU(0.1),
            nn.Conv2d(32, 64, 3), nn.MaxPool2d(2), nn.LeakyReLU(0.1),
            nn.AdaptiveAvgPool2d(1), nn.Flatten(),
            nn.Linear(64, 256), nn.LeakyReLU(0.1), nn.Linear(256, 128),
            nn.LeakyReLU(0.1), nn.Linear(128, num_classes),
        )

    def forward(self, X):
        return self.net(X)


# wrong: squeeze, which drops a batch of one
class ColourNet(nn.Module):
    def __init__(self, num_classes=10):
        super().__init__()
        self.conv = nn.Sequential(
            nn.Conv2d(3, 32, 3),
            nn.MaxPool2d(2),
            nn.LeakyReLU(0.1),
            nn.Conv2d(32, 64, 3),
            nn.MaxPool2d(2),
            nn.LeakyReLU(0.1),
            nn.AdaptiveAvgPool2d(1),
        )
        self.fc = nn.Sequential(
            nn.Linear(64, 256),
            nn.LeakyReLU(0.1),
            nn.Linear(256, 128),
            nn.LeakyReLU(0.1),
            nn.Linear(128, num_classes),
        )

    def forward(self, X):
        return self.fc(self.conv(X).squeeze())


# wrong: always ten classes
class ColourNet(nn.Module):
    def __init__(self, num_classes=10):
        super().__init__()
        self.conv = nn.Sequential(
            nn.Conv2d(3, 32, 3),
            nn.MaxPool2d(2),
            nn.LeakyReLU(0.1),
            nn.Conv2d(32, 64, 3),
            nn.MaxPool2d(2),
            nn.LeakyReLU(0.1),
            nn.AdaptiveAvgPool2d(1),
            nn.Flatten(),
        )
        self.fc = nn.Sequential(
            nn.Linear(64, 256),
            nn.LeakyReLU(0.1),
            nn.Linear(256, 128),
            nn.LeakyReLU(0.1),
            nn.Linear(128, 10),
        )

    def forward(self, X):
        return self.fc(self.conv(X))


# right: averaged in forward
class ColourNet(nn.Module):
    def __init__(self, num_classes=10):
        super().__init__()
        self.conv = nn.Sequential(
            nn.Conv2d(3, 32, 3),
            nn.MaxPool2d(2),
            nn.LeakyReLU(0.1),
            nn.Conv2d(32, 64, 3),
            nn.MaxPool2d(2),
            nn.LeakyReLU(0.1),
        )
        self.fc = nn.Sequential(
            nn.Linear(64, 256),
            nn.LeakyReLU(0.1),
            nn.Linear(256, 128),
            nn.LeakyReLU(0.1),
            nn.Linear(128, num_classes),
        )

    def forward(self, X):
        return self.fc(self.conv(X).mean(dim=(-2, -1)))


# right: flattened in the second part, activations before pooling
class ColourNet(nn.Module):
    def __init__(self, num_classes=10):
        super().__init__()
        layers, width = [], 3
        for channels in (32, 64):
            layers += [nn.Conv2d(width, channels, (3, 3)), nn.LeakyReLU(0.1)]
            layers += [nn.MaxPool2d(2, stride=2)]
            width = channels
        self.conv = nn.Sequential(*layers, nn.AdaptiveAvgPool2d((1, 1)))
        layers, width = [nn.Flatten(1)], 64
        for units in (256, 128):
            layers += [nn.Linear(width, units), nn.LeakyReLU(negative_slope=0.1)]
            width = units
        self.fc = nn.Sequential(*layers, nn.Linear(width, num_classes))

    def forward(self, X):
        X = self.conv(X)
        return self.fc(X)
