"""How much time a submission has, and how much each cell took."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from time import monotonic

from nbformat import NotebookNode

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


class Stopwatch:
    """Measures a cell, and leaves the times where Jupyter keeps them.

    ``metadata.execution`` of a cell is nbformat's own place for them. They are this
    process' times: a kernel, which runs what students wrote, has no say in them.
    """

    def __init__(self) -> None:
        self._date = datetime.now(UTC)
        self._begun = monotonic()

    def stamp(self, cell: NotebookNode) -> None:
        """Note in a cell when it began, and when it ended: now."""
        took = timedelta(seconds=monotonic() - self._begun)
        cell.metadata["execution"] = {
            "iopub.execute_input": self._date.isoformat(),
            "shell.execute_reply": (self._date + took).isoformat(),
        }
