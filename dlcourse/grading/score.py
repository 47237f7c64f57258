"""What a test is worth that has been run."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from dlcourse.grading.task import EXECUTED

# NumPy's and PyTorch's numbers, as they are written.
_NUMBER = re.compile(r"(?:np\.float\d+|np\.int\d+|tensor)\(([^(),]+)\)")
_ROUNDING = 1e-9  # of a sum of parts that should have given all marks
_ROUGHLY = 0.05  # to how many decimals a number is shown is up to the notebook


@dataclass(frozen=True)
class Outcome:
    """How a test ended.

    Attributes:
        state: how far it got.
        passed: whether it ran to its end without an error.
        shown: how the value of its last line reads, "" if it has none.
    """

    state: str
    passed: bool = False
    shown: str = ""


def score(outcome: Outcome, most: float) -> float:
    """Give the marks of a test.

    Its last value is partial credit if it is a finite number from 0 to the most that is
    possible. A number that is not earns nothing: what came out is not what the test's
    author had in mind. Any other value, or none, gives all marks, as with nbgrader.

    Args:
        outcome: how it ended.
        most: marks that are possible.
    """
    if outcome.state != EXECUTED or not outcome.passed:
        return 0.0
    credit = number(outcome.shown)
    if credit is None:
        return most
    return min(credit, most) if is_credit(credit, most) else 0.0


def is_credit(credit: float, most: float) -> bool:
    """Tell whether a number is partial credit; what is not finite never is."""
    return 0 <= credit <= most * (1 + _ROUNDING)


def number(text: str) -> float | None:
    """Read a value as a number; None if it is none."""
    whole = _NUMBER.fullmatch(text.strip())
    try:
        return float(whole[1] if whole else text)
    except ValueError:
        return None


def disagree(shown: str, kept: str) -> bool:
    """Tell whether a result differs from what the test kept of it, beyond rounding."""
    one, other = number(shown), number(kept)
    if one is None or other is None:
        return other is not None
    if not (math.isfinite(one) and math.isfinite(other)):
        return shown.strip() != kept.strip()
    return abs(one - other) > _ROUGHLY
