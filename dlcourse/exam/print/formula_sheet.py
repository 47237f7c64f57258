"""The formulas of the course, for one side of an A4 sheet."""

from __future__ import annotations

import re
from pathlib import Path

from dlcourse.exam.print.markup import Document

# The page of the book includes the same file.
_SOURCE = Path(__file__).parents[1] / "bank" / "formula-sheet.md"


def formula_sheet() -> Document:
    """Return the sheet, for ``to_pdf(formula_sheet(), template="sheet")``."""
    document = Document("typst", "Deep Learning Lab · Formula sheet")
    text = _SOURCE.read_text(encoding="utf-8")
    for group in re.split(r"^(?=## )", text, flags=re.MULTILINE):
        if group.strip():
            document.raw("#group[")
            document.text(group)
            document.raw("]")
    return document
