"""Every assignment's tests tell right from wrong: see `variants.py`, tests/mistakes/.

All variants of an assignment run once, in a process of its own, when the first test
asks for a verdict. A source that cannot be read fails here and leaves the others alone.
"""

from __future__ import annotations

import ast
import functools
import re
from pathlib import Path
from typing import Any

import pytest
from nbformat import NotebookNode

from dlcourse.house import assignment_names
from dlcourse.publish.sources import read_source as published_source

from . import impostors, variants
from .variants import Cell, Item, Source, Verdict

# The curriculum's rows that an assignment grades by tests (X) or by hand (W).
ROWS = {
    "lab01-tensors": [f"L1.{n}" for n in range(7, 14)],
    "lab02-autograd": [f"L2.{n}" for n in range(7, 13)],
    "lab03-training-stack": [f"L3.{n}" for n in range(4, 11)],
    "lab04-feed-forward": [
        *(f"L4.{n}" for n in range(3, 7)),
        *(f"P1.{n}" for n in (3, 5, 6, 7)),
    ],
    "lab05-convolution": [f"L5.{n}" for n in range(4, 9)],
    "lab06-transfer": ["L6"],
    "lab07-regularisation": ["L7"],
    "lab08-optimisers": ["L8"],
    "lab09-recurrent": ["L9", "P2.8", "P2.9", "P3.3", "P3.4"],
    "lab10-lstm-gru": ["L10"],
    "lab11-autoencoders": ["L11"],
    "lab12-mini-project": ["L12"],
    "lab13-gans": ["L13"],
    "lab14-attention": [
        *(f"P2.{n}" for n in (11, 13, 14)),
        *(f"P3.{n}" for n in (5, 6, 7)),
    ],
    "lab15-adversarial": ["P3.1", "P3.2"],
    "lab16-language": ["P4.2", "P4.3", "P4.4"],
    "problem-set-1": ["P1.3", "P1.5", "P1.6", "P1.7"],
    "problem-set-2": [f"P2.{n}" for n in (2, 3, 4, 6, 7, 8, 9, 11, 13, 14)],
    "problem-set-3": [f"P3.{n}" for n in range(1, 8)],
    "layer-design": ["H1", "H2a", "H2b", "H2c", "H3", "H4", "H5"],
}
# Written by `dlcourse exam`: tests/exam/test_notebook_form.py tries right, partly right
# and wrong answers, and tests/exam/test_mock_exam.py holds source and paper together.
MADE = {"mock-exam"}
NAMES = [name for name in assignment_names(variants.ROOT) if name not in MADE]


@functools.cache
def source_of(name: str) -> Source | Exception:
    try:
        return variants.read_source(name)
    except Exception as error:  # reported by test_source_can_be_read
        return error


SOURCES = [s for s in map(source_of, NAMES) if isinstance(s, Source)]
ITEMS = [(source, item) for source in SOURCES for item in source.items()]

each_source = pytest.mark.parametrize("source", SOURCES, ids=lambda s: s.name)
each_item = pytest.mark.parametrize(
    ("source", "item"), ITEMS, ids=[f"{s.name}:{i.grade_id}" for s, i in ITEMS]
)


@functools.cache
def verdicts(name: str) -> list[Verdict] | RuntimeError:
    try:
        return variants.judge(name)
    except RuntimeError as error:  # kept, so that a broken source runs once only
        return error


def published(name: str) -> list[NotebookNode]:
    """Return an assignment's cells with those that it takes from another."""
    return published_source(variants.ROOT, name).cells


def marks(cell: NotebookNode) -> dict[str, Any]:
    return dict(cell.metadata.get("nbgrader", {}))


def verdicts_on(source: Source, item: Item, *kinds: str) -> list[Verdict]:
    found = verdicts(source.name)
    if isinstance(found, RuntimeError):
        pytest.fail("no verdict: see test_cells_outside_items_run", pytrace=False)
    return [v for v in found if v.grade_id == item.grade_id and v.kind in kinds]


def asserts_in(cell: Cell) -> list[ast.Assert]:
    return [n for n in ast.walk(ast.parse(cell.text)) if isinstance(n, ast.Assert)]


def is_silent(tree: ast.Module) -> bool:
    """Tell whether the last line has no value: no expression, or a call of a check."""
    last = tree.body[-1]
    if not isinstance(last, ast.Expr):
        return True
    called = getattr(getattr(last.value, "func", None), "id", None)
    return any(
        isinstance(node, ast.FunctionDef) and node.name == called and not returns(node)
        for node in tree.body
    )


