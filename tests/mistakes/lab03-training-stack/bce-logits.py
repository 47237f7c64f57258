# wrong: the formula as it stands, infinite for large logits
def bce_from_logits(logits, y):
    p = torch.sigmoid(logits)
    return -(y * p.log() + (1 - y) * (1 - p).log()).mean()


# wrong: clamps the probability, so that no loss is larger than about 16
def bce_from_logits(logits, y):
    p = torch.sigmoid(logits).clamp(1e-7, 1 - 1e-7)
    return -(y * p.log() + (1 - y) * (1 - p).log()).mean()


# wrong: the exponential runs over
def bce_from_logits(logits, y):
    return (torch.log(1 + torch.exp(logits)) - y * logits).mean()


# wrong: labels the wrong way around
def bce_from_logits(logits, y):
    softplus = logits.clamp(min=0) + torch.log1p(torch.exp(-logits.abs()))
    return (softplus - (1 - y) * logits).mean()


# wrong: a sum
def bce_from_logits(logits, y):
    softplus = logits.clamp(min=0) + torch.log1p(torch.exp(-logits.abs()))
    return (softplus - y * logits).sum()


# wrong: log(1 + tiny) is 0
def bce_from_logits(logits, y):
    softplus = logits.clamp(min=0) + torch.log(1 + torch.exp(-logits.abs()))
    return (softplus - y * logits).mean()


# wrong: picks by where, and the gradient of the branch not taken is no number
def bce_from_logits(logits, y):
    signed = torch.where(y > 0.5, -logits, logits)
    small = torch.log1p(torch.exp(signed))
    return torch.where(signed > 30, signed, small).mean()


# wrong: PyTorch's own function
def bce_from_logits(logits, y):
    return F.binary_cross_entropy_with_logits(logits, y)


# right: softplus of the logit, turned for label 1
def bce_from_logits(logits, y):
    return F.softplus((1 - 2 * y) * logits).mean()


# right: logsigmoid
def bce_from_logits(logits, y):
    losses = -y * F.logsigmoid(logits) - (1 - y) * F.logsigmoid(-logits)
    return losses.sum() / len(losses)


# right: logaddexp with zero
def bce_from_logits(logits, y):
    return torch.logaddexp(torch.zeros_like(logits), logits).sub(y * logits).mean()
