"""What students hand in for the toy assignment: right, partly right, and broken."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Notebook = dict[str, Any]

RIGHT = {
    "double": "def double(number):\n    return number + number\n",
    "backwards": "def backwards(text):\n    return ''.join(reversed(text))\n",
    "longest": "def longest(words):\n    return sorted(words, key=len)[-1]\n"
    "longest = lambda words: max(words, key=len)\n",
    "why": "Because max compares words by the alphabet.\n",
}
# Passes the visible test, fails the hidden one.
WRONG_BACKWARDS = "def backwards(text):\n    return text\n"


def cell(notebook: Notebook, grade_id: str) -> dict[str, Any]:
    """Find a cell of the assignment."""
    return next(
        one
        for one in notebook["cells"]
        if one["metadata"].get("nbgrader", {}).get("grade_id") == grade_id
    )


def place(notebook: Notebook, grade_id: str) -> int:
    return notebook["cells"].index(cell(notebook, grade_id))


def answered(release: bytes, **answers: str) -> Notebook:
    """Fill in the right answers, or others."""
    notebook: Notebook = json.loads(release)
    for grade_id, source in {**RIGHT, **answers}.items():
        cell(notebook, grade_id)["source"] = source
    return notebook


def written(notebook: Notebook) -> bytes:
    return json.dumps(notebook, indent=1).encode()


def own_cell(source: str) -> dict[str, Any]:
    """A cell that a student adds."""
    return {
        "cell_type": "code",
        "execution_count": None,
        "id": "of-my-own",
        "metadata": {},
        "outputs": [],
        "source": source,
    }


def pasted(original: dict[str, Any]) -> dict[str, Any]:
    """A cell after copy and paste in Jupyter, which drops the mark of a locked cell."""
    twin = copy.deepcopy(original)
    twin["id"] = f"{original['id']}-copy"
    del twin["metadata"]["deletable"]
    return twin


def without(*grade_ids: str) -> Callable[[bytes], bytes]:
    def make(release: bytes) -> bytes:
        notebook = answered(release)
        for grade_id in grade_ids:
            notebook["cells"].remove(cell(notebook, grade_id))
        return written(notebook)

    return make


def with_duplicates(release: bytes) -> bytes:
    """A test pasted above its solution and emptied; an answer pasted and left alone."""
    notebook = answered(release)
    test = pasted(cell(notebook, "backwards-test"))
    test["source"] = "pass"
    notebook["cells"].insert(place(notebook, "backwards"), test)
    notebook["cells"].append(pasted(cell(notebook, "why")))
    notebook["cells"][-1]["source"] = cell(json.loads(release), "why")["source"]
    return written(notebook)


def relabelled(release: bytes) -> bytes:
    """Ten times the points, an old schema, a test that is none, a version to come."""
    notebook = answered(release, backwards=WRONG_BACKWARDS)
    cell(notebook, "double-test")["metadata"]["nbgrader"]["points"] = 20
    cell(notebook, "longest-test")["metadata"]["nbgrader"]["schema_version"] = 1
    cell(notebook, "longest")["metadata"]["nbgrader"]["schema_version"] = 4
    cell(notebook, "backwards-test")["metadata"]["nbgrader"]["grade"] = False
    return written(notebook)


def skipped(release: bytes) -> bytes:
    """A failing test that asks not to be run."""
    notebook = answered(release, backwards=WRONG_BACKWARDS)
    cell(notebook, "backwards-test")["metadata"]["tags"] = ["skip-execution"]
    return written(notebook)


def other_format(release: bytes) -> bytes:
    notebook = answered(release)
    notebook["nbformat"] = 7
    return written(notebook)


def old_format(release: bytes) -> bytes:
    """Notebook format 3, as IPython wrote it until 2015."""
    notebook = answered(release)
    cells = []
    for one in notebook["cells"]:
        old = {"cell_type": one["cell_type"], "metadata": one["metadata"]}
        if one["cell_type"] == "code":
            old |= {"input": one["source"], "language": "python", "outputs": []}
            old |= {"collapsed": False}
        else:
            old |= {"source": one["source"]}
        cells.append(old)
    return written(
        {
            "metadata": {"name": ""},
            "nbformat": 3,
            "nbformat_minor": 0,
            "worksheets": [{"cells": cells, "metadata": {}}],
        }
    )


def _answers(**answers: str) -> Callable[[bytes], bytes]:
    return lambda release: written(answered(release, **answers))


def _death(statement: str) -> str:
    return f"import os, signal\nprint('so far so good', flush=True)\n{statement}\n"


@dataclass(frozen=True)
class Case:
    """What a student hands in, and what must come of it.

    ``marks`` are of the 9 by tests; ``events`` is what the report says besides the
    answer to mark by hand, which ``waits`` or was not there to be read.
    """

    make: Callable[[bytes], bytes]
    marks: float
    events: tuple[str, ...] = ()
    waits: bool = True
    file: str = "toy.ipynb"


CASES = {
    "Ref Erence": Case(_answers(), 9),
    "Un Touched": Case(lambda release: release, 0, waits=False),
    "Part Ly": Case(_answers(backwards=WRONG_BACKWARDS), 6),
    "In Finite": Case(
        _answers(backwards="while True:\n    pass\n"),
        6,
        ("cell backwards: stopped after 5 s",),
    ),
    "Loop Intest": Case(
        _answers(backwards="def backwards(text):\n    while True:\n        pass\n"),
        6,
        ("cell backwards-test: stopped after 5 s",),
    ),
    "Chatter Box": Case(
        _answers(backwards="while True:\n    print('on and on', flush=True)\n"),
        6,
        ("cell backwards: stopped after 5 s",),
    ),
    "Stub Born": Case(
        _answers(
            backwards="import signal\n"
            "signal.signal(signal.SIGINT, signal.SIG_IGN)\n"
            "while True:\n    pass\n"
        ),
        2,
        ("cell backwards did not stop after 5 s: later cells got 0",),
    ),
    "Ex It": Case(
        _answers(backwards=_death("os._exit(0)")),
        2,
        ("kernel died in cell backwards: later cells got 0",),
    ),
    "Sig Kill": Case(
        _answers(longest=_death("os.kill(os.getpid(), signal.SIGKILL)")),
        5,
        ("kernel died in cell longest: later cells got 0",),
    ),
    "Qu It": Case(
        _answers(backwards="exit()\n"),
        2,
        ("cell backwards called exit(): later cells got 0",),
    ),
    "Not Json": Case(
        lambda release: b"<<<<<<< HEAD\n" + release,
        0,
        ("file is not JSON (line 1): 0 marks, nothing could be run",),
        waits=False,
    ),
    "Em Pty": Case(
        lambda release: b"",
        0,
        ("file is empty: 0 marks, nothing could be run",),
        waits=False,
    ),
    "Miss Ing": Case(
        _answers(),
        0,
        (
            "toy.ipynb is not among the files (found Untitled.ipynb): 0 marks, nothing "
            "could be run",
        ),
        waits=False,
        file="Untitled.ipynb",
    ),
    "Co Pied": Case(
        _answers(),
        9,
        ("toy (1).ipynb was taken for toy.ipynb",),
        file="toy (1).ipynb",
    ),
    "De Leted": Case(
        without("helper", "backwards-test", "why"),
        9,
        ("cells helper, backwards-test, why had been deleted: put back",),
        waits=False,
    ),
    "Gone Altogether": Case(
        without("backwards", "backwards-test"),
        6,
        ("cell backwards-test had been deleted: put back",),
    ),
    "Du Plicate": Case(
        with_duplicates,
        9,
        (
            "backwards-test stood twice: the locked original counts",
            "why stood twice: the original counts",
        ),
    ),
    "Re Labelled": Case(
        relabelled,
        6,
        (
            "nbgrader's metadata of cells double-test, backwards-test, longest, "
            "longest-test had been changed: put right",
        ),
    ),
    "Sk Ipped": Case(skipped, 6),
    "Fu Ture": Case(
        other_format, 9, ("file says notebook format 7: read as format 4",)
    ),
    "Ol Der": Case(old_format, 9),
}
