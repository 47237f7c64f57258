"""A test that an object could pass which equals everything is found by reading it."""

from __future__ import annotations

from pathlib import Path

import pytest
from nbformat.v4 import new_code_cell

from dlcourse.errors import CourseError
from dlcourse.house import assignment_names
from dlcourse.publish.lint_tests import check_tests
from dlcourse.publish.sources import Source, read_source

ROOT = Path(__file__).parents[2]

HELPERS = """
def difference(got, expected):
    if type(got) is not torch.Tensor:
        return f"expected a torch.Tensor, got {type(got).__name__}"
    if got.shape != expected.shape:
        return f"expected shape {tuple(expected.shape)}, got {tuple(got.shape)}"
    return ""

def both(got, expected):
    for tensor in (got, expected):
        if type(tensor) not in (torch.Tensor, nn.Parameter):
            return "no tensor"
    return "" if torch.equal(got, expected) else "not the same"

def equal(got, expected):
    assert got == expected, "not the same"
"""
SOLUTION = """
from collections import Counter

def f(x):
    return x

class Net(nn.Module):
    pass

answer, parts = 1, [2]
"""


def source_of(test: str, solution: str = SOLUTION) -> Source:
    def cell(grade_id: str, code: str, **labels: bool) -> object:
        kinds = {"grade": False, "solution": False, "locked": False, "task": False}
        meta = {"nbgrader": {"grade_id": grade_id, **kinds, **labels}}
        return new_code_cell(code.strip(), metadata=meta)

    cells = [
        new_code_cell("import torch"),
        cell("helpers", HELPERS, locked=True),
        cell("f", solution, solution=True),
        cell("f-test", test, grade=True, locked=True),
    ]
    path = Path("solutions/lab/lab.md")
    return Source("lab", path, cells, [1, 5, 9, 20], [path] * 4)


def put(body: str) -> str:
    """Put statements into a function that the test cell calls."""
    lines = "\n".join(f"    {line}" for line in body.strip().split("\n"))
    return f"def check_f():\n{lines}\n\ncheck_f()"


TRUSTING = {
    "a call": ("assert f(1) == 2", "f(1) == 2"),
    "a name": ("got = f(1)\nassert got == 2", "got == 2"),
    "truth": ("got = f(1)\nassert got", "got"),
    "not": ("got = f(1)\nassert not got", "not got"),
    "a subclass": (
        "got = f(1)\nassert isinstance(got, int)\nassert got == 2",
        "got ==",
    ),
    "an attribute": ("got = f(1)\nassert got.shape == (2,)", "got.shape == (2,)"),
    "a variable": ("assert answer == 1", "answer == 1"),
    "an element": ("assert parts[0] == 2", "parts[0] == 2"),
    "a part": ("got = f(1)\nassert type(got) is list\nassert got == [2]", "got == [2]"),
    "a part of a part": (
        "got = f(1)\nassert all(type(n) is tuple for n in got)\nassert got == [(1,)]",
        "got == [(1,)]",
    ),
    "unpacked": ("a, b = f(1)\nassert type(a) is int\nassert b == 2", "b == 2"),
    "in a loop": ("for one in f(1):\n    assert one == 2", "one == 2"),
    "zipped": (
        "for a, b in zip([1], f(1)):\n    assert type(a) is int and a == b",
        "type(a) is int and a == b",
    ),
    "computed": ("total = 2 * f(1)\nassert abs(total - 2) < 1", "abs(total - 2) < 1"),
    "a library": ("assert torch.equal(f(1), f(2))", "torch.equal(f(1), f(2))"),
    "a model": ("net = Net()\nassert net(1).item() == 2", "net(1).item() == 2"),
    "a checked model": (
        "net = Net()\nassert isinstance(net, nn.Module)\nout = net(1)\n"
        "assert out.shape == (1,)",
        "out.shape == (1,)",
    ),
    "anew": (
        "got = f(1)\nassert type(got) is int\ngot = f(2)\nassert got == 2",
        "got == 2",
    ),
    "in an except": (
        "try:\n    got = f(1)\nexcept ValueError:\n    got = 0\nassert got == 0",
        "got == 0",
    ),
    "in a branch": (
        "if answer is None:\n    got = 1\nelse:\n    got = f(1)\nassert got == 1",
        "got == 1",
    ),
    "grown": ("found = []\nfound.append(f(1))\nassert found == [1]", "found == [1]"),
    "by a helper": ("equal(f(1), 2)", "got == expected"),
    "expected": ("note = difference(f(1), f(2))\nassert not note", "not note"),
    "keys": (
        "got = f(1)\nassert type(got) is dict and set(got) == {1}",
        "type(got) is dict and set(got) == {1}",
    ),
}


