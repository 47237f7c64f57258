# wrong: batch_first is forgotten
class WaveEncoder(nn.Module):
    """One encoder layer and a mean over time: (B, 40, 1) to (B, 1)."""

    def __init__(self, hidden: int, codes: torch.Tensor | None = None) -> None:
        super().__init__()
        self.lift, self.head = nn.Linear(1, hidden), nn.Linear(hidden, 1)
        self.register_buffer("codes", codes)
        self.layer = nn.TransformerEncoderLayer(hidden, 1, hidden, 0)

    def forward(self, X: torch.Tensor) -> torch.Tensor:
        x = self.lift(X) if self.codes is None else self.lift(X) + self.codes
        return self.head(self.layer(x).mean(dim=1))  # (B, 1)


def train_wave(codes: torch.Tensor | None, seed: int) -> tuple[nn.Module, float]:
    """Train an encoder on the noisy sine. Returns: the model and its test loss."""
    torch.manual_seed(seed)
    X, y, X_test, y_test = noisy_waves()
    model = WaveEncoder(32, codes).to(device)
    optimizer = torch.optim.Adam(model.parameters(), lr=0.005, fused=True)
    for batch in torch.randint(len(X), (120, 32), device=device):
        loss = F.mse_loss(model(X[batch]), y[batch])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return model, F.mse_loss(model(X_test), y_test).item()


# wrong: never adds the codes
class WaveEncoder(nn.Module):
    """One encoder layer and a mean over time: (B, 40, 1) to (B, 1)."""

    def __init__(self, hidden: int, codes: torch.Tensor | None = None) -> None:
        super().__init__()
        self.lift, self.head = nn.Linear(1, hidden), nn.Linear(hidden, 1)
        self.register_buffer("codes", codes)
        self.layer = nn.TransformerEncoderLayer(hidden, 1, hidden, 0, batch_first=True)

    def forward(self, X: torch.Tensor) -> torch.Tensor:
        x = self.lift(X) if self.codes is None else self.lift(X)
        return self.head(self.layer(x).mean(dim=1))  # (B, 1)


def train_wave(codes: torch.Tensor | None, seed: int) -> tuple[nn.Module, float]:
    """Train an encoder on the noisy sine. Returns: the model and its test loss."""
    torch.manual_seed(seed)
    X, y, X_test, y_test = noisy_waves()
    model = WaveEncoder(32, codes).to(device)
    optimizer = torch.optim.Adam(model.parameters(), lr=0.005, fused=True)
    for batch in torch.randint(len(X), (120, 32), device=device):
        loss = F.mse_loss(model(X[batch]), y[batch])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return model, F.mse_loss(model(X_test), y_test).item()


# wrong: adds the codes after the layer
class WaveEncoder(nn.Module):
    """One encoder layer and a mean over time: (B, 40, 1) to (B, 1)."""

    def __init__(self, hidden: int, codes: torch.Tensor | None = None) -> None:
        super().__init__()
        self.lift, self.head = nn.Linear(1, hidden), nn.Linear(hidden, 1)
        self.register_buffer("codes", codes)
        self.layer = nn.TransformerEncoderLayer(hidden, 1, hidden, 0, batch_first=True)

    def forward(self, X: torch.Tensor) -> torch.Tensor:
        x = self.lift(X)
        return self.head((self.layer(x) + (0 if self.codes is None else self.codes)).mean(dim=1))  # (B, 1)


def train_wave(codes: torch.Tensor | None, seed: int) -> tuple[nn.Module, float]:
    """Train an encoder on the noisy sine. Returns: the model and its test loss."""
    torch.manual_seed(seed)
    X, y, X_test, y_test = noisy_waves()
    model = WaveEncoder(32, codes).to(device)
    optimizer = torch.optim.Adam(model.parameters(), lr=0.005, fused=True)
    for batch in torch.randint(len(X), (120, 32), device=device):
        loss = F.mse_loss(model(X[batch]), y[batch])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return model, F.mse_loss(model(X_test), y_test).item()


