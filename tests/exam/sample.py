"""A small paper with every kind of question, for the tests of the exporters.

Its texts hold what formats stumble over: signs of XML, of Moodle's embedded answers and
of LaTeX, code, pictures, half marks and thirds of marks.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator

from dlcourse.exam.blueprint import Section, Slot
from dlcourse.exam.compose import Paper, Part
from dlcourse.exam.question import (
    Blank,
    Criterion,
    Option,
    Question,
    Slip,
    show_value,
)

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9" width="9" height="9">'
    '<path d="M0 0L9 9" stroke="currentColor"/></svg>'
)
NASTY = (
    "Tag `<b>` & \"quotes\" 'single' #hash ~tilde} brace ]]> "
    r"and $\{a_{1} < b \& c\}$"
)


class Sample(Paper):
    """A paper that need not have the marks and topics of a real one."""

    def __post_init__(self) -> None:
        pass


def choice(id_: str, kind: str, marks: float, right: str, **more: object) -> Question:
    """Make a choice question: ``right`` is such as ``101``, one digit an option."""
    options = tuple(
        Option(f"$x_{n}$ of {id_}: `x < {n}`", mark == "1", f"Why {n}: {NASTY}")
        for n, mark in enumerate(right)
    )
    fields = {"statement": f"Which of these? {NASTY}", "options": options, **more}
    return Question(id_, "tensors", "lab01-tensors", "easy", marks, kind, **fields)  # type: ignore[arg-type]


def numeric(id_: str, marks: float, blanks: list[Blank], slips: list[Slip]) -> Question:
    return Question(
        id_,
        "convolution",
        "lab05-convolution",
        "medium",
        marks,
        "numeric",
        f"How much is it? {NASTY}\n\n```python\nif a < b & c:\n    print('}}~#')\n```",
        solution=f"It is.\n\n$$\\frac{{1}}{{2}} < \\sqrt{{x}}$$\n\n{NASTY}",
        blanks=tuple(blanks),
        slips=tuple(slips),
    )


QUESTIONS = {
    "A": [
        choice("one-of-four", "single", 2, "0010"),
        choice("one-of-three", "several", 2.5, "100", solution="Look at *one*."),
        choice(
            "two-of-five",
            "several",
            3,
            "01001",
            statement="See:\n\n![a line that falls](fall.svg)\n\nWhich?",
            images={"fall": SVG},
        ),
        choice("three-of-six", "several", 2, "110100"),
    ],
    "B": [
        numeric(
            "negative",
            5,
            [Blank("", -0.123456789012, 0.01, 2)],
            [Slip((0.123456789012,), f"The sign. {NASTY}"), Slip((-1.5,), "Half.")],
        ),
        numeric("large", 5, [Blank("$n$", 1234.0)], []),
        numeric(
            "mixed",
            5,
            [
                Blank("$x_{1}$", 2.0 / 3, 0.001, 3),
                Blank("size", (128, 16, 28, 28)),
                Blank("`count`", 40.0),
            ],
            [
                Slip((0.5, (128, 16, 28, 28), 40.0), f"No root. {NASTY}"),
                Slip((2.0 / 3, (16, 128, 28, 28), 41.0), "Channels first."),
            ],
        ),
        numeric(
            "shapes",
            5,
            [
                Blank("(a)", (128, 16)),
                Blank("(b)", (5,)),
                Blank("(c)", (2, 3, 4)),
                Blank("(d)", (1, 1)),
                Blank("(e)", (10, 10)),
            ],
            [],
        ),
        numeric("shape", 4, [Blank("", (2, 3))], [Slip(((3, 2),), "Swapped.")]),
    ],
    "C": [
        Question(
            "words",
            "gans",
            "lab13-gans",
            "very hard",
            3,
            "written",
            f"Why? {NASTY}",
            solution=f"Because of this.\n\n- {NASTY}\n- And so on.",
            rubric=(Criterion(1.5, f"The cause. {NASTY}"), Criterion(1.5, "The rest.")),
        ),
    ],
}


def sample() -> Sample:
    """Make the paper."""
    titles = {"A": "Multiple choice", "B": "Workout", "C": "Written answers"}
    sources = {"A": "choice", "B": "calculation", "C": "written"}
    parts = []
    for letter, questions in QUESTIONS.items():
        slots = tuple(
            Slot("reading" if q.id == "shapes" else sources[letter], "easy", q.marks)  # type: ignore[arg-type]
            for q in questions
        )
        marks = sum(question.marks for question in questions)
        section = Section(letter, titles[letter], marks, f"Do {letter} & more.", slots)
        parts.append(Part(section, tuple(questions)))
    return Sample(7, 2, tuple(parts))


def picks(question: Question) -> Iterator[tuple[int, ...]]:
    """Yield every way to pick options; at most one where there are radio buttons."""
    places = range(len(question.options))
    most = 1 if question.kind == "single" else len(places)
    for size in range(most + 1):
        yield from itertools.combinations(places, size)


def numbers_near(blank: Blank, rng: random.Random) -> list[str]:
    """Return texts of numbers around a key: within, at the edge of, beyond."""
    assert not isinstance(blank.key, tuple)
    unit = blank.tolerance or 1.0
    offsets = [0, 0.5, 0.9999, 1.0001, 1.5, 3, 50, rng.uniform(-2, 2)]
    near = [blank.key + sign * unit * off for off in offsets for sign in (1, -1)]
    return [blank.shown(), *(f"{value:.9f}" for value in near), show_value(0.0, 1)]
