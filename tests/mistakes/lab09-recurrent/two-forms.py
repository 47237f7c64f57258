# wrong: form A in both places
def form_a(X, h0, W, U, b, phi):
    states = [h0]
    for x in X:
        states.append(phi(W @ states[-1] + U @ x + b))
    return torch.stack(states[1:])


def form_b(X, s0, W, U, b, phi):
    states = [s0]
    for x in X:
        states.append(phi(W @ states[-1] + U @ x + b))
    return torch.stack(states[1:])


def start_for_b(h0, name):
    low, high = {"tanh": (-1, 1), "relu": (0, math.inf), "sigmoid": (0, 1)}[name]
    if name == "relu":
        if (h0 < 0).any():
            raise ValueError("negative")
        return h0.clone()
    if (h0 <= low).any() or (h0 >= high).any():
        raise ValueError("out of range")
    return torch.atanh(h0) if name == "tanh" else torch.logit(h0)


# wrong: form B applies phi to the input as well
def form_a(X, h0, W, U, b, phi):
    states = [h0]
    for x in X:
        states.append(phi(W @ states[-1] + U @ x + b))
    return torch.stack(states[1:])


def form_b(X, s0, W, U, b, phi):
    states = [s0]
    for x in X:
        states.append(W @ phi(states[-1]) + U @ phi(x) + b)
    return torch.stack(states[1:])


def start_for_b(h0, name):
    low, high = {"tanh": (-1, 1), "relu": (0, math.inf), "sigmoid": (0, 1)}[name]
    if name == "relu":
        if (h0 < 0).any():
            raise ValueError("negative")
        return h0.clone()
    if (h0 <= low).any() or (h0 >= high).any():
        raise ValueError("out of range")
    return torch.atanh(h0) if name == "tanh" else torch.logit(h0)


# wrong: form B returns phi of its states
def form_a(X, h0, W, U, b, phi):
    states = [h0]
    for x in X:
        states.append(phi(W @ states[-1] + U @ x + b))
    return torch.stack(states[1:])


def form_b(X, s0, W, U, b, phi):
    states = [s0]
    for x in X:
        states.append(W @ phi(states[-1]) + U @ x + b)
    return phi(torch.stack(states[1:]))


def start_for_b(h0, name):
    low, high = {"tanh": (-1, 1), "relu": (0, math.inf), "sigmoid": (0, 1)}[name]
    if name == "relu":
        if (h0 < 0).any():
            raise ValueError("negative")
        return h0.clone()
    if (h0 <= low).any() or (h0 >= high).any():
        raise ValueError("out of range")
    return torch.atanh(h0) if name == "tanh" else torch.logit(h0)


# wrong: the start is returned as a state, too
def form_a(X, h0, W, U, b, phi):
    states = [h0]
    for x in X:
        states.append(phi(W @ states[-1] + U @ x + b))
    return torch.stack(states)


def form_b(X, s0, W, U, b, phi):
    states = [s0]
    for x in X:
        states.append(W @ phi(states[-1]) + U @ x + b)
    return torch.stack(states)


def start_for_b(h0, name):
    low, high = {"tanh": (-1, 1), "relu": (0, math.inf), "sigmoid": (0, 1)}[name]
    if name == "relu":
        if (h0 < 0).any():
            raise ValueError("negative")
        return h0.clone()
    if (h0 <= low).any() or (h0 >= high).any():
        raise ValueError("out of range")
    return torch.atanh(h0) if name == "tanh" else torch.logit(h0)


# wrong: weights from the wrong side
def form_a(X, h0, W, U, b, phi):
    states = [h0]
    for x in X:
        states.append(phi(states[-1] @ W + U @ x + b))
    return torch.stack(states[1:])


def form_b(X, s0, W, U, b, phi):
    states = [s0]
    for x in X:
        states.append(phi(states[-1]) @ W + U @ x + b)
    return torch.stack(states[1:])


def start_for_b(h0, name):
    low, high = {"tanh": (-1, 1), "relu": (0, math.inf), "sigmoid": (0, 1)}[name]
    if name == "relu":
        if (h0 < 0).any():
            raise ValueError("negative")
        return h0.clone()
    if (h0 <= low).any() or (h0 >= high).any():
        raise ValueError("out of range")
    return torch.atanh(h0) if name == "tanh" else torch.logit(h0)


