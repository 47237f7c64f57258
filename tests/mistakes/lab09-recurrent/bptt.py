# wrong: the slope of tanh is missing
def bptt(X, h0, W_ih, W_hh, b, direct, cut=None):
    states = [h0]
    for x in X:
        states.append(torch.tanh(W_ih @ x + W_hh @ states[-1] + b))
    to_ih, to_hh = torch.zeros_like(W_ih), torch.zeros_like(W_hh)
    to_b, arriving = torch.zeros_like(b), torch.zeros_like(h0)
    for t in range(len(X), 0, -1):
        if cut and t % cut == 0:
            arriving = torch.zeros_like(h0)
        delta = direct[t - 1] + arriving
        to_ih += torch.outer(delta, X[t - 1])
        to_hh += torch.outer(delta, states[t - 1])
        to_b += delta
        arriving = W_hh.T @ delta
    return {"W_ih": to_ih, "W_hh": to_hh, "b": to_b, "h0": arriving}


# wrong: the recurrent weight is not transposed on the way back
def bptt(X, h0, W_ih, W_hh, b, direct, cut=None):
    states = [h0]
    for x in X:
        states.append(torch.tanh(W_ih @ x + W_hh @ states[-1] + b))
    to_ih, to_hh = torch.zeros_like(W_ih), torch.zeros_like(W_hh)
    to_b, arriving = torch.zeros_like(b), torch.zeros_like(h0)
    for t in range(len(X), 0, -1):
        if cut and t % cut == 0:
            arriving = torch.zeros_like(h0)
        delta = (direct[t - 1] + arriving) * (1 - states[t] ** 2)
        to_ih += torch.outer(delta, X[t - 1])
        to_hh += torch.outer(delta, states[t - 1])
        to_b += delta
        arriving = W_hh @ delta
    return {"W_ih": to_ih, "W_hh": to_hh, "b": to_b, "h0": arriving}


# wrong: the new state instead of the old one in the gradient of W_hh
def bptt(X, h0, W_ih, W_hh, b, direct, cut=None):
    states = [h0]
    for x in X:
        states.append(torch.tanh(W_ih @ x + W_hh @ states[-1] + b))
    to_ih, to_hh = torch.zeros_like(W_ih), torch.zeros_like(W_hh)
    to_b, arriving = torch.zeros_like(b), torch.zeros_like(h0)
    for t in range(len(X), 0, -1):
        if cut and t % cut == 0:
            arriving = torch.zeros_like(h0)
        delta = (direct[t - 1] + arriving) * (1 - states[t] ** 2)
        to_ih += torch.outer(delta, X[t - 1])
        to_hh += torch.outer(delta, states[t])
        to_b += delta
        arriving = W_hh.T @ delta
    return {"W_ih": to_ih, "W_hh": to_hh, "b": to_b, "h0": arriving}


# wrong: keeps only the first step's gradients
def bptt(X, h0, W_ih, W_hh, b, direct, cut=None):
    states = [h0]
    for x in X:
        states.append(torch.tanh(W_ih @ x + W_hh @ states[-1] + b))
    arriving = torch.zeros_like(h0)
    for t in range(len(X), 0, -1):
        if cut and t % cut == 0:
            arriving = torch.zeros_like(h0)
        delta = (direct[t - 1] + arriving) * (1 - states[t] ** 2)
        to_ih = torch.outer(delta, X[t - 1])
        to_hh = torch.outer(delta, states[t - 1])
        to_b = delta
        arriving = W_hh.T @ delta
    return {"W_ih": to_ih, "W_hh": to_hh, "b": to_b, "h0": arriving}


# wrong: ignores the cut
def bptt(X, h0, W_ih, W_hh, b, direct, cut=None):
    states = [h0]
    for x in X:
        states.append(torch.tanh(W_ih @ x + W_hh @ states[-1] + b))
    to_ih, to_hh = torch.zeros_like(W_ih), torch.zeros_like(W_hh)
    to_b, arriving = torch.zeros_like(b), torch.zeros_like(h0)
    for t in range(len(X), 0, -1):
        delta = (direct[t - 1] + arriving) * (1 - states[t] ** 2)
        to_ih += torch.outer(delta, X[t - 1])
        to_hh += torch.outer(delta, states[t - 1])
        to_b += delta
        arriving = W_hh.T @ delta
    return {"W_ih": to_ih, "W_hh": to_hh, "b": to_b, "h0": arriving}


# wrong: counts the cuts from the end
def bptt(X, h0, W_ih, W_hh, b, direct, cut=None):
    states = [h0]
    for x in X:
        states.append(torch.tanh(W_ih @ x + W_hh @ states[-1] + b))
    to_ih, to_hh = torch.zeros_like(W_ih), torch.zeros_like(W_hh)
    to_b, arriving = torch.zeros_like(b), torch.zeros_like(h0)
    for back, t in enumerate(range(len(X), 0, -1)):
        if cut and back % cut == 0:
            arriving = torch.zeros_like(h0)
        delta = (direct[t - 1] + arriving) * (1 - states[t] ** 2)
        to_ih += torch.outer(delta, X[t - 1])
        to_hh += torch.outer(delta, states[t - 1])
        to_b += delta
        arriving = W_hh.T @ delta
    return {"W_ih": to_ih, "W_hh": to_hh, "b": to_b, "h0": arriving}


