# wrong: the broken step as it came
def train_step(G, D, g_optimizer, d_optimizer, real, z, real_label):
    g_optimizer.zero_grad()
    d_optimizer.zero_grad()
    fake = G(z)
    ones, zeros = torch.ones(len(real), 1), torch.zeros(len(real), 1)
    d_loss = bce(D(real), real_label * ones) + bce(D(fake), zeros)
    d_loss.backward(retain_graph=True)
    d_optimizer.step()
    g_loss = bce(D(fake.detach()), ones)
    g_loss.backward()
    g_optimizer.step()
    return d_loss, g_loss


# wrong: no detach, and all gradients emptied at the top
def train_step(G, D, g_optimizer, d_optimizer, real, z, real_label):
    g_optimizer.zero_grad()
    d_optimizer.zero_grad()
    fake = G(z)
    real_logits, fake_logits = D(real), D(fake)
    d_loss = bce(real_logits, torch.full_like(real_logits, real_label))
    d_loss = d_loss + bce(fake_logits, torch.zeros_like(fake_logits))
    d_loss.backward(retain_graph=True)
    d_optimizer.step()
    fake_logits = D(fake)
    g_loss = bce(fake_logits, torch.ones_like(fake_logits))
    g_loss.backward()
    g_optimizer.step()
    return d_loss.item(), g_loss.item()


# wrong: detach in both steps
def train_step(G, D, g_optimizer, d_optimizer, real, z, real_label):
    fake = G(z)
    real_logits, fake_logits = D(real), D(fake.detach())
    d_loss = bce(real_logits, torch.full_like(real_logits, real_label))
    d_loss = d_loss + bce(fake_logits, torch.zeros_like(fake_logits))
    d_optimizer.zero_grad()
    d_loss.backward()
    d_optimizer.step()
    fake_logits = D(fake.detach())
    g_loss = bce(fake_logits, torch.ones_like(fake_logits))
    g_optimizer.zero_grad()
    g_loss.backward()
    g_optimizer.step()
    return d_loss.item(), g_loss.item()


# wrong: the minimax loss with the wrong sign
def train_step(G, D, g_optimizer, d_optimizer, real, z, real_label):
    fake = G(z)
    real_logits, fake_logits = D(real), D(fake.detach())
    d_loss = bce(real_logits, torch.full_like(real_logits, real_label))
    d_loss = d_loss + bce(fake_logits, torch.zeros_like(fake_logits))
    d_optimizer.zero_grad()
    d_loss.backward()
    d_optimizer.step()
    fake_logits = D(fake)
    g_loss = bce(fake_logits, torch.zeros_like(fake_logits))
    g_optimizer.zero_grad()
    g_loss.backward()
    g_optimizer.step()
    return d_loss.item(), g_loss.item()


# wrong: the discriminator's gradients are never emptied
def train_step(G, D, g_optimizer, d_optimizer, real, z, real_label):
    fake = G(z)
    real_logits, fake_logits = D(real), D(fake.detach())
    d_loss = bce(real_logits, torch.full_like(real_logits, real_label))
    d_loss = d_loss + bce(fake_logits, torch.zeros_like(fake_logits))
    d_loss.backward()
    d_optimizer.step()
    fake_logits = D(fake)
    g_loss = bce(fake_logits, torch.ones_like(fake_logits))
    g_optimizer.zero_grad()
    g_loss.backward()
    g_optimizer.step()
    return d_loss.item(), g_loss.item()


# wrong: smooths the generator's label, too
def train_step(G, D, g_optimizer, d_optimizer, real, z, real_label):
    fake = G(z)
    real_logits, fake_logits = D(real), D(fake.detach())
    d_loss = bce(real_logits, torch.full_like(real_logits, real_label))
    d_loss = d_loss + bce(fake_logits, torch.zeros_like(fake_logits))
    d_optimizer.zero_grad()
    d_loss.backward()
    d_optimizer.step()
    fake_logits = D(fake)
    g_loss = bce(fake_logits, real_label * torch.ones_like(fake_logits))
    g_optimizer.zero_grad()
    g_loss.backward()
    g_optimizer.step()
    return d_loss.item(), g_loss.item()


