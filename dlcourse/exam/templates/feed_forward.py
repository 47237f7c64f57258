"""Templates on feed-forward networks: slopes of activations, parameters."""

from __future__ import annotations

import math
import random
from itertools import pairwise
from typing import ClassVar

from dlcourse.exam.template import Calculation, Mistake, Parameters


class ActivationSlope(Calculation):
    """The derivative of sigmoid or tanh."""

    id = "activation-slope"
    number = 8
    topic = "feed-forward"
    difficulty = "easy"
    decimals = 3
    why_right: ClassVar[str] = (
        "Right: this activation's derivative, from the value that it gives."
    )

    def draw(self, rng: random.Random) -> Parameters:
        while True:
            # Neither flat nor so near 0 that formulas agree.
            size = rng.randrange(20, 221) / 100
            p = {
                "z": rng.choice([-size, size]),
                "name": rng.choice(["sigmoid", "tanh"]),
            }
            # The solution's rounded value has to lead to the key.
            shown = f"{self._slope(p, round(self._value(p), 4)):.3f}"
            if shown == f"{self.key(p):.3f}":
                return p

    def _value(self, p: Parameters) -> float:
        if p["name"] == "tanh":
            return math.tanh(p["z"])
        return 1 / (1 + math.exp(-p["z"]))

    def key(self, p: Parameters) -> float:
        return self._slope(p, self._value(p))

    def _slope(self, p: Parameters, value: float) -> float:
        """Compute the derivative from the value."""
        return 1 - value**2 if p["name"] == "tanh" else value * (1 - value)

    def mistakes(self, p: Parameters) -> list[Mistake]:
        value = self._value(p)
        if p["name"] == "tanh":
            other = Mistake(
                value * (1 - value),
                "This is $v(1 - v)$, the formula that belongs to sigmoid.",
            )
            short = (
                r"This is $1 - v$. The value $v = \tanh(z)$ has to be squared first."
            )
        else:
            other = Mistake(
                1 - value**2, "This is $1 - v^2$, the formula that belongs to tanh."
            )
            short = r"This is $1 - v$. The factor $v = \sigma(z)$ is missing."
        return [
            Mistake(value, "This is the value $v$ of the function, not its slope."),
            other,
            Mistake(1 - value, short),
        ]

    def statement(self, p: Parameters) -> str:
        name = "tanh"
        if p["name"] == "sigmoid":
            name = r"the sigmoid $\sigma(z) = 1/(1 + e^{-z})$"
        return (
            f"A unit's weighted sum is $z = {p['z']:.2f}$, and its activation function "
            f"is {name}. What is the derivative of the activation function at this $z$?"
        )

    def solution(self, p: Parameters) -> str:
        z, value = f"{p['z']:.2f}", self._value(p)
        if p["name"] == "tanh":
            squared = f"({value:.4f})^2" if value < 0 else f"{value:.4f}^2"
            return (
                "The derivative of tanh follows from its value $v$:\n\n"
                rf"$$v = \tanh({z}) \approx {value:.4f}$$"
                "\n\n"
                rf"$$1 - v^2 \approx 1 - {squared} \approx {self.key(p):.3f}$$"
            )
        return (
            "The derivative of sigmoid follows from its value $v$:\n\n"
            rf"$$v = \sigma({z}) = \frac{{1}}{{1 + e^{{{-p['z']:.2f}}}}} "
            rf"\approx {value:.4f}$$"
            "\n\n"
            rf"$$v (1 - v) \approx {value:.4f} \cdot {1 - value:.4f} "
            rf"\approx {self.key(p):.3f}$$"
        )


class MLPParameters(Calculation):
    """Weights and biases of a stack of linear layers."""

    id = "mlp-parameters"
    number = 9
    topic = "feed-forward"
    difficulty = "easy"
    why_right: ClassVar[str] = (
        "Right: each unit has a weight for each of its inputs, and one bias."
    )

    def draw(self, rng: random.Random) -> Parameters:
        hidden = rng.choice([1, 2, 2])
        return {
            "widths": [
                rng.randrange(3, 31),
                *(rng.choice([5, 8, 10, 12, 15, 16, 20, 32]) for _ in range(hidden)),
                rng.randrange(1, 11),
            ],
            "activation": rng.choice(["ReLU", "Tanh", "Sigmoid"]),
        }

    def _weights(self, p: Parameters) -> int:
        return sum(n * m for n, m in pairwise(p["widths"]))

    def key(self, p: Parameters) -> float:
        return float(self._weights(p) + sum(p["widths"][1:]))

    def mistakes(self, p: Parameters) -> list[Mistake]:
        weights, widths = self._weights(p), p["widths"]
        return [
            Mistake(
                float(weights), "These are the weights only. The biases are missing."
            ),
            Mistake(
                float(weights + sum(widths)),
                "The inputs were given biases, too. They are data: nothing is added to "
                "them.",
            ),
            Mistake(
                float(weights + len(widths) - 1),
                "Each layer was given one bias. It has one for each of its units.",
            ),
        ]

    def statement(self, p: Parameters) -> str:
        layers = [f"    nn.Linear({n}, {m}),\n" for n, m in pairwise(p["widths"])]
        body = f"    nn.{p['activation']}(),\n".join(layers)
        return (
            "How many trainable parameters, weights and biases together, does this "
            "network have?\n\n"
            f"```python\nmodel = nn.Sequential(\n{body})\n```"
        )

    def solution(self, p: Parameters) -> str:
        pairs = list(pairwise(p["widths"]))
        terms = " + ".join(rf"({n} + 1) \cdot {m}" for n, m in pairs)
        values = " + ".join(str((n + 1) * m) for n, m in pairs)
        return (
            "A layer from $n$ numbers to $m$ units has $n$ weights and one bias for "
            "each unit, $(n + 1) m$ in all. The activation function has none:\n\n"
            rf"$${terms} = {values} = {self.key(p):.0f}$$"
        )


ALL = (ActivationSlope(), MLPParameters())