@pytest.mark.parametrize("case", TRUSTING)
def test_trust_before_the_type_is_known_is_a_mistake(case: str) -> None:
    body, shown = TRUSTING[case]
    with pytest.raises(CourseError) as caught:
        check_tests(source_of(put(body)))
    sentence = str(caught.value)
    assert sentence.startswith("solutions/lab/lab.md, line 20, cell f-test relies on `")
    assert shown in sentence
    assert "`assert type(x) is ...`" in sentence
    assert "\n" not in sentence


CAREFUL = {
    "its type": "got = f(1)\nassert type(got) is int, 'm'\nassert got == 2",
    "at once": "got = f(1)\nassert type(got) in (int, float) and got == 2",
    "or nothing": "got = f(1)\nassert got is None or type(got) is int\nassert got == 2",
    "a conversion": "got = f(1)\nassert isinstance(got, float)\nassert float(got) == 2",
    "identity": "got = f(1)\nassert got is True and got is not ValueError",
    "a length": "got = f(1)\nassert len(got) == 2",
    "a helper": "note = difference(f(1), torch.ones(1))\nassert not note",
    "checked by a helper": "got = f(1)\nnote = difference(got, x)\nassert not note\n"
    "assert got.device == x.device",
    "both by a helper": "note = both(f(1), f(2))\nassert not note",
    "an exact tensor": "got = f(1)\nassert type(got) is torch.Tensor\n"
    "assert (got[0] + 1).item() == 2 and got.shape == (2,)",
    "all its parts": "got = f(1)\nassert type(got) is list\n"
    "assert all(type(one) is int for one in got)\nassert got == [1]",
    "parts of parts": "got = f(1)\nwhole = all(type(one) is tuple for one in got)\n"
    "assert whole and all(type(n) is int for one in got for n in one)\n"
    "assert got == [(1,)]",
    "each in a loop": "got = f(1)\nassert type(got) is tuple\n"
    "for name, one in zip('ab', got, strict=True):\n"
    "    assert type(one) is torch.Tensor\nassert torch.equal(*got)",
    "made anew": "got = f(1)\npairs = [(str(a), int(b)) for a, b in got]\n"
    "assert sorted(pairs) == [('a', 1)]",
    "what its argument became": "x = torch.ones(1)\nf(x)\nassert torch.equal(x, x)",
    "an error": "try:\n    got = f(1)\nexcept ValueError:\n    got = ValueError\n"
    "assert got is ValueError",
    "a variable": "assert type(answer) is int and answer == 1",
    "its message": "got = f(1)\nassert type(got) is int, f'got {got == 2}'",
    "imported names": "assert Counter('a') == {'a': 1}",
}


@pytest.mark.parametrize("case", CAREFUL)
def test_a_careful_test_is_none(case: str) -> None:
    check_tests(source_of(put(CAREFUL[case])))


@pytest.mark.parametrize(
    ("test", "name"),
    [
        ("expected = 2\nassert type(f(1)) is int", "expected"),
        ("for x, y in [(1, 2)]:\n    pass", "x"),
        ("with open('a') as file:\n    pass", "file"),
        ("try:\n    f(1)\nexcept ValueError as error:\n    pass", "error"),
        ("assert (n := len(f(1))) == 1", "n"),
    ],
)
def test_values_in_global_names_are_a_mistake(test: str, name: str) -> None:
    with pytest.raises(CourseError, match=f"keeps `{name}` in a global name"):
        check_tests(source_of(test))


def test_functions_classes_and_imports_may_be_global() -> None:
    check_tests(
        source_of(
            "import math\n\nclass Watch:\n    seen = []\n\n"
            "def check_f(n):\n    local = [one for one in range(n)]\n"
            "    assert len(local) == n\n\ncheck_f(3)\nassert math.pi > 3"
        )
    )


def test_a_check_that_nobody_calls_is_a_mistake() -> None:
    with pytest.raises(CourseError, match=r"defines check_f\(\) and never calls it"):
        check_tests(source_of("def check_f():\n    assert len(f(1)) == 2"))


def test_what_is_no_python_is_left_to_others() -> None:
    check_tests(source_of("assert f(1 == 2"))
    check_tests(source_of("%time f(1)\nassert f(1) is None"))


@pytest.mark.parametrize("name", assignment_names(ROOT))
def test_the_assignments_are_clean(name: str) -> None:
    check_tests(read_source(ROOT, name))
