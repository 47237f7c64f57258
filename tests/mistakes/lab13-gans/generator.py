# wrong: stride 2 without padding
def make_generator(noise, size, width):
    start = size // 4
    return nn.Sequential(
        nn.Linear(noise, 2 * width * start * start),
        nn.Unflatten(1, (2 * width, start, start)),
        nn.BatchNorm2d(2 * width),
        nn.ReLU(),
        nn.ConvTranspose2d(2 * width, width, 4, stride=2),
        nn.BatchNorm2d(width),
        nn.ReLU(),
        nn.ConvTranspose2d(width, 1, 4, stride=2),
        nn.Sigmoid(),
    )


# wrong: kernel 2, which also doubles
def make_generator(noise, size, width):
    start = size // 4
    return nn.Sequential(
        nn.Linear(noise, 2 * width * start * start),
        nn.Unflatten(1, (2 * width, start, start)),
        nn.BatchNorm2d(2 * width),
        nn.ReLU(),
        nn.ConvTranspose2d(2 * width, width, 2, stride=2),
        nn.BatchNorm2d(width),
        nn.ReLU(),
        nn.ConvTranspose2d(width, 1, 2, stride=2),
        nn.Sigmoid(),
    )


# wrong: tanh at the end
def make_generator(noise, size, width):
    start = size // 4
    return nn.Sequential(
        nn.Linear(noise, 2 * width * start * start),
        nn.Unflatten(1, (2 * width, start, start)),
        nn.BatchNorm2d(2 * width),
        nn.ReLU(),
        nn.ConvTranspose2d(2 * width, width, 4, stride=2, padding=1),
        nn.BatchNorm2d(width),
        nn.ReLU(),
        nn.ConvTranspose2d(width, 1, 4, stride=2, padding=1),
        nn.Tanh(),
    )


# wrong: no batch norm
def make_generator(noise, size, width):
    start = size // 4
    return nn.Sequential(
        nn.Linear(noise, 2 * width * start * start),
        nn.Unflatten(1, (2 * width, start, start)),
        nn.ReLU(),
        nn.ConvTranspose2d(2 * width, width, 4, stride=2, padding=1),
        nn.ReLU(),
        nn.ConvTranspose2d(width, 1, 4, stride=2, padding=1),
        nn.Sigmoid(),
    )


# wrong: the size is always 28
def make_generator(noise, size, width):
    return nn.Sequential(
        nn.Linear(noise, 2 * width * 49),
        nn.Unflatten(1, (2 * width, 7, 7)),
        nn.BatchNorm2d(2 * width),
        nn.ReLU(),
        nn.ConvTranspose2d(2 * width, width, 4, stride=2, padding=1),
        nn.BatchNorm2d(width),
        nn.ReLU(),
        nn.ConvTranspose2d(width, 1, 4, stride=2, padding=1),
        nn.Sigmoid(),
    )


# wrong: a ReLU before the sigmoid
def make_generator(noise, size, width):
    start = size // 4
    return nn.Sequential(
        nn.Linear(noise, 2 * width * start * start),
        nn.Unflatten(1, (2 * width, start, start)),
        nn.BatchNorm2d(2 * width),
        nn.ReLU(),
        nn.ConvTranspose2d(2 * width, width, 4, stride=2, padding=1),
        nn.BatchNorm2d(width),
        nn.ReLU(),
        nn.ConvTranspose2d(width, 1, 4, stride=2, padding=1),
        nn.ReLU(),
        nn.Sigmoid(),
    )


# wrong: leaky ReLU in the generator
def make_generator(noise, size, width):
    start = size // 4
    return nn.Sequential(
        nn.Linear(noise, 2 * width * start * start),
        nn.Unflatten(1, (2 * width, start, start)),
        nn.BatchNorm2d(2 * width),
        nn.LeakyReLU(0.2),
        nn.ConvTranspose2d(2 * width, width, 4, stride=2, padding=1),
        nn.BatchNorm2d(width),
        nn.LeakyReLU(0.2),
        nn.ConvTranspose2d(width, 1, 4, stride=2, padding=1),
        nn.Sigmoid(),
    )


# wrong: ReLU before the batch norm
def make_generator(noise, size, width):
    start = size // 4
    return nn.Sequential(
        nn.Linear(noise, 2 * width * start * start),
        nn.Unflatten(1, (2 * width, start, start)),
        nn.ReLU(),
        nn.BatchNorm2d(2 * width),
        nn.ConvTranspose2d(2 * width, width, 4, stride=2, padding=1),
        nn.ReLU(),
        nn.BatchNorm2d(width),
        nn.ConvTranspose2d(width, 1, 4, stride=2, padding=1),
        nn.Sigmoid(),
    )


# wrong: no biases in the convolutions
def make_generator(noise, size, width):
    start = size // 4
    return nn.Sequential(
        nn.Linear(noise, 2 * width * start * start),
        nn.Unflatten(1, (2 * width, start, start)),
        nn.BatchNorm2d(2 * width),
        nn.ReLU(),
        nn.ConvTranspose2d(2 * width, width, 4, stride=2, padding=1, bias=False),
        nn.BatchNorm2d(width),
        nn.ReLU(),
        nn.ConvTranspose2d(width, 1, 4, stride=2, padding=1, bias=False),
        nn.Sigmoid(),
    )


# right: a class of its own
class PictureMaker(nn.Module):
    def __init__(self, noise, size, width):
        super().__init__()
        self.start, self.channels = size // 4, 2 * width
        self.last = nn.ConvTranspose2d(width, 1, 4, 2, 1)
        self.middle = nn.ConvTranspose2d(2 * width, width, (4, 4), (2, 2), (1, 1))
        self.first = nn.Linear(noise, self.channels * self.start**2)
        self.norms = nn.ModuleList([nn.BatchNorm2d(2 * width), nn.BatchNorm2d(width)])

    def forward(self, z):
        h = self.first(z).view(len(z), self.channels, self.start, self.start)
        h = self.middle(torch.relu(self.norms[0](h)))
        return torch.sigmoid(self.last(F.relu(self.norms[1](h))))


def make_generator(noise, size, width):
    return PictureMaker(noise, size, width)


# right: DCGAN's small weights, padding and output_padding that cancel
def make_generator(noise, size, width):
    side = size // 4
    layers = [nn.Linear(noise, side * side * width * 2)]
    layers += [nn.Unflatten(1, (width * 2, side, side))]
    for channels, out in ((2 * width, width), (width, 1)):
        grow = nn.ConvTranspose2d(channels, out, 4, 2, padding=1, output_padding=0)
        nn.init.normal_(grow.weight, 0, 0.02)
        layers += [nn.BatchNorm2d(channels), nn.ReLU(inplace=True), grow]
    return nn.Sequential(*layers, nn.Sigmoid())
