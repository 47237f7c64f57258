# wrong: the colleague's function
def evaluate(model, ids, batch_size, num_steps):
    total, count = 0, 0
    length = len(ids) // batch_size
    rows = ids[: batch_size * length].reshape(batch_size, length)
    for start in range(0, length - num_steps, num_steps):
        X = rows[:, start : start + num_steps]
        y = rows[:, start : start + num_steps]
        logits, state = model(X)
        total += F.cross_entropy(logits.flatten(0, 1), y.flatten()).exp()
        count += 1
    return total / count


# wrong: a fresh state in each window
def evaluate(model, ids, batch_size, num_steps):
    length = len(ids) // batch_size
    rows = ids[: batch_size * length].reshape(batch_size, length)
    mode = model.training
    model.eval()
    total = 0.0
    with torch.no_grad():
        for start in range(0, length - 1, num_steps):
            stop = min(start + num_steps, length - 1)
            logits, _ = model(rows[:, start:stop])
            y = rows[:, start + 1 : stop + 1]
            total += F.cross_entropy(logits.mT, y, reduction="sum").item()
    model.train(mode)
    return math.exp(total / (batch_size * (length - 1)))


# wrong: leaves out the last, shorter window
def evaluate(model, ids, batch_size, num_steps):
    length = len(ids) // batch_size
    rows = ids[: batch_size * length].reshape(batch_size, length)
    mode = model.training
    model.eval()
    state, total, count = None, 0.0, 0
    with torch.no_grad():
        for start in range(0, length - num_steps, num_steps):
            logits, state = model(rows[:, start : start + num_steps], state)
            y = rows[:, start + 1 : start + num_steps + 1]
            total += F.cross_entropy(logits.mT, y, reduction="sum").item()
            count += y.numel()
    model.train(mode)
    return math.exp(total / max(count, 1))


# wrong: forgets the evaluation mode
def evaluate(model, ids, batch_size, num_steps):
    length = len(ids) // batch_size
    rows = ids[: batch_size * length].reshape(batch_size, length)
    state, total = None, 0.0
    with torch.no_grad():
        for start in range(0, length - 1, num_steps):
            stop = min(start + num_steps, length - 1)
            logits, state = model(rows[:, start:stop], state)
            y = rows[:, start + 1 : stop + 1]
            total += F.cross_entropy(logits.mT, y, reduction="sum").item()
    return math.exp(total / (batch_size * (length - 1)))


# wrong: leaves the model in evaluation mode
def evaluate(model, ids, batch_size, num_steps):
    length = len(ids) // batch_size
    rows = ids[: batch_size * length].reshape(batch_size, length)
    model.eval()
    state, total = None, 0.0
    with torch.no_grad():
        for start in range(0, length - 1, num_steps):
            stop = min(start + num_steps, length - 1)
            logits, state = model(rows[:, start:stop], state)
            y = rows[:, start + 1 : stop + 1]
            total += F.cross_entropy(logits.mT, y, reduction="sum").item()
    return math.exp(total / (batch_size * (length - 1)))


# wrong: tracks gradients
def evaluate(model, ids, batch_size, num_steps):
    length = len(ids) // batch_size
    rows = ids[: batch_size * length].reshape(batch_size, length)
    mode = model.training
    model.eval()
    state, total = None, 0.0
    for start in range(0, length - 1, num_steps):
        stop = min(start + num_steps, length - 1)
        logits, state = model(rows[:, start:stop], state)
        y = rows[:, start + 1 : stop + 1]
        total += F.cross_entropy(logits.mT, y, reduction="sum").item()
    model.train(mode)
    return math.exp(total / (batch_size * (length - 1)))


# wrong: the mean of the windows' perplexities
def evaluate(model, ids, batch_size, num_steps):
    length = len(ids) // batch_size
    rows = ids[: batch_size * length].reshape(batch_size, length)
    mode = model.training
    model.eval()
    state, values = None, []
    with torch.no_grad():
        for start in range(0, length - 1, num_steps):
            stop = min(start + num_steps, length - 1)
            logits, state = model(rows[:, start:stop], state)
            y = rows[:, start + 1 : stop + 1]
            values.append(F.cross_entropy(logits.mT, y).exp().item())
    model.train(mode)
    return sum(values) / len(values)


# wrong: the mean of the windows' losses, also of the shorter one
def evaluate(model, ids, batch_size, num_steps):
    length = len(ids) // batch_size
    rows = ids[: batch_size * length].reshape(batch_size, length)
    mode = model.training
    model.eval()
    state, losses = None, []
    with torch.no_grad():
        for start in range(0, length - 1, num_steps):
            stop = min(start + num_steps, length - 1)
            logits, state = model(rows[:, start:stop], state)
            y = rows[:, start + 1 : stop + 1]
            losses.append(F.cross_entropy(logits.mT, y).item())
    model.train(mode)
    return math.exp(sum(losses) / len(losses))


# wrong: the label is the word itself
def evaluate(model, ids, batch_size, num_steps):
    length = len(ids) // batch_size
    rows = ids[: batch_size * length].reshape(batch_size, length)
    mode = model.training
    model.eval()
    state, total = None, 0.0
    with torch.no_grad():
        for X in rows.split(num_steps, dim=1):
            logits, state = model(X, state)
            total += F.cross_entropy(logits.mT, X, reduction="sum").item()
    model.train(mode)
    return math.exp(total / rows.numel())


# right: split, and a list of all costs
def evaluate(model, ids, batch_size, num_steps):
    rows = ids[: len(ids) // batch_size * batch_size].view(batch_size, -1)
    mode, state, costs = model.training, None, []
    model.train(False)
    with torch.inference_mode():
        for X, y in zip(
            rows[:, :-1].split(num_steps, 1), rows[:, 1:].split(num_steps, 1), strict=True
        ):
            logits, state = model(X, state)
            logs = logits.log_softmax(dim=-1)
            costs.append(-logs.gather(-1, y[..., None]).flatten().double())
    model.train(mode)
    return torch.cat(costs).mean().exp().item()


# right: everything in one window, since the result does not depend on them
def evaluate(model, ids, batch_size, num_steps):
    length = len(ids) // batch_size
    rows = torch.stack([ids[r * length : (r + 1) * length] for r in range(batch_size)])
    mode = model.training
    try:
        model.eval()
        with torch.no_grad():
            logits, _ = model(rows)
    finally:
        model.train(mode)
    loss = F.cross_entropy(logits[:, :-1].flatten(0, 1), rows[:, 1:].flatten())
    return math.exp(loss.item())
