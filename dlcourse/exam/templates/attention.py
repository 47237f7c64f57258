"""Templates on attention: by hand, position codes, sizes."""

from __future__ import annotations

import math
import random
from collections.abc import Iterable, Sequence
from typing import ClassVar

from dlcourse.exam.maths import bracketed, number, signed, vector
from dlcourse.exam.template import Calculation, Mistake, Parameters


class AttentionByHand(Calculation):
    """Scaled dot-product attention of one query."""

    id = "attention-by-hand"
    number = 30
    topic = "attention"
    difficulty = "hard"
    decimals = 2
    labels: ClassVar[tuple[str, ...]] = ("$y_1$", "$y_2$")
    why_right: ClassVar[str] = (
        r"Right: the scores are divided by $\sqrt{2}$, the softmax makes weights of "
        "them, and the output is the weighted mean of the values."
    )

    def draw(self, rng: random.Random) -> Parameters:
        while True:
            count = rng.choice([2, 3, 3])
            p = {
                "query": [rng.choice([-2, -1, 1, 2]) for _ in range(2)],
                "keys": [[rng.randint(-2, 2) for _ in range(2)] for _ in range(count)],
                # Each column holds different numbers: equal ones need no weights.
                "values": _rows(rng.sample(range(-4, 6), count) for _ in range(2)),
            }
            scores = self._scores(p, 1)
            # Else the softmax gives one key everything, or two the same, or it divides
            # small numbers, of which four decimals say little.
            spread = max(scores) - min(scores)
            if len(set(scores)) == count and spread <= 5 and max(scores) >= 0:
                return p

    def _scores(self, p: Parameters, scale: float) -> list[float]:
        return [_dot(p["query"], key) / scale for key in p["keys"]]

    def _weights(self, p: Parameters, scale: float) -> list[float]:
        exponentials = [math.exp(score) for score in self._scores(p, scale)]
        return [one / sum(exponentials) for one in exponentials]

    def _mean(self, p: Parameters, weights: Sequence[float]) -> list[float]:
        return [_dot(weights, column) for column in zip(*p["values"], strict=True)]

    def key(self, p: Parameters) -> list[float]:
        return self._mean(p, self._weights(p, math.sqrt(2)))

    def mistakes(self, p: Parameters) -> list[Mistake]:
        return [
            Mistake(
                self._mean(p, self._weights(p, 1)),
                r"The scores were not scaled: they are divided by $\sqrt{d}$.",
            ),
            Mistake(
                self._mean(p, self._weights(p, 2)),
                r"The scores were divided by $d = 2$ instead of $\sqrt{d}$.",
            ),
            Mistake(
                self._mean(p, self._scores(p, math.sqrt(2))),
                "The softmax is missing: scores are no weights, as they do not add up "
                "to 1.",
            ),
        ]

    def statement(self, p: Parameters) -> str:
        rows = "\n".join(
            f"| {place} | ${vector(key)}$ | ${vector(value)}$ |"
            for place, (key, value) in enumerate(
                zip(p["keys"], p["values"], strict=True), start=1
            )
        )
        count = {2: "two", 3: "three"}[len(p["keys"])]
        return (
            f"One query $q = {vector(p['query'])}$ attends to {count} positions with "
            "these keys and values:\n\n"
            f"| position | key | value |\n|---|---|---|\n{rows}\n\n"
            "Compute the output $y = (y_1,\\, y_2)$ of scaled dot-product attention, "
            "without a mask. Round at the end only."
        )

    def solution(self, p: Parameters) -> str:
        scores = self._scores(p, math.sqrt(2))
        exponentials = [math.exp(score) for score in scores]
        weights = self._weights(p, math.sqrt(2))
        q, places = p["query"], range(len(scores))
        products = r" \\ ".join(
            rf"s_{n + 1} &= \frac{{{q[0]} \cdot {bracketed(p['keys'][n][0])} "
            rf"{signed(q[1])} \cdot {bracketed(p['keys'][n][1])}}}{{\sqrt{{2}}}} "
            rf"= {scores[n]:.4f}"
            for n in places
        )
        shares = r" \\ ".join(
            rf"\alpha_{n + 1} &= \frac{{{exponentials[n]:.4f}}}"
            rf"{{{sum(exponentials):.4f}}} = {weights[n]:.4f}"
            for n in places
        )
        sums = r" \\ ".join(
            rf"y_{axis + 1} &= "
            + " + ".join(
                rf"{weights[n]:.4f} \cdot {bracketed(p['values'][n][axis])}"
                for n in places
            )
            + f" = {total:.4f}"
            for axis, total in enumerate(self.key(p))
        )
        listed = r",\quad ".join(
            rf"e^{{s_{n + 1}}} = {exponentials[n]:.4f}" for n in places
        )
        first, second = self.key(p)
        return (
            "The scores are products of query and key, divided by the root of their "
            "length 2:\n\n"
            rf"$$\begin{{aligned}} {products} \end{{aligned}}$$"
            "\n\nThe softmax makes weights of them that add up to 1:\n\n"
            rf"$${listed}$$"
            "\n\n"
            rf"$$\begin{{aligned}} {shares} \end{{aligned}}$$"
            "\n\nThe output is the mean of the values with these weights:\n\n"
            rf"$$\begin{{aligned}} {sums} \end{{aligned}}$$"
            f"\n\nWith two decimals, $y = ({_plain(first)},\\, {_plain(second)})$."
        )


