"""What came of the submissions of a batch, for people to read."""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from time import monotonic

GRADED = "graded"
UNCHANGED = "unchanged"
FAILED = "failed"  # grading itself went wrong; no marks were recorded


@dataclass(frozen=True)
class Result:
    """What came of one submission.

    Attributes:
        student: the student's id.
        score: marks, a penalty for lateness taken off.
        max_score: marks that were possible.
        events: sentences on what happened.
        flags: sentences on what a person should look at.
        outcome: ``graded``, ``unchanged`` or ``failed``.
        number: how many submissions of the batch were done with this one.
        total: how many there are in the batch.
    """

    student: str
    score: float
    max_score: float
    events: Sequence[str] = ()
    flags: Sequence[str] = ()
    outcome: str = GRADED
    number: int = 1
    total: int = 1

    def line(self) -> str:
        """Say it in one line, which nothing that a student wrote can break."""
        marks = f"{self.student} {self.score:g}/{self.max_score:g}"
        said = "; ".join([*self.events, *(f"FLAGGED: {one}" for one in self.flags)])
        return printable(f"{marks}: {said}" if said else marks)


@dataclass
class Summary:
    """Counts of a whole batch."""

    counts: Counter[str] = field(default_factory=Counter)
    flagged: int = 0
    begun: float = field(default_factory=monotonic)

    def add(self, result: Result) -> None:
        """Count one more."""
        self.counts[result.outcome] += 1
        self.flagged += bool(result.flags)

    @property
    def failed(self) -> int:
        """How many submissions could not be graded."""
        return self.counts[FAILED]

    @property
    def rate(self) -> float:
        """How many submissions were graded a minute."""
        return 60 * self.counts[GRADED] / max(monotonic() - self.begun, 1e-3)

    def line(self) -> str:
        """Say how many came out how, and how fast."""
        return (
            f"{self.counts[GRADED]} graded, {self.counts[UNCHANGED]} unchanged, "
            f"{self.flagged} flagged, {self.failed} failed; {self.rate:.0f} a minute"
        )


def printable(text: str) -> str:
    """Replace what could move a terminal's cursor or break a line."""
    return "".join(one if one.isprintable() else "�" for one in text)


def suggest(unknown: str, known: Sequence[str]) -> str:
    """End a sentence on an unknown name with the known ones that look like it."""
    near = difflib.get_close_matches(unknown, known, n=3, cutoff=0.5)
    return f"; did you mean {' or '.join(map(printable, near))}?" if near else "."
