"""The numbers of the live demonstrations against PyTorch's."""

from __future__ import annotations

import itertools
import json
import math
import re
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from ..exam import node

SIZES = [
    dict(zip("nkspd", values, strict=True))
    for values in itertools.product(
        range(3, 13), range(1, 6), range(1, 5), range(4), range(1, 4)
    )
]
FEW = SIZES[::17]


def js(script: str, expression: str, data: list[Any]) -> list[Any]:
    return node.run(f"demos/{script}.js", expression, data)


# Convolution


def places(gradient: Tensor) -> list[int]:
    return gradient.nonzero().flatten().tolist()


def conv(layer: dict[str, int], padding: int) -> nn.Conv1d:
    made = nn.Conv1d(1, 1, layer["k"], layer["s"], padding, layer["d"])
    nn.init.ones_(made.weight)
    return made


def torchs_size(layer: dict[str, int]) -> int:
    try:
        return int(conv(layer, layer["p"])(torch.zeros(1, 1, layer["n"])).shape[2])
    except RuntimeError:  # refused: the kernel is larger than the padded input
        return 0


def test_sizes_are_those_of_conv1d() -> None:
    ours = js("convolution-sizes", "js.size(d)", SIZES)
    theirs = [torchs_size(layer) for layer in SIZES]
    assert ours == theirs
    assert 0 in theirs


def test_taps_and_what_is_never_read_are_where_the_gradient_says() -> None:
    ours = js(
        "convolution-sizes",
        "({ taps: js.between(0, js.size(d)).map((at) => js.taps(at, d)),"
        " ...js.unread(d) })",
        FEW,
    )
    kinds = set()
    for layer, said in zip(FEW, ours, strict=True):
        n, p = layer["n"], layer["p"]
        # The padding is written out, so that it has a gradient, too.
        padded = torch.zeros(1, 1, n + 2 * p, requires_grad=True)
        if not said["taps"]:
            assert said["skipped"] + said["left"] == list(range(-p, n + p))
            continue
        out = conv(layer, padding=0)(padded)[0, 0]
        for at, taps in enumerate(said["taps"]):
            (reads,) = torch.autograd.grad(out[at], padded, retain_graph=True)
            assert [tap + p for tap in taps] == places(reads[0, 0]), layer
        (read,) = torch.autograd.grad(out.sum(), padded)
        never = [place - p for place in places(read[0, 0] == 0)]
        last = max(places(read[0, 0])) - p
        assert said["left"] == [place for place in never if place > last], layer
        assert said["skipped"] == [place for place in never if place < last], layer
        kinds.add((bool(said["left"]), bool(said["skipped"])))
    assert len(kinds) == 4


def test_two_layers_see_what_the_gradient_says() -> None:
    states = [{**layer, "view": "two"} for layer in FEW]
    ours = js(
        "convolution-sizes",
        "js.between(0, js.count(d)).map((at) => js.seen(d, at).input)",
        states,
    )
    assert any(ours)
    for layer, seen in zip(FEW, ours, strict=True):
        x = torch.zeros(1, 1, layer["n"], requires_grad=True)
        try:
            out = conv(layer, layer["p"])(conv(layer, layer["p"])(x))[0, 0]
        except RuntimeError:
            assert seen == []
            continue
        assert len(seen) == len(out)
        for at, input_ in enumerate(seen):
            (reads,) = torch.autograd.grad(out[at], x, retain_graph=True)
            pixels = sorted(place for place in input_ if 0 <= place < layer["n"])
            assert pixels == places(reads[0, 0]), layer


def test_receptive_fields_of_one_and_two_layers() -> None:
    ours = js("convolution-sizes", "[js.field(1, d), js.field(2, d)]", FEW)
    for layer, fields in zip(FEW, ours, strict=True):
        x = torch.zeros(1, 1, 200, requires_grad=True)
        out = x
        for field in fields:
            out = conv(layer, padding=0)(out)
            (reads,) = torch.autograd.grad(out[0, 0, 3], x, retain_graph=True)
            seen = places(reads[0, 0])
            assert field == seen[-1] - seen[0] + 1, layer


# Descent

LOSSES: dict[str, Callable[[Tensor], Tensor]] = {
    "ravine": lambda w: (w[0] ** 2 + 25 * w[1] ** 2) / 2,
    "saddle": lambda w: w[0] ** 2 / 2 - w[1] ** 2 / 2 + w[1] ** 4 / 4 + 1 / 4,
}


def torchs_walk(
    surface: str, x: float, y: float, lr: float, mu: float, steps: int
) -> list[list[float]]:
    w = torch.tensor([x, y], dtype=torch.float64, requires_grad=True)
    optimizer = torch.optim.SGD([w], lr=lr, momentum=mu)
    path = []
    for _ in range(steps + 1):
        optimizer.zero_grad()
        loss = LOSSES[surface](w)
        loss.backward()
        path.append([*w.tolist(), loss.item()])
        optimizer.step()
    return path


def test_walks_are_those_of_sgd_with_momentum() -> None:
    walks = [
        [surface, x, y, lr, mu, 40]
        for surface, (x, y), lr, mu in itertools.product(
            LOSSES, [(-4, 1), (1.2, -0.3)], (0.005, 0.07, 0.12, 0.7), (0, 0.5, 0.99)
        )
    ]
    blown_up = 0
    for walk, ours in zip(walks, js("descent", "js.walk(...d)", walks), strict=True):
        theirs = torchs_walk(*walk)
        if len(ours) < len(theirs):
            # It ends with the first loss that is far too large, and not before.
            blown_up += 1
            assert ours[-1][2] >= 1e12 > ours[-2][2]
        torch.testing.assert_close(
            torch.tensor(ours, dtype=torch.float64),
            torch.tensor(theirs[: len(ours)], dtype=torch.float64),
            rtol=1e-7,
            atol=1e-12,
        )
    assert blown_up


