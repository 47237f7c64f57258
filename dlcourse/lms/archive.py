"""Reading zips that others made: no escapes, no links, nothing without end."""

from __future__ import annotations

import re
import stat
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO
from zipfile import BadZipFile, ZipFile, ZipInfo

from dlcourse.errors import CourseError

MOST_ENTRIES = 50_000
MOST_BYTES = 20 * 2**20  # of one file: grading takes no larger one
_UTF8 = 0x800  # the flag of a name in UTF-8; others are in code page 437
_ENCRYPTED = 0x1
_DRIVE = re.compile(r"[A-Za-z]:")
# What editors and systems leave behind; nobody wrote it.
_JUNK = {
    "__MACOSX",
    "__pycache__",
    ".ipynb_checkpoints",
    ".git",
    ".DS_Store",
    "Thumbs.db",
    "desktop.ini",
}


class RefusedError(Exception):
    """A file in a zip that is not taken; the message says why, as "it …"."""


@dataclass(frozen=True)
class Entry:
    """One file in a zip.

    Attributes:
        path: where it lies, as parts; never absolute, never with "..".
        time: that the zip gives it.
        refused: why it cannot be taken, as "it …", or "".
    """

    path: tuple[str, ...]
    time: datetime
    refused: str
    _zip: ZipFile
    _info: ZipInfo

    @property
    def name(self) -> str:
        """The whole path as text."""
        return "/".join(self.path)

    def read(self) -> bytes:
        """Unpack the file.

        Raises:
            RefusedError: if it cannot be unpacked, or is larger than it says.
        """
        if self.refused:
            raise RefusedError(self.refused)
        try:
            with self._zip.open(self._info) as stream:
                raw = stream.read(MOST_BYTES + 1)
        except Exception as error:
            # Not only zipfile, but zlib, lzma and bz2 have errors of their own.
            raise RefusedError(f"cannot be unpacked ({error})") from None
        if len(raw) > MOST_BYTES:
            raise RefusedError(_too_large())
        return raw


@contextmanager
def opened(file: Path | IO[bytes], called: str) -> Iterator[list[Entry]]:
    """Open a zip and list its files, those that cannot be taken with the reason.

    Args:
        file: the zip.
        called: what to call it in messages.

    Raises:
        CourseError: if it is no zip, or has more files than any class hands in.
    """
    try:
        archive = ZipFile(file)
    except (OSError, BadZipFile, ValueError, NotImplementedError) as error:
        raise CourseError(
            f"{called} cannot be read as a zip ({error}); download it again and leave "
            "it as it is."
        ) from error
    with archive:
        infos = archive.infolist()
        if len(infos) > MOST_ENTRIES:
            raise CourseError(
                f"{called} holds {len(infos):,} files ({MOST_ENTRIES:,} are possible); "
                "download fewer submissions at a time."
            )
        entries = [_entry(archive, info) for info in infos if not info.is_dir()]
        yield [one for one in entries if not _is_junk(one.path)]


def _entry(archive: ZipFile, info: ZipInfo) -> Entry:
    text = _name(info)
    parts = tuple(part for part in text.split("/") if part not in ("", "."))
    return Entry(parts, _time(info), _why_not(info, text, parts), archive, info)


def _name(info: ZipInfo) -> str:
    """Give the name as its author typed it, in composed characters.

    Many programs write UTF-8 without saying so.
    """
    text = info.orig_filename
    if not info.flag_bits & _UTF8:
        with suppress(UnicodeError):  # then it is code page 437 indeed
            text = text.encode("cp437").decode("utf-8")
    # Old Windows programs separate folders by backslashes.
    return unicodedata.normalize("NFC", text.replace("\\", "/"))


def _why_not(info: ZipInfo, text: str, parts: tuple[str, ...]) -> str:
    kind = stat.S_IFMT(info.external_attr >> 16)
    if text.startswith("/") or ".." in parts or any(map(_DRIVE.match, parts)):
        return "names a place outside its folder"
    if not parts or any(unicodedata.category(one) in ("Cc", "Cs") for one in text):
        return "has a name that is no text"
    if kind and not stat.S_ISREG(kind):
        return "is a link" if stat.S_ISLNK(kind) else "is no ordinary file"
    if info.flag_bits & _ENCRYPTED:
        return "is encrypted"
    if info.file_size > MOST_BYTES:
        return _too_large(info.file_size)
    return ""


def _too_large(size: int = 0) -> str:
    told = f"{size / 2**20:.0f} MB" if size else "more than it says"
    return f"is too large ({told}; {MOST_BYTES // 2**20} MB are possible)"


def _time(info: ZipInfo) -> datetime:
    try:
        return datetime(*info.date_time)
    except ValueError:
        return datetime(1980, 1, 1)


def _is_junk(parts: tuple[str, ...]) -> bool:
    return any(part in _JUNK or part.startswith("._") for part in parts)
