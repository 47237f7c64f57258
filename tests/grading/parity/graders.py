"""Marks of the same submissions by stock nbgrader and by `dlcourse grade`."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from nbgrader.api import Gradebook

ROOT = Path(__file__).parents[3]
PROGRAMS = Path(sys.executable).parent
TIMEOUT = 30  # seconds a cell: stock's default
# What a course must say to nbgrader, and no more: where things are.
STOCK = """
c = get_config()
c.CourseDirectory.root = {root!r}
c.CourseDirectory.course_id = "deep-learning-lab"
"""

# By student, then by cell; None where a person has to mark.
Scores = dict[str, dict[str, float | None]]


def by_stock(folder: Path, source: Path, handed_in: Mapping[str, bytes]) -> Scores:
    """Mark with nbgrader as it comes: its own steps, an ordinary kernel.

    Args:
        folder: to work in, empty.
        source: the assignment's source as a notebook.
        handed_in: notebooks by student.
    """
    name = source.stem
    (folder / "nbgrader_config.py").write_text(STOCK.format(root=str(folder)))
    (folder / "source" / name).mkdir(parents=True)
    shutil.copy(source, folder / "source" / name / source.name)
    _submit(folder / "submitted", name, handed_in)
    _run(folder, "nbgrader", "generate_assignment", name)
    _run(folder, "nbgrader", "autograde", name)
    return read_scores(f"sqlite:///{folder}/gradebook.db", name)


def by_ours(
    folder: Path, name: str, solution: Path, handed_in: Mapping[str, bytes]
) -> Scores:
    """Mark with `dlcourse grade`.

    Args:
        folder: to work in, empty.
        name: of the assignment.
        solution: its source as text.
        handed_in: notebooks by student.
    """
    shutil.copy(ROOT / "nbgrader_config.py", folder)
    (folder / "_toc.yml").touch()
    (folder / "solutions" / name).mkdir(parents=True)
    shutil.copy(solution, folder / "solutions" / name / f"{name}.md")
    _submit(folder / "class/submitted", name, handed_in)
    _run(folder, "nbgrader", "generate_assignment", name)
    _run(folder, "dlcourse", "grade", name, "--timeout", str(TIMEOUT))
    return read_scores(f"sqlite:///{folder}/class/gradebook.db", name)


def _submit(folder: Path, name: str, handed_in: Mapping[str, bytes]) -> None:
    for student, content in handed_in.items():
        path = folder / student / name / f"{name}.ipynb"
        path.parent.mkdir(parents=True)
        path.write_bytes(content)


def _run(folder: Path, *command: str) -> str:
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
    assert done.returncode == 0, f"{' '.join(command)} failed:\n{done.stdout[-4000:]}"
    return done.stdout


def read_scores(db_url: str, name: str) -> Scores:
    """Read what the grader gave for each cell; marks by hand do not count."""
    with Gradebook(db_url, "deep-learning-lab") as gradebook:
        return {
            submission.student_id: {
                grade.name: grade.auto_score
                for notebook in submission.notebooks
                for grade in notebook.grades
            }
            for submission in gradebook.find_assignment(name).submissions
        }
