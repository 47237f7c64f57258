# wrong: clips each parameter by a norm of its own
def clip_gradients(params, max_norm):
    grads = [p.grad for p in params if p.grad is not None]
    norm = math.sqrt(sum(grad.square().sum().item() for grad in grads))
    if norm > max_norm:
        for grad in grads:
            grad.mul_(min(1.0, max_norm / (grad.norm().item() + 1e-12)))
    return norm


# wrong: clips values, not the norm
def clip_gradients(params, max_norm):
    grads = [p.grad for p in params if p.grad is not None]
    norm = math.sqrt(sum(grad.square().sum().item() for grad in grads))
    if norm > max_norm:
        for grad in grads:
            grad.clamp_(-max_norm, max_norm)
    return norm


# wrong: scales small gradients up
def clip_gradients(params, max_norm):
    grads = [p.grad for p in params if p.grad is not None]
    norm = math.sqrt(sum(grad.square().sum().item() for grad in grads))
    if norm > 0:
        for grad in grads:
            grad.mul_(max_norm / norm)
    return norm


# wrong: divides by zero when all gradients are zero
def clip_gradients(params, max_norm):
    grads = [p.grad for p in params if p.grad is not None]
    norm = math.sqrt(sum(grad.square().sum().item() for grad in grads))
    for grad in grads:
        grad.div_(norm).mul_(min(norm, max_norm))
    return norm


# wrong: returns the norm after the clipping
def clip_gradients(params, max_norm):
    grads = [p.grad for p in params if p.grad is not None]
    norm = math.sqrt(sum(grad.square().sum().item() for grad in grads))
    if norm > max_norm:
        for grad in grads:
            grad.mul_(max_norm / norm)
    return min(norm, float(max_norm))


# wrong: the sum of the norms instead of the norm of all
def clip_gradients(params, max_norm):
    grads = [p.grad for p in params if p.grad is not None]
    norm = float(sum(grad.norm().item() for grad in grads))
    if norm > max_norm:
        for grad in grads:
            grad.mul_(max_norm / norm)
    return norm


# wrong: forgets the root
def clip_gradients(params, max_norm):
    grads = [p.grad for p in params if p.grad is not None]
    norm = float(sum(grad.square().sum().item() for grad in grads))
    if norm > max_norm:
        for grad in grads:
            grad.mul_(max_norm / norm)
    return norm


# wrong: goes through the generator twice
def clip_gradients(params, max_norm):
    squares = [p.grad.square().sum().item() for p in params if p.grad is not None]
    norm = math.sqrt(sum(squares))
    if norm > max_norm:
        for grad in [p.grad for p in params if p.grad is not None]:
            grad.mul_(max_norm / norm)
    return norm


# wrong: fails where a parameter has no gradient
def clip_gradients(params, max_norm):
    grads = [p.grad for p in params]
    norm = math.sqrt(sum(grad.square().sum().item() for grad in grads))
    if norm > max_norm:
        for grad in grads:
            grad.mul_(max_norm / norm)
    return norm


# wrong: puts new gradients in the place of the old
def clip_gradients(params, max_norm):
    params = [p for p in params if p.grad is not None]
    grads = [p.grad for p in params]
    norm = math.sqrt(sum(grad.square().sum().item() for grad in grads))
    if norm > max_norm:
        for p in params:
            p.grad = p.grad * (max_norm / norm)
    return norm


# wrong: returns a tensor
def clip_gradients(params, max_norm):
    grads = [p.grad for p in params if p.grad is not None]
    norm = math.sqrt(sum(grad.square().sum().item() for grad in grads))
    if norm > max_norm:
        for grad in grads:
            grad.mul_(max_norm / norm)
    return torch.tensor(norm)


# right: PyTorch's own function
def clip_gradients(params, max_norm):
    return nn.utils.clip_grad_norm_(list(params), max_norm).item()


# right: one long vector
def clip_gradients(params, max_norm):
    grads = [p.grad for p in params if p.grad is not None]
    if not grads:
        return 0.0
    norm = float(torch.linalg.vector_norm(torch.cat([g.flatten() for g in grads])))
    factor = min(1.0, max_norm / max(norm, 1e-12))
    for g in grads:
        g.copy_(g * factor)
    return norm
