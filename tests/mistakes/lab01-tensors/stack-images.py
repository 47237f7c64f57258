# ruff: noqa

# wrong: forgets the channel dimension, (N, H, W)
def stack_images(images):
    return torch.stack(images)


# wrong: puts the new dimension first, (1, N, H, W)
def stack_images(images):
    return torch.stack(images).unsqueeze(0)


# wrong: joins the images below each other instead of stacking them
def stack_images(images):
    return torch.cat(images).unsqueeze(0).unsqueeze(0)


# wrong: right shape, but reshape mixes the pixels of different images
def stack_images(images):
    stacked = torch.stack(images, dim=2)
    height, width, number = stacked.shape
    return stacked.reshape(number, 1, height, width)


# wrong: sizes written for the example in the statement
def stack_images(images):
    return torch.stack(images).reshape(2, 1, 2, 3)


# wrong: going through lists turns float64 into float32 and uint8 into int64
def stack_images(images):
    return torch.tensor([image.tolist() for image in images]).unsqueeze(1)


# wrong: returns a NumPy array
def stack_images(images):
    return np.stack([image.numpy() for image in images])[:, None]


# wrong: changes the shape of the images that it was given
def stack_images(images):
    return torch.stack([image.unsqueeze_(0) for image in images])


# wrong: a single image stays a view of the input instead of a copy
def stack_images(images):
    if len(images) == 1:
        return images[0][None, None]
    return torch.stack(images).unsqueeze(1)


# right: cat of images that already have both new dimensions
def stack_images(images):
    return torch.cat([image[None, None] for image in images], dim=0)


# right: fills an empty batch in a loop
def stack_images(images):
    height, width = images[0].shape
    batch = torch.empty(len(images), 1, height, width, dtype=images[0].dtype)
    for number, image in enumerate(images):
        batch[number, 0] = image
    return batch


# right: unsqueeze before stack
def stack_images(images: list[torch.Tensor]) -> torch.Tensor:
    with_channel = [torch.unsqueeze(image, dim=0) for image in images]
    return torch.stack(with_channel, dim=0)
