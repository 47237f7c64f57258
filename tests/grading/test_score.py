"""Marks are finite numbers from 0 to the most, whatever a test says."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dlcourse.grading.score import Outcome, disagree, number, score
from dlcourse.grading.task import EXECUTED, STATES


@pytest.mark.parametrize(
    ("shown", "earned"),
    [
        ("", 3),
        ("1.5", 1.5),
        ("0", 0),
        ("3.0", 3),
        ("3.0000000000000004", 3),
        ("np.float64(0.5)", 0.5),
        ("np.int64(2)", 2),
        ("tensor(1.25)", 1.25),
        ("tensor([1.])", 3),
        ("True", 3),
        ("False", 3),
        ("'1.5'", 3),
        ("None", 3),
        ("3.1", 0),
        ("-0.5", 0),
        ("nan", 0),
        ("inf", 0),
        ("-inf", 0),
        ("np.float64(nan)", 0),
        ("9" * 400, 0),
    ],
)
def test_what_a_test_that_passed_is_worth(shown: str, earned: float) -> None:
    assert score(Outcome(EXECUTED, True, shown), 3) == earned


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("passed", [True, False])
def test_only_what_was_executed_and_passed_earns(state: str, passed: bool) -> None:
    earned = score(Outcome(state, passed), 3)
    assert earned == (3 if state == EXECUTED and passed else 0)


@given(st.text(max_size=20), st.floats(0, 100))
def test_whatever_is_shown(shown: str, most: float) -> None:
    earned = score(Outcome(EXECUTED, True, shown), most)
    assert math.isfinite(earned)
    assert 0 <= earned <= most


@pytest.mark.parametrize(
    ("shown", "kept", "differ"),
    [
        ("0.667", "0.6666666666", False),
        ("4.0", "1.0", True),
        ("words", "1.0", True),
        ("4.0", "'words'", False),
        ("nan", "nan", False),
        ("4.0", "nan", True),
        ("inf", "inf", False),
    ],
)
def test_a_result_that_is_not_the_tests(shown: str, kept: str, differ: bool) -> None:
    assert disagree(shown, kept) is differ


def test_what_is_no_number() -> None:
    assert number("[1]") is None
    assert number("") is None
