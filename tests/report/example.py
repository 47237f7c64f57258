"""The example report of the book: an invented class with Lab 2's real items.

``python -m tests.report.example`` writes it to ``book/_static/report-example.html``. No
student is behind it: marks are drawn from a model of answers, messages are those of the
assignment's tests.
"""

from __future__ import annotations

import math
import random
import sys
import tempfile
from pathlib import Path

from dlcourse.report.source import class_report

from .gradebooks import HIDDEN, VISIBLE, Failure, HandedIn, School

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "book/_static/report-example.html"
NAME = "lab02-autograd"
DUE = "2026-10-12 22:00:00"
SIZE = 38
# Marks, how hard it is, how well it tells strong from weak, seconds, what tests say.
TESTS = {
    "two-paths": (3, -1.5, 1.4, 0.01, ["two_paths(2.0, 1.0): a: expected 64, got {n}"]),
    "partials": (
        3,
        -0.9,
        1.8,
        0.02,
        [
            "5p, which does not use q: expected the keys ['p', 'q'], got ['p']",
            "z at a = {x}, b = -1.3, call 2: a: expected {n}, got {m}",
            "z of Task 1 at a = 2, b = 1: a: expected a number, got Tensor",
        ],
    ),
    "largest-gap": (
        2,
        -0.3,
        1.3,
        0.04,
        [
            "expected a float, got Tensor",
            "the points require gradients now or got some; work on a copy",
            "0/0: expected nan, got {x}",
        ],
    ),
    "relu-neuron": (
        3,
        -0.8,
        1.6,
        0.01,
        ["a silent neuron, relu_neuron(2.0, 1.5, -4.0): w: expected 0, got {x}"],
    ),
    "neuron-gradients": (
        3,
        -0.2,
        2.0,
        0.03,
        [
            "sigmoid, w = 2, x = 1.5, b = -1, in float64: w: expected {n}, got {m}",
            "ReLU, w = 2, x = 1.5, b = -1: expected a dictionary, got tuple",
        ],
    ),
    "sigmoid-neuron": (
        3,
        -0.6,
        1.5,
        0.01,
        ["sigmoid_neuron(2.0, 1.5, -1.0): b: expected {n}, got {m}"],
    ),
    "bell": (
        3,
        0.1,
        0.1,
        0.02,
        [
            "f' at 41 points from -3 to 2, torch.float32: expected {n} at index {k}, "
            "got {m}",
            "expected two results, f and f', got Tensor",
        ],
    ),
    "derivative": (
        3,
        0.6,
        1.7,
        0.05,
        [
            "sine: the result still requires gradients",
            "cube at 30 points, torch.float32: expected dtype torch.float32, got "
            "torch.float64",
            "gradients went on to what the points were calculated from; detach the "
            "points",
        ],
    ),
    "tree-autograd": (
        3,
        1.3,
        1.6,
        0.9,
        [
            "tree_autograd({x}, {n}, {m}), in float64: expected the keys ['x', 'y', "
            "'z'], got ['x', 'y']",
            "tree_autograd(1.0, 2.0, 3.0): x: expected {n}, got {m}",
        ],
    ),
}
ANSWERS = {"two-paths-words": 3.0}


def fill(school: School) -> None:
    """Put the invented class into a course without one."""
    (school.root / "_config.yml").write_text("title: Deep Learning Lab\n")
    points = {name: float(row[0]) for name, row in TESTS.items()}
    school.release(NAME, points, ANSWERS, due=DUE)
    draw = random.Random(2)
    for number in range(SIZE):
        student = f"s{1001 + 7 * number}"
        school.hand_in(NAME, student, _work(draw, number))
    school.know("s1400", "s1401", "s1402")
    school.collect(NAME, "s1403")


def _work(draw: random.Random, number: int) -> HandedIn:
    strength = draw.gauss(0.5, 1.0)
    marks, failures, seconds = [], {}, {}
    for name, (most, hard, slope, usual, said) in TESTS.items():
        passed = draw.random() < 1 / (1 + math.exp(-slope * (strength - hard)))
        marks.append(float(most) if passed else 0.0)
        seconds[name] = round(usual * draw.lognormvariate(0.3, 0.5), 3)
        if not passed:
            failures[name] = _failure(draw, name, said, strength)
    if number == 21:  # a loop that does not end
        seconds["tree-autograd"] = 9.4
    by_hand = min(3.0, max(0.0, round(1.6 + strength + draw.gauss(0, 0.6))))
    late = number in (9, 30)
    return HandedIn(
        marks=marks,
        hand=[None if number % 8 == 5 else by_hand],
        when=f"2026-10-1{2 + late} {16 + number % 6}:{draw.randrange(60):02}:00",
        extra={"two-paths-words": 1.0} if number == 3 else {},
        failures=failures,
        seconds=seconds,
        flags=["for review: cell 14 reads IPython's history"] if number == 17 else [],
        events=["cell derivative-test had been edited: the original ran"]
        if number in (4, 26)
        else [],
    )


def _failure(
    draw: random.Random, name: str, said: list[str], strength: float
) -> Failure:
    if strength < -0.6 and draw.random() < 0.6:
        return Failure(f"{name}: not written yet", VISIBLE, "NotImplementedError")
    text = said[min(int(draw.expovariate(1.2)), len(said) - 1)]
    numbers = {
        "n": f"{draw.uniform(0, 9):.6g}",
        "m": f"{draw.uniform(-9, 9):.6g}",
        "x": f"{draw.choice([-2.0, 0.0, 0.7, 1.5])}",
        "k": str(draw.randrange(41)),
    }
    hidden = "call 2" in text or "points" in text or "float64" in text
    return Failure(text.format(**numbers), HIDDEN if hidden else VISIBLE)


def page(school: School) -> str:
    """Make the example's page in a course without a class."""
    fill(school)
    return class_report(school.root, NAME, print)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        made = page(School(Path(folder) / "course"))
    PAGE.write_text(made, encoding="utf-8")
    sys.stdout.write(f"Written: {PAGE.relative_to(ROOT)}\n")
