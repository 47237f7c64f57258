# ruff: noqa

# wrong: squeeze() without a dimension also drops a batch of one
def drop_channel(images):
    if images.shape[1] != 1:
        raise ValueError("expected one channel")
    return images.squeeze()


# wrong: squeeze(1) leaves three channels alone and says nothing
def drop_channel(images):
    return images.squeeze(1)


# wrong: takes the first channel of colour images without a word
def drop_channel(images):
    return images[:, 0]


# wrong: squeezes in place, so the caller's tensor loses its channel
def drop_channel(images):
    if images.size(1) != 1:
        raise ValueError("expected one channel")
    return images.squeeze_(1)


# wrong: returns None instead of raising the error
def drop_channel(images):
    if images.shape[1] != 1:
        return None
    return images.squeeze(1)


# wrong: right shape, but always zeros
def drop_channel(images):
    number, channels, height, width = images.shape
    if channels != 1:
        raise ValueError("expected one channel")
    return torch.zeros(number, height, width, dtype=images.dtype)


# wrong: drops the batch dimension instead of the channel
def drop_channel(images):
    if images.shape[1] != 1:
        raise ValueError("expected one channel")
    return images.squeeze(0)


# wrong: sizes written for the example in the statement
def drop_channel(images):
    if images.shape[1] != 1:
        raise ValueError("expected one channel")
    return images.reshape(2, 3, 4)


# right: indexing after the check
def drop_channel(images):
    number, channels, height, width = images.shape
    if channels != 1:
        raise ValueError(f"expected 1 channel, got {channels}")
    return images[:, 0]


# right: reshape to the sizes that remain
def drop_channel(images):
    number, channels, height, width = images.shape
    if channels == 1:
        return images.reshape(number, height, width)
    raise ValueError("not a grey image")


# right: unpacking each image's one channel raises the ValueError by itself
def drop_channel(images):
    return torch.stack([plane for (plane,) in images])


# right: a copy, image by image
def drop_channel(images):
    if images.shape[1] > 1:
        raise ValueError("one channel, please")
    result = torch.empty_like(images[:, 0])
    for number in range(len(images)):
        result[number] = images[number, 0]
    return result
