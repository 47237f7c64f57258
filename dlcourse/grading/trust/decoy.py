"""Claims that are false, in the words of a test."""

from __future__ import annotations

import ast
import builtins
import random
from collections.abc import Iterator, Sequence
from functools import lru_cache

from dlcourse.grading.trust.source import parse

_SIMPLE = (ast.Constant, ast.Name, ast.List, ast.Tuple, ast.Load, ast.UnaryOp, ast.USub)
_HIDDEN = "### BEGIN HIDDEN TESTS"


def false_claim(source: str, chance: random.Random) -> str:
    """Write an expression that is false, with a call from a test where there is one.

    Its names are arguments of its own, so it runs nothing of the submission's.

    Args:
        source: of the test; what is hidden in it stays so.
        chance: chooses the call, and the numbers.
    """
    a = chance.randint(3, 900)
    b = a + chance.randint(1, 900)
    calls = _calls(visible(source))
    if not calls:
        return f"{a} == {b}"
    call, (function, *others) = chance.choice(calls)
    values = ", ".join([f"lambda *a, **k: {a}", *("0" for _ in others)])
    return f"(lambda {', '.join([function, *others])}: {call})({values}) == {b}"


def _holds_up(call: str, names: Sequence[str]) -> bool:
    """Tell whether a call can be made of numbers, which is tried."""
    numbers = ["lambda *a, **k: 0", *("0" for _ in names[1:])]
    tried = f"(lambda {', '.join(names)}: {call})({', '.join(numbers)})"
    try:
        return bool(eval(tried, {"__builtins__": {}}) == 0)
    except Exception:  # whatever the test's author had in mind
        return False


def first_line(source: str) -> str:
    """Give a test's first line, changed so that it runs nothing; "" if it cannot be."""
    text = visible(source)
    body = parse(text).body
    lines = text.split("\n")
    if not body or not isinstance(body[0], ast.Expr):
        return ""
    node = body[0]
    if node.lineno != 1 or node.end_lineno != 1 or len(lines[0]) != node.end_col_offset:
        return ""
    return f"{lines[0]} if 0 else 0\n"


def visible(source: str) -> str:
    """Give the part of a test that students have."""
    return source.partition(_HIDDEN)[0]


@lru_cache(maxsize=256)
def _calls(source: str) -> list[tuple[str, list[str]]]:
    return list(_found(source))


def _found(source: str) -> Iterator[tuple[str, list[str]]]:
    """List simple calls with their names, that of the function first."""
    for node in ast.walk(parse(source)):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
            continue
        parts = [*node.args, *(one.value for one in node.keywords)]
        if hasattr(builtins, node.func.id) or not all(map(_simple, parts)):
            continue
        names = [
            one.id
            for part in parts
            for one in ast.walk(part)
            if isinstance(one, ast.Name)
        ]
        call, all_names = ast.unparse(node), list(dict.fromkeys([node.func.id, *names]))
        if _holds_up(call, all_names):
            yield call, all_names


def _simple(node: ast.expr) -> bool:
    return all(isinstance(one, _SIMPLE) for one in ast.walk(node))
