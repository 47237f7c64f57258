"""Weights and hurdles, by hand and against the page's calculator."""

from __future__ import annotations

import pytest

from dlcourse.exam.hurdles import needed, stand

from . import node


@pytest.mark.parametrize(
    ("in_semester", "exam", "overall", "missed"),
    [
        (50, 50, 50, ()),
        (80, 45, 66, ()),
        (80, 44.9, 65.96, ("exam",)),
        (44, 100, 66.4, ("in-semester",)),
        (45, 57.5, 50, ()),
        (45, 57, 49.8, ("overall",)),
        (30, 30, 30, ("in-semester", "exam", "overall")),
    ],
)
def test_all_three_hurdles_count(
    in_semester: float, exam: float, overall: float, missed: tuple[str, ...]
) -> None:
    standing = stand(in_semester, exam)
    assert standing.overall == pytest.approx(overall)
    assert standing.missed == missed
    assert standing.passed is (missed == ())


def test_what_is_needed_is_just_enough() -> None:
    for tenths in range(450, 1001):
        least = needed(tenths / 10)
        assert least is not None
        assert stand(tenths / 10, least).passed
        assert not stand(tenths / 10, least - 0.1).passed


def test_no_exam_mends_a_missed_semester() -> None:
    assert needed(44.9) is None


@pytest.mark.parametrize("percent", [-1, 100.5])
def test_per_cent_end_at_a_hundred(percent: float) -> None:
    with pytest.raises(ValueError, match="0 to 100"):
        needed(percent)
    with pytest.raises(ValueError, match="0 to 100"):
        stand(50, percent)


def test_the_pages_calculator_says_the_same() -> None:
    grid = [[s / 2, e / 2] for s in range(0, 201, 3) for e in range(0, 201, 3)]
    theirs = node.run("hurdles.js", "[js.stand(...d), js.needed(d[0])]", grid)
    for (semester, exam), (standing, least) in zip(grid, theirs, strict=True):
        ours = stand(semester, exam)
        assert standing == {"overall": ours.overall, "missed": list(ours.missed)}
        assert least == needed(semester)


def test_the_calculators_words() -> None:
    says = node.run(
        "hurdles.js",
        "js.advice(...d)",
        [[None, None], [44, 90], [50, None], [80, None], [60, 40], [60, 60]],
    )
    assert says[0].startswith("Enter your in-semester result")
    assert "no exam result can pass" in says[1]
    assert "at least 50.0 % in the exam, to reach 50 % overall" in says[2]
    assert "at least 45.0 % in the exam, the exam's own hurdle" in says[3]
    assert "Overall 52.0 %. Not passed: the hurdle missed is exam." in says[4]
    assert says[5] == "Overall 60.0 %. Passed: all three hurdles are cleared."
