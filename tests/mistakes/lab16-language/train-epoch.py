# wrong: no detach
def train_epoch(model, optimizer, ids, batch_size, num_steps, clip):
    length = len(ids) // batch_size
    rows = ids[: batch_size * length].reshape(batch_size, length)
    model.train()
    state, losses = None, []
    for start in range(0, length - num_steps, num_steps):
        X = rows[:, start : start + num_steps]
        y = rows[:, start + 1 : start + num_steps + 1]
        logits, state = model(X, state)
        loss = F.cross_entropy(logits.flatten(0, 1), y.flatten())
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), clip)
        optimizer.step()
        losses.append(loss.item())
    return losses


# wrong: a fresh state in each window
def train_epoch(model, optimizer, ids, batch_size, num_steps, clip):
    length = len(ids) // batch_size
    rows = ids[: batch_size * length].reshape(batch_size, length)
    model.train()
    losses = []
    for start in range(0, length - num_steps, num_steps):
        X = rows[:, start : start + num_steps]
        y = rows[:, start + 1 : start + num_steps + 1]
        logits, _ = model(X)
        loss = F.cross_entropy(logits.flatten(0, 1), y.flatten())
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), clip)
        optimizer.step()
        losses.append(loss.item())
    return losses


# wrong: detaches only the hidden state and drops the cell's
def train_epoch(model, optimizer, ids, batch_size, num_steps, clip):
    length = len(ids) // batch_size
    rows = ids[: batch_size * length].reshape(batch_size, length)
    model.train()
    state, losses = None, []
    for start in range(0, length - num_steps, num_steps):
        X = rows[:, start : start + num_steps]
        y = rows[:, start + 1 : start + num_steps + 1]
        if state is not None:
            state = (state[0].detach(), torch.zeros_like(state[1]))
        logits, state = model(X, state)
        loss = F.cross_entropy(logits.flatten(0, 1), y.flatten())
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), clip)
        optimizer.step()
        losses.append(loss.item())
    return losses


# wrong: clips before the backward pass
def train_epoch(model, optimizer, ids, batch_size, num_steps, clip):
    length = len(ids) // batch_size
    rows = ids[: batch_size * length].reshape(batch_size, length)
    model.train()
    state, losses = None, []
    for start in range(0, length - num_steps, num_steps):
        X = rows[:, start : start + num_steps]
        y = rows[:, start + 1 : start + num_steps + 1]
        if state is not None:
            state = tuple(part.detach() for part in state)
        logits, state = model(X, state)
        loss = F.cross_entropy(logits.flatten(0, 1), y.flatten())
        optimizer.zero_grad()
        nn.utils.clip_grad_norm_(model.parameters(), clip)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


# wrong: clips each value instead of the norm
def train_epoch(model, optimizer, ids, batch_size, num_steps, clip):
    length = len(ids) // batch_size
    rows = ids[: batch_size * length].reshape(batch_size, length)
    model.train()
    state, losses = None, []
    for start in range(0, length - num_steps, num_steps):
        X = rows[:, start : start + num_steps]
        y = rows[:, start + 1 : start + num_steps + 1]
        if state is not None:
            state = tuple(part.detach() for part in state)
        logits, state = model(X, state)
        loss = F.cross_entropy(logits.flatten(0, 1), y.flatten())
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_value_(model.parameters(), clip)
        optimizer.step()
        losses.append(loss.item())
    return losses


# wrong: clips each parameter's norm by itself
def train_epoch(model, optimizer, ids, batch_size, num_steps, clip):
    length = len(ids) // batch_size
    rows = ids[: batch_size * length].reshape(batch_size, length)
    model.train()
    state, losses = None, []
    for start in range(0, length - num_steps, num_steps):
        X = rows[:, start : start + num_steps]
        y = rows[:, start + 1 : start + num_steps + 1]
        if state is not None:
            state = tuple(part.detach() for part in state)
        logits, state = model(X, state)
        loss = F.cross_entropy(logits.flatten(0, 1), y.flatten())
        optimizer.zero_grad()
        loss.backward()
        for p in model.parameters():
            nn.utils.clip_grad_norm_([p], clip)
        optimizer.step()
        losses.append(loss.item())
    return losses


# wrong: gradients of all windows add up
def train_epoch(model, optimizer, ids, batch_size, num_steps, clip):
    length = len(ids) // batch_size
    rows = ids[: batch_size * length].reshape(batch_size, length)
    model.train()
    state, losses = None, []
    for start in range(0, length - num_steps, num_steps):
        X = rows[:, start : start + num_steps]
        y = rows[:, start + 1 : start + num_steps + 1]
        if state is not None:
            state = tuple(part.detach() for part in state)
        logits, state = model(X, state)
        loss = F.cross_entropy(logits.flatten(0, 1), y.flatten())
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), clip)
        optimizer.step()
        losses.append(loss.item())
    return losses


