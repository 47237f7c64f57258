"""Templates on attention: by hand, under permutation, position codes, sizes."""

from __future__ import annotations

import math
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from dlcourse.exam.maths import bracketed, number, signed, vector
from dlcourse.exam.question import Option
from dlcourse.exam.template import Calculation, Mistake, Parameters, Statements


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


@dataclass(frozen=True)
class _Claim:
    """A statement on what reordering does to the output of a construction."""

    construction: str
    property: str
    text: str
    why: str


# The names of constructions and properties are what the second judgement builds and
# tests: see tests/exam/second/attention.py.
_RIGHT = (
    _Claim(
        "attention",
        "equivariant",
        "Self-attention is equivariant, however many heads it has.",
        "Right: in each head, scores and values are reordered along with the rows.",
    ),
    _Claim(
        "attention, mean over rows",
        "invariant",
        "The mean over the rows of self-attention's output is invariant.",
        "Right: the output rows only change places, and a mean does not see places.",
    ),
    _Claim(
        "attention, maximum over rows",
        "invariant",
        "The maximum of each feature over the rows of self-attention's output is "
        "invariant.",
        "Right: like the mean, the maximum does not ask which row a number stood in.",
    ),
    _Claim(
        "feed-forward",
        "equivariant",
        "A feed-forward network applied to each row by itself, with the same weights, "
        "is equivariant.",
        "Right: what it makes of a row does not depend on where the row stands.",
    ),
    _Claim(
        "encoder",
        "equivariant",
        "An encoder layer of attention, residual connections, layer norms and a "
        "feed-forward network is equivariant.",
        "Right: attention is, and all the rest works on each row by itself.",
    ),
    _Claim(
        "two encoders, mean over rows",
        "invariant",
        "Two encoder layers with a mean over the rows behind them are invariant.",
        "Right: a chain of equivariant layers is equivariant, and the mean forgets the "
        "order.",
    ),
    _Claim(
        "codes, attention, mean over rows",
        "not invariant",
        "With positional codes added to $X$, the mean over the rows of "
        "self-attention's output is not invariant.",
        "Right: a row that moves gets another code, so other numbers are averaged.",
    ),
    _Claim(
        "causal attention",
        "not equivariant",
        "Self-attention with a causal mask is not equivariant.",
        "Right: which rows a row may look at depends on the place where it stands.",
    ),
    _Claim(
        "codes that move, attention",
        "equivariant",
        "If positional codes are added to $X$ first and the sums are reordered, "
        "self-attention reorders its output in the same way.",
        "Right: to the layer the sums are rows like any others, and the codes move "
        "with them.",
    ),
    _Claim(
        "learnt query",
        "invariant",
        "One learnt query that attends to the rows of $X$ as keys and values gives an "
        "invariant output.",
        "Right: its output is a weighted sum over pairs of key and value, in whatever "
        "order they come.",
    ),
    _Claim(
        "padding mask that moves",
        "equivariant",
        "Self-attention with a padding mask that is reordered together with the rows "
        "is equivariant.",
        "Right: the same rows are hidden before and after, only at other places.",
    ),
    _Claim(
        "convolution of kernel size 1",
        "equivariant",
        "A convolution along the positions with kernel size 1 is equivariant.",
        "Right: it applies the same dense layer to each row by itself.",
    ),
    _Claim(
        "causal attention, last row",
        "invariant to the order of the others",
        "With a causal mask, the last row of self-attention's output stays the same if "
        "only the rows before it are reordered.",
        "Right: the last row looks at all rows, and their order does not count for it.",
    ),
    _Claim(
        "attention weights",
        "rows and columns reordered",
        "If the rows of $X$ are reordered, the matrix of attention weights has both "
        "its rows and its columns reordered in this way.",
        "Right: its rows belong to queries and its columns to keys, and both move.",
    ),
    _Claim(
        "attention, codes, mean over rows",
        "invariant",
        "If positional codes are added to self-attention's output, the mean over the "
        "rows of the sum is invariant.",
        "Right: behind attention the codes add the same constant to the mean, whatever "
        "the order.",
    ),
    _Claim(
        "recurrent network",
        "not equivariant",
        "A recurrent network, whose output has the state of each step as a row, is not "
        "equivariant.",
        "Right: a state depends on which rows came before, and in what order.",
    ),
    _Claim(
        "convolution of kernel size 3",
        "not equivariant",
        "A convolution along the positions with kernel size 3 and padding 1 is not "
        "equivariant.",
        "Right: it mixes neighbours, and reordering gives a row other neighbours.",
    ),
    _Claim(
        "attention, first row",
        "not invariant",
        "The first row of self-attention's output is not invariant.",
        "Right: another row of $X$ may come to stand first, and its output is read.",
    ),
)

