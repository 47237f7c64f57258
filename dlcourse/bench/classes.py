"""A class of ten, of a hundred and of a thousand, graded in several ways."""

from __future__ import annotations

import json
import shutil
import statistics
import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from dlcourse.bench.grade import machine
from dlcourse.bench.measure import busy_cores, cost_of, program
from dlcourse.bench.students import MIX, NAME, Student, make_students
from dlcourse.bench.watch import Watched, watch
from dlcourse.bench.ways import TIMEOUT, Way, open_ways
from dlcourse.errors import CourseError

KEPT = Path("_build/bench-class.json")
SIZES = (10, 100, 1000)
Say = Callable[[str], None]
Record = dict[str, Any]


@dataclass(frozen=True)
class Row:
    """One class graded in one way; times in seconds, sizes in bytes.

    Attributes:
        way: one of ``ways.WAYS``.
        students: how many.
        seconds: from start to end.
        cpu: seconds that all processors of the machine worked meanwhile.
        tenths: when each tenth of the class was marked, from the start.
        pause: the longest time without a new mark.
        memory: most that all processes held together.
        parents: of those, what the warm parents held.
        writer: processor seconds of the one process that records, for each submission.
        database: size of the gradebook after grading.
        empty: size of the gradebook before.
        submitted: size of all submissions.
        graded: size of all graded notebooks.
        load: how many processors other work kept busy before.
        date: when it was measured.
    """

    way: str
    students: int
    seconds: float
    cpu: float
    tenths: list[float]
    pause: float
    memory: int
    parents: int
    writer: float
    database: int
    empty: int
    submitted: int
    graded: int
    load: float
    date: str

    @property
    def each(self) -> float:
        """Seconds for each submission, the start included."""
        return self.seconds / self.students


def bench_class(
    root: Path, sizes: Sequence[int], ways: Sequence[str], say: Say, again: bool = False
) -> Record:
    """Grade classes of several sizes in several ways.

    Each result is kept in ``_build/bench-class.json`` as soon as it is there, so that
    an interrupted run goes on where it was.

    Args:
        root: the course's root folder.
        sizes: students in each class.
        ways: some of ``ways.WAYS``.
        say: told what is being done.
        again: whether to measure anew those of them that were measured before.

    Returns:
        A record: machine and versions, the mix of students, a row for each class and
        way, and what feedback costs.

    Raises:
        CourseError: if a grader fails, or a student gets other marks than it earned.
    """
    record = _kept(root)
    wanted = [(size, way) for size in sorted(sizes) for way in ways]
    if again:
        record["feedback"] = {}
        record["rows"] = [
            row for row in record["rows"] if (row["students"], row["way"]) not in wanted
        ]
    done = {(row["students"], row["way"]) for row in record["rows"]}
    todo = [one for one in wanted if one not in done]
    for size, way in wanted:
        if (size, way) in done:
            say(f"{way}, {size} students: measured before, kept")
    if not todo and record["feedback"]:
        return record
    with tempfile.TemporaryDirectory(prefix="dlcourse-class-") as folder:
        say("releasing the assignment")
        names = sorted({way for _, way in todo}) or [ways[0]]
        with open_ways(root, Path(folder), names) as opened:
            for size, name in todo:
                row = _grade(opened[name], size, say)
                record["rows"].append(asdict(row))
                _keep(root, record)
                say(
                    f"{name}, {size} students: {row.seconds:.1f} s, {row.each:.3f} s "
                    f"each, {row.memory / 2**20:.0f} MiB"
                )
            if not record["feedback"]:
                record["feedback"] = _feedback(opened[names[0]], min(sizes), say)
                _keep(root, record)
    return record


