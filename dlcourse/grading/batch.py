"""Marking all submissions of an assignment, whatever is among them."""

from __future__ import annotations

import logging
import shutil
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from nbgrader.api import Gradebook, MissingEntry
from nbgrader.converters.base import NbGraderException
from nbgrader.coursedir import CourseDirectory
from sqlalchemy.exc import SAWarning
from traitlets.config import Config
from traitlets.config.loader import PyFileConfigLoader

from dlcourse.errors import CourseError
from dlcourse.grading import words
from dlcourse.grading.converter import AutogradeOne
from dlcourse.grading.records import forget_marks, read_marks
from dlcourse.grading.state import look


@dataclass(frozen=True)
class Result:
    """What came of one submission."""

    student: str
    score: float
    max_score: float
    events: list[str]

    def line(self) -> str:
        """Say it in one line."""
        marks = f"{self.student} {self.score:g}/{self.max_score:g}"
        return f"{marks}: {'; '.join(self.events)}" if self.events else marks


def grade_batch(
    root: Path,
    name: str,
    students: Sequence[str] = (),
    timeout: int = 60,
    force: bool = False,
) -> Iterator[tuple[int, int, Result]]:
    """Mark the collected submissions of an assignment, one after the other.

    What was graded before is graded again only if it was handed in anew. Marks of
    earlier work never count for new work; marks by hand stay with the same work.

    Args:
        root: the course's root folder.
        name: the assignment.
        students: only these; all if empty.
        timeout: seconds that one cell may run.
        force: grade again what was graded before.

    Yields:
        The number of the submission, how many there are, and what came of it.

    Raises:
        CourseError: if the assignment is unknown or nothing was collected.
    """
    config = load_config(root)
    config.Execute.timeout = timeout
    max_score = _known_max_score(CourseDirectory(config=config), name)
    chosen = _choose(CourseDirectory(config=config), name, students)
    log = f"class/logs/{name}.log"
    with _logging_to(root / log):
        for number, student in enumerate(chosen, start=1):
            course = CourseDirectory(
                config=config, assignment_id=name, student_id=student
            )
            try:
                with _without_orm_warnings():
                    result = _grade_one(course, config, force, log)
            except Exception as error:
                # Nobody foresaw this one; the others still get their marks.
                logging.getLogger("traitlets").exception("%s: %s", student, name)
                said = words.failed(type(error).__name__, log)
                result = Result(student, 0.0, max_score, [said])
            yield number, len(chosen), result


def load_config(root: Path) -> Config:
    """Read ``nbgrader_config.py`` as nbgrader's own commands do."""
    return PyFileConfigLoader("nbgrader_config.py", path=str(root)).load_config()


def _known_max_score(course: CourseDirectory, name: str) -> float:
    with Gradebook(course.db_url, course.course_id) as gradebook:
        try:
            return float(gradebook.find_assignment(name).max_score)
        except MissingEntry:
            known = ", ".join(one.name for one in gradebook.assignments) or "none"
    raise CourseError(
        f"{name} is not in the gradebook; run `dlcourse release {name}` first; "
        f"assignments there: {known}."
    )


def _choose(course: CourseDirectory, name: str, wanted: Sequence[str]) -> list[str]:
    submitted = Path(course.root, course.submitted_directory)
    found = sorted(folder.parent.name for folder in submitted.glob(f"*/{name}"))
    unknown = sorted(set(wanted) - set(found))
    if unknown:
        raise CourseError(
            f"{course.submitted_directory} holds no {name} of {', '.join(unknown)}; "
            f"students who handed it in: {', '.join(found) or 'none'}."
        )
    if not found:
        raise CourseError(
            f"{course.submitted_directory} holds no submission of {name}; run "
            f"`nbgrader collect {name}` or `nbgrader zip_collect {name}` first."
        )
    return [student for student in found if not wanted or student in wanted]


def _grade_one(
    course: CourseDirectory, config: Config, force: bool, log: str
) -> Result:
    name, student = course.assignment_id, course.student_id
    events: list[str] = []
    with Gradebook(course.db_url, course.course_id) as gradebook:
        state = look(course, gradebook)
        if state.nothing_new and not force:
            return _result(course, gradebook, [*state.events, words.unchanged()])
        if state.new_work:
            # First the folder, then the marks: stopped in between, the next run sees
            # work that was never graded.
            shutil.rmtree(state.graded, ignore_errors=True)
            if lost := forget_marks(gradebook, name, student):
                events.append(words.dropped(lost))
    converter = AutogradeOne(coursedir=course, config=config, force=True)
    try:
        converter.start()
        cause = ""
    except NbGraderException as error:
        cause = converter.cause or str(error)
    with Gradebook(course.db_url, course.course_id) as gradebook:
        if cause:
            forget_marks(gradebook, name, student, by_hand=False)
            marks = read_marks(gradebook, name, student)
            events.append(words.failed(cause, log))
            return Result(student, marks.score, marks.max_score, events)
        return _result(course, gradebook, [*events, *look(course, gradebook).events])


def _result(course: CourseDirectory, gradebook: Gradebook, events: list[str]) -> Result:
    marks = read_marks(gradebook, course.assignment_id, course.student_id)
    waiting = [words.by_hand(marks.by_hand)] if marks.by_hand else []
    return Result(course.student_id, marks.score, marks.max_score, [*events, *waiting])


@contextmanager
def _without_orm_warnings() -> Iterator[None]:
    """Keep SQLAlchemy 2's remarks on nbgrader's models off the screen."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", SAWarning)
        yield


@contextmanager
def _logging_to(path: Path) -> Iterator[None]:
    """Send what nbgrader and nbclient say to a file instead of the screen."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handler = logging.FileHandler(path, encoding="utf-8")
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    logger = logging.getLogger("traitlets")
    level, logger.propagate = logger.level, False
    logger.setLevel(logging.INFO)
    logger.addHandler(handler)
    try:
        yield
    finally:
        logger.removeHandler(handler)
        logger.setLevel(level)
        handler.close()
