# wrong: the learning rate inside the velocity, which differs once lr changes
def momentum_step(w, grad, v, lr, mu, weight_decay=0.0, nesterov=False):
    grad = grad + weight_decay * w
    v = mu * v + lr * grad
    direction = lr * grad + mu * v if nesterov else v
    return w - direction, v


# wrong: a running mean, the gradient times 1 - mu
def momentum_step(w, grad, v, lr, mu, weight_decay=0.0, nesterov=False):
    grad = grad + weight_decay * w
    v = mu * v + (1 - mu) * grad
    direction = grad + mu * v if nesterov else v
    return w - lr * direction, v


# wrong: Nesterov with the old velocity
def momentum_step(w, grad, v, lr, mu, weight_decay=0.0, nesterov=False):
    grad = grad + weight_decay * w
    old = v
    v = mu * v + grad
    direction = grad + mu * old if nesterov else v
    return w - lr * direction, v


# wrong: Nesterov forgets the fresh gradient
def momentum_step(w, grad, v, lr, mu, weight_decay=0.0, nesterov=False):
    grad = grad + weight_decay * w
    v = mu * v + grad
    direction = mu * v if nesterov else v
    return w - lr * direction, v


# wrong: weight decay only on the weight, not in the velocity
def momentum_step(w, grad, v, lr, mu, weight_decay=0.0, nesterov=False):
    v = mu * v + grad
    direction = grad + mu * v if nesterov else v
    return w - lr * (direction + weight_decay * w), v


# wrong: weight decay with the wrong sign
def momentum_step(w, grad, v, lr, mu, weight_decay=0.0, nesterov=False):
    grad = grad - weight_decay * w
    v = mu * v + grad
    direction = grad + mu * v if nesterov else v
    return w - lr * direction, v


# wrong: moves uphill
def momentum_step(w, grad, v, lr, mu, weight_decay=0.0, nesterov=False):
    grad = grad + weight_decay * w
    v = mu * v + grad
    direction = grad + mu * v if nesterov else v
    return w + lr * direction, v


# wrong: changes the velocity in place
def momentum_step(w, grad, v, lr, mu, weight_decay=0.0, nesterov=False):
    grad = grad + weight_decay * w
    v.mul_(mu).add_(grad)
    direction = grad + mu * v if nesterov else v
    return w - lr * direction, v


# wrong: changes the weight in place
def momentum_step(w, grad, v, lr, mu, weight_decay=0.0, nesterov=False):
    grad = grad + weight_decay * w
    v = mu * v + grad
    direction = grad + mu * v if nesterov else v
    return w.sub_(lr * direction), v


# wrong: changes the gradient in place
def momentum_step(w, grad, v, lr, mu, weight_decay=0.0, nesterov=False):
    grad += weight_decay * w
    v = mu * v + grad
    direction = grad + mu * v if nesterov else v
    return w - lr * direction, v


# wrong: returns the velocity first
def momentum_step(w, grad, v, lr, mu, weight_decay=0.0, nesterov=False):
    grad = grad + weight_decay * w
    v = mu * v + grad
    direction = grad + mu * v if nesterov else v
    return v, w - lr * direction


# wrong: returns only the weight
def momentum_step(w, grad, v, lr, mu, weight_decay=0.0, nesterov=False):
    grad = grad + weight_decay * w
    v = mu * v + grad
    direction = grad + mu * v if nesterov else v
    return w - lr * direction


# wrong: double the precision that was asked for
def momentum_step(w, grad, v, lr, mu, weight_decay=0.0, nesterov=False):
    grad = grad + weight_decay * w
    v = mu * v + grad
    direction = grad + mu * v if nesterov else v
    return (w - lr * direction).double(), v


# right: in-place work on copies
def momentum_step(w, grad, v, lr, mu, weight_decay=0.0, nesterov=False):
    g = torch.add(grad, w, alpha=weight_decay)
    velocity = v.clone().mul_(mu).add_(g)
    if nesterov:
        g = g.add(velocity, alpha=mu)
    else:
        g = velocity
    return w.clone().sub_(g, alpha=lr), velocity


# right: PyTorch's own optimiser with its state filled in
def momentum_step(w, grad, v, lr, mu, weight_decay=0.0, nesterov=False):
    p = w.detach().clone().requires_grad_()
    settings = {"momentum": mu, "weight_decay": weight_decay, "nesterov": nesterov}
    optimizer = torch.optim.SGD([p], lr=lr, **settings)
    optimizer.state[p]["momentum_buffer"] = v.clone()
    p.grad = grad.clone()
    optimizer.step()
    return p.detach(), optimizer.state[p]["momentum_buffer"]


# right: element by element
def momentum_step(w, grad, v, lr, mu, weight_decay=0.0, nesterov=False):
    new_w, new_v = torch.empty_like(w), torch.empty_like(v)
    flat = zip(
        w.flatten().tolist(), grad.flatten().tolist(), v.flatten().tolist(), strict=True
    )
    for place, (x, g, u) in enumerate(flat):
        g += weight_decay * x
        u = mu * u + g
        x -= lr * (g + mu * u) if nesterov else lr * u
        new_w.view(-1)[place], new_v.view(-1)[place] = x, u
    return new_w, new_v
