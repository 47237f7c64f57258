"""The scoring rule, by cases worked out by hand, and its JavaScript against it."""

from __future__ import annotations

import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dlcourse.exam.scoring import fits, score

from . import node

ANSWERS = 4000


def choice(marks: float, right: str) -> dict[str, Any]:
    """Make the rule of a question whose right options are written 1."""
    return {"kind": "several", "marks": marks, "right": [c == "1" for c in right]}


@pytest.mark.parametrize(
    ("right", "picked", "marks"),
    [
        # 2 marks, K = 2 of 5: each net right pick is worth one.
        ("11000", {0, 1}, 2),
        ("11000", {0}, 1),
        ("11000", {0, 1, 2}, 1),
        ("11000", {0, 2}, 0),
        ("11000", {2, 3}, 0),
        ("11000", {0, 1, 2, 3, 4}, 0),
        ("11000", set(), 0),
        # K = 1: all or nothing, with or without a wrong one beside it.
        ("0100", {1}, 2),
        ("0100", {1, 2}, 0),
        ("0100", {0}, 0),
    ],
)
def test_right_picks_earn_and_wrong_ones_cost(
    right: str, picked: set[int], marks: float
) -> None:
    assert score(choice(2, right), picked) == marks


def test_a_third_of_three_marks_is_one() -> None:
    assert score(choice(3, "111000"), {0, 1, 3}) == 1
    assert score(choice(2, "111000"), {0}) == pytest.approx(2 / 3)


@given(
    right=st.lists(st.booleans(), min_size=2, max_size=8).filter(
        lambda r: 0 < sum(r) <= len(r) - sum(r)
    ),
    data=st.data(),
    marks=st.sampled_from([1.0, 2.0, 3.0, 2.5]),
)
def test_only_the_right_set_is_worth_full_marks(
    right: list[bool], data: st.DataObject, marks: float
) -> None:
    picked = data.draw(st.sets(st.integers(0, len(right) - 1)))
    earned = score({"kind": "several", "marks": marks, "right": right}, picked)
    assert 0 <= earned <= marks
    whole = {n for n, is_right in enumerate(right) if is_right}
    assert (earned == marks) == (picked == whole)


@pytest.mark.parametrize(
    ("key", "tolerance", "answer", "right"),
    [
        (0.25, 0.01, "0.25", True),
        (0.25, 0.01, " .26 ", True),
        (0.25, 0.01, "0.2601", False),
        (0.25, 0.01, "0,25", True),
        (0.25, 0.01, "2.5e-1", True),
        (-3.0, 0.0, "−3", True),
        (-3.0, 0.0, "-3.0", True),
        (3.0, 0.0, "+3", True),
        (12544.0, 0.0, "12,544", True),
        (12544.0, 0.0, "12 544", True),
        (1.234, 0.001, "1,234", True),
        (3.0, 0.0, "", False),
        (3.0, 0.0, "three", False),
        (3.0, 0.0, "3 or 4", False),
        (3.0, 0.0, "inf", False),
        (3.0, 0.0, "٣", False),
        (3.0, 0.0, 3, True),
        ((128, 16, 28, 28), 0.0, "(128, 16, 28, 28)", True),
        ((128, 16, 28, 28), 0.0, "128,16,28,28", True),
        ((128, 16, 28, 28), 0.0, "[128, 16, 28, 28]", True),
        ((128, 16, 28, 28), 0.0, "128x16×28*28", True),
        ((128, 16, 28, 28), 0.0, "torch.Size([128, 16, 28, 28])", True),
        ((128, 16, 28, 28), 0.0, (128, 16, 28, 28), True),
        ((128, 16, 28, 28), 0.0, "(128, 16, 28)", False),
        ((128, 16, 28, 28), 0.0, "(128, 28, 28, 16)", False),
        ((10,), 0.0, "(10,)", True),
        ((10,), 0.0, "10", True),
        ((10,), 0.0, "(10, 1)", False),
        ((10,), 0.0, "(10.0,)", False),
    ],
)
def test_an_answer_is_read_in_each_way_that_people_write_it(
    key: Any, tolerance: float, answer: object, right: bool
) -> None:
    assert fits(key, tolerance, answer) is right


