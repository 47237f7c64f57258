"""What tests let worker processes do."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path


def pid() -> str:
    return str(os.getpid())


def rest() -> str:
    """Take long enough that other workers get something to do."""
    time.sleep(0.5)
    return str(os.getpid())


def shout(text: str) -> str:
    return text.upper()


def complain(text: str) -> str:
    raise ValueError(text)


def number() -> int:
    return 5


def perish(text: str = "") -> str:
    os.kill(os.getpid(), signal.SIGKILL)
    return text


def hang(path: str) -> str:
    """Say that one has begun, and never end."""
    if path:
        Path(path).touch()
    time.sleep(10_000)
    return ""


def runs(process: int) -> bool:
    """Tell whether a process runs; a dead one that nobody waited for does not."""
    try:
        stat = Path(f"/proc/{process}/stat").read_text(errors="replace")
    except (FileNotFoundError, ProcessLookupError):
        return False
    return stat.rpartition(")")[2].split()[0] != "Z"


def parent_of(process: int) -> int:
    stat = Path(f"/proc/{process}/stat").read_text(errors="replace")
    return int(stat.rpartition(")")[2].split()[1])


class Artefact:
    """What only unpickling could bring over."""


def artefact() -> Artefact:
    return Artefact()
