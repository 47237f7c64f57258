# wrong: not trained
digit_model = DigitCNN().to(device)
labels, predictions = predict(digit_model, digits_test, 100, device)
digit_accuracy, digit_matrix = scores(labels, predictions, 10)


# wrong: the matrix is of the training pictures
torch.manual_seed(2)
digit_model = DigitCNN()
train(digit_model, digits_train, num_epochs=3, batch_size=32, device=device)
digit_accuracy, _ = scores(*predict(digit_model, digits_test, 100, device), 10)
_, digit_matrix = scores(*predict(digit_model, digits_train, 100, device), 10)


# wrong: results out of thin air
digit_model = DigitCNN().to(device)
digit_accuracy, digit_matrix = 0.95, 36 * torch.eye(10, dtype=torch.int64)


# wrong: another network than the one asked for
torch.manual_seed(1)
digit_model = nn.Sequential(
    nn.Flatten(), nn.Linear(784, 64), nn.ReLU(), nn.Linear(64, 10)
)
train(digit_model, digits_train, num_epochs=6, batch_size=32, device=device)
labels, predictions = predict(digit_model, digits_test, 100, device)
digit_accuracy, digit_matrix = scores(labels, predictions, 10)


# right: other seed, optimiser and batch size, everything in one cell
torch.manual_seed(11)
digit_model = nn.Sequential(
    nn.Conv2d(1, 64, 3),
    nn.ReLU(),
    nn.MaxPool2d(2),
    nn.Conv2d(64, 128, 3),
    nn.ReLU(),
    nn.MaxPool2d(2),
    nn.Conv2d(128, 64, 3),
    nn.ReLU(),
    nn.MaxPool2d(2),
    nn.Flatten(),
    nn.Linear(64, 20),
    nn.ReLU(),
    nn.Linear(20, 10),
).to(device)
optimizer = torch.optim.SGD(digit_model.parameters(), lr=0.05, momentum=0.9)
for _ in range(4):
    for X, y in DataLoader(digits_train, 32, shuffle=True):
        optimizer.zero_grad()
        F.cross_entropy(digit_model(X.to(device)), y.to(device)).backward()
        optimizer.step()
with torch.no_grad():
    digit_predictions = digit_model(digits_test.images.to(device)).argmax(dim=1).cpu()
digit_accuracy = (digit_predictions == digits_test.labels).float().mean().item()
digit_matrix = torch.zeros(10, 10, dtype=torch.int64)
for i, j in zip(digits_test.labels, digit_predictions):
    digit_matrix[i, j] += 1


# right: the accuracy read off the matrix
torch.manual_seed(2)
digit_model = DigitCNN()
train(digit_model, digits_train, 3, 24, device)
_, digit_matrix = scores(*predict(digit_model, digits_test, 360, device), 10)
digit_accuracy = (digit_matrix.trace() / digit_matrix.sum()).item()
