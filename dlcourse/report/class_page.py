"""The page on a class and one assignment, for instructors."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dlcourse.report import words
from dlcourse.report.classroom import Classroom, Work
from dlcourse.report.graded import Traces
from dlcourse.report.numbers import (
    BINS,
    LEAST_TO_CORRELATE,
    WEAK,
    Group,
    ItemNumbers,
    Spread,
    by_chance,
    grouped,
    histogram,
    is_full,
    item_numbers,
    marks_of,
    reliability,
    spread,
)
from dlcourse.report.render import Tile, render
from dlcourse.report.text import MOST_ID, one_line

MOST_GROUPS = 5  # messages of an item; the rest are counted
_HARD = 0.3  # facility
_SHORTEST = 0.001  # seconds that a picture tells apart


@dataclass(frozen=True)
class Person:
    """A line of a list that needs an id.

    Attributes:
        student: the id, fit for a page.
        said: sentences.
    """

    student: str
    said: Sequence[str]


@dataclass(frozen=True)
class ItemRow:
    """An item with what a person should know of it, in words."""

    numbers: ItemNumbers
    remarks: Sequence[str]

    @property
    def groups(self) -> Sequence[Group]:
        """The commonest messages."""
        return self.numbers.groups[:MOST_GROUPS]

    @property
    def other(self) -> int:
        """How many messages are not among them."""
        return sum(one.count for one in self.numbers.groups[MOST_GROUPS:])


@dataclass(frozen=True)
class Scale:
    """A logarithmic scale of times: ``powers`` are its upright lines, in seconds."""

    powers: Sequence[float]

    def place(self, seconds: float) -> float:
        """Say where a time stands, from 0 to 1."""
        low, high = math.log10(self.powers[0]), math.log10(self.powers[-1])
        return (math.log10(max(seconds, self.powers[0])) - low) / (high - low)


def class_page(course: str, room: Classroom, traces: Mapping[str, Traces]) -> str:
    """Make the page.

    Args:
        course: what the course is called.
        room: the class and the assignment.
        traces: of graded notebooks, by student.

    Returns:
        One HTML file that needs no other.
    """
    works = list(room.works.values())
    shares = [share for work in works if (share := room.share(work)) is not None]
    middle = spread(shares)
    rows = [ItemRow(one, _remarks(one)) for one in item_numbers(room, traces)]
    table = marks_of(room, traces)
    return render(
        "class.html.j2",
        course=course,
        room=room,
        tiles=_tiles(room, traces, shares, middle),
        handed_in=len(works) + len(room.ungraded),
        counts=histogram(shares),
        bins=BINS,
        middle=middle,
        rows=rows,
        waiting=sum(mark.waits for work in works for mark in work.marks.values()),
        correlated=len(table) >= LEAST_TO_CORRELATE,
        counted=len(table),
        least=LEAST_TO_CORRELATE,
        chance=by_chance(len(table)) if len(table) >= LEAST_TO_CORRELATE else math.nan,
        weak=WEAK,
        alpha=reliability(table),
        failed=[row for row in rows if row.numbers.groups],
        scale=_scale([row.numbers.seconds for row in rows]),
        events=grouped([(e, False) for t in traces.values() for e in t.events]),
        flagged=_flagged(room, traces),
        late=_late(works),
        broken=[
            Person(_name(student), one.events)
            for student, one in sorted(traces.items())
            if one.unreadable and student in room.works
        ],
        unknown_times=sum(work.handed_in is None for work in works),
    )


def _tiles(
    room: Classroom,
    traces: Mapping[str, Traces],
    shares: Sequence[float],
    middle: Spread | None,
) -> list[Tile]:
    works = list(room.works.values())
    handed_in = len(works) + len(room.ungraded)
    full = sum(map(is_full, shares))
    to_mark = sum(any(m.waits for m in work.marks.values()) for work in works)
    late = sum(bool(work.late) for work in works)
    whole = all(room.marked(work) == room.max_score for work in works)
    median = middle.median if middle else math.nan
    of_marks = (
        f"{words.marks(median * room.max_score)} of {words.marks(room.max_score)}"
    )
    return [
        Tile(
            "handed in",
            f"{handed_in} of {handed_in + len(room.missing)}",
            f"{len(room.ungraded)} not graded yet" if room.ungraded else "all graded",
        ),
        Tile(
            "median",
            words.percent(median),
            f"{of_marks} marks" if whole else "of what is marked so far",
        ),
        Tile(
            "full marks",
            words.percent(full / len(shares)) if shares else "–",
            words.counted(full, "student"),
        ),
        Tile(
            "to mark by hand",
            str(to_mark),
            "submissions" if to_mark != 1 else "submission",
        ),
        Tile(
            "late",
            str(late) if room.due else "–",
            f"due {room.due:%Y-%m-%d %H:%M} UTC" if room.due else "no due date is set",
        ),
        Tile("flagged", str(len(_flagged(room, traces))), "for you to look at"),
    ]


def _remarks(one: ItemNumbers) -> list[str]:
    said = []
    if one.waits:
        verb = "waits" if one.waits == 1 else "wait"
        said.append(f"{one.waits} {verb} for your marks")
    if one.discrimination < 0:
        said.append("those who do well elsewhere do worse here: look at the test")
    elif one.discrimination < WEAK:
        said.append("hardly tells strong from weak")
    if one.counted >= LEAST_TO_CORRELATE and one.facility < _HARD:
        said.append("few can do it")
    if one.extra:
        said.append(f"extra credit for {one.extra}")
    return said


def _scale(spreads: Sequence[Spread | None]) -> Scale | None:
    """Choose powers of ten around all times, from a millisecond on."""
    times = [time for one in spreads if one for time in (one.least, one.most)]
    if not times:
        return None
    low = math.floor(math.log10(max(min(times), _SHORTEST)))
    high = max(math.ceil(math.log10(max(*times, _SHORTEST))), low + 1)
    return Scale([10.0**power for power in range(low, high + 1)])


def _flagged(room: Classroom, traces: Mapping[str, Traces]) -> list[Person]:
    found = []
    for student, work in sorted(room.works.items()):
        said = list(traces.get(student, Traces()).flags)
        if work.flagged and not said:
            said = ["flagged in formgrader"]
        if said:
            found.append(Person(_name(student), said))
    return found


def _late(works: Sequence[Work]) -> list[Person]:
    late = sorted(
        (work for work in works if work.late), key=lambda w: (-(w.late or 0), w.student)
    )
    found = []
    for work in late:
        off = words.points(work.penalty)
        said = f"{words.duration(work.late or 0)} late, {off} taken off"
        found.append(Person(_name(work.student), [said]))
    return found


def _name(student: str) -> str:
    return one_line(student, MOST_ID)
