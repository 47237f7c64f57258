# wrong: both kinds of dropout
class DropoutCNN(nn.Module):
    def __init__(self, p=0.5, num_classes=10):
        super().__init__()
        self.layers = nn.Sequential(
            nn.Conv2d(1, 32, 3),
            nn.MaxPool2d(2),
            nn.LeakyReLU(0.1),
            nn.Conv2d(32, 64, 3),
            nn.MaxPool2d(2),
            nn.LeakyReLU(0.1),
            nn.Dropout2d(p),
            nn.Flatten(),
            nn.Linear(1600, 256),
            nn.LeakyReLU(0.1),
            nn.Dropout(p),
            nn.Linear(256, 128),
            nn.LeakyReLU(0.1),
            nn.Dropout(p),
            nn.Linear(128, num_classes),
        )

    def forward(self, X):
        return self.layers(X)


# wrong: a fixed rate in place of p
class DropoutCNN(nn.Module):
    def __init__(self, p=0.5, num_classes=10):
        super().__init__()
        self.layers = nn.Sequential(
            nn.Conv2d(1, 32, 3),
            nn.MaxPool2d(2),
            nn.LeakyReLU(0.1),
            nn.Conv2d(32, 64, 3),
            nn.MaxPool2d(2),
            nn.LeakyReLU(0.1),
            nn.Flatten(),
            nn.Linear(1600, 256),
            nn.LeakyReLU(0.1),
            nn.Dropout(0.5),
            nn.Linear(256, 128),
            nn.LeakyReLU(0.1),
            nn.Dropout(0.5),
            nn.Linear(128, num_classes),
        )

    def forward(self, X):
        return self.layers(X)


# wrong: no dropout at all
class DropoutCNN(nn.Module):
    def __init__(self, p=0.5, num_classes=10):
        super().__init__()
        self.layers = nn.Sequential(
            nn.Conv2d(1, 32, 3),
            nn.MaxPool2d(2),
            nn.LeakyReLU(0.1),
            nn.Conv2d(32, 64, 3),
            nn.MaxPool2d(2),
            nn.LeakyReLU(0.1),
            nn.Flatten(),
            nn.Linear(1600, 256),
            nn.LeakyReLU(0.1),
            nn.Linear(256, 128),
            nn.LeakyReLU(0.1),
            nn.Linear(128, num_classes),
        )

    def forward(self, X):
        return self.layers(X)


# wrong: dropout on the logits
class DropoutCNN(nn.Module):
    def __init__(self, p=0.5, num_classes=10):
        super().__init__()
        self.layers = nn.Sequential(
            nn.Conv2d(1, 32, 3),
            nn.MaxPool2d(2),
            nn.LeakyReLU(0.1),
            nn.Conv2d(32, 64, 3),
            nn.MaxPool2d(2),
            nn.LeakyReLU(0.1),
            nn.Flatten(),
            nn.Linear(1600, 256),
            nn.LeakyReLU(0.1),
            nn.Dropout(p),
            nn.Linear(256, 128),
            nn.LeakyReLU(0.1),
            nn.Dropout(p),
            nn.Linear(128, num_classes),
            nn.Dropout(p),
        )

    def forward(self, X):
        return self.layers(X)


# wrong: ReLU in place of the leaky one
class DropoutCNN(nn.Module):
    def __init__(self, p=0.5, num_classes=10):
        super().__init__()
        self.layers = nn.Sequential(
            nn.Conv2d(1, 32, 3),
            nn.MaxPool2d(2),
            nn.ReLU(),
            nn.Conv2d(32, 64, 3),
            nn.MaxPool2d(2),
            nn.ReLU(),
            nn.Flatten(),
            nn.Linear(1600, 256),
            nn.ReLU(),
            nn.Dropout(p),
            nn.Linear(256, 128),
            nn.ReLU(),
            nn.Dropout(p),
            nn.Linear(128, num_classes),
        )

    def forward(self, X):
        return self.layers(X)


# wrong: the default slope of 0.01
class DropoutCNN(nn.Module):
    def __init__(self, p=0.5, num_classes=10):
        super().__init__()
        self.layers = nn.Sequential(
            nn.Conv2d(1, 32, 3),
            nn.MaxPool2d(2),
            nn.LeakyReLU(),
            nn.Conv2d(32, 64, 3),
            nn.MaxPool2d(2),
            nn.LeakyReLU(),
            nn.Flatten(),
            nn.Linear(1600, 256),
            nn.LeakyReLU(),
            nn.Dropout(p),
            nn.Linear(256, 128),
            nn.LeakyReLU(),
            nn.Dropout(p),
            nn.Linear(128, num_classes),
        )

    def forward(self, X):
        return self.layers(X)


# wrong: always ten classes
class DropoutCNN(nn.Module):
    def __init__(self, p=0.5, num_classes=10):
        super().__init__()
        self.layers = nn.Sequential(
            nn.Conv2d(1, 32, 3),
            nn.MaxPool2d(2),
            nn.LeakyReLU(0.1),
            nn.Conv2d(32, 64, 3),
            nn.MaxPool2d(2),
            nn.LeakyReLU(0.1),
            nn.Flatten(),
            nn.Linear(1600, 256),
            nn.LeakyReLU(0.1),
            nn.Dropout(p),
            nn.Linear(256, 128),
            nn.LeakyReLU(0.1),
            nn.Dropout(p),
            nn.Linear(128, 10),
        )

    def forward(self, X):
        return self.layers(X)


