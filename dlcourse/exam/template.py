"""A question with numbers drawn from a seed: the base of all templates."""

from __future__ import annotations

import math
import random
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any, ClassVar, Literal

from dlcourse.errors import CourseError
from dlcourse.exam.question import (
    Blank,
    Difficulty,
    Option,
    Question,
    Slip,
    Value,
    show_value,
)
from dlcourse.exam.topics import TOPICS

# As a calculation the reader gives numbers; as a choice, the right ones among mistakes.
Form = Literal["numeric", "choice"]
Parameters = Mapping[str, Any]
Answer = Value | Sequence[Value]
_DRAWS = 100
_MARKS: dict[Form, float] = {"numeric": 5, "choice": 2}


@dataclass(frozen=True)
class Mistake:
    """An answer that somebody gets by a mistake that has a name.

    Args:
        answer: in the form of the key.
        why: the mistake, as the explanation of a wrong option, in Markdown.
    """

    answer: Answer
    why: str


class Template(ABC):
    """A question whose numbers are drawn.

    Attributes:
        id: unique; the beginning of the ids of its variants.
        number: its row in the list of templates.
        topic: a key of ``TOPICS``.
        difficulty: one of ``DIFFICULTIES``.
        forms: what its variants can be.
    """

    id: ClassVar[str]
    number: ClassVar[int]
    topic: ClassVar[str]
    difficulty: ClassVar[Difficulty]
    forms: ClassVar[tuple[Form, ...]] = ("numeric", "choice")

    @property
    def lab(self) -> str:
        """Return the chapter that teaches it."""
        return TOPICS[self.topic].lab

    @abstractmethod
    def draw(self, rng: random.Random) -> Parameters:
        """Draw the parameters, rounded to what the statement shows."""

    @abstractmethod
    def statement(self, p: Parameters) -> str:
        """Ask, in Markdown, with this variant's numbers."""

    @abstractmethod
    def solution(self, p: Parameters) -> str:
        """Show the steps, in Markdown, with this variant's numbers."""

    def images(self, p: Parameters) -> dict[str, str]:
        """Return the SVG texts that the statement shows, by name."""
        return {}

    @abstractmethod
    def _parts(
        self, p: Parameters, form: Form, rng: random.Random
    ) -> dict[str, Any] | None:
        """Return kind with blanks or options, or nothing if the numbers do not do."""

    def variant(self, seed: int, form: Form = "numeric") -> Question:
        """Make the question of a seed.

        Args:
            seed: any whole number; the same one gives the same question.
            form: ``numeric`` or ``choice``, one of ``forms``.

        Raises:
            CourseError: if the template has not this form, or 100 draws give no numbers
                that tell the right answer from the mistakes.
        """
        if form not in self.forms:
            raise CourseError(
                f"Template {self.id} has no form {form}, only {', '.join(self.forms)}."
            )
        for attempt in range(_DRAWS):
            # A text as seed is hashed by SHA-512: the same numbers everywhere.
            rng = random.Random(f"{self.id} {seed} {attempt}")
            p = self.draw(rng)
            parts = self._parts(p, form, rng)
            if parts is not None:
                return Question(
                    id=f"{self.id}-{seed}",
                    topic=self.topic,
                    lab=self.lab,
                    difficulty=self.difficulty,
                    marks=_MARKS[form],
                    statement=self.statement(p),
                    solution=self.solution(p),
                    images=self.images(p),
                    **parts,
                )
        raise CourseError(
            f"Template {self.id}, seed {seed}: {_DRAWS} draws gave no numbers that "
            "tell the right answer from the mistakes; widen the ranges in draw."
        )

    def variants(
        self, count: int, form: Form = "numeric", start: int = 0
    ) -> Iterator[Question]:
        """Make variants that all differ, from the seeds that follow ``start``.

        Raises:
            CourseError: if there are too few.
        """
        seen: set[object] = set()
        seed, misses = start, 0
        while len(seen) < count:
            question = self.variant(seed, form)
            options = frozenset(option.text for option in question.options)
            pictures = tuple(question.images.values())
            if (mark := (question.statement, pictures, options)) in seen:
                misses += 1
                # So many repetitions in a row mean that hardly any variant is left.
                if misses > 20 * (len(seen) + 5):
                    raise CourseError(
                        f"Template {self.id} has {len(seen)} variants, {count} are "
                        "wanted; widen the ranges in draw."
                    )
            else:
                seen.add(mark)
                misses = 0
                yield question
            seed += 1


