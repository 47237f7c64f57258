# wrong: nothing mended
def evaluate(model, dataset, batch_size, device):
    right = 0
    loader = DataLoader(dataset, batch_size=batch_size, shuffle=True, drop_last=True)
    for X, y in loader:
        logits = model(X.to(device))
        total = F.cross_entropy(logits, y)
        right += (logits.argmax(dim=1) == y).sum()
    return total / len(loader), right / len(dataset)


# wrong: the mean of the batches' means, so that the small last batch counts too much
def evaluate(model, dataset, batch_size, device):
    was = model.training
    model.to(device).eval()
    losses, right = [], 0
    with torch.no_grad():
        for X, y in DataLoader(dataset, batch_size=batch_size):
            X, y = X.to(device), y.to(device)
            logits = model(X)
            losses.append(F.cross_entropy(logits, y).item())
            right += (logits.argmax(dim=1) == y).sum().item()
    model.train(was)
    return sum(losses) / len(losses), right / len(dataset)


# wrong: eval() is still forgotten
def evaluate(model, dataset, batch_size, device):
    model.to(device)
    total, right = 0.0, 0
    with torch.no_grad():
        for X, y in DataLoader(dataset, batch_size=batch_size):
            X, y = X.to(device), y.to(device)
            logits = model(X)
            total += F.cross_entropy(logits, y).item() * len(y)
            right += (logits.argmax(dim=1) == y).sum().item()
    return total / len(dataset), right / len(dataset)


# wrong: leaves the model in evaluation mode
def evaluate(model, dataset, batch_size, device):
    model.to(device).eval()
    total, right = 0.0, 0
    with torch.no_grad():
        for X, y in DataLoader(dataset, batch_size=batch_size):
            X, y = X.to(device), y.to(device)
            logits = model(X)
            total += F.cross_entropy(logits, y).item() * len(y)
            right += (logits.argmax(dim=1) == y).sum().item()
    return total / len(dataset), right / len(dataset)


# wrong: always leaves the model in training mode
def evaluate(model, dataset, batch_size, device):
    model.to(device).eval()
    total, right = 0.0, 0
    with torch.no_grad():
        for X, y in DataLoader(dataset, batch_size=batch_size):
            X, y = X.to(device), y.to(device)
            logits = model(X)
            total += F.cross_entropy(logits, y).item() * len(y)
            right += (logits.argmax(dim=1) == y).sum().item()
    model.train()
    return total / len(dataset), right / len(dataset)


# wrong: still tracks gradients
def evaluate(model, dataset, batch_size, device):
    was = model.training
    model.to(device).eval()
    total, right = 0.0, 0
    for X, y in DataLoader(dataset, batch_size=batch_size):
        X, y = X.to(device), y.to(device)
        logits = model(X)
        total += F.cross_entropy(logits, y).item() * len(y)
        right += (logits.argmax(dim=1) == y).sum().item()
    model.train(was)
    return total / len(dataset), right / len(dataset)


# wrong: still drops the last batch
def evaluate(model, dataset, batch_size, device):
    was = model.training
    model.to(device).eval()
    total, right, seen = 0.0, 0, 0
    with torch.no_grad():
        for X, y in DataLoader(dataset, batch_size=batch_size, drop_last=True):
            X, y = X.to(device), y.to(device)
            logits = model(X)
            total += F.cross_entropy(logits, y).item() * len(y)
            right += (logits.argmax(dim=1) == y).sum().item()
            seen += len(y)
    model.train(was)
    return total / max(seen, 1), right / max(seen, 1)


# wrong: the labels stay where they are
def evaluate(model, dataset, batch_size, device):
    was = model.training
    model.to(device).eval()
    total, right = 0.0, 0
    with torch.no_grad():
        for X, y in DataLoader(dataset, batch_size=batch_size):
            logits = model(X.to(device))
            total += F.cross_entropy(logits, y).item() * len(y)
            right += (logits.argmax(dim=1) == y).sum().item()
    model.train(was)
    return total / len(dataset), right / len(dataset)


# wrong: returns tensors
def evaluate(model, dataset, batch_size, device):
    was = model.training
    model.to(device).eval()
    total, right = 0.0, 0
    with torch.no_grad():
        for X, y in DataLoader(dataset, batch_size=batch_size):
            X, y = X.to(device), y.to(device)
            logits = model(X)
            total += F.cross_entropy(logits, y) * len(y)
            right += (logits.argmax(dim=1) == y).sum()
    model.train(was)
    return total / len(dataset), right / len(dataset)


# right: collects all logits, shuffled
def evaluate(model, dataset, batch_size, device):
    was = model.training
    model = model.to(device)
    model.eval()
    logits, labels = [], []
    with torch.inference_mode():
        for X, y in DataLoader(dataset, batch_size, shuffle=True):
            logits.append(model(X.to(device)))
            labels.append(y.to(device))
        logits, labels = torch.cat(logits), torch.cat(labels)
        loss = nn.CrossEntropyLoss()(logits, labels).item()
        accuracy = (logits.argmax(1) == labels).float().mean().item()
    if was:
        model.train()
    return loss, accuracy


# right: weights each batch by its size
@torch.no_grad()
def evaluate(model, dataset, batch_size, device):
    mode = model.training
    model.to(device)
    model.train(False)
    loss_sum = hits = seen = 0
    for images, labels in DataLoader(dataset, batch_size=batch_size):
        images, labels = images.to(device), labels.to(device)
        scores = model(images)
        loss_sum += F.cross_entropy(scores, labels).item() * images.shape[0]
        hits += int((scores.max(dim=1).indices == labels).sum())
        seen += images.shape[0]
    model.train(mode)
    return loss_sum / seen, hits / seen
