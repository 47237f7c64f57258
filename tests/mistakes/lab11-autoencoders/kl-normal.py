# wrong: forgets the half
def kl_normal(mu_q, logvar_q, mu_p, logvar_p):
    ratio = (logvar_q - logvar_p).exp()
    shift = (mu_q - mu_p) ** 2 / logvar_p.exp()
    return (logvar_p - logvar_q + ratio + shift - 1).sum(dim=1)


# wrong: p is always the standard normal
def kl_normal(mu_q, logvar_q, mu_p, logvar_p):
    return (mu_q**2 + logvar_q.exp() - 1 - logvar_q).sum(dim=1) / 2


# wrong: KL(p || q)
def kl_normal(mu_q, logvar_q, mu_p, logvar_p):
    mu_q, logvar_q, mu_p, logvar_p = mu_p, logvar_p, mu_q, logvar_q
    ratio = (logvar_q - logvar_p).exp()
    shift = (mu_q - mu_p) ** 2 / logvar_p.exp()
    return (logvar_p - logvar_q + ratio + shift - 1).sum(dim=1) / 2


# wrong: the mean over the coordinates instead of the sum
def kl_normal(mu_q, logvar_q, mu_p, logvar_p):
    ratio = (logvar_q - logvar_p).exp()
    shift = (mu_q - mu_p) ** 2 / logvar_p.exp()
    return (logvar_p - logvar_q + ratio + shift - 1).mean(dim=1) / 2


# wrong: takes the logarithm of a deviation for that of a variance
def kl_normal(mu_q, logvar_q, mu_p, logvar_p):
    var_q, var_p = (2 * logvar_q).exp(), (2 * logvar_p).exp()
    terms = 2 * (logvar_p - logvar_q) + (var_q + (mu_q - mu_p) ** 2) / var_p - 1
    return terms.sum(dim=1) / 2


# wrong: the logarithm of a variance that is rounded to zero
def kl_normal(mu_q, logvar_q, mu_p, logvar_p):
    var_q, var_p = logvar_q.exp(), logvar_p.exp()
    terms = (var_p / var_q).log() + (var_q + (mu_q - mu_p) ** 2) / var_p - 1
    return terms.sum(dim=1) / 2


# wrong: PyTorch's own, which squares a tiny deviation
def kl_normal(mu_q, logvar_q, mu_p, logvar_p):
    q = Normal(mu_q, (logvar_q / 2).exp())
    return kl_divergence(q, Normal(mu_p, (logvar_p / 2).exp())).sum(dim=1)


# wrong: the shift is not divided by the variance of p
def kl_normal(mu_q, logvar_q, mu_p, logvar_p):
    ratio = (logvar_q - logvar_p).exp()
    shift = (mu_q - mu_p) ** 2
    return (logvar_p - logvar_q + ratio + shift - 1).sum(dim=1) / 2


# wrong: keeps tiny variances away by a clamp, which changes the result
def kl_normal(mu_q, logvar_q, mu_p, logvar_p):
    logvar_q = logvar_q.clamp(min=-20)
    ratio = (logvar_q - logvar_p).exp()
    shift = (mu_q - mu_p) ** 2 / logvar_p.exp()
    return (logvar_p - logvar_q + ratio + shift - 1).sum(dim=1) / 2


# wrong: one number for the whole batch
def kl_normal(mu_q, logvar_q, mu_p, logvar_p):
    ratio = (logvar_q - logvar_p).exp()
    shift = (mu_q - mu_p) ** 2 / logvar_p.exp()
    return (logvar_p - logvar_q + ratio + shift - 1).sum(dim=1).mean() / 2


# wrong: in NumPy's way, without a graph
def kl_normal(mu_q, logvar_q, mu_p, logvar_p):
    mu_q, logvar_q, mu_p, logvar_p = (
        one.detach() for one in (mu_q, logvar_q, mu_p, logvar_p)
    )
    ratio = (logvar_q - logvar_p).exp()
    shift = (mu_q - mu_p) ** 2 / logvar_p.exp()
    return (logvar_p - logvar_q + ratio + shift - 1).sum(dim=1) / 2


# right: a loop over the coordinates
def kl_normal(mu_q, logvar_q, mu_p, logvar_p):
    total = torch.zeros_like(mu_q[:, 0])
    for j in range(mu_q.shape[1]):
        var_p = torch.exp(logvar_p[:, j])
        top = torch.exp(logvar_q[:, j]) + (mu_q[:, j] - mu_p[:, j]).pow(2)
        total = total + 0.5 * (logvar_p[:, j] - logvar_q[:, j] + top / var_p - 1)
    return total


# right: standardises by p first, then the formula for the standard normal
def kl_normal(mu_q, logvar_q, mu_p, logvar_p):
    mu, logvar = (mu_q - mu_p) * (-logvar_p / 2).exp(), logvar_q - logvar_p
    return (mu**2 + torch.expm1(logvar) - logvar).sum(-1) / 2


# right: in float64
def kl_normal(mu_q, logvar_q, mu_p, logvar_p):
    dtype = mu_q.dtype
    a, b, c, d = (one.double() for one in (mu_q, logvar_q, mu_p, logvar_p))
    terms = d - b + (b.exp() + (a - c) ** 2) * (-d).exp() - 1
    return (0.5 * terms.sum(dim=1)).to(dtype)
