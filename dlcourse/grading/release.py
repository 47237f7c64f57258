"""What students were given: the text that stands between the assignment's cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from nbgrader.coursedir import CourseDirectory

from dlcourse.grading.read import UnreadableError, parse_notebook
from dlcourse.grading.restore import Original, grade_id


def with_text(
    originals: Sequence[Original], directory: CourseDirectory, names: tuple[str, str]
) -> list[Original]:
    """Tell of each cell what stands above it in the release.

    Args:
        originals: the assignment's cells, in their order.
        directory: nbgrader's idea of the course's folders.
        names: of the assignment and of the notebook.

    Returns:
        The cells, as they came if there is no release any more.
    """
    assignment, notebook = names
    folder = directory.format_path(directory.release_directory, ".", assignment)
    try:
        released, _ = parse_notebook(Path(folder, f"{notebook}.ipynb").read_bytes())
    except (OSError, UnreadableError):
        return list(originals)
    before: dict[str, list[list[str]]] = {}
    waiting: list[list[str]] = []
    for cell in released.cells:
        name = grade_id(cell)
        if name is None:
            waiting.append([cell.cell_type, cell.source])
        else:
            before[name], waiting = waiting, []
    return [replace(one, before=before.get(one.name, [])) for one in originals]
