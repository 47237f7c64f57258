"""Templates on attacks: one step, and two with projection."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from typing import Any, ClassVar

from dlcourse.exam.maths import number, signed, vector
from dlcourse.exam.template import Calculation, Mistake, Parameters


def _sign(value: float) -> int:
    return (value > 0) - (value < 0)


def _clip(value: float, low: float, high: float) -> float:
    return min(max(value, low), high)


class Fgsm(Calculation):
    """One signed step on two pixels."""

    id = "fgsm"
    number = 39
    topic = "adversarial"
    difficulty = "medium"
    decimals = 2
    labels: ClassVar[tuple[str, ...]] = ("$x'_1$", "$x'_2$")
    why_right: ClassVar[str] = (
        "Right: one step of ε in each pixel, in the right direction, then clipped."
    )

    def draw(self, rng: random.Random) -> Parameters:
        eps = rng.choice([0.06, 0.08, 0.1, 0.12, 0.15, 0.2])
        p: dict[str, Any] = {
            "eps": eps,
            "targeted": rng.random() < 0.5,
            "label": rng.randrange(2),
        }
        signs = [rng.choice([-1, 1]) for _ in range(2)]
        if rng.random() < 0.5:
            p["gradient"] = [s * rng.randrange(2, 31) / 10 for s in signs]
        else:
            p["w"] = [s * rng.randrange(1, 9) / 2 for s in signs]
            p["b"] = rng.choice([-1, 1]) * rng.randrange(1, 11) / 10
        # One pixel leaves the range on its way, the other one never does.
        leaver = rng.randrange(2)
        hundredths = round(100 * eps)
        p["x"] = [
            rng.randrange(hundredths + 3, 98 - hundredths) / 100 for _ in range(2)
        ]
        near = rng.randrange(1, hundredths - 2) / 100
        p["x"][leaver] = near if self._ways(p)[leaver] < 0 else 1 - near
        p["x"] = [round(x, 2) for x in p["x"]]
        return p

    def _gradient(self, p: Parameters) -> list[float]:
        """Return the loss's gradient with respect to the pixels."""
        if "gradient" in p:
            return list(p["gradient"])
        return [(self._chance(p) - p["label"]) * w for w in p["w"]]

    def _logit(self, p: Parameters) -> float:
        terms = zip(p["w"], p["x"], strict=True)
        return float(sum(w * x for w, x in terms) + p["b"])

    def _chance(self, p: Parameters) -> float:
        return 1 / (1 + math.exp(-self._logit(p)))

    def _ways(self, p: Parameters) -> list[int]:
        """Return for each pixel whether it goes up, 1, or down, -1."""
        way = -1 if p["targeted"] else 1
        if "gradient" in p:
            return [way * _sign(g) for g in p["gradient"]]
        # A probability less the label: below 0 for label 1, above 0 for label 0.
        return [way * (-1 if p["label"] else 1) * _sign(w) for w in p["w"]]

    def _step(
        self, p: Parameters, steps: Sequence[float], clipped: bool = True
    ) -> list[float]:
        moved = [x + p["eps"] * s for x, s in zip(p["x"], steps, strict=True)]
        return [_clip(x, 0.0, 1.0) for x in moved] if clipped else moved

    def key(self, p: Parameters) -> list[float]:
        return self._step(p, self._ways(p))

    def mistakes(self, p: Parameters) -> list[Mistake]:
        ways = self._ways(p)
        way = -1 if p["targeted"] else 1
        wrong = (
            "The step goes up the loss. A targeted attack makes the loss of its target "
            "small, so it goes down."
            if p["targeted"]
            else "The step goes down the loss. An untargeted attack makes the loss of "
            "the true class large, so it goes up."
        )
        return [
            Mistake(self._step(p, [-step for step in ways]), wrong),
            Mistake(
                self._step(p, [way * g for g in self._gradient(p)]),
                "The gradient itself was multiplied by ε. FGSM takes its sign only, so "
                "that each pixel moves by the whole ε.",
            ),
            Mistake(
                self._step(p, ways, clipped=False),
                "One pixel has left the range from 0 to 1: it still has to be clipped.",
            ),
        ]

    def statement(self, p: Parameters) -> str:
        goal = (
            f"the target class {p['label']}"
            if p["targeted"]
            else f"the picture's true class {p['label']}"
        )
        kind = "a targeted" if p["targeted"] else "an untargeted"
        if "gradient" in p:
            model = (
                f"Let $L$ be the network's loss for {goal}. Its gradient with respect "
                rf"to the pixels is $\nabla_x L = {vector(p['gradient'])}$."
            )
        else:
            model = (
                r"A logistic model gives it the probability "
                r"$p = \sigma(w^\top x + b)$ "
                rf"of class 1, with $w = {vector(p['w'])}$ and $b = {number(p['b'])}$. "
                f"Let $L$ be the binary cross-entropy of $p$ for {goal}."
            )
        return (
            rf"A picture has two pixels, $x = {vector(p['x'])}$. Pixels lie between 0 "
            f"and 1, also those of the attacked picture $x'$. {model}\n\n"
            rf"FGSM makes {kind} attack with $\varepsilon = {number(p['eps'])}$. What "
            "are the pixels of $x'$?"
        )

    def solution(self, p: Parameters) -> str:
        eps, ways = number(p["eps"]), self._ways(p)
        way = "-" if p["targeted"] else "+"
        if "gradient" in p:
            gradient = (
                rf"The gradient has the signs ${self._signs(self._gradient(p))}$. "
            )
        else:
            error, side = ("(p - 1)", "below") if p["label"] else ("p", "above")
            gradient = (
                rf"The gradient is $\nabla_x L = {error}\, w$: probability less label, "
                "times the weights. A probability lies between 0 and 1, so "
                rf"${error.strip('()')}$ is {side} zero without computing it, and the "
                rf"gradient has the signs ${self._signs(self._gradient(p))}$. "
            )
        direction = (
            "A targeted attack goes down the loss of its target."
            if p["targeted"]
            else "An untargeted attack goes up the loss of the true class."
        )
        lines = []
        for place, (x, step) in enumerate(zip(p["x"], ways, strict=True), start=1):
            moved = x + p["eps"] * step
            kept = _clip(moved, 0.0, 1.0)
            cut = rf", \text{{ clipped to }} {kept:.2f}" if moved != kept else ""
            lines.append(
                rf"x'_{place} &= {x:.2f} {'-' if step < 0 else '+'} "
                rf"{p['eps']:.2f} = {moved:.2f}{cut}"
            )
        body = r" \\ ".join(lines)
        return (
            rf"{gradient}{direction} So $x' = \operatorname{{clip}}(x {way} {eps} "
            r"\cdot \operatorname{sign} \nabla_x L)$, and each pixel moves by the "
            r"whole $\varepsilon$:"
            "\n\n"
            rf"$$\begin{{aligned}} {body} \end{{aligned}}$$"
        )

    def _signs(self, values: Sequence[float]) -> str:
        inner = r",\, ".join("+" if value > 0 else "-" for value in values)
        return f"({inner})"


