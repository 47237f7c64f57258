"""nbgrader's autograder, driven for one submission at a time."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from nbgrader.api import Gradebook
from nbgrader.converters import Autograde


class AutogradeOne(Autograde):  # type: ignore[misc]
    """nbgrader's ``Autograde`` for the one student named in its course directory.

    It asks for every notebook of the assignment, so that one that was not handed in is
    marked and reported too, and it remembers why it failed: nbgrader only logs that.
    """

    cause = ""

    def init_notebooks(self) -> None:
        """List what must be there, not what is."""
        course = self.coursedir
        folder = self._format_source(course.assignment_id, course.student_id)
        with Gradebook(course.db_url, course.course_id) as gradebook:
            assignment = gradebook.find_assignment(course.assignment_id)
            names = [notebook.name for notebook in assignment.notebooks]
        self.assignments = {folder: [str(Path(folder, f"{n}.ipynb")) for n in names]}

    def init_assignment(self, assignment_id: str, student_id: str) -> None:
        """Prepare the submission, remembering a failure."""
        self._remember(super().init_assignment, assignment_id, student_id)

    def convert_single_notebook(self, notebook_filename: str) -> None:
        """Sanitise, run and mark one notebook, remembering a failure."""
        self._remember(super().convert_single_notebook, notebook_filename)

    def _remember(self, step: Callable[..., None], *arguments: Any) -> None:
        try:
            step(*arguments)
        except Exception as error:
            first = (str(error).strip().splitlines() or [""])[0]
            self.cause = f"{type(error).__name__}: {first}".rstrip(": ")
            raise
