"""Templates on losses and training: cross-entropy, its gradient, a step of descent."""

from __future__ import annotations

import math
import random
from typing import Any, ClassVar

from dlcourse.exam.maths import bracketed, number, signed, vector
from dlcourse.exam.template import Calculation, Mistake, Parameters

_COUNTS = {3: "three", 4: "four"}


class SoftmaxCrossEntropy(Calculation):
    """The loss of one example, from its logits."""

    id = "softmax-cross-entropy"
    number = 3
    topic = "training"
    difficulty = "medium"
    decimals = 3
    why_right: ClassVar[str] = (
        "Right: the logarithm of the sum of exponentials, less the true class's logit."
    )

    def draw(self, rng: random.Random) -> Parameters:
        while True:
            p = {
                "z": [rng.randrange(-20, 31) / 10 for _ in range(3)],
                "true": rng.randrange(3),
            }
            # The solution's four decimals must not end in a 5, to be rounded again.
            if round(self._log_sum(p) * 10_000) % 10 != 5:
                return p

    def key(self, p: Parameters) -> float:
        return float(self._log_sum(p) - p["z"][p["true"]])

    def _log_sum(self, p: Parameters) -> float:
        return math.log(math.fsum(map(math.exp, p["z"])))

    def mistakes(self, p: Parameters) -> list[Mistake]:
        true = p["true"]
        return [
            Mistake(
                self._log_sum(p),
                "This is the logarithm of the sum of exponentials. The logit of the "
                "true class still has to be subtracted.",
            ),
            Mistake(
                self.key(p) / math.log(2),
                "The logarithm was taken to base 2. The loss uses the natural one.",
            ),
            Mistake(
                math.log1p(math.exp(-p["z"][true])),
                rf"This is $-\ln \sigma(z_{true})$, the loss of a sigmoid. Softmax "
                "looks at the other classes' logits, too.",
            ),
        ]

    def statement(self, p: Parameters) -> str:
        return (
            "For one example, a network gives three classes, counted from 0, the "
            f"logits $z = {vector(p['z'], 1)}$. The true class is {p['true']}. What is "
            "the cross-entropy loss, that is, the negative natural logarithm of the "
            "probability that softmax gives the true class?"
        )

    def solution(self, p: Parameters) -> str:
        true = p["true"]
        logit = p["z"][true]
        powers = " + ".join(f"e^{{{number(z, 1)}}}" for z in p["z"])
        values = " + ".join(f"{math.exp(z):.4f}" for z in p["z"])
        total = math.fsum(map(math.exp, p["z"]))
        return (
            "The negative logarithm of the softmax probability is\n\n"
            rf"$$-\ln \frac{{e^{{z_{true}}}}}{{\sum_j e^{{z_j}}}} "
            rf"= \ln \sum_j e^{{z_j}} - z_{true}.$$"
            "\n\nThe first term needs all three logits:\n\n"
            rf"$$\ln \bigl( {powers} \bigr) \approx \ln \bigl( {values} \bigr) "
            rf"\approx \ln {total:.4f} \approx {self._log_sum(p):.4f}$$"
            "\n\nThe second is the logit of the true class:\n\n"
            rf"$${self._log_sum(p):.4f} - {bracketed(logit, 1)} \approx "
            rf"{self.key(p):.3f}$$"
        )


