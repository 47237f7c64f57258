# wrong: 0 / 0 where both are zero
def best_discriminator(p, q, real_label=1.0):
    answers = real_label * p / (p + q)
    gain = torch.xlogy(real_label * p, answers)
    gain = gain + torch.xlogy((1 - real_label) * p + q, 1 - answers)
    return answers, -gain.sum()


# wrong: logarithms of zero
def best_discriminator(p, q, real_label=1.0):
    a, total = real_label, p + q
    answers = torch.where(total > 0, a * p / total, 0.5)
    gain = a * p * answers.log() + ((1 - a) * p + q) * (1 - answers).log()
    return answers, -gain.sum()


# wrong: keeps away from zero by a small number
def best_discriminator(p, q, real_label=1.0):
    a = real_label
    answers = (a * p + 1e-3) / (p + q + 2e-3)
    gain = a * p * answers.log() + ((1 - a) * p + q) * (1 - answers).log()
    return answers, -gain.sum()


# wrong: forgets the smoothed label in the answers
def best_discriminator(p, q, real_label=1.0):
    a, total = real_label, p + q
    answers = torch.where(total > 0, p / total, 0.5)
    gain = torch.xlogy(a * p, answers) + torch.xlogy((1 - a) * p + q, 1 - answers)
    return answers, -gain.sum()


# wrong: smooths the weights, not the answer
def best_discriminator(p, q, real_label=1.0):
    a, total = real_label, real_label * p + q
    answers = torch.where(total > 0, a * p / total, 0.5)
    gain = torch.xlogy(a * p, answers) + torch.xlogy((1 - a) * p + q, 1 - answers)
    return answers, -gain.sum()


# wrong: the loss forgets the smoothed part of the real ones
def best_discriminator(p, q, real_label=1.0):
    a, total = real_label, p + q
    answers = torch.where(total > 0, a * p / total, 0.5)
    gain = torch.xlogy(a * p, answers) + torch.xlogy(q, 1 - answers)
    return answers, -gain.sum()


# wrong: the value instead of the loss
def best_discriminator(p, q, real_label=1.0):
    a, total = real_label, p + q
    answers = torch.where(total > 0, a * p / total, 0.5)
    gain = torch.xlogy(a * p, answers) + torch.xlogy((1 - a) * p + q, 1 - answers)
    return answers, gain.sum()


# wrong: a mean over the places
def best_discriminator(p, q, real_label=1.0):
    a, total = real_label, p + q
    answers = torch.where(total > 0, a * p / total, 0.5)
    gain = torch.xlogy(a * p, answers) + torch.xlogy((1 - a) * p + q, 1 - answers)
    return answers, -gain.mean()


# wrong: nan is replaced by zero
def best_discriminator(p, q, real_label=1.0):
    a = real_label
    answers = (a * p / (p + q)).nan_to_num()
    gain = torch.xlogy(a * p, answers) + torch.xlogy((1 - a) * p + q, 1 - answers)
    return answers, -gain.sum()


# right: place by place
def best_discriminator(p, q, real_label=1.0):
    answers, loss = [], 0.0
    for p_k, q_k in zip(p.tolist(), q.tolist(), strict=True):
        d = real_label * p_k / (p_k + q_k) if p_k + q_k > 0 else 0.5
        answers.append(d)
        for weight, chance in (
            (real_label * p_k, d),
            ((1 - real_label) * p_k + q_k, 1 - d),
        ):
            if weight > 0:
                loss -= weight * math.log(chance)
    options = {"dtype": p.dtype, "device": p.device}
    return torch.tensor(answers, **options), torch.tensor(loss, **options)


# right: by entropies
def best_discriminator(p, q, real_label=1.0):
    yes = real_label * p
    no = (1 - real_label) * p + q
    total = yes + no
    answers = torch.full_like(p, 0.5)
    some = total > 0
    answers[some] = yes[some] / total[some]
    loss = torch.special.entr(yes) + torch.special.entr(no) - torch.special.entr(total)
    return answers, loss.sum()
