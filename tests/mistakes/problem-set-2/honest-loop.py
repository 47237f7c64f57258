# wrong: the loss of the last batch only
def fit(model, dataset, num_epochs=10, batch_size=32, lr=1e-3, device="cpu"):
    model.to(device).train()
    optimizer = torch.optim.Adam(model.parameters(), lr=lr)
    loader = torch.utils.data.DataLoader(dataset, batch_size, shuffle=True)
    losses = []
    for _ in range(num_epochs):
        for X, y in loader:
            X, y = X.to(device), y.to(device)
            loss = F.cross_entropy(model(X), y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        losses.append(loss.item())
    return model, losses


# wrong: mean of the batches' means
def fit(model, dataset, num_epochs=10, batch_size=32, lr=1e-3, device="cpu"):
    model.to(device).train()
    optimizer = torch.optim.Adam(model.parameters(), lr=lr)
    loader = torch.utils.data.DataLoader(dataset, batch_size, shuffle=True)
    losses = []
    for _ in range(num_epochs):
        total = 0.0
        for X, y in loader:
            X, y = X.to(device), y.to(device)
            loss = F.cross_entropy(model(X), y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item()
        losses.append(total / len(loader))
    return model, losses


# wrong: a sum that is never divided
def fit(model, dataset, num_epochs=10, batch_size=32, lr=1e-3, device="cpu"):
    model.to(device).train()
    optimizer = torch.optim.Adam(model.parameters(), lr=lr)
    loader = torch.utils.data.DataLoader(dataset, batch_size, shuffle=True)
    losses = []
    for _ in range(num_epochs):
        total = 0.0
        for X, y in loader:
            X, y = X.to(device), y.to(device)
            loss = F.cross_entropy(model(X), y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(y)
        losses.append(total)
    return model, losses


# wrong: divided by the batch size times the number of batches
def fit(model, dataset, num_epochs=10, batch_size=32, lr=1e-3, device="cpu"):
    model.to(device).train()
    optimizer = torch.optim.Adam(model.parameters(), lr=lr)
    loader = torch.utils.data.DataLoader(dataset, batch_size, shuffle=True)
    losses = []
    for _ in range(num_epochs):
        total = 0.0
        for X, y in loader:
            X, y = X.to(device), y.to(device)
            loss = F.cross_entropy(model(X), y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(y)
        losses.append(total / (batch_size * len(loader)))
    return model, losses


# wrong: gradients add up: no zero_grad
def fit(model, dataset, num_epochs=10, batch_size=32, lr=1e-3, device="cpu"):
    model.to(device).train()
    optimizer = torch.optim.Adam(model.parameters(), lr=lr)
    loader = torch.utils.data.DataLoader(dataset, batch_size, shuffle=True)
    losses = []
    for _ in range(num_epochs):
        total = 0.0
        for X, y in loader:
            X, y = X.to(device), y.to(device)
            loss = F.cross_entropy(model(X), y)
            loss.backward()
            optimizer.step()
            total += loss.item() * len(y)
        losses.append(total / len(dataset))
    return model, losses


# wrong: not in training mode
def fit(model, dataset, num_epochs=10, batch_size=32, lr=1e-3, device="cpu"):
    model.to(device)
    optimizer = torch.optim.Adam(model.parameters(), lr=lr)
    loader = torch.utils.data.DataLoader(dataset, batch_size, shuffle=True)
    losses = []
    for _ in range(num_epochs):
        total = 0.0
        for X, y in loader:
            X, y = X.to(device), y.to(device)
            loss = F.cross_entropy(model(X), y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(y)
        losses.append(total / len(dataset))
    return model, losses


# wrong: the order is the same in each epoch
def fit(model, dataset, num_epochs=10, batch_size=32, lr=1e-3, device="cpu"):
    model.to(device).train()
    optimizer = torch.optim.Adam(model.parameters(), lr=lr)
    loader = torch.utils.data.DataLoader(dataset, batch_size, shuffle=False)
    losses = []
    for _ in range(num_epochs):
        total = 0.0
        for X, y in loader:
            X, y = X.to(device), y.to(device)
            loss = F.cross_entropy(model(X), y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(y)
        losses.append(total / len(dataset))
    return model, losses


# wrong: drops the last, smaller batch
def fit(model, dataset, num_epochs=10, batch_size=32, lr=1e-3, device="cpu"):
    model.to(device).train()
    optimizer = torch.optim.Adam(model.parameters(), lr=lr)
    loader = torch.utils.data.DataLoader(dataset, batch_size, shuffle=True, drop_last=True)
    losses = []
    for _ in range(num_epochs):
        total = 0.0
        for X, y in loader:
            X, y = X.to(device), y.to(device)
            loss = F.cross_entropy(model(X), y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(y)
        losses.append(total / len(dataset))
    return model, losses


# wrong: no step
def fit(model, dataset, num_epochs=10, batch_size=32, lr=1e-3, device="cpu"):
    model.to(device).train()
    optimizer = torch.optim.Adam(model.parameters(), lr=lr)
    loader = torch.utils.data.DataLoader(dataset, batch_size, shuffle=True)
    losses = []
    for _ in range(num_epochs):
        total = 0.0
        for X, y in loader:
            X, y = X.to(device), y.to(device)
            loss = F.cross_entropy(model(X), y)
            optimizer.zero_grad()
            loss.backward()
            total += loss.item() * len(y)
        losses.append(total / len(dataset))
    return model, losses


# wrong: losses are tensors
def fit(model, dataset, num_epochs=10, batch_size=32, lr=1e-3, device="cpu"):
    model.to(device).train()
    optimizer = torch.optim.Adam(model.parameters(), lr=lr)
    loader = torch.utils.data.DataLoader(dataset, batch_size, shuffle=True)
    losses = []
    for _ in range(num_epochs):
        total = 0.0
        for X, y in loader:
            X, y = X.to(device), y.to(device)
            loss = F.cross_entropy(model(X), y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.detach() * len(y)
        losses.append(total / len(dataset))
    return model, losses


# wrong: the learning rate is fixed
def fit(model, dataset, num_epochs=10, batch_size=32, lr=1e-3, device="cpu"):
    model.to(device).train()
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
    loader = torch.utils.data.DataLoader(dataset, batch_size, shuffle=True)
    losses = []
    for _ in range(num_epochs):
        total = 0.0
        for X, y in loader:
            X, y = X.to(device), y.to(device)
            loss = F.cross_entropy(model(X), y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(y)
        losses.append(total / len(dataset))
    return model, losses


# wrong: returns the losses only
def fit(model, dataset, num_epochs=10, batch_size=32, lr=1e-3, device="cpu"):
    model.to(device).train()
    optimizer = torch.optim.Adam(model.parameters(), lr=lr)
    loader = torch.utils.data.DataLoader(dataset, batch_size, shuffle=True)
    losses = []
    for _ in range(num_epochs):
        total = 0.0
        for X, y in loader:
            X, y = X.to(device), y.to(device)
            loss = F.cross_entropy(model(X), y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(y)
        losses.append(total / len(dataset))
    return losses


# wrong: softmax before the cross-entropy
def fit(model, dataset, num_epochs=10, batch_size=32, lr=1e-3, device="cpu"):
    model.to(device).train()
    optimizer = torch.optim.Adam(model.parameters(), lr=lr)
    loader = torch.utils.data.DataLoader(dataset, batch_size, shuffle=True)
    losses = []
    for _ in range(num_epochs):
        total = 0.0
        for X, y in loader:
            X, y = X.to(device), y.to(device)
            loss = F.cross_entropy(model(X).softmax(dim=1), y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(y)
        losses.append(total / len(dataset))
    return model, losses


# right: a sum over pictures from the start
def fit(model, dataset, num_epochs=10, batch_size=32, lr=1e-3, device="cpu"):
    model.to(device).train()
    optimizer = torch.optim.Adam(model.parameters(), lr=lr)
    loader = torch.utils.data.DataLoader(dataset, batch_size, shuffle=True)
    losses = []
    for _ in range(num_epochs):
        total = 0.0
        for X, y in loader:
            X, y = X.to(device), y.to(device)
            logits = model(X)
            loss = F.cross_entropy(logits, y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += F.cross_entropy(logits.detach(), y, reduction='sum').item()
        losses.append(total / len(dataset))
    return model, losses


# right: without a DataLoader
def fit(model, dataset, num_epochs=10, batch_size=32, lr=1e-3, device="cpu"):
    model = model.to(device)
    optimizer = torch.optim.Adam(model.parameters(), lr=lr)
    criterion = nn.CrossEntropyLoss()
    history = []
    for epoch in range(num_epochs):
        model.train()
        order = torch.randperm(len(dataset)).tolist()
        running, seen = 0.0, 0
        for start in range(0, len(order), batch_size):
            chosen = [dataset[i] for i in order[start : start + batch_size]]
            X = torch.stack([x for x, _ in chosen]).to(device)
            y = torch.stack([torch.as_tensor(label) for _, label in chosen]).to(device)
            optimizer.zero_grad(set_to_none=False)
            loss = criterion(model(X), y)
            loss.backward()
            optimizer.step()
            running += loss.item() * X.size(0)
            seen += X.size(0)
        history.append(running / seen)
    return model, history


# right: losses as NumPy floats
def fit(model, dataset, num_epochs=10, batch_size=32, lr=1e-3, device="cpu"):
    model.to(device).train()
    optimizer = torch.optim.Adam(model.parameters(), lr=lr)
    loader = torch.utils.data.DataLoader(dataset, batch_size, shuffle=True)
    losses = []
    for _ in range(num_epochs):
        total = 0.0
        for X, y in loader:
            X, y = X.to(device), y.to(device)
            loss = F.cross_entropy(model(X), y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(y)
        losses.append(torch.tensor(total / len(dataset), dtype=torch.float64).numpy()[()])
    return model, losses
