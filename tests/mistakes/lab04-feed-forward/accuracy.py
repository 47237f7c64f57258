# ruff: noqa

# wrong: the largest score of each column
def accuracy(scores, labels):
    best = scores.argmax(dim=0)
    n = min(len(best), len(labels))
    return (best[:n] == labels[:n]).float().mean().item()


# wrong: in per cent
def accuracy(scores, labels):
    return 100 * (scores.argmax(dim=1) == labels).float().mean().item()


# wrong: the number, not the share
def accuracy(scores, labels):
    return float((scores.argmax(dim=1) == labels).sum())


# wrong: divides by the number of classes
def accuracy(scores, labels):
    return (scores.argmax(dim=1) == labels).sum().item() / scores.shape[1]


# wrong: a tensor
def accuracy(scores, labels):
    return (scores.argmax(dim=1) == labels).float().mean()


# wrong: the smallest score
def accuracy(scores, labels):
    return (scores.argmin(dim=1) == labels).float().mean().item()


# wrong: the largest absolute score
def accuracy(scores, labels):
    return (scores.abs().argmax(dim=1) == labels).float().mean().item()


# wrong: always divides by five
def accuracy(scores, labels):
    return (scores.argmax(dim=1) == labels).sum().item() / 5


# wrong: rounds to one place
def accuracy(scores, labels):
    return round((scores.argmax(dim=1) == labels).float().mean().item(), 1)


# wrong: compares the largest value, not its place
def accuracy(scores, labels):
    return (scores.max(dim=1).values == labels).float().mean().item()


# wrong: the share of wrong answers
def accuracy(scores, labels):
    return (scores.argmax(dim=1) != labels).float().mean().item()


# right: max and a sum
def accuracy(scores, labels):
    _, predictions = torch.max(scores, 1)
    return (predictions == labels).sum().item() / len(labels)


# right: a loop
def accuracy(scores, labels):
    hits = 0
    for row, label in zip(scores, labels):
        if int(torch.argmax(row)) == int(label):
            hits += 1
    return hits / labels.numel()


# right: probabilities first, which changes no order
def accuracy(scores, labels):
    p = torch.softmax(scores.double(), dim=-1)
    guesses = p.topk(1, dim=1).indices.squeeze(1)
    return torch.eq(guesses, labels).double().mean().item()
