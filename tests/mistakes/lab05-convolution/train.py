# wrong: gradients pile up, zero_grad is missing
def train(model, dataset, num_epochs, batch_size, device):
    loader = DataLoader(dataset, batch_size, shuffle=True)
    model.to(device)
    optimizer = torch.optim.Adam(model.parameters(), lr=3e-3)
    model.train()
    losses = []
    for _ in range(num_epochs):
        total = 0.0
        for X, y in loader:
            X, y = X.to(device), y.to(device)
            loss = F.cross_entropy(model(X), y)
            loss.backward()
            optimizer.step()
            total += loss.item() * len(X)
        losses.append(total / len(dataset))
    return losses


# wrong: gradients pile up, and a small learning rate hides it
def train(model, dataset, num_epochs, batch_size, device):
    loader = DataLoader(dataset, batch_size, shuffle=True)
    model.to(device)
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
    model.train()
    losses = []
    for _ in range(num_epochs):
        total = 0.0
        for X, y in loader:
            X, y = X.to(device), y.to(device)
            loss = F.cross_entropy(model(X), y)
            loss.backward()
            optimizer.step()
            total += loss.item() * len(X)
        losses.append(total / len(dataset))
    return losses


# wrong: empties the gradients between backward and step
def train(model, dataset, num_epochs, batch_size, device):
    loader = DataLoader(dataset, batch_size, shuffle=True)
    model.to(device)
    optimizer = torch.optim.Adam(model.parameters(), lr=3e-3)
    model.train()
    losses = []
    for _ in range(num_epochs):
        total = 0.0
        for X, y in loader:
            X, y = X.to(device), y.to(device)
            loss = F.cross_entropy(model(X), y)
            loss.backward()
            optimizer.zero_grad()
            optimizer.step()
            total += loss.item() * len(X)
        losses.append(total / len(dataset))
    return losses


# wrong: never steps
def train(model, dataset, num_epochs, batch_size, device):
    loader = DataLoader(dataset, batch_size, shuffle=True)
    model.to(device)
    optimizer = torch.optim.Adam(model.parameters(), lr=3e-3)
    model.train()
    losses = []
    for _ in range(num_epochs):
        total = 0.0
        for X, y in loader:
            X, y = X.to(device), y.to(device)
            optimizer.zero_grad()
            loss = F.cross_entropy(model(X), y)
            loss.backward()
            total += loss.item() * len(X)
        losses.append(total / len(dataset))
    return losses


# wrong: one step an epoch
def train(model, dataset, num_epochs, batch_size, device):
    loader = DataLoader(dataset, batch_size, shuffle=True)
    model.to(device)
    optimizer = torch.optim.Adam(model.parameters(), lr=3e-3)
    model.train()
    losses = []
    for _ in range(num_epochs):
        total = 0.0
        for X, y in loader:
            X, y = X.to(device), y.to(device)
            optimizer.zero_grad()
            loss = F.cross_entropy(model(X), y)
            loss.backward()
            total += loss.item() * len(X)
        optimizer.step()
        losses.append(total / len(dataset))
    return losses


# wrong: softmax before cross-entropy, which takes logits
def train(model, dataset, num_epochs, batch_size, device):
    loader = DataLoader(dataset, batch_size, shuffle=True)
    model.to(device)
    optimizer = torch.optim.Adam(model.parameters(), lr=3e-3)
    model.train()
    losses = []
    for _ in range(num_epochs):
        total = 0.0
        for X, y in loader:
            X, y = X.to(device), y.to(device)
            optimizer.zero_grad()
            loss = F.cross_entropy(model(X).softmax(dim=1), y)
            loss.backward()
            optimizer.step()
            total += loss.item() * len(X)
        losses.append(total / len(dataset))
    return losses


# wrong: drops the last, smaller batch
def train(model, dataset, num_epochs, batch_size, device):
    loader = DataLoader(dataset, batch_size, shuffle=True, drop_last=True)
    model.to(device)
    optimizer = torch.optim.Adam(model.parameters(), lr=3e-3)
    model.train()
    losses = []
    for _ in range(num_epochs):
        total = 0.0
        for X, y in loader:
            X, y = X.to(device), y.to(device)
            optimizer.zero_grad()
            loss = F.cross_entropy(model(X), y)
            loss.backward()
            optimizer.step()
            total += loss.item() * len(X)
        losses.append(total / len(dataset))
    return losses


# wrong: the same order in every epoch
def train(model, dataset, num_epochs, batch_size, device):
    loader = DataLoader(dataset, batch_size, shuffle=False)
    model.to(device)
    optimizer = torch.optim.Adam(model.parameters(), lr=3e-3)
    model.train()
    losses = []
    for _ in range(num_epochs):
        total = 0.0
        for X, y in loader:
            X, y = X.to(device), y.to(device)
            optimizer.zero_grad()
            loss = F.cross_entropy(model(X), y)
            loss.backward()
            optimizer.step()
            total += loss.item() * len(X)
        losses.append(total / len(dataset))
    return losses


