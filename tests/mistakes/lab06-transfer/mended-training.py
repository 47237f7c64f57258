# wrong: as it was
def train_head(model, X, y, num_classes, num_steps, lr):
    optimizer = torch.optim.SGD(
        model.parameters(), lr=lr, momentum=0.9, weight_decay=0.01
    )
    model.body.requires_grad = False
    model.head = nn.Linear(384, num_classes)
    losses = []
    for _ in range(num_steps):
        model.train()
        batch = torch.randperm(len(X))[:16]
        loss = F.cross_entropy(model(X[batch]), y[batch])
        loss.backward()
        optimizer.step()
        losses.append(loss)
    return losses


# wrong: the optimiser holds the old head
def train_head(model, X, y, num_classes, num_steps, lr):
    model.requires_grad_(False)
    optimizer = torch.optim.SGD(model.head.parameters(), lr=lr, momentum=0.9)
    model.head = nn.Linear(model.head.in_features, num_classes).to(X.device)
    losses = []
    for _ in range(num_steps):
        model.train()
        model.body.eval()
        batch = torch.randperm(len(X))[:16].to(X.device)
        loss = F.cross_entropy(model(X[batch]), y[batch])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


# wrong: an attribute instead of the method
def train_head(model, X, y, num_classes, num_steps, lr):
    model.body.requires_grad = False
    model.head = nn.Linear(model.head.in_features, num_classes).to(X.device)
    optimizer = torch.optim.SGD(model.parameters(), lr=lr, momentum=0.9)
    losses = []
    for _ in range(num_steps):
        model.train()
        model.body.eval()
        batch = torch.randperm(len(X))[:16].to(X.device)
        loss = F.cross_entropy(model(X[batch]), y[batch])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


# wrong: nothing is frozen, although the optimiser has the head alone
def train_head(model, X, y, num_classes, num_steps, lr):
    model.head = nn.Linear(model.head.in_features, num_classes).to(X.device)
    optimizer = torch.optim.SGD(model.head.parameters(), lr=lr, momentum=0.9)
    losses = []
    for _ in range(num_steps):
        model.train()
        model.body.eval()
        batch = torch.randperm(len(X))[:16].to(X.device)
        loss = F.cross_entropy(model(X[batch]), y[batch])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


# wrong: the body's batch norm is in training mode
def train_head(model, X, y, num_classes, num_steps, lr):
    model.requires_grad_(False)
    model.head = nn.Linear(model.head.in_features, num_classes).to(X.device)
    optimizer = torch.optim.SGD(model.head.parameters(), lr=lr, momentum=0.9)
    losses = []
    for _ in range(num_steps):
        model.train()
        batch = torch.randperm(len(X))[:16].to(X.device)
        loss = F.cross_entropy(model(X[batch]), y[batch])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


# wrong: evaluation mode only before the loop, undone by train()
def train_head(model, X, y, num_classes, num_steps, lr):
    model.requires_grad_(False)
    model.head = nn.Linear(model.head.in_features, num_classes).to(X.device)
    optimizer = torch.optim.SGD(model.head.parameters(), lr=lr, momentum=0.9)
    losses = []
    model.body.eval()
    for _ in range(num_steps):
        model.train()
        batch = torch.randperm(len(X))[:16].to(X.device)
        loss = F.cross_entropy(model(X[batch]), y[batch])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


# wrong: the number of features is written down
def train_head(model, X, y, num_classes, num_steps, lr):
    model.requires_grad_(False)
    model.head = nn.Linear(384, num_classes).to(X.device)
    optimizer = torch.optim.SGD(model.head.parameters(), lr=lr, momentum=0.9)
    losses = []
    for _ in range(num_steps):
        model.train()
        model.body.eval()
        batch = torch.randperm(len(X))[:16].to(X.device)
        loss = F.cross_entropy(model(X[batch]), y[batch])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


