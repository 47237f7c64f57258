# wrong: one transform only
AUGMENTATIONS = [v2.RandomHorizontalFlip()]


# wrong: conversions do not count
AUGMENTATIONS = [v2.RandomHorizontalFlip(), v2.ToDtype(torch.float32), v2.ToImage()]


# wrong: a crop that changes the shape
AUGMENTATIONS = [v2.RandomCrop(24), v2.RandomHorizontalFlip()]


# wrong: normalised, so out of range
AUGMENTATIONS = [
    v2.RandomHorizontalFlip(),
    v2.RandomCrop(32, padding=4),
    v2.Normalize([0.5] * 3, [0.25] * 3),
]


# wrong: a Compose in place of a list
AUGMENTATIONS = v2.Compose([v2.RandomHorizontalFlip(), v2.RandomCrop(32, padding=4)])


# wrong: nothing random: always the same change
AUGMENTATIONS = [lambda x: x.flip(2), lambda x: 0.8 * x]


# wrong: beyond recognition: noise over everything
AUGMENTATIONS = [
    v2.RandomHorizontalFlip(),
    lambda x: (0.02 * x + 0.98 * torch.rand_like(x)).clamp(0, 1),
]


# wrong: turns grey: one channel is left
AUGMENTATIONS = [v2.RandomHorizontalFlip(), v2.Grayscale(num_output_channels=1)]


# right: shift and light, written by hand
def shift(x):
    dy, dx = torch.randint(-3, 4, (2,)).tolist()
    return x.roll((dy, dx), dims=(1, 2))


def light(x):
    return (x * (0.8 + 0.4 * torch.rand(()))).clamp(0, 1)


AUGMENTATIONS = [shift, light]


# right: small turns, flips and erased patches
AUGMENTATIONS = [
    v2.RandomHorizontalFlip(p=0.5),
    v2.RandomRotation(8),
    v2.RandomErasing(p=0.5, scale=(0.02, 0.08)),
]


# right: a conversion besides, which does no harm
AUGMENTATIONS = [
    v2.ToDtype(torch.float32),
    v2.RandomResizedCrop(32, scale=(0.8, 1.0)),
    v2.ColorJitter(0.1, 0.1, 0.1),
]
