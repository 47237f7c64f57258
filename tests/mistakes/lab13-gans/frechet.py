# wrong: one feature makes the covariance a scalar
def frechet_distance(a, b):
    a, b = a.double(), b.double()
    cov_a, cov_b = a.T.cov(), b.T.cov()
    roots = torch.linalg.eigvals(cov_a @ cov_b).real.clamp(min=0).sqrt().sum()
    means = (a.mean(dim=0) - b.mean(dim=0)).square().sum()
    distance = means + cov_a.trace() + cov_b.trace() - 2 * roots
    return max(distance.item(), 0.0)


# wrong: divides by the number of vectors
def frechet_distance(a, b):
    a, b = a.double(), b.double()
    cov_a, cov_b = a.T.cov(correction=0), b.T.cov(correction=0)
    if a.shape[1] == 1:
        cov_a, cov_b = cov_a.reshape(1, 1), cov_b.reshape(1, 1)
    roots = torch.linalg.eigvals(cov_a @ cov_b).real.clamp(min=0).sqrt().sum()
    means = (a.mean(dim=0) - b.mean(dim=0)).square().sum()
    distance = means + cov_a.trace() + cov_b.trace() - 2 * roots
    return max(distance.item(), 0.0)


# wrong: no root
def frechet_distance(a, b):
    a, b = a.double(), b.double()
    cov_a, cov_b = a.T.cov(), b.T.cov()
    if a.shape[1] == 1:
        cov_a, cov_b = cov_a.reshape(1, 1), cov_b.reshape(1, 1)
    roots = (cov_a @ cov_b).trace()
    means = (a.mean(dim=0) - b.mean(dim=0)).square().sum()
    distance = means + cov_a.trace() + cov_b.trace() - 2 * roots
    return max(distance.item(), 0.0)


# wrong: the root of each entry
def frechet_distance(a, b):
    a, b = a.double(), b.double()
    cov_a, cov_b = a.T.cov(), b.T.cov()
    if a.shape[1] == 1:
        cov_a, cov_b = cov_a.reshape(1, 1), cov_b.reshape(1, 1)
    roots = (cov_a @ cov_b).clamp(min=0).sqrt().trace()
    means = (a.mean(dim=0) - b.mean(dim=0)).square().sum()
    distance = means + cov_a.trace() + cov_b.trace() - 2 * roots
    return max(distance.item(), 0.0)


# wrong: the means' distance without the square
def frechet_distance(a, b):
    a, b = a.double(), b.double()
    cov_a, cov_b = a.T.cov(), b.T.cov()
    if a.shape[1] == 1:
        cov_a, cov_b = cov_a.reshape(1, 1), cov_b.reshape(1, 1)
    roots = torch.linalg.eigvals(cov_a @ cov_b).real.clamp(min=0).sqrt().sum()
    means = (a.mean(dim=0) - b.mean(dim=0)).norm()
    distance = means + cov_a.trace() + cov_b.trace() - 2 * roots
    return max(distance.item(), 0.0)


# wrong: only the diagonals of the covariances
def frechet_distance(a, b):
    a, b = a.double(), b.double()
    cov_a, cov_b = a.T.cov(), b.T.cov()
    if a.shape[1] == 1:
        cov_a, cov_b = cov_a.reshape(1, 1), cov_b.reshape(1, 1)
    roots = (cov_a.diagonal() * cov_b.diagonal()).sqrt().sum()
    means = (a.mean(dim=0) - b.mean(dim=0)).square().sum()
    distance = means + cov_a.trace() + cov_b.trace() - 2 * roots
    return max(distance.item(), 0.0)


# wrong: roots of negative rounding errors
def frechet_distance(a, b):
    a, b = a.double(), b.double()
    cov_a, cov_b = a.T.cov(), b.T.cov()
    if a.shape[1] == 1:
        cov_a, cov_b = cov_a.reshape(1, 1), cov_b.reshape(1, 1)
    roots = torch.linalg.eigvals(cov_a @ cov_b).real.sqrt().sum()
    means = (a.mean(dim=0) - b.mean(dim=0)).square().sum()
    distance = means + cov_a.trace() + cov_b.trace() - 2 * roots
    return max(distance.item(), 0.0)


# wrong: in float32
def frechet_distance(a, b):
    a, b = a.float(), b.float()
    cov_a, cov_b = a.T.cov(), b.T.cov()
    if a.shape[1] == 1:
        cov_a, cov_b = cov_a.reshape(1, 1), cov_b.reshape(1, 1)
    roots = torch.linalg.eigvals(cov_a @ cov_b).real.clamp(min=0).sqrt().sum()
    means = (a.mean(dim=0) - b.mean(dim=0)).square().sum()
    distance = means + cov_a.trace() + cov_b.trace() - 2 * roots
    return max(distance.item(), 0.0)


