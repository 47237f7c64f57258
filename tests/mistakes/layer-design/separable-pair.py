# wrong: an ordinary convolution
def separable(c_in, c_out, kernel_size, stride=1, padding=0):
    return nn.Conv2d(c_in, c_out, kernel_size, stride, padding, bias=False)


# wrong: forgets the groups
def separable(c_in, c_out, kernel_size, stride=1, padding=0):
    return nn.Sequential(
        nn.Conv2d(c_in, c_in, kernel_size, stride, padding, bias=False),
        nn.Conv2d(c_in, c_out, 1, bias=False),
    )


# wrong: with biases
def separable(c_in, c_out, kernel_size, stride=1, padding=0):
    return nn.Sequential(
        nn.Conv2d(c_in, c_in, kernel_size, stride, padding, groups=c_in),
        nn.Conv2d(c_in, c_out, 1),
    )


# wrong: pointwise first, so that the kernels are those of the output channels
def separable(c_in, c_out, kernel_size, stride=1, padding=0):
    return nn.Sequential(
        nn.Conv2d(c_in, c_out, 1, bias=False),
        nn.Conv2d(c_out, c_out, kernel_size, stride, padding, groups=c_out, bias=False),
    )


# wrong: stride in both
def separable(c_in, c_out, kernel_size, stride=1, padding=0):
    return nn.Sequential(
        nn.Conv2d(c_in, c_in, kernel_size, stride, padding, groups=c_in, bias=False),
        nn.Conv2d(c_in, c_out, 1, stride, bias=False),
    )


# wrong: forgets the stride
def separable(c_in, c_out, kernel_size, stride=1, padding=0):
    return nn.Sequential(
        nn.Conv2d(c_in, c_in, kernel_size, padding=padding, groups=c_in, bias=False),
        nn.Conv2d(c_in, c_out, 1, bias=False),
    )


# wrong: pads in the pointwise convolution, so that the border is zero
def separable(c_in, c_out, kernel_size, stride=1, padding=0):
    return nn.Sequential(
        nn.Conv2d(c_in, c_in, kernel_size, stride, groups=c_in, bias=False),
        nn.Conv2d(c_in, c_out, 1, padding=padding, bias=False),
    )


# wrong: an activation in between
def separable(c_in, c_out, kernel_size, stride=1, padding=0):
    return nn.Sequential(
        nn.Conv2d(c_in, c_in, kernel_size, stride, padding, groups=c_in, bias=False),
        nn.ReLU(),
        nn.Conv2d(c_in, c_out, 1, bias=False),
    )


# wrong: kernels of 3×3 and padding 1 only
def separable(c_in, c_out, kernel_size, stride=1, padding=0):
    return nn.Sequential(
        nn.Conv2d(c_in, c_in, 3, padding=1, groups=c_in, bias=False),
        nn.Conv2d(c_in, c_out, 1, bias=False),
    )


# right: the stride in the second layer
def separable(c_in, c_out, kernel_size, stride=1, padding=0):
    return nn.Sequential(
        nn.Conv2d(c_in, c_in, kernel_size, padding=padding, groups=c_in, bias=False),
        nn.Conv2d(c_in, c_out, 1, stride=stride, bias=False),
    )


# right: a module of its own, whose second layer is linear
def separable(c_in, c_out, kernel_size, stride=1, padding=0):
    class Separable(nn.Module):
        def __init__(self):
            super().__init__()
            self.depthwise = nn.Conv2d(
                c_in,
                c_in,
                (kernel_size, kernel_size),
                (stride, stride),
                (padding, padding),
                groups=c_in,
                bias=False,
            )
            self.mix = nn.Linear(c_in, c_out, bias=False)

        def forward(self, X):
            X = self.depthwise(X).permute(0, 2, 3, 1)  # (N, H, W, C)
            return self.mix(X).permute(0, 3, 1, 2)

    return Separable()


# right: padded in front, on the device
def separable(c_in, c_out, kernel_size, stride=1, padding=0):
    return nn.Sequential(
        nn.ZeroPad2d(padding),
        nn.Conv2d(c_in, c_in, kernel_size, stride, groups=c_in, bias=False),
        nn.Conv2d(c_in, c_out, kernel_size=1, bias=False),
    ).to(device)