# wrong: only the last state
def form_a(X, h0, W, U, b, phi):
    states = [h0]
    for x in X:
        states.append(phi(W @ states[-1] + U @ x + b))
    return states[-1]


def form_b(X, s0, W, U, b, phi):
    states = [s0]
    for x in X:
        states.append(W @ phi(states[-1]) + U @ x + b)
    return states[-1]


def start_for_b(h0, name):
    low, high = {"tanh": (-1, 1), "relu": (0, math.inf), "sigmoid": (0, 1)}[name]
    if name == "relu":
        if (h0 < 0).any():
            raise ValueError("negative")
        return h0.clone()
    if (h0 <= low).any() or (h0 >= high).any():
        raise ValueError("out of range")
    return torch.atanh(h0) if name == "tanh" else torch.logit(h0)


# wrong: the same start for both forms
def form_a(X, h0, W, U, b, phi):
    states = [h0]
    for x in X:
        states.append(phi(W @ states[-1] + U @ x + b))
    return torch.stack(states[1:])


def form_b(X, s0, W, U, b, phi):
    states = [s0]
    for x in X:
        states.append(W @ phi(states[-1]) + U @ x + b)
    return torch.stack(states[1:])


def start_for_b(h0, name):
    low, high = {"tanh": (-1, 1), "relu": (0, math.inf), "sigmoid": (0, 1)}[name]
    if (h0 < low).any() or (h0 > high).any() or (name != "relu" and (h0 == high).any()):
        raise ValueError("out of range")
    if name == "sigmoid" and (h0 <= 0).any():
        raise ValueError("out of range")
    return h0 - 0.5 if name == "sigmoid" else h0


# wrong: phi in the place of its inverse
def form_a(X, h0, W, U, b, phi):
    states = [h0]
    for x in X:
        states.append(phi(W @ states[-1] + U @ x + b))
    return torch.stack(states[1:])


def form_b(X, s0, W, U, b, phi):
    states = [s0]
    for x in X:
        states.append(W @ phi(states[-1]) + U @ x + b)
    return torch.stack(states[1:])


def start_for_b(h0, name):
    if name == "sigmoid" and not ((h0 > 0) & (h0 < 1)).all():
        raise ValueError("out of range")
    if name == "sigmoid":
        return torch.logit(h0)
    return {"tanh": torch.tanh, "relu": torch.relu}[name](h0)


# wrong: no error: infinite or nan
def form_a(X, h0, W, U, b, phi):
    states = [h0]
    for x in X:
        states.append(phi(W @ states[-1] + U @ x + b))
    return torch.stack(states[1:])


def form_b(X, s0, W, U, b, phi):
    states = [s0]
    for x in X:
        states.append(W @ phi(states[-1]) + U @ x + b)
    return torch.stack(states[1:])


def start_for_b(h0, name):
    if name == "sigmoid" and (h0 <= 0).any():
        raise ValueError("out of range")
    return {"tanh": torch.atanh, "relu": torch.clone, "sigmoid": torch.logit}[name](h0)


# wrong: allows the ends of the range
def form_a(X, h0, W, U, b, phi):
    states = [h0]
    for x in X:
        states.append(phi(W @ states[-1] + U @ x + b))
    return torch.stack(states[1:])


def form_b(X, s0, W, U, b, phi):
    states = [s0]
    for x in X:
        states.append(W @ phi(states[-1]) + U @ x + b)
    return torch.stack(states[1:])


def start_for_b(h0, name):
    low, high = {"tanh": (-1, 1), "relu": (0, math.inf), "sigmoid": (0, 1)}[name]
    if name == "relu":
        if (h0 < 0).any():
            raise ValueError("negative")
        return h0.clone()
    if (h0 < low).any() or (h0 > high).any() or (name == 'sigmoid' and (h0 == 0).any()):
        raise ValueError("out of range")
    return torch.atanh(h0) if name == "tanh" else torch.logit(h0)


# wrong: refuses 0 for ReLU
def form_a(X, h0, W, U, b, phi):
    states = [h0]
    for x in X:
        states.append(phi(W @ states[-1] + U @ x + b))
    return torch.stack(states[1:])


