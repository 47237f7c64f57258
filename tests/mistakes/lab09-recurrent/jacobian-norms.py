# wrong: the spectral radius in the bound
def jacobian_norms(X, h0, W, U, b, phi, slope, steepest):
    h, product = h0, torch.eye(len(h0), dtype=h0.dtype)
    norms = []
    for x in X:
        a = W @ h + U @ x + b
        h = phi(a)
        product = slope(a)[:, None] * W @ product
        norms.append(torch.linalg.matrix_norm(product, ord=2))
    gamma = steepest * torch.linalg.eigvals(W).abs().max()
    return torch.stack(norms), gamma ** torch.arange(1, len(X) + 1)


# wrong: the Frobenius norm of the product
def jacobian_norms(X, h0, W, U, b, phi, slope, steepest):
    h, product = h0, torch.eye(len(h0), dtype=h0.dtype)
    norms = []
    for x in X:
        a = W @ h + U @ x + b
        h = phi(a)
        product = slope(a)[:, None] * W @ product
        norms.append(torch.linalg.matrix_norm(product))
    gamma = steepest * torch.linalg.matrix_norm(W, ord=2)
    return torch.stack(norms), gamma ** torch.arange(1, len(X) + 1)


# wrong: the Frobenius norm in the bound
def jacobian_norms(X, h0, W, U, b, phi, slope, steepest):
    h, product = h0, torch.eye(len(h0), dtype=h0.dtype)
    norms = []
    for x in X:
        a = W @ h + U @ x + b
        h = phi(a)
        product = slope(a)[:, None] * W @ product
        norms.append(torch.linalg.matrix_norm(product, ord=2))
    gamma = steepest * torch.linalg.matrix_norm(W)
    return torch.stack(norms), gamma ** torch.arange(1, len(X) + 1)


# wrong: the new Jacobian from the right
def jacobian_norms(X, h0, W, U, b, phi, slope, steepest):
    h, product = h0, torch.eye(len(h0), dtype=h0.dtype)
    norms = []
    for x in X:
        a = W @ h + U @ x + b
        h = phi(a)
        product = product @ (slope(a)[:, None] * W)
        norms.append(torch.linalg.matrix_norm(product, ord=2))
    gamma = steepest * torch.linalg.matrix_norm(W, ord=2)
    return torch.stack(norms), gamma ** torch.arange(1, len(X) + 1)


# wrong: slopes on the columns: W diag instead of diag W
def jacobian_norms(X, h0, W, U, b, phi, slope, steepest):
    h, product = h0, torch.eye(len(h0), dtype=h0.dtype)
    norms = []
    for x in X:
        a = W @ h + U @ x + b
        h = phi(a)
        product = slope(a)[None, :] * W @ product
        norms.append(torch.linalg.matrix_norm(product, ord=2))
    gamma = steepest * torch.linalg.matrix_norm(W, ord=2)
    return torch.stack(norms), gamma ** torch.arange(1, len(X) + 1)


# wrong: the slope at the state instead of what goes into phi
def jacobian_norms(X, h0, W, U, b, phi, slope, steepest):
    h, product = h0, torch.eye(len(h0), dtype=h0.dtype)
    norms = []
    for x in X:
        a = W @ h + U @ x + b
        h = phi(a)
        product = slope(h)[:, None] * W @ product
        norms.append(torch.linalg.matrix_norm(product, ord=2))
    gamma = steepest * torch.linalg.matrix_norm(W, ord=2)
    return torch.stack(norms), gamma ** torch.arange(1, len(X) + 1)


# wrong: the bound forgets the slope
def jacobian_norms(X, h0, W, U, b, phi, slope, steepest):
    h, product = h0, torch.eye(len(h0), dtype=h0.dtype)
    norms = []
    for x in X:
        a = W @ h + U @ x + b
        h = phi(a)
        product = slope(a)[:, None] * W @ product
        norms.append(torch.linalg.matrix_norm(product, ord=2))
    gamma = torch.linalg.matrix_norm(W, ord=2)
    return torch.stack(norms), gamma ** torch.arange(1, len(X) + 1)


# wrong: bounds counted from 0
def jacobian_norms(X, h0, W, U, b, phi, slope, steepest):
    h, product = h0, torch.eye(len(h0), dtype=h0.dtype)
    norms = []
    for x in X:
        a = W @ h + U @ x + b
        h = phi(a)
        product = slope(a)[:, None] * W @ product
        norms.append(torch.linalg.matrix_norm(product, ord=2))
    gamma = steepest * torch.linalg.matrix_norm(W, ord=2)
    return torch.stack(norms), gamma ** torch.arange(len(X))


