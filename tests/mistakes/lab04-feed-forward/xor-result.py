# ruff: noqa

# wrong: not trained
torch.manual_seed(0)
xor_model = XorNet()


# wrong: stopped too early
torch.manual_seed(0)
xor_model = XorNet()
train_sgd(xor_model, xor_X, xor_y, lr=0.1, num_epochs=50)


# wrong: weights of zero keep both units equal for ever
xor_model = XorNet()
for parameter in xor_model.parameters():
    nn.init.zeros_(parameter)
train_sgd(xor_model, xor_X, xor_y, lr=2.0, num_epochs=100)


# wrong: three hidden units
torch.manual_seed(0)
xor_model = nn.Sequential(nn.Linear(2, 3), nn.Sigmoid(), nn.Linear(3, 1), nn.Sigmoid())
train_sgd(xor_model, xor_X, xor_y, lr=2.0, num_epochs=100)


# wrong: the weights set by hand
xor_model = XorNet()
xor_model.load_state_dict(
    {
        "hidden.weight": torch.tensor([[20.0, 20.0], [20.0, 20.0]]),
        "hidden.bias": torch.tensor([-10.0, -30.0]),
        "output.weight": torch.tensor([[20.0, -20.0]]),
        "output.bias": torch.tensor([-10.0]),
    }
)


# wrong: a table of the answers, beside nine idle parameters
class Table(XorNet):
    def forward(self, X):
        return (X[:, :1] != X[:, 1:]).float()


xor_model = Table()


# wrong: the outputs instead of the model
xor_model = xor_y.clone()


# wrong: trained on OR
torch.manual_seed(0)
xor_model = XorNet()
train_sgd(xor_model, xor_X, xor_X.amax(dim=1, keepdim=True), lr=2.0, num_epochs=100)


# wrong: learnt, but with tanh and a linear output
for seed in range(20):
    torch.manual_seed(seed)
    xor_model = nn.Sequential(nn.Linear(2, 2), nn.Tanh(), nn.Linear(2, 1))
    optimizer = torch.optim.Adam(xor_model.parameters(), lr=0.1)
    for _ in range(200):
        optimizer.zero_grad()
        F.mse_loss(xor_model(xor_X), xor_y).backward()
        optimizer.step()
    if (xor_model(xor_X) - xor_y).abs().max() < 0.1:
        break


# right: other learning rate, a while loop
torch.manual_seed(11)
done = False
while not done:
    xor_model = XorNet()
    train_sgd(xor_model, xor_X, xor_y, lr=4.0, num_epochs=300)
    done = bool(((xor_model(xor_X) - xor_y).abs() < 0.15).all())


# right: Adam on the full batch, cross-entropy, a Sequential, on the device
for seed in range(100, 130):
    torch.manual_seed(seed)
    xor_model = nn.Sequential(
        nn.Linear(2, 2), nn.Sigmoid(), nn.Linear(2, 1), nn.Sigmoid()
    ).to(device)
    optimizer = torch.optim.Adam(xor_model.parameters(), lr=0.1)
    for _ in range(400):
        optimizer.zero_grad()
        F.binary_cross_entropy(xor_model(xor_X.to(device)), xor_y.to(device)).backward()
        optimizer.step()
    if (xor_model(xor_X.to(device)).cpu() - xor_y).abs().max() < 0.1:
        break
