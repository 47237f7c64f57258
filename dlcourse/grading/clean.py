"""Making of a submitted file the notebook that is executed."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from nbformat import NotebookNode, from_dict

from dlcourse.grading import words
from dlcourse.grading.match import match_notebook
from dlcourse.grading.read import PYTHON, UnreadableError, parse_notebook
from dlcourse.grading.rematch import match_back
from dlcourse.grading.restore import Original, restore


@dataclass
class Note:
    """What was found out on reading a notebook.

    Attributes:
        sha256: of the file as handed in, "" if there is none.
        unreadable: why nothing can be run, or "".
        events: sentences for the report.
    """

    sha256: str = ""
    unreadable: str = ""
    events: list[str] = field(default_factory=list)


def read_submitted(files: Mapping[str, bytes], name: str) -> tuple[NotebookNode, Note]:
    """Find and read one notebook of a submission.

    Args:
        files: what was handed in, by path.
        name: the notebook's name, without ``.ipynb``.

    Returns:
        The notebook, empty if it cannot be read, and what was found out.
    """
    found = match_notebook(files, name)
    if found is None:
        others = sorted(path for path in files if path.endswith(".ipynb"))
        return _notebook([]), Note(unreadable=words.missing(name, others))
    note = Note(sha256=hashlib.sha256(files[found]).hexdigest())
    if found != f"{name}.ipynb":
        note.events.append(words.renamed(found, name))
    try:
        notebook, events = parse_notebook(files[found])
    except UnreadableError as error:
        note.unreadable = str(error)
        return _notebook([]), note
    note.events.extend(events)
    return notebook, note


def put_right(
    notebook: NotebookNode, note: Note, originals: Sequence[Original]
) -> NotebookNode:
    """Put the assignment's cells right; the note goes into ``metadata.dlcourse``.

    Args:
        notebook: as it was read.
        note: of the reading; it gets what is put right now, too.
        originals: the assignment's cells, in their order.

    Returns:
        The notebook to execute.
    """
    found = match_back(notebook.cells, originals)
    cells, events = restore(notebook.cells, originals)
    if found:
        events.insert(0, words.matched_back(found))
    made = _notebook(cells)
    if note.unreadable:
        said = words.unreadable(note.unreadable)
        note.events = [said]
        made.cells.insert(0, _markdown(f"**This was not graded:** {said}."))
    else:
        note.events = [*note.events, *events]
    made.metadata["dlcourse"] = from_dict(note.__dict__)
    return made


def _notebook(cells: Sequence[NotebookNode]) -> NotebookNode:
    notebook = from_dict({"metadata": PYTHON, "nbformat": 4, "nbformat_minor": 5})
    notebook["cells"] = list(cells)
    return notebook


def _markdown(text: str) -> NotebookNode:
    cell = {"cell_type": "markdown", "id": "note", "metadata": {}, "source": text}
    return from_dict(cell)
