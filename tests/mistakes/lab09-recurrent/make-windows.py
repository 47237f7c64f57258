# wrong: the last window is lost
def make_windows(series, length, share):
    rows = torch.stack([series[i : i + length] for i in range(len(series) - length - 1)])
    y = series[length : len(series) - 1, None]
    cut = int(share * len(rows))
    X = rows[..., None]
    return X[:cut], y[:cut], X[cut:], y[cut:]


# wrong: the label is the window's last value
def make_windows(series, length, share):
    rows = series.unfold(0, length, 1)[:-1]
    X, y = rows[..., None], rows[:, -1:]
    cut = int(share * len(rows))
    return X[:cut], y[:cut], X[cut:], y[cut:]


# wrong: no feature dimension
def make_windows(series, length, share):
    rows = series.unfold(0, length + 1, 1)
    X, y = rows[:, :-1], rows[:, -1:]
    cut = int(share * len(rows))
    return X[:cut], y[:cut], X[cut:], y[cut:]


# wrong: labels of shape (N,)
def make_windows(series, length, share):
    rows = series.unfold(0, length + 1, 1)
    X, y = rows[:, :-1, None], rows[:, -1]
    cut = int(share * len(rows))
    return X[:cut], y[:cut], X[cut:], y[cut:]


# wrong: shuffled before the split
def make_windows(series, length, share):
    rows = series.unfold(0, length + 1, 1)
    rows = rows[torch.randperm(len(rows))]
    X, y = rows[:, :-1, None], rows[:, -1:]
    cut = int(share * len(rows))
    return X[:cut], y[:cut], X[cut:], y[cut:]


# wrong: windows that do not overlap
def make_windows(series, length, share):
    rows = series.unfold(0, length + 1, length)
    X, y = rows[:, :-1, None], rows[:, -1:]
    cut = int(share * len(rows))
    return X[:cut], y[:cut], X[cut:], y[cut:]


# wrong: splits the series, and loses the windows across the split
def make_windows(series, length, share):
    cut = int(share * (len(series) - length)) + length
    parts = []
    for part in (series[:cut], series[cut:]):
        count = max(len(part) - length, 0)
        X = [part[i : i + length, None] for i in range(count)]
        parts.append(torch.stack(X) if X else part.new_zeros(0, length, 1))
        parts.append(part[length:, None] if count else part.new_zeros(0, 1))
    return tuple(parts)


# wrong: the share of the steps, not of the windows
def make_windows(series, length, share):
    rows = series.unfold(0, length + 1, 1)
    X, y = rows[:, :-1, None], rows[:, -1:]
    cut = int(share * len(series))
    return X[:cut], y[:cut], X[cut:], y[cut:]


# wrong: training and test change places at the end
def make_windows(series, length, share):
    rows = series.unfold(0, length + 1, 1)
    X, y = rows[:, :-1, None], rows[:, -1:]
    cut = int(share * len(rows))
    return X[:cut], X[cut:], y[:cut], y[cut:]


# wrong: rounds the number of windows for training
def make_windows(series, length, share):
    rows = series.unfold(0, length + 1, 1)
    X, y = rows[:, :-1, None], rows[:, -1:]
    cut = math.ceil(share * len(rows))
    return X[:cut], y[:cut], X[cut:], y[cut:]


# right: a loop
def make_windows(series, length, share):
    X, y = [], []
    for start in range(len(series) - length):
        X.append(series[start : start + length].reshape(length, 1))
        y.append(series[start + length].reshape(1))
    X, y = torch.stack(X), torch.stack(y)
    cut = int(share * len(X))
    return X[:cut], y[:cut], X[cut:], y[cut:]


# right: an index matrix
def make_windows(series, length, share):
    count = series.shape[0] - length
    places = torch.arange(count, device=series.device)[:, None] + torch.arange(
        length, device=series.device
    )
    X, y = series[places].unsqueeze(-1), series[length:].unsqueeze(-1)
    train = int(count * share)
    return (*(a[:train] for a in (X, y)), *(a[train:] for a in (X, y)))