# wrong: takes the last position instead of the mean
class WaveEncoder(nn.Module):
    """One encoder layer and a mean over time: (B, 40, 1) to (B, 1)."""

    def __init__(self, hidden: int, codes: torch.Tensor | None = None) -> None:
        super().__init__()
        self.lift, self.head = nn.Linear(1, hidden), nn.Linear(hidden, 1)
        self.register_buffer("codes", codes)
        self.layer = nn.TransformerEncoderLayer(hidden, 1, hidden, 0, batch_first=True)

    def forward(self, X: torch.Tensor) -> torch.Tensor:
        x = self.lift(X) if self.codes is None else self.lift(X) + self.codes
        return self.head(self.layer(x)[:, -1])  # (B, 1)


def train_wave(codes: torch.Tensor | None, seed: int) -> tuple[nn.Module, float]:
    """Train an encoder on the noisy sine. Returns: the model and its test loss."""
    torch.manual_seed(seed)
    X, y, X_test, y_test = noisy_waves()
    model = WaveEncoder(32, codes).to(device)
    optimizer = torch.optim.Adam(model.parameters(), lr=0.005, fused=True)
    for batch in torch.randint(len(X), (120, 32), device=device):
        loss = F.mse_loss(model(X[batch]), y[batch])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return model, F.mse_loss(model(X_test), y_test).item()


# wrong: averages over the batch
class WaveEncoder(nn.Module):
    """One encoder layer and a mean over time: (B, 40, 1) to (B, 1)."""

    def __init__(self, hidden: int, codes: torch.Tensor | None = None) -> None:
        super().__init__()
        self.lift, self.head = nn.Linear(1, hidden), nn.Linear(hidden, 1)
        self.register_buffer("codes", codes)
        self.layer = nn.TransformerEncoderLayer(hidden, 1, hidden, 0, batch_first=True)

    def forward(self, X: torch.Tensor) -> torch.Tensor:
        x = self.lift(X) if self.codes is None else self.lift(X) + self.codes
        return self.head(self.layer(x).mean(dim=0, keepdim=True)[:, 0].expand(len(X), -1))  # (B, 1)


def train_wave(codes: torch.Tensor | None, seed: int) -> tuple[nn.Module, float]:
    """Train an encoder on the noisy sine. Returns: the model and its test loss."""
    torch.manual_seed(seed)
    X, y, X_test, y_test = noisy_waves()
    model = WaveEncoder(32, codes).to(device)
    optimizer = torch.optim.Adam(model.parameters(), lr=0.005, fused=True)
    for batch in torch.randint(len(X), (120, 32), device=device):
        loss = F.mse_loss(model(X[batch]), y[batch])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return model, F.mse_loss(model(X_test), y_test).item()


# wrong: codes are learnt
class WaveEncoder(nn.Module):
    """One encoder layer and a mean over time: (B, 40, 1) to (B, 1)."""

    def __init__(self, hidden: int, codes: torch.Tensor | None = None) -> None:
        super().__init__()
        self.lift, self.head = nn.Linear(1, hidden), nn.Linear(hidden, 1)
        self.codes = None if codes is None else nn.Parameter(codes)
        self.layer = nn.TransformerEncoderLayer(hidden, 1, hidden, 0, batch_first=True)

    def forward(self, X: torch.Tensor) -> torch.Tensor:
        x = self.lift(X) if self.codes is None else self.lift(X) + self.codes
        return self.head(self.layer(x).mean(dim=1))  # (B, 1)


def train_wave(codes: torch.Tensor | None, seed: int) -> tuple[nn.Module, float]:
    """Train an encoder on the noisy sine. Returns: the model and its test loss."""
    torch.manual_seed(seed)
    X, y, X_test, y_test = noisy_waves()
    model = WaveEncoder(32, codes).to(device)
    optimizer = torch.optim.Adam(model.parameters(), lr=0.005, fused=True)
    for batch in torch.randint(len(X), (120, 32), device=device):
        loss = F.mse_loss(model(X[batch]), y[batch])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return model, F.mse_loss(model(X_test), y_test).item()


