# wrong: eps inside the root
def rmsprop_step(w, grad, q, v, lr, alpha=0.99, eps=1e-8, mu=0.0):
    q = alpha * q + (1 - alpha) * grad**2
    v = mu * v + grad / (q + eps).sqrt()
    return w - lr * v, q, v


# wrong: divides by the mean of squares, without the root
def rmsprop_step(w, grad, q, v, lr, alpha=0.99, eps=1e-8, mu=0.0):
    q = alpha * q + (1 - alpha) * grad**2
    v = mu * v + grad / (q + eps)
    return w - lr * v, q, v


# wrong: adds up squares as Adagrad does
def rmsprop_step(w, grad, q, v, lr, alpha=0.99, eps=1e-8, mu=0.0):
    q = q + grad**2
    v = mu * v + grad / (q.sqrt() + eps)
    return w - lr * v, q, v


# wrong: alpha and 1 - alpha mixed up
def rmsprop_step(w, grad, q, v, lr, alpha=0.99, eps=1e-8, mu=0.0):
    q = (1 - alpha) * q + alpha * grad**2
    v = mu * v + grad / (q.sqrt() + eps)
    return w - lr * v, q, v


# wrong: the old mean of squares in the denominator
def rmsprop_step(w, grad, q, v, lr, alpha=0.99, eps=1e-8, mu=0.0):
    v = mu * v + grad / (q.sqrt() + eps)
    q = alpha * q + (1 - alpha) * grad**2
    return w - lr * v, q, v


# wrong: momentum before the division
def rmsprop_step(w, grad, q, v, lr, alpha=0.99, eps=1e-8, mu=0.0):
    q = alpha * q + (1 - alpha) * grad**2
    v = mu * v + grad
    return w - lr * v / (q.sqrt() + eps), q, v


# wrong: the learning rate inside the velocity
def rmsprop_step(w, grad, q, v, lr, alpha=0.99, eps=1e-8, mu=0.0):
    q = alpha * q + (1 - alpha) * grad**2
    v = mu * v + lr * grad / (q.sqrt() + eps)
    return w - v, q, v


# wrong: corrects the bias of the first step, as Adam would
def rmsprop_step(w, grad, q, v, lr, alpha=0.99, eps=1e-8, mu=0.0):
    q = alpha * q + (1 - alpha) * grad**2
    v = mu * v + grad / ((q / (1 - alpha)).sqrt() + eps)
    return w - lr * v, q, v


# wrong: forgets the momentum
def rmsprop_step(w, grad, q, v, lr, alpha=0.99, eps=1e-8, mu=0.0):
    q = alpha * q + (1 - alpha) * grad**2
    v = grad / (q.sqrt() + eps)
    return w - lr * v, q, v


# wrong: changes q in place
def rmsprop_step(w, grad, q, v, lr, alpha=0.99, eps=1e-8, mu=0.0):
    q.mul_(alpha).add_((1 - alpha) * grad**2)
    v = mu * v + grad / (q.sqrt() + eps)
    return w - lr * v, q, v


# wrong: forgets eps
def rmsprop_step(w, grad, q, v, lr, alpha=0.99, eps=1e-8, mu=0.0):
    q = alpha * q + (1 - alpha) * grad**2
    v = mu * v + grad / q.sqrt()
    return w - lr * v, q, v


# right: with lerp and addcdiv
def rmsprop_step(w, grad, q, v, lr, alpha=0.99, eps=1e-8, mu=0.0):
    mean = torch.lerp(grad.square(), q, alpha)
    velocity = torch.addcdiv(mu * v, grad, mean.sqrt().add(eps))
    return torch.sub(w, velocity, alpha=lr), mean, velocity


# right: in float64 inside, back to the dtype at the end
def rmsprop_step(w, grad, q, v, lr, alpha=0.99, eps=1e-8, mu=0.0):
    dtype = w.dtype
    w, grad, q, v = (x.double() for x in (w, grad, q, v))
    q = q - (1 - alpha) * (q - grad * grad)
    v = v * mu
    v = v + grad * (q**0.5 + eps) ** -1
    return (w - v * lr).to(dtype), q.to(dtype), v.to(dtype)
