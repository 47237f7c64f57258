# wrong: the gradient of w lacks the factor x
def fit_line(x, y, lr, num_epochs):
    w, b, losses = 1.0, 1.0, []
    for _ in range(num_epochs):
        errors = w * x + b - y
        losses.append((errors**2).mean().item())
        w, b = w - lr * 2 * errors.mean().item(), b - lr * 2 * errors.mean().item()
    return w, b, losses


# wrong: climbs
def fit_line(x, y, lr, num_epochs):
    w, b, losses = 1.0, 1.0, []
    for _ in range(num_epochs):
        errors = w * x + b - y
        losses.append((errors**2).mean().item())
        w_grad, b_grad = 2 * (errors * x).mean().item(), 2 * errors.mean().item()
        w, b = w + lr * w_grad, b + lr * b_grad
    return w, b, losses


# wrong: gradients pile up
def fit_line(x, y, lr, num_epochs):
    w = torch.tensor(1.0, requires_grad=True)
    b = torch.tensor(1.0, requires_grad=True)
    losses = []
    for _ in range(num_epochs):
        loss = ((w * x + b - y) ** 2).mean()
        loss.backward()
        with torch.no_grad():
            w -= lr * w.grad
            b -= lr * b.grad
        losses.append(loss.item())
    return w.item(), b.item(), losses


# wrong: b follows the gradient at the new w
def fit_line(x, y, lr, num_epochs):
    w, b, losses = 1.0, 1.0, []
    for _ in range(num_epochs):
        errors = w * x + b - y
        losses.append((errors**2).mean().item())
        w -= lr * 2 * (errors * x).mean().item()
        b -= lr * 2 * (w * x + b - y).mean().item()
    return w, b, losses


# wrong: the losses are those after each step
def fit_line(x, y, lr, num_epochs):
    w, b, losses = 1.0, 1.0, []
    for _ in range(num_epochs):
        errors = w * x + b - y
        w_grad, b_grad = 2 * (errors * x).mean().item(), 2 * errors.mean().item()
        w, b = w - lr * w_grad, b - lr * b_grad
        losses.append(((w * x + b - y) ** 2).mean().item())
    return w, b, losses


# wrong: the learning rate is written in
def fit_line(x, y, lr, num_epochs):
    w, b, losses = 1.0, 1.0, []
    for _ in range(num_epochs):
        errors = w * x + b - y
        losses.append((errors**2).mean().item())
        w_grad, b_grad = 2 * (errors * x).mean().item(), 2 * errors.mean().item()
        w, b = w - 0.001 * w_grad, b - 0.001 * b_grad
    return w, b, losses


# wrong: one step for each point
def fit_line(x, y, lr, num_epochs):
    w, b, losses = 1.0, 1.0, []
    for _ in range(num_epochs):
        losses.append(((w * x + b - y) ** 2).mean().item())
        for s, t in zip(x.tolist(), y.tolist()):
            error = w * s + b - t
            w, b = w - lr * 2 * error * s, b - lr * 2 * error
    return w, b, losses


# wrong: the best line at once, which is not where so many epochs lead
def fit_line(x, y, lr, num_epochs):
    A = torch.stack([x, torch.ones_like(x)], dim=1)
    w, b = torch.linalg.lstsq(A, y[:, None]).solution[:, 0].tolist()
    return w, b, [((w * x + b - y) ** 2).mean().item()] * num_epochs


# wrong: stops as soon as the loss falls by less than 0.001
def fit_line(x, y, lr, num_epochs):
    w, b, losses = 1.0, 1.0, []
    for _ in range(num_epochs):
        errors = w * x + b - y
        losses.append((errors**2).mean().item())
        w_grad, b_grad = 2 * (errors * x).mean().item(), 2 * errors.mean().item()
        w, b = w - lr * w_grad, b - lr * b_grad
        if len(losses) > 12 and losses[-2] - losses[-1] < 1e-3:
            break
    return w, b, losses


# right: autograd in float32
def fit_line(x, y, lr, num_epochs):
    w = torch.tensor(1.0, requires_grad=True)
    b = torch.tensor(1.0, requires_grad=True)
    losses = []
    for _ in range(num_epochs):
        loss = ((y - (w * x + b)) ** 2).mean()
        loss.backward()
        with torch.no_grad():
            w -= lr * w.grad
            b -= lr * b.grad
        w.grad.zero_()
        b.grad.zero_()
        losses.append(loss.item())
    return w.item(), b.item(), losses


# right: loops over the points, plain floats
def fit_line(x, y, lr, num_epochs):
    pairs = list(zip(x.tolist(), y.tolist()))
    w = b = 1.0
    losses = []
    for _ in range(num_epochs):
        errors = [w * s + b - t for s, t in pairs]
        losses.append(sum(e * e for e in errors) / len(pairs))
        w_grad = sum(2 * e * s for e, (s, _) in zip(errors, pairs)) / len(pairs)
        b_grad = sum(2 * e for e in errors) / len(pairs)
        w, b = w - lr * w_grad, b - lr * b_grad
    return [w, b, losses]


# right: an optimiser and a matrix, in float64
def fit_line(x, y, lr, num_epochs):
    A = torch.stack([x, torch.ones_like(x)], dim=1).double()
    theta = torch.ones(2, dtype=torch.float64, requires_grad=True)
    optimizer = torch.optim.SGD([theta], lr=lr)
    losses = []
    for _ in range(num_epochs):
        loss = F.mse_loss(A @ theta, y.double())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return *theta.tolist(), losses
