"""Reading the files of a submission: no links, no devices, nothing without end."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatch
from itertools import islice
from pathlib import Path

from dlcourse.errors import CourseError
from dlcourse.grading.result import printable

MOST_FILES = 500
MOST_BYTES = 20 * 2**20  # of one file
MOST_TOGETHER = 60 * 2**20
DEEPEST = 10
_NAMED = 5  # sentences on files that were not taken; the rest are counted
# Opening must neither follow a link nor wait for the other end of a pipe.
_FLAGS = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)


@dataclass
class Collected:
    """Files by path from the submission's folder, and sentences on what was left."""

    files: dict[str, bytes] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)
    _left: int = 0
    _bytes: int = 0

    def refuse(self, name: str, why: str) -> None:
        """Note that a file was not taken."""
        self._left += 1
        if self._left <= _NAMED:
            self.refused.append(f"{printable(name)} was not taken: it {why}")
        else:
            more = self._left - _NAMED
            self.refused[_NAMED:] = [
                f"{more} more file{'s were' if more > 1 else ' was'} not taken"
            ]

    def take(self, name: str, path: Path) -> None:
        """Read one file if it is one and not too large."""
        try:
            name.encode()
            raw = _read(path, min(MOST_BYTES, MOST_TOGETHER - self._bytes))
        except UnicodeEncodeError:
            self.refuse(name, "has a name that is no text")
        except _RefusedError as error:
            self.refuse(name, str(error))
        except OSError as error:
            self.refuse(name, f"cannot be read ({error.strerror})")
        else:
            self._bytes += len(raw)
            self.files[name] = raw


class _RefusedError(Exception):
    """A file that is not taken; the message says why, as "it …"."""


def read_submission(folder: Path, ignored: Sequence[str]) -> Collected:
    """Read what a student handed in.

    Args:
        folder: the submission's folder.
        ignored: patterns of names that are no part of it.

    Returns:
        The regular files, and sentences on everything else.
    """
    found = Collected()
    if folder.is_symlink():
        found.refuse(folder.name, "is a link")
        return found
    for seen, (name, path) in enumerate(_walk(folder, ignored, "", found)):
        if seen >= MOST_FILES:
            found.refuse(name, f"is one of more than {MOST_FILES} files")
            break
        found.take(name, path)
    return found


def read_provided(folder: Path, ignored: Sequence[str]) -> dict[str, bytes]:
    """Read an assignment's own files, but for its notebooks.

    Args:
        folder: the assignment's source folder; it may be missing.
        ignored: patterns of names that are no part of it.

    Raises:
        CourseError: if one of them cannot be read.
    """
    files: dict[str, bytes] = {}
    for parent, folders, names in os.walk(folder):
        folders[:] = [one for one in folders if not _ignored(one, ignored)]
        for name in sorted(names):
            if _ignored(name, [*ignored, "*.ipynb"]):
                continue
            path = Path(parent, name)
            try:
                files[path.relative_to(folder).as_posix()] = path.read_bytes()
            except OSError as error:
                raise CourseError(
                    f"{path} cannot be read ({error.strerror}); every submission needs "
                    "it: mend it and run the same command again."
                ) from error
    return files


def _walk(
    folder: Path, ignored: Sequence[str], prefix: str, found: Collected
) -> Iterator[tuple[str, Path]]:
    try:
        with os.scandir(folder) as listing:
            some = islice(listing, MOST_FILES * 10)
            entries = sorted(some, key=lambda entry: entry.name)
    except OSError as error:
        found.refuse(prefix or folder.name, f"cannot be read ({error.strerror})")
        return
    for entry in entries:
        name = prefix + entry.name
        if _ignored(entry.name, ignored):
            continue
        if not entry.is_dir(follow_symlinks=False):
            yield name, Path(entry.path)
        elif name.count("/") < DEEPEST:
            yield from _walk(Path(entry.path), ignored, f"{name}/", found)
        else:
            found.refuse(name, "lies too deep")


def _ignored(name: str, patterns: Sequence[str]) -> bool:
    return any(fnmatch(name, pattern) for pattern in patterns)


def _read(path: Path, most: int) -> bytes:
    if path.is_symlink():
        raise _RefusedError("is a link")
    if not stat.S_ISREG(path.lstat().st_mode):
        raise _RefusedError("is no ordinary file")
    file = os.open(path, _FLAGS)
    with os.fdopen(file, "rb") as stream:
        about = os.fstat(file)
        if not stat.S_ISREG(about.st_mode):
            raise _RefusedError("is no ordinary file")
        if about.st_size > most:
            size = f"{about.st_size / 2**20:.1f} MB"
            raise _RefusedError(f"is too large ({size}), alone or with the others")
        return stream.read(most)
