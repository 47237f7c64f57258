# wrong: a plain recurrent network, trained as the LSTM was
torch.manual_seed(1)
keeper = Keeper(nn.RNN(INPUTS, 48, batch_first=True)).to(device)
optimizer = torch.optim.Adam(keeper.parameters(), lr=0.01)
for _ in range(150):
    X, y = draw(32, int(torch.randint(5, 31, ())))
    loss = F.cross_entropy(keeper(X), y)
    optimizer.zero_grad()
    loss.backward()
    nn.utils.clip_grad_norm_(keeper.parameters(), 1.0)
    optimizer.step()


# wrong: trained on short streams only
torch.manual_seed(1)
keeper = Keeper(nn.GRU(INPUTS, 24, batch_first=True)).to(device)
optimizer = torch.optim.Adam(keeper.parameters(), lr=0.02)
for _ in range(60):
    X, y = draw(32, 5)
    loss = F.cross_entropy(keeper(X), y)
    optimizer.zero_grad()
    loss.backward()
    nn.utils.clip_grad_norm_(keeper.parameters(), 1.0)
    optimizer.step()


# wrong: trained on long streams only, and hardly begun
torch.manual_seed(1)
keeper = Keeper(nn.LSTM(INPUTS, 24, batch_first=True)).to(device)
optimizer = torch.optim.Adam(keeper.parameters(), lr=0.02)
for _ in range(40):
    X, y = draw(32, 30)
    loss = F.cross_entropy(keeper(X), y)
    optimizer.zero_grad()
    loss.backward()
    nn.utils.clip_grad_norm_(keeper.parameters(), 1.0)
    optimizer.step()


# wrong: no training at all
torch.manual_seed(1)
keeper = Keeper(nn.LSTM(INPUTS, 24, batch_first=True)).to(device)


# wrong: a learning rate that is far too small
torch.manual_seed(1)
keeper = Keeper(nn.LSTM(INPUTS, 24, batch_first=True)).to(device)
optimizer = torch.optim.Adam(keeper.parameters(), lr=0.00001)
for _ in range(60):
    X, y = draw(32, int(torch.randint(5, 31, ())))
    loss = F.cross_entropy(keeper(X), y)
    optimizer.zero_grad()
    loss.backward()
    nn.utils.clip_grad_norm_(keeper.parameters(), 1.0)
    optimizer.step()


# wrong: too many parameters
torch.manual_seed(1)
keeper = Keeper(nn.LSTM(INPUTS, 64, batch_first=True)).to(device)


# wrong: the parameters are never told to move
torch.manual_seed(1)
keeper = Keeper(nn.LSTM(INPUTS, 24, batch_first=True)).to(device)
optimizer = torch.optim.Adam(keeper.parameters(), lr=0.02)
for _ in range(20):
    X, y = draw(32, int(torch.randint(5, 31, ())))
    loss = F.cross_entropy(keeper(X), y)
    optimizer.zero_grad()
    loss.backward()
    nn.utils.clip_grad_norm_(keeper.parameters(), 1.0)


# right: a GRU, from short to long
torch.manual_seed(1)
keeper = Keeper(nn.GRU(INPUTS, 24, batch_first=True)).to(device)
optimizer = torch.optim.Adam(keeper.parameters(), lr=0.02)
for step in range(120):
    X, y = draw(32, 5 + step // 5)
    loss = F.cross_entropy(keeper(X), y)
    optimizer.zero_grad()
    loss.backward()
    nn.utils.clip_grad_norm_(keeper.parameters(), 1.0)
    optimizer.step()


# right: an LSTM with another bias, seed and size
torch.manual_seed(5)
keeper = Keeper(nn.LSTM(INPUTS, 28, batch_first=True)).to(device)
keeper.rnn.bias_hh_l0.data[28:56].fill_(1)
optimizer = torch.optim.Adam(keeper.parameters(), lr=0.02)
for _ in range(180):
    X, y = draw(32, int(torch.randint(5, 31, ())))
    loss = F.cross_entropy(keeper(X), y)
    optimizer.zero_grad()
    loss.backward()
    nn.utils.clip_grad_norm_(keeper.parameters(), 1.0)
    optimizer.step()
