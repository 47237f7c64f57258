# wrong: from scratch
torch.manual_seed(0)
target_model = Net().to(device)
groups = [{"params": target_model.parameters(), "lr": 3e-3}]
fit(target_model, X_few, y_few, groups, num_steps=90)
target_accuracy = accuracy(target_model, X_test, y_test)

# wrong: one large learning rate for everything
torch.manual_seed(0)
target_model = copy.deepcopy(base)
target_model.head = nn.Linear(384, 5).to(device)
groups = [{"params": target_model.parameters(), "lr": 0.1}]
fit(target_model, X_few, y_few, groups, num_steps=90)
target_accuracy = accuracy(target_model, X_test, y_test)

# wrong: trains base itself
torch.manual_seed(0)
target_model = base
target_model.head = nn.Linear(384, 5).to(device)
groups = [
    {"params": target_model.body.parameters(), "lr": 3e-4},
    {"params": target_model.head.parameters(), "lr": 3e-3},
]
fit(target_model, X_few, y_few, groups, num_steps=90)
target_accuracy = accuracy(target_model, X_test, y_test)

# wrong: reports the accuracy on the twenty-five pictures
torch.manual_seed(0)
target_model = copy.deepcopy(base)
target_model.head = nn.Linear(384, 5).to(device)
groups = [
    {"params": target_model.body.parameters(), "lr": 3e-4},
    {"params": target_model.head.parameters(), "lr": 3e-3},
]
fit(target_model, X_few, y_few, groups, num_steps=90)
target_accuracy = accuracy(target_model, X_few, y_few)

# wrong: the old head, not trained
target_model = copy.deepcopy(base)
target_accuracy = accuracy(target_model, X_test, y_test)

# right: a head on cached features
torch.manual_seed(11)
body = copy.deepcopy(base.body).eval()
with torch.no_grad():
    cached = body(X_few)
head = nn.Linear(384, 5).to(device)
fit(head, cached, y_few, [{"params": head.parameters(), "lr": 3e-3}], num_steps=200)
target_model = nn.Sequential(body, head)
target_accuracy = accuracy(target_model, X_test, y_test)

# right: first the head, then gently all of it, with a loop of its own
torch.manual_seed(12)
target_model = copy.deepcopy(base)
target_model.head = nn.Linear(384, 5).to(device)
for part, lr, num_steps in [(target_model.head, 3e-3, 120), (target_model, 1e-4, 30)]:
    optimizer = torch.optim.AdamW(part.parameters(), lr=lr)
    target_model.eval()  # batch norm keeps the source's statistics
    for _ in range(num_steps):
        batch = torch.randperm(25)[:15].to(device)
        loss = F.cross_entropy(target_model(X_few[batch]), y_few[batch])
        target_model.zero_grad()
        loss.backward()
        optimizer.step()
target_accuracy = (target_model(X_test).argmax(1) == y_test).double().mean().item()
