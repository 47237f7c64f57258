"""Marking one submission, from its files to its marks: JSON in, JSON out."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from functools import partial

from nbformat import NotebookNode

from dlcourse.errors import CourseError
from dlcourse.grading import words
from dlcourse.grading.clean import put_right, read_submitted
from dlcourse.grading.clock import Clock
from dlcourse.grading.flags import flags
from dlcourse.grading.kernels.manager import kernel_manager
from dlcourse.grading.kernels.order import needs_rare
from dlcourse.grading.oddities import oddities
from dlcourse.grading.restore import Original, unanswered
from dlcourse.grading.run import Run, run_notebook
from dlcourse.grading.sandbox.limits import Limits
from dlcourse.grading.score import score
from dlcourse.grading.talk.talk import KernelError, Talk
from dlcourse.grading.task import (
    BY_HAND,
    TAMPERED,
    CellMark,
    Marked,
    MarkedNotebook,
    Task,
    decode_task,
    encode,
)


def mark(text: str) -> str:
    """Mark one submission.

    Args:
        text: a task, as JSON.

    Returns:
        What came of it, as JSON; ``error`` says so if marking itself was impossible.

    Raises:
        TaskError: if the text is not a task of this version.
    """
    task = decode_task(text)
    try:
        marked = mark_task(task)
    except (KernelError, CourseError) as error:
        marked = Marked(task.assignment, task.student, [], str(error))
    # Half characters, which JSON can hold and no file can, end here.
    return encode(marked).encode(errors="replace").decode()


def mark_task(task: Task) -> Marked:
    """Mark one submission.

    Raises:
        KernelError: if there is no kernel to be had.
    """
    clock, limits = Clock.start(task.timeout, task.limits)
    submitted, provided = _decoded(task.submitted), _decoded(task.provided)
    files = _beside(submitted, provided)
    notebooks: list[MarkedNotebook] = []
    for name, originals in task.notebooks.items():
        notebook, note = read_submitted(submitted, name)
        notebook = put_right(notebook, note, originals)
        kernel = partial(talk_about, notebook, task.sandbox, limits, files)
        run = run_notebook(notebook, originals, clock, kernel)
        run.flags += oddities(submitted, name, originals)
        if not notebooks:
            run.events[:0] = task.refused
        notebooks.append(marked_notebook(name, notebook, originals, run))
    return Marked(task.assignment, task.student, notebooks)


def talk_about(
    notebook: NotebookNode, sandbox: str, limits: Limits, files: Mapping[str, bytes]
) -> Talk:
    """Prepare a kernel for a notebook.

    Args:
        notebook: cleaned.
        sandbox: ``bubblewrap`` or ``none``.
        limits: what the kernel may use.
        files: what lies beside the notebook.
    """
    rare = needs_rare(cell.source for cell in notebook.cells)
    return Talk(kernel_manager(sandbox, limits, files, watch=True, rare=rare))


def marked_notebook(
    name: str, notebook: NotebookNode, originals: Sequence[Original], run: Run
) -> MarkedNotebook:
    """Put together what came of one notebook.

    Args:
        name: of the notebook.
        notebook: executed.
        originals: the assignment's own cells.
        run: how running it went.
    """
    note = notebook.metadata["dlcourse"]
    untouched = unanswered(notebook.cells, originals)
    events = [*note["events"], *run.events]
    if run.evidence:
        events.append(words.held_back())
    found = [*map(words.evidence, run.evidence), *run.flags, *flags(notebook.cells)]
    note |= {"events": events, "flags": list(dict.fromkeys(found))}
    readable = not note["unreadable"]
    return MarkedNotebook(
        name=name,
        notebook=notebook,
        cells=[
            _mark(one, run, one.name not in untouched, readable)
            for one in originals
            if one.marked
        ],
        unanswered=untouched,
        events=events,
        flags=note["flags"],
        seconds=run.seconds,
    )


def _mark(original: Original, run: Run, answered: bool, readable: bool) -> CellMark:
    most = original.points
    if not original.test:
        answered = answered and readable
        nothing = not readable or (original.solution and not answered)
        given = 0.0 if nothing else None
        return CellMark(original.name, BY_HAND, given, most, answered)
    outcome = run.outcomes[original.name]
    if run.evidence:
        return CellMark(original.name, TAMPERED, 0.0, most)
    return CellMark(original.name, outcome.state, score(outcome, most), most)


def _beside(
    submitted: Mapping[str, bytes], provided: Mapping[str, bytes]
) -> dict[str, bytes]:
    """Choose what lies beside the notebook: the assignment's own files win."""
    files = {**provided}
    for path, content in submitted.items():
        taken = any(
            path == other
            or path.startswith(f"{other}/")
            or other.startswith(f"{path}/")
            for other in files
        )
        if not taken and not path.endswith(".ipynb"):
            files[path] = content
    return files


def _decoded(files: Mapping[str, str]) -> dict[str, bytes]:
    return {path: base64.b64decode(content) for path, content in files.items()}