# wrong: an inverse that need not exist
def frechet_distance(a, b):
    a, b = a.double(), b.double()
    cov_a, cov_b = a.T.cov(), b.T.cov()
    if a.shape[1] == 1:
        cov_a, cov_b = cov_a.reshape(1, 1), cov_b.reshape(1, 1)
    roots = torch.linalg.cholesky(cov_a).T
    means = torch.linalg.eigvalsh(roots @ cov_b @ roots.T).clamp(min=0).sqrt().sum()
    distance = (a.mean(dim=0) - b.mean(dim=0)).square().sum() - 2 * means
    distance = distance + cov_a.trace() + cov_b.trace()
    return max(distance.item(), 0.0)


# wrong: the roots are subtracted once
def frechet_distance(a, b):
    a, b = a.double(), b.double()
    cov_a, cov_b = a.T.cov(), b.T.cov()
    if a.shape[1] == 1:
        cov_a, cov_b = cov_a.reshape(1, 1), cov_b.reshape(1, 1)
    roots = torch.linalg.eigvals(cov_a @ cov_b).real.clamp(min=0).sqrt().sum()
    means = (a.mean(dim=0) - b.mean(dim=0)).square().sum()
    distance = means + cov_a.trace() + cov_b.trace() - roots
    return max(distance.item(), 0.0)


# wrong: the root of the whole
def frechet_distance(a, b):
    a, b = a.double(), b.double()
    cov_a, cov_b = a.T.cov(), b.T.cov()
    if a.shape[1] == 1:
        cov_a, cov_b = cov_a.reshape(1, 1), cov_b.reshape(1, 1)
    roots = torch.linalg.eigvals(cov_a @ cov_b).real.clamp(min=0).sqrt().sum()
    means = (a.mean(dim=0) - b.mean(dim=0)).square().sum()
    distance = means + cov_a.trace() + cov_b.trace() - 2 * roots
    return max(distance.item(), 0.0) ** 0.5


# wrong: returns a tensor
def frechet_distance(a, b):
    a, b = a.double(), b.double()
    cov_a, cov_b = a.T.cov(), b.T.cov()
    if a.shape[1] == 1:
        cov_a, cov_b = cov_a.reshape(1, 1), cov_b.reshape(1, 1)
    roots = torch.linalg.eigvals(cov_a @ cov_b).real.clamp(min=0).sqrt().sum()
    means = (a.mean(dim=0) - b.mean(dim=0)).square().sum()
    distance = means + cov_a.trace() + cov_b.trace() - 2 * roots
    return distance.clamp(min=0)


# right: eigenvalues of the product
def frechet_distance(a, b):
    a, b = a.double(), b.double()
    cov_a, cov_b = torch.atleast_2d(a.T.cov()), torch.atleast_2d(b.T.cov())
    if a.shape[1] == 1:
        cov_a, cov_b = cov_a.reshape(1, 1), cov_b.reshape(1, 1)
    roots = torch.linalg.eigvals(cov_a @ cov_b).real.clamp(min=0).sqrt().sum()
    means = (a.mean(dim=0) - b.mean(dim=0)).square().sum()
    distance = means + cov_a.trace() + cov_b.trace() - 2 * roots
    return max(distance.item(), 0.0)


# right: singular values of the product of the centred sets
def frechet_distance(a, b):
    a, b = a.to(torch.float64), b.to(torch.float64)
    x = (a - a.mean(dim=0)) / (len(a) - 1) ** 0.5
    y = (b - b.mean(dim=0)) / (len(b) - 1) ** 0.5
    # The roots of the eigenvalues of xᵀx yᵀy are the singular values of x yᵀ.
    roots = torch.linalg.svdvals(x @ y.T).sum()
    gap = a.mean(dim=0) - b.mean(dim=0)
    distance = gap @ gap + (x * x).sum() + (y * y).sum() - 2 * roots
    return float(distance.clamp(min=0))


# right: a root by eigenvectors, loops over features
def frechet_distance(a, b):
    a, b = a.double().cpu(), b.double().cpu()
    size, parts, total = a.shape[1], [], 0.0
    for x in (a, b):
        gaps = x - x.mean(dim=0)
        cov = sum(torch.outer(gap, gap) for gap in gaps) / (len(x) - 1)
        values, vectors = torch.linalg.eigh(cov)
        parts.append(vectors @ torch.diag(values.clamp(min=0).sqrt()) @ vectors.T)
        total += sum(cov[k, k].item() for k in range(size))
    for k in range(size):
        total += (a[:, k].mean().item() - b[:, k].mean().item()) ** 2
    return max(0.0, total - 2 * torch.linalg.svdvals(parts[0] @ parts[1]).sum().item())
