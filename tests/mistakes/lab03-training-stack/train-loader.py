# wrong: gradients pile up, zero_grad is missing
def train(model, dataset, num_epochs, batch_size, lr, device):
    model.to(device)
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    loader = DataLoader(dataset, batch_size=batch_size, shuffle=True)
    losses = []
    for _ in range(num_epochs):
        total = 0.0
        for X, y in loader:
            X, y = X.to(device), y.to(device)
            loss = F.mse_loss(model(X), y)
            loss.backward()
            optimizer.step()
            total += loss.item() * len(y)
        losses.append(total / len(dataset))
    return losses


# wrong: empties the gradients between backward and step
def train(model, dataset, num_epochs, batch_size, lr, device):
    model.to(device)
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    loader = DataLoader(dataset, batch_size=batch_size, shuffle=True)
    losses = []
    for _ in range(num_epochs):
        total = 0.0
        for X, y in loader:
            X, y = X.to(device), y.to(device)
            loss = F.mse_loss(model(X), y)
            loss.backward()
            optimizer.zero_grad()
            optimizer.step()
            total += loss.item() * len(y)
        losses.append(total / len(dataset))
    return losses


# wrong: one step an epoch
def train(model, dataset, num_epochs, batch_size, lr, device):
    model.to(device)
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    loader = DataLoader(dataset, batch_size=batch_size, shuffle=True)
    losses = []
    for _ in range(num_epochs):
        total = 0.0
        for X, y in loader:
            X, y = X.to(device), y.to(device)
            loss = F.mse_loss(model(X), y)
            loss.backward()
            total += loss.item() * len(y)
        optimizer.step()
        optimizer.zero_grad()
        losses.append(total / len(dataset))
    return losses