class CrossEntropyGradient(Calculation):
    """How the loss moves with one logit."""

    id = "cross-entropy-gradient"
    number = 4
    topic = "training"
    difficulty = "easy"
    decimals = 3
    why_right: ClassVar[str] = (
        "Right: the probability that the network gives, less the one it should give."
    )

    def draw(self, rng: random.Random) -> Parameters:
        count = rng.choice([3, 4])
        while True:
            cuts = sorted(rng.sample(range(60, 941), count - 1))
            parts = [b - a for a, b in zip([0, *cuts], [*cuts, 1000], strict=True)]
            if min(parts) >= 60:
                break
        true = rng.randrange(count)
        # The true class, or another one, each half of the time.
        k = rng.choice([true, rng.choice([c for c in range(count) if c != true])])
        return {"probs": [part / 1000 for part in parts], "true": true, "k": k}

    def key(self, p: Parameters) -> float:
        return float(p["probs"][p["k"]] - (p["k"] == p["true"]))

    def mistakes(self, p: Parameters) -> list[Mistake]:
        k, true = p["k"], p["true"]
        chance = p["probs"][k]
        if k == true:
            by_chance = Mistake(
                -1 / chance,
                rf"This is $\partial L / \partial p_{k} = -1/p_{k}$. It still has to "
                "pass through the softmax to the logit.",
            )
        else:
            by_chance = Mistake(
                0.0,
                rf"This is $\partial L / \partial p_{k}$, as $-\ln p_{true}$ does not "
                f"contain $p_{k}$. But $z_{k}$ changes $p_{true}$ through the sum in "
                "the softmax.",
            )
        return [
            Mistake(
                -self.key(p),
                f"The sign is the wrong way round: this is $y_{k} - p_{k}$, the "
                "direction in which descent moves the logit.",
            ),
            Mistake(
                chance * (1 - chance),
                rf"This is $p_{k}(1 - p_{k}) = \partial p_{k} / \partial z_{k}$, the "
                "slope of the softmax without the loss.",
            ),
            by_chance,
        ]

    def statement(self, p: Parameters) -> str:
        k, true, probs = p["k"], p["true"], p["probs"]
        return (
            f"For one example, a network gives {_COUNTS[len(probs)]} classes, counted "
            "from 0, one logit $z_j$ each. Softmax turns the logits into the "
            f"probabilities $p = {vector(probs)}$. The true class is {true}, so the "
            rf"loss is $L = -\ln p_{true}$. What is $\partial L / \partial z_{k}$, the "
            f"derivative with respect to the logit of class {k}?"
        )

    def solution(self, p: Parameters) -> str:
        k, true = p["k"], p["true"]
        wanted = int(k == true)
        if wanted:
            first = f"Class {k} is the true one, so $y_{k} = 1$"
            last = "The derivative is negative, and a step of descent raises the logit:"
        else:
            first = f"Class {k} is not the true one, so $y_{k} = 0$"
            last = "The derivative is positive, and a step of descent lowers the logit:"
        return (
            rf"In $L = \ln \sum_j e^{{z_j}} - z_{true}$ the first term has the "
            f"derivative $p_{k}$. The second adds $-1$ if class {k} is the true "
            "one:\n\n"
            rf"$$\frac{{\partial L}}{{\partial z_{k}}} = p_{k} - y_{k},$$"
            "\n\nwhere $y_j$ is 1 for the true class and 0 for the others. "
            f"{first}. {last}\n\n"
            rf"$$\frac{{\partial L}}{{\partial z_{k}}} "
            rf"= {p['probs'][k]:.3f} - {wanted} = {self.key(p):.3f}$$"
        )


