"""Every command of book/teaching/deadlines.md, run in its order on a class."""

from __future__ import annotations

import re
import shutil
import warnings
from pathlib import Path

import pytest
from nbgrader.api import Gradebook
from sqlalchemy.exc import SAWarning
from traitlets import TraitError
from traitlets.config import Config

from dlcourse.grading.late import DailyPenalty

from .conftest import hand_in
from .pages import ROOT, Desk, blocks, commands, page

PAGE = page("deadlines")
COMMANDS = commands(PAGE)
HOUR = 3600
DAY = 24 * HOUR


def mark_by_hand(desk: Desk, student: str, score: float) -> None:
    url = f"sqlite:///{desk.course}/class/gradebook.db"
    with warnings.catch_warnings(), Gradebook(url) as book:
        warnings.simplefilter("ignore", SAWarning)  # of nbgrader's own models
        grade = book.find_grade("why", "toy", "toy", student)
        grade.manual_score, grade.needs_manual_grade = score, False
        book.find_comment("why", "toy", "toy", student).manual_comment = "Well put."
        book.db.commit()


def turn_on(desk: Desk) -> None:
    """Remove the marks of comments before the lines that the page shows."""
    file = desk.course / "nbgrader_config.py"
    text = file.read_text(encoding="utf-8")
    for line in blocks(PAGE, "python")[0].splitlines():
        assert f"# {line}\n" in text
        text = text.replace(f"# {line}\n", f"{line}\n")
    file.write_text(text, encoding="utf-8")


@pytest.fixture(scope="module")
def played(desk: Desk) -> Desk:
    """The course afterwards: two are on time, ben is not, dan has handed in nothing."""
    source = desk.course / "solutions/toy/toy.md"
    good = source.read_text(encoding="utf-8")
    hidden = 'same(longest(["aa", "b", "cc"]), "aa")'
    assert hidden in good
    hand_in(desk.course, "ada", "2026-10-12 21:00:00")
    hand_in(desk.course, "ben", "2026-10-14 00:00:00")
    hand_in(
        desk.course,
        "cleo",
        "2026-10-12 22:10:00",
        longest="def longest(words):\n    return max(reversed(words), key=len)\n",
    )
    turn_on(desk)
    for command in COMMANDS:
        if "before.csv" in command and command.startswith("dlcourse"):
            mark_by_hand(desk, "ada", 1.5)
        if command.startswith("dlcourse release"):
            wrong = hidden.replace('"aa")', '"cc")')
            reference = "return max(words, key=len)"
            text = good.replace(hidden, wrong)
            assert reference in text
            text = text.replace(reference, "return max(reversed(words), key=len)")
            source.write_text(text, encoding="utf-8")
        desk.run(command, status=(0, 1) if command.startswith("diff") else (0,))
    return desk


def test_the_page_has_the_commands_that_were_meant() -> None:
    assert [" ".join(one.split()[:2]) for one in COMMANDS] == [
        "nbgrader db",
        "dlcourse grade",
        "dlcourse late",
        "dlcourse extend",
        "dlcourse extend",
        "dlcourse marks",
        "dlcourse release",
        "dlcourse grade",
        "dlcourse late",
        "dlcourse marks",
        "diff class/before.csv",
        "nbgrader generate_feedback",
    ]


def test_what_the_page_shows_is_what_one_sees(played: Desk) -> None:
    late, extended = (shown.splitlines() for shown in blocks(PAGE, "text"))
    assert played.heard("dlcourse late") == late
    assert played.heard("dlcourse extend") == extended


def test_an_extension_can_be_taken_back(played: Desk) -> None:
    assert played.heard("dlcourse extend", 1) == [
        "ben: 1 d 2 h late, 1.8 marks off (before: 0)"
    ]


def test_a_mended_test_counts_for_all_and_marks_by_hand_stay(played: Desk) -> None:
    changed = "\n".join(played.heard("diff"))
    row = r"^{} (\w+),.*?([\d.]+),11(?:,|$)"
    before = dict(re.findall(row.format("<"), changed, re.M))
    after = dict(re.findall(row.format(">"), changed, re.M))
    # Here the new test is the one that only cleo passes; late is 20 % of what is left.
    assert before == {"ada": "10.5", "ben": "7.2", "cleo": "5"}
    assert after == {"ada": "6.5", "ben": "4", "cleo": "9"}
    feedback = played.course / "class/feedback/ada/toy/toy.html"
    text = feedback.read_text(encoding="utf-8")
    assert "Well put." in text
    assert "(Score: 6.5 / 11.0)" in text


