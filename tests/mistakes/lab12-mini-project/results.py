# wrong: a single run of each method
results = {"baseline": [0.71], "with dropout": [0.74]}
better_is = "higher"


# wrong: the mean in place of the scores
results = {"baseline": 0.71, "with dropout": 0.74}
better_is = "higher"


# wrong: no baseline
results = {
    "dropout 0.2": [0.71, 0.70, 0.73, 0.72, 0.69],
    "dropout 0.5": [0.74, 0.72, 0.75, 0.73, 0.71],
}
better_is = "higher"


# wrong: only one method
results = {"baseline": [0.71, 0.70, 0.73, 0.72, 0.69]}
better_is = "higher"


# wrong: tensors in the lists
results = {
    "baseline": [torch.tensor(x) for x in (0.71, 0.70, 0.73, 0.72, 0.69)],
    "with dropout": [torch.tensor(x) for x in (0.74, 0.72, 0.75, 0.73, 0.71)],
}
better_is = "higher"


# wrong: whole tensors in place of lists
results = {
    "baseline": torch.tensor([0.71, 0.70, 0.73, 0.72, 0.69]),
    "with dropout": torch.tensor([0.74, 0.72, 0.75, 0.73, 0.71]),
}
better_is = "higher"


# wrong: more seeds for the method than for the baseline
results = {
    "baseline": [0.71, 0.70, 0.73, 0.72, 0.69],
    "with dropout": [0.74, 0.72, 0.75, 0.73, 0.71, 0.76, 0.74],
}
better_is = "higher"


# wrong: a run that diverged
results = {
    "baseline": [0.31, 0.30, 0.33, 0.32, 0.29],
    "lr 1.0": [0.24, float("nan"), 0.25, 0.23, 0.21],
}
better_is = "lower"


# wrong: the seed was set once and changes nothing
results = {
    "baseline": [0.71, 0.71, 0.71, 0.71, 0.71],
    "with dropout": [0.74, 0.74, 0.74, 0.74, 0.74],
}
better_is = "higher"


# wrong: two methods that are the same run
results = {
    "baseline": [0.71, 0.70, 0.73, 0.72, 0.69],
    "with dropout": [0.71, 0.70, 0.73, 0.72, 0.69],
}
better_is = "higher"


# wrong: whether higher is better is said by True
results = {
    "baseline": [0.71, 0.70, 0.73, 0.72, 0.69],
    "with dropout": [0.74, 0.72, 0.75, 0.73, 0.71],
}
better_is = True


# wrong: a list of pairs
results = [
    ("baseline", [0.71, 0.70, 0.73, 0.72, 0.69]),
    ("with dropout", [0.74, 0.72, 0.75, 0.73, 0.71]),
]
better_is = "higher"


# right: scores of a long run, written down; a baseline that no seed changes
results = {
    "baseline: last value": [0.205, 0.205, 0.205, 0.205, 0.205],
    "straight line": [0.131, 0.129, 0.133, 0.130, 0.128],
    "GRU": [0.127, 0.135, 0.125, 0.126, 0.131],
}
better_is = "lower"


# right: another project, ten seeds, errors from small fits
def error(seed: int, degree: int) -> float:
    generator = torch.Generator().manual_seed(seed)
    x = torch.linspace(-1, 1, 15, dtype=torch.float64)
    y = torch.sin(3 * x) + 0.2 * torch.randn(15, generator=generator).double()
    A = torch.stack([x**k for k in range(degree + 1)], dim=1)
    w = torch.linalg.lstsq(A, y[:, None]).solution
    return (A @ w - torch.sin(3 * x)[:, None]).square().mean().sqrt().item()


results = {"baseline, degree 1": [error(seed, 1) for seed in range(10)]}
for degree in (3, 9):
    results[f"degree {degree}"] = [error(seed, degree) for seed in range(10)]
better_is = "lower"


# right: trained with the starting point, few steps
results = {"baseline": [], "twice the steps": []}
for seed in range(6):
    for name, num_steps in [("baseline", 10), ("twice the steps", 20)]:
        X, y = torch.rand(100, 20).to(device), torch.arange(100).to(device) % 10
        model = fit(X, y, seed, num_steps=num_steps)
        loss = F.cross_entropy(model(X), y)
        results[name].append(loss.item())
better_is = "lower"