def test_the_limit_parts_walks_that_settle_from_those_that_blow_up() -> None:
    for mu in (0, 0.3, 0.9, 0.95):
        limit = js("descent", "js.limit(d)", [mu])[0]
        walks = [["ravine", 0, 1, limit * by, mu, 4000] for by in (0.98, 1.02)]
        below, above = js("descent", "js.walk(...d).at(-1)[2]", walks)
        assert below < 1e-6
        assert above > 1e12


def test_lines_of_equal_loss_lie_where_the_loss_is_equal() -> None:
    for surface, loss in LOSSES.items():
        path = js("descent-surfaces", "js.contours(js.SURFACES[d])", [surface])[0]
        lines = [
            [
                (float(x) / 60 - 4.5, 2 - float(y) / 60)
                for x, y in re.findall(r"([\d.]+) ([\d.]+)", line)
            ]
            for line in path.split("M")[1:]
        ]
        # Nine levels; a line that leaves the map comes back as another one.
        assert 9 <= len(lines) <= 40
        highest = max(
            float(loss(torch.tensor(corner)))
            for corner in itertools.product((-4.5, 1.5), (-2.0, 2.0))
        )
        levels = [highest * (level / 9.5) ** 2 for level in range(1, 10)]
        seen = set()
        for line in lines:
            assert len(line) > 1
            values = loss(torch.tensor(line, dtype=torch.float64).T)
            level = min(levels, key=lambda level: abs(level - values.mean().item()))
            assert (values - level).abs().max() < 0.02 * highest
            seen.add(level)
            for (x, y), (to_x, to_y) in itertools.pairwise(line):
                assert math.hypot(to_x - x, to_y - y) < 0.1
        assert len(seen) == 9
        # No line has a gap: it goes on from each point, or leaves the map there.
        ends: Counter[tuple[float, float]] = Counter()
        for line in lines:
            ends.update([line[0], line[-1], *line[1:-1], *line[1:-1]])
        for (x, y), count in ends.items():
            assert count % 2 == 0 or x in (-4.5, 1.5) or y in (-2, 2)


# Attention


@pytest.mark.parametrize("causal", [False, True])
@pytest.mark.parametrize("scaled", [False, True])
def test_attention_is_pytorchs(causal: bool, scaled: bool) -> None:
    generator = torch.Generator().manual_seed(0)
    shapes = [(5, 2, 3), (7, 3, 3), (1, 4, 2)]
    inputs = [
        [torch.randn(T, width, generator=generator) * 2 for width in (d, d, v)]
        for T, d, v in shapes
    ]
    own = js("attention", "[js.Q, js.E, js.E]", [None])[0]
    inputs.append([torch.tensor(part, dtype=torch.float32) for part in own])
    flags = json.dumps({"scaled": scaled, "causal": causal})
    ours = js(
        "attention",
        f"js.attention(...d, {flags})",
        [[part.tolist() for part in triple] for triple in inputs],
    )
    for (Q, K, V), said in zip(inputs, ours, strict=True):
        scale = None if scaled else 1.0
        out = F.scaled_dot_product_attention(
            *(part[None] for part in (Q, K, V)), is_causal=causal, scale=scale
        )[0]
        torch.testing.assert_close(
            torch.tensor(said["outputs"], dtype=torch.float32), out
        )
        # With the identity as values, the outputs are the weights.
        weights = F.scaled_dot_product_attention(
            Q[None], K[None], torch.eye(len(K))[None], is_causal=causal, scale=scale
        )[0]
        torch.testing.assert_close(
            torch.tensor(said["weights"], dtype=torch.float32), weights
        )


def test_both_the_have_the_same_row_until_they_may_not_look_ahead() -> None:
    plain, causal = js(
        "attention",
        "js.attention(js.Q, js.E, js.E, { causal: d }).weights",
        [False, True],
    )
    assert plain[0] == plain[3]
    assert causal[0] != causal[3]


# Softmax

LOGITS = [[3.0, 2.0, 1.0, 0.0, -2.0], [8.0, -8.0, 8.0, 0.5, 0.0], [1.0] * 5]


def test_softmax_and_top_k_are_pytorchs() -> None:
    cases = [
        [logits, temperature, k]
        for logits in LOGITS
        for temperature in (0.1, 0.5, 1.0, 5.0)
        for k in range(1, 6)
    ]
    ours = js(
        "softmax",
        "(() => { const p = js.softmax(...d); return [p, js.entropy(p)]; })()",
        cases,
    )
    for (row, temperature, k), (probabilities, entropy) in zip(
        cases, ours, strict=True
    ):
        logits = torch.tensor(row, dtype=torch.float64)
        logits = logits.masked_fill(logits < logits.topk(k).values[-1], -math.inf)
        expected = (logits / temperature).softmax(dim=0)
        got = torch.tensor(probabilities, dtype=torch.float64)
        torch.testing.assert_close(got, expected)
        theirs = torch.distributions.Categorical(probs=expected).entropy()
        assert entropy == pytest.approx(theirs.item(), abs=1e-9)


def test_temperature_zero_is_greedy() -> None:
    ours = js("softmax", "js.softmax(d, 0)", LOGITS)
    assert [row.index(1) for row in ours] == [0, 0, 0]
    assert [sum(row) for row in ours] == [1, 1, 1]
