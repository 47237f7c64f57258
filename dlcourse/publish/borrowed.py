"""Items that an assignment takes from another one: defined once, used by several.

An empty code cell with the metadata ``dlcourse: {item: lab04-feed-forward/digit-net}``
stands for the item ``digit-net`` of that assignment: its statement, the solution cell
and the tests. Where the named cell is neither graded nor a solution, as imports and
helpers are, it stands for that one cell; its grade_id then begins with the assignment.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dlcourse.errors import CourseError

if TYPE_CHECKING:  # nbgrader's configuration imports this, mostly for nothing
    from nbformat import NotebookNode

_REFERENCE = re.compile(r"(?P<name>[a-z0-9-]+)/(?P<grade_id>[A-Za-z0-9_.-]+)")
# As the metadata of a cell is written: in YAML, or in JSON after `+++`.
_WRITTEN = re.compile(r"\bitem[\"']?:\s*[\"']?([a-z0-9-]+)/")
# A task's heading with its number, which it has among others only. A part of the
# assignment may begin above it, in the same cell.
_NUMBERED = re.compile(r"^(#+) +Task +\w+ *[:.·] *", re.MULTILINE)


@dataclass(frozen=True)
class Place:
    """Where a cell stands: the assignment, and its position among the cells there."""

    name: str
    index: int


def names_in(text: str) -> list[str]:
    """List the assignments that a source's text takes items from, each once."""
    return list(dict.fromkeys(_WRITTEN.findall(text)))


def with_borrowed(
    name: str,
    cells: Sequence[NotebookNode],
    read: Callable[[str], Sequence[NotebookNode]],
) -> Iterator[tuple[NotebookNode, Place]]:
    """Go through an assignment's cells, with borrowed items in their places.

    Args:
        name: the assignment's name.
        cells: its own cells.
        read: gives the cells of another assignment.

    Yields:
        Each cell, and where it is defined.

    Raises:
        CourseError: if a cell borrows what does not exist, or holds text of its own.
    """
    for index, cell in enumerate(cells):
        about = cell.metadata.get("dlcourse")
        if about is None:
            yield cell, Place(name, index)
            continue
        where = f"solutions/{name}/{name}.md, cell {index + 1}"
        found = _reference(about)
        if found is None or found["name"] == name:
            raise CourseError(
                f"{where} has metadata dlcourse that name no item of another "
                "assignment; write `dlcourse:`, below it `item: ASSIGNMENT/GRADE-ID`."
            )
        if cell.source.strip():
            raise CourseError(
                f"{where} borrows {found[0]} and holds text besides; move the text "
                "into a cell of its own."
            )
        try:
            theirs = read(found["name"])
        except CourseError as error:
            raise CourseError(f"{where} borrows {found[0]}: {error}") from error
        yield from _item(found["name"], theirs, found["grade_id"], where)


def _reference(about: Any) -> re.Match[str] | None:
    item = about.get("item") if isinstance(about, dict) and len(about) == 1 else None
    return _REFERENCE.fullmatch(item) if isinstance(item, str) else None


def _item(
    name: str, cells: Sequence[NotebookNode], grade_id: str, where: str
) -> Iterator[tuple[NotebookNode, Place]]:
    places = {_label(cell, "grade_id"): at for at, cell in enumerate(cells)}
    if grade_id not in places:
        raise CourseError(
            f"{where} borrows {name}/{grade_id}, but {name} has no such grade_id; "
            f"open solutions/{name}/{name}.md and copy it from there."
        )
    begin = end = places[grade_id]
    if not (_label(cells[begin], "grade") or _label(cells[begin], "solution")):
        cell = copy.deepcopy(cells[begin])
        # Each assignment has its imports and helpers, under the same names.
        cell.metadata["nbgrader"]["grade_id"] = f"{name}-{grade_id}"
        yield cell, Place(name, begin)
        return
    end = max(end, places.get(f"{grade_id}-test", -1))
    for at in range(_statement(cells, begin), end + 1):
        cell = copy.deepcopy(cells[at])
        heading = (
            _NUMBERED.search(cell.source) if cell.cell_type == "markdown" else None
        )
        if heading is not None:
            rest = cell.source[heading.end() :]
            cell.source = f"{heading[1]} {rest}"
        yield cell, Place(name, at)


def _statement(cells: Sequence[NotebookNode], begin: int) -> int:
    """Go up to the heading of the task, but never into the item before it."""
    while begin > 0 and not _label(cells[begin - 1], "grade"):
        begin -= 1
        cell = cells[begin]
        if cell.cell_type == "markdown" and cell.source.startswith("#"):
            break
    return begin


def _label(cell: NotebookNode, key: str) -> Any:
    return cell.metadata.get("nbgrader", {}).get(key)
