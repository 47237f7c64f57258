# wrong: a hard-coded batch size in view
class DigitCNN(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 64, 3)
        self.conv2 = nn.Conv2d(64, 128, 3)
        self.conv3 = nn.Conv2d(128, 64, 3)
        self.fc1 = nn.Linear(64, 20)
        self.fc2 = nn.Linear(20, 10)

    def forward(self, images):
        X = F.max_pool2d(F.relu(self.conv1(images)), 2)
        X = F.max_pool2d(F.relu(self.conv2(X)), 2)
        X = F.max_pool2d(F.relu(self.conv3(X)), 2)
        X = X.view(32, -1)
        return self.fc2(F.relu(self.fc1(X)))


# wrong: view(-1, 64) hides padded convolutions: pixels turn into extra pictures
class DigitCNN(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 64, 3, padding=1)
        self.conv2 = nn.Conv2d(64, 128, 3, padding=1)
        self.conv3 = nn.Conv2d(128, 64, 3, padding=1)
        self.fc1 = nn.Linear(64, 20)
        self.fc2 = nn.Linear(20, 10)

    def forward(self, images):
        X = F.max_pool2d(F.relu(self.conv1(images)), 2)
        X = F.max_pool2d(F.relu(self.conv2(X)), 2)
        X = F.max_pool2d(F.relu(self.conv3(X)), 2)
        X = X.view(-1, 64)
        return self.fc2(F.relu(self.fc1(X)))


# wrong: squeeze also drops the batch dimension of a single picture
class DigitCNN(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 64, 3)
        self.conv2 = nn.Conv2d(64, 128, 3)
        self.conv3 = nn.Conv2d(128, 64, 3)
        self.fc1 = nn.Linear(64, 20)
        self.fc2 = nn.Linear(20, 10)

    def forward(self, images):
        X = F.max_pool2d(F.relu(self.conv1(images)), 2)
        X = F.max_pool2d(F.relu(self.conv2(X)), 2)
        X = F.max_pool2d(F.relu(self.conv3(X)), 2)
        X = X.squeeze()
        return self.fc2(F.relu(self.fc1(X)))


# wrong: returns probabilities, not logits
class DigitCNN(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 64, 3)
        self.conv2 = nn.Conv2d(64, 128, 3)
        self.conv3 = nn.Conv2d(128, 64, 3)
        self.fc1 = nn.Linear(64, 20)
        self.fc2 = nn.Linear(20, 10)

    def forward(self, images):
        X = F.max_pool2d(F.relu(self.conv1(images)), 2)
        X = F.max_pool2d(F.relu(self.conv2(X)), 2)
        X = F.max_pool2d(F.relu(self.conv3(X)), 2)
        X = X.flatten(1)
        return F.softmax(self.fc2(F.relu(self.fc1(X))), dim=1)


# wrong: forgets the ReLU in the head
class DigitCNN(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 64, 3)
        self.conv2 = nn.Conv2d(64, 128, 3)
        self.conv3 = nn.Conv2d(128, 64, 3)
        self.fc1 = nn.Linear(64, 20)
        self.fc2 = nn.Linear(20, 10)

    def forward(self, images):
        X = F.max_pool2d(F.relu(self.conv1(images)), 2)
        X = F.max_pool2d(F.relu(self.conv2(X)), 2)
        X = F.max_pool2d(F.relu(self.conv3(X)), 2)
        X = X.flatten(1)
        return self.fc2(self.fc1(X))


# wrong: forgets the ReLU after the last convolution
class DigitCNN(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 64, 3)
        self.conv2 = nn.Conv2d(64, 128, 3)
        self.conv3 = nn.Conv2d(128, 64, 3)
        self.fc1 = nn.Linear(64, 20)
        self.fc2 = nn.Linear(20, 10)

    def forward(self, images):
        X = F.max_pool2d(F.relu(self.conv1(images)), 2)
        X = F.max_pool2d(F.relu(self.conv2(X)), 2)
        X = F.max_pool2d(self.conv3(X), 2)
        X = X.flatten(1)
        return self.fc2(F.relu(self.fc1(X)))


