# wrong: multiplies by the temperature
def next_chances(logits, temperature=1.0, top_k=None):
    if temperature == 0:
        temperature, top_k = 1.0, 1
    if top_k is not None and top_k < logits.shape[1]:
        least = logits.topk(top_k, dim=1).values[:, -1:]
        logits = logits.masked_fill(logits < least, -math.inf)
    return (logits * temperature).softmax(dim=1)


# wrong: divides the probabilities by the temperature
def next_chances(logits, temperature=1.0, top_k=None):
    if temperature == 0:
        temperature, top_k = 1.0, 1
    if top_k is not None and top_k < logits.shape[1]:
        least = logits.topk(top_k, dim=1).values[:, -1:]
        logits = logits.masked_fill(logits < least, -math.inf)
    chances = logits.softmax(dim=1) / temperature
    return chances / chances.sum(dim=1, keepdim=True)


# wrong: does not scale up after leaving words out
def next_chances(logits, temperature=1.0, top_k=None):
    if temperature == 0:
        return F.one_hot(logits.argmax(dim=1), logits.shape[1]).to(logits)
    chances = (logits / temperature).softmax(dim=1)
    if top_k is not None and top_k < logits.shape[1]:
        least = chances.topk(top_k, dim=1).values[:, -1:]
        chances = chances * (chances >= least)
    return chances


# wrong: sets left-out logits to zero
def next_chances(logits, temperature=1.0, top_k=None):
    if temperature == 0:
        return F.one_hot(logits.argmax(dim=1), logits.shape[1]).to(logits)
    if top_k is not None and top_k < logits.shape[1]:
        least = logits.topk(top_k, dim=1).values[:, -1:]
        logits = logits * (logits >= least)
    return (logits / temperature).softmax(dim=1)


# wrong: fails when k is larger than V
def next_chances(logits, temperature=1.0, top_k=None):
    if temperature == 0:
        temperature, top_k = 1.0, 1
    if top_k is not None:
        least = logits.topk(top_k, dim=1).values[:, -1:]
        logits = logits.masked_fill(logits < least, -math.inf)
    return (logits / temperature).softmax(dim=1)


# wrong: the k largest of the whole batch
def next_chances(logits, temperature=1.0, top_k=None):
    if temperature == 0:
        temperature, top_k = 1.0, 1
    if top_k is not None and top_k < logits.shape[1]:
        least = logits.flatten().topk(top_k).values[-1]
        logits = logits.masked_fill(logits < least, -math.inf)
    return (logits / temperature).softmax(dim=1)


# wrong: exponentials that overflow
def next_chances(logits, temperature=1.0, top_k=None):
    if temperature == 0:
        return F.one_hot(logits.argmax(dim=1), logits.shape[1]).to(logits)
    weights = (logits / temperature).exp()
    if top_k is not None and top_k < logits.shape[1]:
        least = weights.topk(top_k, dim=1).values[:, -1:]
        weights = weights * (weights >= least)
    return weights / weights.sum(dim=1, keepdim=True)


# wrong: temperature 0 as a very small one, with whole numbers lost
def next_chances(logits, temperature=1.0, top_k=None):
    temperature = max(temperature, 0.01)
    if top_k is not None and top_k < logits.shape[1]:
        least = logits.topk(top_k, dim=1).values[:, -1:]
        logits = logits.masked_fill(logits < least, -math.inf)
    return (logits / temperature).softmax(dim=1)


# wrong: changes the logits
def next_chances(logits, temperature=1.0, top_k=None):
    if temperature == 0:
        temperature, top_k = 1.0, 1
    if top_k is not None and top_k < logits.shape[1]:
        least = logits.topk(top_k, dim=1).values[:, -1:]
        logits[logits < least] = -math.inf
    return (logits / temperature).softmax(dim=1)


# wrong: one-hot as whole numbers
def next_chances(logits, temperature=1.0, top_k=None):
    if temperature == 0:
        return F.one_hot(logits.argmax(dim=1), logits.shape[1])
    if top_k is not None and top_k < logits.shape[1]:
        least = logits.topk(top_k, dim=1).values[:, -1:]
        logits = logits.masked_fill(logits < least, -math.inf)
    return (logits / temperature).softmax(dim=1)


# right: softmax of the kept logits, scattered back
def next_chances(logits, temperature=1.0, top_k=None):
    size = logits.shape[1]
    k = 1 if temperature == 0 else min(top_k or size, size)
    values, places = logits.topk(k, dim=1)
    chances = torch.softmax(values / (temperature or 1), dim=1)
    return torch.zeros_like(logits).scatter(1, places, chances)


# right: a loop over rows
def next_chances(logits, temperature=1.0, top_k=None):
    rows = []
    for row in logits:
        if temperature == 0:
            rows.append((row == row.max()).to(row.dtype))
            continue
        shifted = ((row - row.max()) / temperature).exp()
        if top_k is not None:
            order = row.argsort(descending=True)
            shifted[order[top_k:]] = 0
        rows.append(shifted / shifted.sum())
    return torch.stack(rows)