# wrong: codes do not follow the model
class WaveEncoder(nn.Module):
    """One encoder layer and a mean over time: (B, 40, 1) to (B, 1)."""

    def __init__(self, hidden: int, codes: torch.Tensor | None = None) -> None:
        super().__init__()
        self.lift, self.head = nn.Linear(1, hidden), nn.Linear(hidden, 1)
        self.codes = codes if codes is None else codes.to(device)
        self.layer = nn.TransformerEncoderLayer(hidden, 1, hidden, 0, batch_first=True)

    def forward(self, X: torch.Tensor) -> torch.Tensor:
        x = self.lift(X) if self.codes is None else self.lift(X) + self.codes
        return self.head(self.layer(x).mean(dim=1))  # (B, 1)


def train_wave(codes: torch.Tensor | None, seed: int) -> tuple[nn.Module, float]:
    """Train an encoder on the noisy sine. Returns: the model and its test loss."""
    torch.manual_seed(seed)
    X, y, X_test, y_test = noisy_waves()
    model = WaveEncoder(32, codes).to(device)
    optimizer = torch.optim.Adam(model.parameters(), lr=0.005, fused=True)
    for batch in torch.randint(len(X), (120, 32), device=device):
        loss = F.mse_loss(model(X[batch]), y[batch])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return model, F.mse_loss(model(X_test), y_test).item()


# wrong: ten steps only
class WaveEncoder(nn.Module):
    """One encoder layer and a mean over time: (B, 40, 1) to (B, 1)."""

    def __init__(self, hidden: int, codes: torch.Tensor | None = None) -> None:
        super().__init__()
        self.lift, self.head = nn.Linear(1, hidden), nn.Linear(hidden, 1)
        self.register_buffer("codes", codes)
        self.layer = nn.TransformerEncoderLayer(hidden, 1, hidden, 0, batch_first=True)

    def forward(self, X: torch.Tensor) -> torch.Tensor:
        x = self.lift(X) if self.codes is None else self.lift(X) + self.codes
        return self.head(self.layer(x).mean(dim=1))  # (B, 1)


def train_wave(codes: torch.Tensor | None, seed: int) -> tuple[nn.Module, float]:
    """Train an encoder on the noisy sine. Returns: the model and its test loss."""
    torch.manual_seed(seed)
    X, y, X_test, y_test = noisy_waves()
    model = WaveEncoder(32, codes).to(device)
    optimizer = torch.optim.Adam(model.parameters(), lr=0.005, fused=True)
    for batch in torch.randint(len(X), (10, 32), device=device):
        loss = F.mse_loss(model(X[batch]), y[batch])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return model, F.mse_loss(model(X_test), y_test).item()


# wrong: no zero_grad and a careless rate
class WaveEncoder(nn.Module):
    """One encoder layer and a mean over time: (B, 40, 1) to (B, 1)."""

    def __init__(self, hidden: int, codes: torch.Tensor | None = None) -> None:
        super().__init__()
        self.lift, self.head = nn.Linear(1, hidden), nn.Linear(hidden, 1)
        self.register_buffer("codes", codes)
        self.layer = nn.TransformerEncoderLayer(hidden, 1, hidden, 0, batch_first=True)

    def forward(self, X: torch.Tensor) -> torch.Tensor:
        x = self.lift(X) if self.codes is None else self.lift(X) + self.codes
        return self.head(self.layer(x).mean(dim=1))  # (B, 1)


