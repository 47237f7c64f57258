# wrong: the share that stays
def separable_saving(c_in, c_out, kernel_size):
    return 1 / c_out + 1 / kernel_size**2


# wrong: the number of weights, not the share
def separable_saving(c_in, c_out, kernel_size):
    ordinary = c_in * c_out * kernel_size**2
    return float(ordinary - c_in * kernel_size**2 - c_in * c_out)


# wrong: per cent
def separable_saving(c_in, c_out, kernel_size):
    return 100 * (1 - 1 / c_out - 1 / kernel_size**2)


# wrong: forgets the pointwise convolution
def separable_saving(c_in, c_out, kernel_size):
    return 1 - 1 / c_out


# wrong: counts biases
def separable_saving(c_in, c_out, kernel_size):
    ordinary = c_out * (c_in * kernel_size**2 + 1)
    pair = c_in * (kernel_size**2 + 1) + c_out * (c_in + 1)
    return 1 - pair / ordinary


# wrong: the depthwise kernels on the output channels
def separable_saving(c_in, c_out, kernel_size):
    pair = c_out * kernel_size**2 + c_in * c_out
    return 1 - pair / (c_in * c_out * kernel_size**2)


# wrong: never below zero
def separable_saving(c_in, c_out, kernel_size):
    return max(0.0, 1 - 1 / c_out - 1 / kernel_size**2)


# wrong: kernels of 3×3 only
def separable_saving(c_in, c_out, kernel_size):
    return 1 - (9 * c_in + c_in * c_out) / (9 * c_in * c_out)


# right: by counting
def separable_saving(c_in, c_out, kernel_size):
    window = kernel_size * kernel_size
    ordinary = c_out * c_in * window
    return (ordinary - (c_in * window + c_out * c_in)) / ordinary


# right: the layers are asked
def separable_saving(c_in, c_out, kernel_size):
    def count(*args, **settings):
        return nn.Conv2d(*args, bias=False, device="meta", **settings).weight.numel()

    pair = count(c_in, c_in, kernel_size, groups=c_in) + count(c_in, c_out, 1)
    return 1 - pair / count(c_in, c_out, kernel_size)
