"""nbgrader's steps before grading: reading whatever was handed in, restoring cells."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from nbconvert.exporters import NotebookExporter
from nbconvert.exporters.exporter import ResourcesDict
from nbformat import NotebookNode
from nbformat.v4 import nbbase
from nbgrader.api import Gradebook, Notebook
from nbgrader.preprocessors import NbGraderPreprocessor

from dlcourse.grading import words
from dlcourse.grading.read import UnreadableError, find_notebook, parse_notebook
from dlcourse.grading.restore import Original, restore


class SubmissionReader(NotebookExporter):  # type: ignore[misc]
    """Reads submissions; one that cannot be read becomes an empty notebook.

    What it found out travels in ``resources["dlcourse"]``: ``sha256`` of the file
    (empty if there is none), ``unreadable`` (why, or empty), ``events`` (sentences).
    """

    def from_filename(
        self, filename: str, resources: dict[str, Any] | None = None, **kw: Any
    ) -> tuple[str, dict[str, Any]]:
        """Read a submitted notebook and send it through the preprocessors.

        Args:
            filename: path of the notebook, which need not exist.
            resources: what nbgrader knows of the submission.
            **kw: passed on.

        Returns:
            The processed notebook as text, and the resources.
        """
        path = Path(filename)
        resources = ResourcesDict() if resources is None else resources
        resources["metadata"] = ResourcesDict(name=path.stem, path=str(path.parent))
        note: dict[str, Any] = {"sha256": "", "unreadable": "", "events": []}
        notebook = nbbase.new_notebook()
        found = find_notebook(path.parent, path.stem)
        if found is None:
            others = sorted(other.name for other in path.parent.glob("*.ipynb"))
            note["unreadable"] = words.missing(path.stem, others)
        else:
            raw = found.read_bytes()
            note["sha256"] = hashlib.sha256(raw).hexdigest()
            try:
                notebook, note["events"] = parse_notebook(raw)
            except UnreadableError as error:
                note["unreadable"] = str(error)
            if found.stem != path.stem:
                note["events"].insert(0, words.renamed(found.name, path.stem))
        resources["dlcourse"] = note
        result: tuple[str, dict[str, Any]] = self.from_notebook_node(
            notebook, resources=resources, **kw
        )
        return result


class RestoreCells(NbGraderPreprocessor):  # type: ignore[misc]
    """The first of nbgrader's sanitising steps: see ``restore``.

    The note of ``SubmissionReader``, with the sentences of this step, stays in the
    notebook as ``metadata.dlcourse``, where later steps and the report find it.
    """

    def preprocess(
        self, nb: NotebookNode, resources: dict[str, Any]
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """Restore the assignment's cells in one submitted notebook."""
        about = resources["nbgrader"]
        with Gradebook(about["db_url"]) as gradebook:
            source = gradebook.find_notebook(about["notebook"], about["assignment"])
            originals = originals_of(source)
        note = dict(resources["dlcourse"])
        nb.cells, events = restore(nb.cells, originals)
        if note["unreadable"]:
            said = words.unreadable(note["unreadable"])
            nb.cells.insert(
                0, nbbase.new_markdown_cell(f"**This was not graded:** {said}.")
            )
            note["events"] = [said]
        else:
            note["events"] = [*note["events"], *events]
        nb.metadata["dlcourse"] = note
        return nb, resources


def originals_of(notebook: Notebook) -> list[Original]:
    """List the assignment's own cells of one notebook from the gradebook.

    Args:
        notebook: nbgrader's record of the notebook, its session still open.
    """
    points = {one.name: one.max_score for one in notebook.grade_cells}
    tasks = {one.name: one.max_score for one in notebook.task_cells}
    solutions = {one.name for one in notebook.solution_cells}
    return [
        Original(
            name=cell.name,
            cell_type=cell.cell_type,
            source=cell.source or "",
            checksum=cell.checksum,
            locked=cell.locked,
            grade=cell.name in points,
            solution=cell.name in solutions,
            task=cell.name in tasks,
            points=points.get(cell.name, tasks.get(cell.name, 0.0)),
        )
        for cell in notebook.source_cells
    ]
