# wrong: batch and time exchanged
class SineRNN(nn.Module):
    def __init__(self, num_hidden=50):
        super().__init__()
        self.rnn = nn.RNN(1, num_hidden)
        self.head = nn.Linear(num_hidden, 1)

    def forward(self, X):
        out, _ = self.rnn(X)
        return self.head(out[:, -1])


def fit_sine(X, y, num_epochs=200):
    model, losses = SineRNN().to(X.device), []
    optimizer = torch.optim.Adam(model.parameters(), lr=0.005)
    for _ in range(num_epochs):
        loss = F.mse_loss(model(X), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return model, losses


# wrong: the first state instead of the last
class SineRNN(nn.Module):
    def __init__(self, num_hidden=50):
        super().__init__()
        self.rnn = nn.RNN(1, num_hidden, batch_first=True)
        self.head = nn.Linear(num_hidden, 1)

    def forward(self, X):
        out, _ = self.rnn(X)
        return self.head(out[:, 0])


def fit_sine(X, y, num_epochs=200):
    model, losses = SineRNN().to(X.device), []
    optimizer = torch.optim.Adam(model.parameters(), lr=0.005)
    for _ in range(num_epochs):
        loss = F.mse_loss(model(X), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return model, losses


# wrong: an answer for each step
class SineRNN(nn.Module):
    def __init__(self, num_hidden=50):
        super().__init__()
        self.rnn = nn.RNN(1, num_hidden, batch_first=True)
        self.head = nn.Linear(num_hidden, 1)

    def forward(self, X):
        out, _ = self.rnn(X)
        return self.head(out)


def fit_sine(X, y, num_epochs=200):
    model, losses = SineRNN().to(X.device), []
    optimizer = torch.optim.Adam(model.parameters(), lr=0.005)
    for _ in range(num_epochs):
        loss = F.mse_loss(model(X), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return model, losses


# wrong: the mean of all states
class SineRNN(nn.Module):
    def __init__(self, num_hidden=50):
        super().__init__()
        self.rnn = nn.RNN(1, num_hidden, batch_first=True)
        self.head = nn.Linear(num_hidden, 1)

    def forward(self, X):
        out, _ = self.rnn(X)
        return self.head(out.mean(dim=1))


def fit_sine(X, y, num_epochs=200):
    model, losses = SineRNN().to(X.device), []
    optimizer = torch.optim.Adam(model.parameters(), lr=0.005)
    for _ in range(num_epochs):
        loss = F.mse_loss(model(X), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return model, losses


# wrong: returns shape (B,)
class SineRNN(nn.Module):
    def __init__(self, num_hidden=50):
        super().__init__()
        self.rnn = nn.RNN(1, num_hidden, batch_first=True)
        self.head = nn.Linear(num_hidden, 1)

    def forward(self, X):
        out, _ = self.rnn(X)
        return self.head(out[:, -1])[:, 0]


def fit_sine(X, y, num_epochs=200):
    model, losses = SineRNN().to(X.device), []
    optimizer = torch.optim.Adam(model.parameters(), lr=0.005)
    for _ in range(num_epochs):
        loss = F.mse_loss(model(X), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return model, losses


# wrong: ReLU instead of tanh
class SineRNN(nn.Module):
    def __init__(self, num_hidden=50):
        super().__init__()
        self.rnn = nn.RNN(1, num_hidden, nonlinearity='relu', batch_first=True)
        self.head = nn.Linear(num_hidden, 1)

    def forward(self, X):
        out, _ = self.rnn(X)
        return self.head(out[:, -1])


def fit_sine(X, y, num_epochs=200):
    model, losses = SineRNN().to(X.device), []
    optimizer = torch.optim.Adam(model.parameters(), lr=0.005)
    for _ in range(num_epochs):
        loss = F.mse_loss(model(X), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return model, losses


# wrong: an LSTM
class SineRNN(nn.Module):
    def __init__(self, num_hidden=50):
        super().__init__()
        self.rnn = nn.LSTM(1, num_hidden, batch_first=True)
        self.head = nn.Linear(num_hidden, 1)

    def forward(self, X):
        out, _ = self.rnn(X)
        return self.head(out[:, -1])


def fit_sine(X, y, num_epochs=200):
    model, losses = SineRNN().to(X.device), []
    optimizer = torch.optim.Adam(model.parameters(), lr=0.005)
    for _ in range(num_epochs):
        loss = F.mse_loss(model(X), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return model, losses


# wrong: one bias only
class SineRNN(nn.Module):
    def __init__(self, num_hidden=50):
        super().__init__()
        self.rnn = nn.RNN(1, num_hidden, batch_first=True, bias=False)
        self.head = nn.Linear(num_hidden, 1)

    def forward(self, X):
        out, _ = self.rnn(X)
        return self.head(out[:, -1])


def fit_sine(X, y, num_epochs=200):
    model, losses = SineRNN().to(X.device), []
    optimizer = torch.optim.Adam(model.parameters(), lr=0.005)
    for _ in range(num_epochs):
        loss = F.mse_loss(model(X), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return model, losses


# wrong: tanh around the answer, too
class SineRNN(nn.Module):
    def __init__(self, num_hidden=50):
        super().__init__()
        self.rnn = nn.RNN(1, num_hidden, batch_first=True)
        self.head = nn.Linear(num_hidden, 1)

    def forward(self, X):
        out, _ = self.rnn(X)
        return torch.tanh(self.head(out[:, -1]))


def fit_sine(X, y, num_epochs=200):
    model, losses = SineRNN().to(X.device), []
    optimizer = torch.optim.Adam(model.parameters(), lr=0.005)
    for _ in range(num_epochs):
        loss = F.mse_loss(model(X), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return model, losses


# wrong: the optimiser has only the last layer
class SineRNN(nn.Module):
    def __init__(self, num_hidden=50):
        super().__init__()
        self.rnn = nn.RNN(1, num_hidden, batch_first=True)
        self.head = nn.Linear(num_hidden, 1)

    def forward(self, X):
        out, _ = self.rnn(X)
        return self.head(out[:, -1])


def fit_sine(X, y, num_epochs=200):
    model, losses = SineRNN().to(X.device), []
    optimizer = torch.optim.Adam(model.head.parameters(), lr=0.005)
    for _ in range(num_epochs):
        loss = F.mse_loss(model(X), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return model, losses


# wrong: no zero_grad and a large learning rate
class SineRNN(nn.Module):
    def __init__(self, num_hidden=50):
        super().__init__()
        self.rnn = nn.RNN(1, num_hidden, batch_first=True)
        self.head = nn.Linear(num_hidden, 1)

    def forward(self, X):
        out, _ = self.rnn(X)
        return self.head(out[:, -1])


def fit_sine(X, y, num_epochs=200):
    model, losses = SineRNN().to(X.device), []
    optimizer = torch.optim.Adam(model.parameters(), lr=0.05)
    for _ in range(num_epochs):
        loss = F.mse_loss(model(X), y)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return model, losses


# wrong: never steps
class SineRNN(nn.Module):
    def __init__(self, num_hidden=50):
        super().__init__()
        self.rnn = nn.RNN(1, num_hidden, batch_first=True)
        self.head = nn.Linear(num_hidden, 1)

    def forward(self, X):
        out, _ = self.rnn(X)
        return self.head(out[:, -1])


def fit_sine(X, y, num_epochs=200):
    model, losses = SineRNN().to(X.device), []
    optimizer = torch.optim.Adam(model.parameters(), lr=0.005)
    for _ in range(num_epochs):
        loss = F.mse_loss(model(X), y)
        optimizer.zero_grad()
        loss.backward()
        losses.append(loss.item())
    return model, losses


# wrong: labels that broadcast
class SineRNN(nn.Module):
    def __init__(self, num_hidden=50):
        super().__init__()
        self.rnn = nn.RNN(1, num_hidden, batch_first=True)
        self.head = nn.Linear(num_hidden, 1)

    def forward(self, X):
        out, _ = self.rnn(X)
        return self.head(out[:, -1])


def fit_sine(X, y, num_epochs=200):
    model, losses = SineRNN().to(X.device), []
    optimizer = torch.optim.Adam(model.parameters(), lr=0.005)
    for _ in range(num_epochs):
        loss = (model(X) - y[:, 0]).square().mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return model, losses


# wrong: a learning rate that is far too small
class SineRNN(nn.Module):
    def __init__(self, num_hidden=50):
        super().__init__()
        self.rnn = nn.RNN(1, num_hidden, batch_first=True)
        self.head = nn.Linear(num_hidden, 1)

    def forward(self, X):
        out, _ = self.rnn(X)
        return self.head(out[:, -1])


def fit_sine(X, y, num_epochs=200):
    model, losses = SineRNN().to(X.device), []
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-5)
    for _ in range(num_epochs):
        loss = F.mse_loss(model(X), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return model, losses


# wrong: losses as tensors
class SineRNN(nn.Module):
    def __init__(self, num_hidden=50):
        super().__init__()
        self.rnn = nn.RNN(1, num_hidden, batch_first=True)
        self.head = nn.Linear(num_hidden, 1)

    def forward(self, X):
        out, _ = self.rnn(X)
        return self.head(out[:, -1])


def fit_sine(X, y, num_epochs=200):
    model, losses = SineRNN().to(X.device), []
    optimizer = torch.optim.Adam(model.parameters(), lr=0.005)
    for _ in range(num_epochs):
        loss = F.mse_loss(model(X), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.detach())
    return model, losses


# wrong: only the last loss
class SineRNN(nn.Module):
    def __init__(self, num_hidden=50):
        super().__init__()
        self.rnn = nn.RNN(1, num_hidden, batch_first=True)
        self.head = nn.Linear(num_hidden, 1)

    def forward(self, X):
        out, _ = self.rnn(X)
        return self.head(out[:, -1])


def fit_sine(X, y, num_epochs=200):
    model, losses = SineRNN().to(X.device), []
    optimizer = torch.optim.Adam(model.parameters(), lr=0.005)
    for _ in range(num_epochs):
        loss = F.mse_loss(model(X), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return model, losses[-1:]


# wrong: a random start in each call
class SineRNN(nn.Module):
    def __init__(self, num_hidden=50):
        super().__init__()
        self.rnn = nn.RNN(1, num_hidden, batch_first=True)
        self.head = nn.Linear(num_hidden, 1)

    def forward(self, X):
        out, _ = self.rnn(X, torch.randn(1, len(X), 50).to(X))
        return self.head(out[:, -1])


def fit_sine(X, y, num_epochs=200):
    model, losses = SineRNN().to(X.device), []
    optimizer = torch.optim.Adam(model.parameters(), lr=0.005)
    for _ in range(num_epochs):
        loss = F.mse_loss(model(X), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return model, losses


# right: h_n instead of the last output, another learning rate
class SineRNN(nn.Module):
    def __init__(self, num_hidden=50):
        super().__init__()
        self.rnn = nn.RNN(1, num_hidden)
        self.head = nn.Linear(num_hidden, 1)

    def forward(self, X):
        _, h_n = self.rnn(X.transpose(0, 1))
        return self.head(h_n.squeeze(0))


def fit_sine(X, y, num_epochs=200):
    model, losses = SineRNN().to(X.device), []
    optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
    for _ in range(num_epochs):
        loss = F.mse_loss(model(X), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return model, losses


# right: a loop over a cell, AdamW, a seed of its own
class SineRNN(nn.Module):
    def __init__(self, num_hidden=50):
        super().__init__()
        self.cell = nn.RNNCell(1, num_hidden)
        self.out = nn.Linear(num_hidden, 1)

    def forward(self, X):
        h = X.new_zeros(X.shape[0], self.out.in_features)
        for t in range(X.shape[1]):
            h = self.cell(X[:, t], h)
        return self.out(h)


def fit_sine(X, y, num_epochs=200):
    torch.manual_seed(4)
    model = SineRNN().to(X)
    criterion, losses = nn.MSELoss(), []
    optimizer = torch.optim.AdamW(model.parameters(), lr=4e-3, weight_decay=1e-4)
    for epoch in range(num_epochs):
        optimizer.zero_grad(set_to_none=True)
        loss = criterion(model(X), y)
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        losses.append(float(loss.detach()))
    return model, losses
