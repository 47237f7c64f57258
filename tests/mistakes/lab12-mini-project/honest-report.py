# wrong: the colleague's report, with floats
def report(val, test):
    run = test.argmax()
    setting = run % test.shape[1]
    return setting.item(), test.max().item(), (test.std() / len(test)).item()


# wrong: chooses by the mean on the test set
def report(val, test):
    setting = test.mean(dim=0).argmax().item()
    scores = test[:, setting]
    return setting, scores.mean().item(), scores.std().item() / len(scores) ** 0.5


# wrong: chooses the setting of the best single validation run
def report(val, test):
    setting = val.nan_to_num(nan=-math.inf).amax(dim=0).argmax().item()
    scores = test[:, setting]
    return setting, scores.mean().item(), scores.std().item() / len(scores) ** 0.5


# wrong: a setting that diverged is chosen, since nan counts as the largest
def report(val, test):
    setting = val.mean(dim=0).argmax().item()
    scores = test[:, setting]
    return setting, scores.mean().item(), scores.std().item() / len(scores) ** 0.5


# wrong: leaves diverged runs out of the mean
def report(val, test):
    setting = val.nanmean(dim=0).argmax().item()
    scores = test[:, setting]
    return setting, scores.mean().item(), scores.std().item() / len(scores) ** 0.5


# wrong: a diverged run counts as 0, which may still win among negative scores
def report(val, test):
    setting = val.nan_to_num(0).mean(dim=0).argmax().item()
    scores = test[:, setting]
    return setting, scores.mean().item(), scores.std().item() / len(scores) ** 0.5


# wrong: reports the best seed of the chosen setting
def report(val, test):
    setting = val.mean(dim=0).nan_to_num(nan=-math.inf).argmax().item()
    scores = test[:, setting]
    return setting, scores.max().item(), scores.std().item() / len(scores) ** 0.5


# wrong: reports the validation score on which the choice was made
def report(val, test):
    setting = val.mean(dim=0).nan_to_num(nan=-math.inf).argmax().item()
    scores = val[:, setting]
    return setting, scores.mean().item(), scores.std().item() / len(scores) ** 0.5


# wrong: the standard deviation instead of the standard error
def report(val, test):
    setting = val.mean(dim=0).nan_to_num(nan=-math.inf).argmax().item()
    scores = test[:, setting]
    return setting, scores.mean().item(), scores.std().item()


# wrong: divides by the number of settings
def report(val, test):
    setting = val.mean(dim=0).nan_to_num(nan=-math.inf).argmax().item()
    scores = test[:, setting]
    return setting, scores.mean().item(), scores.std().item() / val.shape[1] ** 0.5


# wrong: the spread of all settings
def report(val, test):
    setting = val.mean(dim=0).nan_to_num(nan=-math.inf).argmax().item()
    error = test.std().item() / len(test) ** 0.5
    return setting, test[:, setting].mean().item(), error


# wrong: the standard deviation divided by n, not n - 1
def report(val, test):
    setting = val.mean(dim=0).nan_to_num(nan=-math.inf).argmax().item()
    scores = test[:, setting]
    error = scores.std(correction=0).item() / len(scores) ** 0.5
    return setting, scores.mean().item(), error


# wrong: of equal settings the last one
def report(val, test):
    means = val.mean(dim=0).nan_to_num(nan=-math.inf).tolist()
    setting = max(range(len(means)), key=lambda k: (means[k], k))
    scores = test[:, setting]
    return setting, scores.mean().item(), scores.std().item() / len(scores) ** 0.5


# wrong: the setting as a tensor
def report(val, test):
    setting = val.mean(dim=0).nan_to_num(nan=-math.inf).argmax()
    scores = test[:, setting]
    return setting, scores.mean().item(), scores.std().item() / len(scores) ** 0.5


# wrong: overwrites the validation scores
def report(val, test):
    val[val.isnan()] = -100.0
    setting = val.mean(dim=0).argmax().item()
    scores = test[:, setting]
    return setting, scores.mean().item(), scores.std().item() / len(scores) ** 0.5


# right: a loop over the settings in plain Python
def report(val, test):
    best, chosen = -math.inf, 0
    for k, scores in enumerate(val.double().T.tolist()):
        mean = sum(scores) / len(scores)
        if mean > best:  # false for nan
            best, chosen = mean, k
    column = test.double()[:, chosen].tolist()
    mean = sum(column) / len(column)
    squares = sum((x - mean) ** 2 for x in column)
    return chosen, mean, math.sqrt(squares / (len(column) - 1) / len(column))


# right: marks diverged settings first
def report(val, test):
    diverged = val.isnan().any(dim=0)
    means = val.mean(dim=0).masked_fill(diverged, -torch.inf)
    k = int(torch.argmax(means))
    return k, float(test[:, k].mean()), float(test[:, k].std() / math.sqrt(len(test)))


# right: by numpy
def report(val, test):
    import numpy as np

    means = np.nan_to_num(val.numpy().mean(axis=0), nan=-np.inf)
    k = int(np.argmax(means))
    column = test.numpy()[:, k]
    return k, float(column.mean()), float(column.std(ddof=1) / np.sqrt(len(column)))
