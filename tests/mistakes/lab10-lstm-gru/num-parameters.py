# wrong: one bias instead of two
def num_parameters(
    kind, input_size, hidden_size, num_layers=1, bidirectional=False, bias=True
):
    rows = {"RNN": 1, "LSTM": 4, "GRU": 3}[kind] * hidden_size
    directions = 2 if bidirectional else 1
    total, width = 0, input_size
    for _ in range(num_layers):
        total += directions * rows * (width + hidden_size + (1 if bias else 0))
        width = directions * hidden_size
    return total


# wrong: all layers as wide as the first
def num_parameters(
    kind, input_size, hidden_size, num_layers=1, bidirectional=False, bias=True
):
    rows = {"RNN": 1, "LSTM": 4, "GRU": 3}[kind] * hidden_size
    directions = 2 if bidirectional else 1
    each = rows * (input_size + hidden_size + (2 if bias else 0))
    return num_layers * directions * each


# wrong: deeper layers read one direction only
def num_parameters(
    kind, input_size, hidden_size, num_layers=1, bidirectional=False, bias=True
):
    rows = {"RNN": 1, "LSTM": 4, "GRU": 3}[kind] * hidden_size
    directions = 2 if bidirectional else 1
    total, width = 0, input_size
    for _ in range(num_layers):
        total += directions * rows * (width + hidden_size + (2 if bias else 0))
        width = hidden_size
    return total


# wrong: LSTM and GRU exchanged
def num_parameters(
    kind, input_size, hidden_size, num_layers=1, bidirectional=False, bias=True
):
    rows = {"RNN": 1, "LSTM": 3, "GRU": 4}[kind] * hidden_size
    directions = 2 if bidirectional else 1
    total, width = 0, input_size
    for _ in range(num_layers):
        total += directions * rows * (width + hidden_size + (2 if bias else 0))
        width = directions * hidden_size
    return total


# wrong: counts biases that are not there
def num_parameters(
    kind, input_size, hidden_size, num_layers=1, bidirectional=False, bias=True
):
    rows = {"RNN": 1, "LSTM": 4, "GRU": 3}[kind] * hidden_size
    directions = 2 if bidirectional else 1
    total, width = 0, input_size
    for _ in range(num_layers):
        total += directions * rows * (width + hidden_size + 2)
        width = directions * hidden_size
    return total


# wrong: makes the layer and counts
def num_parameters(
    kind, input_size, hidden_size, num_layers=1, bidirectional=False, bias=True
):
    layer = getattr(nn, kind)(
        input_size, hidden_size, num_layers, bias=bias, bidirectional=bidirectional
    )
    return sum(weight.numel() for weight in layer.parameters())


# wrong: a float
def num_parameters(
    kind, input_size, hidden_size, num_layers=1, bidirectional=False, bias=True
):
    rows = {"RNN": 1, "LSTM": 4, "GRU": 3}[kind] * hidden_size
    directions = 1.0 + bidirectional
    total, width = 0, input_size
    for _ in range(num_layers):
        total += directions * rows * (width + hidden_size + (2 if bias else 0))
        width = directions * hidden_size
    return total


# right: in closed form
def num_parameters(
    kind, input_size, hidden_size, num_layers=1, bidirectional=False, bias=True
):
    D = 1 + bool(bidirectional)
    B = 2 * bool(bias)
    rows = D * hidden_size * (1, 3, 4)[("RNN", "GRU", "LSTM").index(kind)]
    first = rows * (input_size + hidden_size + B)
    later = rows * (D * hidden_size + hidden_size + B)
    return first + (num_layers - 1) * later


# right: adds up the sizes of all tensors
def num_parameters(
    kind, input_size, hidden_size, num_layers=1, bidirectional=False, bias=True
):
    blocks = 4 if kind == "LSTM" else 3 if kind == "GRU" else 1
    sizes = []
    for layer in range(num_layers):
        for _ in range(2 if bidirectional else 1):
            width = input_size
            if layer > 0:
                width = 2 * hidden_size if bidirectional else hidden_size
            sizes.append(blocks * hidden_size * width)
            sizes.append(blocks * hidden_size * hidden_size)
            if bias:
                sizes += [blocks * hidden_size, blocks * hidden_size]
    return sum(sizes)
