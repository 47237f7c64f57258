"""Code-reading drills: the shapes that a reader is asked for are found by running."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import Any

from dlcourse.errors import CourseError
from dlcourse.exam.question import Blank, Question, Value
from dlcourse.exam.text import read_raw, to_question

_CODE = re.compile(r"```python\n(.*?)```", re.DOTALL)
_MARK = re.compile(r"#\s*\(([a-h])\)\s*$")


def read_drills(path: Path) -> list[Question]:
    """Read the drills of a file, each with the shapes that its code gives.

    A drill is a numeric question whose code marks lines by ``# (a)``, ``# (b)``, ….
    Asked for is the shape of what a marked assignment or return gives, or the number,
    if it is one.

    Raises:
        CourseError: if one is ill-formed or its code fails; the sentence names file
            and question.
    """
    return [_drill(raw, path) for raw in read_raw(path)]


def _drill(raw: Any, path: Path) -> Question:
    place = f"{path.name}, question {raw.fields.get('id', 'without id')}"
    blocks = _CODE.findall("\n".join(raw.statement) + "\n")
    if len(blocks) != 1:
        raise CourseError(f"{place}: the statement needs one block ```python.")
    found = run_marked(blocks[0], place)
    blanks = tuple(Blank(f"({letter})", value) for letter, value in found.items())
    return to_question(raw, path, blanks=blanks)


def run_marked(code: str, place: str) -> dict[str, Value]:
    """Run code and note what its marked lines give.

    Args:
        code: Python; it may use ``torch``, ``nn`` and ``F``.
        place: file and question, for errors.

    Returns:
        A shape or a number for each letter, in the alphabet's order. A line that runs
        several times keeps its last value.

    Raises:
        CourseError: if the code fails, a marked line gives neither tensor nor number,
            or the letters are not a, b, c, ….
    """
    import torch
    from torch import nn
    from torch.nn import functional

    letters = {
        number: mark[1]
        for number, line in enumerate(code.splitlines(), start=1)
        if (mark := _MARK.search(line))
    }
    found: dict[str, Value] = {}

    def note(letter: str, value: Any) -> Any:
        found[letter] = _value(value, f"{place}, line ({letter})")
        return value

    scope: dict[str, Any] = {
        "torch": torch,
        "nn": nn,
        "F": functional,
        "__note__": note,
    }
    try:
        tree = _Marker(letters).visit(ast.parse(code))
        # Layers draw their weights; whoever reads the bank shall not notice.
        with torch.enable_grad(), torch.random.fork_rng(devices=[]):
            exec(compile(ast.fix_missing_locations(tree), place, "exec"), scope)
    except Exception as error:
        raise CourseError(f"{place}: the code fails: {error}.") from error
    wanted = "abcdefgh"[: len(letters)]
    if not letters or "".join(sorted(found)) != wanted:
        raise CourseError(
            f"{place}: the lines (…) that ran are {sorted(found)}; mark lines that run "
            "by # (a), # (b), …."
        )
    return dict(sorted(found.items()))


def _value(value: Any, place: str) -> Value:
    shape = getattr(value, "shape", None)
    if shape is not None:
        return tuple(shape)
    if isinstance(value, (int, float)):
        return float(value)
    raise CourseError(
        f"{place}: it gives a {type(value).__name__}; mark a tensor or a number."
    )


class _Marker(ast.NodeTransformer):
    """Let each marked assignment or return tell its value."""

    def __init__(self, letters: dict[int, str]) -> None:
        self._letters = letters

    def visit_Assign(self, node: ast.Assign) -> ast.AST:
        return self._wrap(node)

    def visit_Return(self, node: ast.Return) -> ast.AST:
        return self._wrap(node)

    def _wrap(self, node: ast.Assign | ast.Return) -> ast.AST:
        letter = self._letters.get(node.end_lineno or 0)
        if letter and node.value is not None:
            node.value = ast.Call(
                ast.Name("__note__", ast.Load()), [ast.Constant(letter), node.value], []
            )
        return node
