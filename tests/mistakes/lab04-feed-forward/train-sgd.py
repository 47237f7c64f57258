# ruff: noqa

# wrong: gradients pile up, zero_grad is missing
def train_sgd(model, X, y, lr, num_epochs):
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    losses = []
    for _ in range(num_epochs):
        total = 0.0
        for i in torch.randperm(len(X)).tolist():
            loss = F.mse_loss(model(X[i : i + 1]), y[i : i + 1])
            loss.backward()
            optimizer.step()
            total += loss.item()
        losses.append(total / len(X))
    return losses


# wrong: empties the gradients once in an epoch only
def train_sgd(model, X, y, lr, num_epochs):
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    losses = []
    for _ in range(num_epochs):
        total = 0.0
        optimizer.zero_grad()
        for i in torch.randperm(len(X)).tolist():
            loss = F.mse_loss(model(X[i : i + 1]), y[i : i + 1])
            loss.backward()
            optimizer.step()
            total += loss.item()
        losses.append(total / len(X))
    return losses


# wrong: never steps
def train_sgd(model, X, y, lr, num_epochs):
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    losses = []
    for _ in range(num_epochs):
        total = 0.0
        for i in torch.randperm(len(X)).tolist():
            loss = F.mse_loss(model(X[i : i + 1]), y[i : i + 1])
            optimizer.zero_grad()
            loss.backward()
            total += loss.item()
        losses.append(total / len(X))
    return losses


# wrong: empties the gradients before the step
def train_sgd(model, X, y, lr, num_epochs):
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    losses = []
    for _ in range(num_epochs):
        total = 0.0
        for i in torch.randperm(len(X)).tolist():
            loss = F.mse_loss(model(X[i : i + 1]), y[i : i + 1])
            loss.backward()
            optimizer.zero_grad()
            optimizer.step()
            total += loss.item()
        losses.append(total / len(X))
    return losses


