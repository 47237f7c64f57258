# ruff: noqa

# wrong: the slice ends at size instead of top + size
def centre_crop(images, size):
    top = (images.shape[2] - size) // 2
    left = (images.shape[3] - size) // 2
    return images[:, :, top:size, left:size]


# wrong: uses the height for both offsets
def centre_crop(images, size):
    top = (images.shape[2] - size) // 2
    return images[:, :, top : top + size, top : top + size]


# wrong: cuts the same margin on both sides: nothing left without a margin
def centre_crop(images, size):
    top = (images.shape[2] - size) // 2
    left = (images.shape[3] - size) // 2
    return images[:, :, top:-top, left:-left]


# wrong: takes the upper left corner
def centre_crop(images, size):
    return images[:, :, :size, :size]


# wrong: slices the first two dimensions
def centre_crop(images, size):
    top = (images.shape[2] - size) // 2
    left = (images.shape[3] - size) // 2
    return images[top : top + size, left : left + size]


# wrong: rounds the margin up when it is odd
def centre_crop(images, size):
    top = (images.shape[2] - size + 1) // 2
    left = (images.shape[3] - size + 1) // 2
    return images[:, :, top : top + size, left : left + size]


# wrong: blanks the margin of the caller's images
def centre_crop(images, size):
    top = (images.shape[2] - size) // 2
    left = (images.shape[3] - size) // 2
    crop = images[:, :, top : top + size, left : left + size].clone()
    images.zero_()
    return crop


# wrong: offsets written for the example in the statement
def centre_crop(images, size):
    return images[:, :, 1:3, 2:4]


# right: ellipsis
def centre_crop(images, size):
    height, width = images.shape[-2:]
    rows = slice((height - size) // 2, (height - size) // 2 + size)
    columns = slice((width - size) // 2, (width - size) // 2 + size)
    return images[..., rows, columns]


# right: narrow
def centre_crop(images, size):
    _, _, height, width = images.shape
    cut = images.narrow(2, (height - size) // 2, size)
    return cut.narrow(3, (width - size) // 2, size)


# right: picks rows and columns by number
def centre_crop(images, size):
    height, width = images.size(2), images.size(3)
    rows = torch.arange(size) + (height - size) // 2
    columns = torch.arange(size) + (width - size) // 2
    return images.index_select(2, rows).index_select(3, columns)


# right: copies pixel by pixel
def centre_crop(images, size):
    number, channels, height, width = images.shape
    crop = torch.empty(number, channels, size, size, dtype=images.dtype)
    for row in range(size):
        for column in range(size):
            source_row = row + (height - size) // 2
            source_column = column + (width - size) // 2
            crop[:, :, row, column] = images[:, :, source_row, source_column]
    return crop
