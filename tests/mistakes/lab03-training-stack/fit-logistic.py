# wrong: raw inputs and a small learning rate, far from done
def fit_logistic(x, y):
    theta = torch.zeros(2, requires_grad=True)
    optimizer = torch.optim.SGD([theta], lr=0.001)
    for _ in range(500):
        loss = F.binary_cross_entropy_with_logits(theta[0] * x + theta[1], y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return theta[0].item(), theta[1].item()


# wrong: parameters for standardised inputs
def fit_logistic(x, y):
    z = (x - x.mean()) / x.std()
    theta = torch.zeros(2, requires_grad=True)
    optimizer = torch.optim.SGD([theta], lr=1.0)
    for _ in range(400):
        loss = F.binary_cross_entropy_with_logits(theta[0] * z + theta[1], y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return theta[0].item(), theta[1].item()


# wrong: squared error on the probabilities
def fit_logistic(x, y):
    z = (x - x.mean()) / x.std()
    theta = torch.zeros(2, requires_grad=True)
    optimizer = torch.optim.SGD([theta], lr=1.0)
    for _ in range(400):
        loss = F.mse_loss(torch.sigmoid(theta[0] * z + theta[1]), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    w = theta[0] / x.std()
    return w.item(), (theta[1] - w * x.mean()).item()


# wrong: a line by least squares instead of a logistic curve
def fit_logistic(x, y):
    A = torch.stack([x, torch.ones_like(x)], dim=1)
    w, b = torch.linalg.lstsq(A, y[:, None] - 0.5).solution[:, 0].tolist()
    return w, b


# wrong: the sigmoid twice, since the loss takes logits
def fit_logistic(x, y):
    z = (x - x.mean()) / x.std()
    theta = torch.zeros(2, requires_grad=True)
    optimizer = torch.optim.SGD([theta], lr=1.0)
    for _ in range(400):
        p = torch.sigmoid(theta[0] * z + theta[1])
        loss = F.binary_cross_entropy_with_logits(p, y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    w = theta[0] / x.std()
    return w.item(), (theta[1] - w * x.mean()).item()


# wrong: numbers that suit the nine points
def fit_logistic(x, y):
    return 0.25, -9.3


# wrong: stretches a good start until the loss is small, which overlap forbids
def fit_logistic(x, y):
    low, high = x[y == 0].mean().item(), x[y == 1].mean().item()
    w = 16.0 / (high - low)
    return w, -w * (low + high) / 2


# wrong: tensors
def fit_logistic(x, y):
    z = (x - x.mean()) / x.std()
    theta = torch.zeros(2, requires_grad=True)
    optimizer = torch.optim.SGD([theta], lr=1.0)
    for _ in range(300):
        loss = F.binary_cross_entropy_with_logits(theta[0] * z + theta[1], y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    w = theta[0] / x.std()
    return w, theta[1] - w * x.mean()


# right: nn.Linear and Adam on x / 100
def fit_logistic(x, y):
    layer = nn.Linear(1, 1)
    optimizer = torch.optim.Adam(layer.parameters(), lr=0.2)
    criterion = nn.BCEWithLogitsLoss()
    for _ in range(1000):
        loss = criterion(layer(x[:, None] / 100), y[:, None])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return layer.weight.item() / 100, layer.bias.item()


# right: gradients by hand, float64, another scale
def fit_logistic(x, y):
    z, y = (x.double() - 50) / 25, y.double()
    w = b = 0.0
    for _ in range(2000):
        gap = torch.sigmoid(w * z + b) - y
        w, b = w - 1.0 * (gap * z).mean().item(), b - 1.0 * gap.mean().item()
    return w / 25, b - 2 * w


# right: Adam on raw inputs
def fit_logistic(x, y):
    w = torch.zeros((), requires_grad=True)
    b = torch.zeros((), requires_grad=True)
    optimizer = torch.optim.Adam([w, b], lr=0.1)
    for _ in range(3000):
        logits = w * x + b
        loss = (F.softplus(logits) - y * logits).mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return w.item(), b.item()
