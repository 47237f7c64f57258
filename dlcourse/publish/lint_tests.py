"""Tests that a clever object could pass without the work: found by reading them."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from IPython.core.inputtransformer2 import TransformerManager

from dlcourse.errors import CourseError
from dlcourse.publish.lint_reader import Reader
from dlcourse.publish.sources import Source

_BINDS_INSIDE = (
    ast.FunctionDef,
    ast.AsyncFunctionDef,
    ast.ClassDef,
    ast.Lambda,
    ast.ListComp,
    ast.SetComp,
    ast.DictComp,
    ast.GeneratorExp,
)


def check_tests(source: Source) -> None:
    """Check that each test cell trusts nothing whose type it does not know.

    Args:
        source: an assignment's source, whose cells and metadata are in order.

    Raises:
        CourseError: for the first test that compares what a student made before it
            checks the type, or that keeps values where a student's function finds
            them.
    """
    theirs: set[str] = set()
    helpers: dict[str, ast.FunctionDef] = {}
    for index, cell in enumerate(source.cells):
        labels = cell.metadata.get("nbgrader", {})
        if cell.cell_type != "code" or not labels:
            continue
        tree = _parsed(cell.source)
        if labels.get("solution"):
            theirs |= _defined(tree)
        elif labels.get("grade"):
            _check_names(tree, source.place(index))
            _check_calls(tree, source.place(index))
            _check_types(tree, frozenset(theirs), helpers, source.place(index))
        elif labels.get("locked"):
            helpers |= _functions(tree)


def to_python(code: str) -> str:
    """Turn magics and shell lines, which are fine in an exercise, into Python."""
    python: str = TransformerManager().transform_cell(code)  # type: ignore[no-untyped-call]
    return python


def _parsed(code: str) -> ast.Module:
    """Parse a cell; one that is no Python counts as empty here, and fails when run."""
    try:
        return ast.parse(to_python(code))
    except SyntaxError:
        return ast.Module([], [])


def _functions(tree: ast.Module) -> dict[str, ast.FunctionDef]:
    return {one.name: one for one in tree.body if isinstance(one, ast.FunctionDef)}


def _defined(tree: ast.Module) -> set[str]:
    """List what a student's cell defines; imported names stay what they are."""
    made = {one for statement in tree.body for one in _bound(statement)}
    return made | {
        one.name
        for one in tree.body
        if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
    }


def _bound(node: ast.AST) -> Iterator[str]:
    """Yield the names that a statement binds in its own scope."""
    if isinstance(node, _BINDS_INSIDE):
        return
    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
        yield node.id
    if isinstance(node, ast.ExceptHandler) and node.name:
        yield node.name
    for child in ast.iter_child_nodes(node):
        yield from _bound(child)


def _check_names(tree: ast.Module, where: str) -> None:
    for statement in tree.body:
        for name in _bound(statement):
            raise CourseError(
                f"{where} keeps `{name}` in a global name, where the code under test "
                "could read it; put the test into a function of this cell, and call it."
            )


def _check_calls(tree: ast.Module, where: str) -> None:
    used = {one.id for one in ast.walk(tree) if isinstance(one, ast.Name)}
    for name in _functions(tree):
        if name not in used:
            raise CourseError(
                f"{where} defines {name}() and never calls it, so that nothing is "
                "tested; call it at the end of the cell."
            )


def _check_types(
    tree: ast.Module,
    theirs: frozenset[str],
    helpers: dict[str, ast.FunctionDef],
    where: str,
) -> None:
    found: list[ast.expr] = []
    functions = {**helpers, **_functions(tree)}
    Reader(theirs - functions.keys(), functions, found.append).read(tree.body)
    if found:
        # The first line tells which, a whole test would flood the message.
        written = ast.unparse(found[0]).split("\n")[0]
        shown = written if len(written) <= 60 else f"{written[:57]}..."
        raise CourseError(
            f"{where} relies on `{shown}` before it knows the type, so that an object "
            "that equals everything would pass; first write `assert type(x) is ...`, "
            "with a message, for what the student's code made, or compare by a helper "
            "that does."
        )
