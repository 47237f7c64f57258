# wrong: trains a plain autoencoder, which lets the noise pass
def train_denoiser(X, noise, num_epochs):
    D = X.shape[1]
    model = nn.Sequential(nn.Linear(D, 96), nn.ReLU(), nn.Linear(96, D)).to(X)
    optimizer = torch.optim.Adam(model.parameters(), lr=0.004)
    for _ in range(num_epochs):
        for batch in torch.randperm(len(X)).split(50):
            loss = F.mse_loss(model(X[batch]), X[batch])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
    return model


# wrong: asks for the spoilt signal
def train_denoiser(X, noise, num_epochs):
    D = X.shape[1]
    model = nn.Sequential(nn.Linear(D, 96), nn.ReLU(), nn.Linear(96, D)).to(X)
    optimizer = torch.optim.Adam(model.parameters(), lr=0.004)
    for _ in range(num_epochs):
        for batch in torch.randperm(len(X)).split(50):
            spoilt = X[batch] + noise * torch.randn_like(X[batch])
            loss = F.mse_loss(model(spoilt), spoilt)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
    return model


# wrong: the network is linear
def train_denoiser(X, noise, num_epochs):
    D = X.shape[1]
    model = nn.Sequential(nn.Linear(D, 96), nn.Linear(96, D)).to(X)
    optimizer = torch.optim.Adam(model.parameters(), lr=0.004)
    for _ in range(num_epochs):
        for batch in torch.randperm(len(X)).split(50):
            spoilt = X[batch] + noise * torch.randn_like(X[batch])
            loss = F.mse_loss(model(spoilt), X[batch])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
    return model


# wrong: forgets the step
def train_denoiser(X, noise, num_epochs):
    D = X.shape[1]
    model = nn.Sequential(nn.Linear(D, 96), nn.ReLU(), nn.Linear(96, D)).to(X)
    optimizer = torch.optim.Adam(model.parameters(), lr=0.004)
    for _ in range(num_epochs):
        for batch in torch.randperm(len(X)).split(50):
            spoilt = X[batch] + noise * torch.randn_like(X[batch])
            loss = F.mse_loss(model(spoilt), X[batch])
            optimizer.zero_grad()
            loss.backward()
    return model


# wrong: clean signals and targets are paired wrongly
def train_denoiser(X, noise, num_epochs):
    D = X.shape[1]
    model = nn.Sequential(nn.Linear(D, 96), nn.ReLU(), nn.Linear(96, D)).to(X)
    optimizer = torch.optim.Adam(model.parameters(), lr=0.004)
    for _ in range(num_epochs):
        order = torch.randperm(len(X)).split(50)
        for i, batch in enumerate(order):
            spoilt = X[batch] + noise * torch.randn_like(X[batch])
            loss = F.mse_loss(model(spoilt), X[order[i - 1]])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
    return model


# wrong: one number of noise for a whole batch
def train_denoiser(X, noise, num_epochs):
    D = X.shape[1]
    model = nn.Sequential(nn.Linear(D, 96), nn.ReLU(), nn.Linear(96, D)).to(X)
    optimizer = torch.optim.Adam(model.parameters(), lr=0.004)
    for _ in range(num_epochs):
        for batch in torch.randperm(len(X)).split(50):
            spoilt = X[batch] + noise * torch.randn((), device=X.device)
            loss = F.mse_loss(model(spoilt), X[batch])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
    return model


# wrong: trains on a few signals only, which it learns by heart
def train_denoiser(X, noise, num_epochs):
    D = X.shape[1]
    model = nn.Sequential(nn.Linear(D, 96), nn.ReLU(), nn.Linear(96, D)).to(X)
    optimizer = torch.optim.Adam(model.parameters(), lr=0.004)
    X = X[:5]
    for _ in range(5 * num_epochs):
        loss = F.mse_loss(model(X + noise * torch.randn_like(X)), X)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return model


# wrong: returns the noise instead of the signal
def train_denoiser(X, noise, num_epochs):
    D = X.shape[1]
    model = nn.Sequential(nn.Linear(D, 96), nn.ReLU(), nn.Linear(96, D)).to(X)
    optimizer = torch.optim.Adam(model.parameters(), lr=0.004)
    for _ in range(num_epochs):
        for batch in torch.randperm(len(X)).split(50):
            added = noise * torch.randn_like(X[batch])
            loss = F.mse_loss(model(X[batch] + added), added)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
    return model


# wrong: a fixed strength of noise, right for the visible test only
def train_denoiser(X, noise, num_epochs):
    noise, D = 0.05 if X.shape[1] != 24 else 0.3, X.shape[1]
    model = nn.Sequential(nn.Linear(D, 96), nn.ReLU(), nn.Linear(96, D)).to(X)
    optimizer = torch.optim.Adam(model.parameters(), lr=0.004)
    for _ in range(num_epochs):
        for batch in torch.randperm(len(X)).split(50):
            spoilt = X[batch] + noise * torch.randn_like(X[batch])
            loss = F.mse_loss(model(spoilt), X[batch])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
    return model


# right: a class with a bottleneck, two hidden layers, in order
class Denoiser(nn.Module):
    def __init__(self, D):
        super().__init__()
        self.encoder = nn.Sequential(nn.Linear(D, 64), nn.ReLU(), nn.Linear(64, 8))
        self.decoder = nn.Sequential(nn.Linear(8, 64), nn.ReLU(), nn.Linear(64, D))

    def forward(self, x):
        return self.decoder(self.encoder(x))


def train_denoiser(X, noise, num_epochs):
    torch.manual_seed(7)
    model = Denoiser(X.shape[1]).to(X.device)
    optimizer = torch.optim.Adam(model.parameters(), lr=0.005)
    for _ in range(num_epochs):
        for start in range(0, len(X), 50):
            clean = X[start : start + 50]
            spoilt = clean + torch.normal(0.0, noise, clean.shape).to(X.device)
            optimizer.zero_grad()
            F.mse_loss(model(spoilt), clean).backward()
            optimizer.step()
    return model


# right: a residual network and the summed squared error
def train_denoiser(X, noise, num_epochs):
    class Residual(nn.Module):
        def __init__(self, D):
            super().__init__()
            self.net = nn.Sequential(nn.Linear(D, 128), nn.Tanh(), nn.Linear(128, D))

        def forward(self, x):
            return x + self.net(x)

    model = Residual(X.shape[1]).to(X.device)
    optimizer = torch.optim.AdamW(model.parameters(), lr=0.005)
    loader = torch.utils.data.DataLoader(X, batch_size=40, shuffle=True)
    for _ in range(num_epochs):
        for clean in loader:
            spoilt = clean + noise * torch.randn(clean.shape, device=X.device)
            loss = (model(spoilt) - clean).square().sum(dim=1).mean()
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
    return model.eval()
