# wrong: counts tensors, not numbers
def count_parameters(model):
    return len(list(model.parameters()))


# wrong: leaves the biases out
def count_parameters(model):
    return sum(p.numel() for name, p in model.named_parameters() if "bias" not in name)


# wrong: counts frozen parameters too
def count_parameters(model):
    return sum(p.numel() for p in model.parameters())


# wrong: counts buffers, which nobody trains
def count_parameters(model):
    return sum(tensor.numel() for tensor in model.state_dict().values())


# wrong: counts a shared parameter each time it is used
def count_parameters(model):
    total = 0
    for module in model.modules():
        for p in module.parameters(recurse=False):
            total += p.numel() if p.requires_grad else 0
    return total


# wrong: looks at the outermost layers only
def count_parameters(model):
    total = 0
    for child in model.children():
        for p in child.parameters(recurse=False):
            total += p.numel() if p.requires_grad else 0
    return total


# wrong: returns a tensor
def count_parameters(model):
    sizes = [p.numel() for p in model.parameters() if p.requires_grad]
    return torch.tensor(sizes).sum()


# right: a loop
def count_parameters(model):
    total = 0
    for parameter in model.parameters():
        if parameter.requires_grad:
            total += parameter.numel()
    return total


# right: products of the shapes
def count_parameters(model):
    import math

    return sum(
        math.prod(p.shape) for _, p in model.named_parameters() if p.requires_grad
    )
