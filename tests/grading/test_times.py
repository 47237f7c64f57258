"""How long cells ran is left in graded notebooks, whatever these say themselves."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from .making import NAME, code, exam, marked, of, solution

SLOW = 0.3


def took(cell: dict[str, Any]) -> float:
    times = cell["metadata"]["execution"]
    begun, ended = (
        datetime.fromisoformat(times[key])
        for key in ("iopub.execute_input", "shell.execute_reply")
    )
    return (ended - begun).total_seconds()


def test_each_cell_that_ran_carries_its_time() -> None:
    item, test = solution("one"), exam("one-test", "one()")
    forged = {"execution": {"iopub.execute_input": "1999-01-01T00:00:00Z"}}
    cells = [
        of(item, f"import time\ndef one():\n    time.sleep({SLOW})\n"),
        code("pass", **forged),
        of(test),
        code(""),
    ]
    made = marked([item, test], cells)
    assert made.name == NAME
    own, extra, slow, empty = made.notebook["cells"]
    assert SLOW <= took(slow) <= made.seconds
    assert 0 < took(own) < took(slow)
    assert 0 <= took(extra) < took(slow)
    assert "execution" not in empty["metadata"]
    assert slow["metadata"]["execution"]["iopub.execute_input"] > "2020"
