# wrong: not trained
fashion_model = small_cnn(8)
_, fashion_matrix = scores(*predict(fashion_model, fashion_test, 100, device), 10)
fashion_parameters = count_parameters(fashion_model)


# wrong: the parameter count of another network
torch.manual_seed(1)
fashion_model = small_cnn(16)
train(fashion_model, fashion_train, num_epochs=4, batch_size=32, device=device)
_, fashion_matrix = scores(*predict(fashion_model, fashion_test, 100, device), 10)
fashion_parameters = count_parameters(DigitCNN())


# wrong: no convolution in it
torch.manual_seed(1)
fashion_model = nn.Sequential(
    nn.Flatten(), nn.Linear(784, 32), nn.ReLU(), nn.Linear(32, 10)
)
train(fashion_model, fashion_train, num_epochs=4, batch_size=32, device=device)
_, fashion_matrix = scores(*predict(fashion_model, fashion_test, 100, device), 10)
fashion_parameters = count_parameters(fashion_model)


# wrong: the matrix of the training pictures
torch.manual_seed(1)
fashion_model = small_cnn(16)
train(fashion_model, fashion_train, num_epochs=4, batch_size=32, device=device)
_, fashion_matrix = scores(*predict(fashion_model, fashion_train, 100, device), 10)
fashion_parameters = count_parameters(fashion_model)


# wrong: the matrix lies on its side
torch.manual_seed(1)
fashion_model = small_cnn(16)
train(fashion_model, fashion_train, num_epochs=4, batch_size=32, device=device)
_, fashion_matrix = scores(*predict(fashion_model, fashion_test, 100, device), 10)
fashion_matrix = fashion_matrix.T
fashion_parameters = count_parameters(fashion_model)


# right: a smaller member of the family, trained longer
torch.manual_seed(3)
fashion_model = small_cnn(16)
train(fashion_model, fashion_train, num_epochs=6, batch_size=25, device=device)
_, fashion_matrix = scores(*predict(fashion_model, fashion_test, 500, device), 10)
fashion_parameters = 36 * 16**2 + 33 * 16 + 230


# right: a network with padding and batch normalisation of one's own
torch.manual_seed(4)
fashion_model = nn.Sequential(
    nn.Conv2d(1, 8, 5, stride=2, padding=2),
    nn.BatchNorm2d(8),
    nn.LeakyReLU(0.1),
    nn.Conv2d(8, 16, 3, stride=2, padding=1),
    nn.BatchNorm2d(16),
    nn.LeakyReLU(0.1),
    nn.Flatten(),
    nn.Dropout(0.2),
    nn.Linear(16 * 7 * 7, 10),
)
train(fashion_model, fashion_train, num_epochs=5, batch_size=32, device=device)
fashion_labels, fashion_predictions = predict(fashion_model, fashion_test, 64, device)
fashion_matrix = scores(fashion_labels, fashion_predictions, 10)[1]
fashion_parameters = sum(p.numel() for p in fashion_model.parameters())
