# ruff: noqa

# wrong: one right answer is enough
def diagnose(hidden, outputs, y):
    solved = ((outputs - y).abs() < 0.5).any(dim=1)
    dead = (hidden == 0).all(dim=1).sum(dim=1)
    return solved, dead


# wrong: the mean error decides
def diagnose(hidden, outputs, y):
    solved = (outputs - y).abs().mean(dim=1) < 0.4
    dead = (hidden == 0).all(dim=1).sum(dim=1)
    return solved, dead


# wrong: a unit that is 0 on some sample counts as dead
def diagnose(hidden, outputs, y):
    solved = ((outputs - y).abs() < 0.5).all(dim=1)
    dead = (hidden == 0).any(dim=1).sum(dim=1)
    return solved, dead


# wrong: counts samples on which all units are 0
def diagnose(hidden, outputs, y):
    solved = ((outputs - y).abs() < 0.5).all(dim=1)
    dead = (hidden == 0).all(dim=2).sum(dim=1)
    return solved, dead


# wrong: tells whether there is a dead unit, not how many
def diagnose(hidden, outputs, y):
    solved = ((outputs - y).abs() < 0.5).all(dim=1)
    dead = (hidden == 0).all(dim=1).any(dim=1).long()
    return solved, dead


# wrong: counts living units
def diagnose(hidden, outputs, y):
    solved = ((outputs - y).abs() < 0.5).all(dim=1)
    dead = (hidden > 0).any(dim=1).sum(dim=1)
    return solved, dead


# wrong: forgets the absolute value, so that an output far below its target passes
def diagnose(hidden, outputs, y):
    solved = ((outputs - y) < 0.5).all(dim=1)
    dead = (hidden == 0).all(dim=1).sum(dim=1)
    return solved, dead


# wrong: a unit with a small sum counts as dead
def diagnose(hidden, outputs, y):
    solved = ((outputs - y).abs() < 0.5).all(dim=1)
    dead = (hidden.sum(dim=1) < 0.4).sum(dim=1)
    return solved, dead


# wrong: solved as numbers
def diagnose(hidden, outputs, y):
    solved = ((outputs - y).abs() < 0.5).all(dim=1).long()
    dead = (hidden == 0).all(dim=1).sum(dim=1)
    return solved, dead


# wrong: dead without a number for each network
def diagnose(hidden, outputs, y):
    solved = ((outputs - y).abs() < 0.5).all(dim=1)
    dead = (hidden == 0).all(dim=1).sum()
    return solved, dead


# wrong: dead is a mask of the units
def diagnose(hidden, outputs, y):
    solved = ((outputs - y).abs() < 0.5).all(dim=1)
    dead = (hidden == 0).all(dim=1)
    return solved, dead


# right: largest error, largest value
def diagnose(hidden, outputs, y):
    worst = (outputs - y[None]).abs().amax(dim=1)
    return worst < 0.5, (hidden.amax(dim=1) <= 0).long().sum(dim=-1)


# right: loops
def diagnose(hidden, outputs, y):
    S, N, H = hidden.shape
    solved = torch.ones(S, dtype=torch.bool)
    dead = torch.zeros(S, dtype=torch.int64)
    for s in range(S):
        for n in range(N):
            if not abs(outputs[s, n] - y[n]) < 0.5:
                solved[s] = False
        for h in range(H):
            dead[s] += int(not hidden[s, :, h].any())
    return solved, dead
