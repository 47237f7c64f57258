# ruff: noqa

# wrong: the mean over the networks makes the steps too small
def train_many(parts, X, y, lr, num_steps):
    parts = [part.detach().clone().requires_grad_() for part in parts]
    optimizer = torch.optim.SGD(parts, lr=lr)
    for _ in range(num_steps):
        _, outputs = forward_many(*parts, X)
        loss = ((outputs - y) ** 2).mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return tuple(part.detach() for part in parts)


# wrong: the sum over the samples makes the steps too large
def train_many(parts, X, y, lr, num_steps):
    parts = [part.detach().clone().requires_grad_() for part in parts]
    optimizer = torch.optim.SGD(parts, lr=lr)
    for _ in range(num_steps):
        _, outputs = forward_many(*parts, X)
        loss = ((outputs - y) ** 2).sum()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return tuple(part.detach() for part in parts)


# wrong: gradients pile up
def train_many(parts, X, y, lr, num_steps):
    parts = [part.detach().clone().requires_grad_() for part in parts]
    optimizer = torch.optim.SGD(parts, lr=lr)
    for _ in range(num_steps):
        _, outputs = forward_many(*parts, X)
        loss = ((outputs - y) ** 2).mean(dim=1).sum()
        loss.backward()
        optimizer.step()
    return tuple(part.detach() for part in parts)


# wrong: trains the caller's tensors
def train_many(parts, X, y, lr, num_steps):
    parts = [part.requires_grad_() for part in parts]
    optimizer = torch.optim.SGD(parts, lr=lr)
    for _ in range(num_steps):
        _, outputs = forward_many(*parts, X)
        loss = ((outputs - y) ** 2).mean(dim=1).sum()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return tuple(part.detach() for part in parts)


# wrong: detach() without clone() shares the caller's memory
def train_many(parts, X, y, lr, num_steps):
    parts = [part.detach().requires_grad_() for part in parts]
    optimizer = torch.optim.SGD(parts, lr=lr)
    for _ in range(num_steps):
        _, outputs = forward_many(*parts, X)
        loss = ((outputs - y) ** 2).mean(dim=1).sum()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return tuple(part.detach() for part in parts)


# wrong: returns tensors that still require gradients
def train_many(parts, X, y, lr, num_steps):
    parts = [part.detach().clone().requires_grad_() for part in parts]
    optimizer = torch.optim.SGD(parts, lr=lr)
    for _ in range(num_steps):
        _, outputs = forward_many(*parts, X)
        loss = ((outputs - y) ** 2).mean(dim=1).sum()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return tuple(parts)


# wrong: Adam
def train_many(parts, X, y, lr, num_steps):
    parts = [part.detach().clone().requires_grad_() for part in parts]
    optimizer = torch.optim.Adam(parts, lr=lr)
    for _ in range(num_steps):
        _, outputs = forward_many(*parts, X)
        loss = ((outputs - y) ** 2).mean(dim=1).sum()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return tuple(part.detach() for part in parts)


# wrong: only the hidden layer learns
def train_many(parts, X, y, lr, num_steps):
    parts = [part.detach().clone().requires_grad_() for part in parts]
    optimizer = torch.optim.SGD(parts[:2], lr=lr)
    for _ in range(num_steps):
        _, outputs = forward_many(*parts, X)
        loss = ((outputs - y) ** 2).mean(dim=1).sum()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return tuple(part.detach() for part in parts)


# wrong: targets as a column, so that every output meets every target
def train_many(parts, X, y, lr, num_steps):
    parts = [part.detach().clone().requires_grad_() for part in parts]
    optimizer = torch.optim.SGD(parts, lr=lr)
    for _ in range(num_steps):
        _, outputs = forward_many(*parts, X)
        loss = ((outputs[:, :, None] - y) ** 2).mean(dim=(1, 2)).sum()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return tuple(part.detach() for part in parts)


