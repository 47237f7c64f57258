"""Questions as text: what is read, and the sentence for each mistake."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from dlcourse.errors import CourseError
from dlcourse.exam.banks import read_bank
from dlcourse.exam.question import Blank, Criterion, Option, Question
from dlcourse.exam.text import read_questions

CHOICE = """---
id: dead
difficulty: medium
marks: 2
kind: several
---
Which hold?

```python
---
- [x] no option, but code
```

- [x] It gives 0
  > Because $\\max(0, x)$ does.
- [ ] It gives
  `nan`
  > Nothing divides here.

  > A second paragraph.
- [ ] It learns
  > Its slope is 0.
"""
NUMERIC = """---
id: count
topic: convolution
lab: layer-design
difficulty: easy
marks: 5
kind: numeric
blanks:
  - {label: "$n$", key: 0.25, tolerance: 0.01, decimals: 2}
  - {label: shape, key: [2, 3]}
---
How many?

## Solution
A quarter.
"""
WRITTEN = """---
id: why
difficulty: hard
marks: 3
kind: written
---
Why?

## Solution
Because.

## Marking scheme
- 2: the reason,
  in words
- 1: an example
"""


def write(folder: Path, text: str, name: str = "training.md") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_several_questions_of_a_file_are_read_whole(tmp_path: Path) -> None:
    path = write(tmp_path, CHOICE + "\n" + NUMERIC + WRITTEN)
    choice, numeric, written = read_questions(path)
    assert choice.statement.startswith("Which hold?\n\n```python\n---\n- [x] no option")
    assert (choice.topic, choice.lab) == ("training", "lab03-training-stack")
    assert choice.options[0] == Option(
        "It gives 0", True, "Because $\\max(0, x)$ does."
    )
    assert choice.options[1].text == "It gives\n`nan`"
    assert choice.options[1].why == "Nothing divides here.\nA second paragraph."
    assert [option.right for option in choice.options] == [True, False, False]
    assert (numeric.topic, numeric.lab) == ("convolution", "layer-design")
    assert numeric.blanks == (
        Blank("$n$", 0.25, 0.01, 2),
        Blank("shape", (2, 3)),
    )
    assert numeric.solution == "A quarter."
    assert written.rubric == (
        Criterion(2, "the reason,\nin words"),
        Criterion(1, "an example"),
    )


def test_an_image_of_the_bank_is_taken_along(tmp_path: Path) -> None:
    write(tmp_path, "<svg/>", "images/curve.svg")
    text = WRITTEN.replace("Why?", "Why?\n\n![A curve](curve.svg)")
    (question,) = read_questions(write(tmp_path, text, "written/training.md"))
    assert question.images == {"curve": "<svg/>"}


FAULTS = [
    (
        CHOICE,
        "difficulty: medium",
        "difficulty: tricky",
        "difficulty 'tricky' is",
    ),
    (CHOICE, "difficulty: medium\n", "", "dead: the field difficulty is missing"),
    (CHOICE, "marks: 2", "marks: two", "dead: marks must be a number, not 'two'"),
    (CHOICE, "marks: 2", "marks: 0", "dead: marks must be above 0"),
    (CHOICE, "marks: 2", "mark: 2", "dead: unknown field mark"),
    (CHOICE, "kind: several", "kind: many", "dead: kind 'many' is none of"),
    (
        CHOICE,
        "kind: several",
        "kind: numeric",
        "kind numeric cannot have options",
    ),
    (
        CHOICE,
        "kind: several",
        "kind: single\ntopic: cooking",
        "'cooking' is none",
    ),
    (CHOICE, "- [ ] It learns", "- [x] It learns", "as many wrong ones as right ones"),
    (CHOICE, "- [x] It gives 0", "- [ ] It gives 0", "not 0 right"),
    (CHOICE, "  > Its slope is 0.\n", "", "options need an explanation each"),
    (CHOICE, "It learns", "It gives 0", "options hold the same text twice"),
    (CHOICE, "  > Its slope is 0.", "  > Its slope.\nIs 0.", "text after an explan"),
    (CHOICE, "id: dead", "id dead", "no YAML|names no fields"),
    (CHOICE, "id: dead\n", "", "question without id: the field id is missing"),
    (NUMERIC, "[2, 3]", "[2, three]", r"blanks have the key \[2, 'three'\]"),
    (NUMERIC, "key: 0.25, ", "", "blanks need the fields key"),
    (NUMERIC, "tolerance: 0.01", "tolerance: -1", "count: tolerance must be 0 or more"),
    (NUMERIC, "## Solution\nA quarter.\n", "", "count: solution is empty"),
    (WRITTEN, "- 1: an", "- 2: an", "why: rubric adds up to 4, marks say 3"),
    (WRITTEN, "- 1: an", "- one: an", "marking scheme has the line '- one: an"),
    (WRITTEN, "## Solution\nBecause.", "", "why: solution needs a model answer"),
    (WRITTEN, "Why?\n", "\n", "why: statement is empty"),
    (WRITTEN, "Why?", "![A curve](curve.svg)", "the image images/curve.svg does not"),
]


@pytest.mark.parametrize(("text", "old", "new", "words"), FAULTS)
def test_a_mistake_is_one_sentence_with_file_question_and_field(
    tmp_path: Path, text: str, old: str, new: str, words: str
) -> None:
    assert text.count(old) == 1
    path = write(tmp_path, text.replace(old, new), "written/training.md")
    with pytest.raises(CourseError, match=words) as caught:
        read_questions(path)
    sentence = str(caught.value)
    assert sentence.startswith("training.md")
    assert re.fullmatch(r"[^\n]+\.", sentence)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Hello\n" + WRITTEN, "text before the first question"),
        (WRITTEN + "---\nid: more\n", "the last front matter has no closing"),
    ],
)
def test_a_file_that_is_no_list_of_questions_is_named(
    tmp_path: Path, text: str, words: str
) -> None:
    with pytest.raises(CourseError, match=words):
        read_questions(write(tmp_path, text))


def test_a_bank_refuses_ids_used_twice_and_other_kinds(tmp_path: Path) -> None:
    write(tmp_path, WRITTEN)
    write(tmp_path, WRITTEN, "autograd.md")
    with pytest.raises(CourseError, match="question why: the id is used twice"):
        read_bank(tmp_path, "written")
    with pytest.raises(CourseError, match="kind written does not belong in the bank"):
        read_bank(tmp_path, "choice")


def test_slips_need_a_value_for_each_blank() -> None:
    from dlcourse.exam.question import Slip

    with pytest.raises(CourseError, match="Question q: slips need one value a blank"):
        Question(
            "q",
            "tensors",
            "lab01-tensors",
            "easy",
            1,
            "numeric",
            "How many?",
            solution="2",
            blanks=(Blank("", 2.0),),
            slips=(Slip((1.0, 2.0), "Two."),),
        )
