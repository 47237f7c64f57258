# wrong: too few epochs on raw inputs
def predict_plane(X, y, new):
    layer = nn.Linear(X.shape[1], 1)
    optimizer = torch.optim.SGD(layer.parameters(), lr=0.001)
    for _ in range(300):
        loss = F.mse_loss(layer(X)[:, 0], y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return layer(new)[:, 0].detach()


# wrong: (N, 1) against (N,)
def predict_plane(X, y, new):
    mean, std = X.mean(dim=0), X.std(dim=0)
    layer = nn.Linear(X.shape[1], 1)
    optimizer = torch.optim.SGD(layer.parameters(), lr=0.1)
    for _ in range(300):
        loss = ((layer((X - mean) / std) - y) ** 2).mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return layer((new - mean) / std)[:, 0].detach()


# wrong: forgets to standardise the new rows
def predict_plane(X, y, new):
    mean, std = X.mean(dim=0), X.std(dim=0)
    layer = nn.Linear(X.shape[1], 1)
    optimizer = torch.optim.SGD(layer.parameters(), lr=0.1, momentum=0.9)
    for _ in range(300):
        loss = F.mse_loss(layer((X - mean) / std)[:, 0], y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return layer(new)[:, 0].detach()


# wrong: standardises the new rows by their own mean, not that of the training data
def predict_plane(X, y, new):
    mean, std = X.mean(dim=0), X.std(dim=0)
    layer = nn.Linear(X.shape[1], 1)
    optimizer = torch.optim.SGD(layer.parameters(), lr=0.1, momentum=0.9)
    for _ in range(300):
        loss = F.mse_loss(layer((X - mean) / std)[:, 0], y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    new = (new - new.mean(dim=0)) / std
    return layer(new)[:, 0].detach()


# wrong: no bias
def predict_plane(X, y, new):
    layer = nn.Linear(X.shape[1], 1, bias=False)
    optimizer = torch.optim.Adam(layer.parameters(), lr=0.1)
    for _ in range(500):
        loss = F.mse_loss(layer(X)[:, 0], y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return layer(new)[:, 0].detach()


# wrong: two inputs only
def predict_plane(X, y, new):
    mean, std = X.mean(dim=0), X.std(dim=0)
    layer = nn.Linear(2, 1)
    optimizer = torch.optim.SGD(layer.parameters(), lr=0.1, momentum=0.9)
    for _ in range(300):
        loss = F.mse_loss(layer((X - mean) / std)[:, 0], y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return layer((new - mean) / std)[:, 0].detach()


# wrong: a learning rate that suits the five rows and no other table
def predict_plane(X, y, new):
    layer = nn.Linear(X.shape[1], 1)
    optimizer = torch.optim.SGD(layer.parameters(), lr=0.02)
    for _ in range(2000):
        loss = F.mse_loss(layer(X)[:, 0], y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return layer(new)[:, 0].detach()


# wrong: predictions with a graph and as a column
def predict_plane(X, y, new):
    mean, std = X.mean(dim=0), X.std(dim=0)
    layer = nn.Linear(X.shape[1], 1)
    optimizer = torch.optim.SGD(layer.parameters(), lr=0.1, momentum=0.9)
    for _ in range(300):
        loss = F.mse_loss(layer((X - mean) / std), y[:, None])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return layer((new - mean) / std)


# right: Adam on raw inputs, longer
def predict_plane(X, y, new):
    layer = nn.Linear(X.shape[1], 1)
    optimizer = torch.optim.Adam(layer.parameters(), lr=0.1)
    for _ in range(2000):
        loss = nn.functional.mse_loss(layer(X), y.unsqueeze(1))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    with torch.no_grad():
        return layer(new).squeeze(1)


# right: by hand on standardised inputs, float64
def predict_plane(X, y, new):
    mean, std = X.double().mean(dim=0), X.double().std(dim=0)
    ones = torch.ones(len(X), 1).double()
    A = torch.cat([(X.double() - mean) / std, ones], dim=1)
    theta = torch.zeros(A.shape[1]).double()
    for _ in range(1000):
        theta -= 0.2 * 2 * A.T @ (A @ theta - y.double()) / len(y)
    rows = torch.cat([(new.double() - mean) / std, ones.new_ones(len(new), 1)], dim=1)
    return (rows @ theta).float()


# right: another seed, min-max scaling, LBFGS
def predict_plane(X, y, new):
    torch.manual_seed(99)
    low, high = X.min(dim=0).values, X.max(dim=0).values
    layer = nn.Linear(X.shape[1], 1)
    optimizer = torch.optim.LBFGS(layer.parameters(), lr=1, max_iter=50)

    def closure():
        optimizer.zero_grad()
        loss = F.mse_loss(layer((X - low) / (high - low)).flatten(), y)
        loss.backward()
        return loss

    for _ in range(10):
        optimizer.step(closure)
    return layer((new - low) / (high - low)).detach().flatten()
