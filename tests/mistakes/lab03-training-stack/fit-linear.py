# wrong: (N, 1) against (N,), the trap
def fit_linear(layer, x, y, lr, num_epochs):
    optimizer = torch.optim.SGD(layer.parameters(), lr=lr)
    losses = []
    for _ in range(num_epochs):
        loss = ((layer(x[:, None]) - y) ** 2).mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


# wrong: hands a vector to the layer
def fit_linear(layer, x, y, lr, num_epochs):
    optimizer = torch.optim.SGD(layer.parameters(), lr=lr)
    losses = []
    for _ in range(num_epochs):
        loss = F.mse_loss(layer(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


# wrong: starts from w = b = 1 whatever the layer holds
def fit_linear(layer, x, y, lr, num_epochs):
    nn.init.ones_(layer.weight)
    nn.init.ones_(layer.bias)
    optimizer = torch.optim.SGD(layer.parameters(), lr=lr)
    losses = []
    for _ in range(num_epochs):
        loss = F.mse_loss(layer(x[:, None]), y[:, None])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


# wrong: trains a layer of its own
def fit_linear(layer, x, y, lr, num_epochs):
    layer = nn.Linear(1, 1)
    nn.init.ones_(layer.weight)
    nn.init.ones_(layer.bias)
    optimizer = torch.optim.SGD(layer.parameters(), lr=lr)
    losses = []
    for _ in range(num_epochs):
        loss = F.mse_loss(layer(x[:, None]), y[:, None])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


# wrong: squeezes everything, so that one point becomes no dimension
def fit_linear(layer, x, y, lr, num_epochs):
    optimizer = torch.optim.SGD(layer.parameters(), lr=lr)
    losses = []
    for _ in range(num_epochs):
        prediction = layer(x[:, None]).squeeze()
        assert prediction.shape == y.shape, "the shapes differ"
        loss = F.mse_loss(prediction, y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


# wrong: turns float64 data into float32
def fit_linear(layer, x, y, lr, num_epochs):
    x, y = x.float()[:, None], y.float()[:, None]
    optimizer = torch.optim.SGD(layer.parameters(), lr=lr)
    losses = []
    for _ in range(num_epochs):
        loss = F.mse_loss(layer(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


# wrong: the bias is not trained
def fit_linear(layer, x, y, lr, num_epochs):
    optimizer = torch.optim.SGD([layer.weight], lr=lr)
    losses = []
    for _ in range(num_epochs):
        loss = F.mse_loss(layer(x[:, None]), y[:, None])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


# wrong: standardises x, so that the layer holds other numbers
def fit_linear(layer, x, y, lr, num_epochs):
    z = (x - x.mean()) / x.std()
    optimizer = torch.optim.SGD(layer.parameters(), lr=lr)
    losses = []
    for _ in range(num_epochs):
        loss = F.mse_loss(layer(z[:, None]), y[:, None])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


# right: both sides are columns
def fit_linear(layer, x, y, lr, num_epochs):
    X, Y = x.reshape(-1, 1), y.reshape(-1, 1)
    optimizer = torch.optim.SGD(layer.parameters(), lr)
    criterion = nn.MSELoss()
    losses = []
    for _ in range(num_epochs):
        optimizer.zero_grad()
        loss = criterion(layer(X), Y)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


# right: squeezes one dimension, steps by hand
def fit_linear(layer, x, y, lr, num_epochs):
    losses = []
    for _ in range(num_epochs):
        layer.zero_grad()
        loss = (y - layer(x.unsqueeze(-1)).squeeze(-1)).pow(2).mean()
        loss.backward()
        with torch.no_grad():
            for parameter in layer.parameters():
                parameter -= lr * parameter.grad
        losses.append(loss.item())
    return losses


# right: a DataLoader with one batch
def fit_linear(layer, x, y, lr, num_epochs):
    pairs = torch.utils.data.TensorDataset(x[:, None], y[:, None])
    optimizer = torch.optim.SGD(layer.parameters(), lr=lr)
    losses = []
    for _ in range(num_epochs):
        for X, Y in DataLoader(pairs, batch_size=len(x), shuffle=True):
            loss = F.mse_loss(layer(X), Y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            losses.append(loss.item())
    return losses
