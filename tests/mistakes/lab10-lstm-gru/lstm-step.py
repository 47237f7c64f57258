# wrong: blocks in the order i, f, o, g
def lstm_step(x, h, c, weight_ih, weight_hh, bias_ih, bias_hh):
    sums = x @ weight_ih.T + bias_ih + h @ weight_hh.T + bias_hh
    i, f, o, g = sums.chunk(4, dim=1)
    c = f.sigmoid() * c + i.sigmoid() * g.tanh()
    return o.sigmoid() * c.tanh(), c


# wrong: blocks in the order f, i, g, o
def lstm_step(x, h, c, weight_ih, weight_hh, bias_ih, bias_hh):
    sums = x @ weight_ih.T + bias_ih + h @ weight_hh.T + bias_hh
    f, i, g, o = sums.chunk(4, dim=1)
    c = f.sigmoid() * c + i.sigmoid() * g.tanh()
    return o.sigmoid() * c.tanh(), c


# wrong: forgets the second bias
def lstm_step(x, h, c, weight_ih, weight_hh, bias_ih, bias_hh):
    sums = x @ weight_ih.T + bias_ih + h @ weight_hh.T
    i, f, g, o = sums.chunk(4, dim=1)
    c = f.sigmoid() * c + i.sigmoid() * g.tanh()
    return o.sigmoid() * c.tanh(), c


# wrong: no tanh around the cell
def lstm_step(x, h, c, weight_ih, weight_hh, bias_ih, bias_hh):
    sums = x @ weight_ih.T + bias_ih + h @ weight_hh.T + bias_hh
    i, f, g, o = sums.chunk(4, dim=1)
    c = f.sigmoid() * c + i.sigmoid() * g.tanh()
    return o.sigmoid() * c, c


# wrong: shows the old cell
def lstm_step(x, h, c, weight_ih, weight_hh, bias_ih, bias_hh):
    sums = x @ weight_ih.T + bias_ih + h @ weight_hh.T + bias_hh
    i, f, g, o = sums.chunk(4, dim=1)
    new = f.sigmoid() * c + i.sigmoid() * g.tanh()
    return o.sigmoid() * c.tanh(), new


# wrong: sigmoid for the candidate
def lstm_step(x, h, c, weight_ih, weight_hh, bias_ih, bias_hh):
    sums = x @ weight_ih.T + bias_ih + h @ weight_hh.T + bias_hh
    i, f, g, o = sums.chunk(4, dim=1)
    c = f.sigmoid() * c + i.sigmoid() * g.sigmoid()
    return o.sigmoid() * c.tanh(), c


# wrong: 1 - f in the place of i, as in a GRU
def lstm_step(x, h, c, weight_ih, weight_hh, bias_ih, bias_hh):
    sums = x @ weight_ih.T + bias_ih + h @ weight_hh.T + bias_hh
    i, f, g, o = sums.chunk(4, dim=1)
    c = f.sigmoid() * c + (1 - f.sigmoid()) * g.tanh()
    return o.sigmoid() * c.tanh(), c


# wrong: returns c and h
def lstm_step(x, h, c, weight_ih, weight_hh, bias_ih, bias_hh):
    sums = x @ weight_ih.T + bias_ih + h @ weight_hh.T + bias_hh
    i, f, g, o = sums.chunk(4, dim=1)
    c = f.sigmoid() * c + i.sigmoid() * g.tanh()
    return c, o.sigmoid() * c.tanh()


# wrong: changes the cell in place
def lstm_step(x, h, c, weight_ih, weight_hh, bias_ih, bias_hh):
    sums = x @ weight_ih.T + bias_ih + h @ weight_hh.T + bias_hh
    i, f, g, o = sums.chunk(4, dim=1)
    with torch.no_grad():
        c.mul_(f.sigmoid()).add_(i.sigmoid() * g.tanh())
    return o.sigmoid() * c.tanh(), c


# wrong: cuts the graph
def lstm_step(x, h, c, weight_ih, weight_hh, bias_ih, bias_hh):
    sums = x @ weight_ih.T + bias_ih + h @ weight_hh.T + bias_hh
    i, f, g, o = sums.detach().chunk(4, dim=1)
    c = f.sigmoid() * c + i.sigmoid() * g.tanh()
    return o.sigmoid() * c.tanh(), c


# wrong: cuts the sums into blocks of a fixed size
def lstm_step(x, h, c, weight_ih, weight_hh, bias_ih, bias_hh):
    sums = x @ weight_ih.T + bias_ih + h @ weight_hh.T + bias_hh
    i, f, g, o = sums[:, :2], sums[:, 2:4], sums[:, 4:6], sums[:, 6:8]
    c = f.sigmoid() * c + i.sigmoid() * g.tanh()
    return o.sigmoid() * c.tanh(), c


# wrong: takes PyTorch's cell
def lstm_step(x, h, c, weight_ih, weight_hh, bias_ih, bias_hh):
    return torch.lstm_cell(x, (h, c), weight_ih, weight_hh, bias_ih, bias_hh)


# right: by F.linear and slices
def lstm_step(x, h, c, weight_ih, weight_hh, bias_ih, bias_hh):
    H = h.shape[1]
    sums = F.linear(x, weight_ih, bias_ih) + F.linear(h, weight_hh, bias_hh)
    i = torch.sigmoid(sums[:, :H])
    f = torch.sigmoid(sums[:, H : 2 * H])
    g = torch.tanh(sums[:, 2 * H : 3 * H])
    o = torch.sigmoid(sums[:, 3 * H :])
    new = torch.addcmul(f * c, i, g)
    return (o * torch.tanh(new), new)


# right: one sample at a time, gates one by one
def lstm_step(x, h, c, weight_ih, weight_hh, bias_ih, bias_hh):
    H, hs, cs = h.shape[1], [], []
    for row, state, old in zip(x, h, c, strict=True):
        parts = []
        for block in range(4):
            rows = slice(block * H, (block + 1) * H)
            one = weight_ih[rows] @ row + bias_ih[rows]
            parts.append(one + weight_hh[rows] @ state + bias_hh[rows])
        i, f, g, o = parts
        cs.append(old / (1 + (-f).exp()) + torch.tanh(g) / (1 + (-i).exp()))
        hs.append(torch.tanh(cs[-1]) / (1 + (-o).exp()))
    return torch.stack(hs), torch.stack(cs)


# right: x and h in one product
def lstm_step(x, h, c, weight_ih, weight_hh, bias_ih, bias_hh):
    weight = torch.cat([weight_ih, weight_hh], dim=1)
    both = torch.cat([x, h], dim=1) @ weight.mT + (bias_ih + bias_hh)
    i, f, g, o = both.unflatten(1, (4, -1)).unbind(1)
    c = c * torch.sigmoid(f) + torch.tanh(g) * torch.sigmoid(i)
    return torch.tanh(c) * torch.sigmoid(o), c