def _kept(root: Path) -> Record:
    """Read what was measured before, if it still tells something about this machine."""
    fresh: Record = {"machine": machine(), "mix": MIX, "timeout": TIMEOUT}
    try:
        found = json.loads((root / KEPT).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        found = {}
    if any(found.get(key) != fresh[key] for key in fresh):
        return fresh | {"rows": [], "feedback": {}}
    return dict(found)


def _keep(root: Path, record: Record) -> None:
    record["rows"].sort(key=lambda row: (row["students"], row["way"] != "SQLite"))
    path = root / KEPT
    path.parent.mkdir(exist_ok=True)
    draft = path.with_suffix(".new")
    draft.write_text(json.dumps(record, indent=1), encoding="utf-8")
    draft.replace(path)


def hand_in(way: Way, size: int) -> list[Student]:
    """Start over: no marks, and a class that handed in."""
    way.book.start_over()
    home = way.course / "class"
    for name in ("submitted", "autograded", "feedback"):
        shutil.rmtree(home / name, ignore_errors=True)
    release = json.loads((way.course / f"exercises/{NAME}/{NAME}.ipynb").read_bytes())
    students = list(make_students(release, size))
    for student in students:
        folder = home / "submitted" / student.name / NAME
        folder.mkdir(parents=True)
        for name, raw in student.files.items():
            (folder / name).write_bytes(raw)
    return students


def _grade(way: Way, size: int, say: Say) -> Row:
    students = hand_in(way, size)
    empty, load = way.book.size(), busy_cores()

    def told(number: int) -> None:
        if size >= 100 and number % (size // 10) == 0:
            say(f"{way.name}, {size} students: {number} done")

    seen = watch(way.command, way.course, told)
    compare(students, seen)
    pauses = [b - a for a, b in zip([0.0, *seen.came], seen.came, strict=False)]
    home = way.course / "class"
    return Row(
        way=way.name,
        students=size,
        seconds=round(seen.seconds, 2),
        cpu=round(seen.cpu, 2),
        tenths=[round(seen.came[-(-size * k // 10) - 1], 2) for k in range(1, 11)],
        pause=round(max(pauses[1:], default=0.0), 2),
        memory=seen.memory,
        parents=seen.parents,
        writer=round(seen.writer / max(1, size - 1), 5),
        database=way.book.size(),
        empty=empty,
        submitted=_bytes(home.glob("submitted/**/*")),
        graded=_bytes(home.glob("autograded/**/*")),
        load=round(load, 1),
        date=date.today().isoformat(),
    )


def compare(students: Sequence[Student], seen: Watched) -> None:
    """See that each student got the marks that the work is worth.

    Raises:
        CourseError: if not; the sentence names the first one.
    """
    if missing := [one.name for one in students if one.name not in seen.marks]:
        raise CourseError(
            f"bench: {len(missing)} students got no line, first {missing[0]}."
        )
    if seen.failed:
        raise CourseError(
            f"bench: {len(seen.failed)} students could not be graded, first "
            f"{seen.failed[0]}; find out why before timing."
        )
    for one in students:
        if one.marks is not None and seen.marks[one.name] != one.marks:
            raise CourseError(
                f"bench: {one.name}, {one.kind}, got {seen.marks[one.name]:g} marks "
                f"for work that is worth {one.marks}; find out why before timing."
            )


def _feedback(way: Way, size: int, say: Say) -> Record:
    """Measure what students' pages cost, with a small class."""
    say(f"feedback for {size} students")
    hand_in(way, size)
    watch(way.command, way.course, lambda number: None)
    cost = cost_of([program("nbgrader"), "generate_feedback", NAME], way.course)
    pages = list((way.course / "class/feedback").rglob("*.html"))
    sizes = [page.stat().st_size for page in pages]
    return {
        "students": size,
        "pages": len(pages),
        "seconds": round(cost.seconds, 2),
        "bytes": round(statistics.mean(sizes)),
    }


def _bytes(paths: Iterable[Path]) -> int:
    """Add up the sizes of files."""
    return sum(path.stat().st_size for path in paths if path.is_file())
