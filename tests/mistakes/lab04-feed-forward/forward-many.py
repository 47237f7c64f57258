# ruff: noqa

# wrong: no ReLU
def forward_many(W, b, v, c, X):
    hidden = X @ W.mT + b[:, None]
    return hidden, (hidden * v[:, None]).sum(dim=2) + c[:, None]


# wrong: forgets to transpose W, which only shows if it is not symmetric
def forward_many(W, b, v, c, X):
    hidden = torch.relu(X @ W + b[:, None])
    return hidden, (hidden * v[:, None]).sum(dim=2) + c[:, None]


# wrong: the bias is broadcast over the samples instead of the units
def forward_many(W, b, v, c, X):
    hidden = torch.relu(X @ W.mT + b[:, :, None])
    return hidden, (hidden * v[:, None]).sum(dim=2) + c[:, None]


# wrong: ReLU on the output as well
def forward_many(W, b, v, c, X):
    hidden = torch.relu(X @ W.mT + b[:, None])
    return hidden, torch.relu((hidden * v[:, None]).sum(dim=2) + c[:, None])


# wrong: forgets c
def forward_many(W, b, v, c, X):
    hidden = torch.relu(X @ W.mT + b[:, None])
    return hidden, (hidden * v[:, None]).sum(dim=2)


# wrong: cuts the graph
def forward_many(W, b, v, c, X):
    with torch.no_grad():
        hidden = torch.relu(X @ W.mT + b[:, None])
        return hidden, (hidden * v[:, None]).sum(dim=2) + c[:, None]


# wrong: hidden units as (S, H, N)
def forward_many(W, b, v, c, X):
    hidden = torch.relu(W @ X.T + b[:, :, None])
    return hidden, (hidden * v[:, :, None]).sum(dim=1) + c[:, None]


# wrong: keeps a last dimension of 1
def forward_many(W, b, v, c, X):
    hidden = torch.relu(X @ W.mT + b[:, None])
    return hidden, hidden @ v[:, :, None] + c[:, None, None]


# wrong: squeeze() also drops a single network
def forward_many(W, b, v, c, X):
    hidden = torch.relu(X @ W.mT + b[:, None])
    return hidden, (hidden @ v[:, :, None] + c[:, None, None]).squeeze()


# wrong: outputs only
def forward_many(W, b, v, c, X):
    hidden = torch.relu(X @ W.mT + b[:, None])
    return (hidden * v[:, None]).sum(dim=2) + c[:, None]


# right: a loop over the networks
def forward_many(W, b, v, c, X):
    hidden = [torch.relu(F.linear(X, W[s], b[s])) for s in range(len(W))]
    outputs = [h @ v[s] + c[s] for s, h in enumerate(hidden)]
    return torch.stack(hidden), torch.stack(outputs)


# right: einsum
def forward_many(W, b, v, c, X):
    h = (torch.einsum("shd,nd->snh", W, X) + b.unsqueeze(1)).clamp(min=0)
    return h, torch.einsum("snh,sh->sn", h, v) + c.unsqueeze(1)


# right: baddbmm
def forward_many(W, b, v, c, X):
    many = X.expand(len(W), *X.shape)
    h = F.relu(torch.baddbmm(b[:, None, :], many, W.transpose(1, 2)))
    out = torch.baddbmm(c[:, None, None], h, v[:, :, None])
    return h, out[:, :, 0]


# right: vmap over one network
def forward_many(W, b, v, c, X):
    def one(w, bias, out, offset):
        h = torch.relu(X @ w.T + bias)
        return h, h @ out + offset

    return torch.vmap(one)(W, b, v, c)