# wrong: the same order in every epoch
def train(model, dataset, num_epochs, batch_size, lr, device):
    model.to(device)
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    loader = DataLoader(dataset, batch_size=batch_size, shuffle=False)
    losses = []
    for _ in range(num_epochs):
        total = 0.0
        for X, y in loader:
            X, y = X.to(device), y.to(device)
            loss = F.mse_loss(model(X), y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(y)
        losses.append(total / len(dataset))
    return losses


# wrong: drops the last, smaller batch
def train(model, dataset, num_epochs, batch_size, lr, device):
    model.to(device)
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    loader = DataLoader(dataset, batch_size=batch_size, shuffle=True, drop_last=True)
    losses = []
    for _ in range(num_epochs):
        total = 0.0
        for X, y in loader:
            X, y = X.to(device), y.to(device)
            loss = F.mse_loss(model(X), y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(y)
        losses.append(total / len(dataset))
    return losses


# wrong: averages the batches, so that the small one counts too much
def train(model, dataset, num_epochs, batch_size, lr, device):
    model.to(device)
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    loader = DataLoader(dataset, batch_size=batch_size, shuffle=True)
    losses = []
    for _ in range(num_epochs):
        total = 0.0
        for X, y in loader:
            X, y = X.to(device), y.to(device)
            loss = F.mse_loss(model(X), y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item()
        losses.append(total / len(loader))
    return losses


# wrong: returns the last batch's loss
def train(model, dataset, num_epochs, batch_size, lr, device):
    model.to(device)
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    loader = DataLoader(dataset, batch_size=batch_size, shuffle=True)
    losses = []
    for _ in range(num_epochs):
        total = 0.0
        for X, y in loader:
            X, y = X.to(device), y.to(device)
            loss = F.mse_loss(model(X), y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total = loss.item() * len(dataset)
        losses.append(total / len(dataset))
    return losses


# wrong: sums over the batch instead of the mean
def train(model, dataset, num_epochs, batch_size, lr, device):
    model.to(device)
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    loader = DataLoader(dataset, batch_size=batch_size, shuffle=True)
    losses = []
    for _ in range(num_epochs):
        total = 0.0
        for X, y in loader:
            X, y = X.to(device), y.to(device)
            loss = F.mse_loss(model(X), y, reduction="sum") / batch_size
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(y)
        losses.append(total / len(dataset))
    return losses


# wrong: the learning rate is written in
def train(model, dataset, num_epochs, batch_size, lr, device):
    model.to(device)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    loader = DataLoader(dataset, batch_size=batch_size, shuffle=True)
    losses = []
    for _ in range(num_epochs):
        total = 0.0
        for X, y in loader:
            X, y = X.to(device), y.to(device)
            loss = F.mse_loss(model(X), y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(y)
        losses.append(total / len(dataset))
    return losses


# wrong: Adam instead of SGD
def train(model, dataset, num_epochs, batch_size, lr, device):
    model.to(device)
    optimizer = torch.optim.Adam(model.parameters(), lr=lr)
    loader = DataLoader(dataset, batch_size=batch_size, shuffle=True)
    losses = []
    for _ in range(num_epochs):
        total = 0.0
        for X, y in loader:
            X, y = X.to(device), y.to(device)
            loss = F.mse_loss(model(X), y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(y)
        losses.append(total / len(dataset))
    return losses


# wrong: the targets stay where they are
def train(model, dataset, num_epochs, batch_size, lr, device):
    model.to(device)
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    loader = DataLoader(dataset, batch_size=batch_size, shuffle=True)
    losses = []
    for _ in range(num_epochs):
        total = 0.0
        for X, y in loader:
            X = X.to(device)
            loss = F.mse_loss(model(X), y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(y)
        losses.append(total / len(dataset))
    return losses


# wrong: the model stays where it is
def train(model, dataset, num_epochs, batch_size, lr, device):
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    loader = DataLoader(dataset, batch_size=batch_size, shuffle=True)
    losses = []
    for _ in range(num_epochs):
        total = 0.0
        for X, y in loader:
            X, y = X.to(device), y.to(device)
            loss = F.mse_loss(model(X), y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(y)
        losses.append(total / len(dataset))
    return losses


# wrong: returns tensors
def train(model, dataset, num_epochs, batch_size, lr, device):
    model.to(device)
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    loader = DataLoader(dataset, batch_size=batch_size, shuffle=True)
    losses = []
    for _ in range(num_epochs):
        total = 0.0
        for X, y in loader:
            X, y = X.to(device), y.to(device)
            loss = F.mse_loss(model(X), y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.detach() * len(y)
        losses.append(total / len(dataset))
    return losses


# right: zero_grad at the end, squares by hand
def train(model, dataset, num_epochs, batch_size, lr, device):
    model.to(device)
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    loader = DataLoader(dataset, batch_size=batch_size, shuffle=True)
    losses = []
    for _ in range(num_epochs):
        total = 0.0
        for X, y in loader:
            X, y = X.to(device), y.to(device)
            loss = ((y - model(X)) ** 2).mean()
            loss.backward()
            optimizer.step()
            optimizer.zero_grad()
            total += loss.item() * len(y)
        losses.append(total / len(dataset))
    return losses


# right: MSELoss, and the errors kept in a list
def train(model, dataset, num_epochs, batch_size, lr, device):
    model.to(device)
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    loader = DataLoader(dataset, batch_size=batch_size, shuffle=True)
    losses = []
    criterion = nn.MSELoss()
    for _ in range(num_epochs):
        total, seen = 0.0, 0
        for X, y in loader:
            X, y = X.to(device), y.to(device)
            loss = criterion(model(X), y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * X.shape[0]
            seen += X.shape[0]
        losses.append(total / seen)
    return losses


# right: a sampler of its own, in training mode, set_to_none off
def train(model, dataset, num_epochs, batch_size, lr, device):
    model = model.to(device).train()
    optimizer = torch.optim.SGD(params=list(model.parameters()), lr=lr)
    sampler = torch.utils.data.RandomSampler(dataset)
    history = []
    for epoch in range(num_epochs):
        squares = []
        for inputs, targets in DataLoader(dataset, batch_size, sampler=sampler):
            optimizer.zero_grad(set_to_none=False)
            prediction = model(inputs.to(device))
            each = F.mse_loss(prediction, targets.to(device), reduction="none")
            each.mean().backward()
            optimizer.step()
            squares += each.flatten().tolist()
        history.append(sum(squares) / len(squares))
    return history
