"""The page on one student: their own marks and messages, and nothing else."""

from __future__ import annotations

import shutil
from collections.abc import Callable

import pytest

from dlcourse.errors import CourseError

from .gradebooks import HIDDEN, Failure, HandedIn, School
from .test_class_page import section, soup, tiles

Write = Callable[..., str]


@pytest.fixture
def course(school: School) -> School:
    """Three assignments; ada handed in two of them, with all that can happen."""
    due = "2026-10-01 12:00:00"
    school.release("lab1", {"one": 2.0, "two": 2.0}, {"why": 4.0}, due=due)
    school.release("lab2", {"one": 2.0, "two": 2.0})
    school.release("lab3", {"one": 1.0})
    school.release("lab4", {"one": 1.0})
    for number, marks in enumerate([(2, 2), (2, 0), (1, 0), (0, 0)]):
        work = HandedIn([*map(float, marks)], [4.0 - number])
        school.hand_in("lab1", f"someone{number}", work)
        school.hand_in("lab3", f"someone{number}", HandedIn([1.0]))
    said = {
        "one": Failure("the secret case", HIDDEN),
        "two": Failure("expected 3, got 4"),
    }
    ada = HandedIn(
        [0, 1],
        [None],
        "2026-10-01 14:30:00",
        failures=said,
        events=["cell two-test had been edited: the original ran"],
        penalty=1.0,
    )
    school.hand_in("lab1", "ada", ada)
    school.hand_in("lab2", "ada", HandedIn([2, 2], extra={"one-test": 0.5}))
    return school


def test_marks_stand_beside_the_class(course: School, write: Write) -> None:
    page = write(student="ada")
    assert tiles(page) == {
        "handed in": ("2 of 3", "assignments"),
        "marks": ("4.5 of 8", "of what is handed in and marked"),
        "of these marks": ("56 %", ""),
        "late": ("1", "assignment"),
        "not marked yet": ("1", "answer"),
    }
    text = section(page, "all")
    # Shares of lab1: 1, 5/8, 3/8, 1/8, and ada's (1 - 1)/4: the median is 3/8.
    assert "lab1 0 of 4 marks 0 % yours , 38 % the median" in text
    assert "late by 2 hours 30 minutes" in text
    assert "1 mark taken off for lateness" in text
    assert "lab2 4.5 of 4 marks 113 % yours , – the median" in text
    assert "lab3 – yours , – the median not handed in" in text
    assert "Where fewer than 5 are marked, nothing is said of the class." in text
    assert "lab4" not in page  # nobody handed it in


def test_messages_are_those_of_the_feedback(course: School, write: Write) -> None:
    page = write(student="ada")
    text = section(page, "missed")
    assert "one-test 0 of 2 a hidden test failed." in text
    assert "two-test 1 of 2 expected 3, got 4" in text
    assert "why not marked yet, 4 possible" in text
    assert "cell two-test had been edited" in text
    assert "the secret case" not in page
    assert "someone" not in page


def test_flags_stay_with_the_instructor(course: School, write: Write) -> None:
    said = {"one": Failure("what their own code says")}
    flags = ["for review: cell 14 reads IPython's history"]
    work = HandedIn([0], failures=said, flags=flags)
    course.hand_in("lab3", "ada", work)
    page = write(student="ada")
    assert "flagged" not in page
    assert "IPython" not in page
    # A flagged notebook says no more of hidden tests than its feedback does.
    assert "what their own code says" not in page
    assert "a test of this cell failed" in section(page, "missed")
    assert "IPython's history" in soup(write("lab3")).get_text()


def test_each_page_says_whose_it_is(course: School, write: Write) -> None:
    for page, whose in (
        (write("lab1"), "For instructors only"),
        (write(student="ada"), "For ada and the instructor"),
    ):
        [shown] = soup(page).select(".whose strong")
        assert shown.get_text() == whose


def test_what_is_not_graded_is_told_from_what_is_missing(
    course: School, write: Write
) -> None:
    course.collect("lab3", "ada")
    assert "not graded yet" in section(write(student="ada"), "all")
    shutil.rmtree(course.root / "class/submitted")
    assert "lab3 – yours , – the median not handed in" in section(
        write(student="ada"), "all"
    )


def test_a_student_without_any_work_has_a_page(course: School, write: Write) -> None:
    course.know("new")
    page = write(student="new")
    assert tiles(page)["marks"][0] == "0 of 0"
    assert "Nothing was missed so far." in section(page, "missed")


@pytest.mark.parametrize(
    ("student", "hint"),
    [("adda", "did you mean ada?"), ("\x1b[2Jnobody", "'�[2Jnobody' among 5.")],
)
def test_an_unknown_student_is_refused(
    course: School, write: Write, student: str, hint: str
) -> None:
    with pytest.raises(CourseError, match="knows no student") as caught:
        write(student=student)
    assert hint in str(caught.value)
    assert "\x1b" not in str(caught.value)