_WRONG = (
    _Claim(
        "attention",
        "invariant",
        "Self-attention is invariant, however many heads it has.",
        "Its output rows change places as the input rows do: that is equivariant. A "
        "mean over them would make it invariant.",
    ),
    _Claim(
        "attention",
        "not equivariant",
        "Self-attention with more than one head is not equivariant.",
        "Each head is equivariant, and they are joined and mixed row by row.",
    ),
    _Claim(
        "codes, attention",
        "equivariant",
        "Self-attention with positional codes added to $X$ is equivariant.",
        "A row that moves gets another code. That is what the codes are for.",
    ),
    _Claim(
        "causal attention",
        "equivariant",
        "Self-attention with a causal mask is equivariant.",
        "The mask ties what a row may look at to its place: the first row sees only "
        "itself, whichever it is.",
    ),
    _Claim(
        "causal attention, mean over rows",
        "invariant",
        "The mean over the rows of the output of self-attention with a causal mask is "
        "invariant.",
        "The mask makes the rows themselves depend on the order, so their mean does, "
        "too.",
    ),
    _Claim(
        "codes, attention, mean over rows",
        "invariant",
        "With positional codes added to $X$, the mean over the rows of "
        "self-attention's output is invariant.",
        "The codes change the rows before they are averaged, so the order leaves its "
        "trace in the mean.",
    ),
    _Claim(
        "feed-forward",
        "invariant",
        "A feed-forward network applied to each row by itself, with the same weights, "
        "is invariant.",
        "It is equivariant: the rows of its output change places with those of the "
        "input.",
    ),
    _Claim(
        "attention, mean over features",
        "invariant",
        "The mean over the features of self-attention's output, one number a row, is "
        "invariant.",
        "One number is left for each row, and these still change places: the mean runs "
        "along the wrong dimension.",
    ),
    _Claim(
        "attention, first row",
        "invariant",
        "The first row of self-attention's output is invariant.",
        "Another row of $X$ may come to stand first, and then its output is read.",
    ),
    _Claim(
        "attention, flatten, linear",
        "invariant",
        "Self-attention whose output rows are joined to one long vector for a linear "
        "layer is invariant.",
        "The linear layer has other weights for each place in the long vector.",
    ),
    _Claim(
        "encoder",
        "not equivariant",
        "An encoder layer of attention, residual connections, layer norms and a "
        "feed-forward network is not equivariant.",
        "Attention is equivariant, and sums, norms and feed-forward network work on "
        "each row by itself.",
    ),
    _Claim(
        "convolution of kernel size 3",
        "equivariant",
        "A convolution along the positions with kernel size 3 and padding 1 is "
        "equivariant.",
        "It mixes neighbours, and reordering gives a row other neighbours. It respects "
        "shifts only.",
    ),
    _Claim(
        "attention weights",
        "invariant",
        "If the rows of $X$ are reordered, the matrix of attention weights stays the "
        "same.",
        "Who looks at whom stays, but its rows and its columns are reordered.",
    ),
    _Claim(
        "padding mask that stays",
        "equivariant",
        "Self-attention with a padding mask that stays as it is while the rows are "
        "reordered is equivariant.",
        "The mask may then hide another row than before, so other values are mixed.",
    ),
    _Claim(
        "attention, feed-forward",
        "not equivariant",
        "Self-attention with a feed-forward network behind it, applied to each row by "
        "itself, is not equivariant.",
        "The network treats each row alike, wherever it stands, and keeps what "
        "attention has.",
    ),
    _Claim(
        "attention without scale",
        "not equivariant",
        r"Self-attention without the division by $\sqrt{d}$ is not equivariant.",
        "The division changes how sharp the weights are, not how they move.",
    ),
    _Claim(
        "attention, maximum over rows",
        "not invariant",
        "The maximum of each feature over the rows of self-attention's output is not "
        "invariant.",
        "The largest of some numbers is the same in whatever order they stand.",
    ),
    _Claim(
        "attention, codes, mean over rows",
        "not invariant",
        "If positional codes are added to self-attention's output, the mean over the "
        "rows of the sum is not invariant.",
        "The mean splits into that of the output, which is invariant, and that of the "
        "codes, a constant.",
    ),
    _Claim(
        "causal attention, last row",
        "not invariant to the order of the others",
        "With a causal mask, the last row of self-attention's output may change if "
        "only the rows before it are reordered.",
        "The last row may look at all rows, and so it finds the same keys and values "
        "in any order.",
    ),
    _Claim(
        "recurrent network",
        "equivariant",
        "A recurrent network, whose output has the state of each step as a row, is "
        "equivariant.",
        "A state depends on which rows came before, and in what order.",
    ),
)
_CLAIMS = {(one.construction, one.property): one for one in (*_RIGHT, *_WRONG)}


