# wrong: takes 64 for the batch
rnn = nn.RNN(32, 64, num_layers=2, batch_first=True)


# wrong: one layer
rnn = nn.RNN(32, 64)


# wrong: sizes swapped
rnn = nn.RNN(64, 32, num_layers=2)


# wrong: takes the batch for the features
rnn = nn.RNN(8, 64, num_layers=2)


# wrong: an LSTM has two states
rnn = nn.LSTM(32, 64, num_layers=2)


# wrong: a GRU has the same shapes and three times the weights
rnn = nn.GRU(32, 64, num_layers=2)


# wrong: two directions of 32 make 64 features
rnn = nn.RNN(32, 32, num_layers=2, bidirectional=True)


# wrong: one layer in two directions, whose h_n has the right shape
class Both(nn.RNN):
    def forward(self, X, h0=None):
        out, h_n = super().forward(X, h0)
        return out[..., :64] + out[..., 64:], h_n


rnn = Both(32, 64, bidirectional=True)


# wrong: starts from zero, whatever it is handed
class Forgetful(nn.RNN):
    def forward(self, X, h0=None):
        return super().forward(X)


rnn = Forgetful(32, 64, 2)


# wrong: reads the sequences backwards
class Backwards(nn.RNN):
    def forward(self, X, h0=None):
        out, _ = super().forward(X.flip(0), h0)
        return out.flip(0), torch.stack([out[-1], out[-1]])


rnn = Backwards(32, 64, 2)


# right: all by position
rnn = nn.RNN(32, 64, 2)


# right: keywords, ReLU, no bias
rnn = nn.RNN(
    num_layers=2, hidden_size=64, input_size=32, nonlinearity="relu", bias=False
)


# right: with dropout between the layers, moved
rnn = nn.RNN(input_size=32, hidden_size=64, num_layers=2, dropout=0.3).to(device)


# right: two cells in a loop
class Cells(nn.Module):
    def __init__(self):
        super().__init__()
        self.cells = nn.ModuleList([nn.RNNCell(32, 64), nn.RNNCell(64, 64)])

    def forward(self, X, h0=None):
        states = [X.new_zeros(X.shape[1], 64)] * 2 if h0 is None else list(h0)
        rows = []
        for x in X:
            for layer, cell in enumerate(self.cells):
                x = states[layer] = cell(x, states[layer])
            rows.append(x)
        return torch.stack(rows), torch.stack(states)


rnn = Cells()