# wrong: the text by columns, so that rows jump
def train_epoch(model, optimizer, ids, batch_size, num_steps, clip):
    length = len(ids) // batch_size
    rows = ids[: batch_size * length].reshape(length, batch_size).T
    model.train()
    state, losses = None, []
    for start in range(0, length - num_steps, num_steps):
        X = rows[:, start : start + num_steps]
        y = rows[:, start + 1 : start + num_steps + 1]
        if state is not None:
            state = tuple(part.detach() for part in state)
        logits, state = model(X, state)
        loss = F.cross_entropy(logits.flatten(0, 1), y.flatten())
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), clip)
        optimizer.step()
        losses.append(loss.item())
    return losses


# wrong: forgets the last window when its labels just fit
def train_epoch(model, optimizer, ids, batch_size, num_steps, clip):
    length = len(ids) // batch_size
    rows = ids[: batch_size * length].reshape(batch_size, length)
    model.train()
    state, losses = None, []
    for start in range(0, length - num_steps - 1, num_steps):
        X = rows[:, start : start + num_steps]
        y = rows[:, start + 1 : start + num_steps + 1]
        if state is not None:
            state = tuple(part.detach() for part in state)
        logits, state = model(X, state)
        loss = F.cross_entropy(logits.flatten(0, 1), y.flatten())
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), clip)
        optimizer.step()
        losses.append(loss.item())
    return losses


# wrong: keeps tensors with their graphs
def train_epoch(model, optimizer, ids, batch_size, num_steps, clip):
    length = len(ids) // batch_size
    rows = ids[: batch_size * length].reshape(batch_size, length)
    model.train()
    state, losses = None, []
    for start in range(0, length - num_steps, num_steps):
        X = rows[:, start : start + num_steps]
        y = rows[:, start + 1 : start + num_steps + 1]
        if state is not None:
            state = tuple(part.detach() for part in state)
        logits, state = model(X, state)
        loss = F.cross_entropy(logits.flatten(0, 1), y.flatten())
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), clip)
        optimizer.step()
        losses.append(loss)
    return losses


# wrong: stays in the mode in which the model came
def train_epoch(model, optimizer, ids, batch_size, num_steps, clip):
    length = len(ids) // batch_size
    rows = ids[: batch_size * length].reshape(batch_size, length)
    state, losses = None, []
    for start in range(0, length - num_steps, num_steps):
        X = rows[:, start : start + num_steps]
        y = rows[:, start + 1 : start + num_steps + 1]
        if state is not None:
            state = tuple(part.detach() for part in state)
        logits, state = model(X, state)
        loss = F.cross_entropy(logits.flatten(0, 1), y.flatten())
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), clip)
        optimizer.step()
        losses.append(loss.item())
    return losses


# right: detaches at the end of each window, and clips by hand
def train_epoch(model, optimizer, ids, batch_size, num_steps, clip):
    rows = ids[: len(ids) // batch_size * batch_size].view(batch_size, -1)
    model.train()
    state, losses = None, []
    for number in range((rows.shape[1] - 1) // num_steps):
        X = rows[:, number * num_steps :][:, :num_steps]
        y = rows[:, number * num_steps + 1 :][:, :num_steps]
        logits, (h, c) = model(X, state)
        state = (h.detach(), c.detach())
        loss = F.cross_entropy(logits.movedim(2, 1), y)
        optimizer.zero_grad(set_to_none=False)
        loss.backward()
        grads = [p.grad for p in model.parameters() if p.grad is not None]
        norm = torch.sqrt(sum(g.square().sum() for g in grads)).item()
        if norm > clip:
            for g in grads:
                g.mul_(clip / norm)
        optimizer.step()
        losses += [loss.item()]
    return losses


# right: with unfold, and the loss from log-probabilities
def train_epoch(model, optimizer, ids, batch_size, num_steps, clip):
    model = model.train()
    length = len(ids) // batch_size
    rows = torch.stack([ids[r * length : (r + 1) * length] for r in range(batch_size)])
    Xs = rows[:, :-1].unfold(1, num_steps, num_steps)
    ys = rows[:, 1:].unfold(1, num_steps, num_steps)
    losses, state = [], None
    for X, y in zip(Xs.unbind(1), ys.unbind(1), strict=True):
        logits, new = model(X, state)
        state = [part.data for part in new]
        loss = F.nll_loss(logits.log_softmax(-1).flatten(0, 1), y.flatten())
        model.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(list(model.parameters()), max_norm=clip)
        optimizer.step()
        losses.append(loss.detach().item())
    return losses
