"""Templates on optimisers: two steps with momentum, two steps of Adam."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence

from dlcourse.exam.maths import bracketed, number, signed
from dlcourse.exam.template import Calculation, Mistake, Parameters
from dlcourse.exam.templates.rounded import equals, gives


class MomentumSteps(Calculation):
    """Two steps with momentum down a parabola."""

    id = "momentum-steps"
    number = 22
    topic = "optimisers"
    difficulty = "medium"
    decimals = 3
    why_right = "Right: the second step goes by the new gradient and the old velocity."

    def draw(self, rng: random.Random) -> Parameters:
        a, lr = rng.choice(
            [(0.5, 0.2), (1, 0.1), (1, 0.2), (1.5, 0.1), (2, 0.05), (2, 0.1), (3, 0.1)]
        )
        centre = rng.choice([-3, -2, -1, 1, 2, 3])
        return {
            "a": a,
            "c": centre,
            "w": centre + rng.choice([-1, 1]) * rng.randint(2, 5),
            "lr": lr,
            "mu": rng.choice([0.5, 0.6, 0.8, 0.9]),
        }

    def _gradient(self, p: Parameters, w: float) -> float:
        return float(2 * p["a"] * (w - p["c"]))

    def _steps(
        self, p: Parameters, mu: float, share: float = 1.0
    ) -> tuple[float, float, float, float]:
        """Take two steps; return velocity and weight after each.

        Args:
            mu: the share of the old velocity that stays.
            share: the share of the gradient that is added.
        """
        v1 = share * self._gradient(p, p["w"])
        w1 = p["w"] - p["lr"] * v1
        v2 = mu * v1 + share * self._gradient(p, w1)
        return v1, w1, v2, w1 - p["lr"] * v2

    def key(self, p: Parameters) -> float:
        return self._steps(p, p["mu"])[-1]

    def mistakes(self, p: Parameters) -> list[Mistake]:
        return [
            Mistake(
                self._steps(p, mu=0)[-1],
                "Plain gradient descent: the second step forgot the velocity.",
            ),
            Mistake(
                self._steps(p, p["mu"], share=1 - p["mu"])[-1],
                r"The gradient was multiplied by $1 - \mu$, as in a running mean. "
                "This rule adds it whole.",
            ),
            Mistake(
                p["w"] - p["lr"] * self._steps(p, p["mu"])[2],
                "Only the second step was taken: it starts from $w_1$, not from $w_0$.",
            ),
        ]

    def statement(self, p: Parameters) -> str:
        factor = "" if p["a"] == 1 else rf"{number(p['a'])}\,"
        return (
            rf"A weight starts at $w_0 = {p['w']}$. The loss is $L(w) = {factor}(w "
            f"{signed(-p['c'])})^2$. Gradient descent with momentum repeats\n\n"
            r"$$v \leftarrow \mu v + \frac{\mathrm{d}L}{\mathrm{d}w}, \qquad "
            r"w \leftarrow w - \eta v$$"
            rf"{_BREAK}with $\eta = {number(p['lr'])}$, $\mu = {number(p['mu'])}$ and "
            "$v = 0$ at the start. What is $w$ after two steps?"
        )

    def solution(self, p: Parameters) -> str:
        v1, w1, v2, _ = self._steps(p, p["mu"])
        slope, lr = 2 * p["a"], number(p["lr"])
        factor = "" if slope == 1 else number(slope)
        times = "" if slope == 1 else rf"{number(slope)} \cdot "
        g1, g2 = v1, self._gradient(p, w1)
        return (
            rf"The gradient is $L'(w) = {factor}(w {signed(-p['c'])})$. First step; "
            "the velocity is the gradient, since it starts at 0:\n\n"
            r"$$\begin{aligned} "
            rf"g_1 &= {times}({p['w']} {signed(-p['c'])}) = {number(g1)} \\ "
            rf"v_1 &= {number(p['mu'])} \cdot 0 {signed(g1)} = {number(v1)} \\ "
            rf"w_1 &= {p['w']} - {lr} \cdot {bracketed(v1)} {equals(w1, 4)} "
            r"\end{aligned}$$"
            "\n\nSecond step; the gradient is taken at the new place, and a share "
            r"$\mu$ of the velocity stays:"
            "\n\n"
            r"$$\begin{aligned} "
            rf"g_2 &= {times}({number(w1, 4)} {signed(-p['c'])}) {equals(g2, 4)} \\ "
            rf"v_2 &= {number(p['mu'])} \cdot {bracketed(v1)} {signed(g2, 4)} "
            rf"{equals(v2, 4)} \\ "
            rf"w_2 &= {number(w1, 4)} - {lr} \cdot {bracketed(v2, 4)} "
            rf"{gives(self.key(p), 3)} \end{{aligned}}$$"
        )


class AdamSteps(Calculation):
    """Two steps of Adam with gradients that pull in opposite directions."""

    id = "adam-steps"
    number = 23
    topic = "optimisers"
    difficulty = "very hard"
    decimals = 3
    why_right = "Right: both running means corrected by the step's own factor."

    def draw(self, rng: random.Random) -> Parameters:
        sign = rng.choice([-1, 1])
        first, second = rng.sample(range(1, 11), 2)
        return {
            "w": rng.randrange(-30, 31) / 10,
            "g": (sign * first / 2, -sign * second / 2),
            "lr": rng.choice([0.1, 0.2, 0.5]),
            "beta1": rng.choice([0.5, 0.8, 0.9]),
            "beta2": rng.choice([0.9, 0.99, 0.999]),
        }

    def _means(self, p: Parameters) -> list[tuple[float, float]]:
        """Return the running means of gradient and square after each step."""
        m = v = 0.0
        means = []
        for g in p["g"]:
            m = p["beta1"] * m + (1 - p["beta1"]) * g
            v = p["beta2"] * v + (1 - p["beta2"]) * g**2
            means.append((m, v))
        return means

    def _corrected(self, p: Parameters) -> list[tuple[float, float]]:
        return [
            (m / (1 - p["beta1"] ** t), v / (1 - p["beta2"] ** t))
            for t, (m, v) in enumerate(self._means(p), start=1)
        ]

    def _weights(self, p: Parameters, steps: Sequence[float]) -> list[float]:
        """Return the weight after each step."""
        first = float(p["w"] - p["lr"] * steps[0])
        return [first, first - p["lr"] * steps[1]]

    def key(self, p: Parameters) -> float:
        steps = [m / math.sqrt(v) for m, v in self._corrected(p)]
        return self._weights(p, steps)[-1]

    def mistakes(self, p: Parameters) -> list[Mistake]:
        uncorrected = [m / math.sqrt(v) for m, v in self._means(p)]
        rootless = [m / v for m, v in self._corrected(p)]
        return [
            Mistake(
                self._weights(p, uncorrected)[-1],
                "The bias correction is missing: both means start at 0 and are too "
                "small at first, but not by the same factor.",
            ),
            Mistake(
                self._weights(p, p["g"])[-1],
                "Plain gradient descent. Adam steps by the mean gradient over the root "
                "of the mean square.",
            ),
            Mistake(
                self._weights(p, rootless)[-1],
                "Divided by the mean square itself; its root is missing.",
            ),
        ]

    def statement(self, p: Parameters) -> str:
        g1, g2 = (number(g) for g in p["g"])
        return (
            f"A weight starts at $w_0 = {number(p['w'])}$. Adam, with bias correction, "
            rf"takes two steps with learning rate $\eta = {number(p['lr'])}$, "
            rf"$\beta_1 = {number(p['beta1'])}$ and $\beta_2 = {number(p['beta2'])}$; "
            r"$\varepsilon$ is so small that you can take it as 0, and there is no "
            f"weight decay. The gradient is $g_1 = {g1}$ in the first step and $g_2 = "
            f"{g2}$ in the second. What is $w$ after both?"
        )

    def solution(self, p: Parameters) -> str:
        (m1, v1), (m2, v2) = self._means(p)
        (m1_hat, v1_hat), (m2_hat, v2_hat) = self._corrected(p)
        g1, g2 = (bracketed(g) for g in p["g"])
        lr, beta1, beta2 = (number(p[name]) for name in ("lr", "beta1", "beta2"))
        rest1, rest2 = number(1 - p["beta1"]), number(1 - p["beta2"])
        step1, step2 = m1_hat / math.sqrt(v1_hat), m2_hat / math.sqrt(v2_hat)
        w1 = self._weights(p, (step1, step2))[0]
        return (
            "Adam keeps running means $m$ of the gradients and $v$ of their squares, "
            r"both from 0, and divides them by $1 - \beta^t$ in step $t$. In the first "
            "step this gives back the gradient and its square, so the step has length "
            rf"$\eta$:{_BREAK}"
            r"$$\begin{aligned} "
            rf"m_1 &= {rest1} \cdot {g1} = {number(m1, 5)} \\ \hat m_1 &= "
            rf"\frac{{{number(m1, 5)}}}{{1 - {beta1}}} = {number(m1_hat)} \\ "
            rf"v_1 &= {rest2} \cdot {g1}^2 = {number(v1, 5)} \\ \hat v_1 &= "
            rf"\frac{{{number(v1, 5)}}}{{1 - {beta2}}} = {number(v1_hat)} \\ "
            rf"w_1 &= {number(p['w'])} - {lr} \cdot "
            rf"\frac{{{number(m1_hat)}}}{{\sqrt{{{number(v1_hat)}}}}} = {number(w1)} "
            rf"\end{{aligned}}$${_BREAK}"
            "In the second step the old mean and the new gradient pull in opposite "
            "directions, while the squares only add up:\n\n"
            r"$$\begin{aligned} "
            rf"m_2 &= {beta1} \cdot {bracketed(m1, 5)} + {rest1} \cdot {g2} "
            rf"{equals(m2, 5)} \\ \hat m_2 &= \frac{{{number(m2, 5)}}}{{1 - "
            rf"{beta1}^2}} {equals(m2_hat, 5)} \\ "
            rf"v_2 &= {beta2} \cdot {number(v1, 5)} + {rest2} \cdot {g2}^2 "
            rf"{equals(v2, 8)} \\ \hat v_2 &= \frac{{{number(v2, 8)}}}{{1 - "
            rf"{beta2}^2}} {equals(v2_hat, 5)} \\ "
            rf"w_2 &= {number(w1)} - {lr} \cdot "
            rf"\frac{{{number(m2_hat, 5)}}}{{\sqrt{{{number(v2_hat, 5)}}}}} "
            rf"{gives(self.key(p), 3)} \end{{aligned}}$$"
        )


_BREAK = "\n\n"

ALL = (MomentumSteps(), AdamSteps())
