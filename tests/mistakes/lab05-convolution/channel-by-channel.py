# wrong: calls the layer
def conv_by_channels(images, layer):
    return layer(images)


# wrong: one call for all channels
def conv_by_channels(images, layer):
    return F.conv2d(
        images,
        layer.weight,
        stride=layer.stride,
        padding=layer.padding,
        dilation=layer.dilation,
    )


# wrong: ignores the layer's stride and padding
def conv_by_channels(images, layer):
    maps = [F.conv2d(images, kernel[None]) for kernel in layer.weight]
    return torch.cat(maps, dim=1)


# wrong: ignores the layer's dilation
def conv_by_channels(images, layer):
    maps = [
        F.conv2d(images, kernel[None], stride=layer.stride, padding=layer.padding)
        for kernel in layer.weight
    ]
    return torch.cat(maps, dim=1)


# wrong: puts the maps one after another along the batch
def conv_by_channels(images, layer):
    maps = [
        F.conv2d(
            images, kernel[None], None, layer.stride, layer.padding, layer.dilation
        )
        for kernel in layer.weight
    ]
    return torch.cat(maps, dim=0)


# wrong: always three output channels
def conv_by_channels(images, layer):
    maps = [
        F.conv2d(
            images,
            layer.weight[o : o + 1],
            None,
            layer.stride,
            layer.padding,
            layer.dilation,
        )
        for o in range(3)
    ]
    return torch.cat(maps, dim=1)


# wrong: pairs output channel o with input channel o instead of summing over all
def conv_by_channels(images, layer):
    maps = [
        F.conv2d(
            images[:, o : o + 1],
            layer.weight[o : o + 1, o : o + 1],
            None,
            layer.stride,
            layer.padding,
            layer.dilation,
        )
        for o in range(min(layer.weight.shape[:2]))
    ]
    return torch.cat(maps, dim=1)


# right: stacks single maps
def conv_by_channels(images, layer):
    maps = []
    for o in range(layer.out_channels):
        one = F.conv2d(
            images,
            layer.weight[o].unsqueeze(0),
            bias=None,
            stride=layer.stride,
            padding=layer.padding,
            dilation=layer.dilation,
        )  # (N, 1, H', W')
        maps.append(one.squeeze(1))
    return torch.stack(maps, dim=1)


# right: goes through the input channels too
def conv_by_channels(images, layer):
    out = []
    settings = dict(stride=layer.stride, padding=layer.padding, dilation=layer.dilation)
    for kernel in layer.weight.detach():
        parts = [
            F.conv2d(images[:, c : c + 1], kernel[None, c : c + 1], **settings)
            for c in range(layer.in_channels)
        ]
        out.append(sum(parts))
    return torch.cat(out, 1)