class PermutationStatements(Statements):
    """What does reordering the positions do to the output?"""

    id = "permutation-statements"
    number = 31
    topic = "attention"
    difficulty = "hard"

    def draw(self, rng: random.Random) -> Parameters:
        right = rng.choice([1, 2])
        claims = rng.sample(_RIGHT, right)
        for claim in rng.sample(_WRONG, len(_WRONG)):
            # Two statements on one thing would give each other away.
            if claim.construction not in {one.construction for one in claims}:
                claims.append(claim)
            if len(claims) == 5:
                break
        return {"claims": [(one.construction, one.property) for one in claims]}

    def statement(self, p: Parameters) -> str:
        return (
            "The matrix $X$ has one row for each position of a sequence. A map is "
            "**equivariant** if reordering the rows of $X$ reorders the rows of its "
            "output in the same way and changes nothing else. It is **invariant** if "
            "reordering the rows of $X$ does not change its output. A map has such a "
            "property if this holds for all weights, inputs and orders. Self-attention "
            "has no mask and no positional codes unless a statement names them; masks "
            "and codes belong to places and stay there unless a statement moves them. "
            "Dropout is off.\n\n"
            "Which of these statements are right?"
        )

    def options(self, p: Parameters) -> list[Option]:
        claims = [_CLAIMS[tuple(names)] for names in p["claims"]]
        return [Option(one.text, one in _RIGHT, one.why) for one in claims]

    def solution(self, p: Parameters) -> str:
        reasons = [
            (option.text, option.why.removeprefix("Right: "))
            for option in self.options(p)
            if option.right
        ]
        listed = "\n".join(
            f"- {text} {why[0].upper()}{why[1:]}" for text, why in reasons
        )
        return (
            "Let the matrix $P$ reorder the rows. Queries, keys and values are made "
            "row by row and become $PQ$, $PK$ and $PV$. The softmax works within each "
            "row, so that the weights $A$ become $P A P^\\top$. "
            "The output becomes\n\n"
            r"$$P A P^\top P V = P A V, \quad \text{since } P^\top P = I.$$"
            "\n\nSelf-attention is equivariant. Whatever treats all rows alike keeps "
            "that. Whatever ties something to a place breaks it: a mask, a code, a "
            "kernel that mixes neighbours. A pool that does not see places makes an "
            "equivariant map invariant. So these hold:\n\n"
            f"{listed}"
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
    PermutationStatements(),
    PositionalValue(),
    EncoderBlockParameters(),
    AttentionWeightsShape(),
)
