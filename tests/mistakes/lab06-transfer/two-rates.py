# wrong: the head is in both groups
def two_rates(model, head, body_lr, head_lr):
    free = [p for p in model.parameters() if p.requires_grad]
    of_head = [p for p in model.get_submodule(head).parameters() if p.requires_grad]
    groups = [{"params": free, "lr": body_lr}, {"params": of_head, "lr": head_lr}]
    return [group for group in groups if group["params"]]


# wrong: frozen parameters are in the groups
def two_rates(model, head, body_lr, head_lr):
    body, of_head = [], []
    for name, parameter in model.named_parameters():
        (of_head if name.startswith(head + ".") else body).append(parameter)
    groups = [{"params": body, "lr": body_lr}, {"params": of_head, "lr": head_lr}]
    return [group for group in groups if group["params"]]


# wrong: the rates are swapped
def two_rates(model, head, body_lr, head_lr):
    body, of_head = [], []
    for name, parameter in model.named_parameters():
        if parameter.requires_grad:
            (of_head if name.startswith(head + ".") else body).append(parameter)
    groups = [{"params": body, "lr": head_lr}, {"params": of_head, "lr": body_lr}]
    return [group for group in groups if group["params"]]


# wrong: the head's group comes first
def two_rates(model, head, body_lr, head_lr):
    body, of_head = [], []
    for name, parameter in model.named_parameters():
        if parameter.requires_grad:
            (of_head if name.startswith(head + ".") else body).append(parameter)
    groups = [{"params": of_head, "lr": head_lr}, {"params": body, "lr": body_lr}]
    return [group for group in groups if group["params"]]


# wrong: takes fc_aux for a part of fc
def two_rates(model, head, body_lr, head_lr):
    body, of_head = [], []
    for name, parameter in model.named_parameters():
        if parameter.requires_grad:
            (of_head if name.startswith(head) else body).append(parameter)
    groups = [{"params": body, "lr": body_lr}, {"params": of_head, "lr": head_lr}]
    return [group for group in groups if group["params"]]


# wrong: keeps empty groups
def two_rates(model, head, body_lr, head_lr):
    body, of_head = [], []
    for name, parameter in model.named_parameters():
        if parameter.requires_grad:
            (of_head if name.startswith(head + ".") else body).append(parameter)
    return [{"params": body, "lr": body_lr}, {"params": of_head, "lr": head_lr}]


# wrong: expects that the rest of the model is called body
def two_rates(model, head, body_lr, head_lr):
    body = [p for p in model.get_submodule("body").parameters() if p.requires_grad]
    of_head = [p for p in model.get_submodule(head).parameters() if p.requires_grad]
    groups = [{"params": body, "lr": body_lr}, {"params": of_head, "lr": head_lr}]
    return [group for group in groups if group["params"]]


# wrong: copies the parameters, so that the optimiser trains copies
def two_rates(model, head, body_lr, head_lr):
    body, of_head = [], []
    for name, parameter in model.named_parameters():
        if parameter.requires_grad:
            one = nn.Parameter(parameter.detach().clone())
            (of_head if name.startswith(head + ".") else body).append(one)
    groups = [{"params": body, "lr": body_lr}, {"params": of_head, "lr": head_lr}]
    return [group for group in groups if group["params"]]


# right: by names, with the dot
def two_rates(model, head, body_lr, head_lr):
    groups = []
    for is_head, lr in [(False, body_lr), (True, head_lr)]:
        params = [
            parameter
            for name, parameter in model.named_parameters()
            if parameter.requires_grad and name.startswith(f"{head}.") == is_head
        ]
        if params:
            groups.append({"lr": lr, "params": params})
    return groups


# right: by comparing objects, params as a tuple
def two_rates(model, head, body_lr, head_lr):
    layer = dict(model.named_modules())[head]
    of_head = tuple(p for p in layer.parameters() if p.requires_grad)
    body = tuple(
        p
        for p in model.parameters()
        if p.requires_grad and not any(p is other for other in layer.parameters())
    )
    groups = []
    if body:
        groups.append(dict(params=body, lr=body_lr))
    if of_head:
        groups.append(dict(params=of_head, lr=head_lr))
    return groups
