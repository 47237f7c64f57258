"""Which processes there are."""

from __future__ import annotations

import contextlib
import time
from pathlib import Path

from dlcourse.grading.kernels import warm

from .running import PATIENCE

_PROGRAM = b"dlcourse.grading.kernels.parent"


def children(pid: int) -> list[int]:
    """Processes whose parent is this one; the dead that nobody buried count."""
    found = []
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            with contextlib.suppress(OSError):
                fields = (folder / "stat").read_bytes().rpartition(b")")[2].split()
                if int(fields[1]) == pid:
                    found.append(int(folder.name))
    return found


def descendants(pid: int) -> set[int]:
    """Children, their children, and so on."""
    found = set(children(pid))
    for child in list(found):
        found |= descendants(child)
    return found


def gone(pids: set[int]) -> bool:
    """Whether all these processes end within the patience of a test."""
    end = time.monotonic() + PATIENCE
    while any(Path("/proc", str(pid)).exists() for pid in pids):
        if time.monotonic() > end:
            return False
        time.sleep(0.01)
    return True


def forked() -> set[int]:
    """All processes that warm parents of this one have forked, and theirs."""
    found: set[int] = set()
    for parent in warm._parents.values():
        if parent.process.poll() is None:
            found |= descendants(parent.process.pid) - set(_line(parent))
    return found


def parent_pid(sandboxed: bool = False) -> int:
    """The warm parent of ``open_kernel``, below bubblewrap if it is sandboxed."""
    return _line(warm._parents[sandboxed, "0"])[-1]


def _line(parent: warm.WarmParent) -> list[int]:
    """The processes from the one that was started to the one that forks."""
    line = [parent.process.pid]
    while _PROGRAM not in _words(line[-1])[:4]:
        # What a sandbox leaves for a moment becomes bubblewrap's, and is younger.
        line.append(min(children(line[-1])))
    return line


def _words(pid: int) -> list[bytes]:
    return Path("/proc", str(pid), "cmdline").read_bytes().split(b"\0")
