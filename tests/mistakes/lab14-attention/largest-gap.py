# wrong: compares with the output that was not shuffled
def largest_gap(
    layer: Callable[[torch.Tensor], torch.Tensor], x: torch.Tensor
) -> float:
    """Measure how far a layer is from permutation-equivariant.

    x: (B, T, D). Returns: the largest difference over all T! orders.
    """
    y = layer(x)  # (B, T, D)
    gaps = []
    for order in itertools.permutations(range(x.shape[1])):
        p = list(order)
        gaps.append((layer(x[:, p]) - y).abs().max().item())
    return max(gaps)


# wrong: shuffles the features
def largest_gap(
    layer: Callable[[torch.Tensor], torch.Tensor], x: torch.Tensor
) -> float:
    """Measure how far a layer is from permutation-equivariant.

    x: (B, T, D). Returns: the largest difference over all T! orders.
    """
    y = layer(x)  # (B, T, D)
    gaps = []
    for order in itertools.permutations(range(x.shape[1])):
        p = list(order)
        gaps.append((layer(x[:, :, p[: x.shape[2]]]) - y[:, :, p[: x.shape[2]]]).abs().max().item())
    return max(gaps)


# wrong: forgets the absolute value
def largest_gap(
    layer: Callable[[torch.Tensor], torch.Tensor], x: torch.Tensor
) -> float:
    """Measure how far a layer is from permutation-equivariant.

    x: (B, T, D). Returns: the largest difference over all T! orders.
    """
    y = layer(x)  # (B, T, D)
    gaps = []
    for order in itertools.permutations(range(x.shape[1])):
        p = list(order)
        gaps.append((layer(x[:, p]) - y[:, p]).max().item())
    return max(gaps)


# wrong: the mean difference
def largest_gap(
    layer: Callable[[torch.Tensor], torch.Tensor], x: torch.Tensor
) -> float:
    """Measure how far a layer is from permutation-equivariant.

    x: (B, T, D). Returns: the largest difference over all T! orders.
    """
    y = layer(x)  # (B, T, D)
    gaps = []
    for order in itertools.permutations(range(x.shape[1])):
        p = list(order)
        gaps.append((layer(x[:, p]) - y[:, p]).abs().mean().item())
    return max(gaps)


# wrong: tries the mirrored order only
def largest_gap(
    layer: Callable[[torch.Tensor], torch.Tensor], x: torch.Tensor
) -> float:
    """Measure how far a layer is from permutation-equivariant.

    x: (B, T, D). Returns: the largest difference over all T! orders.
    """
    y = layer(x)  # (B, T, D)
    gaps = []
    for order in [range(x.shape[1])[::-1]]:
        p = list(order)
        gaps.append((layer(x[:, p]) - y[:, p]).abs().max().item())
    return max(gaps)


# wrong: tries rotations only
def largest_gap(
    layer: Callable[[torch.Tensor], torch.Tensor], x: torch.Tensor
) -> float:
    """Measure how far a layer is from permutation-equivariant.

    x: (B, T, D). Returns: the largest difference over all T! orders.
    """
    y = layer(x)  # (B, T, D)
    gaps = []
    for order in [torch.arange(x.shape[1]).roll(k).tolist() for k in range(x.shape[1])]:
        p = list(order)
        gaps.append((layer(x[:, p]) - y[:, p]).abs().max().item())
    return max(gaps)


# wrong: tries twenty orders drawn at random
def largest_gap(
    layer: Callable[[torch.Tensor], torch.Tensor], x: torch.Tensor
) -> float:
    """Measure how far a layer is from permutation-equivariant.

    x: (B, T, D). Returns: the largest difference over all T! orders.
    """
    y = layer(x)  # (B, T, D)
    gaps = []
    for order in [torch.randperm(x.shape[1]).tolist() for _ in range(20)]:
        p = list(order)
        gaps.append((layer(x[:, p]) - y[:, p]).abs().max().item())
    return max(gaps)


# wrong: swaps of neighbours only
def largest_gap(
    layer: Callable[[torch.Tensor], torch.Tensor], x: torch.Tensor
) -> float:
    """Measure how far a layer is from permutation-equivariant.

    x: (B, T, D). Returns: the largest difference over all T! orders.
    """
    y = layer(x)  # (B, T, D)
    gaps = []
    for place in range(x.shape[1] - 1):
        p = list(range(x.shape[1]))
        p[place], p[place + 1] = p[place + 1], p[place]
        gaps.append((layer(x[:, p]) - y[:, p]).abs().max().item())
    return max(gaps)


