# wrong: the state starts at zero in each piece
def train_stream(rnn, head, X, y, optimizer, length, max_norm):
    parameters = [*rnn.parameters(), *head.parameters()]
    losses, h = [], None
    for start in range(0, X.shape[1], length):
        out, _ = rnn(X[:, start : start + length])
        loss = F.mse_loss(head(out), y[:, start : start + length])
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(parameters, max_norm)
        optimizer.step()
        losses.append(loss.item())
    return losses


# wrong: the last piece is lost
def train_stream(rnn, head, X, y, optimizer, length, max_norm):
    parameters = [*rnn.parameters(), *head.parameters()]
    losses, h = [], None
    for start in range(0, X.shape[1] - length, length):
        out, h = rnn(X[:, start : start + length], h)
        h = h.detach()
        loss = F.mse_loss(head(out), y[:, start : start + length])
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(parameters, max_norm)
        optimizer.step()
        losses.append(loss.item())
    return losses


# wrong: a shorter last piece is lost
def train_stream(rnn, head, X, y, optimizer, length, max_norm):
    parameters = [*rnn.parameters(), *head.parameters()]
    losses, h = [], None
    for start in range(0, X.shape[1] - length + 1, length):
        out, h = rnn(X[:, start : start + length], h)
        h = h.detach()
        loss = F.mse_loss(head(out), y[:, start : start + length])
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(parameters, max_norm)
        optimizer.step()
        losses.append(loss.item())
    return losses


# wrong: gradients pile up
def train_stream(rnn, head, X, y, optimizer, length, max_norm):
    parameters = [*rnn.parameters(), *head.parameters()]
    losses, h = [], None
    for start in range(0, X.shape[1], length):
        out, h = rnn(X[:, start : start + length], h)
        h = h.detach()
        loss = F.mse_loss(head(out), y[:, start : start + length])
        loss.backward()
        nn.utils.clip_grad_norm_(parameters, max_norm)
        optimizer.step()
        losses.append(loss.item())
    return losses


# wrong: gradients are emptied after the step, but not before the first
def train_stream(rnn, head, X, y, optimizer, length, max_norm):
    parameters = [*rnn.parameters(), *head.parameters()]
    losses, h = [], None
    for start in range(0, X.shape[1], length):
        out, h = rnn(X[:, start : start + length], h)
        h = h.detach()
        loss = F.mse_loss(head(out), y[:, start : start + length])
        loss.backward()
        nn.utils.clip_grad_norm_(parameters, max_norm)
        optimizer.step()
        optimizer.zero_grad()
        losses.append(loss.item())
    return losses


# wrong: clips before the gradients are there
def train_stream(rnn, head, X, y, optimizer, length, max_norm):
    parameters = [*rnn.parameters(), *head.parameters()]
    losses, h = [], None
    for start in range(0, X.shape[1], length):
        out, h = rnn(X[:, start : start + length], h)
        h = h.detach()
        loss = F.mse_loss(head(out), y[:, start : start + length])
        optimizer.zero_grad()
        nn.utils.clip_grad_norm_(parameters, max_norm)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


# wrong: clips after the step
def train_stream(rnn, head, X, y, optimizer, length, max_norm):
    parameters = [*rnn.parameters(), *head.parameters()]
    losses, h = [], None
    for start in range(0, X.shape[1], length):
        out, h = rnn(X[:, start : start + length], h)
        h = h.detach()
        loss = F.mse_loss(head(out), y[:, start : start + length])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        nn.utils.clip_grad_norm_(parameters, max_norm)
        losses.append(loss.item())
    return losses


# wrong: clips the recurrent layer only
def train_stream(rnn, head, X, y, optimizer, length, max_norm):
    parameters = list(rnn.parameters())
    losses, h = [], None
    for start in range(0, X.shape[1], length):
        out, h = rnn(X[:, start : start + length], h)
        h = h.detach()
        loss = F.mse_loss(head(out), y[:, start : start + length])
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(parameters, max_norm)
        optimizer.step()
        losses.append(loss.item())
    return losses


# wrong: clips the two parts apart
def train_stream(rnn, head, X, y, optimizer, length, max_norm):
    losses, h = [], None
    for start in range(0, X.shape[1], length):
        out, h = rnn(X[:, start : start + length], h)
        h = h.detach()
        loss = F.mse_loss(head(out), y[:, start : start + length])
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(rnn.parameters(), max_norm)
        nn.utils.clip_grad_norm_(head.parameters(), max_norm)
        optimizer.step()
        losses.append(loss.item())
    return losses


# wrong: clips each number instead of the norm
def train_stream(rnn, head, X, y, optimizer, length, max_norm):
    parameters = [*rnn.parameters(), *head.parameters()]
    losses, h = [], None
    for start in range(0, X.shape[1], length):
        out, h = rnn(X[:, start : start + length], h)
        h = h.detach()
        loss = F.mse_loss(head(out), y[:, start : start + length])
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_value_(parameters, max_norm)
        optimizer.step()
        losses.append(loss.item())
    return losses


