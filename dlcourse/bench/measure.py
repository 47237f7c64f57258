"""Time, processor time and memory of a command with all that it starts."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path

import psutil

from dlcourse.errors import CourseError

_PSS = re.compile(r"^Pss:\s+(\d+) kB$", re.MULTILINE)
_EVERY = 0.5  # seconds between two looks at the memory


@dataclass(frozen=True)
class Cost:
    """What a command took: seconds, processor seconds."""

    seconds: float
    cpu: float
    output: str


def program(name: str) -> str:
    """Find a program of the environment that runs this."""
    return str(Path(sys.executable).parent / name)


def run(command: list[str], folder: Path) -> str:
    """Run a command that must succeed.

    Args:
        command: program and arguments.
        folder: where it runs.

    Returns:
        What it printed.

    Raises:
        CourseError: if it fails, with its last line.
    """
    with started(command, folder) as process:
        output = process.communicate()[0]
    check(command, process.returncode, output)
    return output


def cost_of(command: list[str], folder: Path) -> Cost:
    """Run a command and measure it.

    Args:
        command: program and arguments.
        folder: where it runs.

    Returns:
        Its cost. The processor time is that of the whole machine meanwhile: what a
        sandbox used, whose processes were killed all together, is told to nobody.

    Raises:
        CourseError: if it fails, with its last line.
    """
    before, begin = busy(), time.perf_counter()
    with started(command, folder) as process:
        output = process.communicate()[0]
        seconds, cpu = time.perf_counter() - begin, busy() - before
    check(command, process.returncode, output)
    return Cost(seconds, cpu, output)


def memory_of(command: list[str], folder: Path) -> int:
    """Run a command and look at its memory meanwhile.

    To look takes time, the more of it the more processes there are, so what is timed
    is run without.

    Args:
        command: program and arguments.
        folder: where it runs.

    Returns:
        Bytes: the largest sum of proportional set sizes over all processes. Pages that
        processes share count once.

    Raises:
        CourseError: if it fails, with its last line.
    """
    with started(command, folder) as process:
        sampler = _Sampler(process.pid)
        sampler.start()
        output = process.communicate()[0]
        sampler.stop()
    check(command, process.returncode, output)
    return sampler.peak


def started(command: list[str], folder: Path) -> subprocess.Popen[str]:
    """Start a command whose output is read here."""
    return subprocess.Popen(
        command,
        cwd=folder,
        env=_environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def check(command: list[str], status: int, output: str) -> None:
    """Raise ``CourseError``, with the last line, if a command failed."""
    if status:
        last = (output.strip().splitlines() or [""])[-1]
        raise CourseError(f"bench: {' '.join(command)} failed: {last}")


def busy() -> float:
    """Seconds that all processors together have worked since the machine started."""
    times = psutil.cpu_times()._asdict()
    # A guest's time is in the user's already.
    resting = ("idle", "iowait", "steal", "guest", "guest_nice")
    return float(sum(spent for name, spent in times.items() if name not in resting))


def busy_cores(seconds: float = 3.0) -> float:
    """Look how many processors others keep busy, while nothing of ours runs."""
    before, begin = busy(), time.perf_counter()
    time.sleep(seconds)
    return (busy() - before) / (time.perf_counter() - begin)


def _environment() -> dict[str, str]:
    """Give both sides the same surroundings: their own numbers of threads, no net."""
    kept = {k: v for k, v in os.environ.items() if not k.endswith("_NUM_THREADS")}
    # nbgrader calls alembic by its name, as in an activated environment.
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}"
    return {**kept, "PATH": path, "DLCOURSE_DATA": "offline"}


class _Sampler(threading.Thread):
    """Looks at the memory of a process tree until stopped."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.peak = 0
        self._root = psutil.Process(pid)
        self._over = threading.Event()

    def run(self) -> None:
        while not self._over.wait(_EVERY):
            self.peak = max(self.peak, self._sum())

    def stop(self) -> None:
        self._over.set()
        self.join()

    def _sum(self) -> int:
        return sum(shares(self._root).values())


def family(root: psutil.Process) -> list[psutil.Process]:
    """List a process and all that it started, nothing if it ended."""
    try:
        return [root, *root.children(recursive=True)]
    except psutil.Error:
        return []


def shares(root: psutil.Process) -> dict[int, int]:
    """Look at the memory of a process and of all that it started.

    Returns:
        Bytes of each process by its id. Pages that processes share count once, in
        equal parts.
    """
    found: dict[int, int] = {}
    for process in family(root):
        # Not psutil's sum: it reads a line for each mapping, thousands of them, and
        # so takes time from what is measured.
        try:
            text = Path(f"/proc/{process.pid}/smaps_rollup").read_text()
        except OSError:
            continue  # it ended, or hides its memory from others
        if share := _PSS.search(text):
            found[process.pid] = int(share[1]) * 1024
    return found
