"""The notebook of a paper, released by the course's own pipeline and marked."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import jupytext
import pytest
from nbformat import NotebookNode, read

from dlcourse.exam.export.notebook import notebook
from dlcourse.exam.question import Question
from dlcourse.exam.scoring import score
from dlcourse.publish.release import Released, release_assignment
from dlcourse.publish.tags import find_items, read_curriculum

from .sample import picks, sample

ROOT = Path(__file__).parents[2]
PAPER = sample()
EXPORT = notebook(PAPER)
NUMBERED = dict(PAPER.numbered())
SOURCE = EXPORT.files["mock-exam/mock-exam.md"].decode()
CODE = {n.lower(): q for n, q in NUMBERED.items() if q.kind != "written"}

# What students write, and what ``scoring.score`` takes for it.
RIGHT: dict[str, tuple[str, list[Any]]] = {
    "a1": ('"C"', [2]),
    "a2": ('"a"', [0]),
    "a3": ('"b, e"', [1, 4]),
    "a4": ('"dab"', [3, 0, 1]),
    "b1": ('"-0,12"', ["-0.12"]),
    "b2": ("1234", ["1234"]),
    "b3": ('[2 / 3, "128x16x28x28", 40.0]', ["0.6667", "(128,16,28,28)", "40"]),
    "b4": (
        "[(128, 16), 5, (2, 3, 4), (1, 1), (10, 10)]",
        ["128,16", "5", "2,3,4", "1,1", "10,10"],
    ),
    "b5": ("(2, 3)", ["(2, 3)"]),
}
PARTIAL: dict[str, tuple[str, list[Any]]] = {
    "a1": ('"ac"', [0, 2]),
    "a2": ('"ab"', [0, 1]),
    "a3": ('"b"', [1]),
    "a4": ('"abc"', [0, 1, 2]),
    "b1": ("-0.1", ["-0.1"]),
    "b2": ("1234.0", ["1234"]),
    "b3": ('["", (128, 16, 28, 28), 41]', ["", "128,16,28,28", "41"]),
    "b4": ('[(128, 16), 5, "", "", (10, 11)]', ["128,16", "5", "", "", "10,11"]),
    "b5": ("[2, 3]", ["none"]),  # a list is no shape: the visible test says so
}
WRONG: dict[str, tuple[str, list[Any]]] = {
    "a1": ('"abcd"', [0, 1, 2, 3]),
    "a2": ('"c"', [2]),
    "a3": ('"ae"', [0, 4]),
    "a4": ('""', []),
    "b1": ('""', [""]),
    "b2": ("True", [""]),
    "b3": ('["", "", ""]', ["", "", ""]),
    "b4": ("[(16, 128), 6, 0, 0, 0]", ["16,128", "6", "0", "0", "0"]),
    "b5": ("(3, 2)", ["(3, 2)"]),
}
STUDENTS = {"ada": RIGHT, "bob": PARTIAL, "cleo": WRONG}


def wanted(grade_id: str, answer: list[Any]) -> float:
    return score(CODE[grade_id].scoring(), answer)


def make_course(folder: Path) -> Path:
    for name, content in EXPORT.files.items():
        path = folder / "solutions" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    (folder / "_toc.yml").touch()
    shutil.copy(ROOT / "nbgrader_config.py", folder)
    return folder


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Released]:
    """Release it: the pipeline checks the source, and that its solution earns all."""
    course = make_course(tmp_path_factory.mktemp("course"))
    return course, release_assignment(course, "mock-exam")


def cells(course: Path, step: str) -> dict[str, NotebookNode]:
    found = read(course / step / "mock-exam/mock-exam.ipynb", as_version=4)
    return {cell.id: cell for cell in found.cells}


@pytest.fixture(scope="module")
def marks(released: tuple[Path, Released]) -> Mapping[str, Mapping[str, float]]:
    """Mark three students and an untouched notebook by `nbgrader autograde`."""
    course, _ = released
    path = course / "exercises/mock-exam/mock-exam.ipynb"
    for student, answers in {**STUDENTS, "dan": {}}.items():
        work = read(path, as_version=4)
        for cell in work.cells:
            if cell.id in answers:
                cell.source = f"answer_{cell.id} = {answers[cell.id][0]}"
        folder = course / "class/submitted" / student / "mock-exam"
        folder.mkdir(parents=True)
        text = json.dumps(work, ensure_ascii=False)
        (folder / "mock-exam.ipynb").write_text(text, encoding="utf-8")
    run = subprocess.run(
        [sys.executable, "-m", "nbgrader", "autograde", "mock-exam", "--create"],
        cwd=course,
        capture_output=True,
        text=True,
        timeout=240,
    )
    assert run.returncode == 0, run.stderr
    return earned(course)


def earned(course: Path) -> dict[str, dict[str, float]]:
    from nbgrader.api import Gradebook

    found: dict[str, dict[str, float]] = {}
    with (
        warnings.catch_warnings(),
        Gradebook(f"sqlite:///{course}/class/gradebook.db") as book,
    ):
        warnings.simplefilter("ignore")  # nbgrader's own, from SQLAlchemy
        for submission in book.assignment_submissions("mock-exam"):
            [graded] = submission.notebooks
            found[submission.student.id] = {
                grade.name: grade.auto_score for grade in graded.grades
            }
    return found


def test_the_pipeline_takes_it(released: tuple[Path, Released]) -> None:
    _, told = released
    assert told.items == len(NUMBERED)
    assert told.points == sum(question.marks for question in NUMBERED.values())
    assert told.by_hand == NUMBERED["C1"].marks


def test_the_release_has_stubs_and_no_secret(released: tuple[Path, Released]) -> None:
    made = cells(released[0], "exercises")
    stub = (
        'raise NotImplementedError("{}: write your code here, then delete this line")'
    )
    assert made["a3"].source == (
        f'answer_a3 = ""  # such as "a" or "ac"\n{stub.format("a3")}'
    )
    assert made["b3"].source == (
        "# 1: a number, 3 decimals\n# 2: a shape, such as (2, 3)\n# 3: a whole number\n"
        f'answer_b3 = ["", "", ""]\n{stub.format("b3")}'
    )
    assert made["b4"].source.startswith("# 5 answers in the order above, each a shape")
    assert made["a3-test"].source.endswith("\n\n\ncheck_a3()")
    assert made["c1"].source == "*Your answer: write it in place of this line.*"
    text = json.dumps({name: cell.source for name, cell in made.items()})
    secrets = ("rule", "credit", "Marking", "scoring", "HIDDEN", "SOLUTION")
    assert not [secret for secret in secrets if secret in text]
    assert (released[0] / "exercises/mock-exam/images/a3-fall.svg").is_file()


def test_full_answers_earn_all_and_untouched_ones_nothing(
    marks: Mapping[str, Mapping[str, float]],
) -> None:
    full = {f"{name}-test": question.marks for name, question in CODE.items()}
    tests = {k: v for k, v in marks["ada"].items() if k.endswith("-test")}
    assert tests == full
    assert {k: v for k, v in marks["dan"].items() if v} == {}


@pytest.mark.parametrize("student", STUDENTS)
def test_students_earn_what_the_rule_says(
    marks: Mapping[str, Mapping[str, float]], student: str
) -> None:
    for name, (_, answer) in STUDENTS[student].items():
        got = marks[student][f"{name}-test"]
        assert got == pytest.approx(wanted(name, answer)), name


def test_some_answers_earn_a_part() -> None:
    found = {name: wanted(name, answer) for name, (_, answer) in PARTIAL.items()}
    assert found == pytest.approx(
        {
            **{"a1": 0, "a2": 0, "a3": 1.5, "a4": 2 / 3},
            **{"b1": 0, "b2": 5, "b3": 5 / 3, "b4": 2, "b5": 0},
        }
    )


def run_test(grade_id: str, answer: object) -> object:
    """Run a test cell as it stands in the source; returns its last value."""
    by_id = {
        cell.metadata["nbgrader"]["grade_id"]: cell.source
        for cell in jupytext.reads(SOURCE, fmt="md:myst").cells
        if "nbgrader" in cell.metadata
    }
    scope: dict[str, Any] = {f"answer_{grade_id}": answer}
    exec(by_id["readers"], scope)
    body, _, last = by_id[f"{grade_id}-test"].rpartition("\n\n\n")
    exec(body, scope)
    call = last.splitlines()[0]
    assert call == f"credit_{grade_id}()"
    return eval(call, scope)


@pytest.mark.parametrize("grade_id", [n for n, q in CODE.items() if q.options])
def test_every_choice_ends_in_a_plain_number_or_in_silence(grade_id: str) -> None:
    question: Question = CODE[grade_id]
    for picked in picks(question):
        if not picked:
            continue
        got = run_test(grade_id, "".join("abcdef"[place] for place in picked))
        most = question.marks
        full = score(question.scoring(), picked) == most
        assert type(got) is (type(None) if full else float)
        assert (most if got is None else got) == pytest.approx(
            score(question.scoring(), picked)
        )


FORMS: dict[str, list[tuple[object, str]]] = {
    "a3": [
        (["b", "e"], 'should be letters such as "ac", got list'),
        ("", "pick at least one option"),
        ("bx", "there is no option x"),
    ],
    "b1": [
        ("", "no answer is filled in"),
        (None, "should be a number or a tuple such as .2, 3., got NoneType"),
        (True, "got bool"),
    ],
    "b3": [
        ((1, 2, 3), "expected a list, got tuple"),
        ([1], "expected 3 answers, got 1"),
        ([1, [2], 3], "got list; turn it into one of these"),
        (["", "", ""], "no answer is filled in"),
    ],
}


@pytest.mark.parametrize("grade_id", FORMS)
def test_the_visible_test_helps_with_the_form(grade_id: str) -> None:
    for answer, said in FORMS[grade_id]:
        with pytest.raises(AssertionError, match=said):
            run_test(grade_id, answer)


def test_a_scoring_that_was_changed_earns_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from dlcourse.exam import scoring

    assert run_test("a3", "a") == 0
    monkeypatch.setattr(scoring, "score", lambda *_: 3.0)
    with pytest.raises(AssertionError, match="scoring does not work"):
        run_test("a3", "a")


def test_our_own_grader_gives_the_same_marks(
    released: tuple[Path, Released], marks: Mapping[str, Mapping[str, float]]
) -> None:
    from tests.grading import making

    course, _ = released
    originals = []
    for cell in cells(course, "class/autograde").values():
        labels = cell.metadata.get("nbgrader", {})
        if labels.get("grade_id", "").startswith("cell"):
            continue
        name = labels.get("grade_id")
        if name == "readers":
            originals.append(making.helper(name, cell.source))
        elif name and labels["grade"] and cell.cell_type == "code":
            originals.append(making.exam(name, cell.source, labels["points"]))
        elif name and cell.cell_type == "code":
            originals.append(making.solution(name, cell.source))
    for student in ("bob", "cleo"):
        filled = [
            making.of(one, f"answer_{one.name} = {STUDENTS[student][one.name][0]}")
            if one.name in STUDENTS[student]
            else making.of(one)
            for one in originals
        ]
        found = making.marked(originals, filled)
        assert making.scores(found) == pytest.approx(
            {k: v for k, v in marks[student].items() if k.endswith("-test")}
        )
        assert found.flags == []


def test_tags_name_the_rows_of_the_curriculum(tmp_path: Path) -> None:
    course = make_course(tmp_path)
    found = find_items(course, read_curriculum())
    rows = {row: [item.grade_id for item in items] for row, items in found.items()}
    assert rows == {
        "E4": ["a1-test", "a2-test", "a3-test", "a4-test"],
        "E5": ["b1-test", "b2-test", "b3-test", "b5-test"],
        "E6": ["c1"],
        "E8": ["b4-test"],
    }


def test_statements_and_answers_are_complete() -> None:
    found = jupytext.reads(SOURCE, fmt="md:myst").cells
    prose = [cell.source for cell in found if cell.cell_type == "markdown"]
    starts = [text.split("\n")[0] for text in prose if text.startswith("### ")]
    assert starts[0] == "### A1 · Tensors (2 marks)"
    assert [start.split(" ")[1] for start in starts] == list(NUMBERED)
    for number, question in NUMBERED.items():
        [text] = [t for t in prose if t.startswith(f"### {number} ")]
        for letter, option in zip("abcdef", question.options, strict=False):
            assert f"\n- **{letter}** {option.text}" in text
            assert option.why not in SOURCE
    [answer] = [cell for cell in found if cell.metadata.get("tags") == ["E6"]]
    assert "**Marking (3 points).**" in answer.source
    assert answer.source.count("\n- 1.5 marks: ") == 2
    assert all(len(line) <= 88 for c in found for line in c.source.splitlines()
               if c.cell_type == "code")  # fmt: skip


def test_pictures_are_files_in_black_on_white() -> None:
    path = "images/a3-fall.svg"
    assert f"![a line that falls]({path})" in SOURCE
    assert "data:image" not in SOURCE
    picture = EXPORT.files[f"mock-exam/{path}"].decode()
    assert ET.fromstring(picture).get("style") == "background:#ffffff"
    assert "currentColor" not in picture


def test_another_name_makes_another_folder() -> None:
    other = notebook(PAPER, "exam-2")
    assert list(other.files) == ["exam-2/exam-2.md", "exam-2/images/a3-fall.svg"]


def test_an_option_that_is_code_begins_its_own_line() -> None:
    from dlcourse.exam.export.notebook import _item

    assert _item("**a**", "```python\nx = 1\n\ny = 2\n```") == (
        "- **a**\n\n  ```python\n  x = 1\n\n  y = 2\n  ```"
    )


def test_a_long_answer_is_broken_into_lines() -> None:
    from dlcourse.exam.export.notebook_cells import answer_cell
    from dlcourse.exam.question import Blank

    from .sample import numeric

    sizes = [(n, 222, 333, 444) for n in range(1, 7)]
    cell = answer_cell("b1", numeric("long", 6, [Blank("", s) for s in sizes], []))
    assert re.search(r"answer_b1 = \[\n    \(1, 222, 333, 444\),\n", cell)
    scope: dict[str, Any] = {}
    exec(cell, scope)
    assert scope["answer_b1"] == sizes


def test_remarks_tell_of_this_paper_only() -> None:
    assert len(EXPORT.remarks) == 2
    assert "A1, A2, A3, A4, B1, B2, B3, B4 and B5: they" in EXPORT.remarks[0]
    assert "the pictures of A3 are" in EXPORT.remarks[1]
    only = sample()
    object.__setattr__(only, "parts", only.parts[2:])
    assert notebook(only).remarks == ()


def test_the_same_paper_gives_the_same_bytes() -> None:
    assert notebook(sample()).files == EXPORT.files