# wrong: average pooling instead of max pooling
class DigitCNN(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 64, 3)
        self.conv2 = nn.Conv2d(64, 128, 3)
        self.conv3 = nn.Conv2d(128, 64, 3)
        self.fc1 = nn.Linear(64, 20)
        self.fc2 = nn.Linear(20, 10)

    def forward(self, images):
        X = F.avg_pool2d(F.relu(self.conv1(images)), 2)
        X = F.avg_pool2d(F.relu(self.conv2(X)), 2)
        X = F.avg_pool2d(F.relu(self.conv3(X)), 2)
        X = X.flatten(1)
        return self.fc2(F.relu(self.fc1(X)))


# wrong: 64-64-64 instead of 64-128-64
class DigitCNN(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 64, 3)
        self.conv2 = nn.Conv2d(64, 64, 3)
        self.conv3 = nn.Conv2d(64, 64, 3)
        self.fc1 = nn.Linear(64, 20)
        self.fc2 = nn.Linear(20, 10)

    def forward(self, images):
        X = F.max_pool2d(F.relu(self.conv1(images)), 2)
        X = F.max_pool2d(F.relu(self.conv2(X)), 2)
        X = F.max_pool2d(F.relu(self.conv3(X)), 2)
        X = X.flatten(1)
        return self.fc2(F.relu(self.fc1(X)))


# wrong: adds a tensor that always lives on the CPU
class DigitCNN(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 64, 3)
        self.conv2 = nn.Conv2d(64, 128, 3)
        self.conv3 = nn.Conv2d(128, 64, 3)
        self.fc1 = nn.Linear(64, 20)
        self.fc2 = nn.Linear(20, 10)

    def forward(self, images):
        X = F.max_pool2d(F.relu(self.conv1(images)), 2)
        X = F.max_pool2d(F.relu(self.conv2(X)), 2)
        X = F.max_pool2d(F.relu(self.conv3(X)), 2)
        X = torch.zeros(len(X), 64) + X.flatten(1)
        return self.fc2(F.relu(self.fc1(X)))


# wrong: cuts the graph, so that the convolutions never learn
class DigitCNN(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 64, 3)
        self.conv2 = nn.Conv2d(64, 128, 3)
        self.conv3 = nn.Conv2d(128, 64, 3)
        self.fc1 = nn.Linear(64, 20)
        self.fc2 = nn.Linear(20, 10)

    def forward(self, images):
        X = F.max_pool2d(F.relu(self.conv1(images)), 2)
        X = F.max_pool2d(F.relu(self.conv2(X)), 2)
        X = F.max_pool2d(F.relu(self.conv3(X)), 2)
        X = X.detach().flatten(1)
        return self.fc2(F.relu(self.fc1(X)))


# right: one Sequential
class DigitCNN(nn.Module):
    def __init__(self):
        super().__init__()
        self.net = nn.Sequential(
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
        )

    def forward(self, images):
        return self.net(images)


# right: view with the batch size of the batch
class DigitCNN(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 64, 3)
        self.conv2 = nn.Conv2d(64, 128, 3)
        self.conv3 = nn.Conv2d(128, 64, 3)
        self.fc1 = nn.Linear(64, 20)
        self.fc2 = nn.Linear(20, 10)

    def forward(self, images):
        X = F.max_pool2d(F.relu(self.conv1(images)), 2)
        X = F.max_pool2d(F.relu(self.conv2(X)), 2)
        X = F.max_pool2d(F.relu(self.conv3(X)), 2)
        X = X.view(X.size(0), -1)
        return self.fc2(F.relu(self.fc1(X)))


# right: pooling before ReLU gives the same maxima; layers in a ModuleList; mean over 1×1
class DigitCNN(nn.Module):
    def __init__(self):
        super().__init__()
        sizes = [1, 64, 128, 64]
        self.head = nn.ModuleList([nn.Linear(64, 20), nn.Linear(20, 10)])
        self.convs = nn.ModuleList(
            nn.Conv2d(c_in, c_out, kernel_size=(3, 3))
            for c_in, c_out in zip(sizes, sizes[1:])
        )

    def forward(self, images):
        X = images
        for conv in self.convs:
            X = torch.relu(F.max_pool2d(conv(X), kernel_size=2, stride=2))
        X = F.adaptive_avg_pool2d(X, 1)[:, :, 0, 0]
        return self.head[1](self.head[0](X).clamp(min=0))
