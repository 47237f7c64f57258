"""What travels to a worker and back: plain JSON, never pickled objects."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from dlcourse.grading.restore import Original
from dlcourse.grading.sandbox.limits import Limits

VERSION = 1

# How far a graded cell got. Only an executed one can earn marks by its test.
EXECUTED = "executed"
NOT_EXECUTED = "not executed"
KILLED = "killed"
TIMED_OUT = "timed out"
TAMPERED = "tampered"
BY_HAND = "by hand"  # answers and tasks, which a person marks
STATES = (EXECUTED, NOT_EXECUTED, KILLED, TIMED_OUT, TAMPERED, BY_HAND)


class TaskError(ValueError):
    """A message between the batch and a worker does not have the agreed form."""


@dataclass(frozen=True)
class Task:
    """One submission to mark, with all that marking it needs.

    Attributes:
        assignment: its name.
        student: the student's id.
        notebooks: for each notebook of the assignment, by name, its own cells.
        submitted: files as handed in, by path relative to the folder, base64.
        provided: the assignment's own files, likewise; they win over ``submitted``.
        refused: sentences on files that were not taken (links, too large, too many).
        timeout: seconds a cell may run.
        limits: what the sandbox allows.
        sandbox: ``bubblewrap`` or ``none``.
    """

    assignment: str
    student: str
    notebooks: Mapping[str, list[Original]]
    submitted: Mapping[str, str]
    provided: Mapping[str, str] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)
    timeout: int = 60
    limits: Limits = field(default_factory=Limits)
    sandbox: str = "bubblewrap"


@dataclass(frozen=True)
class CellMark:
    """What one graded cell got.

    ``score`` is None where a person has to mark it; ``answered`` is False where the
    answer is still the one of the release.
    """

    name: str
    state: str
    score: float | None
    max_score: float
    answered: bool = True


@dataclass(frozen=True)
class MarkedNotebook:
    """One notebook after marking.

    Attributes:
        name: of the notebook, without ``.ipynb``.
        notebook: the executed notebook, format 4, as JSON data; its
            ``metadata.dlcourse`` holds sha256, unreadable, events and flags.
        cells: a mark for each cell that carries marks.
        unanswered: grade ids of solution cells that are still the release's.
        events: sentences for the report, what happened.
        flags: sentences for the instructor only: what looks like cheating.
        seconds: of execution, for the whole notebook.
    """

    name: str
    notebook: dict[str, Any]
    cells: list[CellMark]
    unanswered: list[str]
    events: list[str]
    flags: list[str]
    seconds: float


@dataclass(frozen=True)
class Marked:
    """One submission after marking; ``error`` says why marking itself failed, or ""."""

    assignment: str
    student: str
    notebooks: list[MarkedNotebook]
    error: str = ""


def encode(message: Task | Marked) -> str:
    """Turn a message into JSON text."""
    data = {"version": VERSION, **vars(message)}
    # Not by ``asdict``, which copies notebooks leaf by leaf.
    return json.dumps(data, ensure_ascii=False, default=vars)


def decode_task(text: str) -> Task:
    """Read a task.

    Raises:
        TaskError: if the text is not a task of this version.
    """
    data = _load(text)
    try:
        originals = {
            name: [Original(**cell) for cell in cells]
            for name, cells in data.pop("notebooks").items()
        }
        limits = Limits(**data.pop("limits"))
        return Task(notebooks=originals, limits=limits, **data)
    except (TypeError, KeyError, AttributeError) as error:
        raise TaskError(f"task has not the agreed form: {error}") from error


def decode_marked(text: str) -> Marked:
    """Read what a worker made of a task.

    Raises:
        TaskError: if the text is not a result of this version.
    """
    data = _load(text)
    try:
        notebooks = [
            MarkedNotebook(cells=[CellMark(**cell) for cell in one.pop("cells")], **one)
            for one in data.pop("notebooks")
        ]
        marked = Marked(notebooks=notebooks, **data)
    except (TypeError, KeyError, AttributeError) as error:
        raise TaskError(f"result has not the agreed form: {error}") from error
    for notebook in marked.notebooks:
        for cell in notebook.cells:
            if cell.state not in STATES:
                raise TaskError(f"result gives {cell.name} the state {cell.state!r}")
    return marked


def _load(text: str) -> dict[str, Any]:
    try:
        data = json.loads(text)
    except ValueError as error:
        raise TaskError("message is not JSON") from error
    if not isinstance(data, dict) or data.pop("version", None) != VERSION:
        raise TaskError(f"message is not of version {VERSION}")
    return data
