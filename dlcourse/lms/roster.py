"""Who is who: from a system's own table of a class to nbgrader's student ids.

Moodle's *grading worksheet* has the columns Identifier ("Participant 812340"), Full
name, Email address and others that the site shows, Status, Grade, Maximum Grade, …
(mod/assign/gradingtable.php); Canvas' exported *gradebook* has Student, ID, SIS User
ID, SIS Login ID, Section, then a column for each assignment
(lib/gradebook_exporter.rb). A table of one's own has the columns student_id and number.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from pathlib import Path

from dlcourse.errors import CourseError
from dlcourse.grading.result import printable
from dlcourse.lms.names import CANVAS, MOODLE
from dlcourse.lms.tables import Table, read_table

OWN = "own"
# Where a student's id is looked for, first come, first served. All of them are the same
# in every assignment, which Moodle's numbers are not.
_IDS = ("Username", "SIS Login ID", "Email address", "ID number", "SIS User ID")
_BAD = re.compile(r"[/\\\0]|^\.|^\s*$")
_LATE = re.compile(r"\b(late|overdue)\b", re.IGNORECASE)
_TIME = "%A, %d %B %Y, %I:%M %p"  # as Moodle writes it in English


@dataclass(frozen=True)
class Person:
    """One row of a table.

    Attributes:
        row: its place among the rows.
        student: nbgrader's id.
        number: the system's.
        name: in full.
        group: with which the person hands in together, or "".
        also: what else the person may be called, casefolded.
        late: whether the table says that the work came late.
        time: when it came, or None.
    """

    row: int
    student: str
    number: str
    name: str
    group: str
    also: frozenset[str]
    late: bool
    time: datetime | None


@dataclass(frozen=True)
class Roster:
    """A class.

    Attributes:
        system: ``moodle``, ``canvas`` or ``own``.
        table: that it was read from.
        people: a person for each row that is one.
    """

    system: str
    table: Table
    people: Sequence[Person]

    def by_number(self) -> dict[str, Person]:
        """Sort by the system's numbers."""
        return {one.number: one for one in self.people}

    def groups(self) -> set[str]:
        """List the groups, their names casefolded."""
        return {one.group.casefold() for one in self.people if one.group}


def read_roster(path: Path, column: str = "", zone: tzinfo | None = None) -> Roster:
    """Read a table of a class.

    Args:
        path: of the CSV file.
        column: the one that holds nbgrader's ids; found by itself if not given.
        zone: of the times in it; this machine's if not given.

    Raises:
        CourseError: if it is no such table, or two people share an id or a number.
    """
    table = read_table(path)
    system = _system(table)
    if column and table.column(column) is None:
        raise CourseError(
            f"{path} has no column {column!r}; it has: {', '.join(table.header)}."
        )
    people = [
        _person(table, place, system, column, zone)
        for place, row in enumerate(table.rows)
        if _is_person(table, row, system)
        and not (column and not table.cell(row, column))
    ]
    _check(people, path)
    return Roster(system, table, people)


def _system(table: Table) -> str:
    if table.column("student_id") is not None:
        if table.column("number") is None:
            raise CourseError(f"{table.called} needs a column `number` too.")
        return OWN
    if table.column("Identifier") is not None:
        return MOODLE
    if table.column("ID") is not None and table.column("Section") is not None:
        return CANVAS
    raise CourseError(
        f"{table.called} is neither Moodle's grading worksheet (column Identifier) nor "
        "Canvas' gradebook (columns Student, ID, Section) nor a table with student_id "
        "and number; download it with the system's language set to English."
    )


def _is_person(table: Table, row: Sequence[str], system: str) -> bool:
    if system == CANVAS:  # the other rows hold the maximum and how marks are posted
        test = table.cell(row, "Student") == "Student, Test"  # Canvas' own
        return table.cell(row, "ID").isdecimal() and not test
    return any(cell.strip() for cell in row)


def _person(
    table: Table, place: int, system: str, column: str, zone: tzinfo | None
) -> Person:
    row = table.rows[place]

    def cell(*names: str) -> str:
        text = table.cell(row, *names)
        # A spreadsheet-proof cell of ours or of Canvas'.
        return text[1:] if text.startswith("'") else text

    name = cell("Full name", "Student", "name")
    if not name and table.column("LastName") is not None:
        name = f"{cell('LastName')}, {cell('FirstName')}"
    number = cell("number", "ID") if system != MOODLE else cell("Identifier")
    if system == MOODLE:
        digits = re.search(r"(\d+)\s*$", number)
        number = digits[1] if digits else number
    called = [cell(one) for one in _IDS]
    wanted = [cell(column)] if column else [cell("student_id"), *called, name]
    if not any(wanted) and system == MOODLE:
        wanted = [cell("Identifier")]  # anonymous
    student = unicodedata.normalize("NFC", next(filter(None, wanted), ""))
    if _BAD.search(student) or not printable(student) == student or len(student) > 120:
        raise CourseError(
            f"{table.called}, row {place + 2}: {printable(student)!r} cannot be a "
            "student's id, which is a folder's name; choose another column by --id."
        )
    emails = [one.partition("@")[0] for one in called if "@" in one]
    also = {student, number, name, *called, *emails} - {""}
    return Person(
        row=place,
        student=student,
        number=number,
        name=name,
        group=cell("Group") if system == MOODLE else "",
        also=frozenset(one.casefold() for one in also),
        late=bool(system == MOODLE and _LATE.search(cell("Status"))),
        time=_time(cell("Last modified (submission)"), zone),
    )


def _check(people: Sequence[Person], path: Path) -> None:
    for what in ("student", "number"):
        seen: dict[str, Person] = {}
        for person in people:
            value = str(getattr(person, what))
            other = seen.setdefault(value.casefold(), person)
            if other is not person and value:
                label = "id" if what == "student" else "number"
                raise CourseError(
                    f"{path}, rows {other.row + 2} and {person.row + 2} have the same "
                    f"{label} ({printable(value)}); choose another column by --id, or "
                    "remove one of them."
                )


def _time(text: str, zone: tzinfo | None) -> datetime | None:
    try:
        local = datetime.strptime(text, _TIME)
    except ValueError:
        return None
    # A time without a zone is this machine's.
    return local.replace(tzinfo=zone).astimezone(UTC)