def returns(node: ast.AST) -> bool:
    """Tell whether a function returns a value, whatever functions in it do."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Return) and child.value is not None:
            return True
        if not isinstance(child, ast.FunctionDef | ast.Lambda) and returns(child):
            return True
    return False


def test_there_are_assignments() -> None:
    assert "lab01-tensors" in NAMES


@pytest.mark.parametrize("name", NAMES)
def test_source_can_be_read(name: str) -> None:
    source = source_of(name)
    assert isinstance(source, Source), f"solutions/{name}/{name}.md: {source!r}"
    graded = [cell for cell in published(name) if marks(cell).get("grade")]
    assert graded, f"solutions/{name}/{name}.md has no graded item"


@each_source
def test_grade_ids_pair_up(source: Source) -> None:
    ids = [cell.grade_id for cell in source.cells if cell.grade_id]
    assert len(ids) == len(set(ids)), f"a grade id occurs twice: {sorted(ids)}"
    code = [cell for cell in source.cells if cell.kind == "code"]
    tests = {cell.grade_id for cell in code if cell.grade}
    solutions = {cell.grade_id for cell in code if cell.solution and not cell.grade}
    assert tests == {f"{grade_id}-test" for grade_id in solutions}
    assert len(source.items()) == len(tests), "a test cell stands before its solution"
    for cell in source.cells:
        assert not cell.grade or cell.points > 0, f"{cell.grade_id} has no points"
        assert not cell.grade_id or re.fullmatch(r"[a-z0-9-]+", cell.grade_id), (
            f"grade ids are kebab-case, not {cell.grade_id}"
        )


@each_source
def test_every_row_is_graded(source: Source) -> None:
    assert source.name in ROWS, f"add the curriculum rows of {source.name} to ROWS here"
    graded = [cell for cell in published(source.name) if marks(cell).get("grade")]
    tagged = {tag for cell in graded for tag in cell.metadata.get("tags", [])}
    missing = [row for row in ROWS[source.name] if row not in tagged]
    assert not missing, f"no graded cell of {source.name} is tagged {missing}"


@each_source
def test_written_answers_have_a_rubric(source: Source) -> None:
    for cell in source.cells:
        if cell.kind == "markdown" and cell.grade:
            assert cell.solution, f"{cell.grade_id}: nobody could answer"
            found = re.search(r"^\*\*Marking \((\d+) points?\)\.\*\*", cell.text, re.M)
            assert found, f"{cell.grade_id} has no **Marking (N points).**"
            assert int(found[1]) == cell.points, f"{cell.grade_id}: rubric and points"
            assert found.start() > 0, f"{cell.grade_id} has no model answer"


@each_source
def test_variant_files_match_items(source: Source) -> None:
    files = set(variants.variant_files(source.name))
    assert files == {item.grade_id for item in source.items()}


@each_source
def test_cells_outside_items_run(source: Source) -> None:
    found = verdicts(source.name)
    assert not isinstance(found, RuntimeError), str(found)


@each_item
def test_item_has_mistakes_and_other_solutions(source: Source, item: Item) -> None:
    found = variants.read_variants(source.name, item.grade_id)
    kinds = [variant.kind for variant in found]
    assert kinds.count("wrong") >= 3
    assert kinds.count("right") >= 2
    for variant in found:
        assert variant.what, f"variant {variant.number} does not say what it is"
    texts = {re.sub(r"\s+", " ", variant.text) for variant in found}
    assert len(texts) == len(found), "two variants are the same"


@each_item
def test_test_cell_is_well_formed(source: Source, item: Item) -> None:
    cell = source.cells[item.test]
    hidden = cell.hidden_lines()
    assert hidden, "one region from BEGIN HIDDEN TESTS to END HIDDEN TESTS is needed"
    found = asserts_in(cell)
    assert any(node.lineno in hidden for node in found), "no assert is hidden"
    assert any(node.lineno not in hidden for node in found), "no assert is visible"
    for node in found:
        empty = node.msg is None or (
            isinstance(node.msg, ast.Constant) and not str(node.msg.value).strip()
        )
        assert not empty, f"line {node.lineno}: an assert without a message"
    for text in (cell.text, cell.visible_text()):
        tree = ast.parse(text)
        assert is_silent(tree), "nbgrader reads a last value as credit"


@each_item
def test_reference_passes_in_silence(source: Source, item: Item) -> None:
    [verdict] = verdicts_on(source, item, "reference")
    assert verdict.passed, verdict.trace
    assert verdict.printed == "", "a test cell must print nothing"


@each_item
def test_untouched_stub_fails_by_its_name(source: Source, item: Item) -> None:
    [verdict] = verdicts_on(source, item, "stub")
    assert not verdict.passed
    assert verdict.error == "NotImplementedError", verdict.trace
    assert verdict.message.startswith(f"{item.grade_id}:")


@each_item
def test_hidden_tests_find_what_visible_ones_do_not(source: Source, item: Item) -> None:
    places = {verdict.where for verdict in verdicts_on(source, item, "wrong")}
    assert "hidden" in places, "no wrong answer gets as far as the hidden tests"


@each_item
def test_what_equals_everything_earns_nothing(source: Source, item: Item) -> None:
    kinds = [kind + when for kind in impostors.KINDS for when in ("", ", later")]
    found = verdicts_on(source, item, *kinds)
    assert {verdict.kind for verdict in found} == set(kinds)
    posed = [verdict for verdict in found if verdict.error != "Missing"]
    assert len(posed) >= 6, "hardly any impostor could be made"
    # Made without a mistake of its own: the reference does not fail that way.
    for verdict in posed:
        assert not verdict.passed, (
            f"{item.grade_id}: an impostor of the kind {verdict.kind!r} passes; check "
            "the type by `type(x) is ...` before the value"
        )
        assert verdict.where == "hidden" or "later" not in verdict.kind, verdict.trace
        # The test must have refused it; an impostor that breaks down proves nothing.
        *_, raised = re.findall(r'(?m)^  File "(.*?)"', verdict.trace)
        assert "impostors.py" not in raised, verdict.trace


VARIANTS = [
    pytest.param(
        source,
        item,
        variant,
        id=f"{source.name}:{item.grade_id}:{variant.kind}-{variant.number}",
    )
    for source, item in ITEMS
    for variant in variants.read_variants(source.name, item.grade_id)
]


@pytest.mark.parametrize(("source", "item", "variant"), VARIANTS)
def test_variant(source: Source, item: Item, variant: variants.Variant) -> None:
    found = verdicts_on(source, item, variant.kind)
    [verdict] = [v for v in found if v.number == variant.number]
    about = f"{item.grade_id}, # {variant.kind}: {variant.what}\n"
    if variant.kind == "right":
        assert verdict.passed, about + (verdict.trace or verdict.message)
        return
    assert not verdict.passed, f"{about}passes every test of {item.grade_id}"
    slips = {"SyntaxError", "IndentationError", "NameError"}
    assert verdict.error not in slips, f"{about}is misspelt: {verdict.trace}"
    assert verdict.is_clear_failure(), (
        f"{about}should fail an assert with a message or in its own code, but: "
        + (verdict.trace or verdict.message)
    )


TINY = """\
---
kernelspec: {display_name: Python 3, language: python, name: python3}
---

