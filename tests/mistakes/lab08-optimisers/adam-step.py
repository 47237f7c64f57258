# wrong: no bias correction
def adam_step(w, grad, m, q, t, lr, betas=(0.9, 0.999), eps=1e-8):
    beta1, beta2 = betas
    m = beta1 * m + (1 - beta1) * grad
    q = beta2 * q + (1 - beta2) * grad**2
    m_hat, q_hat = m, q
    return w - lr * m_hat / (q_hat.sqrt() + eps), m, q


# wrong: corrects only the first mean
def adam_step(w, grad, m, q, t, lr, betas=(0.9, 0.999), eps=1e-8):
    beta1, beta2 = betas
    m = beta1 * m + (1 - beta1) * grad
    q = beta2 * q + (1 - beta2) * grad**2
    m_hat, q_hat = m / (1 - beta1**t), q
    return w - lr * m_hat / (q_hat.sqrt() + eps), m, q


# wrong: counts the steps from 0, so that t + 1 is used
def adam_step(w, grad, m, q, t, lr, betas=(0.9, 0.999), eps=1e-8):
    beta1, beta2 = betas
    m = beta1 * m + (1 - beta1) * grad
    q = beta2 * q + (1 - beta2) * grad**2
    m_hat, q_hat = m / (1 - beta1 ** (t + 1)), q / (1 - beta2 ** (t + 1))
    return w - lr * m_hat / (q_hat.sqrt() + eps), m, q


# wrong: the correction of the first step in every step
def adam_step(w, grad, m, q, t, lr, betas=(0.9, 0.999), eps=1e-8):
    beta1, beta2 = betas
    m = beta1 * m + (1 - beta1) * grad
    q = beta2 * q + (1 - beta2) * grad**2
    m_hat, q_hat = m / (1 - beta1), q / (1 - beta2)
    return w - lr * m_hat / (q_hat.sqrt() + eps), m, q


# wrong: returns the corrected means
def adam_step(w, grad, m, q, t, lr, betas=(0.9, 0.999), eps=1e-8):
    beta1, beta2 = betas
    m = beta1 * m + (1 - beta1) * grad
    q = beta2 * q + (1 - beta2) * grad**2
    m_hat, q_hat = m / (1 - beta1**t), q / (1 - beta2**t)
    return w - lr * m_hat / (q_hat.sqrt() + eps), m_hat, q_hat


# wrong: eps inside the root
def adam_step(w, grad, m, q, t, lr, betas=(0.9, 0.999), eps=1e-8):
    beta1, beta2 = betas
    m = beta1 * m + (1 - beta1) * grad
    q = beta2 * q + (1 - beta2) * grad**2
    m_hat, q_hat = m / (1 - beta1**t), q / (1 - beta2**t)
    return w - lr * m_hat / (q_hat + eps).sqrt(), m, q


# wrong: eps added before the correction
def adam_step(w, grad, m, q, t, lr, betas=(0.9, 0.999), eps=1e-8):
    beta1, beta2 = betas
    m = beta1 * m + (1 - beta1) * grad
    q = beta2 * q + (1 - beta2) * grad**2
    m_hat, q_hat = m / (1 - beta1**t), q / (1 - beta2**t)
    return w - lr * m_hat * math.sqrt(1 - beta2**t) / (q.sqrt() + eps), m, q


# wrong: squares the mean instead of averaging the squares
def adam_step(w, grad, m, q, t, lr, betas=(0.9, 0.999), eps=1e-8):
    beta1, beta2 = betas
    m = beta1 * m + (1 - beta1) * grad
    q = beta2 * q + (1 - beta2) * m**2
    m_hat, q_hat = m / (1 - beta1**t), q / (1 - beta2**t)
    return w - lr * m_hat / (q_hat.sqrt() + eps), m, q


# wrong: no root
def adam_step(w, grad, m, q, t, lr, betas=(0.9, 0.999), eps=1e-8):
    beta1, beta2 = betas
    m = beta1 * m + (1 - beta1) * grad
    q = beta2 * q + (1 - beta2) * grad**2
    m_hat, q_hat = m / (1 - beta1**t), q / (1 - beta2**t)
    return w - lr * m_hat / (q_hat + eps), m, q


# wrong: betas mixed up
def adam_step(w, grad, m, q, t, lr, betas=(0.9, 0.999), eps=1e-8):
    beta2, beta1 = betas
    m = beta1 * m + (1 - beta1) * grad
    q = beta2 * q + (1 - beta2) * grad**2
    m_hat, q_hat = m / (1 - beta1**t), q / (1 - beta2**t)
    return w - lr * m_hat / (q_hat.sqrt() + eps), m, q


# wrong: always the usual betas
def adam_step(w, grad, m, q, t, lr, betas=(0.9, 0.999), eps=1e-8):
    beta1, beta2 = 0.9, 0.999
    m = beta1 * m + (1 - beta1) * grad
    q = beta2 * q + (1 - beta2) * grad**2
    m_hat, q_hat = m / (1 - beta1**t), q / (1 - beta2**t)
    return w - lr * m_hat / (q_hat.sqrt() + eps), m, q


# wrong: changes m in place
def adam_step(w, grad, m, q, t, lr, betas=(0.9, 0.999), eps=1e-8):
    beta1, beta2 = betas
    m.mul_(beta1).add_((1 - beta1) * grad)
    q = beta2 * q + (1 - beta2) * grad**2
    m_hat, q_hat = m / (1 - beta1**t), q / (1 - beta2**t)
    return w - lr * m_hat / (q_hat.sqrt() + eps), m, q


# right: the form with one step size, as in PyTorch
def adam_step(w, grad, m, q, t, lr, betas=(0.9, 0.999), eps=1e-8):
    m = torch.lerp(m, grad, 1 - betas[0])
    q = (q * betas[1]).addcmul(grad, grad, value=1 - betas[1])
    step_size = lr / (1 - betas[0] ** t)
    root = q.sqrt() / math.sqrt(1 - betas[1] ** t)
    return torch.addcdiv(w, m, root + eps, value=-step_size), m, q


# right: written with a loop for the powers
def adam_step(w, grad, m, q, t, lr, betas=(0.9, 0.999), eps=1e-8):
    power1 = power2 = 1.0
    for _ in range(t):
        power1, power2 = power1 * betas[0], power2 * betas[1]
    m = m + (1 - betas[0]) * (grad - m)
    q = q + (1 - betas[1]) * (grad * grad - q)
    ratio = (m / (1 - power1)) / (torch.sqrt(q / (1 - power2)) + eps)
    return w - ratio * lr, m, q
