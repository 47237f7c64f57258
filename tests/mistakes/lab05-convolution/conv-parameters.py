# wrong: leaves the groups out
def conv_parameters(c_in, c_out, kernel_size, groups=1, bias=True):
    kh, kw = kernel_size if isinstance(kernel_size, tuple) else (kernel_size,) * 2
    return c_out * c_in * kh * kw + (c_out if bias else 0)


# wrong: one bias for the whole layer
def conv_parameters(c_in, c_out, kernel_size, groups=1, bias=True):
    kh, kw = kernel_size if isinstance(kernel_size, tuple) else (kernel_size,) * 2
    return c_out * (c_in // groups) * kh * kw + int(bias)


# wrong: divides both channel counts by the groups
def conv_parameters(c_in, c_out, kernel_size, groups=1, bias=True):
    kh, kw = kernel_size if isinstance(kernel_size, tuple) else (kernel_size,) * 2
    return (c_out // groups) * (c_in // groups) * kh * kw + (c_out if bias else 0)


# wrong: one bias for each input channel
def conv_parameters(c_in, c_out, kernel_size, groups=1, bias=True):
    kh, kw = kernel_size if isinstance(kernel_size, tuple) else (kernel_size,) * 2
    return c_out * (c_in // groups) * kh * kw + (c_in if bias else 0)


# wrong: counts the biases even when there are none
def conv_parameters(c_in, c_out, kernel_size, groups=1, bias=True):
    kh, kw = kernel_size if isinstance(kernel_size, tuple) else (kernel_size,) * 2
    return c_out * (c_in // groups) * kh * kw + c_out


# wrong: every kernel is square
def conv_parameters(c_in, c_out, kernel_size, groups=1, bias=True):
    k = kernel_size if isinstance(kernel_size, int) else kernel_size[0]
    return c_out * (c_in // groups) * k * k + (c_out if bias else 0)


# wrong: returns a float
def conv_parameters(c_in, c_out, kernel_size, groups=1, bias=True):
    kh, kw = kernel_size if isinstance(kernel_size, tuple) else (kernel_size,) * 2
    return c_out * (c_in / groups) * kh * kw + (c_out if bias else 0)


# right: asks the layer
def conv_parameters(c_in, c_out, kernel_size, groups=1, bias=True):
    layer = nn.Conv2d(c_in, c_out, kernel_size, groups=groups, bias=bias)
    return sum(parameter.numel() for parameter in layer.parameters())


# right: group by group
def conv_parameters(c_in, c_out, kernel_size, groups=1, bias=True):
    if isinstance(kernel_size, int):
        kernel_size = (kernel_size, kernel_size)
    one_filter = (c_in // groups) * kernel_size[0] * kernel_size[1] + bool(bias)
    return groups * (c_out // groups) * one_filter