def form_b(X, s0, W, U, b, phi):
    states = [s0]
    for x in X:
        states.append(W @ phi(states[-1]) + U @ x + b)
    return torch.stack(states[1:])


def start_for_b(h0, name):
    low, high = {"tanh": (-1, 1), "relu": (0, math.inf), "sigmoid": (0, 1)}[name]
    if name == "relu":
        if (h0 <= 0).any():
            raise ValueError("negative")
        return h0.clone()
    if (h0 <= low).any() or (h0 >= high).any():
        raise ValueError("out of range")
    return torch.atanh(h0) if name == "tanh" else torch.logit(h0)


# wrong: refuses only if all numbers are impossible
def form_a(X, h0, W, U, b, phi):
    states = [h0]
    for x in X:
        states.append(phi(W @ states[-1] + U @ x + b))
    return torch.stack(states[1:])


def form_b(X, s0, W, U, b, phi):
    states = [s0]
    for x in X:
        states.append(W @ phi(states[-1]) + U @ x + b)
    return torch.stack(states[1:])


def start_for_b(h0, name):
    low, high = {"tanh": (-1, 1), "relu": (0, math.inf), "sigmoid": (0, 1)}[name]
    if name == "relu":
        if (h0 < 0).all():
            raise ValueError("negative")
        return h0.clone()
    if (h0 <= low).all() or (h0 >= high).all():
        raise ValueError("out of range")
    return torch.atanh(h0) if name == "tanh" else torch.logit(h0)


# wrong: changes the start
def form_a(X, h0, W, U, b, phi):
    states = []
    for x in X:
        h0.copy_(phi(W @ h0 + U @ x + b))
        states.append(h0.clone())
    return torch.stack(states)


def form_b(X, s0, W, U, b, phi):
    states = [s0]
    for x in X:
        states.append(W @ phi(states[-1]) + U @ x + b)
    return torch.stack(states[1:])


def start_for_b(h0, name):
    low, high = {"tanh": (-1, 1), "relu": (0, math.inf), "sigmoid": (0, 1)}[name]
    if name == "relu":
        if (h0 < 0).any():
            raise ValueError("negative")
        return h0.clone()
    if (h0 <= low).any() or (h0 >= high).any():
        raise ValueError("out of range")
    return torch.atanh(h0) if name == "tanh" else torch.logit(h0)


# right: written with rows, inverses by formulas
def form_a(X, h0, W, U, b, phi):
    out, h = torch.empty(len(X), len(h0), dtype=h0.dtype), h0
    driven = X @ U.T + b
    for t in range(len(X)):
        h = phi(h @ W.T + driven[t])
        out[t] = h
    return out


def form_b(X, s0, W, U, b, phi):
    out, s = [], s0.unsqueeze(0)
    for x in X.split(1):
        s = phi(s) @ W.T + x @ U.T + b
        out.append(s)
    return torch.cat(out)


def start_for_b(h0, name):
    if name == "tanh":
        s0 = 0.5 * torch.log((1 + h0) / (1 - h0))
    elif name == "sigmoid":
        s0 = torch.log(h0 / (1 - h0))
    else:
        s0 = torch.where(h0 < 0, math.nan, h0)
    if not s0.isfinite().all():
        raise ValueError("phi never takes this value")
    return s0


# right: B from A, another start for ReLU
def form_a(X, h0, W, U, b, phi):
    states = [h0]
    for x in X:
        states.append(phi(W @ states[-1] + U @ x + b))
    return torch.stack(states[1:])


def form_b(X, s0, W, U, b, phi):
    before = phi(s0)
    states = []
    for h, x in zip([before, *form_a(X, before, W, U, b, phi)], X):
        states.append(W @ h + U @ x + b)
    return torch.stack(states)


def start_for_b(h0, name):
    for h in h0.tolist():
        inside = {"tanh": -1 < h < 1, "relu": h >= 0, "sigmoid": 0 < h < 1}[name]
        if not inside:
            raise ValueError(h)
    if name == "relu":
        return torch.where(h0 == 0, torch.full_like(h0, -3.0), h0)
    return h0.atanh() if name == "tanh" else (2 * h0 - 1).atanh() * 2
