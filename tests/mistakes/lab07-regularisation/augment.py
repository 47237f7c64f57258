# wrong: what leaves on one side comes in on the other
def augment(images, reach):
    out = []
    for image in images:
        if torch.rand(()) < 0.5:
            image = image.flip(2)
        dy, dx = torch.randint(-reach, reach + 1, (2,)).tolist()
        out.append(image.roll((dy, dx), dims=(1, 2)))
    return torch.stack(out)


# wrong: one draw for the whole batch
def augment(images, reach):
    H, W = images.shape[2:]
    if torch.rand(()) < 0.5:
        images = images.flip(3)
    padded = F.pad(images, [reach] * 4)
    top, left = torch.randint(2 * reach + 1, (2,)).tolist()
    return padded[:, :, top : top + H, left : left + W]


# wrong: mirrors top and bottom
def augment(images, reach):
    H, W = images.shape[2:]
    out = []
    for image in images:
        if torch.rand(()) < 0.5:
            image = image.flip(1)
        padded = F.pad(image, [reach] * 4)
        top, left = torch.randint(2 * reach + 1, (2,)).tolist()
        out.append(padded[:, top : top + H, left : left + W])
    return torch.stack(out)


# wrong: randint leaves its end out, so that one direction falls short
def augment(images, reach):
    H, W = images.shape[2:]
    out = []
    for image in images:
        if torch.rand(()) < 0.5:
            image = image.flip(2)
        padded = F.pad(image, [reach] * 4)
        top, left = torch.randint(max(2 * reach, 1), (2,)).tolist()
        out.append(padded[:, top : top + H, left : left + W])
    return torch.stack(out)


# wrong: only crops, so that the shape shrinks
def augment(images, reach):
    H, W = images.shape[2] - reach, images.shape[3] - reach
    out = []
    for image in images:
        if torch.rand(()) < 0.5:
            image = image.flip(2)
        top, left = torch.randint(reach + 1, (2,)).tolist()
        out.append(image[:, top : top + H, left : left + W])
    return torch.stack(out)


# wrong: always moves by the same in both directions
def augment(images, reach):
    H, W = images.shape[2:]
    out = []
    for image in images:
        if torch.rand(()) < 0.5:
            image = image.flip(2)
        padded = F.pad(image, [reach] * 4)
        top = torch.randint(2 * reach + 1, ()).item()
        out.append(padded[:, top : top + H, top : top + W])
    return torch.stack(out)


# wrong: each channel on its own
def augment(images, reach):
    N, C, H, W = images.shape
    out = []
    for image in images.flatten(0, 1):
        if torch.rand(()) < 0.5:
            image = image.flip(1)
        padded = F.pad(image, [reach] * 4)
        top, left = torch.randint(2 * reach + 1, (2,)).tolist()
        out.append(padded[top : top + H, left : left + W])
    return torch.stack(out).reshape(N, C, H, W)


# wrong: shuffles the pictures, so that labels no longer fit
def augment(images, reach):
    H, W = images.shape[2:]
    out = []
    for number in torch.randperm(len(images)).tolist():
        image = images[number]
        if torch.rand(()) < 0.5:
            image = image.flip(2)
        padded = F.pad(image, [reach] * 4)
        top, left = torch.randint(2 * reach + 1, (2,)).tolist()
        out.append(padded[:, top : top + H, left : left + W])
    return torch.stack(out)


# wrong: repeats the edge instead of zeros
def augment(images, reach):
    H, W = images.shape[2:]
    out = []
    for image in images:
        if torch.rand(()) < 0.5:
            image = image.flip(2)
        padded = F.pad(image[None], [reach] * 4, mode="replicate")[0]
        top, left = torch.randint(2 * reach + 1, (2,)).tolist()
        out.append(padded[:, top : top + H, left : left + W])
    return torch.stack(out)


# wrong: writes the mirrored pictures into the input
def augment(images, reach):
    H, W = images.shape[2:]
    out = []
    for number in range(len(images)):
        if torch.rand(()) < 0.5:
            images[number] = images[number].flip(2)
        padded = F.pad(images[number], [reach] * 4)
        top, left = torch.randint(2 * reach + 1, (2,)).tolist()
        out.append(padded[:, top : top + H, left : left + W])
    return torch.stack(out)


# right: without a loop, by indices
def augment(images, reach):
    N, C, H, W = images.shape
    place = images.device
    flips = torch.rand(N, 1, 1, 1, device=place) < 0.5
    padded = F.pad(torch.where(flips, images.flip(-1), images), (reach,) * 4)
    top = torch.randint(0, 2 * reach + 1, (N, 1, 1, 1), device=place)
    left = torch.randint(0, 2 * reach + 1, (N, 1, 1, 1), device=place)
    rows = top + torch.arange(H, device=place)[:, None]
    columns = left + torch.arange(W, device=place)
    n = torch.arange(N, device=place)[:, None, None, None]
    c = torch.arange(C, device=place)[:, None, None]
    return padded[n, c, rows, columns]


# right: copies the part that stays into zeros
import random


def augment(images, reach):
    result = torch.zeros_like(images)
    H, W = images.shape[-2:]
    for number in range(len(images)):
        image = images[number]
        if random.random() < 0.5:
            image = torch.flip(image, dims=[-1])
        dy, dx = random.randint(-reach, reach), random.randint(-reach, reach)
        rows = [r for r in range(H) if 0 <= r - dy < H]
        columns = [c for c in range(W) if 0 <= c - dx < W]
        part = image[:, rows[0] - dy : rows[-1] - dy + 1]
        part = part[:, :, columns[0] - dx : columns[-1] - dx + 1]
        result[number, :, rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1] = part
    return result
