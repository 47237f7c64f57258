# wrong: nothing mended
class MendedCNN(nn.Module):
    def __init__(self):
        super().__init__()
        self.convs = [nn.Conv2d(1, 8, 3), nn.Conv2d(8, 16, 3)]
        self.head = nn.Linear(16 * 5 * 5, 10)

    def forward(self, images):
        mean = torch.full((32, 1, 28, 28), 0.13)
        X = images - mean
        for conv in self.convs:
            X = F.max_pool2d(F.relu(conv(X)), 2)
        X = X.view(32, -1)
        return F.softmax(self.head(X), dim=1)


# wrong: the batch size is still in view
class MendedCNN(nn.Module):
    def __init__(self):
        super().__init__()
        self.convs = nn.ModuleList([nn.Conv2d(1, 8, 3), nn.Conv2d(8, 16, 3)])
        self.head = nn.Linear(16 * 5 * 5, 10)

    def forward(self, images):
        X = images - 0.13
        for conv in self.convs:
            X = F.max_pool2d(F.relu(conv(X)), 2)
        X = X.view(32, -1)
        return self.head(X)


# wrong: the batch size is still in the mean
class MendedCNN(nn.Module):
    def __init__(self):
        super().__init__()
        self.convs = nn.ModuleList([nn.Conv2d(1, 8, 3), nn.Conv2d(8, 16, 3)])
        self.head = nn.Linear(16 * 5 * 5, 10)

    def forward(self, images):
        X = images - torch.full((32, 1, 28, 28), 0.13, device=images.device)
        for conv in self.convs:
            X = F.max_pool2d(F.relu(conv(X)), 2)
        X = X.flatten(1)
        return self.head(X)


# wrong: the mean is still made on the CPU
class MendedCNN(nn.Module):
    def __init__(self):
        super().__init__()
        self.convs = nn.ModuleList([nn.Conv2d(1, 8, 3), nn.Conv2d(8, 16, 3)])
        self.head = nn.Linear(16 * 5 * 5, 10)

    def forward(self, images):
        X = images - torch.full((1, 1, 28, 28), 0.13)
        for conv in self.convs:
            X = F.max_pool2d(F.relu(conv(X)), 2)
        X = X.flatten(1)
        return self.head(X)


# wrong: the convolutions are still in a plain list
class MendedCNN(nn.Module):
    def __init__(self):
        super().__init__()
        self.convs = [nn.Conv2d(1, 8, 3), nn.Conv2d(8, 16, 3)]
        self.head = nn.Linear(16 * 5 * 5, 10)

    def forward(self, images):
        X = images - 0.13
        for conv in self.convs:
            X = F.max_pool2d(F.relu(conv(X)), 2)
        X = X.flatten(1)
        return self.head(X)


# wrong: still returns probabilities
class MendedCNN(nn.Module):
    def __init__(self):
        super().__init__()
        self.convs = nn.ModuleList([nn.Conv2d(1, 8, 3), nn.Conv2d(8, 16, 3)])
        self.head = nn.Linear(16 * 5 * 5, 10)

    def forward(self, images):
        X = images - 0.13
        for conv in self.convs:
            X = F.max_pool2d(F.relu(conv(X)), 2)
        X = X.flatten(1)
        return F.softmax(self.head(X), dim=1)


# wrong: returns log-probabilities instead of logits
class MendedCNN(nn.Module):
    def __init__(self):
        super().__init__()
        self.convs = nn.ModuleList([nn.Conv2d(1, 8, 3), nn.Conv2d(8, 16, 3)])
        self.head = nn.Linear(16 * 5 * 5, 10)

    def forward(self, images):
        X = images - 0.13
        for conv in self.convs:
            X = F.max_pool2d(F.relu(conv(X)), 2)
        X = X.flatten(1)
        return F.log_softmax(self.head(X), dim=1)


# wrong: throws the mean out altogether
class MendedCNN(nn.Module):
    def __init__(self):
        super().__init__()
        self.convs = nn.ModuleList([nn.Conv2d(1, 8, 3), nn.Conv2d(8, 16, 3)])
        self.head = nn.Linear(16 * 5 * 5, 10)

    def forward(self, images):
        X = images
        for conv in self.convs:
            X = F.max_pool2d(F.relu(conv(X)), 2)
        X = X.flatten(1)
        return self.head(X)


# right: the mean on the pictures' device, view by the batch's own size
class MendedCNN(nn.Module):
    def __init__(self):
        super().__init__()
        self.convs = nn.ModuleList([nn.Conv2d(1, 8, 3), nn.Conv2d(8, 16, 3)])
        self.head = nn.Linear(16 * 5 * 5, 10)

    def forward(self, images):
        X = images - torch.full_like(images, 0.13)
        for conv in self.convs:
            X = F.max_pool2d(F.relu(conv(X)), 2)
        X = X.view(X.size(0), -1)
        return self.head(X)


# right: the mean as a buffer, the layers as attributes
class MendedCNN(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 8, 3)
        self.conv2 = nn.Conv2d(8, 16, 3)
        self.head = nn.Linear(16 * 5 * 5, 10)
        self.register_buffer("mean", torch.full((1, 1, 28, 28), 0.13))

    def forward(self, images):
        X = images - self.mean
        X = F.max_pool2d(self.conv1(X).relu(), 2)
        X = F.max_pool2d(self.conv2(X).relu(), 2)
        return self.head(X.reshape(-1, 400))
