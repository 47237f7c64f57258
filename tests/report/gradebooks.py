"""A course with a gradebook, made by nbgrader's own API, and notebooks as graded."""

from __future__ import annotations

import os
import sys
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from unittest import mock

from nbgrader.api import Gradebook
from sqlalchemy import text
from sqlalchemy.exc import SAWarning

from dlcourse.grading.shelf import notebook_bytes

_CONFIG = """\
from pathlib import Path
c = get_config()
root = Path(__file__).resolve().parent
c.CourseDirectory.root = str(root)
c.CourseDirectory.course_id = "test-course"
c.CourseDirectory.submitted_directory = "class/submitted"
c.CourseDirectory.autograded_directory = "class/autograded"
c.CourseDirectory.db_url = f"sqlite:///{root}/class/gradebook.db"
"""
VISIBLE, HIDDEN = 1, 3  # lines of a test that may fail
_BEGUN = datetime(2026, 10, 1, 9, tzinfo=UTC)


@dataclass(frozen=True)
class Failure:
    """What a test says, and on which of its lines it fails."""

    message: str
    line: int = VISIBLE
    name: str = "AssertionError"


@dataclass
class HandedIn:
    """A submission after grading.

    ``marks`` are those of tests, in order; ``hand`` those of answers, None while they
    wait. ``failures`` and ``seconds`` are by the name of the item.
    """

    marks: Sequence[float | None]
    hand: Sequence[float | None] = ()
    when: str = "2026-09-30 12:00:00"
    extra: Mapping[str, float] = field(default_factory=dict)
    failures: Mapping[str, Failure] = field(default_factory=dict)
    seconds: Mapping[str, float] = field(default_factory=dict)
    events: Sequence[str] = ()
    flags: Sequence[str] = ()
    unreadable: str = ""
    penalty: float = 0.0
    notebook: bool = True  # whether the graded notebook is there


