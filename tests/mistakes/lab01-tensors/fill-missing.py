# ruff: noqa

# wrong: writes into the caller's tensor
def fill_missing(x):
    missing = x.isnan()
    means = x.nanmean(dim=0).nan_to_num(0.0)
    x[missing] = means.expand_as(x)[missing]
    return x


# wrong: nothing equals NaN, so the mask is empty
def fill_missing(x):
    missing = x == float("nan")
    return torch.where(missing, x.nanmean(dim=0).nan_to_num(0.0), x)


# wrong: counts missing values as zeros in the mean
def fill_missing(x):
    return torch.where(x.isnan(), x.nan_to_num(0.0).mean(dim=0), x)


# wrong: one mean for the whole table
def fill_missing(x):
    return torch.where(x.isnan(), x.nanmean().nan_to_num(0.0), x)


# wrong: means of the rows
def fill_missing(x):
    means = x.nanmean(dim=1, keepdim=True).nan_to_num(0.0)
    return torch.where(x.isnan(), means, x)


# wrong: a column without any value stays NaN
def fill_missing(x):
    return torch.where(x.isnan(), x.nanmean(dim=0), x)


# wrong: fills with zero instead of the mean
def fill_missing(x):
    return x.nan_to_num(0.0)


# wrong: throws the incomplete rows away
def fill_missing(x):
    return x[~x.isnan().any(dim=1)]


# wrong: turns float64 into float32
def fill_missing(x):
    return torch.where(x.isnan(), x.nanmean(dim=0).nan_to_num(0.0), x).float()


# wrong: replaces every value by its column's mean
def fill_missing(x):
    return x.nanmean(dim=0).nan_to_num(0.0).expand_as(x).clone()


# wrong: the answer of the example
def fill_missing(x):
    return torch.tensor([[1.0, 4.0], [3.0, 4.0], [2.0, 4.0]])


# right: where and nanmean
def fill_missing(x):
    means = torch.nanmean(x, dim=0).nan_to_num(nan=0.0)
    return torch.where(torch.isnan(x), means, x)


# right: column by column with a boolean mask
def fill_missing(x):
    result = x.clone()
    for j in range(x.shape[1]):
        known = x[:, j] == x[:, j]  # only NaN differs from itself
        mean = x[known, j].mean() if known.any() else 0.0
        result[~known, j] = mean
    return result


# right: sums and counts, the mask as numbers
def fill_missing(x):
    known = ~x.isnan()
    values = torch.where(known, x, 0.0)
    means = values.sum(0) / known.sum(0).clamp(min=1)
    return values + (~known).to(x.dtype) * means
