"""All static questions, read once from the folder ``bank``."""

from __future__ import annotations

import functools
from collections.abc import Callable
from pathlib import Path

from dlcourse.errors import CourseError
from dlcourse.exam.drills import read_drills
from dlcourse.exam.question import Question
from dlcourse.exam.text import read_questions
from dlcourse.exam.topics import TOPICS

_FOLDER = Path(__file__).parent / "bank"
# What each folder holds, and what its questions may be.
_READERS: dict[str, Callable[[Path], list[Question]]] = {
    "choice": read_questions,
    "workout": read_questions,
    "reading": read_drills,
    "written": read_questions,
}
_KINDS = {
    "choice": ("single", "several"),
    "workout": ("numeric",),
    "reading": ("numeric",),
    "written": ("written",),
}
BANKS = tuple(_READERS)


@functools.cache
def bank(name: str) -> dict[str, Question]:
    """Return a bank's questions by id, in the order of the topics.

    Args:
        name: ``choice``, ``workout``, ``reading`` (which runs the code of its drills)
            or ``written``.

    Raises:
        CourseError: if a question is ill-formed, of another kind, or an id is used
            twice.
    """
    return read_bank(_FOLDER / name, name)


def read_bank(folder: Path, name: str) -> dict[str, Question]:
    """Read the questions of a folder as the bank of that name; errors as ``bank``'s."""
    found: dict[str, Question] = {}
    for path in sorted(folder.glob("*.md")):
        for question in _READERS[name](path):
            if question.kind not in _KINDS[name]:
                raise CourseError(
                    f"{path.name}, question {question.id}: kind {question.kind} does "
                    f"not belong in the bank {name}."
                )
            if question.id in found:
                raise CourseError(
                    f"{path.name}, question {question.id}: the id is used twice."
                )
            found[question.id] = question
    order = list(TOPICS)
    ranked = sorted(found.values(), key=lambda question: order.index(question.topic))
    return {question.id: question for question in ranked}


def static_question(id_: str) -> Question | None:
    """Find a static question by its id in all banks."""
    # Drills last: only they cost an import of PyTorch.
    for name in ("choice", "workout", "written", "reading"):
        if id_ in bank(name):
            return bank(name)[id_]
    return None
