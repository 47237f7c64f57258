"""What every paper has: parts, marks and difficulties, slot by slot."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from dlcourse.exam.question import Difficulty

# Where a slot's question comes from. A calculation is a template or a static workout.
Source = Literal["choice", "template-choice", "calculation", "reading", "written"]


@dataclass(frozen=True)
class Slot:
    """A place for one question.

    Args:
        source: the bank or the templates.
        difficulty: of the question.
        marks: what it is worth in the paper.
    """

    source: Source
    difficulty: Difficulty
    marks: float


@dataclass(frozen=True)
class Section:
    """A part of the paper: letter, title, marks in all, what to do, slots."""

    letter: str
    title: str
    marks: float
    task: str
    slots: tuple[Slot, ...]


LEAST_TOPICS = 10
# Of 100 marks 80 are easy or medium, 10 hard, 10 very hard.
SECTIONS = (
    Section(
        "A",
        "Multiple choice",
        25,
        "Tick every right option; any number may be right. A right pick earns, a wrong "
        "one costs as much; no question earns less than 0.",
        (
            *[Slot("choice", "easy", 2)] * 4,
            Slot("template-choice", "easy", 2),
            *[Slot("choice", "medium", 2)] * 3,
            Slot("choice", "medium", 3),
            Slot("template-choice", "medium", 2),
            Slot("choice", "hard", 2),
            Slot("choice", "very hard", 2),
        ),
    ),
    Section(
        "B",
        "Workout",
        40,
        "Show how you get there. A number may be off by one unit of the last decimal "
        "that is asked for.",
        (
            *[Slot("calculation", "easy", 5)] * 2,
            *[Slot("calculation", "medium", 5)] * 3,
            Slot("reading", "medium", 5),
            Slot("calculation", "hard", 5),
            Slot("calculation", "very hard", 5),
        ),
    ),
    Section(
        "C",
        "Written answers",
        35,
        "Answer in three to six sentences: first the answer, then the reason.",
        (
            Slot("written", "easy", 3),
            *[Slot("written", "easy", 4)] * 2,
            *[Slot("written", "medium", 3)] * 2,
            *[Slot("written", "medium", 4)] * 3,
            Slot("written", "hard", 3),
            Slot("written", "very hard", 3),
        ),
    ),
)
