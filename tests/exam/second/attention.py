"""Second computations for the templates on attention: by PyTorch's layers.

What the template on permutations claims is judged by experiments: its claims name a
construction and a property; here the construction is built, with random weights, and
the property is tried with every order of four rows.
"""

from __future__ import annotations

import functools
import itertools
from collections.abc import Callable
from typing import Any

import torch
from torch import nn
from torch.nn import functional as F

T, D = 4, 6
Run = Callable[[list[int]], torch.Tensor]


def tensor(values: Any) -> torch.Tensor:
    return torch.tensor(values, dtype=torch.float64)


def attention_by_hand(p: dict[str, Any]) -> list[float]:
    attended = F.scaled_dot_product_attention(
        tensor([p["query"]]), tensor(p["keys"]), tensor(p["values"])
    )
    return [float(value) for value in attended[0]]


def position_codes(num_positions: int, width: int) -> torch.Tensor:
    """Sinusoidal codes of all positions, (T, D)."""
    position = torch.arange(num_positions, dtype=torch.float64)[:, None]
    columns = torch.arange(0, width, 2, dtype=torch.float64)
    angle = position * 10_000 ** (-columns / width)  # (T, D/2)
    return torch.stack([angle.sin(), angle.cos()], dim=2).flatten(1)


def positional_value(p: dict[str, Any]) -> float:
    return float(position_codes(p["position"] + 1, p["width"])[-1, p["column"]])


def encoder_block_parameters(p: dict[str, Any]) -> float:
    with torch.device("meta"):
        layer = nn.TransformerEncoderLayer(p["d"], p["heads"], p["f"])
    return float(sum(parameter.numel() for parameter in layer.parameters()))


def attention_weights_shape(p: dict[str, Any]) -> tuple[int, ...]:
    with torch.device("meta"):
        layer = nn.MultiheadAttention(p["d"], p["heads"], batch_first=True)
        x = torch.zeros(p["batch"], p["steps"], p["d"])
        _, weights = layer(x, x, x, average_attn_weights=False)
    return tuple(weights.shape)


def randomised(module: nn.Module) -> nn.Module:
    """Draw all weights anew: some biases are zero at first, which would hide much."""
    for parameter in module.parameters():
        nn.init.normal_(parameter, std=0.7)
    return module.double().eval().requires_grad_(False)


def constructions() -> dict[str, Run]:
    """Give for each construction what it makes of the rows in some order."""
    X = torch.randn(T, D, dtype=torch.float64)
    codes = position_codes(T, D)
    causal = torch.ones(T, T, dtype=torch.bool).triu(1)  # True: must not look
    padding = torch.arange(T) == T - 1  # True: must not be looked at
    layer = randomised(nn.MultiheadAttention(D, 2, batch_first=True))
    encoder, second = (
        randomised(nn.TransformerEncoderLayer(D, 2, 16, batch_first=True))
        for _ in range(2)
    )
    dense = randomised(nn.Sequential(nn.Linear(D, 16), nn.ReLU(), nn.Linear(16, D)))
    joined = randomised(nn.Linear(T * D, 3))
    pointwise = randomised(nn.Conv1d(D, D, 1))
    neighbours = randomised(nn.Conv1d(D, D, 3, padding=1))
    recurrent = randomised(nn.RNN(D, D, batch_first=True))
    project = randomised(nn.Linear(D, 3 * D))
    query = torch.randn(1, 1, D, dtype=torch.float64)

    def attend(rows: torch.Tensor, **masks: Any) -> torch.Tensor:
        return layer(rows[None], rows[None], rows[None], **masks)[0][0]

    def unscaled(rows: torch.Tensor) -> torch.Tensor:
        return F.scaled_dot_product_attention(*project(rows).chunk(3, -1), scale=1.0)

    return {
        "attention": lambda o: attend(X[o]),
        "attention weights": lambda o: layer(X[o][None], X[o][None], X[o][None])[1][0],
        "attention without scale": lambda o: unscaled(X[o]),
        "attention, mean over rows": lambda o: attend(X[o]).mean(0),
        "attention, maximum over rows": lambda o: attend(X[o]).amax(0),
        "attention, mean over features": lambda o: attend(X[o]).mean(1),
        "attention, first row": lambda o: attend(X[o])[0],
        "attention, flatten, linear": lambda o: joined(attend(X[o]).flatten()),
        "attention, feed-forward": lambda o: dense(attend(X[o])),
        "attention, codes, mean over rows": lambda o: (attend(X[o]) + codes).mean(0),
        "codes, attention": lambda o: attend(X[o] + codes),
        "codes, attention, mean over rows": lambda o: attend(X[o] + codes).mean(0),
        "codes that move, attention": lambda o: attend((X + codes)[o]),
        "causal attention": lambda o: attend(X[o], attn_mask=causal),
        "causal attention, mean over rows": (
            lambda o: attend(X[o], attn_mask=causal).mean(0)
        ),
        "causal attention, last row": lambda o: attend(X[o], attn_mask=causal)[-1],
        "padding mask that moves": (
            lambda o: attend(X[o], key_padding_mask=padding[o][None])
        ),
        "padding mask that stays": (
            lambda o: attend(X[o], key_padding_mask=padding[None])
        ),
        "learnt query": lambda o: layer(query, X[o][None], X[o][None])[0][0],
        "feed-forward": lambda o: dense(X[o]),
        "encoder": lambda o: encoder(X[o][None])[0],
        "two encoders, mean over rows": (
            lambda o: second(encoder(X[o][None]))[0].mean(0)
        ),
        "convolution of kernel size 1": lambda o: pointwise(X[o].T[None])[0].T,
        "convolution of kernel size 3": lambda o: neighbours(X[o].T[None])[0].T,
        "recurrent network": lambda o: recurrent(X[o][None])[0][0],
    }


EXPECTED: dict[str, Callable[[torch.Tensor, list[int]], torch.Tensor]] = {
    "equivariant": lambda output, order: output[order],
    "invariant": lambda output, order: output,
    "invariant to the order of the others": lambda output, order: output,
    "rows and columns reordered": lambda output, order: output[order][:, order],
}


@functools.cache
def holds(construction: str, claimed: str) -> bool:
    """Try a claim with three draws of weights and all orders of the rows."""
    kind = claimed.removeprefix("not ")
    orders = [list(order) for order in itertools.permutations(range(T))]
    if kind == "invariant to the order of the others":
        orders = [order for order in orders if order[-1] == T - 1]
    gap = 0.0
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        for _ in range(3):
            run = constructions()[construction]
            output = run(list(range(T)))
            for order in orders:
                found, wanted = run(order), EXPECTED[kind](output, order)
                assert found.shape == wanted.shape
                gap = max(gap, float((found - wanted).abs().max()))
    # Rounding, or a difference that nobody takes for it.
    assert gap < 1e-12 or gap > 1e-2, f"{construction}, {claimed}: {gap}"
    return (gap < 1e-12) != claimed.startswith("not ")


def permutation_statements(p: dict[str, Any]) -> list[bool]:
    return [holds(construction, claimed) for construction, claimed in p["claims"]]


SECOND = {
    "attention-by-hand": attention_by_hand,
    "permutation-statements": permutation_statements,
    "positional-value": positional_value,
    "encoder-block-parameters": encoder_block_parameters,
    "attention-weights-shape": attention_weights_shape,
}
