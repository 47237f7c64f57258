# wrong: width before height, everywhere
conv_rectangle = nn.Conv2d(36, 35, (4, 2), stride=(2, 1), padding=(1, 3))


# wrong: the kernel alone is the wrong way round
conv_rectangle = nn.Conv2d(36, 35, (4, 2), stride=(1, 2), padding=(3, 1))


# wrong: the paddings are the wrong way round
conv_rectangle = nn.Conv2d(36, 35, (2, 4), stride=(1, 2), padding=(1, 3))


# wrong: the stride of the width for both
conv_rectangle = nn.Conv2d(36, 35, (2, 4), stride=2, padding=(3, 1))


# wrong: all paddings on one side, so that every window is shifted
conv_rectangle = nn.Sequential(
    nn.ZeroPad2d((2, 0, 6, 0)), nn.Conv2d(36, 35, (2, 4), stride=(1, 2))
)


# wrong: pads with the pixels of the other side
conv_rectangle = nn.Conv2d(
    36, 35, (2, 4), stride=(1, 2), padding=(3, 1), padding_mode="circular"
)


# wrong: a kernel of 3 columns gives the same width, by the rounding
conv_rectangle = nn.Conv2d(36, 35, (2, 3), stride=(1, 2), padding=(3, 1))


# wrong: every window lies one pixel too far left, and wraps around
class Shifted(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(36, 35, (2, 4), stride=(1, 2), padding=(3, 1))

    def forward(self, X):
        return self.conv(X.roll(1, dims=3))


conv_rectangle = Shifted()


# right: positional, without a bias
conv_rectangle = nn.Conv2d(36, 35, (2, 4), (1, 2), (3, 1), bias=False)


# right: padding as a layer of its own
conv_rectangle = nn.Sequential(
    nn.ZeroPad2d((1, 1, 3, 3)), nn.Conv2d(36, 35, (2, 4), stride=(1, 2))
)


# right: a module of its own, with F.conv2d
class Rectangle(nn.Module):
    def __init__(self):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(35, 36, 2, 4) / 17)
        self.bias = nn.Parameter(torch.zeros(35))

    def forward(self, X):
        return F.conv2d(X, self.weight, self.bias, (1, 2), (3, 1))


conv_rectangle = Rectangle()
