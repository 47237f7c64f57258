# ruff: noqa

# wrong: view alone raises on permuted images
def flat_rows(images):
    return images.view(images.shape[0], images[0].numel()), True


# wrong: reshape may copy, but the flag always says that memory is shared
def flat_rows(images):
    return images.flatten(1), True


# wrong: asks is_contiguous, so it copies every second image, which view can handle
def flat_rows(images):
    if images.is_contiguous():
        return images.flatten(1), True
    return images.contiguous().flatten(1), False


# wrong: the flag asks is_contiguous, although a view was taken of a strided batch
def flat_rows(images):
    return images.flatten(1), images.is_contiguous()


# wrong: always copies
def flat_rows(images):
    return images.clone().flatten(1), False


# wrong: compares the values, which are equal in a copy too
def flat_rows(images):
    rows = images.flatten(1)
    return rows, torch.equal(rows, images.flatten(1))


# wrong: flattens the batch dimension as well
def flat_rows(images):
    rows = images.flatten()
    return rows, rows.data_ptr() == images.data_ptr()


# wrong: -1 cannot be worked out for an empty batch
def flat_rows(images):
    rows = images.reshape(len(images), -1)
    return rows, rows.data_ptr() == images.data_ptr()


# wrong: forgets the flag
def flat_rows(images):
    return images.flatten(1)


# wrong: restrides the memory as if it were contiguous: shared, but mixed up
def flat_rows(images):
    number = images.shape[0]
    size = images.shape[1] * images.shape[2] * images.shape[3]
    return torch.as_strided(images, (number, size), (size, 1)), True


# wrong: the answer of the example
def flat_rows(images):
    return torch.arange(12.0).view(2, 6), True


# right: tries view, copies where it refuses
def flat_rows(images):
    number, channels, height, width = images.shape
    try:
        return images.view(number, channels * height * width), True
    except RuntimeError:
        return images.contiguous().view(number, channels * height * width), False


# right: lets reshape decide and compares addresses
def flat_rows(images):
    rows = images.reshape(images.shape[0], images.shape[1:].numel())
    return rows, rows.data_ptr() == images.data_ptr()


# right: flatten, then compares the storages
def flat_rows(images: torch.Tensor) -> tuple[torch.Tensor, bool]:
    rows = torch.flatten(images, start_dim=1)
    mine, theirs = rows.untyped_storage(), images.untyped_storage()
    return rows, mine.data_ptr() == theirs.data_ptr()


# right: copies row by row where the inner strides do not fit
def flat_rows(images):
    number, channels, height, width = images.shape
    try:
        return images.view((number, channels * height * width)), True
    except RuntimeError:
        rows = torch.empty(number, channels * height * width, dtype=images.dtype)
        for index, image in enumerate(images):
            rows[index] = torch.cat([row for plane in image for row in plane])
        return rows, False
