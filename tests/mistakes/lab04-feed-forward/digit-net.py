# ruff: noqa

# wrong: softmax on the output
class DigitNet(nn.Module):
    def __init__(self, num_inputs=784, num_classes=10):
        super().__init__()
        self.a = nn.Linear(num_inputs, 512)
        self.b = nn.Linear(512, 128)
        self.c = nn.Linear(128, num_classes)

    def forward(self, X):
        X = F.relu(self.b(F.relu(self.a(X.flatten(1)))))
        return F.softmax(self.c(X), dim=1)


# wrong: log-softmax on the output
class DigitNet(nn.Module):
    def __init__(self, num_inputs=784, num_classes=10):
        super().__init__()
        self.a = nn.Linear(num_inputs, 512)
        self.b = nn.Linear(512, 128)
        self.c = nn.Linear(128, num_classes)

    def forward(self, X):
        X = F.relu(self.b(F.relu(self.a(X.flatten(1)))))
        return F.log_softmax(self.c(X), dim=1)


# wrong: ReLU on the logits
class DigitNet(nn.Module):
    def __init__(self, num_inputs=784, num_classes=10):
        super().__init__()
        self.a = nn.Linear(num_inputs, 512)
        self.b = nn.Linear(512, 128)
        self.c = nn.Linear(128, num_classes)

    def forward(self, X):
        X = F.relu(self.b(F.relu(self.a(X.flatten(1)))))
        return F.relu(self.c(X))


# wrong: no activation between the layers
class DigitNet(nn.Module):
    def __init__(self, num_inputs=784, num_classes=10):
        super().__init__()
        self.a = nn.Linear(num_inputs, 512)
        self.b = nn.Linear(512, 128)
        self.c = nn.Linear(128, num_classes)

    def forward(self, X):
        return self.c(self.b(self.a(X.flatten(1))))


# wrong: no activation in the second hidden layer
class DigitNet(nn.Module):
    def __init__(self, num_inputs=784, num_classes=10):
        super().__init__()
        self.a = nn.Linear(num_inputs, 512)
        self.b = nn.Linear(512, 128)
        self.c = nn.Linear(128, num_classes)

    def forward(self, X):
        return self.c(self.b(F.relu(self.a(X.flatten(1)))))


# wrong: ignores the number of inputs
class DigitNet(nn.Module):
    def __init__(self, num_inputs=784, num_classes=10):
        super().__init__()
        self.a = nn.Linear(784, 512)
        self.b = nn.Linear(512, 128)
        self.c = nn.Linear(128, num_classes)

    def forward(self, X):
        X = F.relu(self.b(F.relu(self.a(X.flatten(1)))))
        return self.c(X)


# wrong: ignores the number of classes
class DigitNet(nn.Module):
    def __init__(self, num_inputs=784, num_classes=10):
        super().__init__()
        self.a = nn.Linear(num_inputs, 512)
        self.b = nn.Linear(512, 128)
        self.c = nn.Linear(128, 10)

    def forward(self, X):
        X = F.relu(self.b(F.relu(self.a(X.flatten(1)))))
        return self.c(X)


# wrong: does not flatten pictures
class DigitNet(nn.Module):
    def __init__(self, num_inputs=784, num_classes=10):
        super().__init__()
        self.a = nn.Linear(num_inputs, 512)
        self.b = nn.Linear(512, 128)
        self.c = nn.Linear(128, num_classes)

    def forward(self, X):
        return self.c(F.relu(self.b(F.relu(self.a(X)))))


# wrong: flattens by the size of MNIST
class DigitNet(nn.Module):
    def __init__(self, num_inputs=784, num_classes=10):
        super().__init__()
        self.a = nn.Linear(num_inputs, 512)
        self.b = nn.Linear(512, 128)
        self.c = nn.Linear(128, num_classes)

    def forward(self, X):
        X = X.reshape(-1, 784)
        return self.c(F.relu(self.b(F.relu(self.a(X)))))


