# wrong: the mean of the accuracies instead of the worst per picture
def robust_share(model, X, y, attacks):
    was = model.training
    model.eval()
    shares = []
    for attack in [lambda m, X, y: X, *attacks]:
        changed = attack(model, X.clone(), y)
        with torch.no_grad():
            shares.append((model(changed).argmax(dim=1) == y).float().mean().item())
    model.train(was)
    return sum(shares) / len(shares)


# wrong: the lowest accuracy, so that attacks on different pictures do not add up
def robust_share(model, X, y, attacks):
    was = model.training
    model.eval()
    shares = []
    for attack in [lambda m, X, y: X, *attacks]:
        changed = attack(model, X.clone(), y)
        with torch.no_grad():
            shares.append((model(changed).argmax(dim=1) == y).float().mean().item())
    model.train(was)
    return min(shares)


# wrong: a picture that is wrong at first may be mended by an attack
def robust_share(model, X, y, attacks):
    was = model.training
    model.eval()
    right = torch.ones(len(y), dtype=torch.bool, device=y.device)
    for attack in attacks or [lambda m, X, y: X]:
        changed = attack(model, X.clone(), y)
        with torch.no_grad():
            right = right & (model(changed).argmax(dim=1) == y)
    model.train(was)
    return right.float().mean().item()


# wrong: attacks run under no_grad
@torch.no_grad()
def robust_share(model, X, y, attacks):
    was = model.training
    model.eval()
    right = model(X).argmax(dim=1) == y
    for attack in attacks:
        right = right & (model(attack(model, X.clone(), y)).argmax(dim=1) == y)
    model.train(was)
    return right.float().mean().item()


# wrong: attacks work on the given pictures, one on top of the other
def robust_share(model, X, y, attacks):
    was = model.training
    model.eval()
    right = model(X).argmax(dim=1) == y
    for attack in attacks:
        X = attack(model, X, y)
        right = right & (model(X).argmax(dim=1) == y)
    model.train(was)
    return right.float().mean().item()


# wrong: eval() is forgotten
def robust_share(model, X, y, attacks):
    right = model(X).argmax(dim=1) == y
    for attack in attacks:
        right = right & (model(attack(model, X.clone(), y)).argmax(dim=1) == y)
    return right.float().mean().item()


# wrong: leaves the model in training mode, whatever it was
def robust_share(model, X, y, attacks):
    model.eval()
    right = model(X).argmax(dim=1) == y
    for attack in attacks:
        right = right & (model(attack(model, X.clone(), y)).argmax(dim=1) == y)
    model.train()
    return right.float().mean().item()


# wrong: only among the pictures that were right at first
def robust_share(model, X, y, attacks):
    was = model.training
    model.eval()
    right = model(X).argmax(dim=1) == y
    count = right.sum().item()
    for attack in attacks:
        right = right & (model(attack(model, X.clone(), y)).argmax(dim=1) == y)
    model.train(was)
    return right.sum().item() / max(count, 1) if attacks else count / len(y)


# wrong: a tensor instead of a float
def robust_share(model, X, y, attacks):
    was = model.training
    model.eval()
    right = model(X).argmax(dim=1) == y
    for attack in attacks:
        right = right & (model(attack(model, X.clone(), y)).argmax(dim=1) == y)
    model.train(was)
    return right.float().mean()


# right: a table of attacks and pictures
def robust_share(model, X, y, attacks):
    mode = model.training
    model.eval()
    versions = [X.clone()] + [attack(model, X.clone(), y) for attack in attacks]
    with torch.no_grad():
        table = torch.stack([model(v).argmax(dim=1).eq(y) for v in versions])
    model.train(mode)
    return table.all(dim=0).double().mean().item()


# right: counts indices that survive
def robust_share(model, X, y, attacks):
    mode = model.training
    model.train(False)
    alive = set(range(len(y)))
    candidates = [lambda m, a, b: a]
    candidates.extend(attacks)
    for attack in candidates:
        predicted = model(attack(model, X.detach().clone(), y)).max(dim=1).indices
        alive -= {i for i in range(len(y)) if predicted[i].item() != y[i].item()}
    if mode:
        model.train()
    return len(alive) / len(y)
