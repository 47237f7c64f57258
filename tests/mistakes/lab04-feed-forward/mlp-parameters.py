# ruff: noqa

# wrong: forgets the biases
def mlp_parameters(widths):
    return sum(a * b for a, b in zip(widths, widths[1:]))


# wrong: a bias for each input, not for each unit
def mlp_parameters(widths):
    return sum(a * (b + 1) for a, b in zip(widths, widths[1:]))


# wrong: one bias for a whole layer
def mlp_parameters(widths):
    return sum(a * b + 1 for a, b in zip(widths, widths[1:]))


# wrong: two or three layers only
def mlp_parameters(widths):
    total = (widths[0] + 1) * widths[1] + (widths[1] + 1) * widths[2]
    return total + ((widths[2] + 1) * widths[3] if len(widths) == 4 else 0)


# wrong: eats the list
def mlp_parameters(widths):
    total, n_in = 0, widths.pop(0)
    while widths:
        n_out = widths.pop(0)
        total, n_in = total + (n_in + 1) * n_out, n_out
    return total


# wrong: returns a tensor
def mlp_parameters(widths):
    w = torch.tensor(widths)
    return ((w[:-1] + 1) * w[1:]).sum()


# wrong: biases for the input layer as well
def mlp_parameters(widths):
    return sum(a * b for a, b in zip(widths, widths[1:])) + sum(widths)


# right: by index
def mlp_parameters(widths):
    total = 0
    for i in range(1, len(widths)):
        total += widths[i - 1] * widths[i]
        total += widths[i]
    return total


# right: builds the layers on the device meta
def mlp_parameters(widths):
    layers = [nn.Linear(a, b, device="meta") for a, b in zip(widths[:-1], widths[1:])]
    return sum(p.numel() for p in nn.Sequential(*layers).parameters())
