"""One batch at a time on a course."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from dlcourse.errors import CourseError

NAME = Path("class") / ".grade.lock"


@contextmanager
def only_batch(root: Path) -> Iterator[None]:
    """Hold the course's lock, which the system drops when this process ends, however.

    Args:
        root: the course's root folder.

    Raises:
        CourseError: if another process holds it; the sentence says which.
    """
    path = root / NAME
    try:
        path.parent.mkdir(mode=0o700, exist_ok=True)
        file = os.open(
            path, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o600
        )
    except OSError as error:
        raise CourseError(
            f"{path} cannot be written ({error.strerror}); grade under the account "
            "that the course belongs to."
        ) from error
    try:
        _lock(file)
        os.ftruncate(file, 0)
        os.pwrite(file, f"process {os.getpid()} on {_host()}".encode(), 0)
        yield
    finally:
        os.close(file)


def _lock(file: int) -> None:
    if sys.platform == "win32":
        return  # nothing like it there that ends with its process
    import fcntl

    try:
        fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        holder = os.pread(file, 200, 0).decode(errors="replace") or "another process"
        raise CourseError(
            f"dlcourse grade is running on this course already ({holder}): wait until "
            "it has finished, or stop it there by Ctrl-C."
        ) from error


def _host() -> str:
    return os.uname().nodename if sys.platform != "win32" else "this machine"