class DescentStep(Calculation):
    """One step of gradient descent on a line through two points."""

    id = "descent-step"
    number = 5
    topic = "training"
    difficulty = "medium"
    decimals = 3
    labels: ClassVar[tuple[str, ...]] = ("$w$", "$b$")
    why_right: ClassVar[str] = (
        "Right: both gradients are taken at the old place, then both parameters move "
        "against them."
    )

    def draw(self, rng: random.Random) -> Parameters:
        while True:
            p: dict[str, Any] = {
                "w": rng.choice([n / 10 for n in range(-20, 31) if n]),
                "b": rng.choice([n / 10 for n in range(-20, 31) if n]),
                "lr": rng.choice([0.01, 0.02, 0.05, 0.1]),
                "x": rng.sample([-3, -2, -1, 1, 2, 3, 4, 5], 2),
                "y": [rng.randint(-5, 9) for _ in range(2)],
            }
            slope, offset = self._gradient(p, p["w"], p["b"])
            steps = [abs(p["lr"] * slope), abs(p["lr"] * offset)]
            w, b = self._step(p, -1)
            if min(steps) >= 0.05 and max(steps) <= 2 and self._better(p, w, b):
                return p

    def _errors(self, p: Parameters, w: float, b: float) -> list[float]:
        return [w * x + b - y for x, y in zip(p["x"], p["y"], strict=True)]

    def _better(self, p: Parameters, w: float, b: float) -> bool:
        """Tell whether the errors at w and b are smaller than at the start."""
        before = self._errors(p, p["w"], p["b"])
        return sum(e * e for e in self._errors(p, w, b)) < sum(e * e for e in before)

    def _gradient(self, p: Parameters, w: float, b: float) -> tuple[float, float]:
        errors = self._errors(p, w, b)
        # The mean over two points of 2ex, and of 2e.
        return sum(e * x for e, x in zip(errors, p["x"], strict=True)), sum(errors)

    def _step(self, p: Parameters, factor: float) -> list[float]:
        """Move both parameters by a multiple of the learning rate times gradient."""
        slope, offset = self._gradient(p, p["w"], p["b"])
        rate = factor * p["lr"]
        return [p["w"] + rate * slope, p["b"] + rate * offset]

    def key(self, p: Parameters) -> list[float]:
        return self._step(p, -1)

    def mistakes(self, p: Parameters) -> list[Mistake]:
        w = self.key(p)[0]
        late = p["b"] - p["lr"] * self._gradient(p, w, p["b"])[1]
        return [
            Mistake(
                self._step(p, 1),
                "The sign is wrong: this step goes along the gradient, up the loss.",
            ),
            Mistake(
                self._step(p, -0.5),
                "The factor 2 from the derivative of the square is missing.",
            ),
            Mistake(
                self._step(p, -2),
                "The gradients of the two points were added. The loss is their mean.",
            ),
            Mistake(
                [w, late],
                "The gradient for $b$ was taken at the new $w$. Both gradients belong "
                "to the old place.",
            ),
        ]

    def statement(self, p: Parameters) -> str:
        points = " and ".join(
            f"$(x, y) = {vector(point, 0)}$"
            for point in zip(p["x"], p["y"], strict=True)
        )
        return (
            rf"The model $\hat{{y}} = wx + b$ has $w = {number(p['w'], 1)}$ and "
            f"$b = {number(p['b'], 1)}$. The data are the two points {points}. The "
            r"loss is the mean of $(\hat{y} - y)^2$ over both points, without any "
            "further factor. Make one step of gradient descent on both points "
            f"together, with learning rate {number(p['lr'], 2)}. What are the new $w$ "
            "and $b$?"
        )

    def solution(self, p: Parameters) -> str:
        w, b, rate = p["w"], p["b"], p["lr"]
        errors = self._errors(p, w, b)
        slope, offset = self._gradient(p, w, b)
        lines = r" \\ ".join(
            rf"e_{i} &= {number(w, 1)} \cdot {bracketed(x)} {signed(b, 1)} "
            rf"- {bracketed(y)} = {number(e, 1)}"
            for i, x, y, e in zip((1, 2), p["x"], p["y"], errors, strict=True)
        )
        pulls = " + ".join(
            rf"2 \cdot {bracketed(e, 1)} \cdot {bracketed(x)}"
            for e, x in zip(errors, p["x"], strict=True)
        )
        plain = " + ".join(rf"2 \cdot {bracketed(e, 1)}" for e in errors)
        new_w, new_b = self.key(p)
        return (
            r"The errors $e_i = \hat{y}_i - y_i$ are"
            "\n\n"
            rf"$$\begin{{aligned}} {lines} \end{{aligned}}$$"
            "\n\nThe gradients are means over both points:\n\n"
            r"$$\begin{aligned} \frac{\partial L}{\partial w} "
            rf"&= \frac{{1}}{{2}} ({pulls}) = {number(slope, 1)} \\ "
            r"\frac{\partial L}{\partial b} "
            rf"&= \frac{{1}}{{2}} ({plain}) = {number(offset, 1)} \end{{aligned}}$$"
            "\n\nBoth parameters move against them, by the learning rate:\n\n"
            rf"$$\begin{{aligned}} w_{{\text{{new}}}} &= {number(w, 1)} "
            rf"- {number(rate, 2)} \cdot {bracketed(slope, 1)} = {new_w:.3f} \\ "
            rf"b_{{\text{{new}}}} &= {number(b, 1)} "
            rf"- {number(rate, 2)} \cdot {bracketed(offset, 1)} = {new_b:.3f} "
            r"\end{aligned}$$"
        )


ALL = (SoftmaxCrossEntropy(), CrossEntropyGradient(), DescentStep())
