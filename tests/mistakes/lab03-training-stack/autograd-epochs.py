# wrong: never resets the gradients
def autograd_epochs(error, x, y, w, b, lr, num_epochs):
    w, b = torch.tensor(w, requires_grad=True), torch.tensor(b, requires_grad=True)
    epochs = []
    for _ in range(num_epochs):
        (error(w * x + b, y) ** 2).mean().backward()
        with torch.no_grad():
            w -= lr * w.grad
            b -= lr * b.grad
        epochs.append((w.grad.item(), b.grad.item(), w.item(), b.item()))
    return epochs


# wrong: formulas for p - y, whatever the error is
def autograd_epochs(error, x, y, w, b, lr, num_epochs):
    epochs = []
    for _ in range(num_epochs):
        gap = w * x + b - y
        w_grad, b_grad = 2 * (gap * x).mean().item(), 2 * gap.mean().item()
        w, b = w - lr * w_grad, b - lr * b_grad
        epochs.append((w_grad, b_grad, w, b))
    return epochs


# wrong: returns the parameters before the update
def autograd_epochs(error, x, y, w, b, lr, num_epochs):
    w, b = torch.tensor(w, requires_grad=True), torch.tensor(b, requires_grad=True)
    epochs = []
    for _ in range(num_epochs):
        w.grad = b.grad = None
        (error(w * x + b, y) ** 2).mean().backward()
        epochs.append((w.grad.item(), b.grad.item(), w.item(), b.item()))
        with torch.no_grad():
            w -= lr * w.grad
            b -= lr * b.grad
    return epochs


# wrong: updates w without no_grad, which PyTorch refuses
def autograd_epochs(error, x, y, w, b, lr, num_epochs):
    w, b = torch.tensor(w, requires_grad=True), torch.tensor(b, requires_grad=True)
    epochs = []
    for _ in range(num_epochs):
        (error(w * x + b, y) ** 2).mean().backward()
        w -= lr * w.grad
        b -= lr * b.grad
        epochs.append((w.grad.item(), b.grad.item(), w.item(), b.item()))
    return epochs


# wrong: the new w is no leaf any more, its gradient is None in the second epoch
def autograd_epochs(error, x, y, w, b, lr, num_epochs):
    w, b = torch.tensor(w, requires_grad=True), torch.tensor(b, requires_grad=True)
    epochs = []
    for _ in range(num_epochs):
        (error(w * x + b, y) ** 2).mean().backward()
        w_grad, b_grad = w.grad.item(), b.grad.item()
        w, b = w - lr * w_grad, b - lr * b_grad
        epochs.append((w_grad, b_grad, w.item(), b.item()))
    return epochs


# wrong: the sum of the squared errors, halved, which is right for two points only
def autograd_epochs(error, x, y, w, b, lr, num_epochs):
    w, b = torch.tensor(w, requires_grad=True), torch.tensor(b, requires_grad=True)
    epochs = []
    for _ in range(num_epochs):
        w.grad = b.grad = None
        ((error(w * x + b, y) ** 2).sum() / 2).backward()
        with torch.no_grad():
            w -= lr * w.grad
            b -= lr * b.grad
        epochs.append((w.grad.item(), b.grad.item(), w.item(), b.item()))
    return epochs


# wrong: tensors instead of floats
def autograd_epochs(error, x, y, w, b, lr, num_epochs):
    w, b = torch.tensor(w, requires_grad=True), torch.tensor(b, requires_grad=True)
    epochs = []
    for _ in range(num_epochs):
        w.grad = b.grad = None
        (error(w * x + b, y) ** 2).mean().backward()
        with torch.no_grad():
            w -= lr * w.grad
            b -= lr * b.grad
        epochs.append((w.grad.clone(), b.grad.clone(), w.clone(), b.clone()))
    return epochs


# right: torch.autograd.grad and new leaves
def autograd_epochs(error, x, y, w, b, lr, num_epochs):
    epochs = []
    for _ in range(num_epochs):
        theta = torch.tensor([w, b], dtype=x.dtype, requires_grad=True)
        loss = error(theta[0] * x + theta[1], y).square().mean()
        (grad,) = torch.autograd.grad(loss, theta)
        w, b = (theta - lr * grad).tolist()
        epochs.append((*grad.tolist(), w, b))
    return epochs


# right: an optimiser
def autograd_epochs(error, x, y, w, b, lr, num_epochs):
    w = torch.tensor([w], dtype=torch.float64, requires_grad=True)
    b = torch.tensor([b], dtype=torch.float64, requires_grad=True)
    optimizer = torch.optim.SGD([w, b], lr=lr)
    epochs = []
    for _ in range(num_epochs):
        optimizer.zero_grad()
        loss = torch.mean(error(w * x.double() + b, y.double()) ** 2)
        loss.backward()
        optimizer.step()
        epochs.append([w.grad.item(), b.grad.item(), w.item(), b.item()])
    return epochs
