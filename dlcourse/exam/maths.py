"""LaTeX for numbers, vectors and matrices of worked solutions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


def number(value: float, decimals: int = 3) -> str:
    """Write a number with at most so many decimals: no zeros at the end, no -0."""
    text = f"{value:.{decimals}f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def signed(value: float, decimals: int = 3) -> str:
    """Write a number as a term of a sum: ``+ 3`` or ``- 3``."""
    return f"{'-' if value < 0 else '+'} {number(abs(value), decimals)}"


def bracketed(value: float, decimals: int = 3) -> str:
    """Write a number as a factor: brackets around a negative one."""
    text = number(value, decimals)
    return f"({text})" if value < 0 else text


def vector(values: Iterable[float], decimals: int = 3) -> str:
    """Write a row vector."""
    inner = r",\, ".join(number(value, decimals) for value in values)
    return f"({inner})"


def matrix(rows: Sequence[Sequence[float]], decimals: int = 3) -> str:
    """Write a matrix in brackets."""
    body = r" \\ ".join(" & ".join(number(v, decimals) for v in row) for row in rows)
    return rf"\begin{{bmatrix}} {body} \end{{bmatrix}}"
