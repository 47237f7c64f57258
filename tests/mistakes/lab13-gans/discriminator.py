# wrong: a sigmoid at the end
def make_discriminator(size, width):
    return nn.Sequential(
        nn.Conv2d(1, width, 4, stride=2, padding=1),
        nn.LeakyReLU(0.2),
        nn.Conv2d(width, 2 * width, 4, stride=2, padding=1),
        nn.LeakyReLU(0.2),
        nn.Flatten(),
        nn.Linear(2 * width * (size // 4) ** 2, 1),
        nn.Sigmoid(),
    )


# wrong: the default slope of leaky ReLU
def make_discriminator(size, width):
    return nn.Sequential(
        nn.Conv2d(1, width, 4, stride=2, padding=1),
        nn.LeakyReLU(),
        nn.Conv2d(width, 2 * width, 4, stride=2, padding=1),
        nn.LeakyReLU(),
        nn.Flatten(),
        nn.Linear(2 * width * (size // 4) ** 2, 1),
    )


# wrong: ReLU
def make_discriminator(size, width):
    return nn.Sequential(
        nn.Conv2d(1, width, 4, stride=2, padding=1),
        nn.ReLU(),
        nn.Conv2d(width, 2 * width, 4, stride=2, padding=1),
        nn.ReLU(),
        nn.Flatten(),
        nn.Linear(2 * width * (size // 4) ** 2, 1),
    )


# wrong: no padding
def make_discriminator(size, width):
    end = ((size - 4) // 2 + 1 - 4) // 2 + 1
    return nn.Sequential(
        nn.Conv2d(1, width, 4, stride=2),
        nn.LeakyReLU(0.2),
        nn.Conv2d(width, 2 * width, 4, stride=2),
        nn.LeakyReLU(0.2),
        nn.Flatten(),
        nn.Linear(2 * width * end * end, 1),
    )


# wrong: the size is always 28
def make_discriminator(size, width):
    return nn.Sequential(
        nn.Conv2d(1, width, 4, stride=2, padding=1),
        nn.LeakyReLU(0.2),
        nn.Conv2d(width, 2 * width, 4, stride=2, padding=1),
        nn.LeakyReLU(0.2),
        nn.Flatten(),
        nn.Linear(2 * width * 49, 1),
    )


# wrong: logits without the second dimension
def make_discriminator(size, width):
    return nn.Sequential(
        nn.Conv2d(1, width, 4, stride=2, padding=1),
        nn.LeakyReLU(0.2),
        nn.Conv2d(width, 2 * width, 4, stride=2, padding=1),
        nn.LeakyReLU(0.2),
        nn.Flatten(),
        nn.Linear(2 * width * (size // 4) ** 2, 1),
        nn.Flatten(0),
    )


# wrong: pooling in place of strides
def make_discriminator(size, width):
    return nn.Sequential(
        nn.Conv2d(1, width, 4, padding="same"),
        nn.LeakyReLU(0.2),
        nn.MaxPool2d(2),
        nn.Conv2d(width, 2 * width, 4, padding="same"),
        nn.LeakyReLU(0.2),
        nn.MaxPool2d(2),
        nn.Flatten(),
        nn.Linear(2 * width * (size // 4) ** 2, 1),
    )


# wrong: the second activation is missing
def make_discriminator(size, width):
    return nn.Sequential(
        nn.Conv2d(1, width, 4, stride=2, padding=1),
        nn.LeakyReLU(0.2),
        nn.Conv2d(width, 2 * width, 4, stride=2, padding=1),
        nn.Flatten(),
        nn.Linear(2 * width * (size // 4) ** 2, 1),
    )


# right: a class with functional activations
class Critic(nn.Module):
    def __init__(self, size, width):
        super().__init__()
        self.head = nn.Linear(2 * width * size * size // 16, 1)
        self.second = nn.Conv2d(width, 2 * width, 4, 2, 1)
        self.first = nn.Conv2d(1, width, 4, 2, 1)

    def forward(self, X):
        h = F.leaky_relu(self.first(X), negative_slope=0.2)
        h = F.leaky_relu(self.second(h), 0.2)
        return self.head(h.flatten(start_dim=1))


def make_discriminator(size, width):
    return Critic(size, width)


# right: layers added one by one, small weights
def make_discriminator(size, width):
    model, channels = nn.Sequential(), 1
    for out in (width, 2 * width):
        conv = nn.Conv2d(channels, out, kernel_size=(4, 4), stride=(2, 2), padding=1)
        nn.init.normal_(conv.weight, 0, 0.02)
        model.append(conv).append(nn.LeakyReLU(0.2, inplace=True))
        channels = out
    model.append(nn.Flatten(1))
    model.append(nn.Linear(channels * (size // 4) * (size // 4), 1))
    return model
