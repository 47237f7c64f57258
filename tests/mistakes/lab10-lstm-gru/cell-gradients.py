# wrong: the last h instead of the last cell
def cell_gradients(cell, X):
    h = X.new_zeros(X.shape[1], cell.hidden_size)
    c = torch.zeros_like(h, requires_grad=True)
    cells = [c]
    for x in X:
        h, c = cell(x, (h, c))
        cells.append(c)
    grads = torch.autograd.grad(h.sum(), cells)
    return torch.stack(grads).norm(dim=(1, 2))


# wrong: only the way along the cell
def cell_gradients(cell, X):
    h = X.new_zeros(X.shape[1], cell.hidden_size)
    c = torch.zeros_like(h, requires_grad=True)
    cells = [c]
    for x in X:
        h, c = cell(x, (h.detach(), c))
        cells.append(c)
    grads = torch.autograd.grad(c.sum(), cells)
    return torch.stack(grads).norm(dim=(1, 2))


# wrong: the last step first
def cell_gradients(cell, X):
    h = X.new_zeros(X.shape[1], cell.hidden_size)
    c = torch.zeros_like(h, requires_grad=True)
    cells = [c]
    for x in X:
        h, c = cell(x, (h, c))
        cells.append(c)
    grads = torch.autograd.grad(c.sum(), cells)
    return torch.stack(grads).norm(dim=(1, 2)).flip(0)


# wrong: the beginning is missing
def cell_gradients(cell, X):
    h = X.new_zeros(X.shape[1], cell.hidden_size)
    c = torch.zeros_like(h, requires_grad=True)
    cells = [c]
    for x in X:
        h, c = cell(x, (h, c))
        cells.append(c)
    grads = torch.autograd.grad(c.sum(), cells[1:])
    return torch.stack(grads).norm(dim=(1, 2))


# wrong: the sum of absolute values instead of the norm
def cell_gradients(cell, X):
    h = X.new_zeros(X.shape[1], cell.hidden_size)
    c = torch.zeros_like(h, requires_grad=True)
    cells = [c]
    for x in X:
        h, c = cell(x, (h, c))
        cells.append(c)
    grads = torch.autograd.grad(c.sum(), cells)
    return torch.stack(grads).abs().sum(dim=(1, 2))


# wrong: the mean of the last cell
def cell_gradients(cell, X):
    h = X.new_zeros(X.shape[1], cell.hidden_size)
    c = torch.zeros_like(h, requires_grad=True)
    cells = [c]
    for x in X:
        h, c = cell(x, (h, c))
        cells.append(c)
    grads = torch.autograd.grad(c.mean(), cells)
    return torch.stack(grads).norm(dim=(1, 2))


# wrong: backward leaves gradients in the parameters
def cell_gradients(cell, X):
    h = X.new_zeros(X.shape[1], cell.hidden_size)
    c = torch.zeros_like(h, requires_grad=True)
    cells = [c]
    for x in X:
        h, c = cell(x, (h, c))
        c.retain_grad()
        cells.append(c)
    c.sum().backward()
    return torch.stack([one.grad.norm() for one in cells])


# wrong: takes away the gradients that were there
def cell_gradients(cell, X):
    h = X.new_zeros(X.shape[1], cell.hidden_size)
    c = torch.zeros_like(h, requires_grad=True)
    cells = [c]
    for x in X:
        h, c = cell(x, (h, c))
        c.retain_grad()
        cells.append(c)
    c.sum().backward()
    cell.zero_grad()
    return torch.stack([one.grad.norm() for one in cells])


# wrong: products of the forget gates
def cell_gradients(cell, X):
    H = cell.hidden_size
    h = c = X.new_zeros(X.shape[1], H)
    gates = []
    with torch.no_grad():
        for x in X:
            sums = x @ cell.weight_ih.T + cell.bias_ih
            sums = sums + h @ cell.weight_hh.T + cell.bias_hh
            gates.append(sums.sigmoid()[:, H : 2 * H])
            h, c = cell(x, (h, c))
    left = torch.ones_like(c)
    norms = [left.norm()]
    for gate in reversed(gates):
        left = left * gate
        norms.insert(0, left.norm())
    return torch.stack(norms)


# wrong: float32 always
def cell_gradients(cell, X):
    h = torch.zeros(X.shape[1], cell.hidden_size)
    c = torch.zeros(X.shape[1], cell.hidden_size, requires_grad=True)
    cells = [c]
    for x in X:
        h, c = cell(x, (h, c))
        cells.append(c)
    grads = torch.autograd.grad(c.sum(), cells)
    return torch.stack(grads).norm(dim=(1, 2))


# wrong: the norm of each sequence, averaged
def cell_gradients(cell, X):
    h = X.new_zeros(X.shape[1], cell.hidden_size)
    c = torch.zeros_like(h, requires_grad=True)
    cells = [c]
    for x in X:
        h, c = cell(x, (h, c))
        cells.append(c)
    grads = torch.autograd.grad(c.sum(), cells)
    return torch.stack(grads).norm(dim=2).mean(dim=1)


# right: backward with inputs, so that no parameter is touched
def cell_gradients(cell, X):
    h = X.new_zeros(len(X[0]), cell.hidden_size)
    c = X.new_zeros(len(X[0]), cell.hidden_size).requires_grad_()
    cells = [c]
    for x in X.unbind():
        h, c = cell(x, (h, c))
        c.retain_grad()
        cells.append(c)
    torch.autograd.backward(c.sum(), inputs=cells)
    return torch.stack([one.grad.square().sum().sqrt() for one in cells])


# right: from each cell anew to the end
def cell_gradients(cell, X):
    zeros = X.new_zeros(X.shape[1], cell.hidden_size)
    states = [(zeros, zeros)]
    norms = []
    for t in range(len(X) + 1):
        h, c = states[0]
        for place, x in enumerate(X):
            if place == t:
                break
            h, c = cell(x, (h, c))
        start = c.detach().requires_grad_()
        # h of this step is made of the cell as well
        if t > 0:
            before = states[-1]
            sums = X[t - 1] @ cell.weight_ih.T + cell.bias_ih
            sums = sums + before[0] @ cell.weight_hh.T + cell.bias_hh
            h = sums.chunk(4, dim=1)[3].sigmoid().detach() * start.tanh()
        states.append((h.detach(), start.detach()))
        c = start
        for x in X[t:]:
            h, c = cell(x, (h, c))
        norms.append(torch.autograd.grad(c.sum(), start)[0].norm())
    return torch.stack(norms)
