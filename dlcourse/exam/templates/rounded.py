"""Values of worked solutions behind the sign that is true of them."""

from __future__ import annotations

import math

from dlcourse.exam.maths import number
from dlcourse.exam.question import show_value


def equals(value: float, decimals: int = 3) -> str:
    r"""Write ``= 0.5`` or, if decimals are cut off, ``\approx 0.333``."""
    text = number(value, decimals)
    return f"{_sign(value, float(text))} {text}"


def gives(value: float, decimals: int) -> str:
    r"""Write a key likewise, with all decimals asked for: ``= 0.500``."""
    text = show_value(value, decimals)
    return f"{_sign(value, float(text))} {text}"


def _sign(value: float, shown: float) -> str:
    exact = math.isclose(value, shown, rel_tol=1e-9, abs_tol=1e-9)
    return "=" if exact else r"\approx"
