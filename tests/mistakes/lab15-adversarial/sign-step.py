# wrong: the targeted step goes up, too
def sign_step(model, X, labels, eps, targeted=False):
    X = X.detach().clone().requires_grad_()
    [gradient] = torch.autograd.grad(F.cross_entropy(model(X), labels), X)
    return (X.detach() + eps * gradient.sign()).clamp(0, 1)


# wrong: both directions turned round
def sign_step(model, X, labels, eps, targeted=False):
    X = X.detach().clone().requires_grad_()
    [gradient] = torch.autograd.grad(F.cross_entropy(model(X), labels), X)
    way = 1 if targeted else -1
    return (X.detach() + way * eps * gradient.sign()).clamp(0, 1)


# wrong: the gradient without its sign
def sign_step(model, X, labels, eps, targeted=False):
    X = X.detach().clone().requires_grad_()
    loss = F.cross_entropy(model(X), labels, reduction="sum")
    [gradient] = torch.autograd.grad(loss, X)
    way = -1 if targeted else 1
    return (X.detach() + way * eps * gradient).clamp(0, 1)


# wrong: no clamp to [0, 1]
def sign_step(model, X, labels, eps, targeted=False):
    X = X.detach().clone().requires_grad_()
    [gradient] = torch.autograd.grad(F.cross_entropy(model(X), labels), X)
    way = -1 if targeted else 1
    return X.detach() + way * eps * gradient.sign()


# wrong: backward leaves gradients in the weights
def sign_step(model, X, labels, eps, targeted=False):
    X = X.detach().clone().requires_grad_()
    F.cross_entropy(model(X), labels).backward()
    way = -1 if targeted else 1
    return (X.detach() + way * eps * X.grad.sign()).clamp(0, 1)


# wrong: sets the weights' gradients to None, although there was something in them
def sign_step(model, X, labels, eps, targeted=False):
    X = X.detach().clone().requires_grad_()
    F.cross_entropy(model(X), labels).backward()
    model.zero_grad()
    way = -1 if targeted else 1
    return (X.detach() + way * eps * X.grad.sign()).clamp(0, 1)


# wrong: the result hangs on the graph
def sign_step(model, X, labels, eps, targeted=False):
    X = X.detach().clone().requires_grad_()
    [gradient] = torch.autograd.grad(F.cross_entropy(model(X), labels), X)
    way = -1 if targeted else 1
    return (X + way * eps * gradient.sign()).clamp(0, 1)


# wrong: the given pictures require gradients afterwards
def sign_step(model, X, labels, eps, targeted=False):
    X.requires_grad_()
    [gradient] = torch.autograd.grad(F.cross_entropy(model(X), labels), X)
    way = -1 if targeted else 1
    return (X + way * eps * gradient.sign()).clamp(0, 1).detach()


# wrong: every pixel must move, also one with gradient zero
def sign_step(model, X, labels, eps, targeted=False):
    X = X.detach().clone().requires_grad_()
    [gradient] = torch.autograd.grad(F.cross_entropy(model(X), labels), X)
    sign = torch.where(gradient >= 0, 1.0, -1.0)
    way = -1 if targeted else 1
    return (X.detach() + way * eps * sign).clamp(0, 1)


# right: negative log-likelihood, comparisons for the sign
def sign_step(model, X, labels, eps, targeted=False):
    pixels = X.detach().clone()
    pixels.requires_grad = True
    log_p = torch.log_softmax(model(pixels), dim=1)
    loss = -log_p[torch.arange(len(labels)), labels].mean()
    gradient = torch.autograd.grad(loss, pixels)[0]
    sign = (gradient > 0).to(X.dtype) - (gradient < 0).to(X.dtype)
    if targeted:
        sign = -sign
    return torch.clamp(pixels.detach() + eps * sign, min=0, max=1)


# right: backward, with the weights' gradients kept and put back
def sign_step(model, X, labels, eps, targeted=False):
    kept = [p.grad for p in model.parameters()]
    for p in model.parameters():
        p.grad = None
    X = X.clone().detach().requires_grad_(True)
    nn.CrossEntropyLoss()(model(X), labels).backward()
    for p, gradient in zip(model.parameters(), kept, strict=True):
        p.grad = gradient
    with torch.no_grad():
        step = eps * torch.sign(X.grad)
        return (X - step if targeted else X + step).clip(0.0, 1.0)
