# wrong: cuts the graph
def draw_codes(mu, logvar, num):
    return Normal(mu, (logvar / 2).exp()).sample((num,))


# wrong: takes the variance for the deviation
def draw_codes(mu, logvar, num):
    return mu + logvar.exp() * torch.randn(num, *mu.shape).to(mu)


# wrong: takes logvar for the logarithm of the deviation, times two
def draw_codes(mu, logvar, num):
    return mu + (2 * logvar).exp() * torch.randn(num, *mu.shape).to(mu)


# wrong: all clouds share the random numbers
def draw_codes(mu, logvar, num):
    epsilon = torch.randn(num, 1, mu.shape[1]).to(mu)
    return mu + (logvar / 2).exp() * epsilon


# wrong: the numbers of a code share one random number
def draw_codes(mu, logvar, num):
    epsilon = torch.randn(num, mu.shape[0], 1).to(mu)
    return mu + (logvar / 2).exp() * epsilon


# wrong: one draw, repeated
def draw_codes(mu, logvar, num):
    epsilon = torch.randn_like(mu)
    return (mu + (logvar / 2).exp() * epsilon).expand(num, -1, -1)


# wrong: uniform noise with the right deviation
def draw_codes(mu, logvar, num):
    epsilon = (torch.rand(num, *mu.shape).to(mu) - 0.5) * 12**0.5
    return mu + (logvar / 2).exp() * epsilon


# wrong: the same codes in each call
def draw_codes(mu, logvar, num):
    generator = torch.Generator().manual_seed(0)
    epsilon = torch.randn(num, *mu.shape, generator=generator).to(mu)
    return mu + (logvar / 2).exp() * epsilon


# wrong: in float32, on the CPU
def draw_codes(mu, logvar, num):
    return (mu.cpu() + (logvar.cpu() / 2).exp() * torch.randn(num, *mu.shape)).float()


# wrong: no gradient to logvar
def draw_codes(mu, logvar, num):
    s = (logvar.detach() / 2).exp()
    return mu + s * torch.randn(num, *mu.shape, dtype=mu.dtype, device=mu.device)


# wrong: the draws come second
def draw_codes(mu, logvar, num):
    epsilon = torch.randn(mu.shape[0], num, mu.shape[1]).to(mu)
    return mu[:, None] + (logvar / 2).exp()[:, None] * epsilon


# wrong: clips to two deviations
def draw_codes(mu, logvar, num):
    epsilon = torch.randn(num, *mu.shape, dtype=mu.dtype, device=mu.device)
    return mu + (logvar / 2).exp() * epsilon.clamp(-2, 2)


# right: rsample
def draw_codes(mu, logvar, num):
    return Normal(mu, (0.5 * logvar).exp(), validate_args=False).rsample((num,))


# right: a loop over the draws
def draw_codes(mu, logvar, num):
    s = logvar.exp().sqrt()
    return torch.stack([mu + s * torch.randn_like(mu) for _ in range(num)])


# right: expands first
def draw_codes(mu, logvar, num):
    B, k = mu.shape
    mu, logvar = mu.expand(num, B, k), logvar.expand(num, B, k)
    return torch.addcmul(mu, torch.exp(logvar / 2), torch.randn_like(mu))
