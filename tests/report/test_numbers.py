"""The figures of a report, against examples worked out by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest

from dlcourse.report.classroom import Classroom, Item, Mark, Work
from dlcourse.report.graded import Message, Traces
from dlcourse.report.numbers import (
    by_chance,
    grouped,
    histogram,
    item_numbers,
    item_rest,
    marks_of,
    reliability,
    spread,
)

ITEMS = [Item(("lab", f"Q{n}"), f"Q{n}", 1.0, by_hand=False) for n in (1, 2, 3)]
# Four kinds of students, three of each. Totals 3, 2, 1, 0: mean 3/2, variance 5/4.
KINDS = [(1, 1, 1), (1, 1, 0), (1, 0, 0), (0, 0, 0)]


def work(student: str, marks: tuple[float | None, ...], **more: float) -> Work:
    given = {
        item.key: Mark(None if mark is None else float(mark), waits=mark is None)
        for item, mark in zip(ITEMS, marks, strict=True)
    }
    return Work(student, given, **more)


def room(*rows: tuple[float | None, ...]) -> Classroom:
    works = {f"s{n:02}": work(f"s{n:02}", row) for n, row in enumerate(rows)}
    return Classroom("lab", ITEMS, works)


def test_the_example_worked_out_by_hand() -> None:
    found = item_numbers(room(*KINDS * 3), {})
    assert [one.facility for one in found] == [0.75, 0.5, 0.25]
    # Q1 against the rest [2, 1, 0, 0]: covariance 3/4 - 9/16 = 3/16, variances 3/16 and
    # 11/16, so 3 / sqrt(33). Q2 against [2, 1, 1, 0]: 1/4 / sqrt(1/4 · 1/2).
    by_hand = [3 / math.sqrt(33), 1 / math.sqrt(2), 3 / math.sqrt(33)]
    assert [one.discrimination for one in found] == pytest.approx(by_hand)
    assert [(one.full, one.part, one.none) for one in found] == [
        (9, 0, 3),
        (6, 0, 6),
        (3, 0, 9),
    ]
    # KR-20: 3/2 · (1 - (3/16 + 4/16 + 3/16) / (5/4)) = 3/4.
    assert reliability(marks_of(room(*KINDS * 3), {})) == pytest.approx(0.75)


def test_a_small_class_has_facility_but_no_correlations() -> None:
    nine = room(*KINDS * 2, KINDS[0])
    found = item_numbers(nine, {})
    assert found[0].facility == pytest.approx(7 / 9)
    assert all(math.isnan(one.discrimination) for one in found)
    assert math.isnan(reliability(marks_of(nine, {})))
    ten = room(*KINDS * 2, KINDS[0], KINDS[3])
    assert not math.isnan(item_numbers(ten, {})[0].discrimination)


def test_what_waits_is_left_out_and_not_taken_for_nothing() -> None:
    rows = [*KINDS * 3]
    rows[0] = (1, 1, None)
    first, second, third = item_numbers(room(*rows), {})
    assert (third.counted, third.waits, third.full, third.none) == (11, 1, 2, 9)
    assert third.facility == pytest.approx(2 / 11)
    # Q3 is no part of the others' rest any more: Q1 against Q2 is phi,
    # (1/2 - 3/4 · 1/2) / sqrt(3/16 · 1/4) = 1 / sqrt(3).
    assert first.discrimination == pytest.approx(1 / math.sqrt(3))
    assert second.discrimination == pytest.approx(1 / math.sqrt(3))
    assert reliability(marks_of(room(*rows), {})) == pytest.approx(
        2 * (1 - (3 / 16 + 4 / 16) / (11 / 16))
    )


def test_an_item_that_everybody_has_tells_nothing() -> None:
    found = item_numbers(room(*[(1, n % 2, n % 2) for n in range(12)]), {})
    assert math.isnan(found[0].discrimination)
    assert found[1].discrimination == pytest.approx(1)
    assert math.isnan(item_rest(np.ones((12, 1)), 0))


def test_partial_marks_and_extra_credit_are_told_apart() -> None:
    rows = room(*[(0.5, 1, 0)] * 3)
    key = ITEMS[1].key
    marks = {**rows.works["s00"].marks, key: Mark(1.0, extra=2.0)}
    rows = Classroom("lab", ITEMS, {**rows.works, "s00": Work("s00", marks)})
    half, whole, none = item_numbers(rows, {})
    assert (half.part, half.facility) == (3, 0.5)
    assert (whole.facility, whole.extra) == (1.0, 1)
    assert (none.facility, none.none) == (0.0, 3)
    assert rows.works["s00"].score == 3.5
    assert rows.share(rows.works["s00"]) == pytest.approx(3.5 / 3)


def test_what_could_not_be_run_says_nothing_about_items() -> None:
    rows = room((1, 1, 1), (0, 0, 0))
    found = item_numbers(rows, {"s01": Traces(unreadable=True)})
    assert [one.facility for one in found] == [1, 1, 1]


def test_a_share_is_of_what_is_marked_less_the_penalty() -> None:
    rows = Classroom("lab", ITEMS, {})
    assert rows.share(work("a", (1, None, 0))) == 0.5
    assert rows.share(work("a", (1, None, 1), penalty=1.0)) == 0.5
    assert rows.share(work("a", (1, 0, 0), penalty=5.0)) == 0
    assert rows.share(work("a", (None, None, None))) is None


def test_tenths_begin_at_their_lower_edge_and_full_marks_stand_alone() -> None:
    shares = [0.0, 0.099, 0.1, 0.3, 0.7, 0.999, 1.0, 1.2]
    assert histogram(shares) == [2, 1, 0, 1, 0, 0, 0, 1, 0, 1, 2]


def test_quartiles_are_interpolated() -> None:
    found = spread([4, 1, 3, 2])
    assert found is not None
    assert (found.least, found.lower, found.median) == (1, 1.75, 2.5)
    assert (found.upper, found.most, found.count) == (3.25, 4, 4)
    assert spread([]) is None


def test_chance_shrinks_with_the_class() -> None:
    # The usual table of critical values of r for two-sided 5 %: 0.361 for 30.
    assert by_chance(30) == pytest.approx(0.361, abs=0.005)
    assert by_chance(10) > by_chance(100)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("expected shape (3,), got (4,)", "expected shape (30,), got (7,)"),
        ("expected 0.5, got -1.25e-3", "expected 7, got 12."),
        ("got tensor([1., 2.])", "got tensor([0.5, 1e5, -3])"),
        ("got [[1, 2], [3, 4]]", "got [[1]]"),
        ("<A object at 0x7f3a>", "<A object at 0x11>"),
    ],
)
def test_messages_that_differ_in_numbers_are_one(one: str, other: str) -> None:
    [group] = grouped([(one, False), (other, True), (one, True)])
    assert (group.text, group.count, group.hidden) == (one, 3, 2)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("expected dtype float32, got 1", "expected dtype float64, got 1"),
        ("expected shape (3,), got (3,)", "expected shape (3,), got (3, 1)"),
        ("w: expected 1", "b: expected 1"),
    ],
)
def test_messages_that_differ_in_words_are_two(one: str, other: str) -> None:
    assert [group.count for group in grouped([(one, False), (other, False)])] == [1, 1]


def test_the_commonest_message_comes_first_and_equal_ones_by_the_alphabet() -> None:
    said = ["b", "a", "c", "c", "got 2", "got 1"]
    groups = grouped([(text, False) for text in said])
    assert [group.text for group in groups] == ["c", "got 1", "a", "b"]


def test_messages_and_times_belong_to_their_item() -> None:
    key = ITEMS[0].key
    traces = {
        "s00": Traces({key: Message("got 1")}, {key: 1.0}),
        "s01": Traces({key: Message("got 2", hidden=True)}, {key: 3.0}),
        "gone": Traces({key: Message("of nobody in the class")}, {key: 9.0}),
    }
    first, second, _ = item_numbers(room(*KINDS), traces)
    assert [(group.count, group.hidden) for group in first.groups] == [(2, 1)]
    assert first.seconds is not None
    assert (first.seconds.median, first.seconds.count) == (2.0, 2)
    assert (list(second.groups), second.seconds) == ([], None)