# wrong: the last gap instead of the largest
def largest_gap(
    layer: Callable[[torch.Tensor], torch.Tensor], x: torch.Tensor
) -> float:
    """Measure how far a layer is from permutation-equivariant.

    x: (B, T, D). Returns: the largest difference over all T! orders.
    """
    y = layer(x)  # (B, T, D)
    gaps = []
    for order in itertools.permutations(range(x.shape[1])):
        p = list(order)
        gaps.append((layer(x[:, p]) - y[:, p]).abs().max().item())
    return gaps[-1]


# wrong: the smallest gap
def largest_gap(
    layer: Callable[[torch.Tensor], torch.Tensor], x: torch.Tensor
) -> float:
    """Measure how far a layer is from permutation-equivariant.

    x: (B, T, D). Returns: the largest difference over all T! orders.
    """
    y = layer(x)  # (B, T, D)
    gaps = []
    for order in itertools.permutations(range(x.shape[1])):
        p = list(order)
        gaps.append((layer(x[:, p]) - y[:, p]).abs().max().item())
    return min(gaps)


# wrong: a tensor instead of a float
def largest_gap(
    layer: Callable[[torch.Tensor], torch.Tensor], x: torch.Tensor
) -> float:
    """Measure how far a layer is from permutation-equivariant.

    x: (B, T, D). Returns: the largest difference over all T! orders.
    """
    y = layer(x)  # (B, T, D)
    gaps = []
    for order in itertools.permutations(range(x.shape[1])):
        p = list(order)
        gaps.append((layer(x[:, p]) - y[:, p]).abs().max().item())
    return torch.tensor(max(gaps))


# wrong: looks at the first sequence only
def largest_gap(
    layer: Callable[[torch.Tensor], torch.Tensor], x: torch.Tensor
) -> float:
    """Measure how far a layer is from permutation-equivariant.

    x: (B, T, D). Returns: the largest difference over all T! orders.
    """
    y = layer(x)  # (B, T, D)
    gaps = []
    for order in itertools.permutations(range(x.shape[1])):
        p = list(order)
        gaps.append((layer(x[:, p]) - y[:, p])[0].abs().max().item())
    return max(gaps)


# wrong: says whether instead of how far
def largest_gap(
    layer: Callable[[torch.Tensor], torch.Tensor], x: torch.Tensor
) -> float:
    """Measure how far a layer is from permutation-equivariant.

    x: (B, T, D). Returns: the largest difference over all T! orders.
    """
    y = layer(x)  # (B, T, D)
    gaps = []
    for order in itertools.permutations(range(x.shape[1])):
        p = list(order)
        gaps.append((layer(x[:, p]) - y[:, p]).abs().max().item())
    return float(max(gaps) > 1e-5)


# wrong: shuffles the batch
def largest_gap(
    layer: Callable[[torch.Tensor], torch.Tensor], x: torch.Tensor
) -> float:
    """Measure how far a layer is from permutation-equivariant.

    x: (B, T, D). Returns: the largest difference over all T! orders.
    """
    y = layer(x)  # (B, T, D)
    gaps = []
    for order in itertools.permutations(range(x.shape[0])):
        p = list(order)
        gaps.append((layer(x[p]) - y[p]).abs().max().item())
    return max(gaps)


# right: with permutation matrices
def largest_gap(layer, x):
    T = x.shape[1]
    largest = 0.0
    for order in itertools.permutations(range(T)):
        P = torch.eye(T, dtype=x.dtype, device=x.device)[torch.tensor(order)]
        difference_now = layer(P @ x) - P @ layer(x)
        largest = max(largest, torch.max(torch.abs(difference_now)).item())
    return largest


# right: compares after shuffling back
def largest_gap(layer, x):
    y, worst = layer(x), torch.zeros((), dtype=x.dtype, device=x.device)
    for order in itertools.permutations(range(x.shape[1])):
        p = torch.tensor(order, device=x.device)
        back = p.argsort()
        worst = torch.maximum(worst, (layer(x[:, p])[:, back] - y).abs().amax())
    return worst.item()


# right: orders made by recursion
def all_orders(items):
    if not items:
        return [[]]
    return [
        [item, *rest]
        for item in items
        for rest in all_orders([other for other in items if other != item])
    ]


def largest_gap(layer, x):
    with torch.no_grad():
        y = layer(x)
        gaps = [
            (layer(x.index_select(1, torch.tensor(p))) - y[:, p]).abs().max()
            for p in all_orders(list(range(x.shape[1])))
        ]
    return float(torch.stack(gaps).max())
