"""Steps between a test's statements notice what is replaced only for a moment."""

from __future__ import annotations

import ast

import pytest

from dlcourse.grading.trust.steps import put_steps


def ran(source: str) -> list[int]:
    """Run a test with steps; the lines after which there was one."""
    tree = ast.parse(source)
    put_steps(tree, "note()", source.count("\n") + 1)
    lines: list[int] = []

    def note() -> None:
        import sys

        lines.append(sys._getframe(1).f_lineno)

    exec(compile(tree, "test", "exec"), {"note": note, "f": lambda *a: None})
    return lines


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ("f()\n1 + 1\nx = f()\nassert f() is None", [1, 3, 4]),
        ("for x in [1, 2]:\n    f()\nf()", [2, 2, 1, 3]),
        ("for i, x in enumerate([1, 2]):\n    f()", [2, 2, 1]),
        ("for x in range(3):\n    f()", [2, 2, 2, 1]),
        ("for x in range(100):\n    f()", [1]),
        ("for x in list(range(2)) * 3:\n    f()", [1]),
        ("while not f():\n    f()\n    break", [1]),
        ("try:\n    f()\n    1 / 0\nexcept ZeroDivisionError:\n    f()", [2, 5, 1]),
        ("if f() is None:\n    f()\nelse:\n    pass", [2, 1]),
        ("def g():\n    f()\ng()", [3]),
        ("with open('/dev/null') as file:\n    f()", [2, 1]),
    ],
)
def test_steps_stand_behind_calls(source: str, lines: list[int]) -> None:
    assert ran(source) == lines


def test_there_is_an_end_to_steps() -> None:
    assert len(ran("f()\n" * 1000)) < 100


def test_lines_that_are_not_the_tests_own_have_none() -> None:
    tree = ast.parse("f()\nf()\nf()")
    put_steps(tree, "note()", 2)
    assert ast.unparse(tree) == "f()\nnote()\nf()\nnote()\nf()"
