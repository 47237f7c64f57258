# wrong: turns the error and forgets its derivative, so that descent would climb
def hand_gradients(x, y, w, b, flipped=False):
    errors = y - (w * x + b) if flipped else w * x + b - y
    ones = torch.ones_like(x)
    return errors, x, ones, 2 * (errors * x).mean(), 2 * errors.mean()


# wrong: sums over the points
def hand_gradients(x, y, w, b, flipped=False):
    sign = -1 if flipped else 1
    errors = sign * (w * x + b - y)
    de_dw, de_db = sign * x, sign * torch.ones_like(x)
    return errors, de_dw, de_db, 2 * (errors * de_dw).sum(), 2 * (errors * de_db).sum()


# wrong: divides by 2, which is N only in the example
def hand_gradients(x, y, w, b, flipped=False):
    sign = -1 if flipped else 1
    errors = sign * (w * x + b - y)
    de_dw, de_db = sign * x, sign * torch.ones_like(x)
    return errors, de_dw, de_db, (errors * de_dw).sum(), (errors * de_db).sum()


# wrong: forgets the 2 of the square
def hand_gradients(x, y, w, b, flipped=False):
    sign = -1 if flipped else 1
    errors = sign * (w * x + b - y)
    de_dw, de_db = sign * x, sign * torch.ones_like(x)
    return errors, de_dw, de_db, (errors * de_dw).mean(), (errors * de_db).mean()


# wrong: makes float32 whatever comes
def hand_gradients(x, y, w, b, flipped=False):
    sign = -1 if flipped else 1
    x, y = x.float(), y.float()
    errors = sign * (w * x + b - y)
    de_dw, de_db = sign * x, sign * torch.ones_like(x)
    w_grad, b_grad = (2 * errors * de_dw).mean(), (2 * errors * de_db).mean()
    return errors, de_dw, de_db, w_grad, b_grad


# wrong: autograd, which is switched off
def hand_gradients(x, y, w, b, flipped=False):
    w, b = torch.tensor(w, requires_grad=True), torch.tensor(b, requires_grad=True)
    errors = y - w * x - b if flipped else w * x + b - y
    (errors**2).mean().backward()
    sign = -1 if flipped else 1
    return errors, sign * x, sign * torch.ones_like(x), w.grad, b.grad


# right: two cases, and dot products
def hand_gradients(x, y, w, b, flipped=False):
    prediction = x * w + b
    if flipped:
        errors, de_dw, de_db = y - prediction, -x, torch.full_like(x, -1)
    else:
        errors, de_dw, de_db = prediction - y, x.clone(), torch.full_like(x, 1)
    factor = 2 / x.numel()
    return errors, de_dw, de_db, factor * (errors @ de_dw), factor * (errors @ de_db)


# right: loops over points
def hand_gradients(x, y, w, b, flipped=False):
    sign = -1.0 if flipped else 1.0
    errors, de_dw, de_db = [], [], []
    for s, t in zip(x.tolist(), y.tolist()):
        errors.append(sign * (w * s + b - t))
        de_dw.append(sign * s)
        de_db.append(sign)
    w_grad = sum(2 * e * d for e, d in zip(errors, de_dw)) / len(errors)
    b_grad = sum(2 * e * d for e, d in zip(errors, de_db)) / len(errors)
    made = (errors, de_dw, de_db, w_grad, b_grad)
    return tuple(torch.tensor(one, dtype=x.dtype) for one in made)


# right: returns a list
def hand_gradients(x, y, w, b, flipped=False):
    sign = 1 - 2 * flipped
    gap = w * x + b - y
    ones = torch.ones_like(x)
    return [sign * gap, sign * x, sign * ones, (2 * gap * x).mean(), (2 * gap).mean()]