# wrong: flattens the batch as well
class DigitNet(nn.Module):
    def __init__(self, num_inputs=784, num_classes=10):
        super().__init__()
        self.a = nn.Linear(num_inputs, 512)
        self.b = nn.Linear(512, 128)
        self.c = nn.Linear(128, num_classes)

    def forward(self, X):
        X = X.flatten()
        return self.c(F.relu(self.b(F.relu(self.a(X)))))


# wrong: other widths
class DigitNet(nn.Module):
    def __init__(self, num_inputs=784, num_classes=10):
        super().__init__()
        self.a = nn.Linear(num_inputs, 256)
        self.b = nn.Linear(256, 128)
        self.c = nn.Linear(128, num_classes)

    def forward(self, X):
        X = F.relu(self.b(F.relu(self.a(X.flatten(1)))))
        return self.c(X)


# wrong: layers in a plain list have no parameters
class DigitNet(nn.Module):
    def __init__(self, num_inputs=784, num_classes=10):
        super().__init__()
        sizes = [num_inputs, 512, 128, num_classes]
        self.layers = [nn.Linear(n, m) for n, m in zip(sizes, sizes[1:])]

    def forward(self, X):
        X = X.flatten(1)
        for layer in self.layers[:2]:
            X = F.relu(layer(X))
        return self.layers[2](X)


# wrong: dropout that nobody asked for
class DigitNet(nn.Module):
    def __init__(self, num_inputs=784, num_classes=10):
        super().__init__()
        self.a = nn.Linear(num_inputs, 512)
        self.b = nn.Linear(512, 128)
        self.c = nn.Linear(128, num_classes)

    def forward(self, X):
        X = F.relu(self.b(F.relu(self.a(X.flatten(1)))))
        return self.c(F.dropout(X, 0.5))


# wrong: tanh instead of ReLU
class DigitNet(nn.Module):
    def __init__(self, num_inputs=784, num_classes=10):
        super().__init__()
        self.a = nn.Linear(num_inputs, 512)
        self.b = nn.Linear(512, 128)
        self.c = nn.Linear(128, num_classes)

    def forward(self, X):
        X = torch.tanh(self.b(torch.tanh(self.a(X.flatten(1)))))
        return self.c(X)


# right: layers by name
class DigitNet(nn.Module):
    def __init__(self, num_inputs=784, num_classes=10):
        super().__init__()
        self.a = nn.Linear(num_inputs, 512)
        self.b = nn.Linear(512, 128)
        self.c = nn.Linear(128, num_classes)

    def forward(self, X):
        X = X.flatten(1)
        X = torch.relu(self.a(X))
        X = torch.relu(self.b(X))
        return self.c(X)


# right: a ModuleList and a loop
class DigitNet(nn.Module):
    def __init__(self, num_inputs=784, num_classes=10):
        super().__init__()
        sizes = [num_inputs, 512, 128, num_classes]
        layers = [nn.Linear(n, m) for n, m in zip(sizes, sizes[1:])]
        self.layers = nn.ModuleList(layers)

    def forward(self, X):
        X = X.reshape(len(X), -1)
        for i, layer in enumerate(self.layers):
            X = layer(X)
            if i + 1 < len(self.layers):
                X = X.clamp(min=0)
        return X


# right: a Sequential by inheritance
class DigitNet(nn.Sequential):
    def __init__(self, num_inputs=784, num_classes=10):
        super().__init__(
            nn.Flatten(),
            nn.Linear(num_inputs, 512),
            nn.ReLU(inplace=True),
            nn.Linear(512, 128),
            nn.ReLU(inplace=True),
            nn.Linear(128, num_classes),
        )


# right: parameters of its own
class DigitNet(nn.Module):
    def __init__(self, num_inputs=784, num_classes=10):
        super().__init__()

        def make(n, m):
            return nn.Parameter(torch.randn(n, m) / m**0.5), nn.Parameter(
                torch.zeros(n)
            )

        self.w1, self.b1 = make(512, num_inputs)
        self.w2, self.b2 = make(128, 512)
        self.w3, self.b3 = make(num_classes, 128)

    def forward(self, X):
        h = torch.relu(X.flatten(1) @ self.w1.T + self.b1)
        h = torch.relu(h @ self.w2.T + self.b2)
        return h @ self.w3.T + self.b3
