# ruff: noqa

# wrong: reshape gives the right shape and scrambles the pixels
def channels_first(images):
    *lead, height, width, channels = images.shape
    return images.reshape(*lead, channels, height, width)


# wrong: swaps height and width on the way
def channels_first(images):
    return images.transpose(-1, -3)


# wrong: moves the wrong way, from channels first to channels last
def channels_first(images):
    return images.movedim(-3, -1)


# wrong: only a batch, not a single image
def channels_first(images):
    return images.permute(0, 3, 1, 2)


# wrong: only a single image or a batch, not a batch of videos
def channels_first(images):
    if images.ndim == 3:
        return images.permute(2, 0, 1)
    return images.permute(0, 3, 1, 2)


# wrong: converts the pixels to float
def channels_first(images):
    return images.float().movedim(-1, -3)


# wrong: returns a NumPy array
def channels_first(images):
    return np.moveaxis(images.numpy(), -1, -3)


# wrong: the statement's example only
def channels_first(images):
    return torch.tensor([[[1, 3, 5], [7, 9, 11]], [[2, 4, 6], [8, 10, 12]]])


# right: movedim
def channels_first(images):
    return torch.movedim(images, -1, -3)


# right: two swaps of neighbours
def channels_first(images):
    return images.transpose(-1, -2).transpose(-2, -3)


# right: a permutation made for the number of dimensions, and a copy
def channels_first(images):
    lead = range(images.ndim - 3)
    last = images.ndim - 1
    return images.permute(*lead, last, last - 2, last - 1).contiguous()


# right: takes the channels apart and stacks them
def channels_first(images):
    planes = [images[..., channel] for channel in range(images.shape[-1])]
    return torch.stack(planes, dim=-3)


# right: einsum
def channels_first(images):
    return torch.einsum("...hwc->...chw", images)