# wrong: the cut forgets the step's own loss, too
def bptt(X, h0, W_ih, W_hh, b, direct, cut=None):
    states = [h0]
    for x in X:
        states.append(torch.tanh(W_ih @ x + W_hh @ states[-1] + b))
    to_ih, to_hh = torch.zeros_like(W_ih), torch.zeros_like(W_hh)
    to_b, arriving = torch.zeros_like(b), torch.zeros_like(h0)
    for t in range(len(X), 0, -1):
        total = direct[t - 1] + arriving
        if cut and t % cut == 0:
            total = torch.zeros_like(h0)
        delta = total * (1 - states[t] ** 2)
        to_ih += torch.outer(delta, X[t - 1])
        to_hh += torch.outer(delta, states[t - 1])
        to_b += delta
        arriving = W_hh.T @ delta
    return {"W_ih": to_ih, "W_hh": to_hh, "b": to_b, "h0": arriving}


# wrong: sets the state to zero at each cut instead of handing on its value
def bptt(X, h0, W_ih, W_hh, b, direct, cut=None):
    states = [h0]
    for t, x in enumerate(X):
        if cut and t and t % cut == 0:
            states[-1] = torch.zeros_like(h0)
        states.append(torch.tanh(W_ih @ x + W_hh @ states[-1] + b))
    to_ih, to_hh = torch.zeros_like(W_ih), torch.zeros_like(W_hh)
    to_b, arriving = torch.zeros_like(b), torch.zeros_like(h0)
    for t in range(len(X), 0, -1):
        if cut and t % cut == 0:
            arriving = torch.zeros_like(h0)
        delta = (direct[t - 1] + arriving) * (1 - states[t] ** 2)
        to_ih += torch.outer(delta, X[t - 1])
        to_hh += torch.outer(delta, states[t - 1])
        to_b += delta
        arriving = W_hh.T @ delta
    return {"W_ih": to_ih, "W_hh": to_hh, "b": to_b, "h0": arriving}


# wrong: lets autograd do it
def bptt(X, h0, W_ih, W_hh, b, direct, cut=None):
    leaves = [one.clone().requires_grad_() for one in (W_ih, W_hh, b, h0)]
    h, loss = leaves[3], 0.0
    for t in range(len(X)):
        if cut and t and t % cut == 0:
            h = h.detach()
        h = torch.tanh(leaves[0] @ X[t] + leaves[1] @ h + leaves[2])
        loss = loss + direct[t] @ h
    loss.backward()
    names = ("W_ih", "W_hh", "b", "h0")
    return {name: leaf.grad for name, leaf in zip(names, leaves)}


# wrong: the gradient of h0 stops before W_hh
def bptt(X, h0, W_ih, W_hh, b, direct, cut=None):
    states = [h0]
    for x in X:
        states.append(torch.tanh(W_ih @ x + W_hh @ states[-1] + b))
    to_ih, to_hh = torch.zeros_like(W_ih), torch.zeros_like(W_hh)
    to_b, arriving = torch.zeros_like(b), torch.zeros_like(h0)
    for t in range(len(X), 0, -1):
        if cut and t % cut == 0:
            arriving = torch.zeros_like(h0)
        delta = (direct[t - 1] + arriving) * (1 - states[t] ** 2)
        to_ih += torch.outer(delta, X[t - 1])
        to_hh += torch.outer(delta, states[t - 1])
        to_b += delta
        arriving = W_hh.T @ delta
    return {"W_ih": to_ih, "W_hh": to_hh, "b": to_b, "h0": delta}


# right: all deltas first, then matrix products
def bptt(X, h0, W_ih, W_hh, b, direct, cut=None):
    states = [h0]
    for x in X:
        states.append((W_ih @ x + W_hh @ states[-1] + b).tanh())
    H = torch.stack(states)  # (T + 1, H)
    deltas = torch.zeros_like(direct)
    for t in reversed(range(len(X))):
        total = direct[t].clone()
        is_cut = cut is not None and (t + 1) % cut == 0
        if t + 1 < len(X) and not is_cut:
            total += deltas[t + 1] @ W_hh
        deltas[t] = total * (1 - H[t + 1]) * (1 + H[t + 1])
    return {
        "h0": deltas[0] @ W_hh,
        "b": deltas.sum(dim=0),
        "W_hh": deltas.T @ H[:-1],
        "W_ih": deltas.T @ X,
    }


# right: piece by piece, with Jacobians
def bptt(X, h0, W_ih, W_hh, b, direct, cut=None):
    T, size = len(X), cut or len(X)
    grads = [torch.zeros_like(one) for one in (W_ih, W_hh, b)]
    h, first = h0, None
    for start in range(0, T, size):
        piece, states = X[start : start + size], [h]
        for x in piece:
            states.append(torch.tanh(W_ih @ x + W_hh @ states[-1] + b))
        g = torch.zeros_like(h0)
        for t in range(len(piece) - 1, -1, -1):
            slope = torch.diag(1 - states[t + 1].square())
            at_a = slope @ (g + direct[start + t])
            grads[0] = grads[0] + at_a[:, None] * piece[t][None]
            grads[1] = grads[1] + at_a[:, None] * states[t][None]
            grads[2] = grads[2] + at_a
            g = W_hh.mT @ at_a
        first = g if first is None else first
        h = states[-1]
    return dict(zip(["W_ih", "W_hh", "b"], grads)) | {"h0": first}
