"""Cutting a notebook's outputs, attachments and metadata down to what a page can bear.

What a kernel says is under the control of whoever wrote the notebook's code: also the
execution count and the metadata, which templates put into pages as they are.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from nbformat import NotebookNode

from dlcourse.grading.feedback.pictures import KINDS, is_encoded

MOST_TEXT = 20_000  # characters of one stream, result or traceback
MOST_MARKUP = 200_000  # characters of HTML or SVG; half of a table is worth nothing
MOST_OUTPUTS = 30  # of one cell
MOST_ATTACHMENTS = 10  # of one cell
MOST_SOURCE = 100_000  # characters of one cell
MOST_PAGE = 20_000_000  # characters of all cells
_TEXTS = ("text/plain", "text/markdown", "text/latex")
_MARKUPS = ("text/html", "image/svg+xml")


def cut_cells(cells: Iterable[NotebookNode]) -> None:
    """Cut all cells of a notebook in place, and from where they are too much, more."""
    room = MOST_PAGE
    for cell in cells:
        cut_cell(cell)
        room -= len(json.dumps(cell))
        if room < 0:
            cell.pop("attachments", None)
            if cell.get("outputs"):
                note = "(not shown: the outputs above are too large already)\n"
                cell.outputs = [_stream("stdout", note)]


def cut_cell(cell: NotebookNode) -> None:
    """Cut one cell in place; what pages show of an ordinary cell stays.

    Args:
        cell: of a notebook that was marked.
    """
    cell.source = _shortened(cell.source, MOST_SOURCE)
    # nbgrader's own labels were restored from the gradebook; all others go.
    cell.metadata = NotebookNode(
        {"nbgrader": cell.metadata.nbgrader} if "nbgrader" in cell.metadata else {}
    )
    if "attachments" in cell:
        cell.attachments = NotebookNode(_pictures(cell.attachments))
    if cell.cell_type != "code":
        return
    if type(cell.get("execution_count")) is not int:
        cell.execution_count = None
    many = len(cell.outputs) - MOST_OUTPUTS
    cell.outputs = [
        made
        for output in cell.outputs[:MOST_OUTPUTS]
        if (made := _output(output, cell.execution_count))
    ]
    if many > 0:
        note = f"({many} more outputs are not shown)\n"
        cell.outputs.append(_stream("stdout", note))


def _pictures(attachments: Any) -> dict[str, dict[str, str]]:
    kept: dict[str, dict[str, str]] = {}
    for name, bundle in attachments.items():
        pictures = {
            kind: data
            for kind, data in bundle.items()
            if kind in KINDS and is_encoded(data)
        }
        if pictures and len(kept) < MOST_ATTACHMENTS:
            kept[name] = pictures
    return kept


def _output(output: NotebookNode, count: int | None) -> NotebookNode | None:
    """Make an output anew from what may be shown of it; None if that is nothing."""
    if output.output_type == "stream":
        return _stream(
            "stderr" if output.name == "stderr" else "stdout",
            _shortened(str(output.text), MOST_TEXT),
        )
    if output.output_type == "error":
        return NotebookNode(
            output_type="error",
            ename=str(output.ename)[:200],
            evalue=_shortened(str(output.evalue), MOST_TEXT),
            traceback=_chunks(map(str, output.traceback)),
        )
    if output.output_type not in ("display_data", "execute_result"):
        return None
    data = {kind: text for kind, text in output.data.items() if _fits(kind, text)}
    data |= {kind: _shortened(data[kind], MOST_TEXT) for kind in _TEXTS if kind in data}
    if not data:
        return None
    made = NotebookNode(
        output_type=output.output_type,
        data=NotebookNode(data),
        metadata=NotebookNode(),
    )
    if output.output_type == "execute_result":
        made.execution_count = count
    return made


def _chunks(traceback: Iterable[str]) -> list[str]:
    """Shorten a traceback, which has a chunk of lines for each frame."""
    kept: list[str] = []
    room = MOST_TEXT
    for chunk in traceback:
        kept.append(_shortened(chunk, room))
        room -= len(chunk)
        if room <= 0:
            break
    return kept


def _fits(kind: str, data: object) -> bool:
    if not isinstance(data, str):
        return False
    if kind in _MARKUPS:
        return len(data) <= MOST_MARKUP
    return kind in _TEXTS or (kind in KINDS and is_encoded(data))


def _stream(name: str, text: str) -> NotebookNode:
    return NotebookNode(output_type="stream", name=name, text=text)


def _shortened(text: str, most: int) -> str:
    if len(text) <= most:
        return text
    return f"{text[:most]}\n(cut here: {most:,} of {len(text):,} characters)\n"
