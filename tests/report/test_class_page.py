"""The page on a class: what it says, what it leaves out, and hostile material."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup

from dlcourse.errors import CourseError

from .gradebooks import HIDDEN, Failure, HandedIn, School

Write = Callable[..., str]


def soup(page: str) -> BeautifulSoup:
    return BeautifulSoup(page, "html.parser")


def tiles(page: str) -> dict[str, tuple[str, str]]:
    found = {}
    for tile in soup(page).select(".tile"):
        name, value, note = (one.get_text().strip() for one in tile.find_all(True))
        found[name] = (value.replace("\N{NO-BREAK SPACE}", " "), note)
    return found


def section(page: str, name: str) -> str:
    part = soup(page).find("section", {"aria-labelledby": name})
    assert part is not None
    return " ".join(part.get_text(" ").split())


def release(school: School) -> None:
    school.release(
        "lab", {"one": 2.0, "two": 2.0}, {"why": 4.0}, due="2026-10-01 12:00:00"
    )


def test_key_figures_tell_each_kind_of_submission_apart(
    school: School, write: Write
) -> None:
    release(school)
    school.hand_in("lab", "full", HandedIn([2, 2], [4]))
    school.hand_in("lab", "half", HandedIn([2, 0], [2]))
    school.hand_in("lab", "waits", HandedIn([2, 1], [None]))
    school.hand_in(
        "lab", "late", HandedIn([0, 2], [0], "2026-10-02 13:00:00", penalty=1.0)
    )
    school.hand_in("lab", "odd", HandedIn([0, 0], [0], flags=["for review: odd"]))
    school.hand_in("lab", "failed", HandedIn([2, None], [None], notebook=False))
    school.collect("lab", "new")
    school.know("away", "ill")
    page = write()
    # Shares: 1, 1/2, 3/4 of what is marked, (2 - 1)/8, 0; the median is 1/2.
    assert tiles(page) == {
        "handed in": ("7 of 9", "2 not graded yet"),
        "median": ("50 %", "of what is marked so far"),
        "full marks": ("20 %", "1 student"),
        "to mark by hand": ("1", "submission"),
        "late": ("1", "due 2026-10-01 12:00 UTC"),
        "flagged": ("1", "for you to look at"),
    }
    look = section(page, "look")
    assert "odd for review: odd" in look
    assert "late 1 day 1 hour late, 1 mark taken off" in look
    # Nobody is named who need not be.
    assert not re.search(r"\b(half|waits|away|ill|new)\b", look)
    assert "1 waits for your marks" in section(page, "items")


def test_once_all_is_marked_the_median_is_in_marks_too(
    school: School, write: Write
) -> None:
    release(school)
    school.hand_in("lab", "a", HandedIn([2, 2], [3]))
    school.hand_in("lab", "b", HandedIn([2, 2], [2]))
    assert tiles(write())["median"] == ("81 %", "6.5 of 8 marks")


def test_an_extension_is_no_lateness_and_no_due_date_none_at_all(
    school: School, write: Write
) -> None:
    release(school)
    school.release("open", {"one": 1.0})
    school.hand_in("lab", "late", HandedIn([2, 2], [3], "2026-10-02 11:00:00"))
    school.hand_in("open", "late", HandedIn([1], when="2031-01-01 00:00:00"))
    assert tiles(write())["late"][0] == "1"
    school.extend("late", "lab", days=1)
    assert tiles(write())["late"][0] == "0"
    assert "Nobody was late." in section(write(), "look")
    assert tiles(write("open"))["late"] == ("–", "no due date is set")


def test_held_back_tests_wait_and_do_not_count_as_failed(
    school: School, write: Write
) -> None:
    release(school)
    school.hand_in("lab", "cheat", HandedIn([0, 0], [4], flags=["tampering: x"]))
    for test in ("one-test", "two-test"):
        school.change("cheat", "lab", test, needs_manual_grade=True)
    page = write()
    assert tiles(page)["median"] == ("100 %", "of what is marked so far")
    school.change("cheat", "lab", "one-test", manual_score=1.0)
    assert tiles(write())["median"][0] == "83 %"  # 5 of 6


def test_the_commonest_messages_come_with_counts_and_hidden_ones_are_marked(
    school: School, write: Write
) -> None:
    release(school)
    for number in range(3):
        said = {"one": Failure(f"expected {number}, got -{number}.5")}
        school.hand_in("lab", f"s{number}", HandedIn([0, 2], [4], failures=said))
    said = {"one": Failure("the secret case", HIDDEN)}
    school.hand_in("lab", "s3", HandedIn([0, 2], [4], failures=said))
    text = section(write(), "messages")
    assert "one-test 4 failed tests 3 (75 %) expected 0, got -0.5 1 (25 %)" in text
    assert "the secret case hidden test" in text
    assert text.count("hidden test") == 1
    assert "two-test" not in text


def test_what_the_grader_says_is_no_hidden_tests_word(
    school: School, write: Write
) -> None:
    release(school)
    stopped = Failure("cell one: stopped after 60 s", HIDDEN, "CellStopped")
    school.hand_in("lab", "s", HandedIn([0, 2], [4], failures={"one": stopped}))
    lost = Failure("Not run. file is empty", name="NotRun")
    work = HandedIn([0, 0], [0], failures={"one": lost}, unreadable="empty")
    school.hand_in("lab", "empty", work)
    page = write()
    text = section(page, "messages")
    assert "one-test 1 failed test 1 (100 %) cell one: stopped after 60 s" in text
    assert "hidden test" not in text
    assert "Not run" not in text
    assert "Could not be run: 1" in section(page, "look")


def test_messages_beyond_the_commonest_are_counted(
    school: School, write: Write
) -> None:
    release(school)
    for word in "abcdefg":
        said = {"one": Failure(f"word {word}")}
        school.hand_in("lab", word, HandedIn([0, 2], [4], failures=said))
    text = section(write(), "messages")
    assert "2 (29 %) other messages" in text
    assert "word e" in text
    assert "word f" not in text


def test_times_are_those_that_grading_left(school: School, write: Write) -> None:
    release(school)
    for number, took in enumerate([0.2, 0.4, 2.0]):
        work = HandedIn([2, 2], [4], seconds={"one": took})
        school.hand_in("lab", f"s{number}", work)
    text = section(write(), "times")
    assert "one-test 400 ms at the median , 2 s at most" in text
    assert "two-test" not in text


def test_without_times_it_says_how_to_get_them(school: School, write: Write) -> None:
    release(school)
    school.hand_in("lab", "s", HandedIn([2, 2], [4], notebook=False))
    page = write()
    assert "dlcourse grade lab --force" in section(page, "times")
    assert "No test failed" in section(page, "messages")


def test_a_small_class_is_told_why_discrimination_is_missing(
    school: School, write: Write
) -> None:
    release(school)
    school.hand_in("lab", "only", HandedIn([2, 0], [4]))
    text = section(write(), "items")
    assert "it needs 10 submissions that could be run, and there is 1." in text
    assert "disc." not in text
    for number in range(9):
        marks = [2.0 * (number % 2), 2.0 * (number % 3 > 0)]
        school.hand_in("lab", f"s{number}", HandedIn(marks, [4]))
    text = section(write(), "items")
    assert "Of 10 students, chance alone makes up to ±0.63 of it." in text
    assert "Cronbach's alpha" in text


def test_the_same_gradebook_gives_the_same_page_and_stays_as_it_was(
    school: School, write: Write
) -> None:
    release(school)
    for number in range(12):
        said = {"one": Failure(f"word {number % 4}x")}
        marks = [0.0, float(number % 3)]
        work = HandedIn(marks, [number % 5], failures=said, seconds={"one": 0.1})
        school.hand_in("lab", f"s{number}", work)
    before = hashes(school)
    assert write() == write()
    assert write(student="s3") == write(student="s3")
    assert hashes(school) == before


def hashes(school: School) -> dict[str, str]:
    return {
        str(path): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted((school.root / "class").rglob("*"))
        if path.is_file()
    }


def test_reading_refuses_to_write(school: School) -> None:
    from sqlalchemy import text
    from sqlalchemy.exc import OperationalError

    from dlcourse.grading.assignment import read_assignment
    from dlcourse.grading.gradebook import Book
    from dlcourse.grading.stop import Stop
    from dlcourse.report.ledger import read_class

    release(school)
    with Book(school.url, print, Stop()) as book:
        read_class(book, read_assignment(book, "lab"), ())
        with pytest.raises(OperationalError, match="readonly"):
            book.transact(lambda session: session.execute(text("DELETE FROM student")))


def test_an_assignment_without_marks_is_refused(school: School, write: Write) -> None:
    release(school)
    school.collect("lab", "new")
    with pytest.raises(CourseError, match=r"^lab has no graded submission \(1 waits"):
        write()


def test_several_notebooks_keep_their_items_apart(school: School, write: Write) -> None:
    release(school)
    school.add_notebook("lab", "second")
    school.hand_in("lab", "s", HandedIn([2, 0], [4]))
    text = section(write(), "items")
    assert "lab: one-test" in text
    assert "second: extra-test" in text
