# wrong: the batch first, as the sequences are
def start_state(rnn, X):
    batch = X.shape[0] if rnn.batch_first else X.shape[1]
    layers = rnn.num_layers * (2 if rnn.bidirectional else 1)
    return torch.zeros(batch, layers, rnn.hidden_size, dtype=X.dtype, device=X.device)


# wrong: takes the length for the batch
def start_state(rnn, X):
    return torch.zeros(rnn.num_layers, X.shape[0], rnn.hidden_size)


# wrong: the size of the input instead of the state
def start_state(rnn, X):
    return torch.zeros(rnn.num_layers, X.shape[1], rnn.input_size)


# wrong: the numbers of the example
def start_state(rnn, X):
    return torch.zeros(2, 8, 64)


# wrong: always reads the batch from dimension 1
def start_state(rnn, X):
    layers = rnn.num_layers * (1 + rnn.bidirectional)
    return torch.zeros(
        layers, X.shape[1], rnn.hidden_size, dtype=X.dtype, device=X.device
    )


# wrong: forgets the second direction
def start_state(rnn, X):
    batch = X.shape[0] if rnn.batch_first else X.shape[1]
    return X.new_zeros(rnn.num_layers, batch, rnn.hidden_size)


# wrong: always float32 on the CPU
def start_state(rnn, X):
    batch = X.shape[0] if rnn.batch_first else X.shape[1]
    return torch.zeros(rnn.num_layers * (1 + rnn.bidirectional), batch, rnn.hidden_size)


# wrong: random numbers
def start_state(rnn, X):
    batch = X.shape[0] if rnn.batch_first else X.shape[1]
    return torch.randn(rnn.num_layers * (1 + rnn.bidirectional), batch, rnn.hidden_size)


# wrong: the state after the sequence, not before it
def start_state(rnn, X):
    return rnn(X)[1].detach()


# right: the shape of the last state, filled with zeros
def start_state(rnn, X):
    _, h_n = rnn(X)
    return torch.zeros_like(h_n)


# right: with X's own dtype and device, by new_zeros
def start_state(rnn, X):
    batch = X.size(0 if rnn.batch_first else 1)
    directions = 2 if rnn.bidirectional else 1
    return X.new_zeros((directions * rnn.num_layers, batch, rnn.hidden_size))
