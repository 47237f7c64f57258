# wrong: the code is still detached
def elbo(model, X, epsilon, sigma):
    mu, logvar = model.encode(X)
    z = mu + (logvar / 2).exp() * epsilon
    squares = (X - model.decode(z.detach())).square().sum(dim=1)
    constant = X.shape[1] / 2 * math.log(2 * math.pi * sigma**2)
    price = (mu**2 + logvar.exp() - 1 - logvar).sum(dim=1) / 2
    return -squares / (2 * sigma**2) - constant - price


# wrong: still takes the variance for the deviation
def elbo(model, X, epsilon, sigma):
    mu, logvar = model.encode(X)
    z = mu + logvar.exp() * epsilon
    squares = (X - model.decode(z)).square().sum(dim=1)
    constant = X.shape[1] / 2 * math.log(2 * math.pi * sigma**2)
    price = (mu**2 + logvar.exp() - 1 - logvar).sum(dim=1) / 2
    return -squares / (2 * sigma**2) - constant - price


# wrong: the mean over the pixels instead of the sum
def elbo(model, X, epsilon, sigma):
    mu, logvar = model.encode(X)
    z = mu + (logvar / 2).exp() * epsilon
    squares = (X - model.decode(z)).square().mean(dim=1)
    constant = X.shape[1] / 2 * math.log(2 * math.pi * sigma**2)
    price = (mu**2 + logvar.exp() - 1 - logvar).sum(dim=1) / 2
    return -squares / (2 * sigma**2) - constant - price


# wrong: the mean over the code instead of the sum
def elbo(model, X, epsilon, sigma):
    mu, logvar = model.encode(X)
    z = mu + (logvar / 2).exp() * epsilon
    squares = (X - model.decode(z)).square().sum(dim=1)
    constant = X.shape[1] / 2 * math.log(2 * math.pi * sigma**2)
    price = (mu**2 + logvar.exp() - 1 - logvar).mean(dim=1) / 2
    return -squares / (2 * sigma**2) - constant - price


# wrong: adds the price
def elbo(model, X, epsilon, sigma):
    mu, logvar = model.encode(X)
    z = mu + (logvar / 2).exp() * epsilon
    squares = (X - model.decode(z)).square().sum(dim=1)
    constant = X.shape[1] / 2 * math.log(2 * math.pi * sigma**2)
    price = (mu**2 + logvar.exp() - 1 - logvar).sum(dim=1) / 2
    return -squares / (2 * sigma**2) - constant + price


# wrong: the loss, not the bound
def elbo(model, X, epsilon, sigma):
    mu, logvar = model.encode(X)
    z = mu + (logvar / 2).exp() * epsilon
    squares = (X - model.decode(z)).square().sum(dim=1)
    constant = X.shape[1] / 2 * math.log(2 * math.pi * sigma**2)
    price = (mu**2 + logvar.exp() - 1 - logvar).sum(dim=1) / 2
    return squares / (2 * sigma**2) + constant + price


# wrong: without the constant
def elbo(model, X, epsilon, sigma):
    mu, logvar = model.encode(X)
    z = mu + (logvar / 2).exp() * epsilon
    squares = (X - model.decode(z)).square().sum(dim=1)
    constant = X.shape[1] / 2 * math.log(2 * math.pi * sigma**2)
    price = (mu**2 + logvar.exp() - 1 - logvar).sum(dim=1) / 2
    return -squares / (2 * sigma**2) - price


# wrong: the constant without sigma
def elbo(model, X, epsilon, sigma):
    mu, logvar = model.encode(X)
    z = mu + (logvar / 2).exp() * epsilon
    squares = (X - model.decode(z)).square().sum(dim=1)
    constant = X.shape[1] / 2 * math.log(2 * math.pi)
    price = (mu**2 + logvar.exp() - 1 - logvar).sum(dim=1) / 2
    return -squares / (2 * sigma**2) - constant - price


# wrong: the constant of one number only
def elbo(model, X, epsilon, sigma):
    mu, logvar = model.encode(X)
    z = mu + (logvar / 2).exp() * epsilon
    squares = (X - model.decode(z)).square().sum(dim=1)
    constant = 0.5 * math.log(2 * math.pi * sigma**2)
    price = (mu**2 + logvar.exp() - 1 - logvar).sum(dim=1) / 2
    return -squares / (2 * sigma**2) - constant - price


# wrong: the deviation is not squared in the misfit
def elbo(model, X, epsilon, sigma):
    mu, logvar = model.encode(X)
    z = mu + (logvar / 2).exp() * epsilon
    squares = (X - model.decode(z)).square().sum(dim=1)
    constant = X.shape[1] / 2 * math.log(2 * math.pi * sigma**2)
    price = (mu**2 + logvar.exp() - 1 - logvar).sum(dim=1) / 2
    return -squares / (2 * sigma) - constant - price


