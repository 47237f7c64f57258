# wrong: climbs away from the target
def steer(model, images, targets, eps):
    K = targets.shape[1]
    start = images.repeat_interleave(K, dim=0)
    X, wanted = start.clone(), targets.flatten()
    for _ in range(40):
        X = X.detach().requires_grad_()
        [g] = torch.autograd.grad(F.cross_entropy(model(X), wanted), X)
        X = X.detach() + eps / 15 * g.sign()
        X = torch.min(torch.max(X, start - eps), start + eps).clamp(0, 1)
    return X.unflatten(0, (-1, K))


# wrong: one step of FGSM
def steer(model, images, targets, eps):
    K = targets.shape[1]
    X = images.repeat_interleave(K, dim=0).clone().requires_grad_()
    [g] = torch.autograd.grad(F.cross_entropy(model(X), targets.flatten()), X)
    return (X - eps * g.sign()).clamp(0, 1).detach().unflatten(0, (-1, K))


# wrong: softmax before the cross-entropy, plain gradients
def steer(model, images, targets, eps):
    K = targets.shape[1]
    start = images.repeat_interleave(K, dim=0)
    X, wanted = start.clone(), targets.flatten()
    for _ in range(60):
        X = X.detach().requires_grad_()
        loss = F.cross_entropy(model(X).softmax(dim=1), wanted)
        [g] = torch.autograd.grad(loss, X)
        X = X.detach() - 0.5 * g
        X = torch.min(torch.max(X, start - eps), start + eps).clamp(0, 1)
    return X.unflatten(0, (-1, K))


# wrong: softmax before the cross-entropy, which the sign hides on a modest model
def steer(model, images, targets, eps):
    K = targets.shape[1]
    start = images.repeat_interleave(K, dim=0)
    X, wanted = start.clone(), targets.flatten()
    for _ in range(60):
        X = X.detach().requires_grad_()
        loss = F.cross_entropy(model(X).softmax(dim=1), wanted, reduction="sum")
        [g] = torch.autograd.grad(loss, X)
        X = X.detach() - eps / 20 * g.sign()
        X = torch.min(torch.max(X, start - eps), start + eps).clamp(0, 1)
    return X.unflatten(0, (-1, K))


# wrong: no projection into the ball
def steer(model, images, targets, eps):
    K = targets.shape[1]
    X, wanted = images.repeat_interleave(K, dim=0).clone(), targets.flatten()
    for _ in range(40):
        X = X.detach().requires_grad_()
        [g] = torch.autograd.grad(F.cross_entropy(model(X), wanted), X)
        X = (X.detach() - eps / 5 * g.sign()).clamp(0, 1)
    return X.unflatten(0, (-1, K))


# wrong: pixels leave [0, 1]
def steer(model, images, targets, eps):
    K = targets.shape[1]
    start = images.repeat_interleave(K, dim=0)
    X, wanted = start.clone(), targets.flatten()
    for _ in range(40):
        X = X.detach().requires_grad_()
        [g] = torch.autograd.grad(F.cross_entropy(model(X), wanted), X)
        X = X.detach() - eps / 15 * g.sign()
        X = torch.min(torch.max(X, start - eps), start + eps)
    return X.unflatten(0, (-1, K))


# wrong: targets and pictures do not belong together
def steer(model, images, targets, eps):
    K = targets.shape[1]
    start = images.repeat(K, 1, 1, 1)
    X, wanted = start.clone(), targets.flatten()
    for _ in range(40):
        X = X.detach().requires_grad_()
        [g] = torch.autograd.grad(F.cross_entropy(model(X), wanted), X)
        X = X.detach() - eps / 15 * g.sign()
        X = torch.min(torch.max(X, start - eps), start + eps).clamp(0, 1)
    return X.unflatten(0, (-1, K))


# wrong: assumes three targets
def steer(model, images, targets, eps):
    start = images.repeat_interleave(3, dim=0)
    X, wanted = start.clone(), targets.flatten()
    for _ in range(40):
        X = X.detach().requires_grad_()
        [g] = torch.autograd.grad(F.cross_entropy(model(X), wanted), X)
        X = X.detach() - eps / 15 * g.sign()
        X = torch.min(torch.max(X, start - eps), start + eps).clamp(0, 1)
    return X.unflatten(0, (-1, 3))


# wrong: trains the model instead of the picture
def steer(model, images, targets, eps):
    K = targets.shape[1]
    X, wanted = images.repeat_interleave(K, dim=0), targets.flatten()
    optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
    for _ in range(40):
        loss = F.cross_entropy(model(X), wanted)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return X.unflatten(0, (-1, K))


# right: one wish after the other
def steer(model, images, targets, eps):
    rows = []
    for image, row in zip(images, targets, strict=True):
        done = []
        for target in row:
            X = image[None].clone()
            for _ in range(30):
                X.requires_grad_(True)
                loss = F.cross_entropy(model(X), target[None])
                (g,) = torch.autograd.grad(loss, X)
                with torch.no_grad():
                    X = X - eps / 10 * g.sign()
                    X = image + (X - image).clamp(-eps, eps)
                    X = X.clamp(0, 1)
            done.append(X.detach()[0])
        rows.append(torch.stack(done))
    return torch.stack(rows)


# right: Adam on a hidden variable whose tanh is the change
def steer(model, images, targets, eps):
    N, K = targets.shape
    start = images[:, None].expand(-1, K, -1, -1, -1).flatten(0, 1)
    low, high = (start - eps).clamp(0, 1), (start + eps).clamp(0, 1)
    hidden = torch.zeros_like(start, requires_grad=True)
    optimizer = torch.optim.Adam([hidden], lr=0.3)
    wanted = targets.reshape(-1)
    for _ in range(80):
        X = low + (high - low) * torch.sigmoid(hidden)
        loss = F.cross_entropy(model(X), wanted, reduction="sum")
        hidden.grad = torch.autograd.grad(loss, hidden)[0]
        optimizer.step()
    with torch.no_grad():
        X = low + (high - low) * torch.sigmoid(hidden)
    return X.reshape(N, K, *images.shape[1:])


# right: normalised gradients of the margin
def steer(model, images, targets, eps):
    K = targets.shape[1]
    start = images.detach().repeat_interleave(K, dim=0)
    X, wanted = start.clone(), targets.reshape(-1)
    for step in range(60):
        X.requires_grad_()
        logits = model(X)
        own = logits.gather(1, wanted[:, None]).squeeze(1)
        others = logits.scatter(1, wanted[:, None], float("-inf")).amax(dim=1)
        (g,) = torch.autograd.grad((others - own).sum(), X)
        g = g / (g.abs().amax(dim=(1, 2, 3), keepdim=True) + 1e-12)
        X = X.detach() - eps * (1 - step / 60) * g
        X = torch.maximum(torch.minimum(X, start + eps), start - eps).clamp(0, 1)
    return X.unflatten(0, (-1, K))
