# wrong: leaves the model in training mode
def predict(model, dataset, batch_size, device):
    model.to(device)
    labels, predictions = [], []
    with torch.no_grad():
        for X, y in DataLoader(dataset, batch_size):
            logits = model(X.to(device))
            labels.append(y)
            predictions.append(logits.argmax(dim=1).cpu())
    return torch.cat(labels), torch.cat(predictions)


# wrong: keeps the gradients' graph
def predict(model, dataset, batch_size, device):
    model.to(device)
    model.eval()
    labels, predictions = [], []
    if True:
        for X, y in DataLoader(dataset, batch_size):
            logits = model(X.to(device))
            labels.append(y)
            predictions.append(logits.argmax(dim=1).cpu())
    return torch.cat(labels), torch.cat(predictions)


# wrong: takes the best picture of each class instead of the best class of each picture
def predict(model, dataset, batch_size, device):
    model.to(device)
    model.eval()
    labels, predictions = [], []
    with torch.no_grad():
        for X, y in DataLoader(dataset, batch_size):
            logits = model(X.to(device))
            labels.append(y)
            predictions.append(logits.argmax(dim=0).cpu())
    return torch.cat(labels), torch.cat(predictions)


# wrong: drops the last, smaller batch
def predict(model, dataset, batch_size, device):
    model.to(device)
    model.eval()
    labels, predictions = [], []
    with torch.no_grad():
        for X, y in DataLoader(dataset, batch_size, drop_last=True):
            logits = model(X.to(device))
            labels.append(y)
            predictions.append(logits.argmax(dim=1).cpu())
    return torch.cat(labels), torch.cat(predictions)


# wrong: shuffles the pictures
def predict(model, dataset, batch_size, device):
    model.to(device)
    model.eval()
    labels, predictions = [], []
    with torch.no_grad():
        for X, y in DataLoader(dataset, batch_size, shuffle=True):
            logits = model(X.to(device))
            labels.append(y)
            predictions.append(logits.argmax(dim=1).cpu())
    return torch.cat(labels), torch.cat(predictions)


# wrong: returns the last batch only
def predict(model, dataset, batch_size, device):
    model.to(device)
    model.eval()
    labels, predictions = [], []
    with torch.no_grad():
        for X, y in DataLoader(dataset, batch_size):
            logits = model(X.to(device))
            labels.append(y)
            predictions.append(logits.argmax(dim=1).cpu())
    return labels[-1], predictions[-1]


# wrong: returns logits instead of classes
def predict(model, dataset, batch_size, device):
    model.to(device)
    model.eval()
    labels, predictions = [], []
    with torch.no_grad():
        for X, y in DataLoader(dataset, batch_size):
            logits = model(X.to(device))
            labels.append(y)
            predictions.append(logits.cpu())
    return torch.cat(labels), torch.cat(predictions)


# wrong: returns predictions and labels in the wrong order
def predict(model, dataset, batch_size, device):
    model.to(device)
    model.eval()
    labels, predictions = [], []
    with torch.no_grad():
        for X, y in DataLoader(dataset, batch_size):
            logits = model(X.to(device))
            labels.append(y)
            predictions.append(logits.argmax(dim=1).cpu())
    return torch.cat(predictions), torch.cat(labels)


# wrong: the pictures stay on the CPU
def predict(model, dataset, batch_size, device):
    model.to(device)
    model.eval()
    labels, predictions = [], []
    with torch.no_grad():
        for X, y in DataLoader(dataset, batch_size):
            logits = model(X)
            labels.append(y)
            predictions.append(logits.argmax(dim=1).cpu())
    return torch.cat(labels), torch.cat(predictions)


# wrong: the model stays on the CPU
def predict(model, dataset, batch_size, device):
    model.eval()
    labels, predictions = [], []
    with torch.no_grad():
        for X, y in DataLoader(dataset, batch_size):
            logits = model(X.to(device))
            labels.append(y)
            predictions.append(logits.argmax(dim=1).cpu())
    return torch.cat(labels), torch.cat(predictions)


# right: one tensor, filled batch by batch
@torch.inference_mode()
def predict(model, dataset, batch_size, device):
    model = model.to(device).eval()
    labels = torch.tensor([int(dataset[i][1]) for i in range(len(dataset))])
    predictions = torch.empty(len(dataset), dtype=torch.int64)
    for start in range(0, len(dataset), batch_size):
        stop = min(start + batch_size, len(dataset))
        X = torch.stack([dataset[i][0] for i in range(start, stop)]).to(device)
        predictions[start:stop] = model(X).max(dim=1).indices.cpu()
    return labels, predictions


# right: picture by picture, with softmax, which keeps the order of the classes
def predict(model, dataset, batch_size, device):
    model.to(device)
    model.train(False)
    labels, predictions = [], []
    for i in range(len(dataset)):
        image, label = dataset[i]
        with torch.no_grad():
            probabilities = model(image[None].to(device)).softmax(dim=-1)
        labels.append(int(label))
        predictions.append(probabilities[0].argmax().item())
    return torch.tensor(labels), torch.tensor(predictions)
