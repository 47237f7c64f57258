# wrong: begins the warm-up at zero
def warm_cosine(step, peak, warm_up, total, floor=0.0):
    if step < warm_up:
        return peak * step / warm_up
    if step >= total:
        return floor
    part = (step - warm_up) / (total - warm_up)
    return floor + (peak - floor) * (1 + math.cos(math.pi * part)) / 2


# wrong: the cosine counts from step 0, not from the end of the warm-up
def warm_cosine(step, peak, warm_up, total, floor=0.0):
    if step < warm_up:
        return peak * (step + 1) / warm_up
    if step >= total:
        return floor
    part = step / total
    return floor + (peak - floor) * (1 + math.cos(math.pi * part)) / 2


# wrong: the cosine is as long as the whole run
def warm_cosine(step, peak, warm_up, total, floor=0.0):
    if step < warm_up:
        return peak * (step + 1) / warm_up
    if step >= total:
        return floor
    part = (step - warm_up) / total
    return floor + (peak - floor) * (1 + math.cos(math.pi * part)) / 2


# wrong: swings up again after the end
def warm_cosine(step, peak, warm_up, total, floor=0.0):
    if step < warm_up:
        return peak * (step + 1) / warm_up
    part = (step - warm_up) / (total - warm_up)
    return floor + (peak - floor) * (1 + math.cos(math.pi * part)) / 2


# wrong: a whole period of the cosine
def warm_cosine(step, peak, warm_up, total, floor=0.0):
    if step < warm_up:
        return peak * (step + 1) / warm_up
    if step >= total:
        return floor
    part = (step - warm_up) / (total - warm_up)
    return floor + (peak - floor) * (1 + math.cos(2 * math.pi * part)) / 2


# wrong: falls in a straight line
def warm_cosine(step, peak, warm_up, total, floor=0.0):
    if step < warm_up:
        return peak * (step + 1) / warm_up
    if step >= total:
        return floor
    part = (step - warm_up) / (total - warm_up)
    return floor + (peak - floor) * (1 - part)


# wrong: ignores the floor
def warm_cosine(step, peak, warm_up, total, floor=0.0):
    if step < warm_up:
        return peak * (step + 1) / warm_up
    if step >= total:
        return floor
    part = (step - warm_up) / (total - warm_up)
    return peak * (1 + math.cos(math.pi * part)) / 2


# wrong: adds the floor on top of the peak
def warm_cosine(step, peak, warm_up, total, floor=0.0):
    if step < warm_up:
        return peak * (step + 1) / warm_up
    if step >= total:
        return floor
    part = (step - warm_up) / (total - warm_up)
    return floor + peak * (1 + math.cos(math.pi * part)) / 2


# wrong: fails without a warm-up
def warm_cosine(step, peak, warm_up, total, floor=0.0):
    rising = peak * (step + 1) / warm_up
    if step < warm_up:
        return rising
    if step >= total:
        return floor
    part = (step - warm_up) / (total - warm_up)
    return floor + (peak - floor) * (1 + math.cos(math.pi * part)) / 2


# wrong: degrees instead of radians
def warm_cosine(step, peak, warm_up, total, floor=0.0):
    if step < warm_up:
        return peak * (step + 1) / warm_up
    if step >= total:
        return floor
    part = (step - warm_up) / (total - warm_up)
    return floor + (peak - floor) * (1 + math.cos(180 * part)) / 2


# wrong: zero after the end, whatever the floor
def warm_cosine(step, peak, warm_up, total, floor=0.0):
    if step < warm_up:
        return peak * (step + 1) / warm_up
    if step >= total:
        return 0.0
    part = (step - warm_up) / (total - warm_up)
    return floor + (peak - floor) * (1 + math.cos(math.pi * part)) / 2


# right: one formula, clamped
def warm_cosine(step, peak, warm_up, total, floor=0.0):
    part = min(max((step - warm_up) / (total - warm_up), 0.0), 1.0)
    fall = floor + (peak - floor) * math.cos(math.pi * part / 2) ** 2
    rise = peak * (step + 1) / warm_up if warm_up else peak
    return float(min(rise, fall))


# right: with tensors
def warm_cosine(step, peak, warm_up, total, floor=0.0):
    rise = [peak * (k + 1) / warm_up for k in range(warm_up)]
    angle = torch.arange(total - warm_up, dtype=torch.float64) / (total - warm_up)
    fall = floor + (peak - floor) * 0.5 * (1 + torch.cos(torch.pi * angle))
    rates = rise + fall.tolist() + [float(floor)]
    return rates[min(step, total)]
