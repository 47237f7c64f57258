"""Answers as texts, for systems that compare an answer with a list of texts."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from dlcourse.exam.question import Blank, Value, show_value
from dlcourse.exam.scoring import fits

# As many values may lie within the tolerance; with more, a list is no way to compare.
MOST_VALUES = 50
_NINE = Decimal("1e-9")


def decimal(value: float) -> str:
    """Write a number without exponent, with at most nine decimals."""
    text = f"{value:.9f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def bounds(key: float, tolerance: float) -> tuple[str, str]:
    """Return the smallest and the largest number that count as the key.

    Both are rounded outwards to nine decimals, which is the slack of ``scoring``.
    """
    middle, off = Decimal(repr(float(key))), Decimal(repr(float(tolerance)))
    low = (middle - off).quantize(_NINE, ROUND_FLOOR)
    high = (middle + off).quantize(_NINE, ROUND_CEILING)
    return _plain(low), _plain(high)


def _plain(number: Decimal) -> str:
    text = f"{number:f}".rstrip("0").rstrip(".")
    return "0" if text in ("", "-0") else text


def spellings(blank: Blank, value: Value | None = None) -> list[str]:
    """List the texts that count as an answer, the plainest first.

    Args:
        blank: whose key it is.
        value: another value than the key, such as a known mistake.
    """
    key = blank.key if value is None else value
    if isinstance(key, tuple):
        return shape_spellings(key)
    return number_spellings(key, blank.tolerance, blank.decimals)


def shape_spellings(key: Sequence[int]) -> list[str]:
    """List how a shape is written: brackets or none, commas or crosses between."""
    if not key:  # that of a scalar, which no text without brackets may stand for
        return ["()", "[]", "torch.Size([])"]
    sizes = [str(size) for size in key]
    inner = [", ".join(sizes), ",".join(sizes)]
    bracketed = [f"({text})" for text in inner]
    if len(key) == 1:
        bracketed.insert(0, f"({sizes[0]},)")
    texts = [*bracketed, *(f"[{text}]" for text in inner), *inner]
    texts += [f"torch.Size([{text}])" for text in inner]
    texts += [sign.join(sizes) for sign in ("x", " x ", "×", " × ")]
    return list(dict.fromkeys(texts))


def number_spellings(key: float, tolerance: float, decimals: int) -> list[str]:
    """List how the numbers within the tolerance are written with so many decimals.

    At most ``MOST_VALUES`` of them: ``too_many`` tells whether some are left out.
    """
    unit = 10**decimals
    low, high = _steps(key, tolerance, unit)
    values = sorted(range(low, high + 1), key=lambda step: abs(step / unit - key))
    texts = [show_value(key, decimals)]
    for step in values[:MOST_VALUES]:
        texts += _written(step / unit, decimals)
    # What is written here and what counts are decided in one place.
    return [text for text in dict.fromkeys(texts) if fits(key, tolerance, text)]


def too_many(blank: Blank) -> bool:
    """Tell whether more values lie within the tolerance than a list should hold."""
    if isinstance(blank.key, tuple):
        return False
    low, high = _steps(blank.key, blank.tolerance, 10**blank.decimals)
    return high - low >= MOST_VALUES


def _steps(key: float, tolerance: float, unit: int) -> tuple[int, int]:
    slack = 1e-9
    low = math.ceil((key - tolerance - slack) * unit)
    return low, math.floor((key + tolerance + slack) * unit)


def _written(value: float, decimals: int) -> Iterator[str]:
    """Write a number in the ways that people use."""
    full = show_value(value, decimals)
    short = full.rstrip("0").rstrip(".") if "." in full else full
    grouped = f"{value:,.{decimals}f}"
    for text in (full, short, grouped):
        bare = text.replace("0.", ".", 1) if abs(value) < 1 and "." in text else text
        for form in (text, bare):
            yield form
            if "," not in form:
                yield form.replace(".", ",")
            if value < 0:
                yield form.replace("-", "−")
