"""Small assignments and what is handed in for them, made in one line, and marked."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from nbgrader.utils import compute_checksum

from dlcourse.grading.mark import mark
from dlcourse.grading.restore import Original
from dlcourse.grading.sandbox.limits import Limits
from dlcourse.grading.task import MarkedNotebook, Task, decode_marked, encode

NAME = "small"


def exam(name: str, source: str, points: float = 2.0) -> Original:
    return _original(name, source, locked=True, grade=True, points=points)


def solution(name: str, source: str = "raise NotImplementedError\n") -> Original:
    return _original(name, source, solution=True)


def helper(name: str, source: str) -> Original:
    return _original(name, source, locked=True)


def answer(name: str, points: float = 2.0) -> Original:
    stub = "Your answer."
    return _original(name, stub, "markdown", grade=True, solution=True, points=points)


def chore(name: str, points: float = 2.0) -> Original:
    """What nbgrader calls a task: work of any form, described in a cell."""
    return _original(name, "Do it.", "markdown", task=True, points=points)


def _original(
    name: str, source: str, cell_type: str = "code", points: float = 0.0, **flags: bool
) -> Original:
    kinds = {"locked": False, "grade": False, "solution": False, "task": False, **flags}
    draft = Original(name, cell_type, source, None, points=points, **kinds)
    return replace(draft, checksum=compute_checksum(draft.cell()))


def code(source: str, **metadata: Any) -> dict[str, Any]:
    return {
        "cell_type": "code",
        "execution_count": None,
        "metadata": metadata,
        "outputs": [],
        "source": source,
    }


def of(original: Original, source: str | None = None) -> dict[str, Any]:
    """A cell of the assignment, as released or filled in."""
    cell = dict(original.cell())
    cell["source"] = original.source if source is None else source
    return cell


def written(cells: Sequence[Mapping[str, Any]]) -> bytes:
    document = {"cells": list(cells), "metadata": {}, "nbformat": 4}
    return json.dumps({**document, "nbformat_minor": 5}).encode()


def task(
    originals: Sequence[Original],
    raw: bytes | Sequence[Mapping[str, Any]],
    timeout: int = 20,
    **more: Any,
) -> Task:
    raw = raw if isinstance(raw, bytes) else written(raw)
    files = {f"{NAME}.ipynb": raw, **more.pop("files", {})}
    packed = {path: base64.b64encode(one).decode() for path, one in files.items()}
    settings = {"sandbox": "none", "limits": Limits(wall=120), **more}
    return Task(
        NAME, "ada", {NAME: list(originals)}, packed, timeout=timeout, **settings
    )


def marked(
    originals: Sequence[Original],
    cells: bytes | Sequence[Mapping[str, Any]],
    **more: Any,
) -> MarkedNotebook:
    """Mark what was handed in."""
    result = decode_marked(mark(encode(task(originals, cells, **more))))
    assert result.error == ""
    [notebook] = result.notebooks
    return notebook


def scores(notebook: MarkedNotebook) -> dict[str, float | None]:
    return {cell.name: cell.score for cell in notebook.cells}


def states(notebook: MarkedNotebook) -> dict[str, str]:
    return {cell.name: cell.state for cell in notebook.cells}


def printed(notebook: MarkedNotebook, place: int = -1) -> str:
    outputs = notebook.notebook["cells"][place]["outputs"]
    return "".join(one["text"] for one in outputs if one["output_type"] == "stream")


def errors(notebook: MarkedNotebook, place: int) -> list[str]:
    outputs = notebook.notebook["cells"][place]["outputs"]
    return [one["evalue"] for one in outputs if one["output_type"] == "error"]
