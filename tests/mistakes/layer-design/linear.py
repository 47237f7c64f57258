# wrong: in and out are swapped
linear = nn.Linear(256, 512)


# wrong: takes the batch size for the number of inputs
linear = nn.Linear(32, 256)


# wrong: one feature too many
linear = nn.Linear(512, 257)


# wrong: the class, not a layer
linear = nn.Linear


# wrong: an activation behind the layer
linear = nn.Sequential(nn.Linear(512, 256), nn.ReLU())


# wrong: two linear layers with a bottleneck
linear = nn.Sequential(nn.Linear(512, 64), nn.Linear(64, 256))


# wrong: normalises over the batch, so that rows depend on each other
linear = nn.Sequential(nn.Linear(512, 256), nn.BatchNorm1d(256, affine=False))


# wrong: a function of the mean of the batch, not of the row
class Mean(nn.Linear):
    def forward(self, X):
        return super().forward(X).mean(dim=0, keepdim=True).expand(len(X), -1)


linear = Mean(512, 256)


# right: positional, without a bias
linear = nn.Linear(512, 256, False)


# right: keywords in another order, moved
linear = nn.Linear(out_features=256, in_features=512).to(device)


# right: a layer that finds its inputs by itself
linear = nn.LazyLinear(256)


# right: written by hand
class MyLinear(nn.Module):
    def __init__(self):
        super().__init__()
        self.W = nn.Parameter(torch.randn(512, 256) / 16)

    def forward(self, X):
        return X @ self.W


linear = MyLinear()


# right: alone in a Sequential
linear = nn.Sequential(nn.Linear(512, 256))
