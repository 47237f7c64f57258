# wrong: the gradients that the attack leaves go into the step
def adversarial_step(model, optimizer, X, y, attack, share=1.0):
    optimizer.zero_grad()
    model.eval()
    X_adv = attack(model, X, y).detach()
    model.train()
    loss = share * F.cross_entropy(model(X_adv), y)
    loss = loss + (1 - share) * F.cross_entropy(model(X), y)
    loss.backward()
    optimizer.step()
    return loss.item()


# wrong: gradients flow through the attack
def adversarial_step(model, optimizer, X, y, attack, share=1.0):
    model.eval()
    X_adv = attack(model, X, y)
    model.train()
    loss = share * F.cross_entropy(model(X_adv), y)
    loss = loss + (1 - share) * F.cross_entropy(model(X), y)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    return loss.item()


# wrong: the attack sees the model in training mode
def adversarial_step(model, optimizer, X, y, attack, share=1.0):
    model.train()
    X_adv = attack(model, X, y).detach()
    loss = share * F.cross_entropy(model(X_adv), y)
    loss = loss + (1 - share) * F.cross_entropy(model(X), y)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    return loss.item()


# wrong: the model stays in evaluation mode
def adversarial_step(model, optimizer, X, y, attack, share=1.0):
    model.eval()
    X_adv = attack(model, X, y).detach()
    loss = share * F.cross_entropy(model(X_adv), y)
    loss = loss + (1 - share) * F.cross_entropy(model(X), y)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    return loss.item()


# wrong: the share weighs the clean pictures
def adversarial_step(model, optimizer, X, y, attack, share=1.0):
    model.eval()
    X_adv = attack(model, X, y).detach()
    model.train()
    loss = share * F.cross_entropy(model(X), y)
    loss = loss + (1 - share) * F.cross_entropy(model(X_adv), y)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    return loss.item()


# wrong: ignores the share
def adversarial_step(model, optimizer, X, y, attack, share=1.0):
    model.eval()
    X_adv = attack(model, X, y).detach()
    model.train()
    loss = F.cross_entropy(model(X_adv), y)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    return loss.item()


# wrong: two steps, one for each half
def adversarial_step(model, optimizer, X, y, attack, share=1.0):
    model.eval()
    X_adv = attack(model, X, y).detach()
    model.train()
    total = 0.0
    for weight, batch in [(1 - share, X), (share, X_adv)]:
        loss = weight * F.cross_entropy(model(batch), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        total += loss.item()
    return total


# wrong: the attack comes after the step
def adversarial_step(model, optimizer, X, y, attack, share=1.0):
    model.train()
    loss = F.cross_entropy(model(X), y)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    model.eval()
    X_adv = attack(model, X, y).detach()
    model.train()
    loss = share * F.cross_entropy(model(X_adv), y)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    return loss.item()


# wrong: returns a tensor
def adversarial_step(model, optimizer, X, y, attack, share=1.0):
    model.eval()
    X_adv = attack(model, X, y).detach()
    model.train()
    loss = share * F.cross_entropy(model(X_adv), y)
    loss = loss + (1 - share) * F.cross_entropy(model(X), y)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    return loss.detach()


# right: both halves in one batch
def adversarial_step(model, optimizer, X, y, attack, share=1.0):
    model.train(False)
    X_adv = attack(model, X, y)
    model.train(True)
    both = torch.cat([X, X_adv.detach()])
    losses = F.cross_entropy(model(both), y.repeat(2), reduction="none")
    clean, attacked = losses.split(len(y))
    loss = torch.lerp(clean.mean(), attacked.mean(), float(share))
    model.zero_grad(set_to_none=True)
    loss.backward()
    optimizer.step()
    return loss.item()


# right: gradients by autograd.grad, losses with log_softmax
def adversarial_step(model, optimizer, X, y, attack, share=1.0):
    def mean_loss(batch):
        log_p = model(batch).log_softmax(dim=1)
        return -log_p.gather(1, y[:, None]).mean()

    model.eval()
    with torch.enable_grad():
        X_adv = attack(model, X, y).clone().detach()
    model.train()
    loss = mean_loss(X) * (1 - share) + mean_loss(X_adv) * share
    parameters = list(model.parameters())
    gradients = torch.autograd.grad(loss, parameters)
    for parameter, gradient in zip(parameters, gradients, strict=True):
        parameter.grad = gradient
    optimizer.step()
    return loss.detach().cpu().item()
