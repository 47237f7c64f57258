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
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from dlcourse.grading.trust.check import Check
from dlcourse.grading.trust.packing import LOAD, inside, loading
from dlcourse.grading.trust.source import plain


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
        shows: whether its last line is an expression, whose value is kept.
        sent_compiled: False for what only works with its source at hand.
    """

    text: str
    shows: bool
    sent_compiled: bool


# Held by the notebook for an instant, while the seal is worked out.
NAME = "_dlcourse_seal"
WORD_NAME, VALUE_NAME = f"{NAME}_word", f"{NAME}_value"
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
    shown = f"__import__('sys').displayhook({VALUE_NAME} := ("
    lines[first] = lines[first][:start] + shown + lines[first][start:]
    return "\n".join(lines)


def seal_text(seal: Seal, false: str, prints: object, value: str) -> str:
    """Write the seal, to be run behind a test.

    Args:
        seal: what it must say.
        false: an expression that is false.
        prints: what is measured, see ``inside.say``.
        value: an expression for the test's last value.
    """
    checks = "".join(f"lambda: {check.text}, " for check in seal.checks or ())
    left = WORD_NAME if value == "None" else f"{WORD_NAME}, {value}"
    return (
        f"{NAME} = {{}}\n"
        f"exec({LOAD}({inside()!r}), {NAME})\n"
        "try:\n"
        f"    assert {false}, {WORD_NAME} + {NAME}['say']("
        f"(lambda: 0).__globals__, {prints!r}, ({checks}), {value})\n"
        f"{_QUIETLY}"
        f"finally:\n    del {left}\n"
    )


def in_plain_view(beginning: str, false: str, word: str) -> str:
    """Write a cell that must fail, for all to see.

    Args:
        beginning: a line that runs nothing.
        false: an expression that is false.
        word: the message it must fail with.
    """
    return f"{beginning}try:\n    assert {false}, {word!r}\n{_QUIETLY}"


def raised(function: str, *arguments: object) -> str:
    """Give code that raises an error whose message is what a function inside says."""
    listed = ", ".join(map(repr, arguments))
    return (
        f"{NAME} = {{}}\n"
        f"exec({loading(inside())}, {NAME})\n"
        "try:\n"
        f"    raise AssertionError({NAME}['text']({NAME}[{function!r}]({listed})))\n"
        f"{_QUIETLY}"
    )