def train_wave(codes: torch.Tensor | None, seed: int) -> tuple[nn.Module, float]:
    """Train an encoder on the noisy sine. Returns: the model and its test loss."""
    torch.manual_seed(seed)
    X, y, X_test, y_test = noisy_waves()
    model = WaveEncoder(32, codes).to(device)
    optimizer = torch.optim.Adam(model.parameters(), lr=0.1, fused=True)
    for batch in torch.randint(len(X), (120, 32), device=device):
        loss = F.mse_loss(model(X[batch]), y[batch])
        loss.backward()
        optimizer.step()
    return model, F.mse_loss(model(X_test), y_test).item()


# wrong: returns the loss of the last batch
class WaveEncoder(nn.Module):
    """One encoder layer and a mean over time: (B, 40, 1) to (B, 1)."""

    def __init__(self, hidden: int, codes: torch.Tensor | None = None) -> None:
        super().__init__()
        self.lift, self.head = nn.Linear(1, hidden), nn.Linear(hidden, 1)
        self.register_buffer("codes", codes)
        self.layer = nn.TransformerEncoderLayer(hidden, 1, hidden, 0, batch_first=True)

    def forward(self, X: torch.Tensor) -> torch.Tensor:
        x = self.lift(X) if self.codes is None else self.lift(X) + self.codes
        return self.head(self.layer(x).mean(dim=1))  # (B, 1)


def train_wave(codes: torch.Tensor | None, seed: int) -> tuple[nn.Module, float]:
    """Train an encoder on the noisy sine. Returns: the model and its test loss."""
    torch.manual_seed(seed)
    X, y, X_test, y_test = noisy_waves()
    model = WaveEncoder(32, codes).to(device)
    optimizer = torch.optim.Adam(model.parameters(), lr=0.005, fused=True)
    for batch in torch.randint(len(X), (120, 32), device=device):
        loss = F.mse_loss(model(X[batch]), y[batch])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return model, loss.item()


# wrong: a tensor as loss
class WaveEncoder(nn.Module):
    """One encoder layer and a mean over time: (B, 40, 1) to (B, 1)."""

    def __init__(self, hidden: int, codes: torch.Tensor | None = None) -> None:
        super().__init__()
        self.lift, self.head = nn.Linear(1, hidden), nn.Linear(hidden, 1)
        self.register_buffer("codes", codes)
        self.layer = nn.TransformerEncoderLayer(hidden, 1, hidden, 0, batch_first=True)

    def forward(self, X: torch.Tensor) -> torch.Tensor:
        x = self.lift(X) if self.codes is None else self.lift(X) + self.codes
        return self.head(self.layer(x).mean(dim=1))  # (B, 1)


def train_wave(codes: torch.Tensor | None, seed: int) -> tuple[nn.Module, float]:
    """Train an encoder on the noisy sine. Returns: the model and its test loss."""
    torch.manual_seed(seed)
    X, y, X_test, y_test = noisy_waves()
    model = WaveEncoder(32, codes).to(device)
    optimizer = torch.optim.Adam(model.parameters(), lr=0.005, fused=True)
    for batch in torch.randint(len(X), (120, 32), device=device):
        loss = F.mse_loss(model(X[batch]), y[batch])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return model, F.mse_loss(model(X_test), y_test)


# wrong: no step is taken
class WaveEncoder(nn.Module):
    """One encoder layer and a mean over time: (B, 40, 1) to (B, 1)."""

    def __init__(self, hidden: int, codes: torch.Tensor | None = None) -> None:
        super().__init__()
        self.lift, self.head = nn.Linear(1, hidden), nn.Linear(hidden, 1)
        self.register_buffer("codes", codes)
        self.layer = nn.TransformerEncoderLayer(hidden, 1, hidden, 0, batch_first=True)

    def forward(self, X: torch.Tensor) -> torch.Tensor:
        x = self.lift(X) if self.codes is None else self.lift(X) + self.codes
        return self.head(self.layer(x).mean(dim=1))  # (B, 1)