# wrong: one step too many
def train_many(parts, X, y, lr, num_steps):
    parts = [part.detach().clone().requires_grad_() for part in parts]
    optimizer = torch.optim.SGD(parts, lr=lr)
    for _ in range(num_steps + 1):
        _, outputs = forward_many(*parts, X)
        loss = ((outputs - y) ** 2).mean(dim=1).sum()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return tuple(part.detach() for part in parts)


# wrong: at least one step, even if none was asked for
def train_many(parts, X, y, lr, num_steps):
    parts = [part.detach().clone().requires_grad_() for part in parts]
    optimizer = torch.optim.SGD(parts, lr=lr)
    for _ in range(max(1, num_steps)):
        _, outputs = forward_many(*parts, X)
        loss = ((outputs - y) ** 2).mean(dim=1).sum()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return tuple(part.detach() for part in parts)


# wrong: uphill
def train_many(parts, X, y, lr, num_steps):
    parts = [part.detach().clone().requires_grad_() for part in parts]
    optimizer = torch.optim.SGD(parts, lr=lr)
    for _ in range(num_steps):
        _, outputs = forward_many(*parts, X)
        loss = -((outputs - y) ** 2).mean(dim=1).sum()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return tuple(part.detach() for part in parts)


# wrong: half of the squared error
def train_many(parts, X, y, lr, num_steps):
    parts = [part.detach().clone().requires_grad_() for part in parts]
    optimizer = torch.optim.SGD(parts, lr=lr)
    for _ in range(num_steps):
        _, outputs = forward_many(*parts, X)
        loss = 0.5 * ((outputs - y) ** 2).mean(dim=1).sum()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return tuple(part.detach() for part in parts)


# wrong: a list instead of a tuple
def train_many(parts, X, y, lr, num_steps):
    parts = [part.detach().clone().requires_grad_() for part in parts]
    optimizer = torch.optim.SGD(parts, lr=lr)
    for _ in range(num_steps):
        _, outputs = forward_many(*parts, X)
        loss = ((outputs - y) ** 2).mean(dim=1).sum()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return [part.detach() for part in parts]


# right: mean times the number of networks, gradients by autograd.grad
def train_many(parts, X, y, lr, num_steps):
    parts = [part.clone().requires_grad_() for part in parts]
    for _ in range(num_steps):
        _, outputs = forward_many(*parts, X)
        loss = F.mse_loss(outputs, y.expand(len(outputs), -1)) * len(outputs)
        gradients = torch.autograd.grad(loss, parts)
        with torch.no_grad():
            parts = [(p - lr * g).requires_grad_() for p, g in zip(parts, gradients)]
    return tuple(part.detach() for part in parts)


# right: one network after the other
def train_many(parts, X, y, lr, num_steps):
    ends = []
    for s in range(len(parts[0])):
        W, b, v, c = (p[s].clone().requires_grad_() for p in parts)
        sgd = torch.optim.SGD([W, b, v, c], lr)
        for _ in range(num_steps):
            sgd.zero_grad()
            F.mse_loss(torch.relu(X @ W.T + b) @ v + c, y).backward()
            sgd.step()
        ends.append((W.detach(), b.detach(), v.detach(), c.detach()))
    return tuple(torch.stack(tensors) for tensors in zip(*ends))


# right: gradients by hand
def train_many(parts, X, y, lr, num_steps):
    W, b, v, c = (part.clone() for part in parts)
    for _ in range(num_steps):
        h = (X @ W.mT + b[:, None]).clamp(min=0)
        e = 2 / len(y) * ((h * v[:, None]).sum(2) + c[:, None] - y)
        d = e[:, :, None] * v[:, None] * (h > 0)
        v = v - lr * (e[:, :, None] * h).sum(1)
        c = c - lr * e.sum(1)
        W, b = W - lr * (d.mT @ X), b - lr * d.sum(1)
    return W, b, v, c
