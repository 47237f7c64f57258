"""Statistics of an exam, against an example worked out by hand."""

from __future__ import annotations

import json
import math
from pathlib import Path

import numpy as np
import pytest

from dlcourse.errors import CourseError
from dlcourse.exam.stats import Rules, alpha, analyse, read_rules
from dlcourse.exam_plot import save_plot

# Four students, three questions. Totals 3, 2, 1, 0: mean 3/2, variance 5/4.
MARKS = """student,Q1,Q2,Q3
ann,1,1,1
bob,1,1,0
cem,1,0,0
dee,0,0,0
"""

RULES: Rules = {
    "A1": {"kind": "several", "marks": 2, "right": [True, True, False, False, False]},
    "A2": {"kind": "single", "marks": 2, "right": [False, True, False, False]},
    "B1": {
        "kind": "numeric",
        "marks": 4,
        "blanks": [
            {"key": 0.25, "tolerance": 0.01},
            {"key": [2, 3], "tolerance": 0.0},
        ],
    },
    "C1": {"kind": "written", "marks": 3, "rubric": [2, 1]},
}
ANSWERS = """student,A1,A2,B1,C1
ann,ab,b,"0.25; (2, 3)",3
bob,"a, b",b,0.26;6,2.5
cem,ac,a,;2x3,1
dee,,A,0.3; 5,
"""


@pytest.fixture
def table(tmp_path: Path) -> Path:
    return tmp_path / "answers.csv"


def test_the_example_worked_out_by_hand(table: Path) -> None:
    table.write_text(MARKS)
    found = analyse(table)
    assert found.students == ("ann", "bob", "cem", "dee")
    assert found.totals.tolist() == [3, 2, 1, 0]
    assert [item.facility for item in found.items] == [0.75, 0.5, 0.25]
    # Q1 against the rest [2, 1, 0, 0]: covariance 3/4 - 9/16 = 3/16, variances 3/16 and
    # 11/16, so 3 / sqrt(33). Q2 against [2, 1, 1, 0]: 1/4 / sqrt(1/4 · 1/2).
    by_hand = [3 / math.sqrt(33), 1 / math.sqrt(2), 3 / math.sqrt(33)]
    assert [item.discrimination for item in found.items] == pytest.approx(by_hand)
    # KR-20: 3/2 · (1 - (3/16 + 4/16 + 3/16) / (5/4)) = 3/4.
    assert found.alpha == pytest.approx(0.75)
    assert found.dichotomous
    # Half of the variance's root: sqrt(5/4) · sqrt(1 - 3/4).
    assert found.standard_error == pytest.approx(math.sqrt(5) / 4)


def test_answers_are_marked_by_the_rule_and_picks_counted(table: Path) -> None:
    table.write_text(ANSWERS)
    found = analyse(table, RULES)
    assert found.marks.tolist() == [
        [2, 2, 4, 3],
        [2, 2, 2, 2.5],
        [0, 0, 2, 1],
        [0, 0, 0, 0],
    ]
    a1, a2, b1, c1 = found.items
    assert a1.picks == {"a": 3, "b": 2, "c": 1, "d": 0, "e": 0, "empty": 1}
    assert (a1.right, a2.right, b1.right) == ("ab", "b", "")
    assert a2.picks == {"a": 2, "b": 2, "c": 0, "d": 0, "empty": 0}
    assert b1.picks == c1.picks == {}
    assert c1.facility == pytest.approx(6.5 / 12)
    assert not found.dichotomous
    assert "nobody picks d, e" in a1.flags


def test_what_should_be_looked_at_is_said(table: Path) -> None:
    table.write_text("s,up,down,same\nann,1,0,1\nbob,1,0,1\ncem,0,1,1\ndee,0,1,1\n")
    up, down, same = analyse(table).items
    assert any("check the key" in flag for flag in up.flags)
    assert any("check the key" in flag for flag in down.flags)
    assert same.flags == ["everybody has the same marks", "too easy to tell anything"]


def test_alpha_needs_two_questions_and_different_totals() -> None:
    assert math.isnan(alpha(np.array([[1.0], [0.0]])))
    assert math.isnan(alpha(np.array([[1.0, 0.0], [1.0, 0.0]])))


def test_alpha_of_twice_the_same_question_is_one() -> None:
    assert alpha(np.array([[1.0, 1.0], [0.0, 0.0], [3.0, 3.0]])) == pytest.approx(1)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (
            "ann,ab,",
            "ann,az,",
            "row 2, column A1: 'az' has 'z'; the options",
        ),
        (";2x3,1", "2x3,1", "row 4, column B1: 1 answers, 2 are wanted"),
        (";2x3,1", ";2x3,9", "row 4, column C1: 9 marks; 0 to 3"),
        (";2x3,1", ";2x3,good", "row 4, column C1: 'good' is no number of marks"),
        (";2x3,1", ";2x3", "row 4: 4 cells, the heading has 5"),
        ("bob", "ann", "row 3: 'ann' comes twice"),
        ("A2,B1", "A9,B1", "the exam has no question 'A9'; there are A1, A2, B1, C1"),
        ("A2,B1", "A1,B1", "two columns have the same name"),
    ],
)
def test_a_mistake_in_the_table_is_named(
    table: Path, old: str, new: str, words: str
) -> None:
    assert ANSWERS.count(old) == 1
    table.write_text(ANSWERS.replace(old, new))
    with pytest.raises(CourseError, match=r"answers\.csv") as caught:
        analyse(table, RULES)
    assert words in str(caught.value)


def test_a_table_without_students_is_refused(table: Path) -> None:
    table.write_text("student,Q1\nann,1\n")
    with pytest.raises(CourseError, match="two students at least"):
        analyse(table)


def test_the_rules_come_from_exam_json(tmp_path: Path) -> None:
    record = tmp_path / "exam.json"
    questions = [{"number": number, **rule} for number, rule in RULES.items()]
    record.write_text(json.dumps({"questions": questions}))
    assert read_rules(record)["A1"]["right"] == RULES["A1"]["right"]
    for strange in ("[]", "{", '{"questions": [1]}'):
        record.write_text(strange)
        with pytest.raises(CourseError, match=r"no exam\.json that"):
            read_rules(record)


def test_the_plot_shows_every_question(table: Path, tmp_path: Path) -> None:
    table.write_text(ANSWERS)
    picture = tmp_path / "picture.svg"
    save_plot(analyse(table, RULES), picture)
    first = picture.read_bytes()
    text = first.decode()
    for number in RULES:
        assert f"<!-- {number} -->" in text
    assert "<!--  b 2 -->" in text
    save_plot(analyse(table, RULES), picture)
    assert picture.read_bytes() == first