# wrong: the product of the norms
def jacobian_norms(X, h0, W, U, b, phi, slope, steepest):
    h, product = h0, torch.eye(len(h0), dtype=h0.dtype)
    norms = []
    for x in X:
        a = W @ h + U @ x + b
        h = phi(a)
        one = torch.linalg.matrix_norm(slope(a)[:, None] * W, ord=2)
        norms.append(one * norms[-1] if norms else one)
    gamma = steepest * torch.linalg.matrix_norm(W, ord=2)
    return torch.stack(norms), gamma ** torch.arange(1, len(X) + 1)


# wrong: each Jacobian alone
def jacobian_norms(X, h0, W, U, b, phi, slope, steepest):
    h, product = h0, torch.eye(len(h0), dtype=h0.dtype)
    norms = []
    for x in X:
        a = W @ h + U @ x + b
        h = phi(a)
        product = slope(a)[:, None] * W
        norms.append(torch.linalg.matrix_norm(product, ord=2))
    gamma = steepest * torch.linalg.matrix_norm(W, ord=2)
    return torch.stack(norms), gamma ** torch.arange(1, len(X) + 1)


# wrong: the spectral radius of the product
def jacobian_norms(X, h0, W, U, b, phi, slope, steepest):
    h, product = h0, torch.eye(len(h0), dtype=h0.dtype)
    norms = []
    for x in X:
        a = W @ h + U @ x + b
        h = phi(a)
        product = slope(a)[:, None] * W @ product
        norms.append(torch.linalg.eigvals(product).abs().max())
    gamma = steepest * torch.linalg.matrix_norm(W, ord=2)
    return torch.stack(norms), gamma ** torch.arange(1, len(X) + 1)


# wrong: forgets the input
def jacobian_norms(X, h0, W, U, b, phi, slope, steepest):
    h, product = h0, torch.eye(len(h0), dtype=h0.dtype)
    norms = []
    for x in X:
        a = W @ h + b
        h = phi(a)
        product = slope(a)[:, None] * W @ product
        norms.append(torch.linalg.matrix_norm(product, ord=2))
    gamma = steepest * torch.linalg.matrix_norm(W, ord=2)
    return torch.stack(norms), gamma ** torch.arange(1, len(X) + 1)


# wrong: the largest measured slope in the bound
def jacobian_norms(X, h0, W, U, b, phi, slope, steepest):
    h, product = h0, torch.eye(len(h0), dtype=h0.dtype)
    norms, steepest = [], 0.0
    for x in X:
        a = W @ h + U @ x + b
        h = phi(a)
        steepest = max(steepest, slope(a).max().item())
        product = slope(a)[:, None] * W @ product
        norms.append(torch.linalg.matrix_norm(product, ord=2))
    gamma = steepest * torch.linalg.matrix_norm(W, ord=2)
    return torch.stack(norms), gamma ** torch.arange(1, len(X) + 1)


# wrong: lets autograd do it
def jacobian_norms(X, h0, W, U, b, phi, slope, steepest):
    start = h0.clone().requires_grad_()
    h, norms = start, []
    for x in X:
        h = phi(W @ h + U @ x + b)
        rows = [torch.autograd.grad(one, start, retain_graph=True)[0] for one in h]
        norms.append(torch.linalg.matrix_norm(torch.stack(rows), ord=2))
    gamma = steepest * torch.linalg.matrix_norm(W, ord=2)
    return torch.stack(norms), gamma ** torch.arange(1, len(X) + 1)


# right: singular values, diagonal matrices
def jacobian_norms(X, h0, W, U, b, phi, slope, steepest):
    gamma = torch.linalg.svdvals(W)[0] * steepest
    h, jacobians, norms, bounds = h0, [], [], []
    for x in X:
        a = torch.addmv(b, W, h) + U @ x
        jacobians.insert(0, torch.diag(slope(a)) @ W)
        h = phi(a)
        product = jacobians[0]
        for jacobian in jacobians[1:]:
            product = product @ jacobian
        norms.append(torch.linalg.svdvals(product).max())
        bounds.append(gamma ** len(norms))
    return torch.stack(norms), torch.stack(bounds)


# right: transposed products, roots of eigenvalues
def jacobian_norms(X, h0, W, U, b, phi, slope, steepest):
    T, h, back = len(X), h0, torch.eye(len(h0)).to(h0)
    norms = torch.zeros(T).to(h0)
    for t in range(T):
        a = X[t] @ U.T + h @ W.T + b
        back = back @ W.T * slope(a)
        norms[t] = torch.linalg.norm(back, ord=2)
        h = phi(a)
    top = torch.linalg.norm(W, ord=2) * steepest
    return norms, torch.cumprod(top.repeat(T), dim=0)
