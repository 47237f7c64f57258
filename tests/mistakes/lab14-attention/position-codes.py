# wrong: all sines, then all cosines
def position_codes(num_positions: int, width: int) -> torch.Tensor:
    """Make sinusoidal position codes. Returns: (num_positions, width), float32."""
    position = torch.arange(num_positions)[:, None]  # (T, 1)
    speed = 10_000 ** (-torch.arange(0, width, 2) / width)  # (D/2,)
    angle = position * speed  # (T, D/2)
    return torch.cat([angle.sin(), angle.cos()], dim=1)  # (T, D)


def add_positions(x: torch.Tensor) -> torch.Tensor:
    """Add position codes. x: (B, T, D), float. Returns: (B, T, D)."""
    return x + position_codes(*x.shape[1:]).to(x)


# wrong: cosine before sine
def position_codes(num_positions: int, width: int) -> torch.Tensor:
    """Make sinusoidal position codes. Returns: (num_positions, width), float32."""
    position = torch.arange(num_positions)[:, None]  # (T, 1)
    speed = 10_000 ** (-torch.arange(0, width, 2) / width)  # (D/2,)
    angle = position * speed  # (T, D/2)
    return torch.stack([angle.cos(), angle.sin()], dim=2).flatten(1)  # (T, D)


def add_positions(x: torch.Tensor) -> torch.Tensor:
    """Add position codes. x: (B, T, D), float. Returns: (B, T, D)."""
    return x + position_codes(*x.shape[1:]).to(x)


# wrong: a speed for each column instead of each pair
def position_codes(num_positions: int, width: int) -> torch.Tensor:
    """Make sinusoidal position codes. Returns: (num_positions, width), float32."""
    position = torch.arange(num_positions)[:, None]  # (T, 1)
    speed = 10_000 ** (-torch.arange(width) / width)  # (D/2,)
    angle = position * speed  # (T, D/2)
    return torch.where(torch.arange(width) % 2 == 0, angle.sin(), angle.cos())  # (T, D)


def add_positions(x: torch.Tensor) -> torch.Tensor:
    """Add position codes. x: (B, T, D), float. Returns: (B, T, D)."""
    return x + position_codes(*x.shape[1:]).to(x)


