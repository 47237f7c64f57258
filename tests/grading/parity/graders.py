"""Marks of the same submissions by stock nbgrader and by `dlcourse grade`."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import jupytext
from nbgrader.api import Gradebook

ROOT = Path(__file__).parents[3]
PROGRAMS = Path(sys.executable).parent
TIMEOUT = 30  # seconds a cell: stock's default
# What a course must say to nbgrader, and no more: where things are, and how an answer
# looks that nobody gave.
STOCK = """
c = get_config()
c.CourseDirectory.root = {root!r}
c.CourseDirectory.course_id = "deep-learning-lab"
c.ClearSolutions.text_stub = "*Your answer: write it in place of this line.*"
c.Execute.timeout = {timeout}
"""

# By student, then by cell; None where a person has to mark.
Scores = dict[str, dict[str, float | None]]


@dataclass(frozen=True)
class Work:
    """An assignment and what was handed in for it.

    Attributes:
        name: of the assignment.
        source: its source, MyST text.
        handed_in: the notebook of each student.
        files: names of notebooks that are not the assignment's, by student.
        timeout: seconds a cell.
    """

    name: str
    source: Path
    handed_in: Mapping[str, bytes]
    files: Mapping[str, str] = field(default_factory=dict)
    timeout: int = TIMEOUT


def differences(
    stock: Scores, ours: Scores
) -> dict[tuple[str, str], tuple[float | None, float | str | None]]:
    """Find the marks that are not the same, by student and cell: (stock's, ours)."""
    assert ours.keys() == stock.keys()
    return {
        (student, cell): (score, ours[student].get(cell, "missing"))
        for student, cells in stock.items()
        for cell, score in cells.items()
        if ours[student].get(cell, "missing") != score
    }


def by_stock(folder: Path, work: Work) -> Scores:
    """Mark with nbgrader as it comes: its own steps, an ordinary kernel.

    Args:
        folder: to work in, empty.
        work: to mark; what nbgrader gives up on has no scores.
    """
    config = STOCK.format(root=str(folder), timeout=work.timeout)
    (folder / "nbgrader_config.py").write_text(config)
    source = folder / "source" / work.name / f"{work.name}.ipynb"
    source.parent.mkdir(parents=True)
    jupytext.write(jupytext.read(work.source, fmt="md:myst"), source)
    _submit(folder / "submitted", work)
    _run(folder, "nbgrader", "generate_assignment", work.name)
    _run(folder, "nbgrader", "autograde", work.name, may_fail=True)
    return read_scores(f"sqlite:///{folder}/gradebook.db", work)


def by_ours(folder: Path, work: Work) -> Scores:
    """Mark with `dlcourse grade`, in a sandbox."""
    make_course(folder, work.name, work.source)
    _submit(folder / "class/submitted", work)
    _run(folder, "dlcourse", "grade", work.name, "--timeout", str(work.timeout))
    return read_scores(f"sqlite:///{folder}/class/gradebook.db", work)


def make_course(folder: Path, name: str, source: Path) -> bytes:
    """Make a course of one assignment; returns its release."""
    shutil.copy(ROOT / "nbgrader_config.py", folder)
    (folder / "_toc.yml").touch()
    (folder / "solutions" / name).mkdir(parents=True)
    shutil.copy(source, folder / "solutions" / name / f"{name}.md")
    _run(folder, "nbgrader", "generate_assignment", name)
    return (folder / "exercises" / name / f"{name}.ipynb").read_bytes()


def _submit(folder: Path, work: Work) -> None:
    for student, content in work.handed_in.items():
        file = work.files.get(student) or f"{work.name}.ipynb"
        path = folder / student / work.name / file
        path.parent.mkdir(parents=True)
        path.write_bytes(content)


def _run(folder: Path, *command: str, may_fail: bool = False) -> None:
    done = subprocess.run(
        [str(PROGRAMS / command[0]), *command[1:]],
        cwd=folder,
        env={
            **os.environ,
            "PATH": f"{PROGRAMS}{os.pathsep}{os.environ['PATH']}",
            "DLCOURSE_DATA": "offline",
            "OMP_NUM_THREADS": "1",
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=3600,
        check=False,
    )
    failed = done.returncode != 0 and not may_fail
    assert not failed, f"{' '.join(command)} failed:\n{done.stdout[-4000:]}"


def read_scores(db_url: str, work: Work) -> Scores:
    """Read what the grader gave for each cell; marks by hand do not count."""
    with Gradebook(db_url, "deep-learning-lab") as gradebook:
        return {
            submission.student_id: {
                grade.name: grade.auto_score
                for notebook in submission.notebooks
                for grade in notebook.grades
            }
            for submission in gradebook.find_assignment(work.name).submissions
        }
