"""Templates on convolution: values, sizes, parameters."""

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


ALL = (ConvolutionValue(),)
