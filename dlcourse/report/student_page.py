"""The page on one student and all assignments, fit to be handed to that student."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from dlcourse.report import words
from dlcourse.report.classroom import Classroom, Item, Work
from dlcourse.report.graded import Message, Traces
from dlcourse.report.numbers import LEAST_FOR_QUARTILES, Spread, is_full, spread
from dlcourse.report.render import Tile, render
from dlcourse.report.text import MOST_ID, one_line


@dataclass(frozen=True)
class Missed:
    """An item that did not get all of its marks, or waits for them."""

    item: Item
    given: float | None
    message: Message | None


@dataclass(frozen=True)
class AssignmentRow:
    """How a student did in one assignment.

    Attributes:
        room: the class and the assignment.
        work: the student's own; None if there is none.
        share: of the marks, as far as they stand.
        middle: where the class stands; None where it is too small to say.
        state: in a few words.
        missed: items without all of their marks.
        events: what happened while grading.
    """

    room: Classroom
    work: Work | None
    share: float | None
    middle: Spread | None
    state: Sequence[str]
    missed: Sequence[Missed] = ()
    events: Sequence[str] = field(default_factory=tuple)


def student_page(
    course: str,
    student: str,
    rooms: Sequence[Classroom],
    traces: Mapping[str, Traces],
) -> str:
    """Make the page. It holds no flags, no hidden tests and nobody else's id.

    Args:
        course: what the course is called.
        student: the id.
        rooms: all assignments, those without any submission left out.
        traces: of this student's graded notebooks, as feedback shows them, by
            assignment.

    Returns:
        One HTML file that needs no other.
    """
    rows = [_row(student, room, traces.get(room.name, Traces())) for room in rooms]
    return render(
        "student.html.j2",
        course=course,
        student=one_line(student, MOST_ID),
        tiles=_tiles(rows, student),
        rows=rows,
        told=[row for row in rows if row.missed or row.events],
        least=LEAST_FOR_QUARTILES,
        small=any(row.middle is None for row in rows),
    )


def _row(student: str, room: Classroom, traces: Traces) -> AssignmentRow:
    work = room.works.get(student)
    shares = [
        share for one in room.works.values() if (share := room.share(one)) is not None
    ]
    middle = spread(shares) if len(shares) >= LEAST_FOR_QUARTILES else None
    if work is None:
        handed_in = student in room.ungraded
        state = ["not graded yet" if handed_in else "not handed in"]
        return AssignmentRow(room, None, None, middle, state)
    return AssignmentRow(
        room=room,
        work=work,
        share=room.share(work),
        middle=middle,
        state=_state(work),
        missed=list(_missed(room, work, traces)),
        events=traces.events,
    )


def _state(work: Work) -> list[str]:
    said = []
    if work.late:
        said.append(f"late by {words.duration(work.late)}")
    if work.penalty:
        said.append(f"{words.points(work.penalty)} taken off for lateness")
    if work.extra:
        said.append(f"{words.marks(work.extra)} extra credit")
    waits = sum(mark.given is None for mark in work.marks.values())
    if waits:
        said.append(f"{waits} not marked yet")
    return said


def _missed(room: Classroom, work: Work, traces: Traces) -> list[Missed]:
    found = []
    for item in room.items:
        mark = work.marks.get(item.key)
        given = mark.given if mark else None
        if given is None or (item.points and not is_full(given / item.points)):
            message = None if item.by_hand else traces.messages.get(item.key)
            found.append(Missed(item, given, message))
    return found


def _tiles(rows: Sequence[AssignmentRow], student: str) -> list[Tile]:
    works = [(row.room, row.work) for row in rows if row.work]
    handed_in = len(works) + sum(student in row.room.ungraded for row in rows)
    score = sum(work.score for _, work in works)
    possible = sum(room.marked(work) for room, work in works)
    late = sum(bool(work.late) for _, work in works)
    waits = sum(m.given is None for _, work in works for m in work.marks.values())
    return [
        Tile("handed in", f"{handed_in} of {len(rows)}", "assignments"),
        Tile(
            "marks",
            f"{words.marks(score)} of {words.marks(possible)}",
            "of what is handed in and marked",
        ),
        Tile("of these marks", words.percent(score / possible) if possible else "–"),
        Tile("late", str(late), "assignment" if late == 1 else "assignments"),
        Tile("not marked yet", str(waits), "answer" if waits == 1 else "answers"),
    ]