# wrong: forgets real_label
def train_step(G, D, g_optimizer, d_optimizer, real, z, real_label):
    fake = G(z)
    real_logits, fake_logits = D(real), D(fake.detach())
    d_loss = bce(real_logits, torch.full_like(real_logits, 1.0))
    d_loss = d_loss + bce(fake_logits, torch.zeros_like(fake_logits))
    d_optimizer.zero_grad()
    d_loss.backward()
    d_optimizer.step()
    fake_logits = D(fake)
    g_loss = bce(fake_logits, torch.ones_like(fake_logits))
    g_optimizer.zero_grad()
    g_loss.backward()
    g_optimizer.step()
    return d_loss.item(), g_loss.item()


# wrong: the generator first
def train_step(G, D, g_optimizer, d_optimizer, real, z, real_label):
    fake = G(z)
    fake_logits = D(fake)
    g_loss = bce(fake_logits, torch.ones_like(fake_logits))
    g_optimizer.zero_grad()
    g_loss.backward()
    g_optimizer.step()
    real_logits, fake_logits = D(real), D(fake.detach())
    d_loss = bce(real_logits, torch.full_like(real_logits, real_label))
    d_loss = d_loss + bce(fake_logits, torch.zeros_like(fake_logits))
    d_optimizer.zero_grad()
    d_loss.backward()
    d_optimizer.step()
    return d_loss.item(), g_loss.item()


# wrong: other noise in the second half
def train_step(G, D, g_optimizer, d_optimizer, real, z, real_label):
    fake = G(z)
    real_logits, fake_logits = D(real), D(fake.detach())
    d_loss = bce(real_logits, torch.full_like(real_logits, real_label))
    d_loss = d_loss + bce(fake_logits, torch.zeros_like(fake_logits))
    d_optimizer.zero_grad()
    d_loss.backward()
    d_optimizer.step()
    fake_logits = D(G(torch.randn_like(z)))
    g_loss = bce(fake_logits, torch.ones_like(fake_logits))
    g_optimizer.zero_grad()
    g_loss.backward()
    g_optimizer.step()
    return d_loss.item(), g_loss.item()


# wrong: returns tensors
def train_step(G, D, g_optimizer, d_optimizer, real, z, real_label):
    fake = G(z)
    real_logits, fake_logits = D(real), D(fake.detach())
    d_loss = bce(real_logits, torch.full_like(real_logits, real_label))
    d_loss = d_loss + bce(fake_logits, torch.zeros_like(fake_logits))
    d_optimizer.zero_grad()
    d_loss.backward()
    d_optimizer.step()
    fake_logits = D(fake)
    g_loss = bce(fake_logits, torch.ones_like(fake_logits))
    g_optimizer.zero_grad()
    g_loss.backward()
    g_optimizer.step()
    return d_loss, g_loss


# wrong: the losses in the other order
def train_step(G, D, g_optimizer, d_optimizer, real, z, real_label):
    fake = G(z)
    real_logits, fake_logits = D(real), D(fake.detach())
    d_loss = bce(real_logits, torch.full_like(real_logits, real_label))
    d_loss = d_loss + bce(fake_logits, torch.zeros_like(fake_logits))
    d_optimizer.zero_grad()
    d_loss.backward()
    d_optimizer.step()
    fake_logits = D(fake)
    g_loss = bce(fake_logits, torch.ones_like(fake_logits))
    g_optimizer.zero_grad()
    g_loss.backward()
    g_optimizer.step()
    return g_loss.item(), d_loss.item()


# wrong: half of the discriminator's loss
def train_step(G, D, g_optimizer, d_optimizer, real, z, real_label):
    fake = G(z)
    real_logits, fake_logits = D(real), D(fake.detach())
    d_loss = bce(real_logits, torch.full_like(real_logits, real_label))
    d_loss = d_loss + bce(fake_logits, torch.zeros_like(fake_logits))
    d_loss = d_loss / 2
    d_optimizer.zero_grad()
    d_loss.backward()
    d_optimizer.step()
    fake_logits = D(fake)
    g_loss = bce(fake_logits, torch.ones_like(fake_logits))
    g_optimizer.zero_grad()
    g_loss.backward()
    g_optimizer.step()
    return d_loss.item(), g_loss.item()


