"""From the files of zips to works: whose each one is, and which one counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from dlcourse.grading.result import printable
from dlcourse.lms.archive import Entry
from dlcourse.lms.names import CANVAS, MOODLE, Label, read_label
from dlcourse.lms.roster import Person, Roster

_SYSTEMS = {MOODLE: "Moodle", CANVAS: "Canvas"}


@dataclass
class Work:
    """What one person, or group, handed in, as one zip has it.

    Attributes:
        label: what the system calls them.
        files: of the work, each with what its name says.
    """

    label: Label
    files: list[tuple[Label, Entry]] = field(default_factory=list)

    @property
    def who(self) -> tuple[str, str]:
        """Tells people apart: Moodle's groups without a number have a name only."""
        return self.label.system, self.label.number or self.label.name

    @property
    def rank(self) -> str:
        """Grows with later works of the same person, whatever zip they are in.

        Canvas numbers uploads. Moodle's zips give files the time of handing in or that
        of the download, and either grows.
        """
        if self.label.system == CANVAS:
            return f"{max(label.upload for label, _ in self.files):020}"
        return max(entry.time for _, entry in self.files).isoformat()

    @property
    def late(self) -> bool:
        """Whether the system says that it was late."""
        return any(label.late for label, _ in self.files)

    @property
    def called(self) -> str:
        """What to call them in messages."""
        number = f"{_SYSTEMS[self.label.system]} {self.label.number}".strip()
        return printable(f"{self.label.name} ({number})".strip())


def gather(entries: Iterable[Entry]) -> tuple[list[Work], list[Entry]]:
    """Sort a zip's files by who handed them in.

    Returns:
        The works, and the files that neither system would name so.
    """
    works: dict[tuple[str, str], Work] = {}
    strangers = []
    for entry in entries:
        label = read_label(entry.path)
        if label is None:
            strangers.append(entry)
            continue
        work = Work(label)
        works.setdefault(work.who, work).files.append((label, entry))
    return list(works.values()), strangers


@dataclass(frozen=True)
class Owner:
    """Whose a work is: nbgrader's id, and the roster's person if there is one.

    ``by_name`` tells that the person was not found by the system's number.
    """

    student: str
    person: Person | None = None
    by_name: bool = False


def find_owners(
    works: Sequence[Work], roster: Roster | None
) -> tuple[dict[tuple[str, str], Owner], list[str]]:
    """Find nbgrader's student for each work.

    With a roster, by the system's number, or by the name of a group. Moodle gives
    everybody another number in each assignment: with another assignment's table, a
    name will do that nobody shares. Without a roster, Canvas' number, which stays the
    same, and Moodle's name, with the number where two share a name.

    Returns:
        Owners by ``Work.who``, and a sentence for each work that has none.
    """
    owners: dict[tuple[str, str], Owner] = {}
    said: list[str] = []
    people = {one.who: one for one in works}
    if roster is None:
        names = [one.label.name.casefold() for one in people.values()]
        for who, work in people.items():
            alone = names.count(work.label.name.casefold()) == 1
            owners[who] = Owner(_named(work.label, alone))
        return owners, said
    known, groups = roster.by_number(), roster.groups()
    named = _by_name(works, roster)
    for who, work in people.items():
        person = known.get(work.label.number)
        if person is not None:
            owners[who] = Owner(person.student, person)
        elif work.label.name.casefold() in groups:
            owners[who] = Owner(work.label.name)
        elif other := named.get(who):
            owners[who] = Owner(other.student, other, by_name=True)
        else:
            said.append(
                f"{work.called} is not in {roster.table.called}: not used; download "
                "that table again, for this very assignment"
            )
    return owners, said


def _by_name(works: Sequence[Work], roster: Roster) -> dict[tuple[str, str], Person]:
    """Find Moodle's people by names that are unique on both sides."""
    if roster.system != MOODLE:
        return {}
    people = Counter(one.name.casefold() for one in roster.people)
    names = Counter(one.label.name.casefold() for one in works)
    persons = {one.name.casefold(): one for one in roster.people}
    return {
        work.who: persons[name]
        for work in works
        if people[name := work.label.name.casefold()] == names[name] == 1
        and work.label.system == MOODLE
    }


def _named(label: Label, alone: bool) -> str:
    if label.system == CANVAS:
        return label.number
    name = label.name.strip(". ") or label.number
    return name if alone else f"{name} {label.number}".strip()
