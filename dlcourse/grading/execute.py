"""nbgrader's steps of grading: running a notebook, and saving its marks.

They do what ``mark`` does, for those who grade by nbgrader's own command.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from nbformat import NotebookNode
from nbgrader.api import Gradebook
from nbgrader.preprocessors import NbGraderPreprocessor
from traitlets import Enum, Integer

from dlcourse.grading.clock import Clock
from dlcourse.grading.collect import read_submission
from dlcourse.grading.mark import marked_notebook, talk_about
from dlcourse.grading.run import run_notebook
from dlcourse.grading.sandbox.limits import Limits
from dlcourse.grading.sanitize import read_originals
from dlcourse.grading.task import TAMPERED, CellMark, MarkedNotebook

NO_RESPONSE = "No response."  # nbgrader's own words


class SteadyExecute(NbGraderPreprocessor):  # type: ignore[misc]
    """Runs a notebook as ``dlcourse grade`` does: see ``run.run_notebook``.

    What came of it travels as a ``MarkedNotebook`` in ``resources["dlcourse"]``.
    """

    timeout = Integer(60, help="Seconds that a cell may run.").tag(config=True)
    sandbox = Enum(
        ["bubblewrap", "none"], "bubblewrap", help="Around each submission."
    ).tag(config=True)

    def preprocess(
        self, nb: NotebookNode, resources: dict[str, Any]
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """Run one notebook, which was cleaned."""
        originals = read_originals(resources)
        clock, limits = Clock.start(self.timeout, Limits())
        # nbgrader has put the assignment's own files over those handed in.
        beside = {
            path: raw
            for path, raw in read_submission(_folder(resources), ()).files.items()
            if not path.endswith(".ipynb")
        }
        kernel = partial(talk_about, nb, self.sandbox, limits, beside)
        run = run_notebook(nb, originals, clock, kernel)
        name = resources["nbgrader"]["notebook"]
        resources["dlcourse"] = marked_notebook(name, nb, originals, run)
        return nb, resources


class SaveMarks(NbGraderPreprocessor):  # type: ignore[misc]
    """Records what ``SteadyExecute`` has found; nbgrader would read it off outputs."""

    def preprocess(
        self, nb: NotebookNode, resources: dict[str, Any]
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """Save the marks of one notebook."""
        about, marked = resources["nbgrader"], resources["dlcourse"]
        assert isinstance(marked, MarkedNotebook)
        which = (about["notebook"], about["assignment"], about["student"])
        with Gradebook(about["db_url"]) as gradebook:
            submission = gradebook.find_submission_notebook(*which)
            grades = {grade.name: grade for grade in submission.grades}
            for mark in marked.cells:
                _save(grades[mark.name], mark)
            for comment in submission.comments:
                empty = comment.name in marked.unanswered
                comment.auto_comment = NO_RESPONSE if empty else None
            submission.flagged = bool(submission.flagged or marked.flags)
            gradebook.db.commit()
        return nb, resources


def _save(grade: Any, mark: CellMark) -> None:
    grade.auto_score = mark.score
    grade.needs_manual_grade = (
        mark.score is None or mark.state == TAMPERED or grade.manual_score is not None
    )


def _folder(resources: dict[str, Any]) -> Path:
    return Path(resources["metadata"]["path"])
