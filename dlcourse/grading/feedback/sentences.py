"""What feedback pages say to students, in words."""

from __future__ import annotations

import html
from collections.abc import Sequence

HIDDEN_HERE = "# Hidden tests: the same task with other inputs."
REDACTED = "(a line of a hidden test, not shown)"
NOT_SHOWN = "What this cell showed is left out here. Ask your instructor about it.\n"
TEST_FAILED = "a test of this cell failed. Ask your instructor about it."


def hidden_failed(fault: str) -> str:
    """Say that a hidden test failed, and where the student's code raised, if it did."""
    where = f": {fault}" if fault else ""
    return (
        f"a hidden test failed{where}.\nHidden tests check the same task with other "
        "sizes, seeds, types and edge cases.\nRead the task sentence by sentence: does "
        "your code do what it says for any input?"
    )


def raised(error: str, cell: str, line: int) -> str:
    """Say that the student's own code raised an error."""
    return f"your code raised {error} in cell {cell}, line {line}"


def events_note(events: Sequence[str]) -> str:
    """Write the Markdown of the note on top: what happened when this was graded.

    Args:
        events: sentences, which may quote names of files that students chose.
    """
    shown = "".join(f"<li>{_literal(event)}</li>" for event in events)
    return f"<p><strong>When this was graded</strong></p><ul>{shown}</ul>"


def _literal(text: str) -> str:
    """Write text so that neither HTML nor Markdown nor maths is read into it."""
    line = " ".join(text.split())
    return "".join(
        one if one.isalnum() or one in " .,:;()'-/" else f"&#{ord(one)};"
        for one in html.unescape(line)
    )