# wrong: one number for the whole batch
def elbo(model, X, epsilon, sigma):
    mu, logvar = model.encode(X)
    z = mu + (logvar / 2).exp() * epsilon
    squares = (X - model.decode(z)).square().sum(dim=1)
    constant = X.shape[1] / 2 * math.log(2 * math.pi * sigma**2)
    price = (mu**2 + logvar.exp() - 1 - logvar).sum(dim=1) / 2
    return -squares / (2 * sigma**2) - constant - price.mean()


# wrong: mean over the batch at the end
def elbo(model, X, epsilon, sigma):
    mu, logvar = model.encode(X)
    z = mu + (logvar / 2).exp() * epsilon
    squares = (X - model.decode(z)).square().sum(dim=1)
    constant = X.shape[1] / 2 * math.log(2 * math.pi * sigma**2)
    price = (mu**2 + logvar.exp() - 1 - logvar).sum(dim=1) / 2
    return (-squares / (2 * sigma**2) - constant - price).mean()


# wrong: draws its own random numbers
def elbo(model, X, epsilon, sigma):
    mu, logvar = model.encode(X)
    z = mu + (logvar / 2).exp() * torch.randn_like(mu)
    squares = (X - model.decode(z)).square().sum(dim=1)
    constant = X.shape[1] / 2 * math.log(2 * math.pi * sigma**2)
    price = (mu**2 + logvar.exp() - 1 - logvar).sum(dim=1) / 2
    return -squares / (2 * sigma**2) - constant - price


# wrong: no gradient through the price
def elbo(model, X, epsilon, sigma):
    mu, logvar = model.encode(X)
    z = mu + (logvar / 2).exp() * epsilon
    squares = (X - model.decode(z)).square().sum(dim=1)
    constant = X.shape[1] / 2 * math.log(2 * math.pi * sigma**2)
    mu, logvar = mu.detach(), logvar.detach()
    price = (mu**2 + logvar.exp() - 1 - logvar).sum(dim=1) / 2
    return -squares / (2 * sigma**2) - constant - price


# wrong: the price from the one draw instead of the closed form
def elbo(model, X, epsilon, sigma):
    mu, logvar = model.encode(X)
    z = mu + (logvar / 2).exp() * epsilon
    fit = Normal(model.decode(z), sigma).log_prob(X).sum(dim=1)
    q, prior = Normal(mu, (logvar / 2).exp()), Normal(0.0, 1.0)
    return fit - (q.log_prob(z) - prior.log_prob(z)).sum(dim=1)


# wrong: as it was
def elbo(model, X, epsilon, sigma):
    mu, logvar = model.encode(X)
    z = mu + logvar.exp() * epsilon
    rebuilt = model.decode(z.detach())
    misfit = F.mse_loss(rebuilt, X) / (2 * sigma**2)
    price = (1 + logvar - mu**2 - logvar.exp()).mean() / 2
    return -(misfit + price)


# right: by torch.distributions
def elbo(model, X, epsilon, sigma):
    mu, logvar = model.encode(X)
    s = (0.5 * logvar).exp()
    q = Normal(mu, s)
    prior = Normal(torch.zeros_like(mu), torch.ones_like(mu))
    fit = Normal(model.decode(mu + s * epsilon), sigma).log_prob(X).sum(-1)
    return fit - kl_divergence(q, prior).sum(-1)


# right: a loop over the rows
def elbo(model, X, epsilon, sigma):
    rows = []
    for x, e in zip(X, epsilon, strict=True):
        mu, logvar = model.encode(x[None])
        z = mu + torch.sqrt(logvar.exp()) * e
        squares = ((x - model.decode(z)) ** 2).sum()
        logs = math.log(sigma) + math.log(2 * math.pi) / 2
        price = -0.5 * (1 + logvar - mu.pow(2) - logvar.exp()).sum()
        rows.append(-0.5 * squares / sigma**2 - len(x) * logs - price)
    return torch.stack(rows)


# right: PyTorch's Gaussian loss
def elbo(model, X, epsilon, sigma):
    mu, logvar = model.encode(X)
    rebuilt = model.decode(mu + torch.exp(logvar / 2) * epsilon)
    variance = torch.full_like(X, sigma**2)
    costs = F.gaussian_nll_loss(rebuilt, X, variance, full=True, reduction="none")
    price = (mu * mu + torch.expm1(logvar) - logvar).sum(1) / 2
    return -costs.sum(1) - price
