# ruff: noqa

# wrong: every label from every row, (N, N)
def pick_scores(scores, labels):
    return scores[:, labels]


# wrong: picks whole rows
def pick_scores(scores, labels):
    return scores[labels]


# wrong: the largest score, whatever the label
def pick_scores(scores, labels):
    return scores.max(dim=1).values


# wrong: gather keeps a column, (N, 1)
def pick_scores(scores, labels):
    return scores.gather(1, labels.unsqueeze(1))


# wrong: squeeze() also drops a batch of one
def pick_scores(scores, labels):
    return scores.gather(1, labels[:, None]).squeeze()


# wrong: a list of Python numbers turns float64 into float32
def pick_scores(scores, labels):
    return torch.tensor([scores[i, k].item() for i, k in enumerate(labels)])


# wrong: returns a list
def pick_scores(scores, labels):
    return [scores[i, k] for i, k in enumerate(labels)]


# wrong: takes the labels for places in the flattened scores
def pick_scores(scores, labels):
    return scores.flatten()[labels]


# wrong: the answer of the example
def pick_scores(scores, labels):
    return torch.tensor([2.0, 5.0])


# wrong: adds the row's start to the caller's labels in place
def pick_scores(scores, labels):
    labels += torch.arange(len(labels)) * scores.shape[1]
    return scores.flatten()[labels]


# right: gather and squeeze of the one dimension
def pick_scores(scores, labels):
    return torch.gather(scores, 1, labels.unsqueeze(1)).squeeze(1)


# right: a loop
def pick_scores(scores, labels):
    return torch.stack([row[label] for row, label in zip(scores, labels)])


# right: a mask
def pick_scores(scores, labels):
    classes = torch.arange(scores.shape[1], device=scores.device)
    return scores[labels[:, None] == classes[None, :]]


# right: take along a dimension
def pick_scores(scores, labels):
    return torch.take_along_dim(scores, labels[:, None], dim=1)[:, 0]
