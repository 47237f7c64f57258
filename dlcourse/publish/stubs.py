"""What nbgrader puts in place of a solution; the steps that make each version."""

from __future__ import annotations

from typing import Any

from nbformat import NotebookNode
from nbgrader.converters import GenerateAssignment, GenerateSolution
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import ClearHiddenTests, ClearMarkScheme, ClearSolutions


class TaskStubs(ClearSolutions):  # type: ignore[misc]
    """nbgrader's ClearSolutions, with a stub that names its task."""

    def preprocess_cell(
        self, cell: NotebookNode, resources: dict[str, Any], cell_index: int
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """Replace the solution of one cell.

        Args:
            cell: the cell, changed in place.
            resources: nbgrader's notes about the notebook.
            cell_index: position of the cell in the notebook.

        Returns:
            The cell and the notes.
        """
        task = cell.metadata.get("nbgrader", {}).get("grade_id", "this task")
        self.code_stub: dict[str, str] = {**self.code_stub, "python": stub(task)}
        cell, resources = super().preprocess_cell(cell, resources, cell_index)
        return cell, resources


def stub(task: str) -> str:
    """Write the line that stands in a student's notebook until the task is solved."""
    return (
        f'raise NotImplementedError("{task}: write your code here, '
        'then delete this line")'
    )


def release_steps() -> list[type]:
    """List nbgrader's steps from source to release, with stubs that name their task."""
    steps = GenerateAssignment(coursedir=CourseDirectory()).preprocessors
    return [TaskStubs if step is ClearSolutions else step for step in steps]


def autograde_steps() -> list[type]:
    """List the steps from source to what grading runs: stubs, and all of the tests."""
    secret = (ClearHiddenTests, ClearMarkScheme)
    return [step for step in release_steps() if step not in secret]


def solution_steps() -> list[type]:
    """List nbgrader's steps to the solution, which keeps the marking schemes."""
    steps = GenerateSolution(coursedir=CourseDirectory()).preprocessors
    return [step for step in steps if step is not ClearMarkScheme]
