"""Who passes the unit: weights and hurdles; book/_static/hurdles.js mirrors it."""

from __future__ import annotations

from dataclasses import dataclass

EXAM_SHARE = 0.4
IN_SEMESTER_HURDLE = 45.0
EXAM_HURDLE = 45.0
OVERALL_HURDLE = 50.0
# 0.6 · 50 + 0.4 · 50 must not miss 50 by a rounded bit.
_SLACK = 1e-9


@dataclass(frozen=True)
class Standing:
    """How somebody stands, in per cent.

    Args:
        overall: the mark of the unit.
        missed: the hurdles that were not cleared: in-semester, exam, overall.
    """

    overall: float
    missed: tuple[str, ...]

    @property
    def passed(self) -> bool:
        """Return whether all hurdles were cleared."""
        return not self.missed


def stand(in_semester: float, exam: float) -> Standing:
    """Work out the mark of the unit and the hurdles missed.

    Args:
        in_semester: per cent of the marks before the exam, 0 to 100.
        exam: per cent of the exam's marks, 0 to 100.

    Raises:
        ValueError: if a percentage is outside 0 to 100.
    """
    for value in (in_semester, exam):
        if not 0 <= value <= 100:
            raise ValueError(f"per cent run from 0 to 100, not {value}")
    overall = (1 - EXAM_SHARE) * in_semester + EXAM_SHARE * exam
    cleared = {
        "in-semester": in_semester >= IN_SEMESTER_HURDLE,
        "exam": exam >= EXAM_HURDLE,
        "overall": overall >= OVERALL_HURDLE - _SLACK,
    }
    return Standing(overall, tuple(name for name, done in cleared.items() if not done))


def needed(in_semester: float) -> float | None:
    """Return the smallest exam result, in per cent, that passes; nothing if none does.

    Args:
        in_semester: per cent of the marks before the exam, 0 to 100.

    Raises:
        ValueError: if it is outside 0 to 100.
    """
    if not 0 <= in_semester <= 100:
        raise ValueError(f"per cent run from 0 to 100, not {in_semester}")
    if in_semester < IN_SEMESTER_HURDLE:
        return None
    rest = (OVERALL_HURDLE - (1 - EXAM_SHARE) * in_semester) / EXAM_SHARE
    return max(EXAM_HURDLE, rest)
