# wrong: a fresh state for each word
def generate(model, start, num_words, choose):
    mode = model.training
    model.eval()
    X, words = start, []
    with torch.no_grad():
        for _ in range(num_words):
            logits, _ = model(X)
            X = choose(logits[:, -1])
            words.append(X)
    model.train(mode)
    return torch.cat(words, dim=1)


# wrong: feeds the whole text again, with the state
def generate(model, start, num_words, choose):
    mode = model.training
    model.eval()
    text, state = start, None
    with torch.no_grad():
        for _ in range(num_words):
            logits, state = model(text, state)
            text = torch.cat([text, choose(logits[:, -1])], dim=1)
    model.train(mode)
    return text[:, start.shape[1] :]


# wrong: reads the whole text anew for each word
def generate(model, start, num_words, choose):
    mode = model.training
    model.eval()
    text = start
    with torch.no_grad():
        for _ in range(num_words):
            logits, _ = model(text)
            text = torch.cat([text, choose(logits[:, -1])], dim=1)
    model.train(mode)
    return text[:, start.shape[1] :]


# wrong: returns the start as well
def generate(model, start, num_words, choose):
    mode = model.training
    model.eval()
    X, state, words = start, None, [start]
    with torch.no_grad():
        for _ in range(num_words):
            logits, state = model(X, state)
            X = choose(logits[:, -1])
            words.append(X)
    model.train(mode)
    return torch.cat(words, dim=1)


# wrong: starts with the first word of start only
def generate(model, start, num_words, choose):
    mode = model.training
    model.eval()
    X, state, words = start[:, :1], None, []
    with torch.no_grad():
        for _ in range(num_words):
            logits, state = model(X, state)
            X = choose(logits[:, -1])
            words.append(X)
    model.train(mode)
    return torch.cat(words, dim=1)


# wrong: decides itself instead of asking choose
def generate(model, start, num_words, choose):
    mode = model.training
    model.eval()
    X, state, words = start, None, []
    with torch.no_grad():
        for _ in range(num_words):
            logits, state = model(X, state)
            X = logits[:, -1].argmax(dim=1, keepdim=True)
            words.append(X)
    model.train(mode)
    return torch.cat(words, dim=1)


# wrong: takes the logits after the first word
def generate(model, start, num_words, choose):
    mode = model.training
    model.eval()
    X, state, words = start, None, []
    with torch.no_grad():
        for _ in range(num_words):
            logits, state = model(X, state)
            X = choose(logits[:, 0])
            words.append(X)
    model.train(mode)
    return torch.cat(words, dim=1)


# wrong: writes in training mode
def generate(model, start, num_words, choose):
    X, state, words = start, None, []
    with torch.no_grad():
        for _ in range(num_words):
            logits, state = model(X, state)
            X = choose(logits[:, -1])
            words.append(X)
    return torch.cat(words, dim=1)


# wrong: leaves the model in evaluation mode
def generate(model, start, num_words, choose):
    model.eval()
    X, state, words = start, None, []
    with torch.no_grad():
        for _ in range(num_words):
            logits, state = model(X, state)
            X = choose(logits[:, -1])
            words.append(X)
    return torch.cat(words, dim=1)


# wrong: always puts the model into training mode at the end
def generate(model, start, num_words, choose):
    model.eval()
    X, state, words = start, None, []
    with torch.no_grad():
        for _ in range(num_words):
            logits, state = model(X, state)
            X = choose(logits[:, -1])
            words.append(X)
    model.train()
    return torch.cat(words, dim=1)


# wrong: one word too few
def generate(model, start, num_words, choose):
    mode = model.training
    model.eval()
    with torch.no_grad():
        logits, state = model(start)
        X = choose(logits[:, -1])
        words = []
        for _ in range(num_words - 1):
            logits, state = model(X, state)
            X = choose(logits[:, -1])
            words.append(X)
    model.train(mode)
    return torch.cat(words, dim=1)


# right: reads the start word by word, into a table made beforehand
def generate(model, start, num_words, choose):
    mode = model.training
    model.train(False)
    out = torch.empty(len(start), num_words, dtype=torch.int64, device=start.device)
    with torch.inference_mode():
        state = None
        for t in range(start.shape[1]):
            logits, state = model(start[:, t : t + 1], state)
        for n in range(num_words):
            out[:, n : n + 1] = choose(logits[:, -1, :])
            logits, state = model(out[:, n : n + 1], state)
    model.train(mode)
    return out


# right: recursion
def generate(model, start, num_words, choose):
    @torch.no_grad()
    def go_on(X, state, left):
        if left == 0:
            return []
        logits, state = model(X, state)
        new = choose(logits.select(1, -1))
        return [new, *go_on(new, state, left - 1)]

    before = model.training
    try:
        model.eval()
        return torch.hstack(go_on(start, None, num_words))
    finally:
        model.train(before)
