"""Templates on graphs and gradients: two paths, a unit that is off."""

from __future__ import annotations

import random
from typing import ClassVar

from dlcourse.exam.drawings import graph
from dlcourse.exam.maths import bracketed, matrix, signed, vector
from dlcourse.exam.template import Calculation, Mistake, Parameters


class GraphGradient(Calculation):
    """A derivative in a graph where two paths meet: f = (ab + c)a."""

    id = "graph-gradient"
    number = 6
    topic = "autograd"
    difficulty = "easy"
    why_right: ClassVar[str] = "Right: the sum over both paths from $a$ to $f$."

    def draw(self, rng: random.Random) -> Parameters:
        values = [-5, -4, -3, -2, 2, 3, 4, 5, 6]
        return {name: rng.choice(values) for name in "abc"}

    def key(self, p: Parameters) -> float:
        return float(2 * p["a"] * p["b"] + p["c"])

    def mistakes(self, p: Parameters) -> list[Mistake]:
        a, b, c = p["a"], p["b"], p["c"]
        return [
            Mistake(
                float(a * b + c),
                "Only the path straight from $a$ to the last product was counted.",
            ),
            Mistake(
                float(a * b),
                "Only the path through the sum was counted. $a$ also goes straight "
                "into the last product.",
            ),
            Mistake(
                float(b + 1),
                "The derivatives of the two factors were added. In a product, each "
                "has to be multiplied by the other factor.",
            ),
        ]

    def statement(self, p: Parameters) -> str:
        return (
            "The graph computes $f$ from $a$, $b$ and $c$. A circle with × multiplies "
            "what goes into it, one with + adds it.\n\n"
            "![a and b go into a product; the product and c go into a sum; the sum "
            "and a go into a second product, which is f](graph.svg)\n\n"
            f"What is $\\partial f / \\partial a$ at $a = {p['a']}$, $b = {p['b']}$, "
            f"$c = {p['c']}$?"
        )

    def images(self, p: Parameters) -> dict[str, str]:
        nodes: dict[str, tuple[float, float]] = {
            "a": (0, 0),
            "b": (0, 1),
            "c": (1, 2),
            "u": (1, 1),
            "s": (2, 1),
            "t": (3, 0),
            "f": (4, 0),
        }
        edges = ["a-u", "b-u", "u-s", "c-s", "s-t", "a-t", "t-f"]
        return {
            "graph": graph(
                nodes,
                [(edge[0], edge[-1]) for edge in edges],
                {"u": "×", "s": "+", "t": "×"},
            )
        }

    def solution(self, p: Parameters) -> str:
        a, b, c = p["a"], p["b"], p["c"]
        total = a * b + c
        return (
            "Call the first product $u = ab$ and the sum $s = u + c$. Then $f = sa$. "
            "Forwards:\n\n"
            rf"$$u = {a} \cdot {bracketed(b)} = {a * b}, \qquad "
            rf"s = {a * b} {signed(c)} = {total}$$"
            "\n\nTwo paths lead from $a$ to $f$. Multiply along each:\n\n"
            rf"- straight into the last product: $s = {total}$;"
            "\n- through $u$ and $s$: "
            r"$\frac{\partial f}{\partial s} \cdot \frac{\partial s}{\partial u} \cdot "
            rf"\frac{{\partial u}}{{\partial a}} = a \cdot 1 \cdot b = {a} \cdot 1 "
            rf"\cdot {bracketed(b)} = {a * b}$."
            "\n\nAdd over both:\n\n"
            rf"$$\frac{{\partial f}}{{\partial a}} = {total} {signed(a * b)} "
            rf"= {self.key(p):.0f}$$"
        )


