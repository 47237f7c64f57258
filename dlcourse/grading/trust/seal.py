"""Seals: a test passes only if it ends with one, which nobody can know beforehand.

IPython can be made to say that a cell went well in a hundred ways: nothing ran,
asserts were left out, errors were swallowed, the answer was forged. So success is told
the other way round. Behind each test's own lines stands an assert that must fail, with
a message that is worked out by what tests rely on. Without that very message no test
has passed.

The test is sent compiled, without its source. What a submission can read while its
functions are being tested (IPython's history, the cache of lines, the request, its own
memory) holds no expected values in readable form, and what changes source or syntax
trees on their way changes nothing.
"""

from __future__ import annotations

import ast
import base64
import json
import marshal
import warnings
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from dlcourse.grading.trust.check import Check
from dlcourse.grading.trust.source import plain
from dlcourse.grading.trust.steps import put_steps

_INSIDE = Path(__file__).with_name("inside.py")
_LOAD = "__import__('marshal').loads"


@dataclass(frozen=True)
class Seal:
    """What the last line of a piece of code must say.

    Attributes:
        word: at its beginning; no other run has the same.
        checks: whose outcomes follow; None if nothing does.
    """

    word: str
    checks: Sequence[Check] | None

    def read(self, message: str) -> Mapping[str, Any] | None:
        """Read an error's message; None if it is not the seal.

        Returns:
            ``outcomes``, a text, ``groups`` by name, and ``shown``, a pair; nothing if
            there are no checks.
        """
        # A tool that rewrites asserts may have added lines of its own.
        first = message.partition("\n")[0]
        if not first.startswith(self.word):
            return None
        if self.checks is None:
            return {} if first == self.word else None
        try:
            said = json.loads(first[len(self.word) :])
            whole = len(said["outcomes"]) == len(self.checks)
            whole &= isinstance(said["groups"], dict) and len(said["shown"]) == 2
        except (ValueError, TypeError, KeyError):
            return None
        return said if whole else None


@dataclass(frozen=True)
class Shape:
    """How a test is prepared for its seal.

    Attributes:
        text: plain Python, in the lines of the original.
        shows: whether its last line is an expression, whose value is kept as ``NAME``.
        sent_compiled: False for what only works with its source at hand.
    """

    text: str
    shows: bool
    sent_compiled: bool


# Held by the notebook for an instant, while the seal is worked out.
NAME = "_dlcourse_seal"
# IPython takes ten times as long if it has to draw the traceback.
_QUIETLY = (
    f"except BaseException as {NAME}:\n"
    f"    {NAME}._render_traceback_ = [].copy\n"
    "    raise\n"
)


@lru_cache(maxsize=256)
def shape(source: str) -> Shape:
    """Prepare a test, whose seal differs each time."""
    text = plain(source)
    if not text:
        return Shape(source, shows=False, sent_compiled=False)
    last = ast.parse(text).body[-1:]
    shows = bool(last) and isinstance(last[0], ast.Expr) and not _quiet(text)
    if shows:
        text = _displayed(text, last[0])
    needs_source = any(word in text for word in ("jit.", "getsource", "await "))
    return Shape(text, shows, sent_compiled=not needs_source)


def _quiet(text: str) -> bool:
    """Tell whether a semicolon after the last expression keeps it from being shown."""
    return text.rstrip().endswith(";")


def _displayed(text: str, node: ast.stmt) -> str:
    """Show the last expression's value as IPython would, and keep it."""
    lines = text.split("\n")
    first, last = node.lineno - 1, (node.end_lineno or node.lineno) - 1
    end = len(lines[last].encode()[: node.end_col_offset].decode())
    lines[last] = f"{lines[last][:end]}))" + lines[last][end:]
    start = len(lines[first].encode()[: node.col_offset].decode())
    shown = f"__import__('sys').displayhook({NAME}_value := ("
    lines[first] = lines[first][:start] + shown + lines[first][start:]
    return "\n".join(lines)


def sealed(one: Shape, seal: Seal, false: str, prints: Mapping[str, Any]) -> str:
    """Put the seal behind a test.

    Args:
        one: the test.
        seal: what it must end with.
        false: an expression that is false.
        prints: what is measured: ``functions`` and ``helpers``.
    """
    checks = "".join(f"lambda: {check.text}, " for check in seal.checks or ())
    value = f"{NAME}_value" if one.shows else "None"
    return (
        f"{one.text}\n"
        f"{NAME} = {{}}\n"
        f"exec({_LOAD}({_inside()!r}), {NAME})\n"
        "try:\n"
        f"    assert {false}, {seal.word!r} + {NAME}['say']("
        f"(lambda: 0).__globals__, {prints!r}, ({checks}), {value})\n"
        f"{_QUIETLY}" + (f"finally:\n    del {NAME}_value\n" if one.shows else "")
    )


def in_plain_view(beginning: str, false: str, word: str) -> str:
    """Write a cell that must fail, for all to see.

    Args:
        beginning: a line that runs nothing.
        false: an expression that is false.
        word: the message it must fail with.
    """
    return f"{beginning}try:\n    assert {false}, {word!r}\n{_QUIETLY}"


def step(prints: Mapping[str, Any], before: Mapping[str, Any]) -> str:
    """Give a call that fails if what tests use is not what it was.

    Args:
        prints: what is measured: ``functions`` and ``helpers``.
        before: how each of them was.
    """
    held = f"n['hold']((lambda: 0).__globals__, {prints!r}, {dict(before)!r})"
    return f"(lambda n: (exec({_LOAD}({_inside()!r}), n), {held}))({{}})"


def compiled(
    text: str, file: str, flags: int = 0, steps: tuple[str, int] = ("", 0)
) -> str:
    """Give code that runs a text which it does not show.

    Args:
        text: Python.
        file: the name of its file, for tracebacks and for the kernel's watch.
        flags: of the compiler, for what earlier cells have imported from the future.
        steps: a call to put between statements, in how many first lines.

    Raises:
        SyntaxError: if it does not compile.
    """
    source: Any = text
    if steps[0]:
        source = _compile(text, file, flags | ast.PyCF_ONLY_AST)
        put_steps(source, *steps)
    code = marshal.dumps(_compile(source, file, flags))
    packed = base64.b64encode(zlib.compress(code))
    return (
        f"exec({_LOAD}(__import__('zlib').decompress(__import__('base64').b64decode(\n"
        f"{packed.decode()!r}\n"
        "))))"
    )


def raised(function: str, *arguments: object) -> str:
    """Give code that raises an error whose message is what a function inside says."""
    listed = ", ".join(map(repr, arguments))
    return (
        f"{NAME} = {{}}\n"
        f"exec({_LOAD}({_inside()!r}), {NAME})\n"
        "try:\n"
        f"    raise AssertionError({NAME}['text']({NAME}[{function!r}]({listed})))\n"
        f"{_QUIETLY}"
    )


@lru_cache(maxsize=1)
def _inside() -> bytes:
    return marshal.dumps(_compile(_INSIDE.read_text("utf-8"), "<inside>", 0))


def _compile(text: str | ast.Module, file: str, flags: int) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return compile(text, file, "exec", flags, dont_inherit=True, optimize=0)
