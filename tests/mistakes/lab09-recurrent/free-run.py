# wrong: the window never moves
def free_run(model, window, num_steps):
    with torch.no_grad():
        answers = [model(window[None])[0] for _ in range(num_steps)]
    return torch.stack(answers) if answers else window[:0]


# wrong: the window grows
def free_run(model, window, num_steps):
    length, values = len(window), window
    with torch.no_grad():
        for _ in range(num_steps):
            values = torch.cat([values, model(values[None])])
    return values[length:]


# wrong: the answer enters at the front
def free_run(model, window, num_steps):
    values, answers = window, [window[:0]]
    with torch.no_grad():
        for _ in range(num_steps):
            value = model(values[None])
            values = torch.cat([value, values[:-1]])
            answers.append(value)
    return torch.cat(answers)


# wrong: returns the window, too
def free_run(model, window, num_steps):
    length, values = len(window), window
    with torch.no_grad():
        for _ in range(num_steps):
            values = torch.cat([values, model(values[None, -length:])])
    return values


# wrong: one step too few, and fails without steps
def free_run(model, window, num_steps):
    length, values = len(window), window
    with torch.no_grad():
        for _ in range(num_steps - 1):
            values = torch.cat([values, model(values[None, -length:])])
    return values[length:]


# wrong: keeps the graph
def free_run(model, window, num_steps):
    length, values = len(window), window
    for _ in range(num_steps):
        values = torch.cat([values, model(values[None, -length:])])
    return values[length:]


# wrong: gradients are tracked on the way and thrown away at the end
def free_run(model, window, num_steps):
    length, values = len(window), window
    for _ in range(num_steps):
        values = torch.cat([values, model(values[None, -length:])])
    return values[length:].detach()


# wrong: writes into the window that it was given
def free_run(model, window, num_steps):
    answers = [window[:0]]
    with torch.no_grad():
        for _ in range(num_steps):
            value = model(window[None])
            window[:-1] = window[1:].clone()
            window[-1] = value[0]
            answers.append(value)
    return torch.cat(answers)


# wrong: returns shape (num_steps,)
def free_run(model, window, num_steps):
    length, values = len(window), window
    with torch.no_grad():
        for _ in range(num_steps):
            values = torch.cat([values, model(values[None, -length:])])
    return values[length:, 0]


# wrong: a window of twenty, whatever was given
def free_run(model, window, num_steps):
    length, values = len(window), window
    with torch.no_grad():
        for _ in range(num_steps):
            values = torch.cat([values, model(values[None, -20:])])
    return values[length:]


# wrong: rounds to float32 on the way
def free_run(model, window, num_steps):
    values = window[:, 0].tolist()
    with torch.no_grad():
        for _ in range(num_steps):
            X = torch.tensor(values[-len(window) :], device=window.device)
            values.append(model(X.to(window.dtype)[None, :, None]).item())
    return torch.tensor(values[len(window) :], device=window.device)[:, None]


# right: rolls a copy
def free_run(model, window, num_steps):
    current = window.clone()
    out = torch.empty(num_steps, 1, dtype=window.dtype, device=window.device)
    with torch.no_grad():
        for step in range(num_steps):
            value = model(current.unsqueeze(0)).squeeze(0)
            out[step] = value
            current = torch.roll(current, -1, dims=0)
            current[-1] = value
    return out


# right: inference mode and a list
@torch.no_grad()
def free_run(model, window, num_steps):
    values = list(window.clone().unbind(0))
    T = len(values)
    for _ in range(num_steps):
        values.append(model(torch.stack(values[-T:])[None])[0])
    return torch.cat([window[:0], *(value[None] for value in values[T:])])