# wrong: leaves the model in evaluation mode
def train(model, dataset, num_epochs, batch_size, device):
    loader = DataLoader(dataset, batch_size, shuffle=True)
    model.to(device)
    optimizer = torch.optim.Adam(model.parameters(), lr=3e-3)
    model.eval()
    losses = []
    for _ in range(num_epochs):
        total = 0.0
        for X, y in loader:
            X, y = X.to(device), y.to(device)
            optimizer.zero_grad()
            loss = F.cross_entropy(model(X), y)
            loss.backward()
            optimizer.step()
            total += loss.item() * len(X)
        losses.append(total / len(dataset))
    return losses


# wrong: never leaves the mode the model came in
def train(model, dataset, num_epochs, batch_size, device):
    loader = DataLoader(dataset, batch_size, shuffle=True)
    model.to(device)
    optimizer = torch.optim.Adam(model.parameters(), lr=3e-3)
    losses = []
    for _ in range(num_epochs):
        total = 0.0
        for X, y in loader:
            X, y = X.to(device), y.to(device)
            optimizer.zero_grad()
            loss = F.cross_entropy(model(X), y)
            loss.backward()
            optimizer.step()
            total += loss.item() * len(X)
        losses.append(total / len(dataset))
    return losses


# wrong: returns the last batch's loss of each epoch
def train(model, dataset, num_epochs, batch_size, device):
    loader = DataLoader(dataset, batch_size, shuffle=True)
    model.to(device)
    optimizer = torch.optim.Adam(model.parameters(), lr=3e-3)
    model.train()
    losses = []
    for _ in range(num_epochs):
        total = 0.0
        for X, y in loader:
            X, y = X.to(device), y.to(device)
            optimizer.zero_grad()
            loss = F.cross_entropy(model(X), y)
            loss.backward()
            optimizer.step()
            total = loss.item() * len(dataset)
        losses.append(total / len(dataset))
    return losses


# wrong: averages the batches' means, so that the small batch counts too much
def train(model, dataset, num_epochs, batch_size, device):
    loader = DataLoader(dataset, batch_size, shuffle=True)
    model.to(device)
    optimizer = torch.optim.Adam(model.parameters(), lr=3e-3)
    model.train()
    losses = []
    for _ in range(num_epochs):
        total = 0.0
        for X, y in loader:
            X, y = X.to(device), y.to(device)
            optimizer.zero_grad()
            loss = F.cross_entropy(model(X), y)
            loss.backward()
            optimizer.step()
            total += loss.item()
        losses.append(total / len(loader))
    return losses


# wrong: returns tensors that keep their graphs
def train(model, dataset, num_epochs, batch_size, device):
    loader = DataLoader(dataset, batch_size, shuffle=True)
    model.to(device)
    optimizer = torch.optim.Adam(model.parameters(), lr=3e-3)
    model.train()
    losses = []
    for _ in range(num_epochs):
        total = 0.0
        for X, y in loader:
            X, y = X.to(device), y.to(device)
            optimizer.zero_grad()
            loss = F.cross_entropy(model(X), y)
            loss.backward()
            optimizer.step()
            total += loss * len(X)
        losses.append(total / len(dataset))
    return losses


# wrong: the data stay on the CPU
def train(model, dataset, num_epochs, batch_size, device):
    loader = DataLoader(dataset, batch_size, shuffle=True)
    model.to(device)
    optimizer = torch.optim.Adam(model.parameters(), lr=3e-3)
    model.train()
    losses = []
    for _ in range(num_epochs):
        total = 0.0
        for X, y in loader:
            optimizer.zero_grad()
            loss = F.cross_entropy(model(X), y)
            loss.backward()
            optimizer.step()
            total += loss.item() * len(X)
        losses.append(total / len(dataset))
    return losses


# wrong: the labels stay on the CPU
def train(model, dataset, num_epochs, batch_size, device):
    loader = DataLoader(dataset, batch_size, shuffle=True)
    model.to(device)
    optimizer = torch.optim.Adam(model.parameters(), lr=3e-3)
    model.train()
    losses = []
    for _ in range(num_epochs):
        total = 0.0
        for X, y in loader:
            X = X.to(device)
            optimizer.zero_grad()
            loss = F.cross_entropy(model(X), y)
            loss.backward()
            optimizer.step()
            total += loss.item() * len(X)
        losses.append(total / len(dataset))
    return losses


