"""A template on adversarial training of a linear model."""

from __future__ import annotations

import math
import random
from typing import Any, ClassVar

from dlcourse.exam.maths import bracketed, number, signed, vector
from dlcourse.exam.template import Calculation, Mistake, Parameters


def _sign(value: float) -> int:
    return (value > 0) - (value < 0)


class AdversarialTraining(Calculation):
    """The loss of a linear model at the worst point of a ball."""

    id = "adversarial-training"
    number = 28
    topic = "adversarial"
    difficulty = "very hard"
    decimals = 3
    why_right: ClassVar[str] = (
        r"Right: the worst point lowers the margin by $\varepsilon \lVert w \rVert_1$."
    )

    def draw(self, rng: random.Random) -> Parameters:
        while True:
            p: dict[str, Any] = {
                "w": [rng.choice([-1, 1]) * rng.randrange(4, 26) / 10 for _ in "123"],
                "x": [rng.choice([-1, 1]) * rng.randrange(1, 16) / 10 for _ in "123"],
                "y": rng.choice([-1, 1]),
                "eps": rng.choice([0.05, 0.1, 0.15, 0.2, 0.25, 0.3]),
            }
            mixed = len({w > 0 for w in p["w"]}) == 2
            # Right before the attack, but not by much: so that the attack matters.
            if mixed and 0.3 <= self._margin(p) <= 2.5:
                return p

    def _margin(self, p: Parameters) -> float:
        score = sum(w * x for w, x in zip(p["w"], p["x"], strict=True))
        return float(p["y"] * score)

    def _loss(self, margin: float) -> float:
        return math.log1p(math.exp(-margin))

    def _sum(self, p: Parameters) -> float:
        return float(sum(abs(w) for w in p["w"]))

    def key(self, p: Parameters) -> float:
        return self._loss(self._margin(p) - p["eps"] * self._sum(p))

    def mistakes(self, p: Parameters) -> list[Mistake]:
        margin, eps = self._margin(p), p["eps"]
        return [
            Mistake(
                self._loss(margin),
                "This is the loss at $x$ itself, before any attack.",
            ),
            Mistake(
                self._loss(margin + eps * self._sum(p)),
                r"The margin was raised by $\varepsilon \lVert w \rVert_1$: this is "
                "the smallest loss in the ball, at the model's best point.",
            ),
            Mistake(
                self._loss(margin - eps * math.hypot(*p["w"])),
                r"$\lVert w \rVert_2$ belongs to a Euclidean ball. Here each component "
                r"may move by $\varepsilon$ of its own.",
            ),
            Mistake(
                self._loss(margin - eps * max(abs(w) for w in p["w"])),
                "Only the component with the largest weight was moved. All may move "
                "at once.",
            ),
        ]

    def statement(self, p: Parameters) -> str:
        return (
            r"A linear model gives a point $x$ the score $w^\top x$, without a bias. "
            r"With labels $y = -1$ or $y = 1$, its loss is $\log(1 + \exp(-y\, w^\top "
            r"x))$; the logarithm is natural. Let"
            "\n\n"
            rf"$$w = {vector(p['w'])}, \qquad x = {vector(p['x'])}, \qquad "
            rf"y = {p['y']}.$$"
            "\n\nAdversarial training replaces the loss at $x$ by the largest loss at "
            r"any $x'$ with $\lVert x' - x \rVert_\infty \le \varepsilon = "
            rf"{number(p['eps'])}$; "
            "$x'$ has no other limits. How large is it?"
        )

    def solution(self, p: Parameters) -> str:
        margin, eps, total = self._margin(p), p["eps"], self._sum(p)
        products = " ".join(
            # The first term needs no plus sign.
            rf"{number(w) if i == 0 else signed(w)} \cdot {bracketed(x)}"
            for i, (w, x) in enumerate(zip(p["w"], p["x"], strict=True))
        )
        sizes = " + ".join(number(abs(w)) for w in p["w"])
        worst = margin - eps * total
        moved = [
            x - eps * p["y"] * _sign(w) for w, x in zip(p["w"], p["x"], strict=True)
        ]
        score = number(p["y"] * margin)
        return (
            r"The loss falls as the margin $y\, w^\top x'$ rises, so the worst point "
            r"has the smallest margin. Write $x' = x + \delta$. The margin is "
            r"$y\, w^\top x + y\, w^\top \delta$, and each component of $\delta$ "
            r"lowers it most at its limit, "
            r"$\delta_i = -\varepsilon\, y \operatorname{sign}(w_i)$, by $\varepsilon "
            r"\lvert w_i \rvert$. Together they lower it by "
            r"$\varepsilon \lVert w \rVert_1$."
            "\n\n"
            r"$$\begin{aligned} "
            rf"w^\top x &= {products} = {score}, \quad & "
            rf"y\, w^\top x &= {number(margin)} \\ "
            rf"\lVert w \rVert_1 &= {sizes} = {number(total)}, \quad & "
            rf"\varepsilon \lVert w \rVert_1 &= {number(eps * total)} "
            r"\end{aligned}$$"
            "\n\n"
            rf"The worst point is $x' = {vector(moved)}$. Its margin is "
            rf"${number(margin)} - {number(eps * total)} = {number(worst)}$, and its "
            "loss\n\n"
            rf"$$\log\bigl(1 + \exp({number(-worst)})\bigr) = {self.key(p):.3f}.$$"
        )


ALL = (AdversarialTraining(),)
