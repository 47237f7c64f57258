"""A page that holds a measurement's record in a cell of its own, and tables made of it.

The cell draws from the record, so a new one makes the build draw it anew.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from dlcourse.errors import CourseError

_DATA = ('RECORD = """', '"""')
_TABLES = ("% Tables: begin", "% Tables: end")


def read_record(text: str, page: Path) -> dict[str, Any]:
    """Read the record that a page shows.

    Args:
        text: the page's.
        page: its path, for what is said of it.

    Raises:
        CourseError: if the page lacks one of the marks around a record.
    """
    return dict(json.loads(_between(text, _DATA, page)[1]))


def with_data(text: str, written: str, page: Path) -> str:
    """Put a record, written as JSON, into the cell of a page that holds one."""
    before, _, after = _between(text, _DATA, page)
    return f"{before}\n{written}\n{after}"


def with_tables(text: str, written: str, page: Path) -> str:
    """Put tables into their place on a page."""
    before, _, after = _between(text, _TABLES, page)
    return f"{before}\n\n{written}\n{after}"


def _between(text: str, marks: tuple[str, str], page: Path) -> tuple[str, str, str]:
    """Split a text at two marks, which stay with what is outside."""
    before, begin, rest = text.partition(marks[0])
    inside, end, after = rest.partition(marks[1])
    if not begin or not end:
        raise CourseError(
            f"{page} must hold {marks[0]!r} and, after it, {marks[1]!r}: the result "
            "goes between them."
        )
    return before + begin, inside, end + after
