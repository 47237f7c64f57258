# wrong: the broken function
def encode(rnn, sequences):
    sequences = sorted(sequences, key=len, reverse=True)
    X = rnn_utils.pad_sequence(sequences)
    outputs, _ = rnn(X)
    return outputs[:, -1]


# wrong: no packing, but order and dimensions are right
def encode(rnn, sequences):
    X = rnn_utils.pad_sequence(sequences, batch_first=rnn.batch_first)
    _, state = rnn(X)
    h_n = state[0] if isinstance(state, tuple) else state
    directions = 2 if rnn.bidirectional else 1
    return torch.cat(list(h_n[-directions:]), dim=1)


# wrong: packs and leaves the sequences sorted
def encode(rnn, sequences):
    sequences = sorted(sequences, key=len, reverse=True)
    _, state = rnn(rnn_utils.pack_sequence(sequences))
    h_n = state[0] if isinstance(state, tuple) else state
    directions = 2 if rnn.bidirectional else 1
    return torch.cat(list(h_n[-directions:]), dim=1)


# wrong: sorts the caller's list
def encode(rnn, sequences):
    sequences.sort(key=len, reverse=True)
    _, state = rnn(rnn_utils.pack_sequence(sequences))
    h_n = state[0] if isinstance(state, tuple) else state
    directions = 2 if rnn.bidirectional else 1
    return torch.cat(list(h_n[-directions:]), dim=1)


# wrong: last valid output, which is half blind with two directions
def encode(rnn, sequences):
    X = rnn_utils.pad_sequence(sequences, batch_first=True)
    lengths = torch.tensor([len(sequence) for sequence in sequences])
    packed = rnn_utils.pack_padded_sequence(
        X, lengths, batch_first=True, enforce_sorted=False
    )
    outputs, _ = rnn_utils.pad_packed_sequence(rnn(packed)[0], batch_first=True)
    return outputs[torch.arange(len(lengths)), lengths - 1]


# wrong: one direction only
def encode(rnn, sequences):
    _, state = rnn(rnn_utils.pack_sequence(sequences, enforce_sorted=False))
    h_n = state[0] if isinstance(state, tuple) else state
    return h_n[-1]


# wrong: backward before forward
def encode(rnn, sequences):
    _, state = rnn(rnn_utils.pack_sequence(sequences, enforce_sorted=False))
    h_n = state[0] if isinstance(state, tuple) else state
    if rnn.bidirectional:
        return torch.cat([h_n[-1], h_n[-2]], dim=1)
    return h_n[-1]


# wrong: the first layer
def encode(rnn, sequences):
    _, state = rnn(rnn_utils.pack_sequence(sequences, enforce_sorted=False))
    h_n = state[0] if isinstance(state, tuple) else state
    directions = 2 if rnn.bidirectional else 1
    return torch.cat(list(h_n[:directions]), dim=1)


# wrong: the cell of an LSTM instead of h
def encode(rnn, sequences):
    _, state = rnn(rnn_utils.pack_sequence(sequences, enforce_sorted=False))
    h_n = state[1] if isinstance(state, tuple) else state
    directions = 2 if rnn.bidirectional else 1
    return torch.cat(list(h_n[-directions:]), dim=1)


# wrong: an LSTM's pair of states is not looked into
def encode(rnn, sequences):
    _, h_n = rnn(rnn_utils.pack_sequence(sequences, enforce_sorted=False))
    directions = 2 if rnn.bidirectional else 1
    return torch.cat(list(h_n[-directions:]), dim=1)


# wrong: no gradient is tracked
def encode(rnn, sequences):
    with torch.no_grad():
        _, state = rnn(rnn_utils.pack_sequence(sequences, enforce_sorted=False))
    h_n = state[0] if isinstance(state, tuple) else state
    directions = 2 if rnn.bidirectional else 1
    return torch.cat(list(h_n[-directions:]), dim=1)


# wrong: last row of the padded outputs after packing
def encode(rnn, sequences):
    packed = rnn_utils.pack_sequence(sequences, enforce_sorted=False)
    outputs, _ = rnn_utils.pad_packed_sequence(rnn(packed)[0], batch_first=True)
    return outputs[:, -1]


# right: each sequence alone
def encode(rnn, sequences):
    vectors = []
    for sequence in sequences:
        X = sequence.unsqueeze(0 if rnn.batch_first else 1)
        _, state = rnn(X)
        h_n = state if isinstance(state, torch.Tensor) else state[0]
        last = h_n.unflatten(0, (rnn.num_layers, -1))[-1]
        vectors.append(last.reshape(-1))
    return torch.stack(vectors)


# right: sorted, packed, unpacked and put back by hand
def encode(rnn, sequences):
    lengths = torch.tensor([sequence.shape[0] for sequence in sequences])
    order = lengths.argsort(descending=True, stable=True)
    X = rnn_utils.pad_sequence([sequences[k] for k in order.tolist()], rnn.batch_first)
    packed = rnn_utils.pack_padded_sequence(X, lengths[order], rnn.batch_first)
    outputs, _ = rnn_utils.pad_packed_sequence(rnn(packed)[0], batch_first=True)
    H = rnn.hidden_size
    last = outputs[torch.arange(len(lengths)), lengths[order] - 1, :H]
    if rnn.bidirectional:
        last = torch.cat([last, outputs[:, 0, H:]], dim=1)
    return last[order.argsort()]
