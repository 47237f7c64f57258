"""Finding in the source of a cell what it reaches for."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

from dlcourse.grading.trust import names
from dlcourse.grading.trust.reliance import LIBRARIES
from dlcourse.grading.trust.source import parse

REACHED = names.by_name(names.REACHED)
ATTRIBUTES = names.by_name(names.ATTRIBUTES)
OWN = names.by_name(names.OWN)
CHANGERS = ("setattr", "delattr")
_OUTSIDE = re.compile(r"~|(\.\./)+|/[\w.-]+/|/(etc|home|root|proc|tmp|dev|sys)\b")
# Settings of libraries, which everybody may change.
_SETTINGS = ("backends", "options", "rcParams", "set_option", "random", "_dynamo")
# Programs that honest notebooks call, and magics that run others.
_HARMLESS = re.compile(r"\s*(python -m )?(pip|pip3|conda|mamba|ls|pwd|nvidia-smi)\b")
_SHELLS = ("bash", "sh", "script", "perl", "ruby", "system", "sx", "!")
_MAGICS = ("run_line_magic", "run_cell_magic", "system", "getoutput")


@lru_cache(maxsize=256)
def imports_of(source: str) -> Sequence[tuple[str, str]]:
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


class Reader:
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
        elif isinstance(node, ast.FunctionDef) and node.name in ATTRIBUTES:
            yield ATTRIBUTES[node.name]
        elif isinstance(node, ast.Call) and self._path(node.func) in CHANGERS:
            yield from self._of_change(node.args[0] if node.args else node)

    def _of_name(self, node: ast.Name) -> Iterator[str]:
        if not isinstance(node.ctx, ast.Load):
            if node.id == "__class__":
                yield names.LIES
            return
        found = [*_reached(self._imports.get(node.id, node.id))]
        found += [OWN[node.id]] if node.id in OWN else []
        if found and node.id not in self._bound():
            yield from found

    def _of_attribute(self, node: ast.Attribute) -> Iterator[str]:
        if node.attr in ATTRIBUTES:
            yield ATTRIBUTES[node.attr]
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
        if what := REACHED.get(".".join(parts[:end])):
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
