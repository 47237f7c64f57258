"""Marks of an assignment, from nbgrader's gradebook."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from nbgrader import api
from sqlalchemy import select
from sqlalchemy.orm import Session

from dlcourse.errors import CourseError
from dlcourse.grading.assignment import read_assignment
from dlcourse.grading.course import Course, open_course
from dlcourse.grading.gradebook import Book
from dlcourse.grading.records import Marks, read_marks, read_recorded
from dlcourse.grading.result import printable
from dlcourse.grading.stop import Stop

_NAMED = 5  # of those who wait; the rest are counted


@dataclass(frozen=True)
class Student:
    """One student's marks.

    Attributes:
        marks: a penalty for lateness taken off.
        last_name: as the gradebook has it, "" if it does not.
        first_name: likewise.
        email: likewise.
    """

    marks: Marks
    last_name: str = ""
    first_name: str = ""
    email: str = ""


@dataclass(frozen=True)
class ClassMarks:
    """Marks of those who handed in.

    Attributes:
        max_score: marks that are possible.
        students: by nbgrader's id.
        waiting: ids of students with answers that a person has yet to mark.
    """

    max_score: float
    students: Mapping[str, Student]
    waiting: list[str]


def read_class(
    root: Path, name: str, partial: bool, say: Callable[[str], None]
) -> ClassMarks:
    """Read everybody's marks for an assignment.

    Args:
        root: the course's root folder.
        name: the assignment.
        partial: whether marks count although some are missing.
        say: told when the gradebook is busy.

    Raises:
        CourseError: if the assignment is unknown, nobody was graded, or marks are
            missing and ``partial`` is not set.
    """
    course = open_course(root, name)
    with Stop() as stop, Book(course.db_url, say, stop) as book:
        assignment = read_assignment(book, name)
        recorded = book.transact(lambda session: read_recorded(session, assignment))

        def read(session: Session) -> dict[str, Student]:
            people = {one.id: one for one in session.scalars(select(api.Student))}
            return {
                student: Student(
                    read_marks(session, assignment, student),
                    *_about(people.get(student)),
                )
                for student in sorted(recorded)
            }

        students = book.transact(read)
    if not students:
        raise CourseError(
            f"The gradebook has no marks for {name}; run `dlcourse grade {name}` first."
        )
    ungraded = [one for one, about in recorded.items() if not about.marked]
    ungraded += sorted(_handed_in(course) - set(recorded))
    waiting = [one for one, about in students.items() if about.marks.by_hand]
    if not partial and ungraded:
        raise CourseError(
            f"{_people(ungraded)} handed in {name} and {_have(ungraded)} no marks yet; "
            f"run `dlcourse grade {name}` first, or export what there is by --partial."
        )
    if not partial and waiting:
        raise CourseError(
            f"{_people(waiting)} {_have(waiting)} answers in {name} that wait to be "
            "marked by hand; mark them in formgrader, or export the marks so far by "
            "--partial."
        )
    return ClassMarks(assignment.max_score, students, waiting)


def _about(person: api.Student | None) -> tuple[str, str, str]:
    if person is None:
        return "", "", ""
    return person.last_name or "", person.first_name or "", person.email or ""


def _handed_in(course: Course) -> set[str]:
    try:
        return set(course.choose(()))
    except CourseError:
        return set()  # their folders were put away


def _people(names: list[str]) -> str:
    shown = ", ".join(printable(one) for one in names[:_NAMED])
    more = len(names) - _NAMED
    return f"{shown} and {more} more" if more > 0 else shown


def _have(names: list[str]) -> str:
    return "has" if len(names) == 1 else "have"
