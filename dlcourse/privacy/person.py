"""Who a student is: the id, and what else the course calls them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path

from nbgrader import api
from sqlalchemy import select
from sqlalchemy.orm import Session

from dlcourse.errors import CourseError
from dlcourse.lms.names import Label
from dlcourse.lms.record import Record, read_record
from dlcourse.lms.roster import read_roster

ROSTER = "class/roster.csv"


@dataclass
class Person:
    """A student.

    Attributes:
        student: nbgrader's id.
        names: names, addresses and other ids, as written in the course.
        numbers: of the learning-management system, each with the system's name.
        shared: names that somebody else has too, casefolded: they prove nothing.
    """

    student: str
    names: set[str] = field(default_factory=set)
    numbers: set[tuple[str, str]] = field(default_factory=set)
    shared: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._words: re.Pattern[str] | None = None

    def add(self, *names: str | None) -> None:
        """Learn what else the student is called."""
        self.names |= {one.strip() for one in names if one and one.strip()}
        self._words = None

    def is_called(self, text: str) -> bool:
        """Tell whether a text, a cell say, is one of the names and nothing else."""
        plain = fold(text.strip().removeprefix("'"))
        if plain == fold(self.student):
            return True
        return plain not in self.shared and plain in {fold(one) for one in self.names}

    def owns(self, label: Label) -> bool:
        """Tell whether a file that a system has named is the student's."""
        if label.number and any(system == label.system for system, _ in self.numbers):
            return (label.system, label.number) in self.numbers
        return self.is_called(label.name)

    def is_in(self, text: str) -> bool:
        """Tell whether a text names the student, as words of their own."""
        if self._words is None:
            # "Ada 2" may be a name; "12" would be found in every number.
            words = {
                fold(one)
                for one in (self.student, *self.names)
                if one == self.student or not one.isdecimal()
            }
            every = "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
            self._words = re.compile(
                rf"(?<![^\W_])(?<![@.-])(?:{every})(?![^\W_])(?![@-])(?!\.\w)"
            )
        return self._words.search(fold(text)) is not None

    def line(self) -> str:
        """Say who it is."""
        also = "; ".join(sorted(self.names - {self.student}))
        return f"{self.student}: {also}" if also else self.student


def find_person(root: Path, student: str, session: Session) -> Person:
    """Gather what gradebook, roster and records of collecting call a student.

    Args:
        root: the course's root folder.
        student: the id.
        session: of the gradebook.
    """
    person = Person(student)
    for one in session.scalars(select(api.Student)):
        first, last = one.first_name or "", one.last_name or ""
        both = (f"{first} {last}", f"{last}, {first}") if first and last else ()
        _learn(person, one.id, *both, one.email, one.lms_user_id)
    for someone, *called in _roster(root):
        _learn(person, someone, *called)
    for record in records(root):
        for taken in record.taken.values():
            _learn(person, taken.student, taken.name)
            if taken.student == student and taken.number:
                person.numbers.add((taken.system, taken.number))
    return person


def _learn(person: Person, student: str, *names: str | None) -> None:
    if student == person.student:
        person.add(*names)
    else:
        person.shared |= {fold(one.strip()) for one in names if one}


def records(root: Path) -> list[Record]:
    """Read what was noted when collecting each assignment."""
    return [
        read_record(root, file.parent.name)
        for file in sorted(root.glob("class/collected/*/record.json"))
    ]


def _roster(root: Path) -> list[tuple[str, ...]]:
    path = root / ROSTER
    if not path.is_file():
        return []
    try:
        roster = read_roster(path)
    except CourseError:
        return []  # a table of another kind: its rows are found by the id
    rows = roster.table.rows
    return [
        (one.student, one.name, *(cell for cell in rows[one.row] if "@" in cell))
        for one in roster.people
    ]


def fold(text: str) -> str:
    """Make texts comparable: case and ways of writing an accent do not count."""
    return unicodedata.normalize("NFC", text).casefold()
