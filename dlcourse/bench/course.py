"""Two courses with the same class: one for stock nbgrader, one for ours."""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dlcourse.bench.measure import program, run

SMALL = Path(__file__).with_name("small.md")

# What a course has that never heard of this project: folders, nothing else.
_STOCK_CONFIG = """\
c = get_config()
c.CourseDirectory.course_id = "stock"
c.CourseDirectory.db_url = "sqlite:///gradebook.db"
c.Execute.timeout = 60
"""
_SOLUTION_MARK = re.compile(r"^[ \t]*### (BEGIN|END) SOLUTION.*\n?", re.MULTILINE)


@dataclass(frozen=True)
class Course:
    """A course folder, its class, and the command that grades it."""

    folder: Path
    submitted: Path
    autograded: Path
    gradebook: Path
    command: list[str]

    @property
    def fresh_gradebook(self) -> Path:
        """The gradebook as it was before the first grading."""
        return self.folder / "gradebook.fresh"

    def hand_in(self, name: str, notebooks: Iterable[str]) -> None:
        """Start over: no marks, and these notebooks handed in, a student each."""
        shutil.copy(self.fresh_gradebook, self.gradebook)
        for folder in (self.autograded, self.submitted):
            shutil.rmtree(folder, ignore_errors=True)
        for number, text in enumerate(notebooks):
            handed_in = self.submitted / f"student-{number:04}" / name
            handed_in.mkdir(parents=True)
            (handed_in / f"{name}.ipynb").write_text(text, encoding="utf-8")

    def marks(self) -> dict[str, float]:
        """Read every student's marks by tests from the gradebook."""
        query = (
            "SELECT student.id, SUM(grade.auto_score) FROM grade"
            " JOIN submitted_notebook ON grade.notebook_id = submitted_notebook.id"
            " JOIN submitted_assignment"
            " ON submitted_notebook.assignment_id = submitted_assignment.id"
            " JOIN student ON submitted_assignment.student_id = student.id"
            " GROUP BY student.id"
        )
        with closing(sqlite3.connect(self.gradebook)) as database:
            return {student: score or 0.0 for student, score in database.execute(query)}


def release_course(root: Path, name: str, folder: Path, settings: str = "") -> Path:
    """Make a course of ours and release one assignment in it.

    Args:
        root: the real course's root folder, which is only read.
        name: an assignment of it, or ``small`` for the one that comes along.
        folder: where; it must not exist yet.
        settings: lines to add to ``nbgrader_config.py``.

    Returns:
        The folder.
    """
    source = SMALL if name == "small" else root / "solutions" / name / f"{name}.md"
    (folder / "solutions" / name).mkdir(parents=True)
    shutil.copy(source, folder / "solutions" / name / f"{name}.md")
    config = (root / "nbgrader_config.py").read_text(encoding="utf-8")
    (folder / "nbgrader_config.py").write_text(config + settings, encoding="utf-8")
    (folder / "_toc.yml").touch()
    run([program("dlcourse"), "release", name], folder)
    return folder


def make_courses(root: Path, name: str, folder: Path) -> tuple[Course, Course]:
    """Make both courses and release one assignment in each.

    Args:
        root: the real course's root folder, which is only read.
        name: an assignment of it, or ``small`` for the one that comes along.
        folder: an empty folder to work in.

    Returns:
        The stock course and ours.
    """
    ours = release_course(root, name, folder / "ours")
    stock = folder / "stock"
    (stock / "source").mkdir(parents=True)
    (stock / "nbgrader_config.py").write_text(_STOCK_CONFIG, encoding="utf-8")
    shutil.copytree(ours / "_build/nbgrader/source" / name, stock / "source" / name)
    run([program("nbgrader"), "generate_assignment", name, "--force"], stock)
    courses = (
        Course(
            folder=stock,
            submitted=stock / "submitted",
            autograded=stock / "autograded",
            gradebook=stock / "gradebook.db",
            command=[program("nbgrader"), "autograde", name],
        ),
        Course(
            folder=ours,
            submitted=ours / "class/submitted",
            autograded=ours / "class/autograded",
            gradebook=ours / "class/gradebook.db",
            command=[program("dlcourse"), "grade", name],
        ),
    )
    for course in courses:
        shutil.copy(course.gradebook, course.fresh_gradebook)
    return courses


def make_class(ours: Course, name: str, size: int) -> Iterator[str]:
    """Write the notebooks of a class, with small differences.

    Args:
        ours: the course whose release and source are the model.
        name: the assignment.
        size: how many students.

    Yields:
        The text of each notebook.
    """
    release = _read(ours.folder / "exercises" / name / f"{name}.ipynb")
    solved = _read(ours.folder / "_build/nbgrader/source" / name / f"{name}.ipynb")
    for number in range(size):
        yield json.dumps(submission(release, solved, number))


def submission(
    release: dict[str, Any], solved: dict[str, Any], number: int
) -> dict[str, Any]:
    """Fill in a release: student ``number`` leaves at most one task out.

    Args:
        release: the notebook that students get.
        solved: the instructor's source.
        number: which student; decides what is left out and the comments.

    Returns:
        The notebook to hand in.
    """
    answers = {
        _labels(cell).get("grade_id"): "".join(cell["source"])
        for cell in solved["cells"]
        if _labels(cell).get("solution") and cell["cell_type"] == "code"
    }
    left_out = list(answers)[number % len(answers)] if number % 4 == 3 else None
    filled = json.loads(json.dumps(release))
    for cell in filled["cells"]:
        grade_id = _labels(cell).get("grade_id")
        if grade_id in answers and grade_id != left_out:
            answer = _SOLUTION_MARK.sub("", answers[grade_id])
            cell["source"] = f"# My answer, number {number}.\n{answer}"
    return dict(filled)


def _labels(cell: dict[str, Any]) -> dict[str, Any]:
    return dict(cell["metadata"].get("nbgrader", {}))


def _read(path: Path) -> dict[str, Any]:
    return dict(json.loads(path.read_text(encoding="utf-8")))
