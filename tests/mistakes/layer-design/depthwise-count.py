# wrong: an ordinary convolution
depthwise_count = 32 * 32 * 3 * 3


# wrong: with biases
depthwise_count = 32 * (3 * 3 + 1)


# wrong: one kernel at every place of the picture
depthwise_count = 3 * 3 * 32 * 16 * 16


# wrong: a float
depthwise_count = 3 * 3 * 32 / 1


# wrong: the kernel is counted in one direction only
depthwise_count = 3 * 32


# wrong: the values of the picture
depthwise_count = 16 * 16 * 32


# right: a layer is asked
depthwise_layer = nn.Conv2d(32, 32, 3, groups=32, bias=False)
depthwise_count = sum(parameter.numel() for parameter in depthwise_layer.parameters())


# right: spelt out
channels, side = 32, 3
depthwise_count = channels * side**2
