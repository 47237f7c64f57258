"""``nbgrader autograde`` goes the same way as ``dlcourse grade``."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest
from nbgrader.api import Gradebook

from .conftest import run_in
from .submissions import CASES, answered, own_cell, place, written

QUICK = ("Ref Erence", "Un Touched", "Part Ly", "Sig Kill", "Qu It", "Not Json",
         "De Leted", "Du Plicate", "Re Labelled", "Sk Ipped", "Ol Der")  # fmt: skip


def tampering(release: bytes) -> bytes:
    notebook = answered(release)
    lie = own_cell("def same(got, expected): pass\n")
    notebook["cells"].insert(place(notebook, "double"), lie)
    return written(notebook)


def careful(release: bytes) -> bytes:
    """Warns, reads a file handed in beside, and prints a lot."""
    double = (
        "import warnings\nimport mine\nwarnings.warn('careful')\n"
        "print('x' * 10_000_000)\ndef double(number): return number * mine.TWO\n"
    )
    return written(answered(release, double=double))


MORE: dict[str, Callable[[bytes], bytes]] = {"Lie Ar": tampering, "Care Ful": careful}


@pytest.fixture(scope="module")
def graded(
    released: Path, release: bytes, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """A course after `nbgrader autograde`."""
    course = tmp_path_factory.mktemp("by-hand") / "course"
    shutil.copytree(released, course)
    makers = {student: CASES[student].make for student in QUICK} | MORE
    for student, make in makers.items():
        folder = course / "class/submitted" / student / "toy"
        folder.mkdir(parents=True)
        (folder / "toy.ipynb").write_bytes(make(release))
        (folder / "mine.py").write_text("TWO = 2\n")
    run_in(course, "nbgrader", "autograde", "toy")
    return course


@pytest.mark.parametrize("student", [*QUICK, *MORE])
def test_marks_are_those_of_the_batch(graded: Path, student: str) -> None:
    marks = {"Lie Ar": 0.0, "Care Ful": 9.0}
    wanted = CASES[student].marks if student in CASES else marks[student]
    with Gradebook(f"sqlite:///{graded}/class/gradebook.db") as book:
        submission = book.find_submission("toy", student)
        assert submission.score == wanted
        [notebook] = submission.notebooks
        waiting = {one.name for one in notebook.grades if one.needs_manual_grade}
        flagged = notebook.flagged
        empty = {one.name for one in notebook.comments if one.auto_comment}
    answers = {"why"} if student in MORE or CASES[student].waits else set()
    tests = {"double-test", "backwards-test", "longest-test"}
    assert waiting == answers | (tests if student == "Lie Ar" else set())
    assert flagged is (student in ("Lie Ar", "Sig Kill"))
    assert ("why" in empty) is ("why" not in answers)


@pytest.mark.parametrize("student", QUICK)
def test_notebooks_tell_what_happened(graded: Path, student: str) -> None:
    path = graded / "class/autograded" / student / "toy/toy.ipynb"
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    assert tuple(notebook.metadata.dlcourse.events) == CASES[student].events
    assert notebook.metadata.kernelspec.name == "python3"


def test_output_is_cut(graded: Path) -> None:
    path = graded / "class/autograded/Care Ful/toy/toy.ipynb"
    assert path.stat().st_size < 300_000
