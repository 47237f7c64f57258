# wrong: half of the sum
def discriminator_loss(real_logits, fake_logits, real_label=1.0):
    real = bce(real_logits, torch.full_like(real_logits, real_label))
    return (real + bce(fake_logits, torch.zeros_like(fake_logits))) / 2


def generator_loss(fake_logits, minimax=False):
    return (-F.softplus(fake_logits) if minimax else F.softplus(-fake_logits)).mean()


# wrong: one mean over all logits together
def discriminator_loss(real_logits, fake_logits, real_label=1.0):
    logits = torch.cat([real_logits.flatten(), fake_logits.flatten()])
    labels = torch.zeros_like(logits)
    labels[: real_logits.numel()] = real_label
    return 2 * bce(logits, labels)


def generator_loss(fake_logits, minimax=False):
    return (-F.softplus(fake_logits) if minimax else F.softplus(-fake_logits)).mean()


# wrong: logarithms of a rounded sigmoid
def discriminator_loss(real_logits, fake_logits, real_label=1.0):
    D, D_fake = real_logits.sigmoid(), fake_logits.sigmoid()
    on_real = real_label * D.log() + (1 - real_label) * (1 - D).log()
    return -on_real.mean() - (1 - D_fake).log().mean()


def generator_loss(fake_logits, minimax=False):
    D = fake_logits.sigmoid()
    return ((1 - D).log() if minimax else -D.log()).mean()


# wrong: a small number keeps the logarithm finite and wrong
def discriminator_loss(real_logits, fake_logits, real_label=1.0):
    D, D_fake = real_logits.sigmoid(), fake_logits.sigmoid()
    on_real = real_label * (D + 1e-8).log()
    on_real = on_real + (1 - real_label) * (1 - D + 1e-8).log()
    return -on_real.mean() - (1 - D_fake + 1e-8).log().mean()


def generator_loss(fake_logits, minimax=False):
    D = fake_logits.sigmoid()
    return ((1 - D + 1e-8).log() if minimax else -(D + 1e-8).log()).mean()


# wrong: the sign of the minimax loss
def discriminator_loss(real_logits, fake_logits, real_label=1.0):
    real = bce(real_logits, torch.full_like(real_logits, real_label))
    return real + bce(fake_logits, torch.zeros_like(fake_logits))


def generator_loss(fake_logits, minimax=False):
    sign = 1 if minimax else -1
    return F.softplus(sign * fake_logits).mean()


# wrong: minimax and non-saturating swapped
def discriminator_loss(real_logits, fake_logits, real_label=1.0):
    real = bce(real_logits, torch.full_like(real_logits, real_label))
    return real + bce(fake_logits, torch.zeros_like(fake_logits))


def generator_loss(fake_logits, minimax=False):
    return (F.softplus(-fake_logits) if minimax else -F.softplus(fake_logits)).mean()


# wrong: the fakes' label is smoothed, too
def discriminator_loss(real_logits, fake_logits, real_label=1.0):
    real = bce(real_logits, torch.full_like(real_logits, real_label))
    return real + bce(fake_logits, torch.full_like(fake_logits, 1 - real_label))


def generator_loss(fake_logits, minimax=False):
    return (-F.softplus(fake_logits) if minimax else F.softplus(-fake_logits)).mean()


# wrong: smoothing only scales the term of the real ones
def discriminator_loss(real_logits, fake_logits, real_label=1.0):
    return real_label * F.softplus(-real_logits).mean() + F.softplus(fake_logits).mean()


def generator_loss(fake_logits, minimax=False):
    return (-F.softplus(fake_logits) if minimax else F.softplus(-fake_logits)).mean()


# wrong: returns numbers, no graph
def discriminator_loss(real_logits, fake_logits, real_label=1.0):
    real = bce(real_logits, torch.full_like(real_logits, real_label))
    return (real + bce(fake_logits, torch.zeros_like(fake_logits))).detach()


def generator_loss(fake_logits, minimax=False):
    return (-F.softplus(fake_logits) if minimax else F.softplus(-fake_logits)).mean()


# wrong: a sum in place of the mean
def discriminator_loss(real_logits, fake_logits, real_label=1.0):
    real = bce(real_logits, torch.full_like(real_logits, real_label))
    return real + bce(fake_logits, torch.zeros_like(fake_logits))


def generator_loss(fake_logits, minimax=False):
    return (-F.softplus(fake_logits) if minimax else F.softplus(-fake_logits)).sum()


# right: softplus throughout
def discriminator_loss(real_logits, fake_logits, real_label=1.0):
    yes, no = F.softplus(-real_logits), F.softplus(real_logits)
    real = real_label * yes + (1 - real_label) * no
    return real.mean() + F.softplus(fake_logits).mean()


def generator_loss(fake_logits, minimax=False):
    labels = torch.zeros_like(fake_logits)
    return -bce(fake_logits, labels) if minimax else bce(fake_logits, labels + 1)


# right: logsigmoid, ln(1 - D) = ln D(-s)
def discriminator_loss(real_logits, fake_logits, real_label=1.0):
    a = real_label
    real = a * F.logsigmoid(real_logits) + (1 - a) * F.logsigmoid(-real_logits)
    fake = nn.LogSigmoid()(-fake_logits)
    return -(real.sum() / real.numel() + fake.sum() / fake.numel())


def generator_loss(fake_logits, minimax=False):
    if not minimax:
        return -F.logsigmoid(fake_logits).mean()
    return F.logsigmoid(-fake_logits).mean()
