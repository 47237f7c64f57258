"""What is known of a class and one assignment, before anything is worked out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

Key = tuple[str, str]  # notebook and grade id


@dataclass(frozen=True)
class Item:
    """One graded cell of an assignment.

    Attributes:
        key: its notebook and its grade id.
        label: what people call it.
        points: most that it is worth.
        by_hand: whether a person marks it.
    """

    key: Key
    label: str
    points: float
    by_hand: bool


@dataclass(frozen=True)
class Mark:
    """What one student has for one item.

    Attributes:
        given: marks without extra credit; None while they wait for a person.
        extra: extra credit, on top.
        waits: whether formgrader lists it for marking, perhaps once more.
    """

    given: float | None
    extra: float = 0.0
    waits: bool = False


@dataclass(frozen=True)
class Work:
    """One submission as the gradebook has it.

    Attributes:
        student: the student's id.
        marks: by item; an item without a mark was never graded.
        late: seconds after the due date, 0 if in time, None if nobody can know.
        penalty: marks taken off for lateness.
        flagged: whether formgrader shows a flag beside it.
        handed_in: when.
    """

    student: str
    marks: Mapping[Key, Mark]
    late: float | None = None
    penalty: float = 0.0
    flagged: bool = False
    handed_in: datetime | None = None

    @property
    def extra(self) -> float:
        """Extra credit of all items."""
        return sum(mark.extra for mark in self.marks.values())

    @property
    def score(self) -> float:
        """Marks so far: extra credit added, the penalty taken off."""
        given = sum(mark.given or 0.0 for mark in self.marks.values())
        return max(0.0, given + self.extra - self.penalty)


@dataclass(frozen=True)
class Classroom:
    """A class and one assignment.

    Attributes:
        name: of the assignment.
        items: in the order of the notebooks.
        works: graded submissions, by student.
        ungraded: students whose submission has no marks yet.
        missing: students of the gradebook who handed in nothing.
        due: when it had to be handed in, if the gradebook says so.
    """

    name: str
    items: Sequence[Item]
    works: Mapping[str, Work]
    ungraded: Sequence[str] = ()
    missing: Sequence[str] = ()
    due: datetime | None = None

    @property
    def max_score(self) -> float:
        """Marks that are possible."""
        return sum(item.points for item in self.items)

    def marked(self, work: Work) -> float:
        """Say how many marks were possible in what is marked of a submission."""
        return sum(
            item.points
            for item in self.items
            if item.key in work.marks and work.marks[item.key].given is not None
        )

    def share(self, work: Work) -> float | None:
        """Give a submission's share of the marks; None if nothing of it is marked.

        Answers that wait for a person count neither as marks nor as possible ones.
        """
        possible = self.marked(work)
        return work.score / possible if possible else None
