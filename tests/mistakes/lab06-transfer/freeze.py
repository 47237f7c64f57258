# wrong: sets an attribute of the module, which nobody reads
def freeze_except(model, head):
    model.requires_grad = False
    model.get_submodule(head).requires_grad = True
    return sum(p.numel() for p in model.parameters() if p.requires_grad)


# wrong: freezes the head as well
def freeze_except(model, head):
    for parameter in model.parameters():
        parameter.requires_grad = False
    return sum(p.numel() for p in model.get_submodule(head).parameters())


# wrong: counts all values
def freeze_except(model, head):
    model.requires_grad_(False)
    model.get_submodule(head).requires_grad_(True)
    return sum(p.numel() for p in model.parameters())


# wrong: counts tensors, not values
def freeze_except(model, head):
    model.requires_grad_(False)
    model.get_submodule(head).requires_grad_(True)
    return len([p for p in model.parameters() if p.requires_grad])


# wrong: takes fc_aux for a part of fc
def freeze_except(model, head):
    for name, parameter in model.named_parameters():
        parameter.requires_grad = name.startswith(head)
    return sum(p.numel() for p in model.parameters() if p.requires_grad)


# wrong: does not thaw a head that was frozen before
def freeze_except(model, head):
    kept = {id(p) for p in model.get_submodule(head).parameters()}
    for parameter in model.parameters():
        if id(parameter) not in kept:
            parameter.requires_grad = False
    return sum(p.numel() for p in model.parameters() if p.requires_grad)


# wrong: takes the name for an attribute, which fails on a name with dots
def freeze_except(model, head):
    model.requires_grad_(False)
    getattr(model, head).requires_grad_(True)
    return sum(p.numel() for p in model.parameters() if p.requires_grad)


# right: by names, with the dot
def freeze_except(model, head):
    total = 0
    for name, parameter in model.named_parameters():
        parameter.requires_grad_(name.startswith(head + "."))
        total += parameter.numel() * parameter.requires_grad
    return total


# right: by identity
def freeze_except(model, head):
    kept = {id(p) for p in dict(model.named_modules())[head].parameters()}
    for parameter in model.parameters():
        parameter.requires_grad = id(parameter) in kept
    return sum(math.prod(p.shape) for p in model.parameters() if p.requires_grad)