class School:
    """A course folder with a gradebook.

    An assignment has tests, NAME-test with its solution NAME, and answers in words.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self.url = f"sqlite:///{root}/class/gradebook.db"
        self._tests: dict[str, dict[str, float]] = {}
        self._answers: dict[str, dict[str, float]] = {}
        if (root / "class/gradebook.db").is_file():
            return  # a copy of an empty one
        (root / "class").mkdir(parents=True)
        (root / "nbgrader_config.py").write_text(_CONFIG)
        (root / "_toc.yml").touch()
        programs = str(Path(sys.executable).parent)
        path = f"{programs}{os.pathsep}{os.environ['PATH']}"
        # nbgrader makes its tables with the program alembic, on the path or not.
        with mock.patch.dict(os.environ, PATH=path), Gradebook(self.url):
            pass

    @contextmanager
    def _book(self) -> Iterator[Gradebook]:
        with warnings.catch_warnings(), Gradebook(self.url) as book:
            # Of nbgrader's models, which nobody here can mend.
            warnings.simplefilter("ignore", SAWarning)
            book.db.execute(text("PRAGMA synchronous = OFF"))  # it need not last
            yield book

    def release(
        self,
        name: str,
        tests: Mapping[str, float],
        answers: Mapping[str, float] | None = None,
        due: str | None = None,
    ) -> None:
        self._tests[name], self._answers[name] = dict(tests), dict(answers or {})
        with self._book() as book:
            book.add_assignment(name, **({"duedate": due} if due else {}))
            book.add_notebook(name, name)
            where = (name, name)
            for cell in self._cells(name):
                labels = cell["metadata"]["nbgrader"]
                grade_id, kind = labels["grade_id"], cell["cell_type"]
                shown = {"cell_type": kind, "source": cell["source"]}
                book.add_source_cell(grade_id, *where, locked=labels["locked"], **shown)
                if labels["grade"]:
                    points = labels["points"]
                    book.add_grade_cell(
                        grade_id, *where, max_score=points, cell_type=kind
                    )
                if labels["solution"]:
                    book.add_solution_cell(grade_id, *where)

    def know(self, *students: str) -> None:
        with self._book() as book:
            for student in students:
                book.update_or_create_student(student)

    def collect(self, name: str, student: str) -> None:
        """Leave a submission where `nbgrader collect` does, not graded."""
        (self.root / "class/submitted" / student / name).mkdir(parents=True)

    def hand_in(self, name: str, student: str, work: HandedIn) -> None:
        self.know(student)
        tests, answers = self._tests[name], self._answers[name]
        given = dict(zip((f"{t}-test" for t in tests), work.marks, strict=True))
        hand = dict(zip(answers, work.hand or [None] * len(answers), strict=True))
        with self._book() as book:
            submission = book.add_submission(name, student, timestamp=work.when)
            grades = [one for book_ in submission.notebooks for one in book_.grades]
            notebook = submission.notebooks[0]
            notebook.flagged = bool(work.flags)
            notebook.late_submission_penalty = work.penalty or None
            for grade in grades:
                if grade.name == "extra-test":
                    grade.auto_score, grade.needs_manual_grade = 1.0, False
                elif grade.name in given:
                    grade.auto_score = given[grade.name]
                    grade.needs_manual_grade = given[grade.name] is None
                else:
                    grade.manual_score = hand[grade.name]
                    grade.needs_manual_grade = hand[grade.name] is None
                grade.extra_credit = work.extra.get(grade.name)
            book.db.commit()
        if work.notebook:
            path = self.root / "class/autograded" / student / name / f"{name}.ipynb"
            path.parent.mkdir(parents=True)
            path.write_bytes(notebook_bytes(self._graded(name, work)))

    def change(self, student: str, name: str, grade_id: str, **values: Any) -> None:
        """Change a grade, as formgrader or a batch does."""
        with self._book() as book:
            grade = book.find_grade(grade_id, name, name, student)
            for key, value in values.items():
                setattr(grade, key, value)
            book.db.commit()

    def extend(self, student: str, name: str, days: int) -> None:
        with self._book() as book:
            book.grant_extension(name, student, days=days)

    def add_notebook(self, name: str, notebook: str) -> None:
        """Give an assignment a second notebook, with one test that all pass."""
        with self._book() as book:
            book.add_notebook(notebook, name)
            where = ("extra-test", notebook, name)
            shown = {"cell_type": "code", "source": "check()"}
            book.add_source_cell(*where, locked=True, **shown)
            book.add_grade_cell(*where, max_score=1.0, cell_type="code")

    def _cells(self, name: str) -> list[dict[str, Any]]:
        cells = []
        for test, points in self._tests[name].items():
            cells.append(_cell("code", test, "answer = 42\n", solution=True))
            lines = ("check()", "### BEGIN HIDDEN TESTS", "check_further()")
            source = "\n".join([*lines, "### END HIDDEN TESTS"])
            cells.append(
                _cell("code", f"{test}-test", source, points, locked=True, grade=True)
            )
        for answer, points in self._answers[name].items():
            cells.append(
                _cell("markdown", answer, "Why?", points, grade=True, solution=True)
            )
        return cells

    def _graded(self, name: str, work: HandedIn) -> dict[str, Any]:
        cells = self._cells(name)
        for number, cell in enumerate(cells, start=1):
            if cell["cell_type"] != "code":
                continue
            item = cell["metadata"]["nbgrader"]["grade_id"].removesuffix("-test")
            cell["execution_count"] = number
            if item in work.seconds:
                cell["metadata"]["execution"] = _times(work.seconds[item] / 2)
            if cell["metadata"]["nbgrader"]["grade"] and item in work.failures:
                cell["outputs"] = [_output(work.failures[item], number)]
        note = {"events": [*work.events], "flags": [*work.flags]}
        note |= {"unreadable": work.unreadable, "sha256": ""}
        return {
            "cells": cells,
            "metadata": {"dlcourse": note},
            "nbformat": 4,
            "nbformat_minor": 5,
        }


def _cell(
    kind: str, name: str, source: str, points: float = 0.0, **labels: bool
) -> dict[str, Any]:
    about: dict[str, Any] = {"grade": False, "solution": False, "locked": False}
    about |= {"task": False, "schema_version": 3, "grade_id": name, **labels}
    if about["grade"]:
        about["points"] = points
    cell = {"cell_type": kind, "id": name[:60], "source": source}
    cell["metadata"] = {"nbgrader": {**about, "cell_type": kind}}
    if kind == "code":
        cell |= {"outputs": [], "execution_count": None}
    return cell


def _output(failure: Failure, number: int) -> dict[str, Any]:
    frame = f"Cell In[{number}], line {failure.line}"
    said = f"{failure.name}: {failure.message}"
    return {
        "output_type": "error",
        "ename": failure.name,
        "evalue": failure.message,
        "traceback": [f"{frame}\n----> check()", said],
    }


def _times(seconds: float) -> dict[str, str]:
    ended = _BEGUN + timedelta(seconds=seconds)
    return {
        "iopub.execute_input": _BEGUN.isoformat(),
        "shell.execute_reply": ended.isoformat(),
    }
