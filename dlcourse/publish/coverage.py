"""Write the page that shows where each row of the curriculum is taught and graded."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import groupby
from pathlib import Path

from dlcourse.errors import CourseError
from dlcourse.publish.tags import (
    Item,
    Row,
    Section,
    find_items,
    find_sections,
    read_curriculum,
)

PAGE = "book/reference/coverage.md"
_MISSING = "✗ **missing**"
_NOT_NEEDED = "–"
_BLOCKS = {
    "L1": "Tensors",
    "L2": "Computational graphs",
    "L3": "Linear and logistic regression",
    "L4": "Feed-forward networks",
    "L5": "Convolutional networks",
    "L6–L13": "Further labs",
    "H": "Layer design",
    "P1": "Problems: networks in PyTorch",
    "P2": "Problems: images, sequences, attention",
    "P3": "Problems: what networks see and forget",
    "P4": "Problems: a language model",
    "E": "Exam revision",
    "C": "The course",
}
_INTRODUCTION = """\
---
myst:
  html_meta:
    description: Which section teaches and which exercise grades each topic.
---

# Coverage

This page links each row of the curriculum to the section that teaches it and the item
that grades it; **✗ missing** marks what has yet to be written, and – what is not
needed. It is made from the tags in chapters and assignments by `dlcourse coverage`, so
mend the tags, not the page.
"""


_KINDS = """\
Kinds: **T** taught in a chapter, **X** exercise with tests, **W** written answer marked
by a person, **D** drill, **R** reference page.
"""


def write_page(root: Path) -> str:
    """Write the coverage page from the tags of chapters and assignments.

    Args:
        root: the course's root folder.

    Returns:
        One line for the terminal.

    Raises:
        CourseError: if a label or tag is wrong; nothing is written then.
    """
    text, summary = _page(root)
    page = root / PAGE
    # An untouched file spares the book a rebuild.
    if not page.is_file() or page.read_text(encoding="utf-8") != text:
        page.parent.mkdir(parents=True, exist_ok=True)
        draft = page.with_name(page.name + ".tmp")
        draft.write_text(text, encoding="utf-8")
        draft.replace(page)
    return f"{PAGE}: {summary}"


def check_page(root: Path) -> str:
    """Check that the page is what the tags make.

    Args:
        root: the course's root folder.

    Returns:
        One line for the terminal.

    Raises:
        CourseError: if the page is stale or absent, or a label or tag is wrong.
    """
    text, summary = _page(root)
    page = root / PAGE
    if not page.is_file():
        raise CourseError(f"{PAGE} does not exist; run dlcourse coverage.")
    committed = page.read_text(encoding="utf-8")
    if committed != text:
        line = _first_difference(committed, text)
        raise CourseError(
            f"{PAGE}, line {line}: the page is not what the tags in book/ and "
            "solutions/ make; run dlcourse coverage and commit the page."
        )
    return f"{PAGE} is up to date: {summary}"


def _first_difference(old: str, new: str) -> int:
    """Find the first line, from 1, in which two different texts differ."""
    before, after = old.splitlines(), new.splitlines()
    for number, (left, right) in enumerate(zip(before, after, strict=False), start=1):
        if left != right:
            return number
    return min(len(before), len(after)) + 1


class _Coverage:
    """The curriculum beside what teaches and grades it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.rows = read_curriculum()
        self.sections = find_sections(root, self.rows)
        self.items = find_items(root, self.rows)

    def taught(self, row: Row) -> bool:
        return row.needs_section and row.id in self.sections

    def graded(self, row: Row) -> bool:
        # The drills of a D row are a section of the book, not an assignment.
        drilled = "D" in row.kinds and row.id in self.sections
        return row.needs_grading and (row.id in self.items or drilled)

    def complete(self, row: Row) -> bool:
        return (
            self.taught(row) == row.needs_section
            and self.graded(row) == row.needs_grading
        )


def _page(root: Path) -> tuple[str, str]:
    """Make the page's text and one line about it."""
    coverage = _Coverage(root)
    rows = list(coverage.rows.values())
    blocks = [(name, list(block)) for name, block in groupby(rows, _block)]
    summary = [
        _summary_line(f"[{name} {_BLOCKS[name]}](#{_anchor(name)})", block, coverage)
        for name, block in blocks
    ]
    parts = [
        _INTRODUCTION,
        _table(
            ("block", "taught", "graded"),
            [*summary, _summary_line("**all**", rows, coverage)],
        ),
        _KINDS,
    ]
    for name, block in blocks:
        parts.append(f"({_anchor(name)})=\n## {name} {_BLOCKS[name]}\n")
        parts.append(
            _table(
                ("ID", "what", "kind", "taught in", "graded in"),
                [_line(row, coverage) for row in block],
            )
        )
    complete = sum(map(coverage.complete, rows))
    return "\n".join(parts), f"{complete} of {len(rows)} rows complete"


def _block(row: Row) -> str:
    """Name the block of a row: L1.5 is in L1, L7 in L6–L13, H2a in H."""
    if "." in row.id:
        return row.id.split(".")[0]
    return "L6–L13" if row.id.startswith("L") else row.id[0]


def _anchor(block: str) -> str:
    return "coverage-" + block.split("–")[0].lower()


def _table(head: Iterable[str], lines: Iterable[Iterable[str]]) -> str:
    head = tuple(head)
    body = [head, tuple("---" for _ in head), *lines]
    return "".join(f"| {' | '.join(line)} |\n" for line in body)


def _summary_line(name: str, rows: list[Row], coverage: _Coverage) -> tuple[str, ...]:
    return (
        name,
        _share(map(coverage.taught, rows), sum(row.needs_section for row in rows)),
        _share(map(coverage.graded, rows), sum(row.needs_grading for row in rows)),
    )


def _share(done: Iterable[bool], needed: int) -> str:
    return f"{sum(done)}/{needed}" if needed else _NOT_NEEDED


def _line(row: Row, coverage: _Coverage) -> tuple[str, ...]:
    link = (
        _link(row.id, coverage.sections[row.id]) if row.id in coverage.sections else ""
    )
    taught = link if row.needs_section else ""
    graded = [_items(coverage.items.get(row.id, []), coverage.root)]
    if "D" in row.kinds:
        graded.append(link)
    return (
        row.id,
        row.title,
        " ".join(row.kinds),
        taught or (_MISSING if row.needs_section else _NOT_NEEDED),
        "; ".join(filter(None, graded))
        or (_MISSING if row.needs_grading else _NOT_NEEDED),
    )


def _link(label: str, section: Section) -> str:
    """Link to a section by its label, which Sphinx knows in lower case."""
    # A link within a link would win over ours, and a pipe would end the table's cell.
    title = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", section.title)
    title = title.replace("|", "\\|")
    return f"[{title}](#{label.lower()})"


def _items(items: list[Item], root: Path) -> str:
    """Name graded items, those of one assignment together, with a link to it."""
    texts = []
    for name, group in groupby(items, lambda item: item.assignment):
        path = f"exercises/{name}/{name}.ipynb"
        released = (root / path).is_file()
        link = f"{{download}}`{name} </{path}>`" if released else f"`{name}`"
        points = ", ".join(
            f"`{item.grade_id}` ({item.points:g} point{'s' * (item.points != 1)})"
            for item in group
        )
        texts.append(f"{link}: {points}")
    return "; ".join(texts)
