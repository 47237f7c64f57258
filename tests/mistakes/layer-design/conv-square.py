# wrong: padding 1, the habit of a lifetime
conv_square = nn.Conv2d(36, 34, 3, stride=2, padding=1)


# wrong: forgets the stride
conv_square = nn.Conv2d(36, 34, 3)


# wrong: channels swapped
conv_square = nn.Conv2d(34, 36, 3, stride=2)


# wrong: as many channels as before
conv_square = nn.Conv2d(36, 36, 3, stride=2)


# wrong: a kernel of 4 gives the same size in this case
conv_square = nn.Conv2d(36, 34, 4, stride=2)


# wrong: takes the heights for channels
conv_square = nn.Conv2d(512, 255, 3, stride=2)


# wrong: padding and dilation cancel each other in every size
conv_square = nn.Conv2d(36, 34, 3, stride=2, padding=1, dilation=2)


# wrong: two groups, which nobody asked for
conv_square = nn.Conv2d(36, 34, 3, stride=2, groups=2)


# wrong: convolves with stride 1, then takes the largest of two by two
conv_square = nn.Sequential(nn.Conv2d(36, 34, 3), nn.MaxPool2d(2))


# wrong: an activation behind the layer
conv_square = nn.Sequential(nn.Conv2d(36, 34, 3, stride=2), nn.ReLU())


# right: tuples and keywords
conv_square = nn.Conv2d(
    in_channels=36, out_channels=34, kernel_size=(3, 3), stride=(2, 2), padding=0
)


# right: padding by name, without a bias
conv_square = nn.Conv2d(36, 34, 3, 2, "valid", bias=False)


# right: finds its input channels by itself
conv_square = nn.LazyConv2d(34, 3, stride=2)


# right: a subclass with everything built in, moved
class Halve(nn.Conv2d):
    def __init__(self):
        super().__init__(36, 34, [3, 3], [2, 2])


conv_square = Halve().to(device)


# right: all windows, of which every second one stays
class Every(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(36, 34, 3)

    def forward(self, X):
        return self.conv(X)[:, :, ::2, ::2]


conv_square = Every()
