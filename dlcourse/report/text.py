"""Text that students had a hand in, made fit for a line of a page."""

from __future__ import annotations

import re

from nbconvert.filters import strip_ansi

from dlcourse.grading.result import printable

MOST = 240  # characters of a sentence
MOST_ID = 80  # of a name
_READ = 4_000  # characters that are looked at: messages can be megabytes
_NUMBER = re.compile(
    r"(?<![\w.])[-+]?(?:0x[0-9a-fA-F]+|\d+(?:\.\d+)?\.?(?:e[-+]?\d+)?)"
)
# Rows of numbers, as lists, arrays and tensors show them, of whatever length.
_ROW = re.compile(r"\[\s*#(?:[,\s\[\]]+#)*[\s\]]*\]")


def one_line(text: str, most: int = MOST) -> str:
    """Make one printable line of a text, cut where it is too long.

    Terminal escapes go, other signs that cannot be shown become �. HTML stays: the page
    shows it as it was written.
    """
    line = printable(" ".join(strip_ansi(text[:_READ]).split()))
    return f"{line[: most - 1]}…" if len(line) > most else line


def without_numbers(line: str) -> str:
    """Replace what may differ between two cases of the same message."""
    return _ROW.sub("[#]", _NUMBER.sub("#", line))
