# wrong: goes on after the end
def write(step, state, symbols, end, max_length):
    finished, written = torch.zeros_like(symbols, dtype=torch.bool), []
    with torch.no_grad():
        while len(written) < max_length and not finished.all():
            logits, state = step(symbols, state)
            symbols = logits.argmax(dim=1)
            written.append(symbols)
            finished = finished | (symbols == end)
    return torch.stack(written, dim=1)


# wrong: stops when the first row has finished
def write(step, state, symbols, end, max_length):
    finished, written = torch.zeros_like(symbols, dtype=torch.bool), []
    with torch.no_grad():
        while len(written) < max_length and not finished.any():
            logits, state = step(symbols, state)
            symbols = logits.argmax(dim=1).masked_fill(finished, end)
            written.append(symbols)
            finished = finished | (symbols == end)
    return torch.stack(written, dim=1)


# wrong: always max_length steps
def write(step, state, symbols, end, max_length):
    finished, written = torch.zeros_like(symbols, dtype=torch.bool), []
    with torch.no_grad():
        while len(written) < max_length:
            logits, state = step(symbols, state)
            symbols = logits.argmax(dim=1).masked_fill(finished, end)
            written.append(symbols)
            finished = finished | (symbols == end)
    return torch.stack(written, dim=1)


# wrong: one step too many
def write(step, state, symbols, end, max_length):
    finished, written = torch.zeros_like(symbols, dtype=torch.bool), []
    with torch.no_grad():
        while len(written) <= max_length and not finished.all():
            logits, state = step(symbols, state)
            symbols = logits.argmax(dim=1).masked_fill(finished, end)
            written.append(symbols)
            finished = finished | (symbols == end)
    return torch.stack(written, dim=1)


# wrong: tracks gradients
def write(step, state, symbols, end, max_length):
    finished, written = torch.zeros_like(symbols, dtype=torch.bool), []
    with torch.enable_grad():
        while len(written) < max_length and not finished.all():
            logits, state = step(symbols, state)
            symbols = logits.argmax(dim=1).masked_fill(finished, end)
            written.append(symbols)
            finished = finished | (symbols == end)
    return torch.stack(written, dim=1)


# wrong: the state is not handed on
def write(step, state, symbols, end, max_length):
    finished, written = torch.zeros_like(symbols, dtype=torch.bool), []
    with torch.no_grad():
        while len(written) < max_length and not finished.all():
            logits, _ = step(symbols, state)
            symbols = logits.argmax(dim=1).masked_fill(finished, end)
            written.append(symbols)
            finished = finished | (symbols == end)
    return torch.stack(written, dim=1)


# wrong: the start symbol goes in at every step
def write(step, state, symbols, end, max_length):
    begin = symbols
    finished, written = torch.zeros_like(symbols, dtype=torch.bool), []
    with torch.no_grad():
        while len(written) < max_length and not finished.all():
            logits, state = step(begin, state)
            symbols = logits.argmax(dim=1).masked_fill(finished, end)
            written.append(symbols)
            finished = finished | (symbols == end)
    return torch.stack(written, dim=1)


# wrong: a start symbol that equals the end counts as finished
def write(step, state, symbols, end, max_length):
    finished, written = symbols == end, []
    with torch.no_grad():
        while len(written) < max_length and not finished.all():
            logits, state = step(symbols, state)
            symbols = logits.argmax(dim=1).masked_fill(finished, end)
            written.append(symbols)
            finished = finished | (symbols == end)
    return torch.stack(written, dim=1)


# wrong: the output begins with the start symbols
def write(step, state, symbols, end, max_length):
    finished, written = torch.zeros_like(symbols, dtype=torch.bool), [symbols]
    with torch.no_grad():
        while len(written) < max_length and not finished.all():
            logits, state = step(symbols, state)
            symbols = logits.argmax(dim=1).masked_fill(finished, end)
            written.append(symbols)
            finished = finished | (symbols == end)
    return torch.stack(written, dim=1)


# wrong: finished only while it says end just now
def write(step, state, symbols, end, max_length):
    finished, written = torch.zeros_like(symbols, dtype=torch.bool), []
    with torch.no_grad():
        while len(written) < max_length and not finished.all():
            logits, state = step(symbols, state)
            symbols = logits.argmax(dim=1)
            written.append(symbols)
            finished = symbols == end
    return torch.stack(written, dim=1)


# wrong: the result is transposed
def write(step, state, symbols, end, max_length):
    finished, written = torch.zeros_like(symbols, dtype=torch.bool), []
    with torch.no_grad():
        while len(written) < max_length and not finished.all():
            logits, state = step(symbols, state)
            symbols = logits.argmax(dim=1).masked_fill(finished, end)
            written.append(symbols)
            finished = finished | (symbols == end)
    return torch.stack(written, dim=0)


# wrong: draws at random
def write(step, state, symbols, end, max_length):
    finished, written = torch.zeros_like(symbols, dtype=torch.bool), []
    with torch.no_grad():
        while len(written) < max_length and not finished.all():
            logits, state = step(symbols, state)
            symbols = logits.softmax(dim=1).multinomial(1)[:, 0].masked_fill(finished, end)
            written.append(symbols)
            finished = finished | (symbols == end)
    return torch.stack(written, dim=1)


# wrong: fills with zeros
def write(step, state, symbols, end, max_length):
    finished, written = torch.zeros_like(symbols, dtype=torch.bool), []
    with torch.no_grad():
        while len(written) < max_length and not finished.all():
            logits, state = step(symbols, state)
            symbols = logits.argmax(dim=1).masked_fill(finished, 0)
            written.append(symbols)
            finished = finished | (symbols == end)
    return torch.stack(written, dim=1)


# wrong: end is always 11
def write(step, state, symbols, end, max_length):
    finished, written = torch.zeros_like(symbols, dtype=torch.bool), []
    with torch.no_grad():
        while len(written) < max_length and not finished.all():
            logits, state = step(symbols, state)
            symbols = logits.argmax(dim=1).masked_fill(finished, end)
            written.append(symbols)
            finished = finished | (symbols == 11)
    return torch.stack(written, dim=1)


# wrong: switches gradients off for good
def write(step, state, symbols, end, max_length):
    finished, written = torch.zeros_like(symbols, dtype=torch.bool), []
    torch.set_grad_enabled(False)
    if True:
        while len(written) < max_length and not finished.all():
            logits, state = step(symbols, state)
            symbols = logits.argmax(dim=1).masked_fill(finished, end)
            written.append(symbols)
            finished = finished | (symbols == end)
    return torch.stack(written, dim=1)


# right: a loop that breaks, with where
@torch.no_grad()
def write(step, state, symbols, end, max_length):
    out = []
    alive = torch.ones(len(symbols), dtype=torch.bool, device=symbols.device)
    for _ in range(max_length):
        logits, state = step(symbols, state)
        symbols = torch.where(alive, logits.max(dim=-1).indices, end)
        out.append(symbols)
        alive &= symbols != end
        if not alive.any():
            break
    return torch.stack(out).T


# right: fills a full tensor and cuts it
def write(step, state, symbols, end, max_length):
    B = symbols.shape[0]
    out = torch.full((B, max_length), end, dtype=torch.int64, device=symbols.device)
    done, used = [False] * B, 0
    with torch.inference_mode():
        while used < max_length and not all(done):
            logits, state = step(symbols, state)
            symbols = logits.argmax(-1)
            for row in range(B):
                if not done[row]:
                    out[row, used] = symbols[row]
                    done[row] = int(symbols[row]) == end
            used += 1
    return out[:, :used]
