"""Numbers in words, as pages say them."""

from __future__ import annotations

import math

TIED = "\N{NO-BREAK SPACE}"  # a number and its unit stay together
_UNITS = (("day", 86_400), ("hour", 3_600), ("minute", 60), ("second", 1))


def percent(share: float) -> str:
    """Write a share; only what is all is 100 %, and only nothing is 0 %."""
    if math.isnan(share):
        return "–"
    rounded = math.floor(100 * share + 0.5)
    if rounded >= 100 > 100 * share:
        rounded = 99
    if rounded == 0 and share > 0:
        rounded = 1
    return f"{rounded}{TIED}%"


def marks(number: float) -> str:
    """Write marks: no more decimals than there are, two at most."""
    return f"{round(number, 2):g}"


def points(number: float) -> str:
    """Write a number of marks, with the word."""
    shown = marks(number)
    return f"{'no' if shown == '0' else shown} mark{'s' if shown != '1' else ''}"


def signed(number: float) -> str:
    """Write a correlation; a dash if there is none."""
    return "–" if math.isnan(number) else f"{number:.2f}".replace("-", "−")


def seconds(number: float) -> str:
    """Write a time that a cell took."""
    if number < 0.9995:
        return f"{1000 * number:.0f}{TIED}ms"
    rounded = round(number, 1) if number < 9.95 else round(number)
    return f"{rounded:g}{TIED}s"


def duration(number: float) -> str:
    """Write how late somebody was, in the two largest units."""
    left = max(1, round(number))
    parts: list[str] = []
    for unit, size in _UNITS:
        many, left = divmod(left, size)
        if many and len(parts) < 2:
            parts.append(counted(many, unit))
        elif parts:
            break
    return " ".join(parts)


def counted(number: int, thing: str) -> str:
    """Write a number of things."""
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"
