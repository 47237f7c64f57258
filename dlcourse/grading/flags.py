"""What a submission reaches for, read from its source, for a person to look at.

Nothing here costs marks: whoever writes what follows may have reasons.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Sequence
from functools import lru_cache

from nbformat import NotebookNode

from dlcourse.grading import words
from dlcourse.grading.trust.reach import (
    ATTRIBUTES,
    CHANGERS,
    OWN,
    REACHED,
    Reader,
    imports_of,
)
from dlcourse.grading.trust.source import parse

# What makes a cell worth a closer look.
_WORD = re.compile(r"[^\W\d]\w*")
# Last parts of names that every notebook is full of: the first part must do.
_COMMON = ("stack", "trace", "modules", "abc", "core", "request", "machinery")
_CALLED = ("exec", "eval", "compile")  # so many things have methods called like these
_WORDS = frozenset(
    name.partition(".")[0] if last in _COMMON else last
    for name in (*REACHED, *ATTRIBUTES, *OWN)
    if (last := name.rpartition(".")[2]) not in _CALLED
) | {*CHANGERS, "__class__", "__defaults__"}
_CALL = re.compile(rf"(?<![\w.])({'|'.join(_CALLED)})\s*\(")
_CHANGE = re.compile(
    r"(?<!\bself)\.\w+\s*=(?!=)|\bdel\b|^\s*[\w.]+\.\w+\s*,[^=\n]*=", re.MULTILINE
)
_PATH = re.compile(r"""['"](~|/|\.\./)""")
_MAGIC = re.compile(r"^\s*[!%]|=\s*[!%]", re.MULTILINE)


def flags(cells: Sequence[NotebookNode]) -> list[str]:
    """List what the student's own cells reach for, a sentence for each cell.

    Args:
        cells: of a cleaned notebook.
    """
    code = [(place, one) for place, one in enumerate(cells) if one.cell_type == "code"]
    odd = {place: one for place, one in code if _is_odd(one)}
    if not odd:
        return []
    imports = dict(pair for _, one in code for pair in imports_of(one.source))
    own = [one.source for _, one in code if not _is_locked(one)]
    said = []
    for place, cell in odd.items():
        reader = Reader(imports, lambda: frozenset().union(*map(_bound, own)))
        found = list(dict.fromkeys(reader.all(parse(cell.source))))
        if found:
            grade_id = cell.metadata.get("nbgrader", {}).get("grade_id")
            name = words.cell_name(grade_id, place)
            said.append(words.for_review(f"cell {name} {', '.join(found)}"))
    return said


def _is_odd(cell: NotebookNode) -> bool:
    """Tell by its words whether a cell is worth a closer look: most are not."""
    if _is_locked(cell):
        return False
    text = cell.source
    return bool(
        not _WORDS.isdisjoint(_WORD.findall(text))
        or _CHANGE.search(text)
        or _CALL.search(text)
        or _PATH.search(text)
        or _MAGIC.search(text)
    )


@lru_cache(maxsize=256)
def _bound(source: str) -> frozenset[str]:
    """List the names that a cell gives a value."""
    return frozenset(
        node.id
        for node in ast.walk(parse(source))
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
    )


def _is_locked(cell: NotebookNode) -> bool:
    return bool(cell.metadata.get("nbgrader", {}).get("locked"))
