"""Templates on convolution: values and sizes."""

from __future__ import annotations

import random

from dlcourse.exam.drawings import grids
from dlcourse.exam.maths import bracketed, signed
from dlcourse.exam.template import Calculation, Mistake, Parameters


class ConvolutionValue(Calculation):
    """One value of a filter's output, by hand."""

    id = "convolution-value"
    number = 10
    topic = "convolution"
    difficulty = "easy"

    def draw(self, rng: random.Random) -> Parameters:
        return {
            "image": [[rng.randint(0, 5) for _ in range(4)] for _ in range(4)],
            "filter": [[rng.randint(-2, 2) for _ in range(3)] for _ in range(3)],
            "bias": rng.choice([-3, -2, -1, 1, 2, 3]),
            "row": rng.randrange(2),
            "column": rng.randrange(2),
        }

    def key(self, p: Parameters) -> float:
        return float(self._sum(p, p["row"], p["column"]) + p["bias"])

    def _sum(
        self, p: Parameters, row: int, column: int, flipped: bool = False
    ) -> float:
        step = -1 if flipped else 1
        filter_ = [line[::step] for line in p["filter"][::step]]
        return float(
            sum(
                p["image"][row + i][column + j] * filter_[i][j]
                for i in range(3)
                for j in range(3)
            )
        )

    def mistakes(self, p: Parameters) -> list[Mistake]:
        flipped = self._sum(p, p["row"], p["column"], flipped=True)
        # Rows and columns mixed up, or, on the diagonal, the other corner.
        row, column = p["column"], p["row"]
        if row == column:
            row, column = 1 - row, 1 - column
        return [
            Mistake(
                flipped + p["bias"],
                "The filter was turned by 180°. A layer called convolution lays it on "
                "as it is.",
            ),
            Mistake(self.key(p) - p["bias"], "The bias is missing."),
            Mistake(
                self._sum(p, row, column) + p["bias"],
                "The filter lies at another place: rows are counted first, from 0.",
            ),
        ]

    def statement(self, p: Parameters) -> str:
        return (
            "A layer `nn.Conv2d(1, 1, 3)` with the filter and bias below reads the "
            "image.\n\n![A 4 by 4 image and a 3 by 3 filter of whole numbers]"
            "(convolution.svg)\n\n"
            f"Its bias is ${p['bias']}$. What is the value in row {p['row']}, column "
            f"{p['column']} of the output, both counted from 0?"
        )

    def images(self, p: Parameters) -> dict[str, str]:
        return {"convolution": grids({"image": p["image"], "filter": p["filter"]})}

    def solution(self, p: Parameters) -> str:
        top, left = p["row"], p["column"]
        rows = [
            " + ".join(
                rf"{p['image'][top + i][left + j]} \cdot {bracketed(p['filter'][i][j])}"
                for j in range(3)
            )
            for i in range(3)
        ]
        total = self._sum(p, top, left)
        lines = r" \\ & + ".join(rows)
        return (
            f"The filter's upper left corner lies on row {top}, column {left} of the "
            "image. Multiply what lies on each other, and add:\n\n"
            rf"$$\begin{{aligned}} & {lines} \\ & = {total:.0f} \end{{aligned}}$$"
            "\n\nWith the bias: "
            f"${total:.0f} {signed(p['bias'])} = {self.key(p):.0f}$."
        )


