"""The figures of a report: spread of marks, facility, discrimination, reliability."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dlcourse.exam.stats import alpha, discrimination
from dlcourse.report.classroom import Classroom, Item, Key
from dlcourse.report.graded import Traces
from dlcourse.report.text import without_numbers

# Below these, a figure would say more about chance, or about persons, than the class.
LEAST_TO_CORRELATE = 10
LEAST_FOR_QUARTILES = 5
WEAK = 0.2  # of discrimination
BINS = 10  # of the distribution; full marks have one more
_ROUNDING = 1e-9


@dataclass(frozen=True)
class Spread:
    """Least, quartiles and most of some numbers."""

    count: int
    least: float
    lower: float
    median: float
    upper: float
    most: float


@dataclass(frozen=True)
class Group:
    """Messages that differ in numbers only.

    Attributes:
        text: the commonest of them.
        count: how many there are.
        hidden: how many of them a hidden test said.
    """

    text: str
    count: int
    hidden: int


@dataclass(frozen=True)
class ItemNumbers:
    """How one item did.

    Attributes:
        item: the item.
        counted: students whose mark for it stands.
        full: how many of them have all marks, ``part`` some, ``none`` none.
        waits: students whose mark waits for a person.
        facility: mean share of its marks, without extra credit; NaN if nobody's stands.
        discrimination: correlation with the sum of the other items, this one left out
            (item-rest); NaN if the class is too small or one of the two does not vary.
        extra: students with extra credit.
        groups: what its failed tests said, the commonest first.
        seconds: how long it ran.
    """

    item: Item
    counted: int
    full: int
    part: int
    none: int
    waits: int
    facility: float
    discrimination: float
    extra: int
    groups: Sequence[Group]
    seconds: Spread | None

    @property
    def failed(self) -> int:
        """How many have not all of its marks."""
        return self.part + self.none


def spread(numbers: Sequence[float]) -> Spread | None:
    """Work out quartiles, by linear interpolation; None if there are no numbers."""
    if not numbers:
        return None
    found = np.quantile(np.asarray(numbers, dtype=np.float64), [0, 0.25, 0.5, 0.75, 1])
    return Spread(len(numbers), *map(float, found))


def is_full(share: float) -> bool:
    """Tell whether a share is all of the marks, or more by extra credit."""
    return share >= 1 - _ROUNDING


def histogram(shares: Sequence[float]) -> list[int]:
    """Count shares in tenths; the last number is that of full marks."""
    counts = [0] * (BINS + 1)
    for share in shares:
        place = BINS if is_full(share) else int(share * BINS + _ROUNDING)
        counts[min(max(place, 0), BINS)] += 1
    return counts


def marks_of(room: Classroom, traces: Mapping[str, Traces]) -> NDArray[np.float64]:
    """Put the marks of those whose work could be run into a table.

    Returns:
        Shape (students, items), float64; NaN where a mark waits for a person.
    """
    rows = [
        [_given(room, student, item.key) for item in room.items]
        for student in room.works
        if not traces.get(student, Traces()).unreadable
    ]
    return np.array(rows, dtype=np.float64).reshape(len(rows), len(room.items))


def _given(room: Classroom, student: str, key: Key) -> float:
    mark = room.works[student].marks.get(key)
    return math.nan if mark is None or mark.given is None else mark.given


def item_numbers(room: Classroom, traces: Mapping[str, Traces]) -> list[ItemNumbers]:
    """Work out how each item did."""
    table = marks_of(room, traces)
    return [
        _item(room, traces, item, table, place) for place, item in enumerate(room.items)
    ]


def _item(
    room: Classroom,
    traces: Mapping[str, Traces],
    item: Item,
    table: NDArray[np.float64],
    place: int,
) -> ItemNumbers:
    own = table[:, place]
    stands = own[~np.isnan(own)]
    full = int((stands >= item.points - _ROUNDING).sum())
    none = int((stands <= _ROUNDING).sum()) if item.points else 0
    marks = [work.marks.get(item.key) for work in room.works.values()]
    share = float(stands.mean() / item.points) if len(stands) and item.points else None
    ran = [
        one
        for student, one in sorted(traces.items())
        if student in room.works and not one.unreadable
    ]
    said = [one.messages[item.key] for one in ran if item.key in one.messages]
    took = [one.seconds[item.key] for one in ran if item.key in one.seconds]
    return ItemNumbers(
        item=item,
        counted=len(stands),
        full=full,
        part=len(stands) - full - none,
        none=none,
        waits=sum(mark is not None and mark.waits for mark in marks),
        facility=math.nan if share is None else share,
        discrimination=item_rest(table, place),
        extra=sum(mark is not None and mark.extra > 0 for mark in marks),
        groups=grouped([(one.text, one.hidden) for one in said]),
        seconds=spread(took),
    )


def item_rest(table: NDArray[np.float64], place: int) -> float:
    """Correlate an item with the sum of the others; see ``discrimination``.

    The others are those that are marked for everybody: a sum in which something is
    missing for some would tell who was marked first.

    Args:
        table: shape (students, items), NaN where a mark waits.
        place: the item's column.
    """
    whole = [
        column
        for column in range(table.shape[1])
        if column != place and not np.isnan(table[:, column]).any()
    ]
    rows = table[~np.isnan(table[:, place])]
    if len(rows) < LEAST_TO_CORRELATE or not whole:
        return math.nan
    return discrimination(rows[:, [place, *whole]], 0)


def reliability(table: NDArray[np.float64]) -> float:
    """Give Cronbach's alpha of the items that are marked for everybody.

    NaN if the class is too small, or there is nothing to compare.
    """
    if len(table) < LEAST_TO_CORRELATE:
        return math.nan
    return alpha(table[:, ~np.isnan(table).any(axis=0)])


def by_chance(count: int) -> float:
    """Say how large a correlation comes about by chance, in 19 of 20 cases."""
    return math.tanh(1.96 / math.sqrt(count - 3))


def grouped(said: Sequence[tuple[str, bool]]) -> list[Group]:
    """Group messages that differ in numbers only, the commonest first.

    Args:
        said: texts, each with whether a hidden test said it.
    """
    texts: dict[str, Counter[str]] = {}
    hidden: Counter[str] = Counter()
    for text, is_hidden in said:
        kind = without_numbers(text)
        texts.setdefault(kind, Counter())[text] += 1
        hidden[kind] += is_hidden
    groups = [
        Group(
            min(found, key=lambda text: (-found[text], text)), found.total(), hidden[k]
        )
        for k, found in texts.items()
    ]
    return sorted(groups, key=lambda group: (-group.count, group.text))
