# ruff: noqa

# wrong: forgets the device
def random_pair(device):
    return torch.rand(2, 3), torch.rand(2, 3)


# wrong: only the first goes to the device
def random_pair(device):
    return torch.rand(2, 3, device=device), torch.rand(2, 3)


# wrong: .to() is not in place, its result is thrown away
def random_pair(device):
    a, b = torch.rand(2, 3), torch.rand(2, 3)
    a.to(device)
    b.to(device)
    return a, b


# wrong: takes the machine's device, not the one it was given
def random_pair(device):
    here = dlcourse.device()
    return torch.rand(2, 3, device=here), torch.rand(2, 3, device=here)


# wrong: the same tensor twice
def random_pair(device):
    a = torch.rand(2, 3).to(device)
    return a, a


# wrong: the wrong way round, (3, 2)
def random_pair(device):
    return torch.rand(3, 2, device=device), torch.rand(3, 2, device=device)


# wrong: one tensor instead of a pair of (2, 3)
def random_pair(device):
    return torch.rand(2, 2, 3, device=device)


# wrong: nothing is random
def random_pair(device):
    return torch.zeros(2, 3, device=device), torch.ones(2, 3, device=device)


# wrong: sets a seed, so that every call draws the same
def random_pair(device):
    torch.manual_seed(7)
    return torch.rand(2, 3, device=device), torch.rand(2, 3, device=device)


# wrong: whole numbers
def random_pair(device):
    return torch.randint(9, (2, 3)).to(device), torch.randint(9, (2, 3)).to(device)


# wrong: returns NumPy arrays
def random_pair(device):
    return np.random.rand(2, 3), np.random.rand(2, 3)


# right: drawn on the CPU, then moved
def random_pair(device):
    a, b = torch.rand(2, 3), torch.rand(2, 3)
    return a.to(device), b.to(device)


# right: drawn together, taken apart
def random_pair(device):
    both = torch.rand(2, 2, 3, device=device)
    return both[0], both[1]


# right: filled in place, in a list
def random_pair(device):
    return [torch.empty((2, 3), device=device).uniform_(0, 1) for _ in range(2)]


# right: a generator that lives on the device
def random_pair(device: torch.device) -> tuple[torch.Tensor, torch.Tensor]:
    generator = torch.Generator(device=device)
    generator.seed()
    a = torch.rand(2, 3, device=device, generator=generator)
    b = torch.rand(2, 3, device=device, generator=generator)
    return a, b


# right: NumPy's random numbers, float64
def random_pair(device):
    a, b = np.random.default_rng().random((2, 2, 3))
    return torch.from_numpy(a).to(device), torch.from_numpy(b).to(device)