class DilatedSize(Calculation):
    """The size of a convolution's output, with every setting in use."""

    id = "dilated-size"
    number = 11
    topic = "convolution"
    difficulty = "medium"
    why_right = "Right: both paddings count, and so does the filter's whole span."

    def draw(self, rng: random.Random) -> Parameters:
        k, d = rng.choice([(3, 4), (3, 5), (3, 6), (5, 2), (5, 3), (7, 2), (7, 3)])
        # One more mistake, of two, so that the key's rank among the options varies.
        rounded = rng.random() < 0.4
        return {
            "n": rng.randint(24, 72),
            "k": k,
            "d": d,
            "s": rng.choice([2, 3] if rounded else [1, 2, 3]),
            # Up to the padding that keeps the size at stride 1.
            "pad": rng.randint(3, d * (k - 1) // 2),
            "rounded": rounded,
        }

    def key(self, p: Parameters) -> int:
        return _size(p["n"] + 2 * p["pad"], p["k"], p["s"], p["d"])

    def mistakes(self, p: Parameters) -> list[Mistake]:
        padded = p["n"] + 2 * p["pad"]
        if p["rounded"]:
            steps = padded - p["d"] * (p["k"] - 1) - 1
            extra = Mistake(
                -(-steps // p["s"]) + 1,
                "Rounded up: a last step that would lead beyond the padded image is "
                "not taken.",
            )
        else:
            extra = Mistake(
                (padded - p["d"] * p["k"]) // p["s"] + 1,
                f"The filter was taken to span {p['d']} times {p['k']} rows. Between "
                f"its {p['k']} taps there are {p['k'] - 1} gaps only.",
            )
        return [
            extra,
            Mistake(
                _size(p["n"] + p["pad"], p["k"], p["s"], p["d"]),
                "The padding was counted once. It lies on both sides.",
            ),
            Mistake(
                _size(padded, p["k"], p["s"], 1),
                "The dilation is missing: the filter's taps lie "
                f"{p['d']} rows apart, so that it spans more than {p['k']} rows.",
            ),
            Mistake(
                self.key(p) - 1,
                "The 1 at the end is missing: it stands for the filter's first place, "
                "before any step.",
            ),
        ]

    def statement(self, p: Parameters) -> str:
        return (
            f"An image with 3 channels of {p['n']} × {p['n']} pixels goes through\n\n"
            f"```python\nnn.Conv2d(3, 16, kernel_size={p['k']}, stride={p['s']}, "
            f"padding={p['pad']}, dilation={p['d']})\n```\n\n"
            "How many rows does each channel of the output have?"
        )

    def solution(self, p: Parameters) -> str:
        n, k, s, pad, d = (p[name] for name in ("n", "k", "s", "pad", "d"))
        steps = n + 2 * pad - d * (k - 1) - 1
        return (
            f"With {pad} rows of padding above and below, the image has "
            rf"${n} + 2 \cdot {pad} = {n + 2 * pad}$ rows. The filter's {k} taps lie "
            rf"{d} rows apart, so it spans ${d} \cdot ({k} - 1) + 1 = "
            rf"{d * (k - 1) + 1}$ of them. That leaves ${steps}$ rows to move over, in "
            f"steps of {s}, rounded down; the first place needs no step:"
            "\n\n"
            rf"$$\left\lfloor \frac{{n + 2p - d(k - 1) - 1}}{{s}} \right\rfloor + 1 = "
            rf"\left\lfloor \frac{{{steps}}}{{{s}}} \right\rfloor + 1 = "
            rf"{steps // s} + 1 = {self.key(p)}$$"
        )


class FlattenWidth(Calculation):
    """How many numbers leave a small CNN's flatten, read from its code."""

    id = "flatten-width"
    number = 15
    topic = "convolution"
    difficulty = "medium"
    why_right = (
        "Right: the channels and both sides of the last feature map, multiplied."
    )

    def draw(self, rng: random.Random) -> Parameters:
        c0, c1, c2 = rng.choice([1, 3]), *rng.sample([4, 6, 8, 10, 12, 16, 20, 24], 2)
        (k1, pad1), (k2, pad2) = (
            rng.choice([(3, 0), (3, 1), (5, 0), (5, 1), (5, 2)]) for _ in range(2)
        )
        return {
            "n": rng.choice([20, 24, 25, 28, 30, 32, 36, 40]),
            "c": (c0, c1, c2),
            "k": (k1, k2),
            "pad": (pad1, pad2),
        }

    def _sides(self, p: Parameters) -> list[int]:
        """Return the side of the image and of what each layer makes of it."""
        sides = [int(p["n"])]
        for k, pad in zip(p["k"], p["pad"], strict=True):
            sides.append(_size(sides[-1] + 2 * pad, k))
            sides.append(sides[-1] // 2)
        return sides

    def key(self, p: Parameters) -> int:
        return int(p["c"][2] * self._sides(p)[-1] ** 2)

    def mistakes(self, p: Parameters) -> list[Mistake]:
        *_, unpooled, side = self._sides(p)
        return [
            Mistake(
                p["c"][2] * unpooled**2,
                "The second pooling is missing: it halves both sides once more.",
            ),
            Mistake(
                side**2,
                "This is one channel. Flattening lays all channels in a row.",
            ),
            Mistake(
                p["c"][1] * side**2,
                "These are the channels of the first convolution; those of the second "
                "one reach the flattening.",
            ),
        ]

    def statement(self, p: Parameters) -> str:
        lines = []
        for i in range(2):
            padding = f", padding={p['pad'][i]}" if p["pad"][i] else ""
            lines += [
                f"nn.Conv2d({p['c'][i]}, {p['c'][i + 1]}, {p['k'][i]}{padding}),",
                "nn.ReLU(),",
                "nn.MaxPool2d(2),",
            ]
        lines += ["nn.Flatten(),", "nn.Linear(features, 10),"]
        body = "\n".join(f"    {line}" for line in lines)
        return (
            f"The network reads batches of the shape (64, {p['c'][0]}, {p['n']}, "
            f"{p['n']}).\n\n```python\nnet = nn.Sequential(\n{body}\n)\n```\n\n"
            "Which number must `features` be?"
        )

    def solution(self, p: Parameters) -> str:
        sides = self._sides(p)
        lines = []
        for i, before, conv, pooled in ((0, *sides[:3]), (1, *sides[2:])):
            k, pad = p["k"][i], p["pad"][i]
            padding = rf"2 \cdot {pad} - " if pad else ""
            sign = "+" if pad else "-"
            half = rf"\lfloor {conv} / 2 \rfloor" if conv % 2 else f"{conv} / 2"
            rounded = ", rounded down" if conv % 2 else ""
            lines.append(
                f"- Convolution {i + 1} has stride 1: ${before} {sign} {padding}({k} - "
                f"1) = {conv}$. Pooling halves{rounded}: ${half} = {pooled}$."
            )
        return (
            "Follow the side of the square feature map; ReLU leaves it as it is.\n\n"
            + "\n".join(lines)
            + f"\n\nFlattening keeps the batch and lays the {p['c'][2]} channels of "
            f"{sides[-1]} × {sides[-1]} values in a row:\n\n"
            rf"$${p['c'][2]} \cdot {sides[-1]} \cdot {sides[-1]} = {self.key(p)}$$"
        )


class TransposedSize(Calculation):
    """The size of a transposed convolution's output, with every setting in use."""

    id = "transposed-size"
    number = 16
    topic = "convolution"
    difficulty = "medium"
    why_right = "Right: the formula of the convolution's size, solved for the input."

    def draw(self, rng: random.Random) -> Parameters:
        s = rng.choice([2, 3, 4])
        return {
            "n": rng.randint(10, 24),
            "k": rng.randint(3, 5),
            "d": rng.choice([1, 2]),
            "s": s,
            "pad": rng.choice([1, 2]),
            # The layer refuses a larger one.
            "op": rng.randint(1, s - 1),
        }

    def key(self, p: Parameters) -> int:
        spread = (p["n"] - 1) * p["s"] + p["d"] * (p["k"] - 1) + 1
        return int(spread - 2 * p["pad"] + p["op"])

    def mistakes(self, p: Parameters) -> list[Mistake]:
        return [
            Mistake(
                p["n"] * p["s"] + 2 * p["pad"],
                "Size times stride plus padding: the filter's span is missing, and "
                "padding takes away here.",
            ),
            Mistake(
                self.key(p) - p["op"],
                "`output_padding` is missing: it adds rows at one side.",
            ),
            Mistake(
                _size(p["n"] + 2 * p["pad"], p["k"], p["s"], p["d"]),
                "This is the size after an ordinary convolution. A transposed one goes "
                "the other way and makes the image larger.",
            ),
        ]

    def statement(self, p: Parameters) -> str:
        return (
            f"A feature map with 16 channels of {p['n']} × {p['n']} values goes "
            "through\n\n```python\n"
            f"nn.ConvTranspose2d(\n    16, 8, kernel_size={p['k']}, stride={p['s']}, "
            f"padding={p['pad']},\n    output_padding={p['op']}, dilation={p['d']},\n)"
            "\n```\n\nHow many rows does each channel of the output have?"
        )

    def solution(self, p: Parameters) -> str:
        n, k, s, pad, d = (p[name] for name in ("n", "k", "s", "pad", "d"))
        return (
            f"Each input row spreads over {d * (k - 1) + 1} output rows, and the next "
            f"one begins {s} rows further. Padding takes {pad} away at "
            f"either side, output padding adds {p['op']} at one of them:"
            "\n\n$$\\begin{aligned} "
            r"n_\text{out} &= (n - 1)s - 2p + d(k - 1) + op + 1 \\ "
            rf"&= ({n} - 1) \cdot {s} - 2 \cdot {pad} + {d} \cdot ({k} - 1) + "
            rf"{p['op']} + 1 \\ "
            f"&= {(n - 1) * s} - {2 * pad} + {d * (k - 1)} + {p['op']} + 1 = "
            rf"{self.key(p)} \end{{aligned}}$$"
        )


def _size(padded: int, k: int, s: int = 1, d: int = 1) -> int:
    """Return how many places a filter has on so many rows, padding included."""
    return (padded - d * (k - 1) - 1) // s + 1


ALL = (ConvolutionValue(), DilatedSize(), FlattenWidth(), TransposedSize())
