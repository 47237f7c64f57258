"""Drills: what their code gives, the bank of them, and what is wrong with a bad one."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
import torch

from dlcourse.errors import CourseError
from dlcourse.exam.banks import bank, read_bank
from dlcourse.exam.drills import read_drills, run_marked
from dlcourse.exam.question import Question, Value
from dlcourse.exam.scoring import score
from dlcourse.exam.topics import TOPICS

FOLDER = Path(__file__).parents[2] / "dlcourse" / "exam" / "bank" / "reading"
DRILLS = bank("reading")
each_drill = pytest.mark.parametrize("drill", DRILLS.values(), ids=list(DRILLS))

# Worked out by hand: row E8 of the curriculum.
TEXT_SHAPES = [(64, 40, 100), (64, 40, 128), (64, 40, 256), (64, 40, 128)]
TEXT_SHAPES += [(64, 128), (64, 10)]
CONV_SHAPES = [(128, 16, 28, 28), (128, 32, 14, 14), (128, 64, 7, 7)]
BY_HAND: dict[str, list[tuple[int, ...]]] = {
    "read-conv-strides": [*CONV_SHAPES, (128, 3136), (128, 10)],
    "read-conv-global-pooling": [
        *CONV_SHAPES,
        (128, 64, 1, 1),
        (128, 64),
        (128, 10),
    ],
    "read-generator": [(16, 12544), (16, 256, 7, 7), (16, 128, 19, 19)],
    "read-lstm-stack": TEXT_SHAPES,
    "read-gru-stack": TEXT_SHAPES,
}


def code_of(drill: Question) -> str:
    found = re.search(r"```python\n(.*?)```", drill.statement, re.DOTALL)
    assert found
    return found[1]


def keys(drill: Question) -> list[Value]:
    return [blank.key for blank in drill.blanks]


@pytest.mark.parametrize("id_", BY_HAND)
def test_the_code_gives_what_was_worked_out_by_hand(id_: str) -> None:
    assert keys(DRILLS[id_]) == BY_HAND[id_]


def test_there_are_many_drills_and_every_topic_with_code_has_one() -> None:
    assert len(DRILLS) >= 30
    without_code = {"probability", "practice"}
    assert {drill.topic for drill in DRILLS.values()} == set(TOPICS) - without_code


def test_the_difficulties_allow_an_exam_of_mostly_easy_and_medium_ones() -> None:
    levels = [drill.difficulty for drill in DRILLS.values()]
    share = (levels.count("easy") + levels.count("medium")) / len(levels)
    assert 0.7 <= share <= 0.9
    assert levels.count("hard") >= 5
    assert levels.count("very hard") >= 3


@each_drill
def test_a_drill_is_short_and_asks_for_few_things(drill: Question) -> None:
    assert drill.kind == "numeric"
    assert drill.marks == 5
    assert 3 <= len(drill.blanks) <= 6
    lines = code_of(drill).splitlines()
    assert 5 <= len(lines) <= 18
    assert max(map(len, lines)) <= 75


@each_drill
def test_the_keys_as_shown_earn_full_marks(drill: Question) -> None:
    for blank in drill.blanks:
        # A number has no decimals, and a shape at least one axis to write down.
        assert blank.key != ()
        assert isinstance(blank.key, tuple) or blank.key == int(blank.key)
    shown = [blank.shown() for blank in drill.blanks]
    assert score(drill.scoring(), shown) == drill.marks


@each_drill
def test_the_solution_explains_each_marked_line_by_its_value(drill: Question) -> None:
    parts = re.split(r"^- \*\*(\([a-h]\))\*\* ", drill.solution, flags=re.MULTILINE)
    if drill.id == "read-conv-strides":  # in one paragraph
        assert len(parts) == 1
        return
    told = dict(zip(parts[1::2], parts[2::2], strict=True))
    assert list(told) == [blank.label for blank in drill.blanks]
    for blank in drill.blanks:
        value = re.escape(blank.shown())
        text = " ".join(told[blank.label].split())
        assert re.search(rf"(?<!\d){value}(?!\d)", text), f"{blank.label}: {value}"


@each_drill
def test_a_drill_makes_its_own_tensors_without_chance(drill: Question) -> None:
    names = {
        node.attr
        for node in ast.walk(ast.parse(code_of(drill)))
        if isinstance(node, ast.Attribute)
    }
    assert not names & {"rand", "randn", "randint", "randperm", "empty", "normal"}


def test_the_keys_do_not_depend_on_a_seed() -> None:
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(1)
        assert read_bank(FOLDER, "reading") == DRILLS


def test_running_drills_leaves_gradients_switched_on() -> None:
    assert torch.is_grad_enabled()


def test_a_line_gives_the_shape_of_a_tensor_or_a_number() -> None:
    code = "x = torch.zeros(2, 3)  # (a)\nn = x.numel()  # (b)\nh = x / 2 # (c)"
    assert run_marked(code, "here") == {"a": (2, 3), "b": 6.0, "c": (2, 3)}


def test_letters_come_back_in_their_order() -> None:
    assert list(run_marked("n = 2  # (b)\nm = 1  # (a)", "here")) == ["a", "b"]


def test_lines_in_forward_and_in_return_are_marked_as_well() -> None:
    code = """
