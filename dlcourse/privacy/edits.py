"""Files that hold several students: the same files without one of them."""

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata
from collections.abc import Callable, Mapping
from zipfile import BadZipFile, ZipFile

from dlcourse.lms.names import read_label
from dlcourse.privacy.person import Person

# One entry of a log; its further lines, a traceback say, belong to it.
_ENTRY = re.compile(r"^(?=\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)", re.MULTILINE)
_ID = "student"  # in the record of collecting

Edit = Callable[[bytes, Person], tuple[bytes, int] | None]


def without_rows(raw: bytes, person: Person) -> tuple[bytes, int] | None:
    """Take a student's rows out of a table; all others stay byte for byte."""
    text = raw.decode("utf-8", errors="surrogateescape")
    delimiter = max(",;\t", key=text.lstrip("\ufeff").partition("\n")[0].count)
    kept, gone, begin = [], 0, 0
    lines = text.splitlines(keepends=True)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        for row in reader:
            whole = "".join(lines[begin : reader.line_num])
            begin = reader.line_num
            if any(map(person.is_called, row)):
                gone += 1
            else:
                kept.append(whole)
    except csv.Error:
        return None
    return "".join(kept).encode("utf-8", errors="surrogateescape"), gone


def without_entries(raw: bytes, person: Person) -> tuple[bytes, int] | None:
    """Take the entries that name a student out of a log."""
    text = raw.decode("utf-8", errors="surrogateescape")
    entries = _ENTRY.split(text)
    kept = [one for one in entries if not person.is_in(one)]
    new = "".join(kept).encode("utf-8", errors="surrogateescape")
    return new, len(entries) - len(kept)


def without_taken(raw: bytes, person: Person) -> tuple[bytes, int] | None:
    """Take a student out of the record of what was collected."""
    data = json.loads(raw)
    kept = [one for one in data["taken"] if one[_ID] != person.student]
    gone = len(data["taken"]) - len(kept)
    text = json.dumps({**data, "taken": kept}, indent=1, ensure_ascii=False) + "\n"
    return text.encode(), gone


def without_files(raw: bytes, person: Person) -> tuple[bytes, int] | None:
    """Take a student's files out of a zip."""
    out = io.BytesIO()
    gone = 0
    try:
        with ZipFile(io.BytesIO(raw)) as old, ZipFile(out, "w") as new:
            for info in old.infolist():
                if is_theirs(info.filename, person):
                    gone += 1
                else:
                    new.writestr(info, old.read(info), info.compress_type)
    except (BadZipFile, RuntimeError, NotImplementedError, EOFError):
        return None  # encrypted, or damaged: nobody can tell
    return out.getvalue(), gone


def is_theirs(path: str, person: Person) -> bool:
    """Tell whether a path, of a file in a zip say, is a student's by its name."""
    parts = tuple(part for part in path.replace("\\", "/").split("/") if part)
    mine = unicodedata.normalize("NFC", person.student)
    names = [unicodedata.normalize("NFC", part) for part in parts]
    # nbgrader's exchange: ID+ASSIGNMENT+TIME+SECRET
    if any(mine in (name, name.partition("+")[0]) for name in names):
        return True
    # A folder alone is read as if there were a file in it.
    label = read_label((*parts, "file")) or read_label(parts)
    return label is not None and person.owns(label)


def mentions(name: str, raw: bytes, person: Person) -> bool:
    """Tell whether a file names a student, also within a zip."""
    if name.endswith(".zip"):
        try:
            with ZipFile(io.BytesIO(raw)) as archive:
                return any(
                    person.is_in(one.filename)
                    or mentions(one.filename, archive.read(one), person)
                    for one in archive.infolist()
                )
        except (BadZipFile, RuntimeError, NotImplementedError, EOFError):
            return False
    if b"\0" in raw[:4096] and not name.endswith(".csv"):
        return person.student.encode() in raw and person.is_in(_text(raw))
    return person.is_in(_text(raw))


def _text(raw: bytes) -> str:
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16", errors="replace")
    return raw.decode("utf-8", errors="replace")


EDITS: Mapping[str, tuple[Edit, str]] = {
    ".csv": (without_rows, "row"),
    ".log": (without_entries, "entry"),
    ".json": (without_taken, "student"),
    ".zip": (without_files, "file"),
}
