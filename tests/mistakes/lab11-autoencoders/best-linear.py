# wrong: does not centre
def best_linear(X, k):
    _, _, Vh = torch.linalg.svd(X, full_matrices=True)
    return Vh[:k], Vh[:k].T, torch.zeros_like(X[0])


# wrong: finds the axes without centring, then takes the mean off
def best_linear(X, k):
    _, _, Vh = torch.linalg.svd(X, full_matrices=True)
    return Vh[:k], Vh[:k].T, X.mean(dim=0)


# wrong: takes columns of Vh, whose rows are the axes
def best_linear(X, k):
    mean = X.mean(dim=0)
    _, _, Vh = torch.linalg.svd(X - mean, full_matrices=True)
    return Vh[:, :k].T, Vh[:, :k], mean


# wrong: eigh sorts upwards, so these are the last axes
def best_linear(X, k):
    mean = X.mean(dim=0)
    _, vectors = torch.linalg.eigh((X - mean).T @ (X - mean))
    return vectors[:, :k].T, vectors[:, :k], mean


# wrong: the k numbers that vary most, not the k directions
def best_linear(X, k):
    mean = X.mean(dim=0)
    chosen = (X - mean).square().sum(dim=0).topk(k).indices
    axes = torch.eye(X.shape[1], dtype=X.dtype, device=X.device)[chosen]
    return axes, axes.T, mean


# wrong: scales the code to unit variance and forgets to scale back
def best_linear(X, k):
    mean = X.mean(dim=0)
    _, S, Vh = torch.linalg.svd(X - mean, full_matrices=False)
    return Vh[:k] / S[:k, None].clamp(min=1e-6), Vh[:k].T, mean


# wrong: decoder and encoder are exchanged
def best_linear(X, k):
    mean = X.mean(dim=0)
    _, _, Vh = torch.linalg.svd(X - mean, full_matrices=True)
    return Vh[:k].T, Vh[:k], mean


# wrong: in float64, whatever came in
def best_linear(X, k):
    X = X.double()
    mean = X.mean(dim=0)
    _, _, Vh = torch.linalg.svd(X - mean, full_matrices=True)
    return Vh[:k], Vh[:k].T, mean


# wrong: centres X in place
def best_linear(X, k):
    mean = X.mean(dim=0)
    X -= mean
    _, _, Vh = torch.linalg.svd(X, full_matrices=True)
    return Vh[:k], Vh[:k].T, mean


# wrong: standardises each number, as is done before some PCAs
def best_linear(X, k):
    mean, std = X.mean(dim=0), X.std(dim=0) + 1e-6
    _, _, Vh = torch.linalg.svd((X - mean) / std, full_matrices=True)
    return Vh[:k] / std, (Vh[:k] * std).T, mean


# right: eigenvectors of the covariance, in float64
def best_linear(X, k):
    mean = X.mean(dim=0)
    centred = (X - mean).double()
    _, vectors = torch.linalg.eigh(centred.T @ centred / len(X))
    axes = vectors.flip(1)[:, :k].to(X.dtype)
    return axes.T, axes, mean


# right: a code that is mixed by an invertible matrix
def best_linear(X, k):
    mean = X.mean(dim=0)
    _, _, Vh = torch.linalg.svd(X - mean, full_matrices=True)
    mix = torch.eye(k).to(X) * 2 + torch.ones(k, k).to(X).triu(1)
    return mix @ Vh[:k], Vh[:k].T @ torch.linalg.inv(mix), mean


# right: with the singular values in the code
def best_linear(X, k):
    mean = X.sum(dim=0) / X.shape[0]
    S, Vh = torch.linalg.svd(X - mean, full_matrices=True)[1:]
    return -3 * Vh[:k], -Vh[:k].T / 3, mean
