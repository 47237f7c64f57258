# wrong: free running: its own symbol goes in
def forced_loss(step, state, y, start, pad):
    symbols, written = torch.full_like(y[:, 0], start), []
    for right in y.unbind(dim=1):
        logits, state = step(symbols, state)
        written.append(logits)
        symbols = logits.argmax(dim=1)
    logits = torch.stack(written, dim=1)
    return F.cross_entropy(logits.flatten(0, 1), y.flatten(), ignore_index=pad)


# wrong: not shifted: the answer itself goes in
def forced_loss(step, state, y, start, pad):
    symbols, written = torch.full_like(y[:, 0], start), []
    for right in y.unbind(dim=1):
        logits, state = step(right, state)
        written.append(logits)
        symbols = right
    logits = torch.stack(written, dim=1)
    return F.cross_entropy(logits.flatten(0, 1), y.flatten(), ignore_index=pad)


# wrong: counts the filling
def forced_loss(step, state, y, start, pad):
    symbols, written = torch.full_like(y[:, 0], start), []
    for right in y.unbind(dim=1):
        logits, state = step(symbols, state)
        written.append(logits)
        symbols = right
    logits = torch.stack(written, dim=1)
    return F.cross_entropy(logits.flatten(0, 1), y.flatten())


# wrong: the sum over a row, then the mean over rows
def forced_loss(step, state, y, start, pad):
    symbols, written = torch.full_like(y[:, 0], start), []
    for right in y.unbind(dim=1):
        logits, state = step(symbols, state)
        written.append(logits)
        symbols = right
    logits = torch.stack(written, dim=1)
    costs = F.cross_entropy(
        logits.flatten(0, 1), y.flatten(), ignore_index=pad, reduction="sum"
    )
    return costs / len(y)


# wrong: divides by all places, the filled ones too
def forced_loss(step, state, y, start, pad):
    symbols, written = torch.full_like(y[:, 0], start), []
    for right in y.unbind(dim=1):
        logits, state = step(symbols, state)
        written.append(logits)
        symbols = right
    logits = torch.stack(written, dim=1)
    costs = F.cross_entropy(
        logits.flatten(0, 1), y.flatten(), ignore_index=pad, reduction="sum"
    )
    return costs / y.numel()


# wrong: the mean of the means of the rows
def forced_loss(step, state, y, start, pad):
    symbols, costs = torch.full_like(y[:, 0], start), []
    for right in y.unbind(dim=1):
        logits, state = step(symbols, state)
        costs.append(F.cross_entropy(logits, right, reduction="none"))
        symbols = right
    kept = (y != pad).float()
    return ((torch.stack(costs, dim=1) * kept).sum(1) / kept.sum(1)).mean()


# wrong: the mean of the means of the steps
def forced_loss(step, state, y, start, pad):
    symbols, costs = torch.full_like(y[:, 0], start), []
    for right in y.unbind(dim=1):
        logits, state = step(symbols, state)
        if (right != pad).any():
            costs.append(F.cross_entropy(logits, right, ignore_index=pad))
        symbols = right
    return torch.stack(costs).mean()


# wrong: always the first state
def forced_loss(step, state, y, start, pad):
    symbols, written = torch.full_like(y[:, 0], start), []
    for right in y.unbind(dim=1):
        logits, _ = step(symbols, state)
        written.append(logits)
        symbols = right
    logits = torch.stack(written, dim=1)
    return F.cross_entropy(logits.flatten(0, 1), y.flatten(), ignore_index=pad)


# wrong: stacks the steps first and mixes rows with steps
def forced_loss(step, state, y, start, pad):
    symbols, written = torch.full_like(y[:, 0], start), []
    for right in y.unbind(dim=1):
        logits, state = step(symbols, state)
        written.append(logits)
        symbols = right
    logits = torch.stack(written, dim=0)
    return F.cross_entropy(logits.flatten(0, 1), y.flatten(), ignore_index=pad)


# wrong: the first step is skipped
def forced_loss(step, state, y, start, pad):
    symbols, written = torch.full_like(y[:, 0], start), []
    for right in y.unbind(dim=1):
        logits, state = step(symbols, state)
        written.append(logits.detach() if len(written) < 1 else logits)
        symbols = right
    logits = torch.stack(written, dim=1)
    return F.cross_entropy(logits.flatten(0, 1), y.flatten(), ignore_index=pad)


# wrong: pad is always 12
def forced_loss(step, state, y, start, pad):
    symbols, written = torch.full_like(y[:, 0], start), []
    for right in y.unbind(dim=1):
        logits, state = step(symbols, state)
        written.append(logits)
        symbols = right
    logits = torch.stack(written, dim=1)
    return F.cross_entropy(logits.flatten(0, 1), y.flatten(), ignore_index=12)


# wrong: changes y in place
def forced_loss(step, state, y, start, pad):
    y[y == pad] = -100
    symbols, written = torch.full_like(y[:, 0], start), []
    for right in y.unbind(dim=1):
        logits, state = step(symbols, state)
        written.append(logits)
        symbols = right
    logits = torch.stack(written, dim=1)
    return F.cross_entropy(logits.flatten(0, 1), y.flatten(), ignore_index=-100)


# wrong: softmax before cross-entropy
def forced_loss(step, state, y, start, pad):
    symbols, written = torch.full_like(y[:, 0], start), []
    for right in y.unbind(dim=1):
        logits, state = step(symbols, state)
        written.append(logits.softmax(dim=1))
        symbols = right
    logits = torch.stack(written, dim=1)
    return F.cross_entropy(logits.flatten(0, 1), y.flatten(), ignore_index=pad)


# wrong: leaves out the end as well
def forced_loss(step, state, y, start, pad):
    symbols, written = torch.full_like(y[:, 0], start), []
    for right in y.unbind(dim=1):
        logits, state = step(symbols, state)
        written.append(logits)
        symbols = right
    y = y.masked_fill(y == 11, pad)
    logits = torch.stack(written, dim=1)
    return F.cross_entropy(logits.flatten(0, 1), y.flatten(), ignore_index=pad)


# right: shifts first, masks by hand
def forced_loss(step, state, y, start, pad):
    inputs = torch.cat([torch.full_like(y[:, :1], start), y[:, :-1]], dim=1)
    total, count = 0.0, 0
    for t in range(y.shape[1]):
        logits, state = step(inputs[:, t], state)
        kept = y[:, t] != pad
        chosen = logits.log_softmax(dim=1).gather(1, y[:, t : t + 1])[:, 0]
        total = total - chosen[kept].sum()
        count += int(kept.sum())
    return total / count


# right: only real places go into the loss
def forced_loss(step, state, y, start, pad):
    before = F.pad(y, (1, 0), value=start)[:, :-1]
    all_logits = []
    for symbols in before.T:
        logits, state = step(symbols, state)
        all_logits.append(logits)
    logits = torch.stack(all_logits).transpose(0, 1)
    return F.cross_entropy(logits[y != pad], y[y != pad])


# right: cross-entropy with the classes in the middle
def forced_loss(step, state, y, start, pad):
    symbols, written = y.new_full((len(y),), start), []
    for t in range(y.size(1)):
        logits, state = step(symbols, state)
        written += [logits]
        symbols = y[:, t].clone()
    return nn.CrossEntropyLoss(ignore_index=pad)(torch.stack(written, 2), y)
