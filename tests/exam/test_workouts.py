"""Static workouts: PyTorch finds the keys again, from numbers that are typed here."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import pytest
import torch
from torch import nn
from torch.distributions import Categorical, kl_divergence
from torch.nn import functional as F

from dlcourse.exam.banks import bank
from dlcourse.exam.scoring import score

Values = Sequence[float | tuple[int, ...]]


def exact(values: Sequence[object]) -> torch.Tensor:
    return torch.tensor(values, dtype=torch.float64)


def relu_rnn() -> Values:
    cell = nn.RNNCell(2, 2, nonlinearity="relu", dtype=torch.float64)
    head = nn.Linear(2, 2, dtype=torch.float64)
    with torch.no_grad():
        cell.weight_hh.fill_(1)
        cell.weight_ih.copy_(0.5 * torch.eye(2))
        cell.bias_hh.fill_(1)
        cell.bias_ih.zero_()
        head.weight.copy_(torch.eye(2))
        head.bias.fill_(0.5)
        first = cell(exact([1, 1]))
        second = cell(exact([1, -1]), first)
        return [*first.tolist(), *second.tolist(), *head(second).tolist()]


def conv_stride() -> Values:
    image = exact([[1, 0, 2, 3], [4, 1, 0, 2], [0, 3, 1, 1], [2, 2, 4, 0]])
    kernel = exact([[1, 0, -1], [2, 1, 0], [0, -1, 1]])
    output = F.conv2d(image[None, None], kernel[None, None], stride=2, padding=1)
    assert output.shape == (1, 1, 2, 2)
    return output.flatten().tolist()


def permuted_strides() -> Values:
    x = torch.arange(24).reshape(2, 3, 4)
    y = x.permute(2, 0, 1)
    mean = x.float().mean(dim=1)[1, 2].item()
    return [tuple(y.shape), y[2, 1, 0].item(), y.stride(0), y.stride(1), mean]


def broadcasting() -> Values:
    a = torch.tensor([[1.0], [2.0], [3.0]])
    b = torch.tensor([10.0, 20.0, 30.0, 40.0])
    c = a * b
    found = [c[2, 1].item(), (a + b).sum().item(), (a.T @ a).item(), c.nbytes]
    return [tuple(c.shape), *found]


def paired_seeds() -> Values:
    baseline = exact([81.2, 79.8, 82.5, 80.1, 81.4])
    method = exact([82.9, 80.6, 83.1, 82.4, 82.0])
    torch.testing.assert_close(baseline.var(), exact(1.175))
    torch.testing.assert_close(method.var(), exact(0.985))
    gains = method - baseline
    unpaired = ((baseline.var() + method.var()) / 5).sqrt()
    found = [gains.mean(), gains.std(), gains.std() / 5**0.5, unpaired]
    return [value.item() for value in found]


def majority_baseline() -> Values:
    true = torch.tensor([0] * 170 + [1] * 30)
    called = torch.tensor([0] * 160 + [1] * 10 + [0] * 6 + [1] * 24)
    right = (true == called).double()
    errors, most = (true != called).sum(), (true != 0).sum()
    error = right.std(correction=0) / 200**0.5
    recall = right[true == 1].mean()
    found = [right.mean(), (true == 0).double().mean(), recall, 1 - errors / most]
    return [*(value.item() for value in found), error.item()]


def two_alarms() -> Values:
    """Add up the joint distribution of fault, first and second alarm."""
    fault = exact([0.9, 0.1])
    alarm = exact([[0.8, 0.2], [0.1, 0.9]])
    joint = torch.einsum("f,fa,fb->fab", fault, alarm, alarm)
    assert joint.sum().item() == pytest.approx(1)
    first = joint[:, 1].sum()
    found = [
        joint[1, 1].sum() / first,
        joint[:, 1, 1].sum() / first,
        joint[1, 1, 1] / joint[:, 1, 1].sum(),
        joint[1, 1, 0] / joint[:, 1, 0].sum(),
    ]
    return [value.item() for value in found]


def likelihood() -> Values:
    p, y = exact([0.9, 0.4, 0.2, 0.7]), exact([1, 0, 1, 1])
    loss = F.binary_cross_entropy(p, y)
    grid = torch.linspace(0.001, 0.999, 999, dtype=torch.float64)
    all_days = grid[:, None].expand(-1, 4)
    losses = F.binary_cross_entropy(all_days, y.expand(999, 4), reduction="none")
    best = losses.mean(dim=1).argmin()
    lowest = losses.mean(dim=1)[best]
    return [(-4 * loss).exp().item(), loss.item(), grid[best].item(), lowest.item()]


def frozen_groups() -> Values:
    def trainable(model: nn.Module) -> list[nn.Parameter]:
        return [p for p in model.parameters() if p.requires_grad]

    def count(parameters: list[nn.Parameter]) -> int:
        return sum(p.numel() for p in parameters)

    body = nn.Sequential(
        nn.Conv2d(3, 16, 3),
        nn.ReLU(),
        nn.Conv2d(16, 32, 3),
        nn.ReLU(),
        nn.AdaptiveAvgPool2d(1),
        nn.Flatten(),
    )
    model = nn.Sequential(body, nn.Linear(32, 4))
    found = [count(trainable(model))]
    body.requires_grad_(False)
    found.append(count(trainable(model)))
    optimizer = torch.optim.Adam(trainable(model))
    model(torch.randn(2, 3, 8, 8)).sum().backward()
    optimizer.step()
    kept = sum(
        state[name].numel()
        for state in optimizer.state.values()
        for name in ("exp_avg", "exp_avg_sq")
    )
    body[2].requires_grad_(True)
    return [*found, count(trainable(model)), kept]


def cached_features() -> Values:
    """Count milliseconds picture by picture."""
    seen, learnt = torch.full((25, 600), 40.0), torch.full((25, 600), 0.4)
    once = seen.clone()
    once[1:] = 0
    cache = torch.empty(600, 384)
    both = [
        round((part + learnt).double().sum().item() / 1000, 3) for part in (seen, once)
    ]
    return [*both, cache.numel()]


def best_discriminator() -> Values:
    """Train the discriminator's three logits until they stand still."""
    p, q = exact([0.5, 0.3, 0.2]), exact([0.1, 0.3, 0.6])
    logits = torch.zeros(3, dtype=torch.float64, requires_grad=True)
    optimizer = torch.optim.LBFGS(
        [logits], max_iter=100, tolerance_grad=1e-12, tolerance_change=1e-15
    )

    def loss() -> torch.Tensor:
        optimizer.zero_grad()
        value = -(p * F.logsigmoid(logits) + q * F.logsigmoid(-logits)).sum()
        value.backward()
        return value

    optimizer.step(loss)
    best = logits.detach().sigmoid()
    middle = Categorical((p + q) / 2)
    halves = [kl_divergence(Categorical(one), middle) / 2 for one in (p, q)]
    return [best[0].item(), best[2].item(), -loss().item(), sum(halves).item()]


