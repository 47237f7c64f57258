# wrong: nothing mended
def targeted_descent(model, images, targets, eps, num_steps, lr):
    X = images.requires_grad_()
    optimizer = torch.optim.SGD([X], lr=lr)
    for _ in range(num_steps):
        probabilities = model(X).softmax(dim=1)
        loss = F.cross_entropy(probabilities, targets)
        loss.backward()
        optimizer.step()
        with torch.no_grad():
            X.clamp_(X - eps, X + eps)
    return X


# wrong: softmax is still applied twice
def targeted_descent(model, images, targets, eps, num_steps, lr):
    low, high = (images - eps).clamp(min=0), (images + eps).clamp(max=1)
    X = images.detach().clone()
    for _ in range(num_steps):
        X.requires_grad_()
        loss = F.cross_entropy(model(X).softmax(dim=1), targets, reduction="sum")
        [g] = torch.autograd.grad(loss, X)
        X = (X.detach() - lr * g).clamp(low, high)
    return X


# wrong: the mean over the batch makes steps smaller in large batches
def targeted_descent(model, images, targets, eps, num_steps, lr):
    low, high = (images - eps).clamp(min=0), (images + eps).clamp(max=1)
    X = images.detach().clone()
    for _ in range(num_steps):
        X.requires_grad_()
        [g] = torch.autograd.grad(F.cross_entropy(model(X), targets), X)
        X = (X.detach() - lr * g).clamp(low, high)
    return X


# wrong: gradients add up from step to step
def targeted_descent(model, images, targets, eps, num_steps, lr):
    low, high = (images - eps).clamp(min=0), (images + eps).clamp(max=1)
    X = images.detach().clone().requires_grad_()
    total = torch.zeros_like(images)
    for _ in range(num_steps):
        loss = F.cross_entropy(model(X), targets, reduction="sum")
        total += torch.autograd.grad(loss, X)[0]
        with torch.no_grad():
            X.copy_((X - lr * total).clamp(low, high))
    return X.detach()


# wrong: the ball still moves along
def targeted_descent(model, images, targets, eps, num_steps, lr):
    X = images.detach().clone()
    for _ in range(num_steps):
        X.requires_grad_()
        loss = F.cross_entropy(model(X), targets, reduction="sum")
        [g] = torch.autograd.grad(loss, X)
        X = X.detach()
        X = (X - lr * g).clamp(X - eps, X + eps).clamp(0, 1)
    return X


# wrong: pixels may leave [0, 1]
def targeted_descent(model, images, targets, eps, num_steps, lr):
    low, high = images - eps, images + eps
    X = images.detach().clone()
    for _ in range(num_steps):
        X.requires_grad_()
        loss = F.cross_entropy(model(X), targets, reduction="sum")
        [g] = torch.autograd.grad(loss, X)
        X = (X.detach() - lr * g).clamp(low, high)
    return X


# wrong: the given pictures are changed
def targeted_descent(model, images, targets, eps, num_steps, lr):
    low, high = (images - eps).clamp(min=0), (images + eps).clamp(max=1)
    X = images
    for _ in range(num_steps):
        X.requires_grad_()
        loss = F.cross_entropy(model(X), targets, reduction="sum")
        [g] = torch.autograd.grad(loss, X)
        X = X.detach_()
        X.copy_((X - lr * g).clamp(low, high))
    return X


# wrong: leaves gradients in the weights
def targeted_descent(model, images, targets, eps, num_steps, lr):
    low, high = (images - eps).clamp(min=0), (images + eps).clamp(max=1)
    X = images.detach().clone()
    for _ in range(num_steps):
        X.requires_grad_()
        F.cross_entropy(model(X), targets, reduction="sum").backward()
        X = (X.detach() - lr * X.grad).clamp(low, high)
    return X


# wrong: projects only once, at the end
def targeted_descent(model, images, targets, eps, num_steps, lr):
    low, high = (images - eps).clamp(min=0), (images + eps).clamp(max=1)
    X = images.detach().clone()
    for _ in range(num_steps):
        X.requires_grad_()
        loss = F.cross_entropy(model(X), targets, reduction="sum")
        [g] = torch.autograd.grad(loss, X)
        X = X.detach() - lr * g
    return X.detach().clamp(low, high)


# wrong: signs of the gradients
def targeted_descent(model, images, targets, eps, num_steps, lr):
    low, high = (images - eps).clamp(min=0), (images + eps).clamp(max=1)
    X = images.detach().clone()
    for _ in range(num_steps):
        X.requires_grad_()
        loss = F.cross_entropy(model(X), targets, reduction="sum")
        [g] = torch.autograd.grad(loss, X)
        X = (X.detach() - lr * g.sign()).clamp(low, high)
    return X.detach()


# right: an optimiser on the copy, whose gradient is set by hand
def targeted_descent(model, images, targets, eps, num_steps, lr):
    start = images.detach()
    X = start.clone().requires_grad_(True)
    optimizer = torch.optim.SGD([X], lr=lr)
    for _ in range(num_steps):
        losses = F.cross_entropy(model(X), targets, reduction="none")
        X.grad = torch.autograd.grad(losses.sum(), X)[0]
        optimizer.step()
        with torch.no_grad():
            X.copy_(torch.minimum(torch.maximum(X, start - eps), start + eps))
            X.clamp_(0, 1)
    return X.detach()


# right: the change is the variable; pictures one by one
def targeted_descent(model, images, targets, eps, num_steps, lr):
    done = []
    for image, target in zip(images.detach(), targets, strict=True):
        delta = torch.zeros_like(image)
        for _ in range(num_steps):
            delta = delta.detach().requires_grad_()
            log_p = (image + delta)[None]
            log_p = model(log_p).log_softmax(dim=1)[0, target]
            [g] = torch.autograd.grad(-log_p, delta)
            delta = (delta.detach() - lr * g).clamp(-eps, eps)
            delta = (image + delta).clamp(0, 1) - image
        done.append(image + delta)
    return torch.stack(done)
