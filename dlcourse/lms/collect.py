"""Collecting an assignment from the zips that Moodle and Canvas make."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

from dlcourse.errors import CourseError
from dlcourse.grading.course import Course, open_course
from dlcourse.grading.result import printable
from dlcourse.lms.archive import Entry, opened
from dlcourse.lms.choose import Chosen, choose, grade_ids
from dlcourse.lms.gather import Owner, Work, find_owners, gather
from dlcourse.lms.place import keep, place, stamp
from dlcourse.lms.record import Record, Taken, home, read_record
from dlcourse.lms.roster import Roster


@dataclass
class Report:
    """What came of collecting.

    Attributes:
        remarks: sentences on what somebody has to look at.
        notes: sentences that one may want to know.
        counts: of ``new``, ``replaced``, ``unchanged`` and ``not used`` works.
        late: students whose work the system calls late.
        missing: how many of the roster handed in nothing.
    """

    remarks: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    late: list[str] = field(default_factory=list)
    missing: int = 0

    def lines(self) -> list[str]:
        """Say it, the totals last."""
        kinds = ("new", "replaced", "unchanged", "not used")
        total = ", ".join(f"{self.counts[one]} {one}" for one in kinds)
        late = [f"late: {', '.join(map(printable, self.late))}"] if self.late else []
        more = (
            f"; {self.missing} of the class handed in nothing" if self.missing else ""
        )
        return [*self.notes, *self.remarks, *late, f"{total}{more}"]


def collect(
    root: Path, name: str, zips: Sequence[Path], roster: Roster | None
) -> Report:
    """Put what was handed in into ``class/submitted``.

    The last work of each person counts, whatever the order of the zips; what it
    replaces, and earlier uploads, stay in ``class/collected``. The same zips again
    change nothing.

    Args:
        root: the course's root folder.
        name: the assignment.
        zips: as downloaded.
        roster: who is who, if there is a table of it.

    Returns:
        What came of it.

    Raises:
        CourseError: if a zip cannot be read, or holds no submissions at all, or a
            folder cannot be written.
    """
    course = open_course(root, name)
    with ExitStack() as stack:
        works: list[Work] = []
        report = Report()
        for path in zips:
            entries = stack.enter_context(opened(path, str(path)))
            found, strangers = gather(entries)
            if not found:
                raise CourseError(_no_submissions(path, strangers))
            works += found
            report.remarks += _of_strangers(path, strangers)
        last, before = _sorted(works)
        owners, unknown = find_owners(last, roster)
        _check_owners(owners)
        report.remarks += unknown
        if roster and (by_name := sum(one.by_name for one in owners.values())):
            report.notes.append(
                f"{by_name} found by their names: {roster.table.called} is another "
                "assignment's, which has other numbers"
            )
        report.counts["not used"] += len(unknown)
        collector = _Collector(course, read_record(root, name), report)
        for work in last:
            if work.who in owners:
                collector.take(work, owners[work.who])
        for work in before:
            if work.who in owners:
                collector.keep(work, owners[work.who])
    collector.record.save()
    if roster is not None:
        report.missing = _missing(roster, owners)
    return report


class _Collector:
    def __init__(self, course: Course, record: Record, report: Report) -> None:
        self.course, self.record, self.report = course, record, report
        release = Path(
            course.directory.format_path(
                course.directory.release_directory, ".", course.name
            )
        )
        self._labels = cache(lambda: grade_ids(release / f"{course.name}.ipynb"))

    def take(self, work: Work, owner: Owner) -> None:
        """Place the work that counts."""
        chosen = choose(work, self.course.name, self._labels)
        report = self.report
        report.remarks += [f"{work.called}: {one}" for one in chosen.remarks]
        report.notes += [f"{work.called}: {one}" for one in chosen.notes]
        if not chosen.files:
            report.counts["not used"] += 1
            return
        late = work.late or bool(owner.person and owner.person.late)
        label = work.label
        taken = Taken(
            system=label.system,
            number=label.number,
            student=owner.student,
            name=label.name,
            folder=label.folder,
            digest=chosen.digest,
            rank=work.rank,
            late=late,
        )
        report.counts[self._place(work, taken, chosen, owner)] += 1
        if late:
            report.late.append(owner.student)

    def keep(self, work: Work, owner: Owner) -> None:
        """Keep a work that a later one in the same zips replaces."""
        chosen = choose(work, self.course.name, self._labels)
        now = self.record.taken.get(f"{work.label.system} {work.who[1]}")
        if chosen.files and (now is None or now.digest != chosen.digest):
            keep(self._aside(owner.student), chosen.files)

    def _place(self, work: Work, taken: Taken, chosen: Chosen, owner: Owner) -> str:
        target = self.course.submitted(taken.student)
        aside = self._aside(taken.student)
        known = self.record.taken.get(taken.key)
        time = owner.person.time if owner.person else None
        if chosen.earlier:
            keep(aside, chosen.earlier)
        if known and target.is_dir() and known.student == taken.student:
            if known.digest == taken.digest:
                # Whatever was done to the folder since then was done on purpose.
                stamp(target, time)
                rank = max(known.rank, taken.rank)
                self.record.taken[taken.key] = replace(taken, rank=rank)
                return "unchanged"
            if known.rank > taken.rank:
                keep(aside, chosen.files)
                self.report.remarks.append(
                    f"{work.called}: older than what was collected before: not used"
                )
                return "not used"
        outcome = place(target, chosen.files, time, aside)
        if outcome == "replaced":
            self.report.notes.append(
                f"{work.called}: replaces earlier work, which is now in "
                f"{aside.relative_to(self.course.root)}"
            )
        self.record.taken[taken.key] = taken
        self.record.save()
        return outcome

    def _aside(self, student: str) -> Path:
        return home(self.course.root, self.course.name) / "earlier" / student


def _sorted(works: Sequence[Work]) -> tuple[list[Work], list[Work]]:
    """Tell the last work of each person from those before; of two alike, the latter."""
    last: dict[tuple[str, str], Work] = {}
    before = []
    for work in works:
        other = last.get(work.who)
        if other is None:
            last[work.who] = work
        elif work.rank >= other.rank:
            last[work.who] = work
            before.append(other)
        else:
            before.append(work)
    return list(last.values()), before


def _check_owners(owners: dict[tuple[str, str], Owner]) -> None:
    seen: dict[str, str] = {}
    for (_, number), owner in owners.items():
        other = seen.setdefault(owner.student.casefold(), number)
        if other != number:
            raise CourseError(
                f"{printable(owner.student)} stands for two people ({printable(other)} "
                f"and {printable(number)}); give a table of the class by --roster."
            )


def _missing(roster: Roster, owners: dict[tuple[str, str], Owner]) -> int:
    there = {owner.student.casefold() for owner in owners.values()}
    return sum(
        not {one.student.casefold(), one.group.casefold()} & there
        for one in roster.people
    )


def _of_strangers(path: Path, strangers: Sequence[Entry]) -> list[str]:
    shown = [
        f"{path.name}: {printable(one.name)} belongs to nobody: not used"
        for one in strangers[:5]
    ]
    more = len(strangers) - len(shown)
    return [*shown, *([f"{path.name}: {more} more belong to nobody"] if more else [])]


def _no_submissions(path: Path, strangers: Sequence[Entry]) -> str:
    shown = ", ".join(printable(one.name) for one in strangers[:3]) or "no files"
    return (
        f"{path} is no zip of submissions (it holds {shown}); download it by Moodle's "
        "`Download all submissions` or Canvas' `Download Submissions`, and do not "
        "rename what is in it."
    )
