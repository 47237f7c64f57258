"""Every command of book/teaching/integrity.md, on a class with one flag."""

from __future__ import annotations

import re

import pytest

from dlcourse.cli import cli

from .conftest import RIGHT, hand_in
from .pages import Desk, blocks, commands, page

PAGE = page("integrity")
COMMANDS = commands(PAGE)
ODD = f"{RIGHT['double']}seen = In[-1]\n"


@pytest.fixture(scope="module")
def played(desk: Desk) -> Desk:
    hand_in(desk.course, "dan")
    hand_in(desk.course, "eva", double=ODD)
    desk.run("dlcourse grade toy")
    desk.said.clear()
    for command in COMMANDS:
        desk.run(command)
    return desk


def test_the_page_has_the_commands_that_were_meant() -> None:
    assert [command.split()[1] for command in COMMANDS] == ["grade", "report", "grade"]


def test_grading_again_repeats_the_flag_and_grades_nothing(played: Desk) -> None:
    said = played.heard("dlcourse grade")
    (flagged,) = (line for line in said if "FLAGGED" in line)
    assert said[-1].startswith("0 graded, 2 unchanged, 1 flagged")
    (shown,) = blocks(PAGE, "text")
    # The page shows names and numbers of the lab.
    named = {"9/11": "37/40", "(why)": "(shared-memory-answer)"}
    for ours, labs in {**named, "cell double": "cell stack-images"}.items():
        assert ours in flagged
        flagged = flagged.replace(ours, labs)
    assert flagged == shown.rstrip("\n")
    assert "eva 9/11: " in played.heard("dlcourse grade", 1)[0]


def test_the_report_lists_the_flag(played: Desk) -> None:
    report = played.course / "class/reports/toy.html"
    text = report.read_text(encoding="utf-8")
    assert "IPython" in text
    assert "eva" in text


def test_what_was_handed_in_stays_as_it_came(played: Desk) -> None:
    handed_in = played.course / "class/submitted/eva/toy/toy.ipynb"
    before = handed_in.read_bytes()
    hand_in(played.course, "eva", double=ODD)
    assert handed_in.read_bytes() == before


def test_feedback_does_not_show_the_flag(played: Desk) -> None:
    played.run("nbgrader generate_feedback toy")
    text = (played.course / "class/feedback/eva/toy/toy.html").read_text("utf-8")
    assert not re.search("flagged|for review", text, re.IGNORECASE)


def test_nothing_compares_students() -> None:
    told = " ".join(one.help or "" for one in cli.commands.values())
    assert not re.search("similar|plagiar|compare students", told, re.IGNORECASE)
