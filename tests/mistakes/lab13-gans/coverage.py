# wrong: counts fakes that are not good, too
def coverage(fakes, centres, radius, least):
    if len(fakes) == 0:
        return 0, 0.0
    distance, mode = torch.cdist(fakes, centres).min(dim=1)
    counts = mode.bincount(minlength=len(centres))
    return (counts >= least).sum().item(), (distance <= radius).double().mean().item()


# wrong: a fake belongs to every centre that is near enough
def coverage(fakes, centres, radius, least):
    if len(fakes) == 0:
        return 0, 0.0
    near = torch.cdist(fakes, centres) <= radius
    modes = (near.sum(dim=0) >= least).sum().item()
    return modes, near.any(dim=1).double().mean().item()


# wrong: more than `least` are needed
def coverage(fakes, centres, radius, least):
    if len(fakes) == 0:
        return 0, 0.0
    distance, mode = torch.cdist(fakes, centres).min(dim=1)
    good = distance <= radius
    counts = mode[good].bincount(minlength=len(centres))
    return (counts > least).sum().item(), good.double().mean().item()


# wrong: squared distances against the radius
def coverage(fakes, centres, radius, least):
    if len(fakes) == 0:
        return 0, 0.0
    gaps = (fakes[:, None] - centres).square().sum(dim=2)
    distance, mode = gaps.min(dim=1)
    good = distance <= radius
    counts = mode[good].bincount(minlength=len(centres))
    return (counts >= least).sum().item(), good.double().mean().item()


# wrong: any good fake covers its mode
def coverage(fakes, centres, radius, least):
    if len(fakes) == 0:
        return 0, 0.0
    distance, mode = torch.cdist(fakes, centres).min(dim=1)
    good = distance <= radius
    return len(mode[good].unique()), good.double().mean().item()


# wrong: returns tensors
def coverage(fakes, centres, radius, least):
    if len(fakes) == 0:
        return 0, 0.0
    distance, mode = torch.cdist(fakes, centres).min(dim=1)
    good = distance <= radius
    counts = mode[good].bincount(minlength=len(centres))
    return (counts >= least).sum(), good.double().mean()


# wrong: fails without fakes
def coverage(fakes, centres, radius, least):
    distance, mode = torch.cdist(fakes, centres).min(dim=1)
    good = distance <= radius
    counts = mode[good].bincount(minlength=len(centres))
    return (counts >= least).sum().item(), good.sum().item() / len(fakes)


# wrong: the share is of covered modes
def coverage(fakes, centres, radius, least):
    if len(fakes) == 0:
        return 0, 0.0
    distance, mode = torch.cdist(fakes, centres).min(dim=1)
    counts = mode[distance <= radius].bincount(minlength=len(centres))
    modes = (counts >= least).sum().item()
    return modes, modes / len(centres)


# right: fake by fake
def coverage(fakes, centres, radius, least):
    hits, good = [0] * len(centres), 0
    for fake in fakes:
        gaps = [torch.linalg.vector_norm(fake - centre).item() for centre in centres]
        if min(gaps) <= radius:
            hits[gaps.index(min(gaps))] += 1
            good += 1
    share = good / len(fakes) if len(fakes) else 0.0
    return sum(1 for count in hits if count >= least), share


# right: one-hot rows
def coverage(fakes, centres, radius, least):
    if fakes.shape[0] == 0:
        return 0, 0.0
    gaps = torch.linalg.vector_norm(fakes.unsqueeze(1) - centres.unsqueeze(0), dim=2)
    near = gaps.amin(dim=1) <= radius
    hits = F.one_hot(gaps.argmin(dim=1), len(centres))[near].sum(dim=0)
    return int((hits >= least).sum()), float(near.sum()) / len(near)
