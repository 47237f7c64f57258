# wrong: puts a price on the biases, too
def penalised(loss, model, l1=0.0, l2=0.0):
    for parameter in model.parameters():
        loss = loss + l1 * parameter.abs().sum() + l2 / 2 * parameter.square().sum()
    return loss


# wrong: L2 without the half
def penalised(loss, model, l1=0.0, l2=0.0):
    for parameter in model.parameters():
        if parameter.ndim > 1:
            loss = loss + l1 * parameter.abs().sum() + l2 * parameter.square().sum()
    return loss


# wrong: L1 adds up the weights with their signs
def penalised(loss, model, l1=0.0, l2=0.0):
    for parameter in model.parameters():
        if parameter.ndim > 1:
            loss = loss + l1 * parameter.sum() + l2 / 2 * parameter.square().sum()
    return loss


# wrong: the price is a number, through which no gradient flows
def penalised(loss, model, l1=0.0, l2=0.0):
    price = 0.0
    for parameter in model.parameters():
        if parameter.ndim > 1:
            price += l1 * parameter.abs().sum().item()
            price += l2 / 2 * parameter.square().sum().item()
    return loss + price


# wrong: L2 takes the norm instead of its square, for each layer
def penalised(loss, model, l1=0.0, l2=0.0):
    for parameter in model.parameters():
        if parameter.ndim > 1:
            loss = loss + l1 * parameter.abs().sum() + l2 / 2 * parameter.norm()
    return loss


# wrong: sees matrices only, not the weights of convolutions
def penalised(loss, model, l1=0.0, l2=0.0):
    for parameter in model.parameters():
        if parameter.ndim == 2:
            loss = loss + l1 * parameter.abs().sum() + l2 / 2 * parameter.square().sum()
    return loss


# wrong: goes by the name, and so taxes the weight of batch norm
def penalised(loss, model, l1=0.0, l2=0.0):
    for name, parameter in model.named_parameters():
        if name.endswith("weight"):
            loss = loss + l1 * parameter.abs().sum() + l2 / 2 * parameter.square().sum()
    return loss


# wrong: adds to the loss in place
def penalised(loss, model, l1=0.0, l2=0.0):
    for parameter in model.parameters():
        if parameter.ndim > 1:
            loss += l1 * parameter.abs().sum() + l2 / 2 * parameter.square().sum()
    return loss


# right: all weights in one vector
def penalised(loss, model, l1=0.0, l2=0.0):
    flat = torch.cat([p.flatten() for p in model.parameters() if p.dim() >= 2])
    return loss + l1 * torch.norm(flat, p=1) + 0.5 * l2 * torch.dot(flat, flat)


# right: two sums over a list
def penalised(loss, model, l1=0.0, l2=0.0):
    weights = [p for _, p in model.named_parameters() if len(p.shape) > 1]
    first = sum(torch.sum(torch.abs(w)) for w in weights)
    second = sum(torch.sum(w**2) for w in weights)
    return loss + l1 * first + l2 * second / 2
