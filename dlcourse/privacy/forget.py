"""Listing all that a course holds on a student, and deleting it."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path

from nbgrader import api
from sqlalchemy import create_engine, func, make_url, select
from sqlalchemy.exc import OperationalError, SAWarning
from sqlalchemy.orm import Session

from dlcourse.errors import CourseError
from dlcourse.grading.course import open_course
from dlcourse.grading.gradebook import Book
from dlcourse.grading.lock import only_batch
from dlcourse.grading.result import printable, suggest
from dlcourse.grading.stop import Stop
from dlcourse.privacy.exchange import find_in_exchange
from dlcourse.privacy.files import Deed, find_deeds
from dlcourse.privacy.person import Person, find_person

Say = Callable[[str], None]


@dataclass(frozen=True)
class Forgotten:
    """What was found, and what became of it.

    Attributes:
        who: the student, in words.
        found: a line for each place.
        left: a line for each place that a person has to look at.
        done: whether it was deleted.
    """

    who: str
    found: Sequence[str]
    left: Sequence[str]
    done: bool

    def lines(self) -> list[str]:
        """Say it."""
        last = (
            "Deleted. Backups, downloads and the learning-management system are yours "
            "to look after."
            if self.done
            else "Nothing was deleted: add --yes."
        )
        return [self.who, *self.found, *self.left, last]


def forget(root: Path, student: str, really: bool, say: Say) -> Forgotten:
    """List all that the course holds on a student; delete it if that is wanted.

    What tells who the student is goes last, so that a run that was stopped can be
    repeated.

    Args:
        root: the course's root folder.
        student: the id.
        really: whether to delete.
        say: told when the gradebook is busy.

    Raises:
        CourseError: if nothing here is about such a student, the course is being
            graded, or another program holds the gradebook.
    """
    course = open_course(root, "")
    with (
        only_batch(root) if really else nullcontext(),
        Stop() as stop,
        Book(course.db_url, say, stop) as book,
    ):
        person = book.transact(lambda session: find_person(root, student, session))
        rows = book.transact(lambda session: _count(session, student))
        every = book.transact(lambda session: list(session.scalars(_STUDENTS)))
        address = book.secret.address
        gradebook = _file(course.db_url)
        deeds, mentioned = find_deeds(root, person, gradebook)
        deeds = [*find_in_exchange(root, course.config, student), *deeds]
        if not rows and not deeds:
            if really:
                _write_anew(course.db_url, address)
            raise _nobody(student, every)
        called = _shown(root, gradebook) if gradebook != Path() else address
        found = [f"{called}: {rows}"] if rows else []
        found += [f"{_shown(root, deed.path)}: {deed.what}" for deed in deeds]
        left = [
            f"{_shown(root, path)}: names them and is somebody else's: look yourself"
            for path in mentioned
        ]
        if really:
            left += _do(root, deeds)
    if really and rows:
        _delete_rows(course.db_url, student, address)
    if really:
        _write_anew(course.db_url, address)
    return Forgotten(_who(person), found, left, really)


_STUDENTS = select(api.Student.id).order_by(api.Student.id)


def _count(session: Session, student: str) -> str:
    """Say in words how many rows of the gradebook are a student's, "" for none."""
    if session.get(api.Student, student) is None:
        return ""
    submission, notebook = api.SubmittedAssignment, api.SubmittedNotebook
    mine = select(submission.id).where(submission.student_id == student)
    sheets = select(notebook.id).where(notebook.assignment_id.in_(mine))
    counts = {
        "submission": select(func.count()).where(submission.student_id == student),
        "notebook": select(func.count()).where(notebook.assignment_id.in_(mine)),
        "mark": select(func.count()).where(api.Grade.notebook_id.in_(sheets)),
        "comment": select(func.count()).where(api.Comment.notebook_id.in_(sheets)),
    }
    told = [_many(session.scalar(query) or 0, what) for what, query in counts.items()]
    return f"the student, {', '.join(told)}"


def _many(count: int, what: str) -> str:
    return f"{count} {what}{'s' * (count != 1)}"


def _do(root: Path, deeds: Sequence[Deed]) -> list[str]:
    """Do what has to be done; a place that resists is told and keeps no other."""
    left = []
    for deed in deeds:
        try:
            deed.do()
        except (OSError, CourseError) as error:
            why = error.strerror if isinstance(error, OSError) else error
            left.append(f"{_shown(root, deed.path)}: could not be deleted ({why})")
    return left


def _delete_rows(url: str, student: str, address: str) -> None:
    """Delete a student by nbgrader's own interface."""
    try:
        with warnings.catch_warnings(), api.Gradebook(url) as book:
            warnings.simplefilter("ignore", SAWarning)  # of nbgrader's own models
            book.remove_student(student)
    except OperationalError as error:
        raise _held(address, "files are deleted already") from error


def _write_anew(url: str, address: str) -> None:
    """Write SQLite's file anew, in which deleted rows may still be read.

    Also after a run that was stopped once the rows were deleted: then nothing else is
    left to do.
    """
    if _file(url) == Path():
        return
    engine = create_engine(url)
    try:
        with engine.connect() as connection:
            connection.exec_driver_sql("VACUUM")
    except OperationalError as error:
        raise _held(address, "its file has to be written anew") from error
    finally:
        engine.dispose()


def _held(address: str, why: str) -> CourseError:
    return CourseError(
        f"The gradebook {address} is held by another program; close formgrader or "
        f"what else writes there, then run the same command again: {why}."
    )


def _file(url: str) -> Path:
    place = make_url(url)
    is_file = place.drivername.startswith("sqlite") and place.database
    return Path(place.database or "") if is_file else Path()


def _shown(root: Path, path: Path) -> str:
    return printable(str(path.relative_to(root) if path.is_relative_to(root) else path))


def _who(person: Person) -> str:
    return printable(person.line())


def _nobody(student: str, known: list[str]) -> CourseError:
    return CourseError(
        f"Neither the gradebook nor class/ holds anything of a student "
        f"{printable(student)!r}{suggest(student, known)}"
    )
