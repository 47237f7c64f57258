# wrong: knows only models whose head is called head
def replace_head(model, num_classes):
    old = model.head
    model.head = nn.Linear(
        old.in_features, num_classes, old.bias is not None, dtype=old.weight.dtype
    )
    return model.head


# wrong: replaces the first linear layer
def replace_head(model, num_classes):
    for name, module in model.named_modules():
        if isinstance(module, nn.Linear):
            new = nn.Linear(module.in_features, num_classes)
            model.set_submodule(name, new)
            return new
    raise ValueError("no linear layer")


# wrong: the number of features is written down
def replace_head(model, num_classes):
    names = [n for n, m in model.named_modules() if isinstance(m, nn.Linear)]
    if not names:
        raise ValueError("no linear layer")
    new = nn.Linear(384, num_classes)
    model.set_submodule(names[-1], new)
    return new


# wrong: always with a bias
def replace_head(model, num_classes):
    names = [n for n, m in model.named_modules() if isinstance(m, nn.Linear)]
    if not names:
        raise ValueError("no linear layer")
    old = model.get_submodule(names[-1])
    like = {"dtype": old.weight.dtype, "device": old.weight.device}
    new = nn.Linear(old.in_features, num_classes, **like)
    model.set_submodule(names[-1], new)
    return new


# wrong: always float32 on the CPU
def replace_head(model, num_classes):
    names = [n for n, m in model.named_modules() if isinstance(m, nn.Linear)]
    if not names:
        raise ValueError("no linear layer")
    old = model.get_submodule(names[-1])
    new = nn.Linear(old.in_features, num_classes, old.bias is not None)
    model.set_submodule(names[-1], new)
    return new


# wrong: sets an attribute whose name has dots
def replace_head(model, num_classes):
    names = [n for n, m in model.named_modules() if isinstance(m, nn.Linear)]
    if not names:
        raise ValueError("no linear layer")
    old = model.get_submodule(names[-1])
    like = {"dtype": old.weight.dtype, "device": old.weight.device}
    new = nn.Linear(old.in_features, num_classes, old.bias is not None, **like)
    model._modules[names[-1]] = new
    return new


# wrong: only writes another number into the old layer
def replace_head(model, num_classes):
    names = [n for n, m in model.named_modules() if isinstance(m, nn.Linear)]
    if not names:
        raise ValueError("no linear layer")
    head = model.get_submodule(names[-1])
    head.out_features = num_classes
    return head


# wrong: keeps the old weights where the sizes agree, and the old freeze
def replace_head(model, num_classes):
    names = [n for n, m in model.named_modules() if isinstance(m, nn.Linear)]
    if not names:
        raise ValueError("no linear layer")
    old = model.get_submodule(names[-1])
    like = {"dtype": old.weight.dtype, "device": old.weight.device}
    new = nn.Linear(old.in_features, num_classes, old.bias is not None, **like)
    if new.weight.shape == old.weight.shape:
        new.load_state_dict(old.state_dict())
    model.set_submodule(names[-1], new)
    return new


# wrong: no error without a linear layer
def replace_head(model, num_classes):
    names = [n for n, m in model.named_modules() if isinstance(m, nn.Linear)]
    if not names:
        return None
    old = model.get_submodule(names[-1])
    like = {"dtype": old.weight.dtype, "device": old.weight.device}
    new = nn.Linear(old.in_features, num_classes, old.bias is not None, **like)
    model.set_submodule(names[-1], new)
    return new


# right: set_submodule, and .to() for device and dtype
def replace_head(model, num_classes):
    found = None
    for name, module in model.named_modules():
        if isinstance(module, nn.Linear):
            found = name, module
    if found is None:
        raise ValueError("there is no nn.Linear in this model")
    name, old = found
    new = nn.Linear(old.in_features, num_classes, bias=old.bias is not None)
    new = new.to(device=old.weight.device, dtype=old.weight.dtype)
    model.set_submodule(name, new)
    return new


# right: walks through parents and children
def replace_head(model, num_classes):
    place = None
    for parent in model.modules():
        for name, child in parent.named_children():
            if isinstance(child, nn.Linear):
                place = parent, name, child
    heads = [m for m in model.modules() if isinstance(m, nn.Linear)]
    if not heads:
        raise ValueError("no head")
    for parent in model.modules():
        for name, child in parent.named_children():
            if child is heads[-1]:
                place = parent, name, child
    parent, name, old = place
    weight = old.weight
    new = nn.Linear(weight.shape[1], num_classes, old.bias is not None, weight.device)
    parent.add_module(name, new.to(weight.dtype))
    return new
