# wrong: the boundary at one half, whatever the threshold
def classify(x, w, b, t=0.5):
    p = torch.sigmoid(w * x + b)
    return p, (p >= t).long(), -b / w


# wrong: labels by one half, whatever the threshold
def classify(x, w, b, t=0.5):
    p = torch.sigmoid(w * x + b)
    return p, (p >= 0.5).long(), (math.log(t / (1 - t)) - b) / w


# wrong: labels by the side of the boundary, which turns for negative w
def classify(x, w, b, t=0.5):
    p = torch.sigmoid(w * x + b)
    boundary = (math.log(t / (1 - t)) - b) / w
    return p, (x >= boundary).long(), boundary


# wrong: bool labels
def classify(x, w, b, t=0.5):
    p = torch.sigmoid(w * x + b)
    return p, p >= t, (math.log(t / (1 - t)) - b) / w


# wrong: the sign of b
def classify(x, w, b, t=0.5):
    p = torch.sigmoid(w * x + b)
    return p, (p >= t).long(), (math.log(t / (1 - t)) + b) / w


# wrong: strictly above the threshold
def classify(x, w, b, t=0.5):
    p = torch.sigmoid(w * x + b)
    return p, (p > t).long(), (math.log(t / (1 - t)) - b) / w


# wrong: logits instead of probabilities
def classify(x, w, b, t=0.5):
    logits = w * x + b
    return logits, (logits >= t).long(), (t - b) / w


# right: labels from logits, loops
def classify(x, w, b, t=0.5):
    cut = torch.logit(torch.tensor(t, dtype=torch.float64)).item()
    labels = torch.tensor([int(w * value + b >= cut) for value in x.tolist()])
    return 1 / (1 + torch.exp(-(w * x + b))), labels, (cut - b) / w


# right: where, int64, in a list
def classify(x, w, b, t=0.5):
    p = (w * x + b).sigmoid()
    ones = torch.ones(x.shape, dtype=torch.int64)
    labels = torch.where(p < t, 0 * ones, ones)
    return [p, labels, (math.log(t) - math.log(1 - t) - b) / w]
