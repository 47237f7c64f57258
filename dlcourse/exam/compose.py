"""Papers from a seed: which questions, with which numbers, in which order."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dlcourse.errors import CourseError
from dlcourse.exam.banks import bank
from dlcourse.exam.blueprint import LEAST_TOPICS, SECTIONS, Section, Slot
from dlcourse.exam.question import Question
from dlcourse.exam.template import Template
from dlcourse.exam.templates import TEMPLATES

Candidate = Template | Question


@dataclass(frozen=True)
class Part:
    """A part of a paper with its questions; they are numbered A1, A2, …."""

    section: Section
    questions: tuple[Question, ...]

    def numbered(self) -> Iterator[tuple[str, Question]]:
        """Yield each question with its number."""
        for place, question in enumerate(self.questions, start=1):
            yield f"{self.section.letter}{place}", question


@dataclass(frozen=True)
class Paper:
    """An exam paper.

    Args:
        seed: what it was drawn from.
        version: 1, or which of several papers of one seed it is.
        parts: A, B and C.

    Raises:
        CourseError: if marks do not add up, a question comes twice, or there are too
            few topics; the sentence names seed and part.
    """

    seed: int
    version: int
    parts: tuple[Part, ...]

    def __post_init__(self) -> None:
        place = f"Paper of seed {self.seed}, version {self.version}"
        for part in self.parts:
            total = sum(question.marks for question in part.questions)
            if total != part.section.marks:
                raise CourseError(
                    f"{place}, part {part.section.letter}: the marks add up to "
                    f"{total:g}, {part.section.marks:g} are wanted; mend the slots in "
                    "dlcourse/exam/blueprint.py."
                )
        origins = Counter(origin(question) for question in self.questions)
        twice = [name for name, times in origins.items() if times > 1]
        if twice:
            raise CourseError(f"{place}: {twice[0]} comes twice.")
        topics = {question.topic for question in self.questions}
        if len(topics) < LEAST_TOPICS:
            raise CourseError(
                f"{place}: {len(topics)} topics, at least {LEAST_TOPICS} are wanted."
            )

    @property
    def questions(self) -> list[Question]:
        """Return all questions in their order."""
        return [question for part in self.parts for question in part.questions]

    def numbered(self) -> Iterator[tuple[str, Question]]:
        """Yield each question with its number."""
        for part in self.parts:
            yield from part.numbered()


def origin(question: Question) -> str:
    """Return the template that a question comes from, or its own id."""
    stem, _, seed = question.id.rpartition("-")
    return stem if seed.isdecimal() and stem in TEMPLATES else question.id


def compose(seed: int) -> Paper:
    """Draw the paper of a seed.

    Raises:
        CourseError: if the banks cannot fill it.
    """
    return compose_versions(seed, 1)[0]


def compose_versions(seed: int, count: int) -> list[Paper]:
    """Draw papers of equal difficulty that all differ; the first is ``compose(seed)``.

    Each slot keeps its topic, difficulty and marks. A template gives other numbers in
    each paper; a static question makes way for another of its kind where there is one,
    and its options are in another order.

    Args:
        seed: a whole number, 0 or more.
        count: how many papers.

    Raises:
        CourseError: if the banks cannot fill them, or a template has too few variants.
    """
    rng = random.Random(f"paper {seed}")
    picks = [(section, slot, candidate) for section, slot, candidate in _pick(rng)]
    drawn = {
        candidate.id: list(
            candidate.variants(
                count,
                "numeric" if slot.source == "calculation" else "choice",
                random.Random(f"{candidate.id} {seed}").randrange(10**9),
            )
        )
        for _, slot, candidate in picks
        if isinstance(candidate, Template)
    }
    return [_paper(seed, version, picks, drawn) for version in range(1, count + 1)]


Pick = tuple[Section, Slot, Candidate]


def _pick(rng: random.Random) -> list[Pick]:
    """Fill the slots, always from a topic that has come least so far."""
    places = [(section, slot) for section in SECTIONS for slot in section.slots]
    order = list(range(len(places)))
    # Slots with few candidates first: they could not give way later.
    rng.shuffle(order)
    order.sort(key=lambda place: len(candidates(places[place][1])))
    taken: dict[int, Candidate] = {}
    topics: Counter[str] = Counter()
    for place in order:
        section, slot = places[place]
        used = {_idea(candidate.id) for candidate in taken.values()}
        free = [c for c in candidates(slot) if _idea(c.id) not in used]
        if not free:
            raise CourseError(
                f"Part {section.letter}: no {slot.difficulty} question for "
                f"{slot.marks:g} marks is left in {slot.source}; add some to the bank."
            )
        rng.shuffle(free)
        taken[place] = min(free, key=lambda candidate: topics[candidate.topic])
        topics[taken[place].topic] += 1
    return [(*places[place], taken[place]) for place in sorted(taken)]


def _idea(id_: str) -> str:
    """Return an id without its bank: ``work-paired-seeds`` is about paired seeds."""
    return id_.removeprefix("work-").removeprefix("write-").removeprefix("read-")


def candidates(slot: Slot) -> list[Candidate]:
    """List what may fill a slot."""
    pool: Sequence[Candidate]
    match slot.source:
        case "template-choice":
            pool = [t for t in TEMPLATES.values() if "choice" in t.forms]
        case "choice":
            # With the templates that only draw statements.
            drawn = [t for t in TEMPLATES.values() if t.forms == ("choice",)]
            pool = [*bank("choice").values(), *drawn]
        case "calculation":
            numeric = [t for t in TEMPLATES.values() if "numeric" in t.forms]
            pool = [*numeric, *bank("workout").values()]
        case "written":
            # Its marks are those of its scheme.
            pool = [q for q in bank("written").values() if q.marks == slot.marks]
        case name:
            pool = list(bank(name).values())
    return [candidate for candidate in pool if candidate.difficulty == slot.difficulty]


def _paper(
    seed: int, version: int, picks: list[Pick], drawn: dict[str, list[Question]]
) -> Paper:
    """Make one of the papers of a seed."""
    rng = random.Random(f"paper {seed} version {version}")
    used = {candidate.id for _, _, candidate in picks}
    filled: dict[str, list[Question]] = {section.letter: [] for section in SECTIONS}
    for section, slot, candidate in picks:
        if isinstance(candidate, Template):
            question = drawn[candidate.id][version - 1]
        else:
            question = candidate
            if version > 1:
                question = _sibling(candidate, slot, used, rng)
                used.add(question.id)
            order = list(range(len(question.options)))
            rng.shuffle(order)
            question = question.arranged(order)
        filled[section.letter].append(question.worth(slot.marks))
    return Paper(
        seed,
        version,
        tuple(Part(section, tuple(filled[section.letter])) for section in SECTIONS),
    )


def _sibling(
    question: Question, slot: Slot, used: set[str], rng: random.Random
) -> Question:
    """Return a question that can stand for another: same slot, same topic."""
    siblings = [
        other
        for other in candidates(slot)
        if isinstance(other, Question)
        and other.topic == question.topic
        and (other.id == question.id or other.id not in used)
    ]
    return rng.choice(siblings)
