# wrong: accepts different lengths
class PairDataset(Dataset):
    def __init__(self, x, y):
        self.x, self.y = x, y

    def __len__(self):
        return len(self.x)

    def __getitem__(self, index):
        return self.x[index], self.y[index]


# wrong: the target comes first
class PairDataset(Dataset):
    def __init__(self, x, y):
        if len(x) != len(y):
            raise ValueError("lengths differ")
        self.x, self.y = x, y

    def __len__(self):
        return len(self.x)

    def __getitem__(self, index):
        return self.y[index], self.x[index]


# wrong: floats, for which only vectors have an answer
class PairDataset(Dataset):
    def __init__(self, x, y):
        if len(x) != len(y):
            raise ValueError("lengths differ")
        self.x, self.y = x, y

    def __len__(self):
        return len(self.x)

    def __getitem__(self, index):
        return self.x[index].item(), self.y[index].item()


# wrong: counts numbers, not rows
class PairDataset(Dataset):
    def __init__(self, x, y):
        if len(x) != len(y):
            raise ValueError("lengths differ")
        self.x, self.y = x, y

    def __len__(self):
        return self.x.numel()

    def __getitem__(self, index):
        return self.x[index], self.y[index]


# wrong: begins again beyond the end
class PairDataset(Dataset):
    def __init__(self, x, y):
        if len(x) != len(y):
            raise ValueError("lengths differ")
        self.x, self.y = x, y

    def __len__(self):
        return len(self.x)

    def __getitem__(self, index):
        return self.x[index % len(self.x)], self.y[index % len(self.x)]


# wrong: insists on equal shapes, where only lengths count
class PairDataset(Dataset):
    def __init__(self, x, y):
        if x.shape != y.shape:
            raise ValueError("shapes differ")
        self.x, self.y = x, y

    def __len__(self):
        return len(self.x)

    def __getitem__(self, index):
        return self.x[index], self.y[index]


# right: a list of pairs
class PairDataset(Dataset):
    def __init__(self, x, y):
        self.pairs = list(zip(x, y, strict=True))

    def __len__(self):
        return len(self.pairs)

    def __getitem__(self, index):
        return self.pairs[index]


# right: a subclass of TensorDataset with its own check
class PairDataset(torch.utils.data.TensorDataset):
    def __init__(self, x, y):
        if x.shape[0] != y.shape[0]:
            raise ValueError("lengths differ")
        super().__init__(x, y)


# right: copies of the data
class PairDataset(Dataset):
    def __init__(self, inputs, targets):
        if inputs.size(0) != targets.size(0):
            raise ValueError("lengths differ")
        self.inputs, self.targets = inputs.clone(), targets.clone()

    def __len__(self):
        return self.inputs.size(0)

    def __getitem__(self, i):
        sample = self.inputs[i], self.targets[i]
        return sample
