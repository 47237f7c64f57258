"""An assignment's entry in the gradebook: written as a whole, or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from nbformat import NotebookNode
from nbgrader.api import Gradebook
from nbgrader.preprocessors import SaveCells
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from dlcourse.errors import CourseError
from dlcourse.publish.gradebook_guard import guard, hide_password
from dlcourse.publish.workshop import Workshop


@contextmanager
def recorded(shop: Workshop, notebook: NotebookNode) -> Iterator[Callable[[], None]]:
    """Record the assignment for as long as the block lasts, or until it commits."""
    url = shop.course.db_url
    guard()
    fresh = _fresh_sqlite(url)
    book = None
    try:
        book = Gradebook(url, shop.course.course_id)
        commit = book.db.commit
        book.db.commit = book.db.flush  # nbgrader's own calls commit after each cell
        book.update_or_create_assignment(shop.name)
        _SaveAtOnce(book, shop.name).preprocess(notebook, {})
        yield commit
    except BaseException as error:
        if fresh is not None:
            fresh.unlink(missing_ok=True)
        if isinstance(error, _OtherCells):
            raise CourseError(
                f"{shop.source.path.as_posix()} has other cells than the submissions "
                f"of {shop.name} in the gradebook; keep every grade_id (points and "
                "tests may change), or release the new version under a new name."
            ) from error
        if isinstance(error, SQLAlchemyError):
            raise CourseError(
                f"{shown_url(url, shop.root)} cannot take {shop.name}: "
                f"{_in_short(error)}; see that it exists, is writable and "
                "that no grading is running."
            ) from error
        raise
    finally:
        if book is not None:
            book.close()  # and rolls back what has not been committed


class _OtherCells(Exception):
    """There are submissions, and they have other cells than the source."""


class _SaveAtOnce(SaveCells):  # type: ignore[misc]
    """nbgrader's SaveCells on a gradebook that is open already."""

    def __init__(self, gradebook: Gradebook, name: str) -> None:
        super().__init__()
        self.gradebook = gradebook
        self.notebook_id = self.assignment_id = name

    def preprocess(
        self, nb: NotebookNode, resources: dict[str, Any]
    ) -> tuple[NotebookNode, dict[str, Any]]:
        self.new_grade_cells: dict[str, Any] = {}
        self.new_solution_cells: dict[str, Any] = {}
        self.new_task_cells: dict[str, Any] = {}
        self.new_source_cells: dict[str, Any] = {}
        for index, cell in enumerate(nb.cells):
            self.preprocess_cell(cell, resources, index)
        try:
            self._create_notebook(nb)
        except RuntimeError as error:
            raise _OtherCells from error
        return nb, resources


def _fresh_sqlite(url: str) -> Path | None:
    """Find the file of an SQLite gradebook that does not exist yet."""
    file = Path(url.removeprefix("sqlite:///"))
    return file if url.startswith("sqlite:///") and not file.exists() else None


def shown_url(url: str, root: Path) -> str:
    """Name a gradebook: its file in the course, or its URL without the password."""
    try:
        shown = make_url(url).render_as_string(hide_password=True)
    except ArgumentError:
        shown = hide_password(url)  # it is no address, but may hold a password
    return shown.removeprefix(f"sqlite:///{root}/")


def _in_short(error: Exception) -> str:
    return hide_password(str(error).splitlines()[0].rstrip("."))
