# wrong: shrinks by the decay alone, without the learning rate
def decay_step(weights, gradients, lr, decay):
    return [
        w.clone() if g is None else (1 - decay) * w - lr * g
        for w, g in zip(weights, gradients)
    ]


# wrong: grows the weights
def decay_step(weights, gradients, lr, decay):
    return [
        w.clone() if g is None else w - lr * (g - decay * w)
        for w, g in zip(weights, gradients)
    ]


# wrong: decays twice as fast
def decay_step(weights, gradients, lr, decay):
    return [
        w.clone() if g is None else w - lr * (g + 2 * decay * w)
        for w, g in zip(weights, gradients)
    ]


# wrong: changes the old weights
def decay_step(weights, gradients, lr, decay):
    for w, g in zip(weights, gradients):
        if g is not None:
            w -= lr * (g + decay * w)
    return weights


# wrong: decays weights without a gradient, too
def decay_step(weights, gradients, lr, decay):
    return [
        (1 - lr * decay) * w - (0 if g is None else lr * g)
        for w, g in zip(weights, gradients)
    ]


# wrong: stumbles over a missing gradient
def decay_step(weights, gradients, lr, decay):
    return [w - lr * (g + decay * w) for w, g in zip(weights, gradients)]


# wrong: shrinks after the step instead of before it
def decay_step(weights, gradients, lr, decay):
    return [
        w.clone() if g is None else (1 - lr * decay) * (w - lr * g)
        for w, g in zip(weights, gradients)
    ]


# wrong: pulls with the sign of the weight, which is L1, when weights are small
def decay_step(weights, gradients, lr, decay):
    new = []
    for w, g in zip(weights, gradients):
        pull = torch.where(w.abs() < 0.9, w.sign(), w)
        new.append(w.clone() if g is None else w - lr * (g + decay * pull))
    return new


# right: PyTorch's optimiser on copies
def decay_step(weights, gradients, lr, decay):
    copies = [torch.nn.Parameter(w.detach().clone()) for w in weights]
    for copy, gradient in zip(copies, gradients):
        copy.grad = gradient
    torch.optim.SGD(copies, lr=lr, weight_decay=decay).step()
    return [copy.data for copy in copies]


# right: adds the decay to the gradient
def decay_step(weights, gradients, lr, decay):
    new = []
    for i in range(len(weights)):
        w = weights[i].clone()
        if gradients[i] is not None:
            g = gradients[i] + decay * w
            w = w - lr * g
        new.append(w)
    return new


# right: returns a weight without a gradient as it is
def decay_step(weights, gradients, lr, decay):
    with torch.no_grad():
        return [
            w if g is None else w.mul(1 - decay * lr).sub(g, alpha=lr)
            for w, g in zip(weights, gradients)
        ]
