"""When a submission is graded again, and when marks belong to other work."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from dlcourse.grading.state import State

EARLY, LATE = datetime(2030, 1, 1), datetime(2030, 1, 2)
BEFORE: dict[str, Any] = {
    "graded": Path("autograded"),
    "work": ["a", "b"],
    "work_before": ["a", "b"],
    "stamps": ["time", "secret"],
    "stamps_before": ["time", "secret"],
    "time": EARLY,
    "time_before": EARLY,
}


@pytest.mark.parametrize(
    ("change", "nothing_new", "new_work"),
    [
        ({}, True, False),
        ({"work": ["a", "c"]}, False, True),
        ({"work": ["a", ""]}, False, True),
        # The same file, handed in again: new feedback, the same marks by hand.
        ({"stamps": ["later", "other"], "time": LATE}, False, False),
        # Nothing was graded, or by another program, or one notebook of two.
        ({"work_before": [None, None]}, False, False),
        ({"work_before": [None, None], "time": LATE}, False, True),
        ({"work_before": ["a", None], "time": LATE}, False, True),
        (
            {"work_before": [None, None], "time": None, "time_before": None},
            False,
            False,
        ),
    ],
    ids=str,
)
def test_state(change: dict[str, Any], nothing_new: bool, new_work: bool) -> None:
    state = State(**{**BEFORE, **change})
    assert (state.nothing_new, state.new_work) == (nothing_new, new_work)
