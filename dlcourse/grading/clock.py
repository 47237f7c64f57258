"""How much time a submission has."""

from __future__ import annotations

from dataclasses import dataclass, replace
from time import monotonic

from dlcourse.grading.sandbox.limits import Limits

_SPARE = 30  # seconds that a kernel may live after all time is over


@dataclass(frozen=True)
class Clock:
    """When time is over.

    Attributes:
        cell: seconds that a cell may take.
        whole: seconds that the whole submission may take.
        end: when those are over, by ``monotonic``.
    """

    cell: float
    whole: float
    end: float

    @classmethod
    def start(cls, cell: float, limits: Limits) -> tuple[Clock, Limits]:
        """Start the clock; kernels get time to be stopped by it in an orderly way."""
        clock = cls(cell, limits.wall, monotonic() + limits.wall)
        return clock, replace(limits, wall=limits.wall + _SPARE)

    def until(self) -> float:
        """Say when the time of a cell is over that starts now."""
        return min(monotonic() + self.cell, self.end)
