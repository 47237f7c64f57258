"""Watching one run of ``dlcourse grade``: when each mark came, and what it took."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from dlcourse.bench.measure import busy, check, family, shares, started
from dlcourse.errors import CourseError

_LINE = re.compile(r"\[(\d+)/(\d+)\] (\S+) ([\d.]+)/[\d.]+(.*)")
_FIRST_LOOK = 1.0  # seconds; later looks are further apart, since each takes time
_PARENT = "dlcourse.grading.kernels.parent"


@dataclass
class Watched:
    """What a run took.

    Attributes:
        seconds: from start to end.
        cpu: seconds that all processors of the machine worked meanwhile.
        came: when each submission was marked, in seconds from the start.
        marks: of each student.
        failed: students who could not be graded.
        memory: most bytes that all processes held together.
        parents: of those, what the warm parents held.
        writer: processor seconds of the process that reads submissions and writes
            marks, from the first mark to the last.
    """

    seconds: float = 0.0
    cpu: float = 0.0
    came: list[float] = field(default_factory=list)
    marks: dict[str, float] = field(default_factory=dict)
    failed: list[str] = field(default_factory=list)
    memory: int = 0
    parents: int = 0
    writer: float = 0.0


def watch(command: list[str], folder: Path, told: Callable[[int], None]) -> Watched:
    """Run a command that grades, and watch it.

    Args:
        command: program and arguments.
        folder: the course.
        told: hears how many submissions are done, at each of them.

    Raises:
        CourseError: if it fails, with its last line.
    """
    seen, said = Watched(), []
    before, begin = busy(), time.perf_counter()
    with started(command, folder) as process:
        looks = _Looks(process.pid, seen)
        looks.start()
        main = psutil.Process(process.pid)
        first = 0.0
        try:
            for line in process.stdout or ():
                said.append(line)
                if found := _LINE.match(line):
                    number, total, student, marks, rest = found.groups()
                    seen.came.append(time.perf_counter() - begin)
                    seen.marks[student] = float(marks)
                    if "could not be graded" in rest:
                        seen.failed.append(student)
                    if number == "1":
                        first = _worked(main)
                    elif number == total:
                        seen.writer = _worked(main) - first
                    told(int(number))
            status = process.wait()
        except BaseException:
            process.terminate()  # as Ctrl-C does it
            raise
        finally:
            looks.stop()
        seen.seconds = time.perf_counter() - begin
        seen.cpu = busy() - before
    if status != 1 or not seen.failed:
        check(command, status, "".join(said))
    return seen


def _worked(process: psutil.Process) -> float:
    """Processor seconds of a process, without its children."""
    try:
        times = process.cpu_times()
    except psutil.Error as error:
        raise CourseError("bench: grading ended too early to be watched.") from error
    return float(times.user + times.system)


class _Looks(threading.Thread):
    """Looks at the memory of a process tree, ever more rarely, until stopped."""

    def __init__(self, pid: int, seen: Watched) -> None:
        super().__init__(daemon=True)
        self._root = psutil.Process(pid)
        self._seen = seen
        self._over = threading.Event()

    def run(self) -> None:
        begin = time.monotonic()
        pause = _FIRST_LOOK
        while not self._over.wait(pause):
            # Parents first: at the start they grow while one looks.
            parents = sum(map(_held, _parents(family(self._root))))
            memory = sum(shares(self._root).values())
            if memory > self._seen.memory:
                # Libraries that programs outside the tree use too count whole for the
                # parents, and in part for the sum.
                self._seen.memory, self._seen.parents = memory, min(parents, memory)
            pause = max(_FIRST_LOOK, (time.monotonic() - begin) / 20)

    def stop(self) -> None:
        self._over.set()
        self.join()


def _parents(processes: Sequence[psutil.Process]) -> list[psutil.Process]:
    """Find the processes that kernels are forked from, which look like kernels."""
    alike: dict[int, psutil.Process] = {}
    for one in processes:
        try:
            if one.name() != "bwrap" and any(_PARENT in word for word in one.cmdline()):
                alike[one.pid] = one
        except psutil.Error:
            continue
    return [one for one in alike.values() if not _descends(one, alike)]


def _descends(one: psutil.Process, alike: dict[int, psutil.Process]) -> bool:
    try:
        return any(older.pid in alike for older in one.parents())
    except psutil.Error:
        return True


def _held(process: psutil.Process) -> int:
    """Bytes in memory, shared with children or not."""
    try:
        return int(process.memory_info().rss)
    except psutil.Error:
        return 0
