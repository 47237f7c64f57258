"""No attack earns marks, touches anything, or costs anybody else anything."""

from __future__ import annotations

import html
import json
import re
from pathlib import Path

import pytest
from nbgrader.api import Gradebook

from . import classroom
from .browser_code import browser_code
from .catalogue import ATTACKS
from .kit import MOST, NAME, mark, worth
from .lesson import HONEST, PATIENCE, TIMEOUT, Lesson
from .outputs import PAGE

HERE = Path(__file__).with_name("here.json")
# The first of them waits for the whole class to be graded.
pytestmark = pytest.mark.timeout(1400)


@pytest.mark.parametrize("name", ATTACKS)
def test_attack(name: str, lesson: Lesson) -> None:
    attack, student = ATTACKS[name], lesson.students[name]
    assert student in lesson.lines, "no line in the report"
    line = lesson.lines[student]
    assert line.score <= attack.honest, f"more than its honest work: {line}"
    if attack.keeps is not None:
        assert line.score >= attack.keeps, f"honest marks got lost: {line}"
    assert line.said.strip(), "not a word in the report"
    assert re.search(attack.says, line.said), f"not reported: {line.said}"
    word = mark(name)
    found = [*lesson.heard, *lesson.left, *lesson.strays]
    assert not [one for one in found if word in one]
    outputs = lesson.outputs(student)
    leaked = [word for word in classroom.SECRETS.values() if word in outputs]
    leaked += re.findall("UNSEEN-[A-Z]+", outputs.replace("UNSEEN-SCRIPT", ""))
    assert not leaked, "read what it should not see"
    claims = r"TOOK \d+ GB|STARTED \d+|WROTE 1 GB|RAISED \w+|PLANTED"
    assert not re.findall(claims, outputs)


@pytest.mark.parametrize("student", HONEST)
def test_honest_neighbours_have_their_marks(student: str, lesson: Lesson) -> None:
    line = lesson.lines[student]
    assert (line.score, line.most) == (worth(HONEST[student]), MOST + 2)
    assert "FLAGGED" not in line.said


READERS = [name for name, attack in ATTACKS.items() if attack.group == PAGE]


@pytest.mark.parametrize("name", READERS)
def test_feedback_holds_no_code_and_no_hidden_test(name: str, lesson: Lesson) -> None:
    page = lesson.pages[name]
    assert browser_code(page) == []
    text = html.unescape(re.sub("<[^>]*>", "", page[page.index("<body") :]))
    assert "same(double(1), 2)" in text
    for hidden in ("same(double(40), 80)", "expected 'cba'", "UNSEEN"):
        assert hidden not in text.replace("UNSEEN-SCRIPT", "")


def test_browser_code_would_be_found() -> None:
    page = "<body><p onclick=x><script>UNSEEN()</script><a href='javascript:x'><form>"
    assert browser_code(page) == ["p onclick", "script", "a href", "form"]


def test_nothing_was_touched(lesson: Lesson) -> None:
    assert lesson.heard == []
    assert lesson.changed == []
    assert lesson.left == []
    assert lesson.strays == []


def test_the_gradebook_holds_what_the_report_says(lesson: Lesson) -> None:
    url = f"sqlite:///{lesson.course}/class/gradebook.db"
    with Gradebook(url, "deep-learning-lab") as book:
        scores = {
            one.student.id: one.score for one in book.assignment_submissions(NAME)
        }
        names = {one.first_name for one in book.students}
        assert book.find_student(classroom.NEIGHBOUR).last_name is None
    assert scores == {student: line.score for student, line in lesson.lines.items()}
    assert names == {None, classroom.SECRETS["gradebook"]}


def test_the_batch_is_not_slowed_beyond_the_limits(lesson: Lesson) -> None:
    # An attack may take as long as an honest submission takes alone, start-up and all,
    # and the time limit for each cell that runs into it.
    overtime = sum(attack.overtime for attack in ATTACKS.values())
    allowed = lesson.alone * (len(ATTACKS) + len(HONEST))
    assert lesson.seconds <= allowed + overtime * (TIMEOUT + PATIENCE)


# A probe may or may not fall into the moment in which the first one cheats; how much of
# its time the second one leaves to the next cell depends on the machine.
BY_CHANCE = {"names-shadowed-for-a-moment", "fork-bomb"}


def test_the_table_tells_what_happens(lesson: Lesson) -> None:
    told = json.loads(HERE.read_text())["attacks"]
    marks = {
        name: lesson.lines[student].score for name, student in lesson.students.items()
    }
    differ = {name for name in marks if told[name]["marks"] != marks[name]}
    assert set(told) == set(marks)
    assert differ <= BY_CHANCE