def generator_slopes() -> Values:
    found = []
    for logit in (-3.0, 1.0):
        for minimax in (True, False):
            s = torch.tensor(logit, dtype=torch.float64, requires_grad=True)
            one = torch.ones_like(s)
            if minimax:
                loss = -F.binary_cross_entropy_with_logits(s, 0 * one)
            else:
                loss = F.binary_cross_entropy_with_logits(s, one)
            (slope,) = torch.autograd.grad(loss, s)
            found.append(slope.item())
    return found


def temperature() -> Values:
    logits = exact([2, 1, 0, -1])
    top = torch.where(logits < 1, -math.inf, logits)
    return [
        (scores / heat).softmax(dim=0)[0].item()
        for scores in (logits, top)
        for heat in (1.0, 0.5)
    ]


def corpus_perplexity() -> Values:
    losses = torch.cat([torch.full((30,), 2.1), torch.full((10,), 1.3)]).double()
    mean = losses.mean()
    uniform = F.cross_entropy(torch.zeros(1, 50).double(), torch.tensor([7]))
    return [mean.item(), mean.exp().item(), mean.exp().log2().item(), uniform.item()]


SECOND: dict[str, Callable[[], Values]] = {
    "work-relu-rnn": relu_rnn,
    "work-conv-stride": conv_stride,
    "work-permuted-strides": permuted_strides,
    "work-broadcasting": broadcasting,
    "work-paired-seeds": paired_seeds,
    "work-majority-baseline": majority_baseline,
    "work-two-alarms": two_alarms,
    "work-likelihood": likelihood,
    "work-frozen-groups": frozen_groups,
    "work-cached-features": cached_features,
    "work-best-discriminator": best_discriminator,
    "work-generator-slopes": generator_slopes,
    "work-temperature": temperature,
    "work-corpus-perplexity": corpus_perplexity,
}


def test_each_workout_has_its_second_computation() -> None:
    assert set(bank("workout")) == set(SECOND)


@pytest.mark.parametrize("name", SECOND)
def test_pytorch_gives_the_keys(name: str) -> None:
    blanks = bank("workout")[name].blanks
    values = SECOND[name]()
    assert len(values) == len(blanks)
    for blank, value in zip(blanks, values, strict=True):
        if isinstance(blank.key, tuple):
            assert blank.key == value, blank.label
        else:
            assert blank.key == pytest.approx(value, abs=6e-6), blank.label


@pytest.mark.parametrize("name", SECOND)
def test_a_solution_shows_the_keys_and_they_earn_all_marks(name: str) -> None:
    question = bank("workout")[name]
    assert question.marks == 5
    for blank in question.blanks:
        assert blank.shown().removeprefix("-") in question.solution, blank.label
    assert score(question.scoring(), [b.shown() for b in question.blanks]) == 5


@pytest.mark.parametrize("name", SECOND)
def test_a_number_has_a_tolerance_of_its_last_decimal_at_most(name: str) -> None:
    for blank in bank("workout")[name].blanks:
        most = 10**-blank.decimals if blank.decimals else 0
        assert blank.tolerance <= most, blank.label
