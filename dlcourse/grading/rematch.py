"""Finding the assignment's cells again where an editor lost nbgrader's metadata.

Editors that keep notebooks in a form of their own (Deepnote, some exports of Kaggle and
Colab, a detour through a script) hand back cells without labels. The release says in
which order the cells stood, and what stood between them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

import nbformat
from nbformat import NotebookNode
from nbgrader.utils import compute_checksum

from dlcourse.grading.restore import Original, grade_id

_SECRET = re.compile(
    r"^[ \t]*### BEGIN (HIDDEN TESTS|MARK SCHEME).*?^[ \t]*### END \1[^\n]*\n?",
    re.MULTILINE | re.DOTALL,
)
_NAME = re.compile(r"^(?:async )?(?:def|class) +(\w+)|^(\w+) *=", re.MULTILINE)
_ALIKE = 0.6  # from 0, nothing in common, to 1
_MOST = 20_000  # characters that are compared


@dataclass(frozen=True)
class _Line:
    """A cell of the release: of the assignment, or the text between."""

    key: tuple[str, str]
    source: str
    original: Original | None


def match_back(cells: Sequence[NotebookNode], originals: Sequence[Original]) -> int:
    """Label cells that lost their labels, as the release had them.

    Only where labels were lost, which shows by a locked cell that is there, word for
    word, but without its label. A cell without a label and without a place in the
    release stays the student's own.

    Args:
        cells: the student's, in their order; they get labels.
        originals: the assignment's cells, in their order.

    Returns:
        How many cells were found again.
    """
    there = {grade_id(cell) for cell in cells}
    missing = {one.name for one in originals if one.name not in there}
    bare = {(cell.cell_type, _plain(cell.source)) for cell in cells if _bare(cell)}
    lost = any(
        one.locked and one.name in missing and _key(one) in bare for one in originals
    )
    if not lost:
        return 0
    release = _lines(originals, missing)
    matcher = SequenceMatcher(
        None, [line.key for line in release], [_known(cell) for cell in cells], False
    )
    pairs: list[tuple[Original, NotebookNode]] = []
    for kind, i, i2, j, j2 in matcher.get_opcodes():
        if kind == "equal":
            pairs += _pairs(release[i:i2], cells[j:j2])
        elif kind == "replace":
            pairs += _between(release[i:i2], cells[j:j2])
    found = [(one, cell) for one, cell in pairs if one.name in missing and _bare(cell)]
    for original, cell in found:
        labels = original.labels()
        cell.metadata["nbgrader"] = nbformat.from_dict(labels)
        if (cell.cell_type, _plain(cell.source)) == _key(original):
            # Blanks at the ends, which editors change, are no edit.
            cell.source = _released(original)
            labels["checksum"] = compute_checksum(_restored(cell, original))
            cell.metadata["nbgrader"] = nbformat.from_dict(labels)
    return len(found)


def _lines(originals: Sequence[Original], missing: set[str]) -> list[_Line]:
    lines: list[_Line] = []
    for one in originals:
        lines += [_Line((kind, _plain(text)), text, None) for kind, text in one.before]
        key = _key(one) if one.name in missing else ("", one.name)
        lines.append(_Line(key, _released(one), one))
    return lines


def _known(cell: NotebookNode) -> tuple[str, str]:
    name = grade_id(cell)
    return ("", name) if name else (cell.cell_type, _plain(cell.source))


def _pairs(
    lines: Sequence[_Line], cells: Sequence[NotebookNode]
) -> list[tuple[Original, NotebookNode]]:
    pairs = zip(lines, cells, strict=True)
    return [(line.original, cell) for line, cell in pairs if line.original]


def _between(
    lines: Sequence[_Line], cells: Sequence[NotebookNode]
) -> list[tuple[Original, NotebookNode]]:
    """Pair cells that changed, between two that did not: by order, or by likeness."""
    found: list[tuple[Original, NotebookNode]] = []
    for kind in ("code", "markdown"):
        wanted = [line for line in lines if _kind(line) == kind]
        free = [cell for cell in cells if cell.cell_type == kind and _bare(cell)]
        if len(wanted) == len(free):
            found += _pairs(wanted, free)
            continue
        for line in wanted:
            best = _most_alike(line, free)
            if best is None:
                continue
            # Those above the one that was found belong to lines above.
            free = free[free.index(best) + 1 :]
            if line.original:
                found.append((line.original, best))
    return found


def _most_alike(line: _Line, cells: Sequence[NotebookNode]) -> NotebookNode | None:
    if not cells:
        return None
    likeness = [_likeness(line.source, cell.source) for cell in cells]
    best = max(likeness)
    if best >= _ALIKE:
        return cells[likeness.index(best)]
    # An answer looks like nothing that was released, and marks hang on it.
    written = line.original and line.original.solution and line.original.grade
    return cells[0] if written else None


def _likeness(one: str, other: str) -> float:
    names = {name for found in _NAME.findall(one) for name in found if name}
    if names & {name for found in _NAME.findall(other) for name in found if name}:
        return 1.0
    return SequenceMatcher(None, one[:_MOST], other[:_MOST], False).quick_ratio()


def _kind(line: _Line) -> str:
    return line.original.cell_type if line.original else line.key[0]


def _bare(cell: NotebookNode) -> bool:
    return grade_id(cell) is None


def _key(original: Original) -> tuple[str, str]:
    return original.cell_type, _plain(_released(original))


def _released(original: Original) -> str:
    """Give the source that students get."""
    return _SECRET.sub("", original.source)


def _restored(cell: NotebookNode, original: Original) -> NotebookNode:
    twin = original.cell()
    twin.source = cell.source
    return twin


def _plain(source: str) -> str:
    """Leave out of a source what editors change on their own."""
    lines = source.replace("\r\n", "\n").replace("\xa0", " ").strip().split("\n")
    return "\n".join(line.rstrip() for line in lines)
