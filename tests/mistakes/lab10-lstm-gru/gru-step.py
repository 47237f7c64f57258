# wrong: always resets before the product
def gru_step(
    x, h, weight_ih, weight_hh, bias_ih, bias_hh, reset_after=True
):
    r_x, z_x, n_x = (x @ weight_ih.T + bias_ih).chunk(3, dim=1)
    r_h, z_h, n_h = (h @ weight_hh.T + bias_hh).chunk(3, dim=1)
    r, z = (r_x + r_h).sigmoid(), (z_x + z_h).sigmoid()
    n_h = (r * h) @ weight_hh.chunk(3)[2].T + bias_hh.chunk(3)[2]
    return (1 - z) * (n_x + n_h).tanh() + z * h


# wrong: always resets after the product
def gru_step(
    x, h, weight_ih, weight_hh, bias_ih, bias_hh, reset_after=True
):
    r_x, z_x, n_x = (x @ weight_ih.T + bias_ih).chunk(3, dim=1)
    r_h, z_h, n_h = (h @ weight_hh.T + bias_hh).chunk(3, dim=1)
    r, z = (r_x + r_h).sigmoid(), (z_x + z_h).sigmoid()
    n_h = r * n_h
    return (1 - z) * (n_x + n_h).tanh() + z * h


# wrong: the two versions exchanged
def gru_step(
    x, h, weight_ih, weight_hh, bias_ih, bias_hh, reset_after=True
):
    r_x, z_x, n_x = (x @ weight_ih.T + bias_ih).chunk(3, dim=1)
    r_h, z_h, n_h = (h @ weight_hh.T + bias_hh).chunk(3, dim=1)
    r, z = (r_x + r_h).sigmoid(), (z_x + z_h).sigmoid()
    before = (r * h) @ weight_hh.chunk(3)[2].T + bias_hh.chunk(3)[2]
    n_h = before if reset_after else r * n_h
    return (1 - z) * (n_x + n_h).tanh() + z * h


# wrong: the bias is left out of the reset
def gru_step(
    x, h, weight_ih, weight_hh, bias_ih, bias_hh, reset_after=True
):
    r_x, z_x, n_x = (x @ weight_ih.T + bias_ih).chunk(3, dim=1)
    r_h, z_h, n_h = (h @ weight_hh.T + bias_hh).chunk(3, dim=1)
    r, z = (r_x + r_h).sigmoid(), (z_x + z_h).sigmoid()
    W, b = weight_hh.chunk(3)[2], bias_hh.chunk(3)[2]
    n_h = r * (h @ W.T) + b if reset_after else (r * h) @ W.T + b
    return (1 - z) * (n_x + n_h).tanh() + z * h


# wrong: resets the bias in the version of the paper, too
def gru_step(
    x, h, weight_ih, weight_hh, bias_ih, bias_hh, reset_after=True
):
    r_x, z_x, n_x = (x @ weight_ih.T + bias_ih).chunk(3, dim=1)
    r_h, z_h, n_h = (h @ weight_hh.T + bias_hh).chunk(3, dim=1)
    r, z = (r_x + r_h).sigmoid(), (z_x + z_h).sigmoid()
    W, b = weight_hh.chunk(3)[2], bias_hh.chunk(3)[2]
    n_h = r * n_h if reset_after else (r * h) @ W.T + r * b
    return (1 - z) * (n_x + n_h).tanh() + z * h


# wrong: z and 1 - z exchanged
def gru_step(
    x, h, weight_ih, weight_hh, bias_ih, bias_hh, reset_after=True
):
    r_x, z_x, n_x = (x @ weight_ih.T + bias_ih).chunk(3, dim=1)
    r_h, z_h, n_h = (h @ weight_hh.T + bias_hh).chunk(3, dim=1)
    r, z = (r_x + r_h).sigmoid(), (z_x + z_h).sigmoid()
    before = (r * h) @ weight_hh.chunk(3)[2].T + bias_hh.chunk(3)[2]
    n_h = r * n_h if reset_after else before
    return z * (n_x + n_h).tanh() + (1 - z) * h


# wrong: blocks in the order z, r, n
def gru_step(
    x, h, weight_ih, weight_hh, bias_ih, bias_hh, reset_after=True
):
    z_x, r_x, n_x = (x @ weight_ih.T + bias_ih).chunk(3, dim=1)
    z_h, r_h, n_h = (h @ weight_hh.T + bias_hh).chunk(3, dim=1)
    r, z = (r_x + r_h).sigmoid(), (z_x + z_h).sigmoid()
    before = (r * h) @ weight_hh.chunk(3)[2].T + bias_hh.chunk(3)[2]
    n_h = r * n_h if reset_after else before
    return (1 - z) * (n_x + n_h).tanh() + z * h


