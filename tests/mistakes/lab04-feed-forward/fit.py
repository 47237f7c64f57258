# ruff: noqa

# wrong: gradients pile up
def fit(model, X, y, num_epochs=20, lr=1e-3, device="cpu"):
    model.to(device)
    model.train()
    X, y = X.to(device), y.to(device)
    optimizer = torch.optim.Adam(model.parameters(), lr=lr)
    losses = []
    for _ in range(num_epochs):
        loss = F.cross_entropy(model(X), y)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


# wrong: softmax before cross-entropy
def fit(model, X, y, num_epochs=20, lr=1e-3, device="cpu"):
    model.to(device)
    model.train()
    X, y = X.to(device), y.to(device)
    optimizer = torch.optim.Adam(model.parameters(), lr=lr)
    losses = []
    for _ in range(num_epochs):
        loss = F.cross_entropy(model(X).softmax(dim=1), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


# wrong: never steps
def fit(model, X, y, num_epochs=20, lr=1e-3, device="cpu"):
    model.to(device)
    model.train()
    X, y = X.to(device), y.to(device)
    optimizer = torch.optim.Adam(model.parameters(), lr=lr)
    losses = []
    for _ in range(num_epochs):
        loss = F.cross_entropy(model(X), y)
        optimizer.zero_grad()
        loss.backward()
        losses.append(loss.item())
    return losses


# wrong: mini-batches
def fit(model, X, y, num_epochs=20, lr=1e-3, device="cpu"):
    model.to(device).train()
    optimizer = torch.optim.Adam(model.parameters(), lr=lr)
    losses = []
    for _ in range(num_epochs):
        total = 0.0
        for A, b in zip(X.split(32), y.split(32)):
            loss = F.cross_entropy(model(A.to(device)), b.to(device))
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(b)
        losses.append(total / len(y))
    return losses


# wrong: SGD instead of Adam
def fit(model, X, y, num_epochs=20, lr=1e-3, device="cpu"):
    model.to(device)
    model.train()
    X, y = X.to(device), y.to(device)
    optimizer = torch.optim.SGD(model.parameters(), lr=50 * lr)
    losses = []
    for _ in range(num_epochs):
        loss = F.cross_entropy(model(X), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


# wrong: AdamW, whose weight decay is not 0
def fit(model, X, y, num_epochs=20, lr=1e-3, device="cpu"):
    model.to(device)
    model.train()
    X, y = X.to(device), y.to(device)
    optimizer = torch.optim.AdamW(model.parameters(), lr=lr)
    losses = []
    for _ in range(num_epochs):
        loss = F.cross_entropy(model(X), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


# wrong: ignores lr
def fit(model, X, y, num_epochs=20, lr=1e-3, device="cpu"):
    model.to(device)
    model.train()
    X, y = X.to(device), y.to(device)
    optimizer = torch.optim.Adam(model.parameters(), lr=5e-3)
    losses = []
    for _ in range(num_epochs):
        loss = F.cross_entropy(model(X), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


# wrong: always 20 epochs
def fit(model, X, y, num_epochs=20, lr=1e-3, device="cpu"):
    model.to(device)
    model.train()
    X, y = X.to(device), y.to(device)
    optimizer = torch.optim.Adam(model.parameters(), lr=lr)
    losses = []
    for _ in range(20):
        loss = F.cross_entropy(model(X), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


# wrong: a new optimiser in each epoch forgets its moments
def fit(model, X, y, num_epochs=20, lr=1e-3, device="cpu"):
    model.to(device)
    model.train()
    X, y = X.to(device), y.to(device)
    optimizer = torch.optim.Adam(model.parameters(), lr=lr)
    losses = []
    for _ in range(num_epochs):
        optimizer = torch.optim.Adam(model.parameters(), lr=lr)
        loss = F.cross_entropy(model(X), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


# wrong: the model stays in evaluation mode
def fit(model, X, y, num_epochs=20, lr=1e-3, device="cpu"):
    model.to(device)
    X, y = X.to(device), y.to(device)
    optimizer = torch.optim.Adam(model.parameters(), lr=lr)
    losses = []
    for _ in range(num_epochs):
        loss = F.cross_entropy(model(X), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


# wrong: the labels stay behind
def fit(model, X, y, num_epochs=20, lr=1e-3, device="cpu"):
    model.to(device)
    model.train()
    X = X.to(device)
    optimizer = torch.optim.Adam(model.parameters(), lr=lr)
    losses = []
    for _ in range(num_epochs):
        loss = F.cross_entropy(model(X), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


# wrong: the model stays behind
def fit(model, X, y, num_epochs=20, lr=1e-3, device="cpu"):
    model.train()
    X, y = X.to(device), y.to(device)
    optimizer = torch.optim.Adam(model.parameters(), lr=lr)
    losses = []
    for _ in range(num_epochs):
        loss = F.cross_entropy(model(X), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


# wrong: the inputs stay behind
def fit(model, X, y, num_epochs=20, lr=1e-3, device="cpu"):
    model.to(device)
    model.train()
    y = y.to(device)
    optimizer = torch.optim.Adam(model.parameters(), lr=lr)
    losses = []
    for _ in range(num_epochs):
        loss = F.cross_entropy(model(X), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


# wrong: the sum of the losses instead of the mean
def fit(model, X, y, num_epochs=20, lr=1e-3, device="cpu"):
    model.to(device)
    model.train()
    X, y = X.to(device), y.to(device)
    optimizer = torch.optim.Adam(model.parameters(), lr=lr)
    losses = []
    for _ in range(num_epochs):
        loss = F.cross_entropy(model(X), y, reduction="sum")
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


# wrong: returns the losses after the steps
def fit(model, X, y, num_epochs=20, lr=1e-3, device="cpu"):
    model.to(device)
    model.train()
    X, y = X.to(device), y.to(device)
    optimizer = torch.optim.Adam(model.parameters(), lr=lr)
    losses = []
    for _ in range(num_epochs):
        loss = F.cross_entropy(model(X), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        with torch.no_grad():
            losses.append(F.cross_entropy(model(X), y).item())
    return losses


# wrong: returns tensors
def fit(model, X, y, num_epochs=20, lr=1e-3, device="cpu"):
    model.to(device)
    model.train()
    X, y = X.to(device), y.to(device)
    optimizer = torch.optim.Adam(model.parameters(), lr=lr)
    losses = []
    for _ in range(num_epochs):
        loss = F.cross_entropy(model(X), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.detach())
    return losses


# wrong: only the last loss
def fit(model, X, y, num_epochs=20, lr=1e-3, device="cpu"):
    model.to(device)
    model.train()
    X, y = X.to(device), y.to(device)
    optimizer = torch.optim.Adam(model.parameters(), lr=lr)
    losses = []
    for _ in range(num_epochs):
        loss = F.cross_entropy(model(X), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses[-1:]


# wrong: label smoothing that nobody asked for
def fit(model, X, y, num_epochs=20, lr=1e-3, device="cpu"):
    model.to(device)
    model.train()
    X, y = X.to(device), y.to(device)
    optimizer = torch.optim.Adam(model.parameters(), lr=lr)
    losses = []
    for _ in range(num_epochs):
        loss = F.cross_entropy(model(X), y, label_smoothing=0.02)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


# right: log-softmax and NLL, criterion as a module
def fit(model, X, y, num_epochs=20, lr=1e-3, device="cpu"):
    model.to(device)
    model.train()
    X, y = X.to(device), y.to(device)
    optimizer = torch.optim.Adam(model.parameters(), lr=lr)
    losses = []
    for _ in range(num_epochs):
        loss = nn.NLLLoss()(F.log_softmax(model(X), dim=-1), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


# right: zero_grad at the end, other names
def fit(model, X, y, num_epochs=20, lr=1e-3, device="cpu"):
    net = model.to(device).train()
    inputs, targets = X.to(device), y.to(device)
    adam = torch.optim.Adam(net.parameters(), lr, betas=(0.9, 0.999))
    criterion = nn.CrossEntropyLoss()
    history = [0.0] * num_epochs
    adam.zero_grad()
    for epoch in range(num_epochs):
        loss = criterion(net(inputs), targets)
        loss.backward()
        adam.step()
        adam.zero_grad()
        history[epoch] = loss.item()
    return history


# right: cross-entropy by hand, moves in each epoch
def fit(model, X, y, num_epochs=20, lr=1e-3, device="cpu"):
    model = model.to(device)
    model.train(True)
    optimizer = torch.optim.Adam(list(model.parameters()), lr=lr, foreach=False)
    losses = []
    while len(losses) < num_epochs:
        logits, target = model(X.to(device)), y.to(device)
        right = logits.gather(1, target[:, None])[:, 0]
        loss = (logits.logsumexp(dim=1) - right).mean()
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        losses.append(loss.detach().cpu().item())
        optimizer.step()
    return losses
