"""Looking after what a test uses also between its statements.

What a submission replaces while one of its functions is called, and puts back before
the test ends, the seal does not see. So a test is given steps: after a statement that
calls something, it fails if what it uses is not what it was.
"""

from __future__ import annotations

import ast
from collections.abc import Sequence

_MOST = 25  # steps that a test may take; each takes about 50 microseconds
_BODIES = ("body", "orelse", "finalbody")
_PASSED_ON = ("enumerate", "zip", "reversed", "sorted", "list", "tuple")


def put_steps(tree: ast.Module, step: str, lines: int) -> None:
    """Put a step behind each statement that calls something.

    Inside functions and loops of unknown length there is none.

    Args:
        tree: of the test, changed in place.
        step: Python, one call.
        lines: of the test; what stands behind them is not its own.
    """
    call = ast.parse(step, mode="eval").body
    assert isinstance(call, ast.Call)
    own = [one for one in tree.body if (one.end_lineno or 0) <= lines]
    rest = tree.body[len(own) :]
    tree.body = [*_Steps(call).among(own, 1), *rest]


class _Steps:
    def __init__(self, call: ast.Call) -> None:
        self._call = call
        self._left = _MOST

    def among(self, statements: Sequence[ast.stmt], times: int) -> list[ast.stmt]:
        """Put steps between statements that run some times."""
        found: list[ast.stmt] = []
        for one in statements:
            self._within(one, times)
            found.append(one)
            if times <= self._left and _calls(one):
                self._left -= times
                found.append(self._step(one))
        return found

    def _within(self, one: ast.stmt, times: int) -> None:
        if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            return
        if isinstance(one, ast.While | ast.AsyncFor):
            return
        if isinstance(one, ast.For):
            length = _length(one.iter)
            if length is None:
                return
            times *= length
        for name in _BODIES:
            if body := getattr(one, name, None):
                setattr(one, name, self.among(body, times))
        for handler in getattr(one, "handlers", ()):
            handler.body = self.among(handler.body, times)

    def _step(self, after: ast.stmt) -> ast.stmt:
        """Make one, which fails at the line of the statement before it."""
        # All have their large parts in common.
        called = ast.Call(self._call.func, self._call.args, [])
        return ast.copy_location(ast.Expr(ast.copy_location(called, after)), after)


def _calls(statement: ast.stmt) -> bool:
    """Tell whether a statement calls something."""
    if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return False
    return any(isinstance(one, ast.Call) for one in ast.walk(statement))


def _length(iterable: ast.expr) -> int | None:
    """Say how long a loop is, where it is written down."""
    if isinstance(iterable, ast.List | ast.Tuple | ast.Set):
        starred = any(isinstance(one, ast.Starred) for one in iterable.elts)
        return None if starred else len(iterable.elts)
    if isinstance(iterable, ast.Call) and isinstance(iterable.func, ast.Name):
        first = iterable.args[0] if iterable.args else None
        if iterable.func.id == "range" and len(iterable.args) == 1:
            value = getattr(first, "value", None)
            return value if isinstance(value, int) else None
        if iterable.func.id in _PASSED_ON and first is not None:
            return _length(first)
    return None
