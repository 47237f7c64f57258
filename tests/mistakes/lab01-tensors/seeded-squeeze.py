# ruff: noqa

# wrong: no seed
def seeded_squeeze(seed=7):
    x = torch.rand(1, 1, 1, 10)
    y = x.squeeze()
    print(x, x.shape)
    print(y, y.shape)
    return x, y


# wrong: the seed is set once, outside the function
torch.manual_seed(7)


def seeded_squeeze(seed=7):
    x = torch.rand(1, 1, 1, 10)
    y = x.squeeze()
    print(x, x.shape)
    print(y, y.shape)
    return x, y


# wrong: always seed 7
def seeded_squeeze(seed=7):
    torch.manual_seed(7)
    x = torch.rand(1, 1, 1, 10)
    y = x.squeeze()
    print(x, x.shape, y, y.shape)
    return x, y


# wrong: NumPy's seed does not seed PyTorch
def seeded_squeeze(seed=7):
    np.random.seed(seed)
    x = torch.rand(1, 1, 1, 10)
    y = x.squeeze()
    print(x, x.shape, y, y.shape)
    return x, y


# wrong: the normal distribution
def seeded_squeeze(seed=7):
    torch.manual_seed(seed)
    x = torch.randn(1, 1, 1, 10)
    y = x.squeeze()
    print(x, x.shape, y, y.shape)
    return x, y


# wrong: drops one dimension of three
def seeded_squeeze(seed=7):
    torch.manual_seed(seed)
    x = torch.rand(1, 1, 1, 10)
    y = x.squeeze(0)
    print(x, x.shape, y, y.shape)
    return x, y


# wrong: squeezes in place, so both have the shape (10,)
def seeded_squeeze(seed=7):
    torch.manual_seed(seed)
    x = torch.rand(1, 1, 1, 10)
    y = x.squeeze_()
    print(x, x.shape, y, y.shape)
    return x, y


# wrong: draws again instead of squeezing
def seeded_squeeze(seed=7):
    torch.manual_seed(seed)
    x, y = torch.rand(1, 1, 1, 10), torch.rand(10)
    print(x, x.shape, y, y.shape)
    return x, y


# wrong: prints nothing
def seeded_squeeze(seed=7):
    torch.manual_seed(seed)
    x = torch.rand(1, 1, 1, 10)
    return x, x.squeeze()


# wrong: prints the shapes only
def seeded_squeeze(seed=7):
    torch.manual_seed(seed)
    x = torch.rand(1, 1, 1, 10)
    y = x.squeeze()
    print(x.shape, y.shape)
    return x, y


# wrong: prints the tensors only
def seeded_squeeze(seed=7):
    torch.manual_seed(seed)
    x = torch.rand(1, 1, 1, 10)
    y = x.squeeze()
    print(x, y)
    return x, y


# wrong: prints the first tensor only
def seeded_squeeze(seed=7):
    torch.manual_seed(seed)
    x = torch.rand(1, 1, 1, 10)
    y = x.squeeze()
    print(x, x.shape, y.shape)
    return x, y


# wrong: prints and returns nothing
def seeded_squeeze(seed=7):
    torch.manual_seed(seed)
    x = torch.rand(1, 1, 1, 10)
    print(x, x.shape, x.squeeze(), x.squeeze().shape)


# wrong: draws once too often after the seed
def seeded_squeeze(seed=7):
    torch.manual_seed(seed)
    torch.rand(1)
    x = torch.rand(1, 1, 1, 10)
    y = x.squeeze()
    print(x, x.shape, y, y.shape)
    return x, y


# wrong: the numbers of seed 7, typed in
def seeded_squeeze(seed=7):
    y = torch.tensor(
        [0.5349, 0.1988, 0.6592, 0.6569, 0.2328, 0.4251, 0.2071, 0.6297, 0.3653, 0.8513]
    )
    x = y.reshape(1, 1, 1, 10)
    print(x, x.shape, y, y.shape)
    return x, y


# right: a generator of its own
def seeded_squeeze(seed=7):
    generator = torch.Generator().manual_seed(seed)
    x = torch.rand((1, 1, 1, 10), generator=generator)
    y = x.reshape(10)
    for tensor in (x, y):
        print(f"{tensor}, shape {tuple(tensor.shape)}")
    return x, y


# right: indexing, lists, shapes by size()
def seeded_squeeze(seed: int = 7):
    torch.random.manual_seed(seed)
    x = torch.rand(1, 1, 1, 10)
    y = x[0, 0, 0].clone()
    print("drawn", x.tolist(), list(x.size()))
    print("squeezed", y.tolist(), list(y.size()))
    return [x, y]


# right: leaves the global generator as it was, prints NumPy arrays
def seeded_squeeze(seed=7):
    with torch.random.fork_rng():
        torch.manual_seed(seed)
        x = torch.rand(10)[None, None, None]
    y = torch.squeeze(x, dim=(0, 1, 2))
    print(x.numpy(), x.numpy().shape, y.numpy(), y.numpy().shape, sep="\n")
    return x, y


# right: number by number
def seeded_squeeze(seed=7):
    torch.manual_seed(seed)
    x = torch.empty(1, 1, 1, 10).uniform_(0, 1)
    y = x.flatten()
    for tensor in (x, y):
        print(" x ".join(str(size) for size in tensor.shape))
        print(*(f"{value:.3f}" for value in tensor.flatten()))
    return x, y