# wrong: padding, so that the flattened vector is longer
class DropoutCNN(nn.Module):
    def __init__(self, p=0.5, num_classes=10):
        super().__init__()
        self.layers = nn.Sequential(
            nn.Conv2d(1, 32, 3, padding=1),
            nn.MaxPool2d(2),
            nn.LeakyReLU(0.1),
            nn.Conv2d(32, 64, 3),
            nn.MaxPool2d(2),
            nn.LeakyReLU(0.1),
            nn.Flatten(),
            nn.Linear(1600, 256),
            nn.LeakyReLU(0.1),
            nn.Dropout(p),
            nn.Linear(256, 128),
            nn.LeakyReLU(0.1),
            nn.Dropout(p),
            nn.Linear(128, num_classes),
        )

    def forward(self, X):
        return self.layers(X)


# wrong: softmax at the end
class DropoutCNN(nn.Module):
    def __init__(self, p=0.5, num_classes=10):
        super().__init__()
        self.layers = nn.Sequential(
            nn.Conv2d(1, 32, 3),
            nn.MaxPool2d(2),
            nn.LeakyReLU(0.1),
            nn.Conv2d(32, 64, 3),
            nn.MaxPool2d(2),
            nn.LeakyReLU(0.1),
            nn.Flatten(),
            nn.Linear(1600, 256),
            nn.LeakyReLU(0.1),
            nn.Dropout(p),
            nn.Linear(256, 128),
            nn.LeakyReLU(0.1),
            nn.Dropout(p),
            nn.Linear(128, num_classes),
        )

    def forward(self, X):
        return self.layers(X).softmax(dim=1)


# wrong: a batch size in view
class DropoutCNN(nn.Module):
    def __init__(self, p=0.5, num_classes=10):
        super().__init__()
        self.conv1, self.conv2 = nn.Conv2d(1, 32, 3), nn.Conv2d(32, 64, 3)
        self.fc1, self.fc2 = nn.Linear(1600, 256), nn.Linear(256, 128)
        self.fc3, self.drop = nn.Linear(128, num_classes), nn.Dropout(p)

    def forward(self, X):
        X = F.leaky_relu(F.max_pool2d(self.conv1(X), 2), 0.1)
        X = F.leaky_relu(F.max_pool2d(self.conv2(X), 2), 0.1)
        X = X.view(20, -1)
        X = self.drop(F.leaky_relu(self.fc1(X), 0.1))
        return self.fc3(F.leaky_relu(self.fc2(X), 0.1))


# wrong: functional dropout that stays on in evaluation
class DropoutCNN(nn.Module):
    def __init__(self, p=0.5, num_classes=10):
        super().__init__()
        self.conv1, self.conv2 = nn.Conv2d(1, 32, 3), nn.Conv2d(32, 64, 3)
        self.fc1, self.fc2 = nn.Linear(1600, 256), nn.Linear(256, 128)
        self.fc3, self.drop = nn.Linear(128, num_classes), nn.Dropout(p)

    def forward(self, X):
        X = F.leaky_relu(F.max_pool2d(self.conv1(X), 2), 0.1)
        X = F.leaky_relu(F.max_pool2d(self.conv2(X), 2), 0.1).flatten(1)
        X = F.dropout(F.leaky_relu(self.fc1(X), 0.1), self.drop.p)
        return self.fc3(F.leaky_relu(self.fc2(X), 0.1))


# right: layers by name, Dropout2d after the convolutions
class DropoutCNN(nn.Module):
    def __init__(self, p=0.5, num_classes=10):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 32, kernel_size=3)
        self.conv2 = nn.Conv2d(32, 64, kernel_size=3)
        self.drop = nn.Dropout2d(p)
        self.fc1 = nn.Linear(64 * 5 * 5, 256)
        self.fc2 = nn.Linear(256, 128)
        self.out = nn.Linear(128, num_classes)

    def forward(self, X):
        X = self.drop(F.leaky_relu(F.max_pool2d(self.conv1(X), 2), 0.1))
        X = self.drop(F.leaky_relu(F.max_pool2d(self.conv2(X), 2), negative_slope=0.1))
        X = torch.flatten(X, start_dim=1)
        X = F.leaky_relu(self.fc1(X), 0.1)
        X = F.leaky_relu(self.fc2(X), 0.1)
        return self.out(X)


# right: one dropout only, on the flattened vector, and ReLU before pooling
class DropoutCNN(nn.Module):
    def __init__(self, p=0.5, num_classes=10):
        super().__init__()
        act = nn.LeakyReLU(0.1)
        self.body = nn.Sequential(
            nn.Conv2d(1, 32, 3), act, nn.MaxPool2d(2), nn.Conv2d(32, 64, 3), act
        )
        self.pool, self.drop = nn.MaxPool2d(2), nn.Dropout(p)
        self.head = nn.Sequential(
            nn.Linear(1600, 256), act, nn.Linear(256, 128), act
        )
        self.last = nn.Linear(128, num_classes)

    def forward(self, X):
        X = self.pool(self.body(X))
        return self.last(self.head(self.drop(X.reshape(X.shape[0], -1))))
