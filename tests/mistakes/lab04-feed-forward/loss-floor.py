# ruff: noqa

# wrong: the loss of guessing
def loss_floor(num_classes):
    return math.log(num_classes)


# wrong: zero, as for logits
def loss_floor(num_classes):
    return 0.0


# wrong: the number of the example for every count
def loss_floor(num_classes):
    return 1.4612


# wrong: one class too many in the sum
def loss_floor(num_classes):
    return math.log(math.e + num_classes) - 1


# wrong: scales the number of 10 classes
def loss_floor(num_classes):
    return 1.4612 * math.log(num_classes) / math.log(10)


# wrong: a tensor
def loss_floor(num_classes):
    best = torch.eye(num_classes)[:1]
    return F.cross_entropy(best, torch.tensor([0]))


# wrong: the highest loss instead of the lowest
def loss_floor(num_classes):
    return math.log(math.e + num_classes - 1)


# wrong: in bits
def loss_floor(num_classes):
    return (math.log(math.e + num_classes - 1) - 1) / math.log(2)


# wrong: a straight line through two classes and ten
def loss_floor(num_classes):
    return 0.3133 + (1.4612 - 0.3133) * (num_classes - 2) / 8


# right: by the loss itself
def loss_floor(num_classes):
    best = torch.eye(num_classes, dtype=torch.float64)[:1]
    return F.cross_entropy(best, torch.tensor([0])).item()


# right: another form of the formula
def loss_floor(num_classes):
    return math.log1p((num_classes - 1) * math.exp(-1))


# right: the second softmax written out
def loss_floor(num_classes):
    p = torch.zeros(num_classes)
    p[-1] = 1.0
    q = p.exp() / p.exp().sum()
    return float(-q[-1].log())
