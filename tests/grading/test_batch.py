"""The batch: what is graded, what is kept, and what happens when grading fails."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from nbgrader.api import Gradebook

from dlcourse.errors import CourseError
from dlcourse.grading import batch
from dlcourse.grading.batch import Result, grade_batch
from dlcourse.grading.converter import AutogradeOne

from .conftest import run_in
from .submissions import CASES, WRONG_BACKWARDS, answered, written

BY_HAND = "1 answer to mark by hand (why)"


def hand_in(course: Path, student: str, raw: bytes, time: str = "") -> Path:
    folder = course / "class/submitted" / student / "toy"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "toy.ipynb").write_bytes(raw)
    if time:
        (folder / "timestamp.txt").write_text(time)
    return folder


def grade(course: Path, *students: str, force: bool = False) -> list[str]:
    results = grade_batch(course, "toy", students, timeout=30, force=force)
    return [result.line() for _, _, result in results]


def gradebook(course: Path) -> Gradebook:
    return Gradebook(f"sqlite:///{course}/class/gradebook.db", "deep-learning-lab")


def mark_by_hand(course: Path, student: str, score: float) -> None:
    """What the formgrader does when a person types a score and a comment."""
    with gradebook(course) as book:
        mark = book.find_grade("why", "toy", "toy", student)
        mark.manual_score, mark.needs_manual_grade = score, False
        book.find_comment("why", "toy", "toy", student).manual_comment = "Well put."
        book.db.commit()


def test_a_line_says_marks_and_what_happened() -> None:
    assert Result("ada", 2.5, 4.0, []).line() == "ada 2.5/4"
    assert Result("ada", 4, 4, ["one", "two"]).line() == "ada 4/4: one; two"


def test_every_submission_is_counted_and_the_chosen_are_graded(
    course: Path, release: bytes
) -> None:
    for student in ("ada", "ben", "cleo"):
        hand_in(course, student, release)
    (course / "class/submitted/dora/other").mkdir(parents=True)
    found = [
        (number, total, result.student)
        for number, total, result in grade_batch(course, "toy", ("cleo", "ada"))
    ]
    assert found == [(1, 2, "ada"), (2, 2, "cleo")]


def test_what_was_graded_is_not_run_again(
    course: Path, release: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    hand_in(course, "ada", CASES["De Leted"].make(release))
    (first,) = grade(course)
    ran: list[str] = []
    monkeypatch.setattr(AutogradeOne, "start", lambda self: ran.append("ran"))
    (second,) = grade(course)
    assert second == f"{first}; graded before, nothing new"
    assert ran == []


def test_marks_by_hand_stay_with_the_work_and_go_with_it(
    course: Path, release: bytes
) -> None:
    hand_in(course, "ada", written(answered(release)), "2030-01-01 10:00:00 UTC")
    assert grade(course) == [f"ada 9/11: {BY_HAND}"]
    mark_by_hand(course, "ada", 1.5)

    # The same file, graded again, and handed in again: a person may look once more.
    assert grade(course, force=True) == [f"ada 10.5/11: {BY_HAND}"]
    hand_in(course, "ada", written(answered(release)), "2030-01-02 10:00:00 UTC")
    assert grade(course) == [f"ada 10.5/11: {BY_HAND}"]
    mark_by_hand(course, "ada", 1.5)

    # Another file, without a time, as from a learning-management system.
    worse = answered(release, backwards=WRONG_BACKWARDS, why="No idea.")
    shutil.rmtree(course / "class/submitted")
    hand_in(course, "ada", written(worse))
    gone = "new work: 1 mark given by hand to the old one no longer counted"
    assert grade(course) == [f"ada 6/11: {gone}; {BY_HAND}"]
    with gradebook(course) as book:
        assert book.find_comment("why", "toy", "toy", "ada").comment is None


def test_a_file_that_cannot_be_read_takes_no_marks_over(
    course: Path, release: bytes
) -> None:
    hand_in(course, "ada", written(answered(release)))
    grade(course)
    hand_in(course, "ada", b"{")
    said = "file is not JSON (line 1): 0 marks, nothing could be run"
    assert grade(course) == [f"ada 0/11: {said}"]
    with gradebook(course) as book:
        assert not book.find_submission("toy", "ada").needs_manual_grade


def test_when_grading_itself_fails_nothing_is_kept_and_the_others_go_on(
    course: Path, release: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    for student in ("ada", "ben"):
        hand_in(course, student, written(answered(release)))
    grade(course)
    convert = AutogradeOne.write_single_notebook

    def fail_for_ada(self: AutogradeOne, output: str, resources: dict) -> None:
        if self.coursedir.student_id == "ada":
            raise OSError("the disk is full\nby now")
        convert(self, output, resources)

    monkeypatch.setattr(AutogradeOne, "write_single_notebook", fail_for_ada)
    ada, ben = grade(course, force=True)
    assert ada == (
        "ada 0/11: could not be graded (OSError: the disk is full): no marks recorded, "
        "see class/logs/toy.log"
    )
    assert ben == f"ben 9/11: {BY_HAND}"
    assert "the disk is full" in (course / "class/logs/toy.log").read_text()
    monkeypatch.undo()
    assert grade(course)[0] == f"ada 9/11: {BY_HAND}"


def test_an_error_nobody_foresaw_stops_one_submission(
    course: Path, release: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    for student in ("ada", "ben"):
        hand_in(course, student, release)
    look = batch.look

    def fail_for_ada(course: object, book: object) -> object:
        if course.student_id == "ada":
            raise ZeroDivisionError
        return look(course, book)

    monkeypatch.setattr(batch, "look", fail_for_ada)
    assert grade(course) == [
        "ada 0/11: could not be graded (ZeroDivisionError): no marks recorded, see "
        "class/logs/toy.log",
        "ben 0/11",
    ]


def test_students_code_finds_the_environment_of_grading(
    course: Path, release: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DLCOURSE_DATA", "online")
    monkeypatch.setenv("OMP_NUM_THREADS", "3")
    double = (
        "import os\n"
        "assert os.environ['DLCOURSE_DATA'] == 'offline'\n"
        "assert os.environ['OMP_NUM_THREADS'] == '1'\n"
        "def double(number): return 2 * number\n"
    )
    hand_in(course, "ada", written(answered(release, double=double)))
    assert grade(course) == [f"ada 9/11: {BY_HAND}"]


@pytest.mark.parametrize(
    ("name", "students", "said"),
    [
        ("tyo", (), "tyo is not in the gradebook; run `dlcourse release tyo` first"),
        ("toy", (), "class/submitted holds no submission of toy; run `nbgrader coll"),
        ("toy", ("ada",), "class/submitted holds no toy of ada; students who handed"),
    ],
)
def test_bad_input_gets_a_sentence(
    course: Path, name: str, students: tuple[str, ...], said: str
) -> None:
    with pytest.raises(CourseError) as caught:
        list(grade_batch(course, name, students))
    assert str(caught.value).startswith(said)


def test_plain_nbgrader_profits_too(course: Path, release: bytes) -> None:
    for student in ("Not Json", "Du Plicate", "Sig Kill", "Re Labelled"):
        hand_in(course, student, CASES[student].make(release))
    run_in(course, "nbgrader", "autograde", "toy")
    with gradebook(course) as book:
        marks = {
            one.student.id: one.score for one in book.assignment_submissions("toy")
        }
    assert marks == {student: CASES[student].marks for student in marks}
    assert len(marks) == 4
