# ruff: noqa

# wrong: rows are predictions
def confusion(labels, predictions, num_classes):
    pairs = predictions * num_classes + labels
    return pairs.bincount(minlength=num_classes**2).reshape(num_classes, num_classes)


# wrong: forgets minlength
def confusion(labels, predictions, num_classes):
    counts = (labels * num_classes + predictions).bincount()
    return counts.reshape(num_classes, num_classes)


# wrong: index assignment counts each pair once
def confusion(labels, predictions, num_classes):
    matrix = torch.zeros(num_classes, num_classes, dtype=torch.int64)
    matrix[labels, predictions] += 1
    return matrix


# wrong: floats
def confusion(labels, predictions, num_classes):
    matrix = torch.zeros(num_classes, num_classes)
    for i, j in zip(labels, predictions):
        matrix[i, j] += 1
    return matrix


# wrong: the size from the labels
def confusion(labels, predictions, num_classes):
    n = int(labels.max()) + 1
    matrix = torch.zeros(n, n, dtype=torch.int64)
    for i, j in zip(labels, predictions):
        matrix[i, j] += 1
    return matrix


# wrong: only what is right
def confusion(labels, predictions, num_classes):
    hit = labels[labels == predictions]
    return torch.diag(hit.bincount(minlength=num_classes))


# wrong: changes the labels in place
def confusion(labels, predictions, num_classes):
    labels *= num_classes
    labels += predictions
    return labels.bincount(minlength=num_classes**2).reshape(num_classes, num_classes)


# wrong: shares of each row
def confusion(labels, predictions, num_classes):
    matrix = torch.zeros(num_classes, num_classes)
    for i, j in zip(labels, predictions):
        matrix[i, j] += 1
    return matrix / matrix.sum(dim=1, keepdim=True).clamp(min=1)


# right: a loop
def confusion(labels, predictions, num_classes):
    matrix = torch.zeros(num_classes, num_classes, dtype=torch.long)
    for i, j in zip(labels.tolist(), predictions.tolist()):
        matrix[i, j] += 1
    return matrix


# right: a product of one-hot matrices
def confusion(labels, predictions, num_classes):
    rows = F.one_hot(labels, num_classes)
    return rows.T @ F.one_hot(predictions, num_classes)


# right: index_put with accumulate
def confusion(labels, predictions, num_classes):
    matrix = torch.zeros((num_classes, num_classes), dtype=torch.int64)
    ones = torch.ones_like(labels)
    return matrix.index_put_((labels, predictions), ones, accumulate=True)