def test_each_blank_carries_the_same_share() -> None:
    blanks = [{"key": 1.5, "tolerance": 0.1}, {"key": [2, 3], "tolerance": 0.0}]
    rule = {"kind": "numeric", "marks": 5, "blanks": blanks}
    assert score(rule, ["1.5", "(2, 3)"]) == 5
    assert score(rule, ["1.7", "2x3"]) == 2.5
    assert score(rule, ["", "(3, 2)"]) == 0


def test_lines_of_a_rubric_earn_at_most_their_marks() -> None:
    rule = {"kind": "written", "marks": 4, "rubric": [2, 1, 1]}
    assert score(rule, [2, 0.5, 0]) == 2.5
    assert score(rule, [9, 9, -5]) == 3


@pytest.mark.parametrize(
    ("rule", "answer"),
    [
        (choice(2, "100"), [3]),
        (choice(2, "100"), [-1]),
        ({"kind": "numeric", "marks": 1, "blanks": []}, ["1"]),
        ({"kind": "written", "marks": 1, "rubric": [1]}, []),
    ],
)
def test_an_answer_of_another_form_is_refused(rule: Any, answer: Any) -> None:
    with pytest.raises(ValueError, match="not"):
        score(rule, answer)


def random_case(rng: random.Random) -> dict[str, Any]:
    """Draw a rule and an answer, half of the answers near the key."""
    marks = rng.choice([1, 2, 3, 5, 2.5])
    kind = rng.choice(["choice", "numeric", "written"])
    if kind == "choice":
        size = rng.randint(2, 8)
        right = [True] * rng.randint(1, size // 2)
        right += [False] * (size - len(right))
        rng.shuffle(right)
        picked = [n for n in range(size) if rng.random() < 0.4]
        return {
            "rule": {"kind": "several", "marks": marks, "right": right},
            "a": picked,
        }
    if kind == "written":
        rubric = [rng.choice([0.5, 1, 2]) for _ in range(rng.randint(1, 4))]
        rule = {"kind": "written", "marks": sum(rubric), "rubric": rubric}
        return {"rule": rule, "a": [rng.choice([0, 0.5, 1, 3, -1]) for _ in rubric]}
    blanks, texts = [], []
    for _ in range(rng.randint(1, 4)):
        if rng.random() < 0.4:
            key: Any = [rng.randint(1, 300) for _ in range(rng.randint(1, 4))]
            tolerance = 0.0
            given_ = key if rng.random() < 0.7 else key[::-1]
            left, right_ = rng.choice(["()", "[]", ("", ""), ("torch.Size([", "])")])
            text = left + rng.choice([", ", ",", "x", " × "]).join(map(str, given_))
            text += rng.choice(["", ","]) + right_
        else:
            decimals = rng.randint(0, 4)
            key = round(rng.uniform(-2000, 2000), decimals)
            tolerance = 10.0**-decimals if decimals else 0.0
            value = key + rng.choice([0, 0, tolerance, -tolerance, 2 * tolerance, 1])
            text = rng.choice(
                [f"{value:.{decimals}f}", f"{value:,.{decimals}f}", f"{value:e}", "x"]
            )
            text = rng.choice([text, text.replace("-", "−"), text.replace(".", ",")])
        blanks.append({"key": key, "tolerance": tolerance})
        texts.append(rng.choice([text, f" {text}\u00a0", text.upper()]))
    return {"rule": {"kind": "numeric", "marks": marks, "blanks": blanks}, "a": texts}


def test_the_pages_rule_gives_the_same_marks_for_thousands_of_answers() -> None:
    rng = random.Random(20)
    cases = [random_case(rng) for _ in range(ANSWERS)]
    ours = [score(case["rule"], case["a"]) for case in cases]
    theirs = node.run("scoring.js", "js.score(d.rule, d.a)", cases)
    different = [
        (case, one, other)
        for case, one, other in zip(cases, ours, theirs, strict=True)
        if one != other
    ]
    assert not different, different[:3]
    # The answers were neither all right nor all wrong.
    full = sum(a == c["rule"]["marks"] for a, c in zip(ours, cases, strict=True))
    assert ANSWERS / 10 < full < 0.9 * ANSWERS
    assert ANSWERS / 10 < sum(marks == 0 for marks in ours) < 0.9 * ANSWERS
