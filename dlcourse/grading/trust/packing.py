"""Tests as the kernel gets them: compiled, with what is different in each run put in.

Compiling takes longer than anything else that is done for a test here, so it is done
once; file names, numbers and the seal are put into the compiled code.
"""

from __future__ import annotations

import ast
import base64
import marshal
import warnings
import zlib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from types import CodeType

from dlcourse.grading.trust.steps import put_steps

_INSIDE = Path(__file__).with_name("inside.py")
LOAD = "__import__('marshal').loads"
# Constants that stand for what differs.
PRINTS, BEFORE, WORD, SEAL = (
    f"@dlcourse {name}@" for name in ("prints", "before", "word", "seal")
)


@lru_cache(maxsize=1)
def inside() -> bytes:
    """Give the code of ``inside.py``, to be loaded in the kernel."""
    return marshal.dumps(_code(_INSIDE.read_text("utf-8")))


@lru_cache(maxsize=256)
def test_code(text: str, name: str, flags: int) -> CodeType:
    """Compile a test, with its seal to be put in.

    Args:
        text: of the test, plain Python.
        name: under which the notebook holds the seal's word.
        flags: of the compiler, for what earlier cells have imported from the future.
    """
    tree = _tree(f"{text}\n{name} = {WORD!r}\nexec({SEAL!r})\n", flags)
    held = f"n['hold']((lambda: 0).__globals__, {PRINTS!r}, {BEFORE!r})"
    step = f"(lambda n: (exec({LOAD}({inside()!r}), n), {held}))({{}})"
    put_steps(tree, step, text.count("\n") + 1)
    return _code(tree, flags)


def seal_code(text: str) -> CodeType:
    """Compile a seal."""
    return _code(text)


def packed(code: CodeType, file: str, values: Mapping[str, object]) -> str:
    """Give code that runs other code, which it does not show.

    Args:
        code: what is to run.
        file: the name of its file, for tracebacks and for the kernel's watch.
        values: what to put in for constants.
    """
    return f"exec({loading(marshal.dumps(_settled(code, file, values)))})"


def loading(raw: bytes) -> str:
    """Give an expression for code.

    Args:
        raw: the code, by ``marshal``. Written out, it would be four times as long, and
            IPython reads every letter.
    """
    text = base64.b64encode(zlib.compress(raw, 1)).decode()
    return (
        f"{LOAD}(__import__('zlib').decompress(__import__('base64').b64decode(\n"
        f"{text!r}\n"
        ")))"
    )


def _settled(code: CodeType, file: str, values: Mapping[str, object]) -> CodeType:
    constants = []
    for one in code.co_consts:
        if isinstance(one, str) and one in values:
            one = values[one]
        if isinstance(one, CodeType):
            one = _settled(one, file, values)
        constants.append(one)
    return code.replace(co_filename=file, co_consts=tuple(constants))


def _tree(text: str, flags: int) -> ast.Module:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        flags |= ast.PyCF_ONLY_AST
        tree = compile(text, "<test>", "exec", flags, dont_inherit=True)
    assert isinstance(tree, ast.Module)
    return tree


def _code(source: str | ast.Module, flags: int = 0) -> CodeType:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        code = compile(source, "<test>", "exec", flags, dont_inherit=True, optimize=0)
    assert isinstance(code, CodeType)
    return code