class Pgd(Calculation):
    """Two signed steps on two pixels, with a projection after each."""

    id = "pgd"
    number = 40
    topic = "adversarial"
    difficulty = "very hard"
    decimals = 2
    labels: ClassVar[tuple[str, ...]] = ("first pixel", "second pixel")
    why_right: ClassVar[str] = (
        "Right: a fresh gradient and a projection in each of the two steps."
    )
    # Radius and step: one step stays in the ball, two in a row leave it.
    _SIZES: ClassVar[tuple[tuple[float, float], ...]] = (
        (0.1, 0.07),
        (0.12, 0.08),
        (0.15, 0.1),
        (0.16, 0.1),
        (0.18, 0.12),
        (0.2, 0.12),
        (0.25, 0.15),
    )

    def draw(self, rng: random.Random) -> Parameters:
        while True:
            p = self._candidate(rng)
            if self._telling(p):
                return p

    def _candidate(self, rng: random.Random) -> dict[str, Any]:
        eps, alpha = rng.choice(self._SIZES)
        edge = rng.randrange(2)
        near = rng.randrange(1, round(100 * alpha) - 2) / 100
        x = [0.0, 0.0]
        x[edge] = round(rng.choice([near, 1 - near]), 2)
        most = round(100 * eps) + 3
        x[1 - edge] = rng.randrange(most, 101 - most) / 100
        a, b, d = (rng.choice([-4, -3, -2, -1, 1, 2, 3, 4]) for _ in range(3))
        rows = [[a, b], [b, d]]
        # Slopes are small at the start, so that one can change its sign.
        slopes = [rng.choice([-1, 1]) * rng.randrange(5, 60) / 100 for _ in range(2)]
        constants = [
            round(slope - row[0] * x[0] - row[1] * x[1], 1)
            for slope, row in zip(slopes, rows, strict=True)
        ]
        return {
            "x": x,
            "eps": eps,
            "alpha": alpha,
            "rows": rows,
            "constants": constants,
            "targeted": rng.random() < 0.5,
            "edge": edge,
        }

    def _telling(self, p: Parameters) -> bool:
        """Tell whether each projection acts, and the pixel at the edge turns back."""
        path = self._path(p)
        first, second = (self._gradient(p, x) for x in path[:2])
        edge, other = p["edge"], 1 - p["edge"]
        way = -1 if p["targeted"] else 1
        outwards = 1 if p["x"][edge] > 0.5 else -1
        clear = all(abs(slope) > 0.04 for slope in (*first, *second))
        return (
            clear
            and way * _sign(first[edge]) == outwards
            and _sign(second[edge]) == -_sign(first[edge])
            and _sign(second[other]) == _sign(first[other])
            and all(p["constants"])
        )

    def _gradient(self, p: Parameters, x: Sequence[float]) -> list[float]:
        return [
            row[0] * x[0] + row[1] * x[1] + constant
            for row, constant in zip(p["rows"], p["constants"], strict=True)
        ]

    def _project(self, p: Parameters, x: Sequence[float]) -> list[float]:
        eps = p["eps"]
        return [
            _clip(value, max(0.0, start - eps), min(1.0, start + eps))
            for value, start in zip(x, p["x"], strict=True)
        ]

    def _step(
        self, p: Parameters, x: Sequence[float], at: Sequence[float], way: int
    ) -> list[float]:
        """Go from ``x`` by the gradient's sign at a point, without a projection."""
        return [
            value + way * p["alpha"] * _sign(slope)
            for value, slope in zip(x, self._gradient(p, at), strict=True)
        ]

    def _path(self, p: Parameters, flip: int = 1) -> list[list[float]]:
        """Return the picture before, between and after the two steps."""
        way = flip * (-1 if p["targeted"] else 1)
        path = [list(p["x"])]
        for _ in range(2):
            path.append(self._project(p, self._step(p, path[-1], path[-1], way)))
        return path

    def key(self, p: Parameters) -> list[float]:
        return self._path(p)[-1]

    def mistakes(self, p: Parameters) -> list[Mistake]:
        way = -1 if p["targeted"] else 1
        first = self._step(p, p["x"], p["x"], way)
        free = self._step(p, first, first, way)
        inside = self._project(p, first)
        stale = self._project(p, self._step(p, inside, p["x"], way))
        wrong = (
            "Both steps go up the loss of the target; a targeted attack goes down."
            if p["targeted"]
            else "Both steps go down the loss; an untargeted attack goes up."
        )
        return [
            Mistake(
                free,
                "Nothing was projected, neither onto the ball nor onto the range "
                "of pixels.",
            ),
            Mistake(
                self._project(p, free),
                "The projection came once, at the end. After the first step one pixel "
                "was out of range, and the second step began there.",
            ),
            Mistake(self._path(p, flip=-1)[-1], wrong),
            Mistake(inside, "This is the picture after one step."),
            Mistake(
                stale,
                "The gradient of the start was used twice. PGD computes it anew, and a "
                "sign has changed.",
            ),
        ]

    def statement(self, p: Parameters) -> str:
        rows = r" \\ ".join(
            self._affine(row, constant)
            for row, constant in zip(p["rows"], p["constants"], strict=True)
        )
        kind, label = (
            ("a targeted", "target") if p["targeted"] else ("an untargeted", "true")
        )
        return (
            rf"A picture has two pixels, $x = {vector(p['x'])}$. Pixels lie between 0 "
            f"and 1, also those of an attacked picture. The loss of the {label} class "
            "has at each point $(x_1, x_2)$ the gradient\n\n"
            rf"$$\nabla L(x_1, x_2) = \begin{{bmatrix}} {rows} \end{{bmatrix}}.$$"
            f"\n\nPGD makes {kind} attack: from $x$, two steps by the gradient's "
            rf"sign, of size $\alpha = {number(p['alpha'])}$ each, in the ball "
            rf"$\lVert x' - x \rVert_\infty \le \varepsilon = {number(p['eps'])}$. "
            "What are the two pixels after the second step?"
        )

    def _affine(self, row: Sequence[float], constant: float) -> str:
        """Write a row of the gradient, such as 2 x_1 - x_2 + 0.3."""
        first, second = row
        size = "" if abs(first) == 1 else number(abs(first)) + r"\, "
        other = "" if abs(second) == 1 else number(abs(second)) + r"\, "
        return (
            f"{'-' if first < 0 else ''}{size}x_1 {'-' if second < 0 else '+'} "
            f"{other}x_2 {signed(constant)}"
        )

    def solution(self, p: Parameters) -> str:
        way = -1 if p["targeted"] else 1
        limits = [(max(0.0, x - p["eps"]), min(1.0, x + p["eps"])) for x in p["x"]]
        ranges = " and ".join(
            rf"$[{number(low)}, {number(high)}]$" for low, high in limits
        )
        direction = (
            "A targeted attack goes down the loss of its target, against the "
            "gradient's sign."
            if p["targeted"]
            else "An untargeted attack goes up the loss, along the gradient's sign."
        )
        parts = []
        path = self._path(p)
        size = f"{p['alpha']:.2f}"
        for place, x in enumerate(path[:2]):
            slopes = self._gradient(p, x)
            moved = self._step(p, x, x, way)
            name = ("First", "Second")[place]
            terms = r" \quad \text{and} \quad ".join(
                f"{start:.2f} {'-' if end < start else '+'} {size} = {end:.2f}"
                for start, end in zip(x, moved, strict=True)
            )
            kept = ", ".join(f"{value:.2f}" for value in path[place + 1])
            parts.append(
                rf"**{name} step.** At ${vector(x)}$ the gradient is "
                rf"${vector(slopes)}$. The step leads to"
                "\n\n"
                rf"$${terms},$$"
                "\n\n"
                f"and the projection makes it $({kept})$."
            )
        body = "\n\n".join(parts)
        return (
            f"{direction} After each step, each pixel is clipped to what the ball "
            "around the original picture and the range from 0 to 1 allow together: "
            f"{ranges}.\n\n{body}\n\nOne pixel turned back, since its slope changed "
            "sign; the other went to the limit of the ball."
        )


ALL = (Fgsm(), Pgd())
