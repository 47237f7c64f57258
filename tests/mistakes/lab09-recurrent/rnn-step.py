# wrong: softmax over the batch
def rnn_step(x, h, W_xh, W_hh, W_hy, b_h, b_y):
    h = torch.tanh(W_hh.T @ h + W_xh.T @ x + b_h)
    return torch.softmax(W_hy.T @ h + b_y, dim=1), h


# wrong: the recurrent weight is not transposed
def rnn_step(x, h, W_xh, W_hh, W_hy, b_h, b_y):
    h = torch.tanh(W_hh @ h + W_xh.T @ x + b_h)
    return torch.softmax(W_hy.T @ h + b_y, dim=0), h


# wrong: the row layout
def rnn_step(x, h, W_xh, W_hh, W_hy, b_h, b_y):
    h = torch.tanh(h @ W_hh + x @ W_xh + b_h.T)
    return torch.softmax(h @ W_hy + b_y.T, dim=-1), h


# wrong: the answer comes from the old state
def rnn_step(x, h, W_xh, W_hh, W_hy, b_h, b_y):
    new = torch.tanh(W_hh.T @ h + W_xh.T @ x + b_h)
    return torch.softmax(W_hy.T @ h + b_y, dim=0), new


# wrong: returns logits
def rnn_step(x, h, W_xh, W_hh, W_hy, b_h, b_y):
    h = torch.tanh(W_hh.T @ h + W_xh.T @ x + b_h)
    return W_hy.T @ h + b_y, h


# wrong: the state and the answer change places
def rnn_step(x, h, W_xh, W_hh, W_hy, b_h, b_y):
    h = torch.tanh(W_hh.T @ h + W_xh.T @ x + b_h)
    return h, torch.softmax(W_hy.T @ h + b_y, dim=0)


# wrong: forgets the bias of the state
def rnn_step(x, h, W_xh, W_hh, W_hy, b_h, b_y):
    h = torch.tanh(W_hh.T @ h + W_xh.T @ x)
    return torch.softmax(W_hy.T @ h + b_y, dim=0), h


# wrong: a softmax that overflows
def rnn_step(x, h, W_xh, W_hh, W_hy, b_h, b_y):
    h = torch.tanh(W_hh.T @ h + W_xh.T @ x + b_h)
    powers = (W_hy.T @ h + b_y).exp()
    return powers / powers.sum(dim=0), h


# wrong: ReLU instead of tanh
def rnn_step(x, h, W_xh, W_hh, W_hy, b_h, b_y):
    h = torch.relu(W_hh.T @ h + W_xh.T @ x + b_h)
    return torch.softmax(W_hy.T @ h + b_y, dim=0), h


# wrong: writes the new state into the old
def rnn_step(x, h, W_xh, W_hh, W_hy, b_h, b_y):
    h.copy_(torch.tanh(W_hh.T @ h + W_xh.T @ x + b_h))
    return torch.softmax(W_hy.T @ h + b_y, dim=0), h


# right: column by column
def rnn_step(x, h, W_xh, W_hh, W_hy, b_h, b_y):
    states, answers = [], []
    for column in range(x.shape[1]):
        a = W_hh.T @ h[:, column] + W_xh.T @ x[:, column] + b_h[:, 0]
        new = torch.tanh(a)
        logits = W_hy.T @ new + b_y[:, 0]
        powers = torch.exp(logits - logits.max())
        states.append(new)
        answers.append(powers / powers.sum())
    return torch.stack(answers, dim=1), torch.stack(states, dim=1)


# right: PyTorch's own cell, in rows
def rnn_step(x, h, W_xh, W_hh, W_hy, b_h, b_y):
    cell = nn.RNNCell(*W_xh.shape).to(x)
    with torch.no_grad():
        cell.weight_ih.copy_(W_xh.T)
        cell.weight_hh.copy_(W_hh.T)
        cell.bias_ih.copy_(b_h[:, 0])
        cell.bias_hh.zero_()
        state = cell(x.T, h.T)
        return F.softmax(F.linear(state, W_hy.T, b_y[:, 0]), dim=1).T, state.T


# right: einsum
def rnn_step(x, h, W_xh, W_hh, W_hy, b_h, b_y):
    a = torch.einsum("dh,db->hb", W_xh, x) + torch.einsum("gh,gb->hb", W_hh, h) + b_h
    state = a.tanh()
    logits = torch.einsum("hk,hb->kb", W_hy, state) + b_y
    return logits.log_softmax(dim=0).exp(), state
