"""Templates on recurrent networks: two steps by hand."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import ClassVar

from dlcourse.exam.maths import bracketed, matrix, number, signed, vector
from dlcourse.exam.template import Calculation, Mistake, Parameters

Vector = Sequence[float]
Matrix = Sequence[Sequence[float]]


class ReluRnn(Calculation):
    """State and output of a small recurrent network after two steps."""

    id = "relu-rnn"
    number = 24
    topic = "recurrent"
    difficulty = "hard"
    decimals = 1
    labels: ClassVar[tuple[str, ...]] = (
        "$h_{2,1}$",
        "$h_{2,2}$",
        r"$\hat y_{2,1}$",
        r"$\hat y_{2,2}$",
    )
    why_right: ClassVar[str] = (
        "Right: both steps add the bias and cut off what is negative, and the second "
        "one also reads the state of the first."
    )

    def draw(self, rng: random.Random) -> Parameters:
        while True:
            p: Parameters = {
                "W": _square(rng, [-1, 1, 1, 2]),
                "U": _square(rng, [-1, -0.5, 0.5, 1]),
                "V": _square(rng, [-1, 0, 1, 2]),
                "b": [rng.choice([-1, -0.5, 0.5, 1]) for _ in range(2)],
                "c": [rng.choice([-1, -0.5, 0.5, 1]) for _ in range(2)],
                "x": [[rng.choice([-2, -1, 1, 2]) for _ in range(2)] for _ in range(2)],
            }
            first, second = self._sums(p)
            # The ReLU has to cut something off, but not everything.
            cut = min(first) < 0 < max(first) and max(second) > 0
            # Another state has to give another output.
            (a, b), (c, d) = p["V"]
            if cut and a * d != b * c and p["x"][0] != p["x"][1]:
                return p

    def _sums(
        self,
        p: Parameters,
        relu: bool = True,
        recurrent: bool = True,
        biased: bool = True,
    ) -> list[list[float]]:
        """Return what goes into the ReLU at both steps."""
        bias = p["b"] if biased else [0.0, 0.0]
        first = _affine(p["U"], p["x"][0], bias)
        second = _affine(p["U"], p["x"][1], bias)
        if recurrent:
            second = _affine(p["W"], _relu(first) if relu else first, second)
        return [first, second]

    def _answer(self, p: Parameters, relu: bool = True, **changes: bool) -> list[float]:
        last = self._sums(p, relu=relu, **changes)[1]
        state = _relu(last) if relu else last
        return [*state, *_affine(p["V"], state, p["c"])]

    def key(self, p: Parameters) -> list[float]:
        return self._answer(p)

    def mistakes(self, p: Parameters) -> list[Mistake]:
        return [
            Mistake(
                self._answer(p, relu=False),
                "The ReLU is missing: negative sums were carried on instead of 0.",
            ),
            Mistake(
                self._answer(p, recurrent=False),
                "The recurrence is missing: $W h_1$ belongs to the second step's sum.",
            ),
            Mistake(
                self._answer(p, biased=False),
                "The bias $b$ is missing. It is added at each step, before the ReLU.",
            ),
        ]

    def statement(self, p: Parameters) -> str:
        return (
            r"A recurrent network computes $h_t = \mathrm{ReLU}(W h_{t-1} + U x_t + b)$"
            r" and $\hat y_t = V h_t + c$ with"
            "\n\n"
            rf"$$W = {matrix(p['W'])}, \quad U = {matrix(p['U'])}, \quad "
            rf"V = {matrix(p['V'])}, \quad b = {_column(p['b'])}, \quad "
            rf"c = {_column(p['c'])}.$$"
            "\n\nAll vectors are columns. The state begins at "
            rf"$h_0 = {vector([0, 0])}^\top$. The network reads "
            rf"$x_1 = {vector(p['x'][0])}^\top$ and then "
            rf"$x_2 = {vector(p['x'][1])}^\top$. What are the state "
            r"$h_2 = (h_{2,1},\, h_{2,2})^\top$ and the output "
            r"$\hat y_2 = (\hat y_{2,1},\, \hat y_{2,2})^\top$ after the second step?"
        )

    def solution(self, p: Parameters) -> str:
        first, second = self._sums(p)
        before, state = _relu(first), _relu(second)
        output = self.key(p)[2:]
        fed = _affine(p["U"], p["x"][1], p["b"])
        return (
            "First step. The state is zero, so that $W h_0$ drops out:\n\n"
            rf"$$U x_1 + b = {_steps(p['U'], p['x'][0], p['b'])} = {_column(first)}, "
            rf"\quad h_1 = {_column(before)}$$"
            "\n\nThe ReLU has put 0 where the sum is negative. Second step, first the "
            "input's part:\n\n"
            rf"$$U x_2 + b = {_steps(p['U'], p['x'][1], p['b'])} = {_column(fed)}$$"
            "\n\nThen with the state's part, and cut off at 0:\n\n"
            rf"$$W h_1 + U x_2 + b = {_steps(p['W'], before, fed)} = "
            rf"{_column(second)}, \quad h_2 = {_column(state)}$$"
            "\n\nThe output has no ReLU:\n\n"
            rf"$$V h_2 + c = {_steps(p['V'], state, p['c'])} = {_column(output)}$$"
            "\n\nWith one decimal, "
            rf"$h_2 = {_pair(state)}^\top$ and $\hat y_2 = {_pair(output)}^\top$."
        )


def _square(rng: random.Random, entries: Vector) -> list[list[float]]:
    return [[rng.choice(entries) for _ in range(2)] for _ in range(2)]


def _relu(values: Vector) -> list[float]:
    return [max(0.0, value) for value in values]


def _affine(weights: Matrix, values: Vector, shift: Vector) -> list[float]:
    """Return weights times values plus shift."""
    return [
        float(sum(w * v for w, v in zip(row, values, strict=True)) + added)
        for row, added in zip(weights, shift, strict=True)
    ]


def _column(values: Vector) -> str:
    return matrix([[value] for value in values])


def _pair(values: Vector) -> str:
    """Write a pair with the decimals asked for."""
    # Adding 0.0 makes 0.0 of -0.0.
    return rf"({values[0] + 0.0:.1f},\, {values[1] + 0.0:.1f})"


def _steps(weights: Matrix, values: Vector, shift: Vector) -> str:
    """Write out the sums of products of an affine map, as a column."""
    rows = [
        rf"{number(row[0])} \cdot {bracketed(values[0])} {signed(row[1])} \cdot "
        rf"{bracketed(values[1])} {signed(added)}"
        for row, added in zip(weights, shift, strict=True)
    ]
    return rf"\begin{{bmatrix}} {rows[0]} \\ {rows[1]} \end{{bmatrix}}"


ALL = (ReluRnn(),)
