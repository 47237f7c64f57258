"""Grading a class with stock nbgrader and with ours, in turns, on the same work."""

from __future__ import annotations

import os
import platform
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any

import psutil

from dlcourse.bench.cells import cell_seconds
from dlcourse.bench.course import Course, make_class, make_courses
from dlcourse.bench.measure import cost_of, memory_of
from dlcourse.errors import CourseError


@dataclass(frozen=True)
class Row:
    """One class graded by both; times in seconds.

    ``cells`` is what the cells of the whole class take in a kernel that has imported
    everything already, one after the other.
    """

    assignment: str
    students: int
    stock_seconds: float
    stock_cpu: float
    our_seconds: float
    our_cpu: float
    cells: float

    @property
    def ratio(self) -> float:
        """How many times faster ours is."""
        return self.stock_seconds / self.our_seconds


@dataclass(frozen=True)
class Memory:
    """Most memory that grading one class took with each, in bytes."""

    assignment: str
    students: int
    stock: int
    ours: int


def bench_grade(
    root: Path, names: Sequence[str], sizes: Sequence[int], say: Callable[[str], None]
) -> dict[str, Any]:
    """Grade classes of several sizes with both and compare.

    Args:
        root: the course's root folder.
        names: assignments; ``small`` is the one that comes with the benchmark.
        sizes: students in each class.
        say: told what is being done.

    Returns:
        A record: date, machine and versions, a row for each class, and the memory for
        the first class of each assignment.

    Raises:
        CourseError: if a grader fails, or marks differ.
    """
    rows, memory = [], []
    for name in names:
        with tempfile.TemporaryDirectory(prefix="dlcourse-bench-") as folder:
            stock, ours = make_courses(root, name, Path(folder))
            solved = ours.folder / "_build/nbgrader/source" / name / f"{name}.ipynb"
            cells = cell_seconds(solved)
            say(f"{name}: cells of one submission take {cells:.2f} s in a warm kernel")
            memory.append(_memory(stock, ours, name, sizes[0]))
            for size in sizes:
                row = _compare(stock, ours, name, size, cells)
                rows.append(row)
                say(
                    f"{name}, {size} students: stock {row.stock_seconds:.1f} s, "
                    f"ours {row.our_seconds:.1f} s, {row.ratio:.1f} times faster"
                )
    return {
        "date": date.today().isoformat(),
        "machine": machine(),
        "rows": [asdict(row) for row in rows],
        "memory": [asdict(one) for one in memory],
    }


@dataclass(frozen=True)
class Further:
    """What one more submission costs, from the slope between two sizes of a class.

    Attributes:
        ratio: how many times faster ours is, without the start.
        start: seconds that ours takes before the first one.
        share: part of our processor time that is the submission's own cells.
    """

    ratio: float
    start: float
    share: float


def further(rows: Sequence[Row]) -> Further:
    """Take the start apart from what grows with the class.

    Args:
        rows: of one assignment, at least two, by size of the class.
    """
    first, last = rows[0], rows[-1]
    more = last.students - first.students
    ours = (last.our_seconds - first.our_seconds) / more
    theirs = (last.stock_seconds - first.stock_seconds) / more
    work = (last.our_cpu - first.our_cpu) / more
    return Further(
        ratio=theirs / ours,
        start=first.our_seconds - first.students * ours,
        share=last.cells / last.students / work,
    )


def _compare(stock: Course, ours: Course, name: str, size: int, cells: float) -> Row:
    """Ours runs before and after stock: what the machine does meanwhile meets both."""
    notebooks = list(make_class(ours, name, size))
    ours.hand_in(name, notebooks)
    first = cost_of(ours.command, ours.folder)
    stock.hand_in(name, notebooks)
    theirs = cost_of(stock.command, stock.folder)
    ours.hand_in(name, notebooks)
    second = cost_of(ours.command, ours.folder)
    _same_marks(stock.marks(), ours.marks(), name)
    return Row(
        assignment=name,
        students=size,
        stock_seconds=theirs.seconds,
        stock_cpu=theirs.cpu,
        our_seconds=(first.seconds + second.seconds) / 2,
        our_cpu=(first.cpu + second.cpu) / 2,
        cells=cells * size,
    )


def _memory(stock: Course, ours: Course, name: str, size: int) -> Memory:
    notebooks = list(make_class(ours, name, size))
    used = []
    for course in (stock, ours):
        course.hand_in(name, notebooks)
        used.append(memory_of(course.command, course.folder))
    return Memory(name, size, *used)


def _same_marks(stock: dict[str, float], ours: dict[str, float], name: str) -> None:
    different = sorted(
        student for student in stock | ours if stock.get(student) != ours.get(student)
    )
    if different:
        one = different[0]
        raise CourseError(
            f"bench: {name}: marks of {len(different)} students differ, first {one}: "
            f"stock {stock.get(one)}, ours {ours.get(one)}; find out why before timing."
        )


def machine() -> dict[str, str]:
    """Describe this machine and the versions that were measured."""
    libraries = ("torch", "nbgrader", "ipykernel", "nbclient")
    return {
        "system": f"{platform.system()} {platform.machine()}",
        "cores": str(len(os.sched_getaffinity(0))),
        "memory": f"{psutil.virtual_memory().total / 2**30:.0f} GiB",
        "Python": platform.python_version(),
        **{library: version(library) for library in libraries},
    }
