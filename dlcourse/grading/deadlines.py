"""Extensions for one student, and penalties that follow every change of the marks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from nbgrader import api
from nbgrader.utils import parse_utc
from sqlalchemy import select
from sqlalchemy.orm import Session

from dlcourse.errors import CourseError
from dlcourse.grading.assignment import read_assignment
from dlcourse.grading.course import open_course
from dlcourse.grading.gradebook import Book
from dlcourse.grading.lock import only_batch
from dlcourse.grading.result import printable, suggest
from dlcourse.grading.stop import Stop
from dlcourse.grading.writer import Writer

Say = Callable[[str], None]


@dataclass(frozen=True)
class Standing:
    """How one student stands to a deadline.

    Attributes:
        student: the id.
        due: when the work is due, the extension included.
        extended: whether there is an extension.
        late: by how much the work came late; None if nothing was handed in.
        before: marks that lateness cost so far.
        now: marks that it costs from now on.
    """

    student: str
    due: datetime
    extended: bool
    late: timedelta | None
    before: float
    now: float

    def line(self) -> str:
        """Say it."""
        said = [] if self.late is None else ["on time"]
        if self.late:
            said = [f"{_span(self.late)} late"]
        if self.extended:
            said.append(f"extended until {self.due:%Y-%m-%d %H:%M} UTC")
        if self.now or self.before:
            said.append(f"{self.now:g} marks off")
        if self.now != self.before:
            said[-1] += f" (before: {self.before:g})"
        told = ", ".join(said) or f"due {self.due:%Y-%m-%d %H:%M} UTC"
        return f"{printable(self.student)}: {told}"


def extend(
    root: Path, name: str, student: str, until: str | None, say: Say
) -> Standing:
    """Give a student more time, or take that back; the penalty follows at once.

    The student may have handed in already, or not yet: nbgrader keeps an extension with
    the submission, so an empty one is made, which counts as none until work comes.

    Args:
        root: the course's root folder.
        name: the assignment.
        student: the id, which the gradebook must know.
        until: the new date, as `nbgrader db assignment add --duedate` takes it; None
            for the common date.
        say: told when the gradebook is busy.

    Raises:
        CourseError: if the date cannot be read or is before the common one, the
            assignment has no due date, or the gradebook does not know the student.
    """
    end = None if until is None else _read_date(until)

    def step(session: Session, writer: Writer) -> Standing:
        due = _due(session, writer)
        _check_known(session, student)
        if end is not None and end <= due:
            raise CourseError(
                f"{name} is due at {due:%Y-%m-%d %H:%M} UTC for everybody; --until "
                f"{until} is no later."
            )
        writer.extend(session, student, None if end is None else end - due)
        return _standing(session, writer, student)

    with _open(root, name, say) as (book, writer):
        return book.transact(lambda session: step(session, writer))


def renew(root: Path, name: str, say: Say) -> list[Standing]:
    """Work out everybody's penalty anew, after marks, dates or rules have changed.

    Args:
        root: the course's root folder.
        name: the assignment.
        say: told when the gradebook is busy.

    Returns:
        How each student stands who handed in or has an extension, by id.

    Raises:
        CourseError: if the assignment is unknown or has no due date.
    """

    def step(session: Session, writer: Writer) -> list[Standing]:
        _due(session, writer)
        submission = api.SubmittedAssignment
        query = select(submission.student_id).where(
            submission.assignment_id == writer.assignment.id
        )
        students = sorted(session.scalars(query))
        return [_standing(session, writer, student) for student in students]

    with _open(root, name, say) as (book, writer):
        return book.transact(lambda session: step(session, writer))


@contextmanager
def _open(root: Path, name: str, say: Say) -> Iterator[tuple[Book, Writer]]:
    course = open_course(root, name)
    with only_batch(root), Stop() as stop, Book(course.db_url, say, stop) as book:
        yield book, Writer(read_assignment(book, name), course.config)


def _standing(session: Session, writer: Writer, student: str) -> Standing:
    submission = writer.find(session, student)
    assert submission is not None
    before = _off(submission)
    for notebook in submission.notebooks:
        writer.penalise(submission, notebook)
    handed_in = submission.timestamp is not None
    late = timedelta(seconds=submission.total_seconds_late) if handed_in else None
    due, extended = submission.duedate, submission.extension is not None
    return Standing(student, due, extended, late, before, _off(submission))


def _off(submission: api.SubmittedAssignment) -> float:
    return float(sum(one.late_submission_penalty or 0 for one in submission.notebooks))


def _due(session: Session, writer: Writer) -> datetime:
    name = writer.assignment.name
    found = session.get_one(api.Assignment, writer.assignment.id).duedate
    if found is None:
        raise CourseError(
            f"{name} has no due date; set it by `nbgrader db assignment add {name} "
            '--duedate "2026-10-12 22:00 UTC"`.'
        )
    assert isinstance(found, datetime)
    return found


def _check_known(session: Session, student: str) -> None:
    known = list(session.scalars(select(api.Student.id)))
    if student in known:
        return
    raise CourseError(
        f"The gradebook knows no student {printable(student)!r}: add them by "
        f"`nbgrader db student add ID`{suggest(student, known)}"
    )


def _read_date(text: str) -> datetime:
    try:
        found = parse_utc(text)
    except (ValueError, OverflowError, TypeError):
        found = None
    if not isinstance(found, datetime):
        raise CourseError(
            f'--until {text}: no date; write it like "2026-10-14 22:00 UTC".'
        )
    return found


def _span(time: timedelta) -> str:
    hours, minutes = divmod(int(time.total_seconds()) // 60, 60)
    days, hours = divmod(hours, 24)
    parts = [f"{days} d" * bool(days), f"{hours} h" * bool(hours)]
    return " ".join(filter(None, parts)) or f"{max(minutes, 1)} min"
