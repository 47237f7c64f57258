# wrong: forgets to hand the dilation to the layer
def disagreements(formula, settings):
    found = []
    for n, k, s, p, d in settings:
        layer = nn.Conv2d(1, 1, k, stride=s, padding=p)
        if layer(torch.zeros(1, 1, n, n)).shape[-1] != formula(n, k, s, p, d):
            found.append((n, k, s, p, d))
    return found


# wrong: returns the settings where the formula is right
def disagreements(formula, settings):
    def size(n, k, s, p, d):
        return nn.Conv2d(1, 1, k, s, p, d)(torch.zeros(1, 1, n, n)).shape[-1]

    return [setting for setting in settings if size(*setting) == formula(*setting)]


# wrong: stops at the first disagreement
def disagreements(formula, settings):
    for n, k, s, p, d in settings:
        layer = nn.Conv2d(1, 1, k, s, p, d)
        if layer(torch.zeros(1, 1, n, n)).shape[-1] != formula(n, k, s, p, d):
            return [(n, k, s, p, d)]
    return []


# wrong: says whether, not where
def disagreements(formula, settings):
    for n, k, s, p, d in settings:
        layer = nn.Conv2d(1, 1, k, s, p, d)
        if layer(torch.zeros(1, 1, n, n)).shape[-1] != formula(n, k, s, p, d):
            return False
    return True


# wrong: reads the number of channels instead of the height
def disagreements(formula, settings):
    found = []
    for n, k, s, p, d in settings:
        layer = nn.Conv2d(1, 1, k, s, p, d)
        if layer(torch.zeros(1, 1, n, n)).shape[1] != formula(n, k, s, p, d):
            found.append((n, k, s, p, d))
    return found


# wrong: sorts the settings instead of keeping their order
def disagreements(formula, settings):
    found = []
    for n, k, s, p, d in settings:
        layer = nn.Conv2d(1, 1, k, s, p, d)
        if layer(torch.zeros(1, 1, n, n)).shape[-1] != formula(n, k, s, p, d):
            found.append((n, k, s, p, d))
    return sorted(found)


# right: the function instead of the layer
def disagreements(formula, settings):
    found = []
    for setting in settings:
        n, k, s, p, d = setting
        maps = F.conv2d(
            torch.zeros(1, 1, n, n),
            torch.zeros(1, 1, k, k),
            stride=s,
            padding=p,
            dilation=d,
        )
        if maps.size(2) != formula(n, k, s, p, d):
            found.append(setting)
    return found


# right: a layer on the meta device, which computes shapes only
def disagreements(formula, settings):
    def real(n, k, s, p, d):
        layer = nn.Conv2d(1, 1, k, s, p, d, device="meta")
        return layer(torch.empty(1, 1, n, n, device="meta")).shape[-2]

    return [setting for setting in settings if formula(*setting) != real(*setting)]
