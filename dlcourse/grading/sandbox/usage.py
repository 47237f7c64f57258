"""What all processes of a sandbox use together; read by the sandbox's first process."""

from __future__ import annotations

import contextlib
import re
from dataclasses import dataclass
from pathlib import Path

_PROC = Path("/proc")
# What one may hold unread, and no limit of a process counts; longer queues are refused.
_SOCKET = 256 * 2**10


@dataclass(frozen=True)
class Usage:
    """Memory in bytes, and the threads that want a processor right now, by number.

    ``memory`` counts a page that processes share once for each of them.
    """

    memory: int
    running: list[int]


def look(inherited: int) -> Usage:
    """Sum up all processes but the first.

    Args:
        inherited: bytes of memory that each process has from the warm parent; they cost
            nothing and are not counted.
    """
    memory, running = _sockets(), []
    for process in _others():
        memory += _estimate(process, inherited)
        running += _running(process)
    return Usage(memory, running)


def exact_memory(inherited: int) -> int:
    """Sum up memory in bytes, each shared page once; slower than ``look``."""
    total = _sockets()
    for process in _others():
        try:
            text = _read(process / "smaps_rollup")
        except PermissionError:  # its owner hides it
            total += _estimate(process, inherited)
        else:
            total += _size(text, "Pss_Anon") + _size(text, "SwapPss")
            total += _size(_read(process / "status"), "VmPTE")
    return total


def of_this_process(field: str) -> int:
    """Give a size from this process's status, in bytes."""
    return _size(_read(_PROC / "self/status"), field)


def _others() -> list[Path]:
    return [
        process
        for process in _PROC.iterdir()
        if process.name.isdigit() and process.name != "1"
    ]


def _estimate(process: Path, inherited: int) -> int:
    text = _read(process / "status")
    own = max(0, _size(text, "RssAnon") + _size(text, "VmSwap") - inherited)
    # Tables of pages, too: looking at much empty memory fills them alone.
    return own + _size(text, "VmPTE")


def _sockets() -> int:
    used = re.search(r"^sockets: used (\d+)$", _read(_PROC / "net/sockstat"), re.M)
    return int(used[1]) * _SOCKET if used else 0


def _running(process: Path) -> list[int]:
    found = []
    with contextlib.suppress(FileNotFoundError, ProcessLookupError):
        for task in (process / "task").iterdir():
            # The name, in brackets, may hold anything.
            if _read(task / "stat").rpartition(") ")[2].startswith("R"):
                found.append(int(task.name))
    return found


def _read(file: Path) -> str:
    """Read a file of a process; nothing if the process is gone."""
    try:
        return file.read_text(errors="replace")
    except (FileNotFoundError, ProcessLookupError):
        return ""


def _size(text: str, field: str) -> int:
    """Find a size in bytes; 0 if there is none, as of a dead process not yet buried."""
    found = re.search(rf"^{field}:\s+(\d+) kB$", text, re.M)
    return int(found[1]) * 1024 if found else 0
