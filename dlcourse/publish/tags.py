"""Find which curriculum rows chapters teach and assignments grade, by their tags."""

from __future__ import annotations

import csv
import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import jupytext
from jupytext.myst import MystMetadataParsingError
from nbformat import NotebookNode

from dlcourse.errors import CourseError
from dlcourse.house import assignment_names, source_of
from dlcourse.publish.borrowed import with_borrowed
from dlcourse.publish.myst_cells import split_page

_CURRICULUM = Path(__file__).parent / "curriculum.csv"
_LABEL = re.compile(r"^\((?P<name>[^()]+)\)=\s*$")
_HEADING = re.compile(r"^#{1,6}\s+(?P<title>.*?)(?:\s+#+)?\s*$")
# What looks like the ID of a row; other labels and cell tags are none of our business.
_LOOKS_LIKE_ID = re.compile(r"^[LHPEC]\d+[a-z]?(?:\.\d+)?$", re.IGNORECASE)


@dataclass(frozen=True)
class Row:
    """A row of the curriculum.

    Attributes:
        id: its name, such as ``L1.5``.
        kinds: T taught, X autograded, W marked by hand, D drill, R reference.
        title: what it is about, in a few words.
    """

    id: str
    kinds: tuple[str, ...]
    title: str

    @property
    def needs_section(self) -> bool:
        """Whether a section must teach it."""
        return not {"T", "X", "W", "R"}.isdisjoint(self.kinds)

    @property
    def needs_grading(self) -> bool:
        """Whether a graded item or a drill must ask for it."""
        return not {"X", "W", "D"}.isdisjoint(self.kinds)


@dataclass(frozen=True)
class Section:
    """A heading that carries a row's label.

    Attributes:
        page: the page's path from the root, with slashes.
        line: the heading's line, from 1.
        title: the heading's Markdown.
    """

    page: str
    line: int
    title: str


@dataclass(frozen=True)
class Item:
    """A graded cell that carries a row's tag.

    Attributes:
        assignment: its assignment's name.
        grade_id: its own name there.
        points: what it is worth.
    """

    assignment: str
    grade_id: str
    points: float


def read_curriculum(table: Path = _CURRICULUM) -> dict[str, Row]:
    """Read the table of the curriculum.

    Returns:
        The rows by ID, in the table's order.
    """
    with table.open(encoding="utf-8", newline="") as lines:
        return {
            line["id"]: Row(line["id"], tuple(line["kind"].split()), line["title"])
            for line in csv.DictReader(lines)
        }


def find_sections(root: Path, rows: dict[str, Row]) -> dict[str, Section]:
    """Find the sections of ``book/**/*.md`` that carry a row's label.

    Args:
        root: the course's root folder.
        rows: the curriculum.

    Returns:
        One section for each labelled row.

    Raises:
        CourseError: if a label names no row, is not above a heading, or stands twice.
    """
    found: dict[str, Section] = {}
    for path in sorted(root.glob("book/**/*.md")):
        page = path.relative_to(root).as_posix()
        for label, label_line, heading in _labels(path, page):
            place = f"{page}, line {label_line}"
            row = _known(label, rows, place)
            if heading is None:
                raise CourseError(
                    f"{place}: the label ({row})= must stand directly above a heading; "
                    "move it there."
                )
            if row in found:
                first = found[row]
                raise CourseError(
                    f"{place}: {row} is labelled already in {first.page}, line "
                    f"{first.line}; keep the label where the row is taught in full."
                )
            found[row] = Section(page, *heading)
    return found


def _labels(path: Path, page: str) -> Iterator[tuple[str, int, tuple[int, str] | None]]:
    """Yield each label that looks like an ID, its line, and its heading."""
    prose, _ = split_page(path.read_text(encoding="utf-8"), page)
    waiting: list[tuple[str, int]] = []
    # Sphinx accepts blank lines and further labels between a label and its heading. A
    # fence leaves a gap in the numbers, and a label above it labels the fence.
    last = 0
    for number, line in [*prose, (0, "the end")]:
        label = _LABEL.match(line)
        heading = _HEADING.match(line)
        if waiting and (
            number != last + 1 or not (label or heading or not line.strip())
        ):
            yield from ((name, at, None) for name, at in waiting)
            waiting = []
        if label and _LOOKS_LIKE_ID.match(label["name"].strip()):
            waiting.append((label["name"].strip(), number))
        elif heading:
            yield from ((name, at, (number, heading["title"])) for name, at in waiting)
            waiting = []
        last = number


def find_items(root: Path, rows: dict[str, Row]) -> dict[str, list[Item]]:
    """Find the graded cells of ``solutions/NAME/NAME.md`` that carry a row's tag.

    Args:
        root: the course's root folder.
        rows: the curriculum.

    Returns:
        The items of each tagged row, in the order of assignments and cells.

    Raises:
        CourseError: if a tag names no row or stands on a cell that is not graded.
    """
    found: dict[str, list[Item]] = {}
    read = functools.partial(_cells, root)
    for name in assignment_names(root):
        for cell, _ in with_borrowed(name, read(name), read):
            tags = [tag for tag in cell.metadata.get("tags", []) if _is_id(tag)]
            grading = cell.metadata.get("nbgrader", {})
            cell_name = grading.get("grade_id") or repr(cell.source[:30])
            place = f"solutions/{name}/{name}.md, cell {cell_name}"
            for tag in tags:
                row = _known(tag, rows, place)
                if not grading.get("grade"):
                    raise CourseError(
                        f"{place}: the tag {row} stands on a cell that earns no "
                        "points; move it to the test cell, or to the answer that a "
                        "person marks."
                    )
                item = Item(name, grading["grade_id"], grading["points"])
                found.setdefault(row, []).append(item)
    return found


def _cells(root: Path, name: str) -> list[NotebookNode]:
    path = source_of(root, name)
    try:
        cells: list[NotebookNode] = jupytext.read(path, fmt="md:myst").cells
    except MystMetadataParsingError as error:
        raise CourseError(
            f"{path.relative_to(root).as_posix()}: {' '.join(str(error).split())}; "
            "mend the cell's options."
        ) from error
    return cells


def _is_id(tag: object) -> bool:
    return isinstance(tag, str) and bool(_LOOKS_LIKE_ID.match(tag))


def _known(name: str, rows: dict[str, Row], place: str) -> str:
    """Return the name if it is a row's; say so at this place if it is none."""
    if name not in rows:
        raise CourseError(
            f"{place}: the curriculum has no row {name}; the IDs are in "
            "dlcourse/publish/curriculum.csv."
        )
    return name
