"""Templates on probability: Bayes' rule."""

from __future__ import annotations

import random
from typing import ClassVar

from dlcourse.exam.template import Calculation, Mistake, Parameters


class Bayes(Calculation):
    """How likely is a fault after an alarm?"""

    id = "bayes"
    number = 1
    topic = "probability"
    difficulty = "medium"
    decimals = 3
    why_right: ClassVar[str] = "Right: the true alarms' share of all alarms."

    def draw(self, rng: random.Random) -> Parameters:
        return {
            "p": rng.randrange(1, 31) / 100,
            "a": rng.randrange(70, 100) / 100,
            "b": rng.randrange(2, 31) / 100,
        }

    def key(self, p: Parameters) -> float:
        return float(p["a"] * p["p"] / self._alarm(p))

    def _alarm(self, p: Parameters) -> float:
        return float(p["a"] * p["p"] + p["b"] * (1 - p["p"]))

    def mistakes(self, p: Parameters) -> list[Mistake]:
        return [
            Mistake(
                p["a"],
                r"This is $P(+ \mid F)$: the condition is the wrong way round.",
            ),
            Mistake(
                p["a"] * p["p"],
                r"This is $P(F \text{ and } +)$: it still has to be divided by $P(+)$.",
            ),
            Mistake(
                self._alarm(p),
                r"This is $P(+)$, the share of all parts that raise an alarm.",
            ),
        ]

    def statement(self, p: Parameters) -> str:
        return (
            f"A network inspects parts on a belt. A share of {p['p']:.2f} is faulty "
            f"($F$). The network raises an alarm ($+$) for {p['a']:.2f} of the faulty "
            f"parts and for {p['b']:.2f} of the sound ones. It raises an alarm. What "
            r"is the probability $P(F \mid +)$ that the part is faulty?"
        )

    def solution(self, p: Parameters) -> str:
        joint = p["a"] * p["p"]
        return (
            "All alarms come from faulty or from sound parts:\n\n"
            rf"$$P(+) = {p['a']:.2f} \cdot {p['p']:.2f} + {p['b']:.2f} \cdot "
            rf"(1 - {p['p']:.2f}) = {self._alarm(p):.4f}$$"
            "\n\nThe faulty ones' share of them is\n\n"
            rf"$$P(F \mid +) = \frac{{{joint:.4f}}}{{{self._alarm(p):.4f}}} "
            rf"= {self.key(p):.3f}.$$"
        )


ALL = (Bayes(),)