def train_wave(codes: torch.Tensor | None, seed: int) -> tuple[nn.Module, float]:
    """Train an encoder on the noisy sine. Returns: the model and its test loss."""
    torch.manual_seed(seed)
    X, y, X_test, y_test = noisy_waves()
    model = WaveEncoder(32, codes).to(device)
    optimizer = torch.optim.Adam(model.parameters(), lr=0.005, fused=True)
    for batch in torch.randint(len(X), (120, 32), device=device):
        loss = F.mse_loss(model(X[batch]), y[batch])
        optimizer.zero_grad()
        loss.backward()
    return model, F.mse_loss(model(X_test), y_test).item()


# wrong: draws codes of its own where there should be none
class WaveEncoder(nn.Module):
    """One encoder layer and a mean over time: (B, 40, 1) to (B, 1)."""

    def __init__(self, hidden: int, codes: torch.Tensor | None = None) -> None:
        super().__init__()
        self.lift, self.head = nn.Linear(1, hidden), nn.Linear(hidden, 1)
        codes = torch.randn(40, hidden) if codes is None else codes
        self.register_buffer("codes", codes)
        self.layer = nn.TransformerEncoderLayer(hidden, 1, hidden, 0, batch_first=True)

    def forward(self, X: torch.Tensor) -> torch.Tensor:
        x = self.lift(X) if self.codes is None else self.lift(X) + self.codes
        return self.head(self.layer(x).mean(dim=1))  # (B, 1)


def train_wave(codes: torch.Tensor | None, seed: int) -> tuple[nn.Module, float]:
    """Train an encoder on the noisy sine. Returns: the model and its test loss."""
    torch.manual_seed(seed)
    X, y, X_test, y_test = noisy_waves()
    model = WaveEncoder(32, codes).to(device)
    optimizer = torch.optim.Adam(model.parameters(), lr=0.005, fused=True)
    for batch in torch.randint(len(X), (120, 32), device=device):
        loss = F.mse_loss(model(X[batch]), y[batch])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return model, F.mse_loss(model(X_test), y_test).item()


# wrong: labels of another shape, broadcast to all pairs
class WaveEncoder(nn.Module):
    """One encoder layer and a mean over time: (B, 40, 1) to (B, 1)."""

    def __init__(self, hidden: int, codes: torch.Tensor | None = None) -> None:
        super().__init__()
        self.lift, self.head = nn.Linear(1, hidden), nn.Linear(hidden, 1)
        self.register_buffer("codes", codes)
        self.layer = nn.TransformerEncoderLayer(hidden, 1, hidden, 0, batch_first=True)

    def forward(self, X: torch.Tensor) -> torch.Tensor:
        x = self.lift(X) if self.codes is None else self.lift(X) + self.codes
        return self.head(self.layer(x).mean(dim=1))  # (B, 1)


def train_wave(codes: torch.Tensor | None, seed: int) -> tuple[nn.Module, float]:
    """Train an encoder on the noisy sine. Returns: the model and its test loss."""
    torch.manual_seed(seed)
    X, y, X_test, y_test = noisy_waves()
    model = WaveEncoder(32, codes).to(device)
    optimizer = torch.optim.Adam(model.parameters(), lr=0.005, fused=True)
    for batch in torch.randint(len(X), (120, 32), device=device):
        loss = (model(X[batch]) - y[batch][:, 0]).square().mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return model, F.mse_loss(model(X_test), y_test).item()


# right: the whole set in each step, another optimiser
class WaveEncoder(nn.Module):
    """One encoder layer and a mean over time: (B, 40, 1) to (B, 1)."""

    def __init__(self, hidden: int, codes: torch.Tensor | None = None) -> None:
        super().__init__()
        self.lift, self.head = nn.Linear(1, hidden), nn.Linear(hidden, 1)
        self.register_buffer("codes", codes)
        self.layer = nn.TransformerEncoderLayer(hidden, 1, hidden, 0, batch_first=True)

    def forward(self, X: torch.Tensor) -> torch.Tensor:
        x = self.lift(X) if self.codes is None else self.lift(X) + self.codes
        return self.head(self.layer(x).mean(dim=1))  # (B, 1)


