"""A class as classes are: most of it right, some of it broken, a few up to no good."""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from dlcourse.bench.answers import HOSTILE, NOTES, RIGHT, SCRATCH, WRONG

NAME = "small"
# Of a hundred students.
MIX = {"right": 60, "partly": 20, "wrong": 12, "broken": 5, "hostile": 3}
POINTS = {"loss": 2, "fit": 3, "picture": 1, "numpy": 2}

Notebook = dict[str, Any]


@dataclass(frozen=True)
class Student:
    """What one student hands in.

    Attributes:
        name: the student's id.
        kind: one of ``MIX``.
        files: what is handed in, by file name.
        marks: what it must earn; None for hostile work, of which only the answers to
            other tasks count, and not even those if it was caught.
    """

    name: str
    kind: str
    files: Mapping[str, bytes]
    marks: int | None


def make_students(release: Notebook, count: int) -> Iterator[Student]:
    """Make a class; the first students of a large one are those of a small one.

    Args:
        release: the notebook of ``small`` that students get.
        count: how many students.

    Yields:
        The students, of every kind its share at any moment.
    """
    dealt: Counter[str] = Counter()
    for number in range(count):
        kind = max(MIX, key=lambda one: MIX[one] * (number + 1) / 100 - dealt[one])
        yield _student(release, number, kind, dealt[kind])
        dealt[kind] += 1


def _student(release: Notebook, number: int, kind: str, turn: int) -> Student:
    chance = random.Random(number)
    name = f"student-{number:05}"
    answers = {task: chance.choice(RIGHT[task]) for task in RIGHT}
    marks: int | None = sum(POINTS.values())
    if kind in ("partly", "wrong"):
        missed = chance.sample(sorted(WRONG), 1 + turn % 2 if kind == "partly" else 4)
        for task in missed:
            answers[task] = chance.choice(WRONG[task])
            marks = (marks or 0) - POINTS[task]
        # One mistake costs one task's marks: the others do without that answer.
        if "loss" in missed and "fit" not in missed:
            answers["fit"] = RIGHT["fit"][1]
        if "fit" in missed and "picture" not in missed:
            answers["picture"] = _WITHOUT_FIT
    elif kind == "hostile":
        answers["fit"] = list(HOSTILE.values())[turn % len(HOSTILE)]
        marks = None
    notebook = _written(release, answers, number, chance)
    if kind != "broken":
        return Student(name, kind, {f"{NAME}.ipynb": _bytes(notebook)}, marks)
    break_it, left = _BROKEN[turn % len(_BROKEN)]
    return Student(name, kind, break_it(notebook), marks if left else 0)


# A picture that needs no trained line, by a student who could not train one.
_WITHOUT_FIT = (
    "figure, axes = plt.subplots()\n"
    "axes.scatter(x, y, s=5)\n"
    "axes.plot(x, 3 * x + 1)  # guessed\n"
)


def _written(
    release: Notebook, answers: Mapping[str, str], number: int, chance: random.Random
) -> Notebook:
    """Fill in answers; like a student, with cells and remarks of one's own."""
    notebook: Notebook = json.loads(json.dumps(release))
    cells = []
    for cell in notebook["cells"]:
        cells.append(cell)
        task = cell["metadata"].get("nbgrader", {}).get("grade_id")
        if task in answers:
            cell["source"] = f"# My answer, number {number}.\n{answers[task]}"
        elif task is not None and chance.random() < 0.3:
            cells.append(_own("code", chance.choice(SCRATCH), len(cells)))
        if task in answers and chance.random() < 0.2:
            cells.append(_own("markdown", chance.choice(NOTES), len(cells)))
    notebook["cells"] = cells
    return notebook


def _own(kind: str, source: str, place: int) -> dict[str, Any]:
    cell = {"cell_type": kind, "id": f"own-{place}", "metadata": {}, "source": source}
    return cell | ({"execution_count": None, "outputs": []} if kind == "code" else {})


def _bytes(notebook: Notebook) -> bytes:
    return json.dumps(notebook, indent=1).encode()


def _without_test(notebook: Notebook) -> dict[str, bytes]:
    cells = [
        cell
        for cell in notebook["cells"]
        if cell["metadata"].get("nbgrader", {}).get("grade_id") != "fit-test"
    ]
    return {f"{NAME}.ipynb": _bytes({**notebook, "cells": cells})}


# How work gets broken, and whether marks are left: what can be put right, is.
_BROKEN: tuple[tuple[Callable[[Notebook], dict[str, bytes]], bool], ...] = (
    (_without_test, True),
    (lambda notebook: {f"{NAME}.ipynb": _bytes(notebook)[:-2000]}, False),
    (lambda notebook: {f"{NAME}.ipynb": b""}, False),
    (lambda notebook: {"Untitled.ipynb": _bytes(notebook)}, False),
    (lambda notebook: {f"{NAME}.ipynb": b"<<<<<<< HEAD\n" + _bytes(notebook)}, False),
    (lambda notebook: {f"{NAME} (1).ipynb": _bytes(notebook)}, True),
)
