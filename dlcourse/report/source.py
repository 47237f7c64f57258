"""From a course's folders and gradebook to a report."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import yaml

from dlcourse.errors import CourseError
from dlcourse.grading.assignment import Assignment, read_assignment
from dlcourse.grading.course import Course, open_course
from dlcourse.grading.gradebook import Book
from dlcourse.grading.result import printable, suggest
from dlcourse.grading.stop import Stop
from dlcourse.report.class_page import class_page
from dlcourse.report.classroom import Classroom, Key
from dlcourse.report.graded import Traces, read_traces
from dlcourse.report.ledger import assignment_names, read_class, student_ids
from dlcourse.report.student_page import student_page

_PLAIN = re.compile(r"[\w@+-][\w@+. -]{0,99}")

Say = Callable[[str], None]


def class_report(root: Path, name: str, say: Say) -> str:
    """Make the page on a class and one assignment.

    Args:
        root: the course's root folder.
        name: the assignment.
        say: told when somebody else holds the gradebook.

    Raises:
        CourseError: if gradebook, assignment or submissions are missing.
    """
    course = open_course(root, name)
    with _open(course, say) as book:
        assignment = read_assignment(book, name)
        room = read_class(book, assignment, _collected(course))
    if not room.works:
        waiting = len(room.ungraded)
        raise CourseError(
            f"{name} has no graded submission ({waiting} "
            f"{'waits' if waiting == 1 else 'wait'} to be graded); run "
            f"`dlcourse grade {name}` first."
        )
    tests = _tests(assignment)
    traces = {
        student: read_traces(course.graded(student), tests) for student in room.works
    }
    return class_page(_title(course), room, traces)


def student_report(root: Path, student: str, say: Say) -> str:
    """Make the page on one student and all assignments.

    Args:
        root: the course's root folder.
        student: the student's id.
        say: told when somebody else holds the gradebook.

    Raises:
        CourseError: if the gradebook is missing or does not know the student.
    """
    rooms: list[Classroom] = []
    traces: dict[str, Traces] = {}
    course = open_course(root, "")
    with _open(course, say) as book:
        known = student_ids(book)
        if student not in known:
            raise _unknown(student, known)
        for name in assignment_names(book):
            course = Course(root, name, course.config, course.directory)
            assignment = read_assignment(book, name)
            room = read_class(book, assignment, _collected(course))
            if not room.works and not room.ungraded:
                continue
            rooms.append(room)
            if student in room.works:
                traces[name] = read_traces(
                    course.graded(student),
                    _tests(assignment),
                    for_student=True,
                    closed=_closed(course),
                )
    return student_page(_title(course), student, rooms, traces)


def file_of_class(root: Path, name: str) -> Path:
    """Say where the page on an assignment goes."""
    return root / "class" / "reports" / f"{_safe(name)}.html"


def file_of_student(root: Path, student: str) -> Path:
    """Say where the page on a student goes."""
    return root / "class" / "reports" / "students" / f"{_safe(student)}.html"


@contextmanager
def _open(course: Course, say: Say) -> Iterator[Book]:
    with Stop() as stop, Book(course.db_url, say, stop) as book:
        yield book


def _collected(course: Course) -> set[str]:
    try:
        return set(course.choose(()))
    except CourseError:  # nothing was collected, or it was tidied away since
        return set()


def _tests(assignment: Assignment) -> list[Key]:
    return [
        (sheet.name, one.name)
        for sheet in assignment.sheets
        for one in sheet.originals
        if one.test
    ]


def _closed(course: Course) -> bool:
    """Tell whether feedback of this course shows nothing that students' code said."""
    return not course.config.get("HideTests", {}).get("own_outputs", True)


def _title(course: Course) -> str:
    try:
        text = (course.root / "_config.yml").read_text(encoding="utf-8")
        return str(yaml.safe_load(text)["title"])
    except (OSError, ValueError, KeyError, TypeError, yaml.YAMLError):
        return str(course.directory.course_id)


def _unknown(student: str, known: list[str]) -> CourseError:
    return CourseError(
        f"The gradebook knows no student {printable(student)!r} among "
        f"{len(known)}{suggest(student, known)}"
    )


def _safe(name: str) -> str:
    """Make a file's name of an id, another one for another id."""
    if _PLAIN.fullmatch(name):
        return name
    mark = hashlib.sha256(name.encode(errors="replace")).hexdigest()[:12]
    plain = re.sub(r"[^\w@+-]+", "-", name)[:60].strip("-")
    return f"{plain}-{mark}" if plain else mark