def train_wave(codes: torch.Tensor | None, seed: int) -> tuple[nn.Module, float]:
    """Train an encoder on the noisy sine. Returns: the model and its test loss."""
    torch.manual_seed(seed)
    X, y, X_test, y_test = noisy_waves()
    model = WaveEncoder(32, codes).to(device)
    optimizer = torch.optim.AdamW(model.parameters(), lr=0.005)
    for batch in 25 * [slice(0, None, 4), slice(1, None, 4), slice(2, None, 4)]:
        loss = F.mse_loss(model(X[batch]), y[batch])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return model, F.mse_loss(model(X_test), y_test).item()


# right: attention and norms put together by hand
class WaveEncoder(nn.Module):
    """One encoder layer and a mean over time: (B, 40, 1) to (B, 1)."""

    def __init__(self, hidden: int, codes: torch.Tensor | None = None) -> None:
        super().__init__()
        self.lift, self.head = nn.Linear(1, hidden), nn.Linear(hidden, 1)
        self.register_buffer("codes", codes)
        self.attend = nn.MultiheadAttention(hidden, 1, batch_first=True)
        self.norm1, self.norm2 = nn.LayerNorm(hidden), nn.LayerNorm(hidden)
        self.ff = nn.Sequential(
            nn.Linear(hidden, 64), nn.GELU(), nn.Linear(64, hidden)
        )

    def forward(self, X: torch.Tensor) -> torch.Tensor:
        x = self.lift(X) if self.codes is None else self.lift(X) + self.codes
        x = self.norm1(x + self.attend(x, x, x, need_weights=False)[0])
        x = self.norm2(x + self.ff(x))
        return self.head(x.mean(dim=1))  # (B, 1)


def train_wave(codes: torch.Tensor | None, seed: int) -> tuple[nn.Module, float]:
    """Train an encoder on the noisy sine. Returns: the model and its test loss."""
    torch.manual_seed(seed)
    X, y, X_test, y_test = noisy_waves()
    model = WaveEncoder(32, codes).to(device)
    optimizer = torch.optim.Adam(model.parameters(), lr=0.005, fused=True)
    for batch in torch.randint(len(X), (120, 32), device=device):
        loss = F.mse_loss(model(X[batch]), y[batch])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return model, F.mse_loss(model(X_test), y_test).item()


# right: zeros where there are no codes, norm first
class WaveEncoder(nn.Module):
    """One encoder layer and a mean over time: (B, 40, 1) to (B, 1)."""

    def __init__(self, hidden: int, codes: torch.Tensor | None = None) -> None:
        super().__init__()
        self.lift, self.head = nn.Linear(1, hidden), nn.Linear(hidden, 1)
        empty = torch.zeros(40, hidden)
        self.register_buffer("codes", empty if codes is None else codes)
        self.layer = nn.TransformerEncoderLayer(
            hidden, 1, 2 * hidden, 0, batch_first=True, norm_first=True
        )

    def forward(self, X: torch.Tensor) -> torch.Tensor:
        x = self.lift(X) + self.codes
        return self.head(self.layer(x).mean(dim=1))  # (B, 1)


def train_wave(codes: torch.Tensor | None, seed: int) -> tuple[nn.Module, float]:
    """Train an encoder on the noisy sine. Returns: the model and its test loss."""
    torch.manual_seed(seed)
    X, y, X_test, y_test = noisy_waves()
    model = WaveEncoder(32, codes).to(device)
    optimizer = torch.optim.Adam(model.parameters(), lr=0.005, fused=True)
    for batch in torch.randint(len(X), (120, 32), device=device):
        loss = F.mse_loss(model(X[batch]), y[batch])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return model, F.mse_loss(model(X_test), y_test).item()
