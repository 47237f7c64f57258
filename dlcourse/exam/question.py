"""What a question is, whatever it came from and wherever it goes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any, Literal, get_args

from dlcourse.errors import CourseError
from dlcourse.exam.topics import TOPICS

Kind = Literal["single", "several", "numeric", "written"]
Difficulty = Literal["easy", "medium", "hard", "very hard"]
DIFFICULTIES: tuple[Difficulty, ...] = get_args(Difficulty)
LETTERS = "abcdefgh"

# The answer of a blank: a number, or a shape such as (128, 16, 28, 28).
Value = float | tuple[int, ...]


@dataclass(frozen=True)
class Option:
    """One option of a choice question.

    Args:
        text: Markdown.
        right: whether a full answer picks it.
        why: why it is right or wrong, in Markdown.
    """

    text: str
    right: bool
    why: str


@dataclass(frozen=True)
class Blank:
    """One number or shape to fill in.

    Args:
        label: what is asked for, in Markdown; empty if there is one thing only.
        key: the right answer.
        tolerance: how far a number may be off; 0 for whole numbers and shapes.
        decimals: how many decimals the reader is asked to give.
    """

    label: str
    key: Value
    tolerance: float = 0.0
    decimals: int = 0

    def shown(self, value: Value | None = None) -> str:
        """Write the key, or another value, as a reader would give it."""
        return show_value(self.key if value is None else value, self.decimals)

    def hint(self) -> str:
        """Say in what form the answer is wanted."""
        if isinstance(self.key, tuple):
            return "a shape, such as (2, 3)"
        if self.decimals == 0:
            return "a whole number"
        plural = "s" if self.decimals > 1 else ""
        return f"{self.decimals} decimal{plural}"


@dataclass(frozen=True)
class Slip:
    """A wrong answer to a numeric question that has a name.

    Args:
        values: what somebody who slips fills in, one value a blank.
        why: the mistake, in Markdown.
    """

    values: tuple[Value, ...]
    why: str


@dataclass(frozen=True)
class Criterion:
    """One line of a marking scheme: so many marks for this, in Markdown."""

    marks: float
    text: str


@dataclass(frozen=True)
class Question:
    """A question with everything that its forms need.

    Args:
        id: unique among all questions; a variant of a template has ``TEMPLATE-SEED``.
        topic: a key of ``TOPICS``.
        lab: name of the chapter that teaches it.
        difficulty: one of ``DIFFICULTIES``.
        marks: marks for a full answer, above 0.
        kind: single (one option is right), several, numeric or written.
        statement: Markdown with LaTeX; ``![words](NAME.svg)`` shows ``images[NAME]``.
        options: for choice questions.
        blanks: for numeric questions.
        slips: known wrong answers of numeric questions.
        rubric: for written questions; its marks add up to ``marks``.
        solution: worked solution or model answer, in Markdown.
        images: SVG texts by name; lines and letters in ``currentColor``.

    Raises:
        CourseError: if a field contradicts another; the sentence names id and field.
    """

    id: str
    topic: str
    lab: str
    difficulty: Difficulty
    marks: float
    kind: Kind
    statement: str
    solution: str = ""
    options: tuple[Option, ...] = ()
    blanks: tuple[Blank, ...] = ()
    slips: tuple[Slip, ...] = ()
    rubric: tuple[Criterion, ...] = ()
    images: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    def __post_init__(self) -> None:
        for name, fault in _faults(self):
            raise CourseError(f"Question {self.id}: {name} {fault}.")

    def worth(self, marks: float) -> Question:
        """Return the same question for other marks; a rubric keeps its own."""
        return self if marks == self.marks else replace(self, marks=marks)

    def arranged(self, order: list[int]) -> Question:
        """Return the same question with its options in another order."""
        return replace(self, options=tuple(self.options[place] for place in order))

    def scoring(self) -> dict[str, Any]:
        """Return what ``scoring.score`` needs, as plain JSON data."""
        rule: dict[str, Any] = {"kind": self.kind, "marks": self.marks}
        if self.options:
            rule["right"] = [option.right for option in self.options]
        if self.blanks:
            rule["blanks"] = [
                {
                    "key": list(b.key) if isinstance(b.key, tuple) else b.key,
                    "tolerance": b.tolerance,
                }
                for b in self.blanks
            ]
        if self.rubric:
            rule["rubric"] = [criterion.marks for criterion in self.rubric]
        return rule


def show_value(value: Value, decimals: int) -> str:
    """Write a number with so many decimals, or a shape in brackets."""
    if isinstance(value, tuple):
        return f"({', '.join(map(str, value))}{',' if len(value) == 1 else ''})"
    text = f"{value:.{decimals}f}"
    # -0.00 is 0.00 to a reader.
    return text.removeprefix("-") if float(text) == 0 else text


def _faults(q: Question) -> list[tuple[str, str]]:
    """List what is wrong with a question, as field and end of a sentence."""
    faults = []
    if q.topic not in TOPICS:
        faults.append(("topic", f"{q.topic!r} is none of {', '.join(TOPICS)}"))
    if q.difficulty not in DIFFICULTIES:
        wanted = ", ".join(DIFFICULTIES)
        faults.append(("difficulty", f"{q.difficulty!r} is none of {wanted}"))
    if q.kind not in get_args(Kind):
        wanted = ", ".join(get_args(Kind))
        faults.append(("kind", f"{q.kind!r} is none of {wanted}"))
    if not q.marks > 0:
        faults.append(("marks", f"must be above 0, not {q.marks}"))
    if not q.statement.strip():
        faults.append(("statement", "is empty"))
    faults += _part_faults(q)
    for name in q.images:
        if f"({name}.svg)" not in q.statement + q.solution:
            faults.append(("images", f"holds {name}, which the text never shows"))
    return faults


def _part_faults(q: Question) -> list[tuple[str, str]]:
    """List what is wrong with options, blanks and rubric."""
    faults = []
    choice = q.kind in ("single", "several")
    for name, there, wanted in (
        ("options", q.options, choice),
        ("blanks", q.blanks, q.kind == "numeric"),
        ("rubric", q.rubric, q.kind == "written"),
    ):
        if bool(there) != wanted:
            verb = "needs" if wanted else "cannot have"
            faults.append(("kind", f"{q.kind} {verb} {name}"))
    if choice and q.options:
        right = sum(option.right for option in q.options)
        if q.kind == "single" and right != 1:
            faults.append(("options", f"of kind single need 1 right one, not {right}"))
        if not 0 < right <= len(q.options) - right:
            # Else picking everything would earn marks.
            faults.append(
                ("options", f"need as many wrong ones as right ones, not {right} right")
            )
        if len(q.options) > len(LETTERS):
            faults.append(("options", f"are {len(q.options)}, above {len(LETTERS)}"))
        if len({option.text for option in q.options}) < len(q.options):
            faults.append(("options", "hold the same text twice"))
        if not all(option.why.strip() for option in q.options):
            faults.append(("options", "need an explanation each"))
    if q.kind != "written" and q.rubric == () and not (choice or q.solution.strip()):
        faults.append(("solution", "is empty"))
    if q.kind == "written":
        if not q.solution.strip():
            faults.append(("solution", "needs a model answer"))
        total = sum(criterion.marks for criterion in q.rubric)
        if q.rubric and total != q.marks:
            faults.append(("rubric", f"adds up to {total:g}, marks say {q.marks:g}"))
        if any(not criterion.marks > 0 for criterion in q.rubric):
            faults.append(("rubric", "has a line without marks"))
    if any(len(slip.values) != len(q.blanks) for slip in q.slips):
        faults.append(("slips", "need one value a blank"))
    if any(not blank.tolerance >= 0 for blank in q.blanks):
        faults.append(("tolerance", "must be 0 or more"))
    return faults
