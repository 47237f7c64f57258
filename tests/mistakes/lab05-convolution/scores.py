# wrong: rows are predictions, columns are labels
def scores(labels, predictions, num_classes):
    matrix = torch.zeros(num_classes, num_classes, dtype=torch.int64)
    for true, predicted in zip(labels.tolist(), predictions.tolist()):
        matrix[predicted, true] += 1
    accuracy = (labels == predictions).float().mean().item()
    return accuracy, matrix


# wrong: a pair that comes twice is counted once
def scores(labels, predictions, num_classes):
    matrix = torch.zeros(num_classes, num_classes, dtype=torch.int64)
    matrix[labels, predictions] += 1
    accuracy = (labels == predictions).float().mean().item()
    return accuracy, matrix


# wrong: classes that do not occur get no row
def scores(labels, predictions, num_classes):
    matrix = torch.zeros(
        int(labels.max()) + 1, int(labels.max()) + 1, dtype=torch.int64
    )
    for true, predicted in zip(labels.tolist(), predictions.tolist()):
        matrix[true, predicted] += 1
    accuracy = (labels == predictions).float().mean().item()
    return accuracy, matrix


# wrong: counts are floats
def scores(labels, predictions, num_classes):
    matrix = torch.zeros(num_classes, num_classes)
    for true, predicted in zip(labels.tolist(), predictions.tolist()):
        matrix[true, predicted] += 1
    accuracy = (labels == predictions).float().mean().item()
    return accuracy, matrix


# wrong: shares instead of counts
def scores(labels, predictions, num_classes):
    matrix = torch.zeros(num_classes, num_classes, dtype=torch.int64)
    for true, predicted in zip(labels.tolist(), predictions.tolist()):
        matrix[true, predicted] += 1
    accuracy = (labels == predictions).float().mean().item()
    return accuracy, matrix / matrix.sum(dim=1, keepdim=True)


# wrong: accuracy as a percentage
def scores(labels, predictions, num_classes):
    matrix = torch.zeros(num_classes, num_classes, dtype=torch.int64)
    for true, predicted in zip(labels.tolist(), predictions.tolist()):
        matrix[true, predicted] += 1
    accuracy = (labels == predictions).float().mean().item() * 100
    return accuracy, matrix


# wrong: the number of right answers, not their share
def scores(labels, predictions, num_classes):
    matrix = torch.zeros(num_classes, num_classes, dtype=torch.int64)
    for true, predicted in zip(labels.tolist(), predictions.tolist()):
        matrix[true, predicted] += 1
    accuracy = (labels == predictions).float().sum().item()
    return accuracy, matrix


# wrong: accuracy as a tensor
def scores(labels, predictions, num_classes):
    matrix = torch.zeros(num_classes, num_classes, dtype=torch.int64)
    for true, predicted in zip(labels.tolist(), predictions.tolist()):
        matrix[true, predicted] += 1
    accuracy = (labels == predictions).float().mean()
    return accuracy, matrix


# wrong: mean over classes instead of over pictures
def scores(labels, predictions, num_classes):
    matrix = torch.zeros(num_classes, num_classes, dtype=torch.int64)
    for true, predicted in zip(labels.tolist(), predictions.tolist()):
        matrix[true, predicted] += 1
    accuracy = (matrix.diagonal() / matrix.sum(dim=1).clamp(min=1)).mean().item()
    return accuracy, matrix


# right: bincount of pair numbers
def scores(labels, predictions, num_classes):
    matrix = torch.zeros(num_classes, num_classes, dtype=torch.int64)
    pairs = labels * num_classes + predictions
    matrix = pairs.bincount(minlength=num_classes**2).reshape(num_classes, num_classes)
    accuracy = float(matrix.trace() / matrix.sum())
    return accuracy, matrix


# right: product of one-hot matrices
def scores(labels, predictions, num_classes):
    true = F.one_hot(labels, num_classes)  # (N, C)
    predicted = F.one_hot(predictions, num_classes)  # (N, C)
    matrix = true.T @ predicted  # (C, C)
    return matrix.diagonal().sum().item() / len(labels), matrix


# right: scikit-learn
def scores(labels, predictions, num_classes):
    from sklearn.metrics import accuracy_score, confusion_matrix

    names = range(num_classes)
    matrix = torch.from_numpy(confusion_matrix(labels, predictions, labels=names))
    return float(accuracy_score(labels, predictions)), matrix