class PositionalValue(Calculation):
    """One entry of the sinusoidal position codes."""

    id = "positional-value"
    number = 32
    topic = "attention"
    difficulty = "medium"
    decimals = 3
    why_right: ClassVar[str] = (
        "Right: the column tells $i$ and whether it is a sine or a cosine, and the "
        "angle is in radians."
    )

    def draw(self, rng: random.Random) -> Parameters:
        while True:
            width = rng.choice([6, 8, 10, 12, 16, 20])
            p = {
                "position": rng.randint(2, 60),
                "width": width,
                "column": rng.randrange(2, width),
            }
            # A tiny angle has a sine of 0 and a cosine of 1, whatever one does.
            if 0.1 <= self._angle(p) <= 12:
                return p

    def _angle(self, p: Parameters) -> float:
        return float(p["position"] / self._divisor(p, 2 * (p["column"] // 2)))

    def _divisor(self, p: Parameters, step: int) -> float:
        return float(10000 ** (step / p["width"]))

    def _wave(self, p: Parameters, angle: float) -> float:
        return math.cos(angle) if p["column"] % 2 else math.sin(angle)

    def key(self, p: Parameters) -> float:
        return self._wave(p, self._angle(p))

    def mistakes(self, p: Parameters) -> list[Mistake]:
        place, i = p["position"], p["column"] // 2
        right, wrong = ("cosine", "sine") if p["column"] % 2 else ("sine", "cosine")
        return [
            Mistake(
                math.sin(self._angle(p))
                if p["column"] % 2
                else math.cos(self._angle(p)),
                f"Sine and cosine are swapped: column {p['column']} holds a {right}, "
                f"not a {wrong}.",
            ),
            Mistake(
                self._wave(p, place / self._divisor(p, i)),
                f"The exponent was taken as $i/d$. It is $2i/d$, with $i = {i}$.",
            ),
            Mistake(
                self._wave(p, place),
                "The position was not divided by anything: only the first two columns "
                "turn that fast.",
            ),
            Mistake(
                self._wave(p, place / self._divisor(p, 2 * p["column"])),
                f"The column was taken for $i$. Two columns share an $i$: here it is "
                f"{i}.",
            ),
        ]

    def statement(self, p: Parameters) -> str:
        return (
            f"Sinusoidal positional codes have the width $d = {p['width']}$. In the "
            "row of position $t$, columns $2i$ and $2i + 1$ hold\n\n"
            r"$$p_{t,\,2i} = \sin\left(\frac{t}{10000^{2i/d}}\right), \quad "
            r"p_{t,\,2i+1} = \cos\left(\frac{t}{10000^{2i/d}}\right).$$"
            "\n\nPositions and columns are counted from 0, angles are in radians. What "
            f"stands in column {p['column']} of the row of position {p['position']}?"
        )

    def solution(self, p: Parameters) -> str:
        i, odd = p["column"] // 2, p["column"] % 2
        wave, extra = (r"\cos", " + 1") if odd else (r"\sin", "")
        exponent = rf"{2 * i}/{p['width']}"
        divisor = self._divisor(p, 2 * i)
        return (
            rf"Column ${p['column']} = 2 \cdot {i}{extra}$ is "
            f"{'odd' if odd else 'even'}, so that it holds a "
            f"{'cosine' if odd else 'sine'} with $i = {i}$. Its angle is\n\n"
            rf"$$\frac{{{p['position']}}}{{10000^{{{exponent}}}}} = "
            rf"\frac{{{p['position']}}}{{{number(divisor, 4)}}} = "
            rf"{self._angle(p):.5f}$$"
            "\n\nand the value is\n\n"
            rf"$${wave}({self._angle(p):.5f}) = {self.key(p):.3f}.$$"
        )


class EncoderBlockParameters(Calculation):
    """Parameters of an encoder layer, all biases and norms included."""

    id = "encoder-block-parameters"
    number = 33
    topic = "attention"
    difficulty = "very hard"
    why_right: ClassVar[str] = (
        "Right: four square matrices for attention, two for the feed-forward network, "
        "all with biases, and two norms."
    )

    def draw(self, rng: random.Random) -> Parameters:
        d = rng.choice([8, 12, 16, 20, 24, 28, 32, 36, 40, 48, 56, 60, 64])
        return {
            "d": d,
            "heads": rng.choice([2, 4]),
            "f": rng.choice([2 * d, 4 * d, 30, 50, 64, 72, 80, 100, 120, 128, 150]),
        }

    def key(self, p: Parameters) -> float:
        return float(sum(self._parts_of(p)))

    def _parts_of(self, p: Parameters) -> tuple[int, int, int]:
        """Count attention, feed-forward network and norms."""
        d, f = p["d"], p["f"]
        return 4 * d * d + 4 * d, 2 * d * f + f + d, 4 * d

    def mistakes(self, p: Parameters) -> list[Mistake]:
        d, f, key = p["d"], p["f"], self.key(p)
        attention, _, norms = self._parts_of(p)
        return [
            Mistake(
                key + (p["heads"] - 1) * attention,
                "Attention was counted once for each head. Heads share the matrices: "
                f"each uses {d // p['heads']} of the {d} columns.",
            ),
            Mistake(
                key - norms,
                "The two layer norms are missing: each has a scale and a shift for "
                "each feature.",
            ),
            Mistake(
                key - f - d,
                "The biases of the feed-forward network are missing, one vector of "
                f"length {f} and one of length {d}.",
            ),
            Mistake(
                key - d * d - d,
                "The output projection is missing, which mixes the joined heads.",
            ),
        ]

    def statement(self, p: Parameters) -> str:
        return (
            "How many parameters does this encoder layer have?\n\n"
            "```python\n"
            f"nn.TransformerEncoderLayer(d_model={p['d']}, nhead={p['heads']}, "
            f"dim_feedforward={p['f']})\n"
            "```\n\n"
            "As PyTorch has it by default, each linear map in it has a bias, and each "
            "layer norm learns a scale and a shift."
        )

    def solution(self, p: Parameters) -> str:
        d, f = p["d"], p["f"]
        attention, forward, norms = self._parts_of(p)
        return (
            "Attention has four matrices, for queries, keys, values and the output, "
            f"each ${d} \\times {d}$ with a bias. The {p['heads']} heads divide the "
            f"{d} columns among them, so that their number does not count:\n\n"
            rf"$$4 \cdot ({d} \cdot {d} + {d}) = {attention}$$"
            f"\n\nThe feed-forward network leads from {d} to {f} and back:\n\n"
            rf"$$({d} \cdot {f} + {f}) + ({f} \cdot {d} + {d}) = {forward}$$"
            f"\n\nTwo layer norms have {d} scales and {d} shifts each:\n\n"
            rf"$$2 \cdot 2 \cdot {d} = {norms}$$"
            "\n\nTogether:\n\n"
            rf"$${attention} + {forward} + {norms} = {self.key(p):.0f}$$"
        )


class AttentionWeightsShape(Calculation):
    """Shape of the attention weights of all heads."""

    id = "attention-weights-shape"
    number = 34
    topic = "attention"
    difficulty = "easy"
    why_right: ClassVar[str] = (
        "Right: in each sequence and each head, every position has a weight for every "
        "position."
    )

    def draw(self, rng: random.Random) -> Parameters:
        heads = rng.choice([2, 3, 4, 6, 8])
        return {
            "batch": rng.choice([5, 7, 10, 16, 20, 32]),
            "heads": heads,
            "steps": rng.choice([9, 11, 12, 14, 15, 25, 30, 40]),
            "d": heads * rng.choice([4, 8, 13, 16, 18]),
        }

    def key(self, p: Parameters) -> tuple[int, ...]:
        return p["batch"], p["heads"], p["steps"], p["steps"]

    def mistakes(self, p: Parameters) -> list[Mistake]:
        batch, heads, steps, d = p["batch"], p["heads"], p["steps"], p["d"]
        each = d // heads
        return [
            Mistake(
                (batch, heads, steps, each),
                "This is the shape of the queries, keys or values of all heads. "
                "Products of queries and keys leave no features.",
            ),
            Mistake(
                (batch, steps, steps),
                "The heads are missing: each has weights of its own, and they are not "
                "averaged here.",
            ),
            Mistake(
                (batch, heads, each, each),
                "Features were compared with features. Attention compares positions "
                "with positions.",
            ),
        ]

    def statement(self, p: Parameters) -> str:
        return (
            f"A batch `x` holds {p['batch']} sequences of {p['steps']} positions with "
            f"{p['d']} features each; its shape is ({p['batch']}, {p['steps']}, "
            f"{p['d']}). What is the shape of `weights`?\n\n"
            "```python\n"
            f"layer = nn.MultiheadAttention({p['d']}, num_heads={p['heads']}, "
            "batch_first=True)\n"
            "output, weights = layer(x, x, x, average_attn_weights=False)\n"
            "```\n\n"
            "The last line asks for the weights of each head by itself, not for their "
            "mean."
        )

    def solution(self, p: Parameters) -> str:
        return (
            f"Each of the {p['steps']} positions asks, and each of the {p['steps']} "
            f"positions answers: that makes a table of ${p['steps']} \\times "
            f"{p['steps']}$ weights. There is one for each of the {p['heads']} heads "
            f"in each of the {p['batch']} sequences. How many features a head has, "
            f"${p['d']} / {p['heads']} = {p['d'] // p['heads']}$, drops out of the "
            f"products of queries and keys. The shape is {self.key(p)}."
        )


def _rows(columns: Iterable[list[int]]) -> list[list[int]]:
    return [list(row) for row in zip(*columns, strict=True)]


def _dot(one: Sequence[float], other: Sequence[float]) -> float:
    return float(sum(a * b for a, b in zip(one, other, strict=True)))


def _plain(value: float) -> str:
    """Write a number with two decimals, without a minus at 0.00."""
    text = f"{value:.2f}"
    return "0.00" if text == "-0.00" else text


ALL = (
    AttentionByHand(),
    PositionalValue(),
    EncoderBlockParameters(),
    AttentionWeightsShape(),
)