# wrong: labels for as many fakes as real ones
def train_step(G, D, g_optimizer, d_optimizer, real, z, real_label):
    fake = G(z)
    real_logits, fake_logits = D(real), D(fake.detach())
    d_loss = bce(real_logits, torch.full_like(real_logits, real_label))
    d_loss = d_loss + bce(fake_logits, torch.zeros(len(real), 1).to(real))
    d_optimizer.zero_grad()
    d_loss.backward()
    d_optimizer.step()
    fake_logits = D(fake)
    g_loss = bce(fake_logits, torch.ones_like(fake_logits))
    g_optimizer.zero_grad()
    g_loss.backward()
    g_optimizer.step()
    return d_loss.item(), g_loss.item()


# wrong: the loss of the generator from before the discriminator moved
def train_step(G, D, g_optimizer, d_optimizer, real, z, real_label):
    fake = G(z)
    real_logits, fake_logits = D(real), D(fake.detach())
    d_loss = bce(real_logits, torch.full_like(real_logits, real_label))
    d_loss = d_loss + bce(fake_logits, torch.zeros_like(fake_logits))
    fake_logits = D(fake)
    g_loss = bce(fake_logits, torch.ones_like(fake_logits))
    d_grads = torch.autograd.grad(d_loss, list(D.parameters()))
    g_grads = torch.autograd.grad(g_loss, list(G.parameters()))
    for model, grads in ((D, d_grads), (G, g_grads)):
        for p, grad in zip(model.parameters(), grads, strict=True):
            p.grad = grad
    d_optimizer.step()
    g_optimizer.step()
    return d_loss.item(), g_loss.item()


# wrong: freezes the discriminator and leaves it so
def train_step(G, D, g_optimizer, d_optimizer, real, z, real_label):
    with torch.no_grad():
        fake = G(z)
    real_logits, fake_logits = D(real), D(fake)
    d_loss = bce(real_logits, torch.full_like(real_logits, real_label))
    d_loss = d_loss + bce(fake_logits, torch.zeros_like(fake_logits))
    d_optimizer.zero_grad()
    d_loss.backward()
    d_optimizer.step()
    D.requires_grad_(False)
    fake_logits = D(G(z))
    g_loss = bce(fake_logits, torch.ones_like(fake_logits))
    g_optimizer.zero_grad()
    g_loss.backward()
    g_optimizer.step()
    return d_loss.item(), g_loss.item()


# right: fakes made twice from the same noise, softplus
def train_step(G, D, g_optimizer, d_optimizer, real, z, real_label):
    with torch.no_grad():
        fake = G(z)
    s_real, s_fake = D(real), D(fake)
    on_real = real_label * F.softplus(-s_real) + (1 - real_label) * F.softplus(s_real)
    d_loss = on_real.mean() + F.softplus(s_fake).mean()
    D.zero_grad()
    d_loss.backward()
    d_optimizer.step()
    G.zero_grad()
    g_loss = F.softplus(-D(G(z))).mean()
    g_loss.backward()
    g_optimizer.step()
    return d_loss.item(), g_loss.item()


# right: torch.autograd.grad, each player's weights alone
def train_step(G, D, g_optimizer, d_optimizer, real, z, real_label):
    def step(loss, model, optimizer):
        weights = list(model.parameters())
        for p, grad in zip(weights, torch.autograd.grad(loss, weights), strict=True):
            p.grad = grad
        optimizer.step()
        return loss.item()

    score = nn.BCEWithLogitsLoss()
    s_real, s_fake = D(real), D(G(z).detach())
    d_loss = score(s_real, 0 * s_real.detach() + real_label)
    d_loss = step(d_loss + score(s_fake, 0 * s_fake.detach()), D, d_optimizer)
    s_fake = D(G(z))
    return d_loss, step(score(s_fake, 0 * s_fake.detach() + 1), G, g_optimizer)


# right: no detach, but the generator's gradients are emptied in time
def train_step(G, D, g_optimizer, d_optimizer, real, z, real_label):
    fake = G(z)
    real_logits, fake_logits = D(real), D(fake)
    d_loss = bce(real_logits, torch.full_like(real_logits, real_label))
    d_loss = d_loss + bce(fake_logits, torch.zeros_like(fake_logits))
    d_optimizer.zero_grad()
    d_loss.backward(retain_graph=True)
    d_optimizer.step()
    g_optimizer.zero_grad()
    fake_logits = D(fake)
    g_loss = bce(fake_logits, torch.ones_like(fake_logits))
    g_loss.backward()
    g_optimizer.step()
    return d_loss.item(), g_loss.item()