# wrong: half the exponent
def position_codes(num_positions: int, width: int) -> torch.Tensor:
    """Make sinusoidal position codes. Returns: (num_positions, width), float32."""
    position = torch.arange(num_positions)[:, None]  # (T, 1)
    speed = 10_000 ** (-torch.arange(width // 2) / width)  # (D/2,)
    angle = position * speed  # (T, D/2)
    return torch.stack([angle.sin(), angle.cos()], dim=2).flatten(1)  # (T, D)


def add_positions(x: torch.Tensor) -> torch.Tensor:
    """Add position codes. x: (B, T, D), float. Returns: (B, T, D)."""
    return x + position_codes(*x.shape[1:]).to(x)


# wrong: positions from 1
def position_codes(num_positions: int, width: int) -> torch.Tensor:
    """Make sinusoidal position codes. Returns: (num_positions, width), float32."""
    position = torch.arange(1, num_positions + 1)[:, None]  # (T, 1)
    speed = 10_000 ** (-torch.arange(0, width, 2) / width)  # (D/2,)
    angle = position * speed  # (T, D/2)
    return torch.stack([angle.sin(), angle.cos()], dim=2).flatten(1)  # (T, D)


def add_positions(x: torch.Tensor) -> torch.Tensor:
    """Add position codes. x: (B, T, D), float. Returns: (B, T, D)."""
    return x + position_codes(*x.shape[1:]).to(x)


# wrong: base 1000
def position_codes(num_positions: int, width: int) -> torch.Tensor:
    """Make sinusoidal position codes. Returns: (num_positions, width), float32."""
    position = torch.arange(num_positions)[:, None]  # (T, 1)
    speed = 1_000 ** (-torch.arange(0, width, 2) / width)  # (D/2,)
    angle = position * speed  # (T, D/2)
    return torch.stack([angle.sin(), angle.cos()], dim=2).flatten(1)  # (T, D)


def add_positions(x: torch.Tensor) -> torch.Tensor:
    """Add position codes. x: (B, T, D), float. Returns: (B, T, D)."""
    return x + position_codes(*x.shape[1:]).to(x)


# wrong: the exponent's sign
def position_codes(num_positions: int, width: int) -> torch.Tensor:
    """Make sinusoidal position codes. Returns: (num_positions, width), float32."""
    position = torch.arange(num_positions)[:, None]  # (T, 1)
    speed = 10_000 ** (torch.arange(0, width, 2) / width)  # (D/2,)
    angle = position * speed  # (T, D/2)
    return torch.stack([angle.sin(), angle.cos()], dim=2).flatten(1)  # (T, D)


def add_positions(x: torch.Tensor) -> torch.Tensor:
    """Add position codes. x: (B, T, D), float. Returns: (B, T, D)."""
    return x + position_codes(*x.shape[1:]).to(x)


# wrong: loops over positions
def position_codes(num_positions, width):
    table = torch.empty(num_positions, width)
    for t in range(num_positions):
        angle = t * 10_000 ** (-torch.arange(0, width, 2) / width)
        table[t, 0::2], table[t, 1::2] = angle.sin(), angle.cos()
    return table


def add_positions(x):
    return x + position_codes(*x.shape[1:]).to(x)


# wrong: a comprehension
def position_codes(num_positions, width):
    return torch.tensor(
        [
            [
                (math.cos if c % 2 else math.sin)(t / 10_000 ** ((c - c % 2) / width))
                for c in range(width)
            ]
            for t in range(num_positions)
        ]
    )


def add_positions(x):
    return x + position_codes(*x.shape[1:]).to(x)


# wrong: a while loop over the pairs
def position_codes(num_positions, width):
    table, i = torch.empty(num_positions, width), 0
    position = torch.arange(num_positions)
    while i < width:
        angle = position / 10_000 ** (i / width)
        table[:, i], table[:, i + 1] = angle.sin(), angle.cos()
        i += 2
    return table


def add_positions(x):
    return x + position_codes(*x.shape[1:]).to(x)


# wrong: multiplies by the codes
def position_codes(num_positions: int, width: int) -> torch.Tensor:
    """Make sinusoidal position codes. Returns: (num_positions, width), float32."""
    position = torch.arange(num_positions)[:, None]  # (T, 1)
    speed = 10_000 ** (-torch.arange(0, width, 2) / width)  # (D/2,)
    angle = position * speed  # (T, D/2)
    return torch.stack([angle.sin(), angle.cos()], dim=2).flatten(1)  # (T, D)


def add_positions(x: torch.Tensor) -> torch.Tensor:
    """Add position codes. x: (B, T, D), float. Returns: (B, T, D)."""
    return x * position_codes(*x.shape[1:]).to(x)


# wrong: adds in place
def position_codes(num_positions: int, width: int) -> torch.Tensor:
    """Make sinusoidal position codes. Returns: (num_positions, width), float32."""
    position = torch.arange(num_positions)[:, None]  # (T, 1)
    speed = 10_000 ** (-torch.arange(0, width, 2) / width)  # (D/2,)
    angle = position * speed  # (T, D/2)
    return torch.stack([angle.sin(), angle.cos()], dim=2).flatten(1)  # (T, D)


def add_positions(x: torch.Tensor) -> torch.Tensor:
    """Add position codes. x: (B, T, D), float. Returns: (B, T, D)."""
    x.data += position_codes(*x.shape[1:]).to(x)
    return x


# wrong: counts the batch instead of the positions
def position_codes(num_positions: int, width: int) -> torch.Tensor:
    """Make sinusoidal position codes. Returns: (num_positions, width), float32."""
    position = torch.arange(num_positions)[:, None]  # (T, 1)
    speed = 10_000 ** (-torch.arange(0, width, 2) / width)  # (D/2,)
    angle = position * speed  # (T, D/2)
    return torch.stack([angle.sin(), angle.cos()], dim=2).flatten(1)  # (T, D)


def add_positions(x: torch.Tensor) -> torch.Tensor:
    """Add position codes. x: (B, T, D), float. Returns: (B, T, D)."""
    return x + position_codes(x.shape[0], x.shape[2]).to(x)


# wrong: stays on the CPU
def position_codes(num_positions: int, width: int) -> torch.Tensor:
    """Make sinusoidal position codes. Returns: (num_positions, width), float32."""
    position = torch.arange(num_positions)[:, None]  # (T, 1)
    speed = 10_000 ** (-torch.arange(0, width, 2) / width)  # (D/2,)
    angle = position * speed  # (T, D/2)
    return torch.stack([angle.sin(), angle.cos()], dim=2).flatten(1)  # (T, D)


def add_positions(x: torch.Tensor) -> torch.Tensor:
    """Add position codes. x: (B, T, D), float. Returns: (B, T, D)."""
    return x + position_codes(*x.shape[1:]).to(x.dtype)


# wrong: does not keep float64 apart from float32
def position_codes(num_positions: int, width: int) -> torch.Tensor:
    """Make sinusoidal position codes. Returns: (num_positions, width), float32."""
    position = torch.arange(num_positions)[:, None]  # (T, 1)
    speed = 10_000 ** (-torch.arange(0, width, 2) / width)  # (D/2,)
    angle = position * speed  # (T, D/2)
    return torch.stack([angle.sin(), angle.cos()], dim=2).flatten(1)  # (T, D)


def add_positions(x: torch.Tensor) -> torch.Tensor:
    """Add position codes. x: (B, T, D), float. Returns: (B, T, D)."""
    return x.float() + position_codes(*x.shape[1:]).to(x.device)


# wrong: float64 codes
def position_codes(num_positions: int, width: int) -> torch.Tensor:
    """Make sinusoidal position codes. Returns: (num_positions, width), float32."""
    position = torch.arange(num_positions)[:, None]  # (T, 1)
    speed = 10_000 ** (-torch.arange(0, width, 2) / width)  # (D/2,)
    angle = position * speed  # (T, D/2)
    return torch.stack([angle.sin(), angle.cos()], dim=2).flatten(1).double()  # (T, D)


def add_positions(x: torch.Tensor) -> torch.Tensor:
    """Add position codes. x: (B, T, D), float. Returns: (B, T, D)."""
    return x + position_codes(*x.shape[1:]).to(x)


# right: fills even and odd columns
def position_codes(num_positions, width):
    table = torch.zeros(num_positions, width)
    position = torch.arange(num_positions, dtype=torch.float32).unsqueeze(1)
    speed = torch.exp(torch.arange(0, width, 2) * (-math.log(10000.0) / width))
    table[:, 0::2] = torch.sin(position * speed)
    table[:, 1::2] = torch.cos(position * speed)
    return table


def add_positions(x):
    codes = position_codes(x.shape[1], x.shape[2])
    return x + codes.to(device=x.device, dtype=x.dtype)[None]


# right: cosine as a shifted sine, in float64
def position_codes(num_positions, width):
    column = torch.arange(width, dtype=torch.float64)
    speed = torch.pow(10_000.0, -2 * (column // 2) / width)
    shift = (column % 2) * math.pi / 2
    position = torch.arange(num_positions, dtype=torch.float64)
    return torch.sin(torch.outer(position, speed) + shift).float()


def add_positions(x):
    return position_codes(x.size(1), x.size(2)).to(x.device, x.dtype) + x


# right: complex numbers on the unit circle
def position_codes(num_positions, width):
    speed = 10_000.0 ** (-torch.linspace(0, width - 2, width // 2).double() / width)
    angle = torch.arange(num_positions)[:, None] * speed
    turned = torch.polar(torch.ones_like(angle), angle)
    pairs = torch.view_as_real(turned).flip(2)
    return pairs.reshape(num_positions, width).to(torch.float32)


def add_positions(x):
    return torch.add(x, position_codes(*x.shape[-2:]).to(x))
