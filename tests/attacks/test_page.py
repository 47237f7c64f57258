"""The page of attacks is what the records say."""

from __future__ import annotations

import json

import pytest

from . import table
from .catalogue import ATTACKS
from .kit import Attack


def records() -> tuple[dict, dict]:
    return json.loads(table.STOCK.read_text()), json.loads(table.HERE.read_text())


def test_the_page_is_what_the_records_say() -> None:
    said = "run `python -m tests.attacks.table`"
    assert table.PAGE.read_text("utf-8") == table.make_page(*records()), said


def test_every_attack_is_recorded_on_both_sides() -> None:
    stock, here = records()
    assert sorted(stock["attacks"]) == sorted(ATTACKS)
    assert sorted(here["attacks"]) == sorted(ATTACKS)


def test_there_are_enough_attacks_of_every_kind() -> None:
    groups = [attack.group for attack in ATTACKS.values()]
    assert len(groups) >= 150
    assert min(groups.count(group) for group in groups) >= 5


ATTACK = Attack("x", "group", "tries", lambda work: None, ("double",), None, "", 0)
CALM = {"others": True, "recorded": True, "marks": 3.0, "names": ["None"]}


@pytest.mark.parametrize(
    ("found", "said"),
    [
        ({}, "3 marks, as earned"),
        ({"marks": 20.0}, "**20 marks** for work worth 3"),
        ({"marks": 1.0}, "1 marks for work worth 3"),
        ({"recorded": False}, "**no marks** for work worth 3"),
        ({"others": False}, "**grading stopped**, later submissions were not graded"),
        (
            {"status": 124, "seconds": 90},
            "3 marks, as earned; hung: it was stopped after 90 s",
        ),
        ({"loot": ["UNSEEN-HOME"]}, "3 marks, as earned; read the instructor's files"),
        ({"heard": 1}, "3 marks, as earned; reached the network"),
        ({"written": ["course/x"]}, "3 marks, as earned; changed `x`"),
        ({"names": ["me"]}, "3 marks, as earned; changed the gradebook"),
        ({"said": ["WROTE 1 GB"]}, "3 marks, as earned; wrote 1 GB"),
    ],
)
def test_records_in_words(found: dict, said: str) -> None:
    assert table.stock_words(ATTACK, {**CALM, **found}) == said


def test_of_a_report_of_tampering_the_evidence_is_shown() -> None:
    said = "looks like tampering: 0 for all; FLAGGED: tampering: x was replaced; more"
    shown = table.here_words(ATTACK, {"marks": 0.0, "said": said})
    assert shown == "0 until reviewed; *tampering: x was replaced*"


def test_a_report_cannot_break_the_table() -> None:
    said = table.here_words(ATTACK, {"marks": 3.0, "said": "a | b `c` <script>"})
    assert said == "3 marks, as earned; *a \\| b \\`c\\` \\<script\\>*"
