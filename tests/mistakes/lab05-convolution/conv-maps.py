# wrong: squeezes every dimension of size 1, so that a map with one row loses it
def conv_maps(image, kernel, strides, paddings):
    maps = {}
    for s in strides:
        for p in paddings:
            out = F.conv2d(image[None, None], kernel[None, None], stride=s, padding=p)
            maps[s, p] = out.squeeze()
    return maps


# wrong: leaves the batch and channel dimensions in the maps
def conv_maps(image, kernel, strides, paddings):
    images, weight = image[None, None], kernel[None, None]
    return {
        (s, p): F.conv2d(images, weight, stride=s, padding=p)
        for s in strides
        for p in paddings
    }


# wrong: forgets the padding
def conv_maps(image, kernel, strides, paddings):
    images, weight = image[None, None], kernel[None, None]
    return {
        (s, p): F.conv2d(images, weight, stride=s)[0, 0]
        for s in strides
        for p in paddings
    }


# wrong: turns the kernel over, as a convolution of mathematics does
def conv_maps(image, kernel, strides, paddings):
    images, weight = image[None, None], kernel.flip(0, 1)[None, None]
    return {
        (s, p): F.conv2d(images, weight, stride=s, padding=p)[0, 0]
        for s in strides
        for p in paddings
    }


# wrong: writes the keys as (padding, stride)
def conv_maps(image, kernel, strides, paddings):
    images, weight = image[None, None], kernel[None, None]
    return {
        (p, s): F.conv2d(images, weight, stride=s, padding=p)[0, 0]
        for s in strides
        for p in paddings
    }


# wrong: pairs each stride with one padding only
def conv_maps(image, kernel, strides, paddings):
    images, weight = image[None, None], kernel[None, None]
    return {
        (s, p): F.conv2d(images, weight, stride=s, padding=p)[0, 0]
        for s, p in zip(strides, paddings)
    }


# wrong: works for the example's 6×6 image only
def conv_maps(image, kernel, strides, paddings):
    images, weight = image.reshape(1, 1, 6, 6), kernel.reshape(1, 1, 3, 3)
    return {
        (s, p): F.conv2d(images, weight, stride=s, padding=p)[0, 0]
        for s in strides
        for p in paddings
    }


# right: nested loops and unsqueeze
def conv_maps(image, kernel, strides, paddings):
    maps = {}
    for stride in strides:
        for padding in paddings:
            out = F.conv2d(
                image.unsqueeze(0).unsqueeze(0),
                kernel.unsqueeze(0).unsqueeze(0),
                stride=stride,
                padding=padding,
            )
            maps[(stride, padding)] = out.squeeze(0).squeeze(0)
    return maps


# right: an image without a batch dimension
def conv_maps(image, kernel, strides, paddings):
    return {
        (s, p): F.conv2d(image[None], kernel[None, None], stride=s, padding=p)[0]
        for p in paddings
        for s in strides
    }


# right: a layer that holds the kernel
def conv_maps(image, kernel, strides, paddings):
    maps = {}
    for s in strides:
        for p in paddings:
            layer = nn.Conv2d(
                1, 1, tuple(kernel.shape), stride=s, padding=p, bias=False
            )
            layer.weight = nn.Parameter(kernel[None, None])
            with torch.no_grad():
                maps[s, p] = layer(image[None, None])[0, 0]
    return maps
