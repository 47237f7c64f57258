"""What a submission reaches for, read from its source, for a person to look at.

Nothing here costs marks: whoever writes what follows may have reasons.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

from nbformat import NotebookNode

from dlcourse.grading import words
from dlcourse.grading.trust import names
from dlcourse.grading.trust.reliance import LIBRARIES
from dlcourse.grading.trust.source import parse

_REACHED = names.by_name(names.REACHED)
_ATTRIBUTES = names.by_name(names.ATTRIBUTES)
_OWN = names.by_name(names.OWN)
_OUTSIDE = re.compile(r"~|(\.\./)+|/[\w.-]+/|/(etc|home|root|proc|tmp|dev|sys)\b")
# What makes a cell worth a closer look.
_WORD = re.compile(r"[^\W\d]\w*")
_CHANGERS = ("setattr", "delattr")
# Last parts of names that every notebook is full of: the first part must do.
_COMMON = ("stack", "trace", "modules", "abc", "core", "request", "machinery")
_CALLED = ("exec", "eval", "compile")  # so many things have methods called like these
_WORDS = frozenset(
    name.partition(".")[0] if last in _COMMON else last
    for name in (*_REACHED, *_ATTRIBUTES, *_OWN)
    if (last := name.rpartition(".")[2]) not in _CALLED
) | {*_CHANGERS, "__class__", "__defaults__"}
_CALL = re.compile(rf"(?<![\w.])({'|'.join(_CALLED)})\s*\(")
_CHANGE = re.compile(r"(?<!\bself)\.\w+\s*=(?!=)|\bdel\b")
_PATH = re.compile(r"""['"](~|/|\.\./)""")
_MAGIC = re.compile(r"^\s*[!%]|=\s*[!%]", re.MULTILINE)
# Settings of libraries, which everybody may change.
_SETTINGS = ("backends", "options", "rcParams", "set_option", "random", "_dynamo")
# Programs that honest notebooks call, and magics that run others.
_HARMLESS = re.compile(r"\s*(python -m )?(pip|pip3|conda|mamba|ls|pwd|nvidia-smi)\b")
_SHELLS = ("bash", "sh", "script", "perl", "ruby", "system", "sx", "!")
_MAGICS = ("run_line_magic", "run_cell_magic", "system", "getoutput")


def flags(cells: Sequence[NotebookNode]) -> list[str]:
    """List what the student's own cells reach for, a sentence for each cell.

    Args:
        cells: of a cleaned notebook.
    """
    code = [(place, one) for place, one in enumerate(cells) if one.cell_type == "code"]
    odd = {place: one for place, one in code if _is_odd(one)}
    if not odd:
        return []
    imports = dict(pair for _, one in code for pair in _imports(one.source))
    own = [one.source for _, one in code if not _is_locked(one)]
    said = []
    for place, cell in odd.items():
        reader = _Reader(imports, lambda: frozenset().union(*map(_bound, own)))
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


@lru_cache(maxsize=256)
def _imports(source: str) -> Sequence[tuple[str, str]]:
    """List the names that a cell's imports bind, and what each stands for."""
    found = []
    for node in ast.walk(parse(source)) if "import" in source else ():
        if isinstance(node, ast.Import):
            for one in node.names:
                whole = one.name if one.asname else one.name.partition(".")[0]
                found.append((one.asname or whole, whole))
        elif isinstance(node, ast.ImportFrom) and node.module:
            for one in node.names:
                found.append((one.asname or one.name, f"{node.module}.{one.name}"))
    return found


class _Reader:
    """Finds what one cell reaches for."""

    def __init__(
        self, imports: dict[str, str], bound: Callable[[], frozenset[str]]
    ) -> None:
        """Prepare.

        Args:
            imports: what the names of imported things stand for.
            bound: gives the names that the student's cells give a value.
        """
        self._imports = imports
        self._bound = bound

    def all(self, tree: ast.Module) -> Iterator[str]:
        """List it, in words."""
        magics: set[ast.AST] = set()
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and (magic := _magic(node)):
                magics.update(ast.walk(node.func))
                yield from _of_magic(*magic)
        for node in ast.walk(tree):
            if node not in magics:
                yield from self._of_node(node)

    def _of_node(self, node: ast.AST) -> Iterator[str]:
        if isinstance(node, ast.Import):
            for one in node.names:
                yield from _reached(one.name)
        elif isinstance(node, ast.ImportFrom) and node.module:
            for one in node.names:
                yield from _reached(f"{node.module}.{one.name}")
        elif isinstance(node, ast.Constant):
            if isinstance(node.value, str) and _OUTSIDE.match(node.value):
                yield names.FILES
        elif isinstance(node, ast.Name):
            yield from self._of_name(node)
        elif isinstance(node, ast.Attribute):
            yield from self._of_attribute(node)
        elif isinstance(node, ast.FunctionDef) and node.name in _ATTRIBUTES:
            yield _ATTRIBUTES[node.name]
        elif isinstance(node, ast.Call) and self._path(node.func) in _CHANGERS:
            yield from self._of_change(node.args[0] if node.args else node)

    def _of_name(self, node: ast.Name) -> Iterator[str]:
        if not isinstance(node.ctx, ast.Load):
            if node.id == "__class__":
                yield names.LIES
            return
        found = [*_reached(self._imports.get(node.id, node.id))]
        found += [_OWN[node.id]] if node.id in _OWN else []
        if found and node.id not in self._bound():
            yield from found

    def _of_attribute(self, node: ast.Attribute) -> Iterator[str]:
        if node.attr in _ATTRIBUTES:
            yield _ATTRIBUTES[node.attr]
        yield from _reached(self._path(node))
        if not isinstance(node.ctx, ast.Load):
            if node.attr in ("__class__", "__code__", "__defaults__"):
                yield names.PATCH
            yield from self._of_change(node.value, node.attr)

    def _of_change(self, owner: ast.expr, attribute: str = "") -> Iterator[str]:
        """Tell of a change to a library or to Python."""
        path = self._path(owner)
        first = path.partition(".")[0]
        setting = any(part in _SETTINGS for part in [*path.split("."), attribute])
        if first in LIBRARIES | {"builtins", "sys"} and path and not setting:
            yield names.PATCH

    def _path(self, node: ast.expr) -> str:
        """Give ``a.b.c`` for an attribute, with what its first name was imported as."""
        parts: list[str] = []
        while isinstance(node, ast.Attribute):
            parts.append(node.attr)
            node = node.value
        if not isinstance(node, ast.Name):
            return ""
        first = self._imports.get(node.id, node.id)
        return ".".join([first, *reversed(parts)])


def _reached(path: str) -> Iterator[str]:
    parts = path.split(".")
    for end in range(1, len(parts) + 1):
        if what := _REACHED.get(".".join(parts[:end])):
            yield what


def _magic(call: ast.Call) -> tuple[str, list[str]] | None:
    """Give name and arguments of a magic or a shell command, as IPython writes them."""
    function = call.func
    if not (isinstance(function, ast.Attribute) and function.attr in _MAGICS):
        return None
    owner = function.value
    if not (
        isinstance(owner, ast.Call)
        and isinstance(owner.func, ast.Name)
        and owner.func.id == "get_ipython"
    ):
        return None
    texts = [one.value for one in call.args if isinstance(one, ast.Constant)]
    return function.attr, [str(text) for text in texts]


def _of_magic(method: str, texts: list[str]) -> Iterator[str]:
    if method in ("system", "getoutput"):
        if not all(map(_HARMLESS.match, texts)):
            yield names.PROCESSES
    elif texts[:1] and texts[0] in _SHELLS:
        yield names.PROCESSES