class Calculation(Template):
    """A template with a number, a shape or several of them as its answer.

    Attributes:
        decimals: decimals to give; the tolerance is one unit of the last.
        labels: names of the answers where there are several.
        why_right: what makes the right option right, in Markdown.
    """

    decimals: ClassVar[int] = 0
    labels: ClassVar[tuple[str, ...]] = ("",)
    why_right: ClassVar[str] = "Right: see the worked solution."

    @abstractmethod
    def key(self, p: Parameters) -> Answer:
        """Compute the right answer, or a list of them, one a label."""

    @abstractmethod
    def mistakes(self, p: Parameters) -> list[Mistake]:
        """List the answers of the named mistakes, at least three."""

    @property
    def tolerance(self) -> float:
        """Return how far an answer may be off."""
        return float(10**-self.decimals) if self.decimals else 0.0

    def _parts(
        self, p: Parameters, form: Form, rng: random.Random
    ) -> dict[str, Any] | None:
        key = self._several(self.key(p))
        mistakes = [(self._several(m.answer), m.why) for m in self.mistakes(p)]
        answers = [key, *(answer for answer, _ in mistakes)]
        if not all(self._differ(a, b) for a, b in combinations(answers, 2)):
            return None
        if form == "numeric":
            blanks = tuple(
                Blank(label, value, self._tolerance_of(value), self.decimals)
                for label, value in zip(self.labels, key, strict=True)
            )
            slips = tuple(Slip(tuple(answer), why) for answer, why in mistakes)
            return {"kind": "numeric", "blanks": blanks, "slips": slips}
        options = [
            Option(self._show(key), True, self.why_right),
            *(Option(self._show(answer), False, why) for answer, why in mistakes),
        ]
        rng.shuffle(options)
        return {"kind": "single", "options": tuple(options)}

    def _several(self, answer: Answer) -> list[Value]:
        """Return the answer as a list, one value a label."""
        return list(answer) if isinstance(answer, list) else [answer]  # type: ignore[list-item]

    def _tolerance_of(self, value: Value) -> float:
        return 0.0 if isinstance(value, tuple) else self.tolerance

    def _differ(self, one: list[Value], other: list[Value]) -> bool:
        """Tell whether two answers differ somewhere by over twice the tolerance."""
        return any(
            first != second
            if isinstance(first, tuple) or isinstance(second, tuple)
            # What is not finite differs from nothing: such numbers are drawn anew.
            else math.isfinite(first + second)
            and abs(first - second) > 2 * self.tolerance
            for first, second in zip(one, other, strict=True)
        )

    def _show(self, answer: list[Value]) -> str:
        """Write an answer as the text of an option, with a true minus sign."""
        shown = (show_value(value, self.decimals).replace("-", "−") for value in answer)
        return ", ".join(
            f"{label} = {value}" if label else value
            for label, value in zip(self.labels, shown, strict=True)
        )


class Statements(Template):
    """A template that draws statements, of which several are right."""

    forms: ClassVar[tuple[Form, ...]] = ("choice",)

    @abstractmethod
    def options(self, p: Parameters) -> list[Option]:
        """Return the options of a variant, at most half of them right."""

    def _parts(
        self, p: Parameters, form: Form, rng: random.Random
    ) -> dict[str, Any] | None:
        options = self.options(p)
        rng.shuffle(options)
        right = sum(option.right for option in options)
        return {
            "kind": "several" if right > 1 else "single",
            "options": tuple(options),
        }