# wrong: the model stays on the CPU
def train(model, dataset, num_epochs, batch_size, device):
    loader = DataLoader(dataset, batch_size, shuffle=True)
    optimizer = torch.optim.Adam(model.parameters(), lr=3e-3)
    model.train()
    losses = []
    for _ in range(num_epochs):
        total = 0.0
        for X, y in loader:
            X, y = X.to(device), y.to(device)
            optimizer.zero_grad()
            loss = F.cross_entropy(model(X), y)
            loss.backward()
            optimizer.step()
            total += loss.item() * len(X)
        losses.append(total / len(dataset))
    return losses


# wrong: a learning rate of 10 learns nothing
def train(model, dataset, num_epochs, batch_size, device):
    loader = DataLoader(dataset, batch_size, shuffle=True)
    model.to(device)
    optimizer = torch.optim.Adam(model.parameters(), lr=10.0)
    model.train()
    losses = []
    for _ in range(num_epochs):
        total = 0.0
        for X, y in loader:
            X, y = X.to(device), y.to(device)
            optimizer.zero_grad()
            loss = F.cross_entropy(model(X), y)
            loss.backward()
            optimizer.step()
            total += loss.item() * len(X)
        losses.append(total / len(dataset))
    return losses


# wrong: one epoch whatever is asked for
def train(model, dataset, num_epochs, batch_size, device):
    loader = DataLoader(dataset, batch_size, shuffle=True)
    model.to(device)
    optimizer = torch.optim.Adam(model.parameters(), lr=3e-3)
    model.train()
    losses = []
    for _ in range(1):
        total = 0.0
        for X, y in loader:
            X, y = X.to(device), y.to(device)
            optimizer.zero_grad()
            loss = F.cross_entropy(model(X), y)
            loss.backward()
            optimizer.step()
            total += loss.item() * len(X)
        losses.append(total / len(dataset))
    return losses


# wrong: squared error on one-hot labels instead of cross-entropy
def train(model, dataset, num_epochs, batch_size, device):
    loader = DataLoader(dataset, batch_size, shuffle=True)
    model.to(device)
    optimizer = torch.optim.Adam(model.parameters(), lr=3e-3)
    model.train()
    losses = []
    for _ in range(num_epochs):
        total = 0.0
        for X, y in loader:
            X, y = X.to(device), y.to(device)
            optimizer.zero_grad()
            logits = model(X)
            loss = F.mse_loss(logits, F.one_hot(y, logits.shape[1]).float())
            loss.backward()
            optimizer.step()
            total += loss.item() * len(X)
        losses.append(total / len(dataset))
    return losses


# right: SGD with momentum, gradients emptied after the step
def train(model, dataset, num_epochs, batch_size, device):
    loader = DataLoader(dataset, batch_size, shuffle=True)
    model.to(device)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.02, momentum=0.9)
    model.train()
    losses = []
    for _ in range(num_epochs):
        total = 0.0
        for X, y in loader:
            X, y = X.to(device), y.to(device)
            loss = F.cross_entropy(model(X), y)
            loss.backward()
            optimizer.step()
            optimizer.zero_grad()
            total += loss.item() * len(X)
        losses.append(total / len(dataset))
    return losses


# right: batches by hand from a random permutation
def train(model, dataset, num_epochs, batch_size, device):
    X_all = torch.stack([dataset[i][0] for i in range(len(dataset))]).to(device)
    y_all = torch.tensor(
        [int(dataset[i][1]) for i in range(len(dataset))], device=device
    )
    model = model.to(device).train()
    criterion = nn.CrossEntropyLoss(reduction="sum")
    optimizer = torch.optim.AdamW(model.parameters(), lr=1e-3)
    losses = []
    for epoch in range(num_epochs):
        total = 0.0
        for rows in torch.randperm(len(dataset)).split(batch_size):
            model.zero_grad()
            loss = criterion(model(X_all[rows]), y_all[rows])
            (loss / len(rows)).backward()
            nn.utils.clip_grad_norm_(model.parameters(), 5.0)
            optimizer.step()
            total += float(loss.detach())
        losses.append(total / len(dataset))
    return losses


# right: plain SGD, log-probabilities and the negative log-likelihood
def train(model, dataset, num_epochs, batch_size, device):
    model.to(device)
    model.train()
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    history = []
    for _ in range(num_epochs):
        losses = torch.empty(0)
        for X, y in DataLoader(dataset, batch_size=batch_size, shuffle=True):
            y = y.to(device)
            scores = F.log_softmax(model(X.to(device)), dim=1)
            each = F.nll_loss(scores, y, reduction="none")
            optimizer.zero_grad(set_to_none=False)
            each.mean().backward()
            optimizer.step()
            losses = torch.cat([losses, each.detach().cpu()])
        history.append(losses.mean().item())
    return history