class Net(nn.Module):
    def forward(self, X):
        h = F.relu(X)       # (a)
        return h.flatten(
            1
        )                   # (b)

Net()(torch.zeros(4, 3, 2))
"""
    assert run_marked(code, "here") == {"a": (4, 3, 2), "b": (4, 6)}


def test_a_line_in_a_loop_keeps_its_last_value() -> None:
    code = "for n in [1, 5, 3]:\n    x = torch.zeros(n)  # (a)"
    assert run_marked(code, "here") == {"a": (3,)}


PLACE = "bad.md, question read-bad"


@pytest.mark.parametrize(
    ("code", "fault"),
    [
        ("h = nn.Linear(3, 2)(torch.zeros(4, 5))  # (a)", "the code fails: .*shapes"),
        ("n = nonsense  # (a)", "the code fails: name 'nonsense'"),
        ("n = 1\nm = 2", r"that ran are \[\]"),
        ("n = 1  # (a)\nm = 2  # (c)", r"that ran are \['a', 'c'\]"),
        ("n = 1  # (b)\nm = 2  # (c)", r"that ran are \['b', 'c'\]"),
        ("n = 1  # (a)\nm = 2  # (a)", r"that ran are \['a'\]"),
        ("n = 1  # (a)\nif n > 1:\n    m = 2  # (b)", r"that ran are \['a'\]"),
        ("n = 1  # (a)\nn += 1  # (b)", r"that ran are \['a'\]"),
        ("n = [1, 2]  # (a)", r"line \(a\): it gives a list"),
        ("n = torch.zeros(3).shape  # (a)", r"line \(a\): it gives a Size"),
        ("h, c = torch.zeros(3), 1  # (a)", r"line \(a\): it gives a tuple"),
    ],
)
def test_a_bad_drill_is_reported_with_file_and_question(
    tmp_path: Path, code: str, fault: str
) -> None:
    with pytest.raises(CourseError, match=f"{PLACE}.*{fault}"):
        run_marked(code, PLACE)
    path = tmp_path / "bad.md"
    path.write_text(drill_text(f"```python\n{code}\n```"), encoding="utf-8")
    with pytest.raises(CourseError, match=f"{PLACE}.*{fault}"):
        read_drills(path)


@pytest.mark.parametrize("count", [0, 2])
def test_a_drill_needs_one_block_of_code(tmp_path: Path, count: int) -> None:
    path = tmp_path / "bad.md"
    blocks = "\n\n".join(["What?", *["```python\nn = 1  # (a)\n```"] * count])
    path.write_text(drill_text(blocks), encoding="utf-8")
    with pytest.raises(CourseError, match=f"{PLACE}: the statement needs one block"):
        read_drills(path)


def test_a_drill_becomes_a_numeric_question(tmp_path: Path) -> None:
    path = tmp_path / "tensors.md"
    path.write_text(drill_text("```python\nn = 4  # (a)\n```"), encoding="utf-8")
    [drill] = read_drills(path)
    assert (drill.topic, drill.lab) == ("tensors", "lab01-tensors")
    assert [(b.label, b.key, b.tolerance) for b in drill.blanks] == [("(a)", 4.0, 0.0)]


def drill_text(statement: str) -> str:
    fields = "---\nid: read-bad\ndifficulty: easy\nmarks: 5\nkind: numeric\n---\n"
    return f"{fields}{statement}\n\n## Solution\nSo it is.\n"


def test_running_code_leaves_the_global_random_numbers_alone() -> None:
    before = torch.random.get_rng_state()
    run_marked("layer = nn.Linear(2, 3)\nw = layer.weight  # (a)\n", "here")
    assert torch.equal(torch.random.get_rng_state(), before)


def test_code_that_is_no_python_is_named() -> None:
    with pytest.raises(CourseError, match=r"drill\.md, question q: the code fails"):
        run_marked("x = = 1  # (a)\n", "drill.md, question q")