class DeadUnit(Calculation):
    """The gradient of a hidden weight where one of two ReLU units is off."""

    id = "dead-unit"
    number = 7
    topic = "autograd"
    difficulty = "hard"
    why_right: ClassVar[str] = (
        "Right: error times output weight times slope of ReLU times input."
    )

    def draw(self, rng: random.Random) -> Parameters:
        small = [-3, -2, -1, 1, 2, 3]
        while True:
            p = {
                "x": [rng.choice(small) for _ in range(2)],
                "W": [[rng.choice(small) for _ in range(2)] for _ in range(2)],
                "b": [rng.choice(small) for _ in range(2)],
                "v": [rng.choice([-4, -3, -2, 2, 3, 4]) for _ in range(2)],
                "c": rng.choice(small),
                "y": 0,
                "unit": rng.randrange(2),
                "input": rng.randrange(2),
            }
            sums = self._sums(p)
            # With the target 0 the error is the output.
            output = self._error(p)
            # One unit is on and one is off.
            if sums[0] * sums[1] >= 0 or abs(output) > 20:
                continue
            p["y"] = output - rng.choice([-5, -4, -3, -2, 2, 3, 4, 5])
            return p

    def _sums(self, p: Parameters) -> list[int]:
        """Compute what goes into ReLU."""
        return [
            sum(w * x for w, x in zip(row, p["x"], strict=True)) + b
            for row, b in zip(p["W"], p["b"], strict=True)
        ]

    def _error(self, p: Parameters, relu: bool = True) -> int:
        hidden = [max(0, a) if relu else a for a in self._sums(p)]
        output = sum(v * h for v, h in zip(p["v"], hidden, strict=True)) + p["c"]
        return int(output - p["y"])

    def _is_on(self, p: Parameters) -> bool:
        return self._sums(p)[p["unit"]] > 0

    def key(self, p: Parameters) -> float:
        slope = self._error(p) * p["v"][p["unit"]] * p["x"][p["input"]]
        return float(slope * self._is_on(p))

    def mistakes(self, p: Parameters) -> list[Mistake]:
        unit, other = p["unit"] + 1, 2 - p["unit"]
        x, v = p["x"][p["input"]], p["v"][p["unit"]]
        error, straight = self._error(p), self._error(p, relu=False)
        if self._is_on(p):
            return [
                Mistake(
                    0.0,
                    f"Hidden unit {other} is off, not hidden unit {unit}: "
                    f"$a_{unit} > 0$, so its ReLU lets the gradient through.",
                ),
                Mistake(
                    float(error * x),
                    f"The output weight $v_{unit}$ is missing. The gradient passes it "
                    "on the way back to the hidden unit.",
                ),
                Mistake(
                    float(v * x),
                    r"The error $\hat{y} - y$ is missing. This is the derivative of "
                    r"$\hat{y}$, not of $L$.",
                ),
                Mistake(
                    float(straight * v * x),
                    f"The error was computed without ReLU: $a_{other} < 0$ went into "
                    "the output where ReLU gives 0.",
                ),
            ]
        return [
            Mistake(
                float(error * v * x),
                f"The slope of ReLU is missing. As $a_{unit} < 0$, it is 0.",
            ),
            Mistake(
                float(error * x),
                f"Both the output weight $v_{unit}$ and the slope of ReLU are missing. "
                f"As $a_{unit} < 0$, that slope is 0.",
            ),
            Mistake(
                float(v * x),
                rf"Both the error $\hat{{y}} - y$ and the slope of ReLU are missing. "
                f"As $a_{unit} < 0$, that slope is 0.",
            ),
            Mistake(
                float(straight * v * x),
                f"ReLU was left out, forwards and backwards. As $a_{unit} < 0$, the "
                "unit gives 0 and its slope is 0.",
            ),
        ]

    def statement(self, p: Parameters) -> str:
        unit, place = p["unit"] + 1, p["input"] + 1
        return (
            "A network with two inputs, two hidden units and one output computes\n\n"
            r"$$a = Wx + b, \qquad h = \mathrm{ReLU}(a), \qquad "
            r"\hat{y} = v_1 h_1 + v_2 h_2 + c$$"
            "\n\nwith\n\n"
            rf"$$W = {matrix(p['W'])}, \quad b = {vector(p['b'])}, \quad "
            rf"v = {vector(p['v'])}, \quad c = {p['c']}.$$"
            f"\n\nThe input is $x = {vector(p['x'])}$, the target $y = {p['y']}$, and "
            r"the loss $L = \frac{1}{2} (\hat{y} - y)^2$. What is "
            rf"$\partial L / \partial w_{{{unit}{place}}}$, the derivative with "
            f"respect to the weight in row {unit}, column {place} of $W$, both counted "
            "from 1?"
        )

    def solution(self, p: Parameters) -> str:
        unit, place = p["unit"] + 1, p["input"] + 1
        sums, error, on = self._sums(p), self._error(p), self._is_on(p)
        hidden = [max(0, a) for a in sums]
        x, v = p["x"], p["v"]
        lines = r" \\ ".join(
            rf"a_{i} &= {row[0]} \cdot {bracketed(x[0])} {signed(row[1])} \cdot "
            rf"{bracketed(x[1])} {signed(b)} = {a}, & h_{i} &= {h}"
            for i, row, b, a, h in zip(
                (1, 2), p["W"], p["b"], sums, hidden, strict=True
            )
        )
        output = error + p["y"]
        if on:
            why = (
                f"Unit {unit} is on, as $a_{unit} > 0$: its ReLU has slope 1. Unit "
                f"{3 - unit} is off and gives 0, which counts in the output only."
            )
        else:
            why = (
                f"Unit {unit} is off, as $a_{unit} < 0$: its ReLU has slope 0. A small "
                "change of the weight changes neither $h$ nor the loss, however large "
                "the error is."
            )
        weight = f"w_{{{unit}{place}}}"
        return (
            "Forwards:\n\n"
            rf"$$\begin{{aligned}} {lines} \end{{aligned}}$$"
            "\n\n"
            rf"$$\hat{{y}} = {v[0]} \cdot {hidden[0]} {signed(v[1])} \cdot {hidden[1]} "
            rf"{signed(p['c'])} = {output}, \qquad "
            rf"\hat{{y}} - y = {output} - {bracketed(p['y'])} = {error}$$"
            "\n\nBackwards, the chain from the loss to the weight has four factors: "
            "the error, the output weight, the slope of ReLU and the input. "
            f"{why}\n\n"
            rf"$$\frac{{\partial L}}{{\partial {weight}}} = (\hat{{y}} - y) \cdot "
            rf"v_{unit} \cdot \mathrm{{ReLU}}'(a_{unit}) \cdot x_{place} "
            rf"= {error} \cdot {bracketed(v[p['unit']])} \cdot {int(on)} \cdot "
            rf"{bracketed(x[p['input']])} = {self.key(p):.0f}$$"
        )


ALL = (GraphGradient(), DeadUnit())
