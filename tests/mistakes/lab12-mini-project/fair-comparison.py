# wrong: divides the squares by n instead of n - 1
def compare(baseline, method):
    if len(baseline) != len(method) or len(baseline) < 2:
        raise ValueError("no pairs")
    gains = [m - b for b, m in zip(baseline, method)]
    mean = sum(gains) / len(gains)
    variance = sum((gain - mean) ** 2 for gain in gains) / len(gains)
    return mean, math.sqrt(variance / len(gains))


# wrong: returns the standard deviation instead of the standard error
def compare(baseline, method):
    if len(baseline) != len(method) or len(baseline) < 2:
        raise ValueError("no pairs")
    gains = torch.tensor(method).double() - torch.tensor(baseline).double()
    return gains.mean().item(), gains.std().item()


# wrong: divides by n instead of its root
def compare(baseline, method):
    if len(baseline) != len(method) or len(baseline) < 2:
        raise ValueError("no pairs")
    gains = torch.tensor(method).double() - torch.tensor(baseline).double()
    return gains.mean().item(), gains.std().item() / len(gains)


# wrong: adds the errors of the two means, so that the pairing is lost
def compare(baseline, method):
    if len(baseline) != len(method) or len(baseline) < 2:
        raise ValueError("no pairs")
    a, b = torch.tensor(baseline).double(), torch.tensor(method).double()
    error = math.sqrt((a.var() + b.var()).item() / len(a))
    return (b.mean() - a.mean()).item(), error


# wrong: baseline minus method
def compare(baseline, method):
    if len(baseline) != len(method) or len(baseline) < 2:
        raise ValueError("no pairs")
    gains = torch.tensor(baseline).double() - torch.tensor(method).double()
    return gains.mean().item(), gains.std().item() / math.sqrt(len(gains))


# wrong: the gain without its sign
def compare(baseline, method):
    if len(baseline) != len(method) or len(baseline) < 2:
        raise ValueError("no pairs")
    gains = torch.tensor(method).double() - torch.tensor(baseline).double()
    return abs(gains.mean().item()), gains.std().item() / math.sqrt(len(gains))


# wrong: sorts the scores before it pairs them
def compare(baseline, method):
    if len(baseline) != len(method) or len(baseline) < 2:
        raise ValueError("no pairs")
    gains = [m - b for b, m in zip(sorted(baseline), sorted(method))]
    mean = sum(gains) / len(gains)
    variance = sum((gain - mean) ** 2 for gain in gains) / (len(gains) - 1)
    return mean, math.sqrt(variance / len(gains))


# wrong: zip drops what has no partner, in silence
def compare(baseline, method):
    gains = [m - b for b, m in zip(baseline, method)]
    if len(gains) < 2:
        raise ValueError("too few seeds")
    mean = sum(gains) / len(gains)
    variance = sum((gain - mean) ** 2 for gain in gains) / (len(gains) - 1)
    return mean, math.sqrt(variance / len(gains))


# wrong: nan as the error of a single seed
def compare(baseline, method):
    if len(baseline) != len(method):
        raise ValueError("no pairs")
    gains = torch.tensor(method).double() - torch.tensor(baseline).double()
    return gains.mean().item(), (gains.std(correction=1) / len(gains) ** 0.5).item()


# wrong: compares the best seeds
def compare(baseline, method):
    if len(baseline) != len(method) or len(baseline) < 2:
        raise ValueError("no pairs")
    gains = torch.tensor(method).double() - torch.tensor(baseline).double()
    return max(method) - max(baseline), gains.std().item() / math.sqrt(len(gains))


# wrong: returns tensors
def compare(baseline, method):
    if len(baseline) != len(method) or len(baseline) < 2:
        raise ValueError("no pairs")
    gains = torch.tensor(method).double() - torch.tensor(baseline).double()
    return gains.mean(), gains.std() / math.sqrt(len(gains))


# wrong: takes the scores out of the lists
def compare(baseline, method):
    if len(baseline) != len(method) or len(baseline) < 2:
        raise ValueError("no pairs")
    gains = []
    while baseline:
        gains.append(method.pop() - baseline.pop())
    gains = torch.tensor(gains).double()
    return gains.mean().item(), gains.std().item() / math.sqrt(len(gains))


# right: by the statistics module
def compare(baseline, method):
    import statistics

    if len(baseline) != len(method) or len(method) < 2:
        raise ValueError("the same seeds for both, at least two")
    gains = [m - b for m, b in zip(method, baseline)]
    return statistics.fmean(gains), statistics.stdev(gains) / len(gains) ** 0.5


# right: by tensors in float64
def compare(baseline, method):
    a = torch.tensor(baseline, dtype=torch.float64)
    b = torch.tensor(method, dtype=torch.float64)
    if a.shape != b.shape or len(a) <= 1:
        raise ValueError(f"cannot pair {len(a)} scores with {len(b)}")
    error = torch.sqrt((b - a).var() / len(a))
    return (b - a).mean().item(), error.item()


# right: a loop with running sums
def compare(baseline, method):
    n = len(baseline)
    if n != len(method):
        raise ValueError("lengths differ")
    if n in (0, 1):
        raise ValueError("too few")
    shift = method[0] - baseline[0]
    total = squares = 0.0
    for i in range(n):
        gain = method[i] - baseline[i] - shift
        total += gain
        squares += gain * gain
    variance = max(0.0, squares - total * total / n) / (n - 1)
    return shift + total / n, math.sqrt(variance) / math.sqrt(n)


# right: by numpy
def compare(baseline, method):
    import numpy as np

    if len(baseline) != len(method) or len(baseline) < 2:
        raise ValueError("no pairs")
    gains = np.subtract(method, baseline)
    return float(gains.mean()), float(gains.std(ddof=1) / np.sqrt(gains.size))
