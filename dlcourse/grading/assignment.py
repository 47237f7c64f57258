"""An assignment as the gradebook has it, read once for a whole batch."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from nbgrader import api
from nbgrader.coursedir import CourseDirectory
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from dlcourse.errors import CourseError
from dlcourse.grading.gradebook import Book
from dlcourse.grading.release import with_text
from dlcourse.grading.restore import Original
from dlcourse.grading.sanitize import originals_of


@dataclass(frozen=True)
class Sheet:
    """One notebook of an assignment.

    Attributes:
        id: in the gradebook.
        name: without ``.ipynb``.
        originals: its own cells.
        points: of each cell that carries marks, by the cell's id in the gradebook.
        graded: the id in the gradebook of each such cell, by its name.
        commented: likewise of each cell that may get a comment.
    """

    id: str
    name: str
    originals: list[Original]
    points: Mapping[str, float]
    graded: Mapping[str, str]
    commented: Mapping[str, str]

    @property
    def tests(self) -> list[str]:
        """Ids in the gradebook of the cells that are marked by running them."""
        return [self.graded[one.name] for one in self.originals if one.test]


@dataclass(frozen=True)
class Assignment:
    """All of an assignment that marking and recording need."""

    id: str
    name: str
    sheets: Sequence[Sheet]

    @property
    def names(self) -> list[str]:
        """Names of its notebooks."""
        return [sheet.name for sheet in self.sheets]

    @property
    def max_score(self) -> float:
        """Marks that are possible."""
        return sum(sum(sheet.points.values()) for sheet in self.sheets)


def read_assignment(
    book: Book, name: str, directory: CourseDirectory | None = None
) -> Assignment:
    """Read an assignment from the gradebook.

    Args:
        book: the gradebook.
        name: the assignment's.
        directory: where its release is, if the text between its cells is wanted.

    Raises:
        CourseError: if it is not there; the sentence names those that are.
    """

    def read(session: Session) -> Assignment:
        query = select(api.Assignment).where(api.Assignment.name == name)
        found = session.scalars(query).one_or_none()
        if found is None:
            known = session.scalars(select(api.Assignment.name)).all()
            raise _missing(name, sorted(known))
        sheets = [_sheet(notebook) for notebook in found.notebooks]
        if directory:
            sheets = [
                replace(
                    sheet,
                    originals=with_text(sheet.originals, directory, (name, sheet.name)),
                )
                for sheet in sheets
            ]
        return Assignment(found.id, found.name, sorted(sheets, key=lambda s: s.name))

    try:
        return book.transact(read)
    except DBAPIError as error:
        # An empty database: no table of nbgrader's is there.
        raise _missing(name, []) from error


def _missing(name: str, known: Sequence[str]) -> CourseError:
    return CourseError(
        f"{name} is not in the gradebook; run `dlcourse release {name}` first; "
        f"assignments there: {', '.join(known) or 'none'}."
    )


def _sheet(notebook: api.Notebook) -> Sheet:
    marked = [*notebook.grade_cells, *notebook.task_cells]
    commented = [*notebook.solution_cells, *notebook.task_cells]
    return Sheet(
        id=notebook.id,
        name=notebook.name,
        originals=originals_of(notebook),
        points={cell.id: float(cell.max_score) for cell in marked},
        graded={cell.name: cell.id for cell in marked},
        commented={cell.name: cell.id for cell in commented},
    )
