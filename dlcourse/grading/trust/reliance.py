"""What an assignment's own cells rely on: built-ins, libraries, helpers, solutions."""

from __future__ import annotations

import ast
import builtins
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from dlcourse.grading.restore import Original
from dlcourse.grading.trust.source import parse

# Libraries whose functions decide whether a test passes.
LIBRARIES = frozenset(
    {"torch", "torchvision", "numpy", "scipy", "pandas", "sklearn", "math", "operator"}
)
_PATCHING = frozenset({"setattr", "delattr", "patch", "monkeypatch", "mock"})


@dataclass(frozen=True)
class Reliance:
    """What tests and helpers use.

    Attributes:
        built_in: names of built-in functions.
        modules: of libraries, what each name in the notebook stands for.
        functions: of libraries, by such a name: dotted names as the tests write them.
        attributes: all names after a dot.
        helpers: functions of locked cells that no other locked cell defines, by the
            cell's name.
    """

    built_in: tuple[str, ...]
    modules: MappingProxyType[str, str]
    functions: MappingProxyType[str, tuple[str, ...]]
    attributes: frozenset[str]
    helpers: MappingProxyType[str, tuple[str, ...]]


def reliance(originals: Sequence[Original]) -> Reliance:
    """Find out what the locked cells of a notebook rely on."""
    locked = tuple(
        (one.name, one.source, one.test)
        for one in originals
        if one.locked and one.cell_type == "code"
    )
    return _of_cells(locked)


@lru_cache(maxsize=64)
def _of_cells(cells: tuple[tuple[str, str, bool], ...]) -> Reliance:
    trees = [(name, parse(source), test) for name, source, test in cells]
    nodes = [node for _, tree, _ in trees for node in ast.walk(tree)]
    modules = dict(_imports(nodes))
    used = {node.id for node in nodes if isinstance(node, ast.Name)}
    attributes = {node.attr for node in nodes if isinstance(node, ast.Attribute)}
    # Tests that replace functions themselves would be taken for somebody who does.
    replaced = {_dotted(node) for node in nodes if _is_changed(node)}
    patching = not _PATCHING.isdisjoint(used | attributes)
    dotted: dict[str, set[str]] = {}
    for node in () if patching else nodes:
        name = _dotted(node)
        root = name.partition(".")[0]
        if "." in name and root in modules and name not in replaced:
            dotted.setdefault(root, set()).add(name)
    bound = Counter(name for _, tree, _ in trees for name in _bound(tree))
    helpers = {
        name: tuple(
            one.name
            for one in tree.body
            if isinstance(one, ast.FunctionDef) and bound[one.name] == 1
        )
        for name, tree, test in trees
        if not test
    }
    if any(isinstance(node, ast.Compare) for node in nodes):
        attributes.add("==")
    return Reliance(
        built_in=tuple(sorted(name for name in used if hasattr(builtins, name))),
        modules=MappingProxyType(modules),
        functions=MappingProxyType(
            {root: tuple(sorted(names)) for root, names in sorted(dotted.items())}
        ),
        attributes=frozenset(attributes),
        helpers=MappingProxyType({k: names for k, names in helpers.items() if names}),
    )


def _bound(tree: ast.Module) -> Iterator[str]:
    """List the names that a cell gives a value, once for each place."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id


def _imports(nodes: Sequence[ast.AST]) -> Iterator[tuple[str, str]]:
    """List the names that imports bind, and what of which library each is."""
    for node in nodes:
        if isinstance(node, ast.Import):
            for one in node.names:
                whole = one.name if one.asname else one.name.partition(".")[0]
                if whole.partition(".")[0] in LIBRARIES:
                    yield one.asname or whole, whole
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            for one in node.names:
                if node.module.partition(".")[0] in LIBRARIES and one.name != "*":
                    yield one.asname or one.name, f"{node.module}.{one.name}"


def _is_changed(node: ast.AST) -> bool:
    return isinstance(node, ast.Attribute) and not isinstance(node.ctx, ast.Load)


def _dotted(node: ast.AST) -> str:
    """Give ``a.b.c`` for an attribute of an attribute of a name, else ""."""
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    if not isinstance(node, ast.Name):
        return ""
    return ".".join([node.id, *reversed(parts)])
