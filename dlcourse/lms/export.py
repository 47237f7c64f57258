"""Marks written into the tables that learning-management systems import.

Moodle ("Upload grading worksheet", mod/assign/feedback/offline) finds a row by its
Identifier, takes Grade, and leaves a grade alone that was changed since "Last modified
(grade)": all columns stay as they came. Canvas (lib/gradebook_importer.rb) needs the
columns up to Section and takes whatever else there is: only the assignment's own column
goes back, so that no other mark is set to what it was at the download.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from dlcourse.errors import CourseError
from dlcourse.grading.result import printable
from dlcourse.lms.marks import ClassMarks
from dlcourse.lms.names import CANVAS, MOODLE
from dlcourse.lms.record import Record
from dlcourse.lms.roster import Person, Roster
from dlcourse.lms.tables import Table, number, shown

_LAST_ABOUT = "Section"  # Canvas' last column about the person
_KEPT = ("EX", "N/A")  # Canvas: excused, and not assigned to this student
_ASSIGNMENT = re.compile(r"(?P<title>.*?)\s*\((?P<id>\d+)\)\s*")


@dataclass
class Filled:
    """A table with marks in it.

    Attributes:
        table: to be written.
        count: how many marks it got.
        remarks: sentences on marks that found no place.
    """

    table: Table
    count: int = 0
    remarks: list[str] = field(default_factory=list)


def plain(marks: ClassMarks) -> Filled:
    """Make a table that any program can read: a row a student."""
    header = ["student_id", "last_name", "first_name", "email"]
    table = Table("", [*header, "score", "max_score", "to_mark_by_hand"])
    for student, about in marks.students.items():
        table.rows.append(
            [
                *(student, about.last_name, about.first_name, about.email),
                *(shown(about.marks.score), shown(marks.max_score)),
                str(len(about.marks.by_hand)),
            ]
        )
    return Filled(table, len(table.rows))


def for_moodle(
    roster: Roster, marks: ClassMarks, record: Record, scale: bool
) -> Filled:
    """Fill Moodle's grading worksheet.

    Raises:
        CourseError: if it is another table, or its maximum is another and ``scale``
            is not set.
    """
    table = roster.table
    grade = table.column("Grade")
    if roster.system != MOODLE or grade is None:
        raise CourseError(
            f"{table.called} is not Moodle's grading worksheet with a column Grade; "
            "download it from the assignment by `Download grading worksheet`."
        )
    filled = Filled(table)

    def convert(person: Person) -> Callable[[float], float]:
        text = table.cell(table.rows[person.row], "Maximum Grade")
        return _scaling(text, marks.max_score, scale, table)

    for person, score in _matched(roster, marks, record, filled):
        row = table.rows[person.row]
        if table.cell(row, "Grade can be changed").casefold() == "no":
            filled.remarks.append(
                f"{printable(person.name or person.number)}: Moodle says that the "
                "grade cannot be changed: left as it is"
            )
            continue
        row[grade] = shown(convert(person)(score))
        filled.count += 1
    return filled


def for_canvas(
    roster: Roster,
    marks: ClassMarks,
    record: Record,
    scale: bool,
    column: str,
) -> Filled:
    """Make Canvas' gradebook of one assignment.

    Raises:
        CourseError: if it is another table, the assignment's column cannot be told, or
            its maximum is another and ``scale`` is not set.
    """
    table = roster.table
    last = table.column(_LAST_ABOUT)
    if roster.system != CANVAS or last is None:
        raise CourseError(
            f"{table.called} is not Canvas' gradebook; download it by `Export`, "
            "`Export Entire Gradebook`."
        )
    place = _column(table, last, column)
    convert = _scaling(_points(table, place), marks.max_score, scale, table)
    narrow = Table(
        called=table.called,
        header=[*table.header[: last + 1], table.header[place]],
        rows=[[*row[: last + 1], row[place]] for row in table.rows],
        delimiter=table.delimiter,
        mark=table.mark,
    )
    filled = Filled(narrow)
    for person, score in _matched(roster, marks, record, filled):
        row = narrow.rows[person.row]
        if row[-1].strip().upper() in _KEPT:
            filled.remarks.append(
                f"{printable(person.name)}: left as it is, {row[-1].strip()} in Canvas"
            )
            continue
        row[-1] = shown(convert(score))
        filled.count += 1
    return filled


def _matched(
    roster: Roster, marks: ClassMarks, record: Record, filled: Filled
) -> list[tuple[Person, float]]:
    """Find each row's marks; tell of marks that no row is for."""
    ids = {one.casefold(): one for one in marks.students}
    found: list[tuple[Person, float]] = []
    used: set[str] = set()
    for person in roster.people:
        student = student_of(person, roster, record, ids)
        if student:
            used.add(student)
            found.append((person, marks.students[student].marks.score))
    filled.remarks += [
        f"{printable(one)}: has marks, but no row in {roster.table.called}"
        for one in marks.students
        if one not in used
    ]
    return found


def student_of(
    person: Person, roster: Roster, record: Record, ids: Mapping[str, str]
) -> str:
    """Find the student that a row is about, "" if there is none.

    What was noted when collecting counts first; then the person's ids and names, and
    the group.

    Raises:
        CourseError: if several students could be meant.
    """
    noted = record.student_of(roster.system, person.number)
    if noted.casefold() in ids:
        return ids[noted.casefold()]
    if person.student.casefold() in ids:
        return ids[person.student.casefold()]
    others = sorted({ids[one] for one in person.also if one in ids})
    if len(others) > 1:
        raise CourseError(
            f"{roster.table.called}, row {person.row + 2} could be the student "
            f"{printable(' or '.join(others))}; say by --id which column holds the ids."
        )
    if others:
        return others[0]
    return ids.get(person.group.casefold(), "") if person.group else ""


def _scaling(
    text: str, ours: float, scale: bool, table: Table
) -> Callable[[float], float]:
    theirs = number(text) if text else ours
    if theirs is None or theirs <= 0:
        raise CourseError(
            f"{table.called} gives {printable(text)!r} as the most marks that are "
            "possible; give the assignment a number of points there, and download the "
            "table again."
        )
    if abs(theirs - ours) < 0.005:
        return lambda score: score
    if not scale:
        raise CourseError(
            f"{table.called} has {shown(theirs)} marks at most, the assignment "
            f"{shown(ours)}; set them to {shown(ours)} there and download it again, or "
            "convert the marks by --scale."
        )
    return lambda score: score * theirs / ours


def _points(table: Table, place: int) -> str:
    for row in table.rows:
        if row[0].strip().startswith("Points Possible"):
            return row[place].strip()
    return ""


def _column(table: Table, last: int, wanted: str) -> int:
    known = {
        place: found
        for place, title in enumerate(table.header)
        if place > last and (found := _ASSIGNMENT.fullmatch(title))
    }
    hits = [
        place
        for place, found in known.items()
        if wanted.strip().casefold()
        in (table.header[place].strip().casefold(), found["title"].casefold())
        or wanted == found["id"]
        or _slug(wanted) == _slug(found["title"])
    ]
    if len(hits) == 1:
        return hits[0]
    titles: Sequence[str] = [table.header[place] for place in hits or known]
    raise CourseError(
        f"{table.called}: {'several columns' if hits else 'no column'} could be "
        f"{wanted}; say by --column which one, by its title or number: "
        f"{', '.join(titles) or 'there is no assignment at all'}."
    )


def _slug(text: str) -> str:
    return re.sub(r"[\W_]+", "-", text.casefold()).strip("-")