def test_penalties_follow_marks_given_by_hand(played: Desk) -> None:
    mark_by_hand(played, "ben", 2)
    told = played.run("dlcourse late toy").splitlines()
    assert told[0] == "ben: 1 d 2 h late, 1.4 marks off (before: 1)"
    mark_by_hand(played, "ben", 0)
    assert "1 marks off (before: 1.4)" in played.run("dlcourse late toy")


def test_plain_nbgrader_takes_the_same_off(played: Desk) -> None:
    before = played.run("dlcourse late toy").splitlines()[0]
    assert "marks off" in before
    played.run("nbgrader autograde toy --student ben --force")
    assert played.run("dlcourse late toy").splitlines()[0] == before.partition(" (")[0]


def test_an_extension_before_anything_is_handed_in_is_no_submission(
    played: Desk,
) -> None:
    played.run("nbgrader db student add dan")
    told = played.run('dlcourse extend toy dan --until "2026-10-20 22:00 UTC"')
    assert told == "dan: extended until 2026-10-20 22:00 UTC\n"
    marks = played.run("dlcourse marks toy --for csv --partial --out class/a.csv")
    assert "3 marks of 3" in marks
    played.run("dlcourse report toy")
    text = (played.course / "class/reports/toy.html").read_text(encoding="utf-8")
    assert '"row">not graded yet</th><td>0</td>' in text
    assert '"row">nothing handed in</th><td>1</td>' in text
    hand_in(played.course, "dan", "2026-10-20 21:00:00")
    assert "dan 5/11" in played.run("dlcourse grade toy --student dan")
    told = played.run("dlcourse late toy")
    assert "dan: on time, extended until 2026-10-20 22:00 UTC\n" in told


@pytest.mark.parametrize(
    ("command", "sentence"),
    [
        ("extend toy ada", "wants either --until DATE or --remove"),
        ("extend toy ada --until soon", "--until soon: no date"),
        (
            "extend toy ada --until 2026-10-12",
            "for everybody; --until 2026-10-12 is no",
        ),
        ("extend toy addaa --remove", "did you mean ada"),
        ("late lab99", "solutions/lab99/lab99.md does not exist"),
    ],
)
def test_bad_input_is_one_sentence(played: Desk, command: str, sentence: str) -> None:
    told = played.run(f"dlcourse {command}", status=(2,))
    assert sentence in told
    assert told.startswith("dlcourse: ")
    assert told.count("\n") == 1


def test_without_a_due_date_the_command_says_how_to_set_one(
    released: Path, tmp_path: Path
) -> None:
    course = Path(shutil.copytree(released, tmp_path / "course"))
    told = Desk(tmp_path, course).run("dlcourse late toy", status=(2,))
    assert "nbgrader db assignment add toy --duedate" in told


@pytest.mark.parametrize(
    ("seconds", "off"),
    [
        (0, None),
        (15 * 60, None),
        (15 * 60 + 1, 1),
        (15 * 60 + DAY, 1),
        (DAY + HOUR, 2),
        (30 * DAY, 5),
    ],
)
def test_each_day_that_has_begun_costs_a_tenth(seconds: int, off: float | None) -> None:
    plugin = DailyPenalty(most=0.5)
    assert plugin.late_submission_penalty("ada", 10, seconds) == off


@pytest.mark.parametrize("share", [-0.1, 1.5, 10])
def test_a_share_is_a_share(share: float) -> None:
    with pytest.raises(TraitError, match="shares from 0 to 1"):
        DailyPenalty(config=Config(DailyPenalty={"a_day": share}))


def test_an_impossible_setting_is_one_sentence(released: Path, tmp_path: Path) -> None:
    course = Path(shutil.copytree(released, tmp_path / "course"))
    file = course / "nbgrader_config.py"
    text = file.read_text(encoding="utf-8").replace("# c.Ass", "c.Ass")
    text = text.replace("# c.DailyPenalty.a_day = 0.1", "c.DailyPenalty.a_day = 10")
    file.write_text(text, encoding="utf-8")
    told = Desk(tmp_path, course).run("dlcourse late toy", status=(2,))
    assert "nbgrader_config.py, penalties for lateness: DailyPenalty.a_day" in told
    assert told.count("\n") == 1


def test_it_is_off_by_default() -> None:
    text = (ROOT / "nbgrader_config.py").read_text(encoding="utf-8")
    assert not re.search(r"^c\..*Penalt", text, re.M)