```{code-cell} python
base = 40
```

```{code-cell} python
---
nbgrader: {grade: false, grade_id: add, locked: false, solution: true}
---
def add(x):
    ### BEGIN SOLUTION
    return base + x
    ### END SOLUTION
```

```{code-cell} python
---
nbgrader: {grade: true, grade_id: add-test, locked: true, points: 1, solution: false}
---
assert add(2) == 42, "add(2) should be 42"
### BEGIN HIDDEN TESTS
assert add(0) == 40
### END HIDDEN TESTS
```
"""
ATTEMPTS = [  # text of the solution cell, error, where, clear failure
    ("def add(x):\n    return base + x", "", "", False),
    ("def add(x):\n    global base\n    base = 0", "AssertionError", "visible", True),
    ("def add(x):\n    return 42", "AssertionError", "hidden", False),
    ("def add(x):\n    return x / 0", "ZeroDivisionError", "visible", True),
    ("def add(x, y):\n    return x + y", "TypeError", "visible", False),
    ("def add(x)\n    return x", "SyntaxError", "", True),
    ("import os\nos._exit(0)", "ProcessEnded", "", False),
]


def test_the_runner_tells_how_an_attempt_ends(tmp_path: Path) -> None:
    source = tmp_path / "solutions" / "tiny" / "tiny.md"
    mistakes = tmp_path / "tests" / "mistakes" / "tiny" / "add.py"
    for path in (source, mistakes):
        path.parent.mkdir(parents=True)
    source.write_text(TINY, "utf-8")
    text = "".join(f"# wrong: no. {n}\n{a[0]}\n\n" for n, a in enumerate(ATTEMPTS))
    mistakes.write_text(text, "utf-8")
    found = variants.judge("tiny", root=tmp_path)
    by_kind = {v.kind: v for v in found if v.kind != "wrong"}
    assert by_kind["reference"].passed, by_kind["reference"].trace
    assert by_kind["stub"].message == "add: write your code here"
    wrong = sorted((v for v in found if v.kind == "wrong"), key=lambda v: v.number)
    ends = [(v.error, v.where, v.is_clear_failure()) for v in wrong]
    assert ends == [attempt[1:] for attempt in ATTEMPTS]
    source.write_text(TINY.replace("base = 40", "base = 40 / 0"), "utf-8")
    with pytest.raises(RuntimeError, match="ZeroDivisionError"):
        variants.judge("tiny", root=tmp_path)