# wrong: the graph is kept, so that gradients reach the first piece
def train_stream(rnn, head, X, y, optimizer, length, max_norm):
    parameters = [*rnn.parameters(), *head.parameters()]
    losses, h = [], None
    for start in range(0, X.shape[1], length):
        out, h = rnn(X[:, start : start + length], h)
        loss = F.mse_loss(head(out), y[:, start : start + length])
        optimizer.zero_grad()
        loss.backward(retain_graph=True)
        nn.utils.clip_grad_norm_(parameters, max_norm)
        optimizer.step()
        losses.append(loss.item())
    return losses


# wrong: no detach
def train_stream(rnn, head, X, y, optimizer, length, max_norm):
    parameters = [*rnn.parameters(), *head.parameters()]
    losses, h = [], None
    for start in range(0, X.shape[1], length):
        out, h = rnn(X[:, start : start + length], h)
        loss = F.mse_loss(head(out), y[:, start : start + length])
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(parameters, max_norm)
        optimizer.step()
        losses.append(loss.item())
    return losses


# wrong: returns tensors
def train_stream(rnn, head, X, y, optimizer, length, max_norm):
    parameters = [*rnn.parameters(), *head.parameters()]
    losses, h = [], None
    for start in range(0, X.shape[1], length):
        out, h = rnn(X[:, start : start + length], h)
        h = h.detach()
        loss = F.mse_loss(head(out), y[:, start : start + length])
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(parameters, max_norm)
        optimizer.step()
        losses.append(loss.detach())
    return losses


# wrong: a state of zeros in the default dtype, for one layer
def train_stream(rnn, head, X, y, optimizer, length, max_norm):
    parameters = [*rnn.parameters(), *head.parameters()]
    losses, h = [], torch.zeros(1, X.shape[0], rnn.hidden_size)
    for start in range(0, X.shape[1], length):
        out, h = rnn(X[:, start : start + length], h)
        h = h.detach()
        loss = F.mse_loss(head(out), y[:, start : start + length])
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(parameters, max_norm)
        optimizer.step()
        losses.append(loss.item())
    return losses


# wrong: the loss of all pieces so far
def train_stream(rnn, head, X, y, optimizer, length, max_norm):
    parameters = [*rnn.parameters(), *head.parameters()]
    losses, h, total = [], None, 0.0
    for start in range(0, X.shape[1], length):
        out, h = rnn(X[:, start : start + length], h)
        h = h.detach()
        loss = F.mse_loss(head(out), y[:, start : start + length])
        optimizer.zero_grad()
        total = total + loss.item()
        loss.backward()
        nn.utils.clip_grad_norm_(parameters, max_norm)
        optimizer.step()
        losses.append(total)
    return losses


# right: a state of zeros made by hand
def train_stream(rnn, head, X, y, optimizer, length, max_norm):
    parameters = [*rnn.parameters(), *head.parameters()]
    losses = []
    h = X.new_zeros(rnn.num_layers, len(X), rnn.hidden_size)
    for start in range(0, X.shape[1], length):
        out, h = rnn(X[:, start : start + length], h)
        h = h.detach()
        loss = F.mse_loss(head(out), y[:, start : start + length])
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(parameters, max_norm)
        optimizer.step()
        losses.append(loss.item())
    return losses


# right: detached where it is used, gradients set to None by hand, own clipping
def train_stream(rnn, head, X, y, optimizer, length, max_norm):
    weights = [p for group in optimizer.param_groups for p in group["params"]]
    losses, h, start = [], None, 0
    while start < X.shape[1]:
        end = min(start + length, X.shape[1])
        out, h = rnn(X[:, start:end], None if h is None else h.detach())
        loss = (head(out) - y[:, start:end]).square().mean()
        for weight in weights:
            weight.grad = None
        loss.backward()
        norm = torch.cat([w.grad.flatten() for w in weights]).norm()
        if norm > max_norm:
            for weight in weights:
                weight.grad *= max_norm / norm
        optimizer.step()
        losses.append(loss.item())
        start = end
    return losses


# right: with gradients from autograd.grad
def train_stream(rnn, head, X, y, optimizer, length, max_norm):
    module = nn.ModuleList([rnn, head])
    h, losses = torch.zeros(rnn.num_layers, X.shape[0], rnn.hidden_size).to(X), []
    for part, label in zip(torch.split(X, length, 1), torch.split(y, length, 1)):
        states, last = rnn(part, h)
        loss = nn.MSELoss()(head(states), label)
        gradients = torch.autograd.grad(loss, list(module.parameters()))
        for weight, gradient in zip(module.parameters(), gradients):
            weight.grad = gradient
        torch.nn.utils.clip_grad_norm_(module.parameters(), max_norm=max_norm)
        optimizer.step()
        losses.append(float(loss.detach()))
        h = last.data
    return losses
