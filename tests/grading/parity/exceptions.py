"""Where marks differ from stock nbgrader's, each with its reason.

The page book/teaching/marks.md shows this list; the test beside it marks every one of
these submissions in both ways, and looks whether the page says the same.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from ..conftest import TOY
from ..submissions import (
    answered,
    cell,
    skipped,
    without,
    written,
)

CREDIT = Path(__file__).with_name("credit.md")


@dataclass(frozen=True)
class Difference:
    """A submission that stock nbgrader and `dlcourse grade` mark differently.

    Attributes:
        what: was handed in, for the page.
        stock: marks by tests with stock nbgrader, None if it records none at all;
            several where chance decides.
        ours: marks by tests here.
        why: for the page.
        make: makes the file from the release.
        source: of the assignment.
        file: its name, if not the notebook's.
    """

    what: str
    stock: tuple[float | None, ...]
    ours: float
    why: str
    make: Callable[[bytes], bytes]
    source: Path = TOY
    file: str = ""

    def row(self) -> str:
        """Write the row of the page's table."""
        stock = ["none recorded" if one is None else f"{one:g}" for one in self.stock]
        return f"| {self.what} | {' or '.join(stock)} | {self.ours:g} | {self.why} |"


def _answers(**answers: str) -> Callable[[bytes], bytes]:
    return lambda release: written(answered(release, **answers))


def _gives(value: str) -> Callable[[bytes], bytes]:
    def make(release: bytes) -> bytes:
        notebook = json.loads(release)
        cell(notebook, "share")["source"] = f"def share():\n    return {value}\n"
        return written(notebook)

    return make


DIFFERENCES = {
    "warns": Difference(
        "right answers, one of which causes a warning",
        (7,),
        9,
        "a warning, also a library's, is no mistake",
        _answers(
            double="import warnings\n\ndef double(number):\n"
            "    warnings.warn('slow', stacklevel=1)\n    return 2 * number\n"
        ),
    ),
    "dies": Difference(
        "the second of three answers kills its kernel",
        (None,),
        2,
        "the cells that ran before keep their marks",
        _answers(backwards="import os\nos._exit(1)\n"),
    ),
    "stuck": Difference(
        "the second of three answers runs for ever and ignores the interrupt",
        (None,),
        2,
        "the same",
        _answers(
            backwards="import signal\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\n"
            "while True:\n    pass\n"
        ),
    ),
    "quits": Difference(
        "the second of three answers calls `exit()`",
        (6, None),
        2,
        "the same; whether stock's kernel lives on is a matter of milliseconds",
        _answers(backwards="exit()\n"),
    ),
    "skips": Difference(
        "a wrong answer, and its test tagged so that it does not run",
        (9,),
        6,
        "a test that did not run proves nothing",
        skipped,
    ),
    "deleted": Difference(
        "right answers, one test deleted",
        (6,),
        9,
        "the test is put back and run",
        without("backwards-test"),
    ),
    "renamed": Difference(
        "right answers in `toy (1).ipynb`",
        (None,),
        9,
        "browsers give second downloads such names",
        _answers(),
        file="toy (1).ipynb",
    ),
    "no number": Difference(
        "a test of 2 points whose last value is `nan`",
        (2,),
        0,
        "credit is a finite number from 0 to the most that is possible",
        _gives("float('nan')"),
        CREDIT,
    ),
    "below zero": Difference(
        "a test of 2 points whose last value is -1",
        (2,),
        0,
        "the same",
        _gives("-1"),
        CREDIT,
    ),
    "too much": Difference(
        "a test of 2 points whose last value is 5",
        (None,),
        0,
        "the same; and it costs nothing else",
        _gives("5"),
        CREDIT,
    ),
}