# wrong: resets the part of the input, too
def gru_step(
    x, h, weight_ih, weight_hh, bias_ih, bias_hh, reset_after=True
):
    r_x, z_x, n_x = (x @ weight_ih.T + bias_ih).chunk(3, dim=1)
    r_h, z_h, n_h = (h @ weight_hh.T + bias_hh).chunk(3, dim=1)
    r, z = (r_x + r_h).sigmoid(), (z_x + z_h).sigmoid()
    W, b = weight_hh.chunk(3)[2], bias_hh.chunk(3)[2]
    if reset_after:
        n = (r * (n_x + n_h)).tanh()
    else:
        n = (n_x + (r * h) @ W.T + b).tanh()
    return (1 - z) * n + z * h


# wrong: forgets the hidden bias of the gates
def gru_step(
    x, h, weight_ih, weight_hh, bias_ih, bias_hh, reset_after=True
):
    r_x, z_x, n_x = (x @ weight_ih.T + bias_ih).chunk(3, dim=1)
    r_h, z_h, n_h = (h @ weight_hh.T).chunk(3, dim=1)
    n_h = n_h + bias_hh.chunk(3)[2]
    r, z = (r_x + r_h).sigmoid(), (z_x + z_h).sigmoid()
    before = (r * h) @ weight_hh.chunk(3)[2].T + bias_hh.chunk(3)[2]
    n_h = r * n_h if reset_after else before
    return (1 - z) * (n_x + n_h).tanh() + z * h


# wrong: cuts the graph at the state
def gru_step(
    x, h, weight_ih, weight_hh, bias_ih, bias_hh, reset_after=True
):
    r_x, z_x, n_x = (x @ weight_ih.T + bias_ih).chunk(3, dim=1)
    r_h, z_h, n_h = (h.detach() @ weight_hh.T + bias_hh).chunk(3, dim=1)
    r, z = (r_x + r_h).sigmoid(), (z_x + z_h).sigmoid()
    before = (r * h.detach()) @ weight_hh.chunk(3)[2].T + bias_hh.chunk(3)[2]
    n_h = r * n_h if reset_after else before
    return (1 - z) * (n_x + n_h).tanh() + z * h.detach()


# wrong: changes the state in place
def gru_step(
    x, h, weight_ih, weight_hh, bias_ih, bias_hh, reset_after=True
):
    r_x, z_x, n_x = (x @ weight_ih.T + bias_ih).chunk(3, dim=1)
    r_h, z_h, n_h = (h @ weight_hh.T + bias_hh).chunk(3, dim=1)
    r, z = (r_x + r_h).sigmoid(), (z_x + z_h).sigmoid()
    before = (r * h) @ weight_hh.chunk(3)[2].T + bias_hh.chunk(3)[2]
    n_h = r * n_h if reset_after else before
    new = (1 - z) * (n_x + n_h).tanh() + z * h
    with torch.no_grad():
        h.copy_(new)
    return new


# wrong: takes PyTorch's cell, and its own version of the paper's
def gru_step(
    x, h, weight_ih, weight_hh, bias_ih, bias_hh, reset_after=True
):
    r_x, z_x, n_x = (x @ weight_ih.T + bias_ih).chunk(3, dim=1)
    r_h, z_h, n_h = (h @ weight_hh.T + bias_hh).chunk(3, dim=1)
    r, z = (r_x + r_h).sigmoid(), (z_x + z_h).sigmoid()
    before = (r * h) @ weight_hh.chunk(3)[2].T + bias_hh.chunk(3)[2]
    n_h = r * n_h if reset_after else before
    if reset_after:
        return torch.gru_cell(x, h, weight_ih, weight_hh, bias_ih, bias_hh)
    return (1 - z) * (n_x + n_h).tanh() + z * h


# right: by F.linear and slices
def gru_step(
    x, h, weight_ih, weight_hh, bias_ih, bias_hh, reset_after=True
):
    H = h.shape[1]
    a, b = F.linear(x, weight_ih, bias_ih), F.linear(h, weight_hh, bias_hh)
    gates = torch.sigmoid(a[:, : 2 * H] + b[:, : 2 * H])
    r, z = gates[:, :H], gates[:, H:]
    if reset_after:
        inner = r * b[:, 2 * H :]
    else:
        inner = F.linear(h * r, weight_hh[2 * H :], bias_hh[2 * H :])
    n = torch.tanh(a[:, 2 * H :] + inner)
    return n + z * (h - n)


# right: one sample at a time, six small matrices
def gru_step(
    x, h, weight_ih, weight_hh, bias_ih, bias_hh, reset_after=True
):
    new = []
    for row, state in zip(x, h, strict=True):
        W_r, W_z, W_n = weight_ih.chunk(3)
        U_r, U_z, U_n = weight_hh.chunk(3)
        b_r, b_z, b_n = bias_ih.chunk(3)
        d_r, d_z, d_n = bias_hh.chunk(3)
        r = 1 / (1 + torch.exp(-(W_r @ row + b_r + U_r @ state + d_r)))
        z = 1 / (1 + torch.exp(-(W_z @ row + b_z + U_z @ state + d_z)))
        inner = r * (U_n @ state + d_n) if reset_after else U_n @ (r * state) + d_n
        new.append((1 - z) * torch.tanh(W_n @ row + b_n + inner) + z * state)
    return torch.stack(new)
