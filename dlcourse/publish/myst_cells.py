"""Read the code cells of a MyST page with nothing but the standard library."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from dlcourse.errors import CourseError

_OPENING = re.compile(r"^ {0,3}(?P<mark>`{3,}|~{3,})(?P<info>.*)$")
# A YAML value of `tags`, on one line: [a, "b"]. Longer ones are lists of `- a` lines.
_FLOW = re.compile(r"^\[(?P<items>[^\[\]]*)\]$")
_ITEM = re.compile(r"^\s*-\s+(?P<item>\S.*)$")


@dataclass(frozen=True)
class Fence:
    """A fenced block of a page.

    Attributes:
        info: what follows the opening marks, such as ``{code-cell} python``.
        line: number of the opening line, from 1.
        body: the lines between the marks.
    """

    info: str
    line: int
    body: tuple[str, ...]


@dataclass(frozen=True)
class Cell:
    """A code cell of a page.

    Attributes:
        source: its Python code.
        line: number of the code's first line in the page, from 1.
        tags: its cell tags, such as ``raises-exception``.
    """

    source: str
    line: int
    tags: tuple[str, ...]


def read_cells(path: Path) -> list[Cell]:
    """Read the code cells of a page, in order.

    Args:
        path: a MyST Markdown file. What it shows inside a longer fence is no cell.

    Returns:
        The cells, empty ones included, so that they count as in the notebook.

    Raises:
        CourseError: if a fence is not closed or a cell's tags cannot be read.
    """
    _, fences = split_page(path.read_text(encoding="utf-8"), str(path))
    return [_cell(fence, path) for fence in fences if is_code_cell(fence)]


def is_code_cell(fence: Fence) -> bool:
    """Tell whether a fence is a code cell rather than a listing or a directive."""
    return fence.info.startswith("{code-cell}")


def split_page(
    text: str, place: str = "page"
) -> tuple[list[tuple[int, str]], list[Fence]]:
    """Split a page into its prose and its fenced blocks.

    Args:
        text: the page's Markdown.
        place: what an error calls the page.

    Returns:
        The lines outside fences and front matter, each with its number from 1; and the
        outermost fences.

    Raises:
        CourseError: if a fence is not closed, or is none because of its first line.
    """
    lines = text.splitlines()
    numbered = enumerate(lines[_front_matter(lines) :], start=_front_matter(lines) + 1)
    prose: list[tuple[int, str]] = []
    fences: list[Fence] = []
    for number, line in numbered:
        opening = _OPENING.match(line)
        if opening is None or (opening["mark"][0] == "`" and "`" in opening["info"]):
            if opening and opening["info"].startswith("{"):
                _refuse_half_fence(opening, f"{place}, line {number}")
            prose.append((number, line))
            continue
        body = _body(numbered, opening["mark"])
        if body is None:
            raise CourseError(
                f"{place}, line {number}: the fence that opens here is never closed; "
                f"close it with {opening['mark']}."
            )
        fences.append(Fence(opening["info"].strip(), number, body))
    return prose, fences


def _refuse_half_fence(opening: re.Match[str], place: str) -> None:
    """Raise for a line that looks like a directive but, by its backticks, is none."""
    if opening["mark"] not in opening["info"]:  # else it is code within a line
        raise CourseError(
            f"{place}: a directive between backticks cannot have backticks in its "
            "first line; write it between colons, as :::{...}."
        )


def _front_matter(lines: list[str]) -> int:
    """Count the lines of the YAML block at the top of a page, 0 if there is none."""
    if not lines or lines[0].rstrip() != "---":
        return 0
    for index, line in enumerate(lines[1:], start=2):
        if line.rstrip() in ("---", "..."):
            return index
    return 0


def _body(numbered: Iterator[tuple[int, str]], mark: str) -> tuple[str, ...] | None:
    """Take the lines up to the closing mark; None if the page ends before it."""
    closing = re.compile(rf"^ {{0,3}}{re.escape(mark)}{re.escape(mark[0])}*\s*$")
    body: list[str] = []
    for _, line in numbered:
        if closing.match(line):
            return tuple(body)
        body.append(line)
    return None


def _cell(fence: Fence, path: Path) -> Cell:
    """Take a cell's options off its code."""
    body = fence.body
    options: list[str] = []
    taken = 0
    if body and body[0].startswith("---"):
        end = next(
            (at for at in range(1, len(body)) if body[at].startswith("---")), len(body)
        )
        options = list(body[1:end])
        taken = end + 1
    else:
        while taken < len(body) and body[taken].lstrip().startswith(":"):
            options.append(body[taken].lstrip()[1:])
            taken += 1
    if taken < len(body) and not body[taken].strip():
        taken += 1  # one blank line may part options from code
    return Cell(
        "\n".join(body[taken:]),
        fence.line + 1 + taken,
        _tags(options, f"{path}, cell at line {fence.line}"),
    )


def _tags(options: list[str], place: str) -> tuple[str, ...]:
    """Read the cell tags from the lines of a cell's options."""
    options = textwrap.dedent("\n".join(options)).splitlines()
    for at, option in enumerate(options):
        if option.startswith("tags:"):
            value = option.removeprefix("tags:").split(" #")[0].strip()
            items = _listed(value, options[at + 1 :])
            if items is None:
                raise CourseError(
                    f"{place}: cannot read `{option}`; write the tags on one line, "
                    "as tags: [a, b]."
                )
            return tuple(item.strip("\"'") for item in items if item)
    return ()


def _listed(value: str, below: list[str]) -> list[str] | None:
    """Read a YAML list, on its key's line or below it; None if it is something else."""
    if flow := _FLOW.match(value):
        return [item.strip() for item in flow["items"].split(",")]
    if value:
        return None
    items: list[str] = []
    for line in below:
        if (entry := _ITEM.match(line)) is None:
            break
        items.append(entry["item"].split(" #")[0].strip())
    return items
