"""nbgrader's steps before grading: reading whatever was handed in, restoring cells.

They do what ``mark`` does, for those who grade by nbgrader's own command.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from nbconvert.exporters import NotebookExporter
from nbconvert.exporters.exporter import ResourcesDict
from nbformat import NotebookNode
from nbgrader.api import Gradebook, Notebook
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import NbGraderPreprocessor

from dlcourse.grading.clean import Note, put_right, read_submitted
from dlcourse.grading.collect import read_submission
from dlcourse.grading.release import with_text
from dlcourse.grading.restore import Original


class SubmissionReader(NotebookExporter):  # type: ignore[misc]
    """Reads submissions; one that cannot be read becomes an empty notebook.

    What was found out travels as a ``Note`` in ``resources["dlcourse"]``.
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
        found = read_submission(path.parent, ())
        notebook, note = read_submitted(found.files, path.stem)
        note.events[:0] = found.refused
        resources["dlcourse"] = note
        result: tuple[str, dict[str, Any]] = self.from_notebook_node(
            notebook, resources=resources, **kw
        )
        return result


class RestoreCells(NbGraderPreprocessor):  # type: ignore[misc]
    """nbgrader's only sanitising step: see ``clean.put_right``.

    The note of ``SubmissionReader``, with the sentences of this step, stays in the
    notebook as ``metadata.dlcourse``, where later steps find it.
    """

    def preprocess(
        self, nb: NotebookNode, resources: dict[str, Any]
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """Restore the assignment's cells in one submitted notebook."""
        note = resources["dlcourse"]
        assert isinstance(note, Note)
        about = resources["nbgrader"]
        originals = with_text(
            read_originals(resources),
            CourseDirectory(config=self.config),
            (about["assignment"], about["notebook"]),
        )
        return put_right(nb, note, originals), resources


def read_originals(resources: dict[str, Any]) -> list[Original]:
    """Read the assignment's own cells of the notebook that nbgrader is working on."""
    about = resources["nbgrader"]
    with Gradebook(about["db_url"]) as gradebook:
        found = gradebook.find_notebook(about["notebook"], about["assignment"])
        return originals_of(found)


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