# wrong: the whole batch in one step
def train_sgd(model, X, y, lr, num_epochs):
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    losses = []
    for _ in range(num_epochs):
        loss = F.mse_loss(model(X), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


# wrong: draws samples with replacement
def train_sgd(model, X, y, lr, num_epochs):
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    losses = []
    for _ in range(num_epochs):
        total = 0.0
        for i in torch.randint(len(X), (len(X),)).tolist():
            loss = F.mse_loss(model(X[i : i + 1]), y[i : i + 1])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item()
        losses.append(total / len(X))
    return losses


# wrong: Adam instead of SGD
def train_sgd(model, X, y, lr, num_epochs):
    optimizer = torch.optim.Adam(model.parameters(), lr=lr / 20)
    losses = []
    for _ in range(num_epochs):
        total = 0.0
        for i in torch.randperm(len(X)).tolist():
            loss = F.mse_loss(model(X[i : i + 1]), y[i : i + 1])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item()
        losses.append(total / len(X))
    return losses


# wrong: with momentum
def train_sgd(model, X, y, lr, num_epochs):
    optimizer = torch.optim.SGD(model.parameters(), lr=lr, momentum=0.5)
    losses = []
    for _ in range(num_epochs):
        total = 0.0
        for i in torch.randperm(len(X)).tolist():
            loss = F.mse_loss(model(X[i : i + 1]), y[i : i + 1])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item()
        losses.append(total / len(X))
    return losses


# wrong: half of the squared error, as some books have it
def train_sgd(model, X, y, lr, num_epochs):
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    losses = []
    for _ in range(num_epochs):
        total = 0.0
        for i in torch.randperm(len(X)).tolist():
            loss = 0.5 * F.mse_loss(model(X[i : i + 1]), y[i : i + 1])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item()
        losses.append(total / len(X))
    return losses


# wrong: the sum over the outputs instead of their mean
def train_sgd(model, X, y, lr, num_epochs):
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    losses = []
    for _ in range(num_epochs):
        total = 0.0
        for i in torch.randperm(len(X)).tolist():
            loss = F.mse_loss(model(X[i : i + 1]), y[i : i + 1], reduction="sum")
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item()
        losses.append(total / len(X))
    return losses


# wrong: ignores lr
def train_sgd(model, X, y, lr, num_epochs):
    optimizer = torch.optim.SGD(model.parameters(), lr=2.0)
    losses = []
    for _ in range(num_epochs):
        total = 0.0
        for i in torch.randperm(len(X)).tolist():
            loss = F.mse_loss(model(X[i : i + 1]), y[i : i + 1])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item()
        losses.append(total / len(X))
    return losses


# wrong: returns the loss of the last sample of each epoch
def train_sgd(model, X, y, lr, num_epochs):
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    losses = []
    for _ in range(num_epochs):
        total = 0.0
        for i in torch.randperm(len(X)).tolist():
            loss = F.mse_loss(model(X[i : i + 1]), y[i : i + 1])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total = loss.item() * len(X)
        losses.append(total / len(X))
    return losses


# wrong: returns the sum of the losses
def train_sgd(model, X, y, lr, num_epochs):
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    losses = []
    for _ in range(num_epochs):
        total = 0.0
        for i in torch.randperm(len(X)).tolist():
            loss = F.mse_loss(model(X[i : i + 1]), y[i : i + 1])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item()
        losses.append(total)
    return losses


# wrong: returns tensors
def train_sgd(model, X, y, lr, num_epochs):
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    losses = []
    for _ in range(num_epochs):
        total = 0.0
        for i in torch.randperm(len(X)).tolist():
            loss = F.mse_loss(model(X[i : i + 1]), y[i : i + 1])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total = total + loss.detach()
        losses.append(total / len(X))
    return losses


# wrong: trains a copy of the model
def train_sgd(model, X, y, lr, num_epochs):
    import copy

    model = copy.deepcopy(model)
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    losses = []
    for _ in range(num_epochs):
        total = 0.0
        for i in torch.randperm(len(X)).tolist():
            loss = F.mse_loss(model(X[i : i + 1]), y[i : i + 1])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item()
        losses.append(total / len(X))
    return losses


# wrong: one epoch too few
def train_sgd(model, X, y, lr, num_epochs):
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    losses = []
    for _ in range(num_epochs - 1):
        total = 0.0
        for i in torch.randperm(len(X)).tolist():
            loss = F.mse_loss(model(X[i : i + 1]), y[i : i + 1])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item()
        losses.append(total / len(X))
    return losses


# wrong: inputs and targets shuffled apart
def train_sgd(model, X, y, lr, num_epochs):
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    losses = []
    for _ in range(num_epochs):
        total = 0.0
        for i in torch.randperm(len(X)).tolist():
            loss = F.mse_loss(model(X[i : i + 1]), y[torch.randint(len(y), (1,))])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item()
        losses.append(total / len(X))
    return losses


# wrong: cross-entropy of a single output is always 0
def train_sgd(model, X, y, lr, num_epochs):
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    losses = []
    for _ in range(num_epochs):
        total = 0.0
        for i in torch.randperm(len(X)).tolist():
            loss = F.cross_entropy(model(X[i : i + 1]), y[i : i + 1])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item()
        losses.append(total / len(X))
    return losses


# right: a DataLoader with batch size 1
def train_sgd(model, X, y, lr, num_epochs):
    from torch.utils.data import DataLoader, TensorDataset

    loader = DataLoader(TensorDataset(X, y), batch_size=1, shuffle=True)
    optimizer, criterion = torch.optim.SGD(model.parameters(), lr), nn.MSELoss()
    history = []
    for _ in range(num_epochs):
        running = []
        for inputs, targets in loader:
            optimizer.zero_grad(set_to_none=False)
            loss = criterion(model(inputs), targets)
            loss.backward()
            optimizer.step()
            running.append(loss.item())
        history.append(sum(running) / len(running))
    return history


# right: steps by hand, always in the same order, single rows
def train_sgd(model, X, y, lr, num_epochs):
    losses = []
    for _ in range(num_epochs):
        each = []
        for x, target in zip(X, y):
            loss = ((model(x) - target) ** 2).mean()
            gradients = torch.autograd.grad(loss, list(model.parameters()))
            with torch.no_grad():
                for p, g in zip(model.parameters(), gradients):
                    p -= lr * g
            each.append(loss.item())
        losses.append(sum(each) / len(each))
    return losses


# right: the order drawn by Python, losses by NumPy
def train_sgd(model, X, y, lr, num_epochs):
    import random

    import numpy as np

    model.train()
    sgd = torch.optim.SGD(model.parameters(), lr=lr)
    losses = np.zeros((num_epochs, len(X)))
    for epoch in range(num_epochs):
        order = list(range(len(X)))
        random.shuffle(order)
        for step, i in enumerate(order):
            sgd.zero_grad()
            error = model(X[i].unsqueeze(0)) - y[i].unsqueeze(0)
            loss = error.pow(2).mean()
            loss.backward()
            sgd.step()
            losses[epoch, step] = loss.item()
    return list(losses.mean(axis=1))


# right: also looks at the whole set after each epoch, without gradients
def train_sgd(model, X, y, lr, num_epochs):
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    losses = []
    for _ in range(num_epochs):
        total = 0.0
        for i in torch.randperm(len(X)).tolist():
            loss = F.mse_loss(model(X[i : i + 1]), y[i : i + 1])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item()
        losses.append(total / len(X))
        with torch.no_grad():
            F.mse_loss(model(X), y)
    return losses
