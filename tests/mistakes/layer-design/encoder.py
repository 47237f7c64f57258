# wrong: takes the first dimension for the length
encoder = nn.TransformerEncoderLayer(512, 8)


# wrong: 16 heads
encoder = nn.TransformerEncoderLayer(512, 16, batch_first=True)


# wrong: as wide as the sequence is long
encoder = nn.TransformerEncoderLayer(16, 8, batch_first=True)


# wrong: attention alone, which wants three inputs
encoder = nn.MultiheadAttention(512, 8, batch_first=True)


# wrong: a decoder layer wants a memory
encoder = nn.TransformerDecoderLayer(512, 8, batch_first=True)


# wrong: a linear layer has the right shapes
encoder = nn.Linear(512, 512)


# wrong: two layers
encoder = nn.TransformerEncoder(
    nn.TransformerEncoderLayer(512, 8, 64, batch_first=True), num_layers=2
)


# wrong: each place sees earlier places only
class Masked(nn.TransformerEncoderLayer):
    def forward(self, X):
        L = X.shape[1]
        mask = nn.Transformer.generate_square_subsequent_mask(L, device=X.device)
        return super().forward(X, src_mask=mask)


encoder = Masked(512, 8, batch_first=True)


# wrong: works for sequences of 16 places only
class Rigid(nn.TransformerEncoderLayer):
    def forward(self, X):
        return super().forward(X.reshape(-1, 16, 512))


encoder = Rigid(512, 8, batch_first=True)


# right: keywords, no dropout, narrow feed-forward part
encoder = nn.TransformerEncoderLayer(
    d_model=512, nhead=8, dim_feedforward=128, dropout=0.0, batch_first=True
)


# right: one layer in an encoder, in evaluation mode
encoder = nn.TransformerEncoder(
    nn.TransformerEncoderLayer(512, 8, batch_first=True), num_layers=1
).eval()


# right: normalisation first, GELU, moved
encoder = nn.TransformerEncoderLayer(
    512, 8, activation="gelu", batch_first=True, norm_first=True
).to(device)


# right: a layer that wants the length first, turned outside
class Turned(nn.Module):
    def __init__(self):
        super().__init__()
        self.layer = nn.TransformerEncoderLayer(512, 8)

    def forward(self, X):
        return self.layer(X.transpose(0, 1)).transpose(0, 1)


encoder = Turned()
