# ruff: noqa

# wrong: not trained
torch.manual_seed(0)
digit_model = DigitNet().to(device)
with torch.no_grad():
    digit_logits = digit_model(digits_test.images.to(device)).cpu()
digit_accuracy = accuracy(digit_logits, digits_test.labels)
digit_matrix = confusion(digits_test.labels, digit_logits.argmax(dim=1), 10)
digit_parameters = sum(p.numel() for p in digit_model.parameters())


# wrong: two epochs
torch.manual_seed(0)
digit_model = DigitNet()
fit(digit_model, digits_train.images, digits_train.labels, 2, 1e-3, device)
with torch.no_grad():
    digit_logits = digit_model(digits_test.images.to(device)).cpu()
digit_accuracy = accuracy(digit_logits, digits_test.labels)
digit_matrix = confusion(digits_test.labels, digit_logits.argmax(dim=1), 10)
digit_parameters = sum(p.numel() for p in digit_model.parameters())


# wrong: results out of thin air
digit_model = DigitNet()
digit_parameters = 468_874
digit_accuracy, digit_matrix = 0.95, 36 * torch.eye(10, dtype=torch.int64)


# wrong: the matrix is of the training pictures
torch.manual_seed(0)
digit_model = DigitNet()
fit(digit_model, digits_train.images, digits_train.labels, 12, 3e-3, device)
with torch.no_grad():
    digit_logits = digit_model(digits_test.images.to(device)).cpu()
digit_accuracy = accuracy(digit_logits, digits_test.labels)
digit_matrix = confusion(digits_test.labels, digit_logits.argmax(dim=1), 10)
digit_parameters = sum(p.numel() for p in digit_model.parameters())
guesses = digit_model(digits_train.images.to(device)).argmax(dim=1).cpu()
digit_matrix = confusion(digits_train.labels, guesses, 10)


# wrong: counts the tensors instead of the numbers in them
torch.manual_seed(0)
digit_model = DigitNet()
fit(digit_model, digits_train.images, digits_train.labels, 12, 3e-3, device)
with torch.no_grad():
    digit_logits = digit_model(digits_test.images.to(device)).cpu()
digit_accuracy = accuracy(digit_logits, digits_test.labels)
digit_matrix = confusion(digits_test.labels, digit_logits.argmax(dim=1), 10)
digit_parameters = sum(p.numel() for p in digit_model.parameters())
digit_parameters = len(list(digit_model.parameters()))


# wrong: one hidden layer
torch.manual_seed(0)
digit_model = nn.Sequential(
    nn.Flatten(), nn.Linear(784, 128), nn.ReLU(), nn.Linear(128, 10)
)
fit(digit_model, digits_train.images, digits_train.labels, 20, 5e-3, device)
with torch.no_grad():
    digit_logits = digit_model(digits_test.images.to(device)).cpu()
digit_accuracy = accuracy(digit_logits, digits_test.labels)
digit_matrix = confusion(digits_test.labels, digit_logits.argmax(dim=1), 10)
digit_parameters = sum(p.numel() for p in digit_model.parameters())


# wrong: the matrix is transposed
torch.manual_seed(0)
digit_model = DigitNet()
fit(digit_model, digits_train.images, digits_train.labels, 12, 3e-3, device)
with torch.no_grad():
    digit_logits = digit_model(digits_test.images.to(device)).cpu()
digit_accuracy = accuracy(digit_logits, digits_test.labels)
digit_matrix = confusion(digits_test.labels, digit_logits.argmax(dim=1), 10)
digit_parameters = sum(p.numel() for p in digit_model.parameters())
digit_matrix = digit_matrix.T


# right: own loop, mini-batches of SGD with momentum, everything in one cell
torch.manual_seed(3)
digit_model = nn.Sequential(
    nn.Linear(784, 512), nn.ReLU(), nn.Linear(512, 128), nn.ReLU(), nn.Linear(128, 10)
).to(device)
sgd = torch.optim.SGD(digit_model.parameters(), lr=0.05, momentum=0.9)
for _ in range(8):
    for i in torch.randperm(len(digits_train)).split(64):
        sgd.zero_grad()
        logits = digit_model(digits_train.images[i].flatten(1).to(device))
        F.cross_entropy(logits, digits_train.labels[i].to(device)).backward()
        sgd.step()
with torch.no_grad():
    guesses = digit_model(digits_test.images.flatten(1).to(device)).argmax(1).cpu()
digit_accuracy = (guesses == digits_test.labels).float().mean().item()
digit_matrix = torch.zeros(10, 10)
for i, j in zip(digits_test.labels, guesses):
    digit_matrix[i, j] += 1
digit_parameters = 784 * 512 + 512 + 512 * 128 + 128 + 128 * 10 + 10


# right: another seed and learning rate
torch.manual_seed(11)
digit_model = DigitNet()
fit(digit_model, digits_train.images, digits_train.labels, 20, 3e-3, device)
with torch.no_grad():
    digit_logits = digit_model(digits_test.images.to(device)).cpu()
digit_accuracy = accuracy(digit_logits, digits_test.labels)
digit_matrix = confusion(digits_test.labels, digit_logits.argmax(dim=1), 10)
digit_parameters = sum(p.numel() for p in digit_model.parameters())


# right: counted by the formula, accuracy from the matrix
torch.manual_seed(5)
digit_model = DigitNet().to(device)
fit(digit_model, digits_train.images, digits_train.labels, 15, 4e-3, device)
guesses = digit_model.eval()(digits_test.images.to(device)).argmax(dim=1).cpu()
digit_matrix = confusion(digits_test.labels, guesses, 10)
digit_accuracy = float(digit_matrix.trace() / digit_matrix.sum())
digit_parameters = mlp_parameters([784, 512, 128, 10])
