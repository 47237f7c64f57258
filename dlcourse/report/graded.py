"""Reading what grading left in a student's notebooks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode

from dlcourse.grading.feedback.hidden import hide
from dlcourse.report.classroom import Key
from dlcourse.report.text import MOST, one_line

_ENGINE = ("CellStopped", "NotRun")  # the grader's own words among a cell's outputs
_TEST = "-test"  # ends the grade id of a test; before it stands the solution's


@dataclass(frozen=True)
class Message:
    """What a failed test said, in one line; ``hidden`` if a hidden test said it."""

    text: str
    hidden: bool = False


@dataclass(frozen=True)
class Traces:
    """What grading left in the notebooks of one submission.

    Attributes:
        messages: of failed tests, by item.
        seconds: that an item's solution and test ran, by item, where it is recorded.
        events: sentences on what happened; students see them, too.
        flags: sentences for the instructor only.
        unreadable: whether nothing could be run.
    """

    messages: Mapping[Key, Message] = field(default_factory=dict)
    seconds: Mapping[Key, float] = field(default_factory=dict)
    events: Sequence[str] = ()
    flags: Sequence[str] = ()
    unreadable: bool = False


def read_traces(
    folder: Path, tests: Sequence[Key], for_student: bool = False, closed: bool = False
) -> Traces:
    """Read the graded notebooks of one submission.

    Args:
        folder: where they are; a notebook that is missing or damaged tells nothing.
        tests: the assignment's tests.
        for_student: messages as the feedback has them: none of a hidden test's own.
        closed: for a student, show nothing that their own code said.
    """
    messages: dict[Key, Message] = {}
    seconds: dict[Key, float] = {}
    events: list[str] = []
    flags: list[str] = []
    unreadable = False
    for sheet in dict.fromkeys(sheet for sheet, _ in tests):
        notebook = _notebook(folder / f"{sheet}.ipynb")
        note = notebook.metadata.get("dlcourse", {})
        events.extend(one_line(str(one)) for one in note.get("events", []))
        flags.extend(one_line(str(one)) for one in note.get("flags", []))
        unreadable = unreadable or bool(note.get("unreadable"))
        if for_student:
            raw = [str(one) for one in note.get("events", [])]
            hide(notebook.cells, raw, closed=closed or bool(note.get("flags")))
        cells = dict(_named(notebook.cells))
        for key in tests:
            if key[0] == sheet and key[1] in cells:
                if found := _message(cells[key[1]], known=for_student):
                    messages[key] = found
                if (took := _seconds(cells, key[1])) is not None:
                    seconds[key] = took
    return Traces(messages, seconds, events, flags, unreadable)


def _notebook(path: Path) -> NotebookNode:
    empty: dict[str, Any] = {"cells": [], "metadata": {}}
    try:
        # Without validation: a notebook of our own, or one that is damaged anyway.
        found = nbformat.v4.reads(path.read_text(encoding="utf-8"))
        cells = [_whole(cell) for cell in found.cells]
        note = found.metadata.get("dlcourse", {})
    except (OSError, ValueError, TypeError, AttributeError, KeyError, RecursionError):
        return nbformat.from_dict(empty)
    metadata = {"dlcourse": note if isinstance(note, dict) else {}}
    return NotebookNode(cells=cells, metadata=nbformat.from_dict(metadata))


def _whole(cell: NotebookNode) -> NotebookNode:
    """Give a cell what all cells have, should a file of another maker lack it."""
    metadata = cell.get("metadata")
    labels = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    kept = {"nbgrader": labels} if isinstance(labels, dict) else {}
    times = metadata.get("execution") if isinstance(metadata, dict) else None
    outputs = cell.get("outputs", [])
    return NotebookNode(
        cell_type=str(cell.get("cell_type", "")),
        execution_count=cell.get("execution_count"),
        metadata=nbformat.from_dict({**kept, "execution": times or {}}),
        source=str(cell.get("source", "")),
        outputs=[_error(one) for one in outputs if one.get("output_type") == "error"],
    )


def _error(output: NotebookNode) -> NotebookNode:
    return NotebookNode(
        output_type="error",
        ename=str(output.get("ename", "")),
        evalue=str(output.get("evalue", "")),
        traceback=[str(chunk) for chunk in output.get("traceback", [])],
    )


def _named(cells: Sequence[NotebookNode]) -> Iterator[tuple[str, NotebookNode]]:
    for cell in cells:
        name = cell.metadata.get("nbgrader", {}).get("grade_id")
        if name:
            yield str(name), cell


def _message(cell: NotebookNode, known: bool) -> Message | None:
    """Read what a test said when it failed.

    Args:
        cell: of the test.
        known: whether hidden tests' messages were taken out already.
    """
    if not cell.outputs:
        return None
    own = [one for one in cell.outputs if one.ename in _ENGINE]
    chosen = (own or cell.outputs)[0]
    if own:
        return Message(_said(chosen))
    if known:
        return Message(_said(chosen), chosen.ename == "HiddenTest")
    shown = NotebookNode(cell, outputs=[chosen])
    hide([shown], [], closed=False)
    seen = [one.ename for one in shown.outputs]
    return Message(_said(chosen), "HiddenTest" in seen)


def _said(error: NotebookNode) -> str:
    name, line = error.ename, one_line(error.evalue)
    if name in (*_ENGINE, "AssertionError", "HiddenTest", "TestFailed"):
        return line or f"{name} without a message"
    return one_line(f"{one_line(name, 60)}: {line}".rstrip(": "), MOST)


def _seconds(cells: Mapping[str, NotebookNode], test: str) -> float | None:
    """Add up how long a test and its solution ran; None if it is not recorded."""
    own = _took(cells[test])
    if own is None:
        return None
    solution = cells.get(test.removesuffix(_TEST))
    more = _took(solution) if solution is not None and test.endswith(_TEST) else None
    return own + (more or 0.0)


def _took(cell: NotebookNode) -> float | None:
    times: Any = cell.metadata.get("execution", {})
    try:
        begun = datetime.fromisoformat(times["iopub.execute_input"])
        ended = datetime.fromisoformat(times["shell.execute_reply"])
        return max(0.0, (ended - begun).total_seconds())
    except (KeyError, TypeError, ValueError):
        return None