# wrong: forgets zero_grad and returns tensors
def train_head(model, X, y, num_classes, num_steps, lr):
    model.requires_grad_(False)
    model.head = nn.Linear(model.head.in_features, num_classes).to(X.device)
    optimizer = torch.optim.SGD(model.head.parameters(), lr=lr, momentum=0.9)
    losses = []
    for _ in range(num_steps):
        model.train()
        model.body.eval()
        batch = torch.randperm(len(X))[:16].to(X.device)
        loss = F.cross_entropy(model(X[batch]), y[batch])
        loss.backward()
        optimizer.step()
        losses.append(loss)
    return losses


# wrong: keeps the old head
def train_head(model, X, y, num_classes, num_steps, lr):
    model.requires_grad_(False)
    model.head.requires_grad_(True)
    optimizer = torch.optim.SGD(model.head.parameters(), lr=lr, momentum=0.9)
    losses = []
    for _ in range(num_steps):
        model.train()
        model.body.eval()
        batch = torch.randperm(len(X))[:16].to(X.device)
        loss = F.cross_entropy(model(X[batch]), y[batch])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


# wrong: returns the last loss only
def train_head(model, X, y, num_classes, num_steps, lr):
    model.requires_grad_(False)
    model.head = nn.Linear(model.head.in_features, num_classes).to(X.device)
    optimizer = torch.optim.SGD(model.head.parameters(), lr=lr, momentum=0.9)
    losses = []
    for _ in range(num_steps):
        model.train()
        model.body.eval()
        batch = torch.randperm(len(X))[:16].to(X.device)
        loss = F.cross_entropy(model(X[batch]), y[batch])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses[-1]


# wrong: freezes the new head, too
def train_head(model, X, y, num_classes, num_steps, lr):
    model.head = nn.Linear(model.head.in_features, num_classes).to(X.device)
    model.requires_grad_(False)
    optimizer = torch.optim.SGD(model.head.parameters(), lr=lr, momentum=0.9)
    losses = []
    for _ in range(num_steps):
        model.train()
        model.body.eval()
        batch = torch.randperm(len(X))[:16].to(X.device)
        loss = F.cross_entropy(model(X[batch]), y[batch])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


# wrong: one loss for each epoch of sixteen
def train_head(model, X, y, num_classes, num_steps, lr):
    model.requires_grad_(False)
    model.head = nn.Linear(model.head.in_features, num_classes).to(X.device)
    optimizer = torch.optim.SGD(model.head.parameters(), lr=lr, momentum=0.9)
    losses = []
    for _ in range(num_steps):
        model.train()
        model.body.eval()
        batch = torch.randperm(len(X))[:16].to(X.device)
        loss = F.cross_entropy(model(X[batch]), y[batch])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        if len(batch) == 0:
            losses.append(loss.item())
    return losses


# right: features computed once
def train_head(model, X, y, num_classes, num_steps, lr):
    for parameter in model.parameters():
        parameter.requires_grad = False
    model.body.eval()
    with torch.no_grad():
        cached = model.body(X)
    head = nn.Linear(cached.shape[1], num_classes, device=X.device)
    optimizer = torch.optim.SGD(head.parameters(), lr, momentum=0.9)
    losses = []
    while len(losses) < num_steps:
        for batch in torch.randperm(len(X), device=X.device).split(16):
            if len(losses) == num_steps:
                break
            loss = nn.functional.cross_entropy(head(cached[batch]), y[batch])
            head.zero_grad()
            loss.backward()
            optimizer.step()
            losses.append(loss.item())
    model.head = head
    return losses


# right: evaluation mode throughout, weight decay, gradients set to None by hand
def train_head(model, X, y, num_classes, num_steps, lr):
    model.requires_grad_(False)
    model.head = nn.Linear(model.head.in_features, num_classes).to(X.device)
    free = [p for p in model.parameters() if p.requires_grad]
    optimizer = torch.optim.SGD(free, lr=lr, momentum=0.9, weight_decay=1e-3)
    losses = []
    for _ in range(num_steps):
        model.eval()
        batch = torch.randperm(len(X))[:16].to(X.device)
        loss = F.cross_entropy(model(X[batch]), y[batch])
        for p in model.parameters():
            p.grad = None
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses
