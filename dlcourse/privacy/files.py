"""Which files below ``class/`` and in the exchange are a student's, or name one."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from dlcourse.lms.tables import write_whole
from dlcourse.privacy.edits import EDITS, is_theirs, mentions
from dlcourse.privacy.person import ROSTER, Person
from dlcourse.report.source import file_of_student

_MANY = {"entry": "entries"}


@dataclass(frozen=True)
class Deed:
    """What has to be done to one file or folder.

    Attributes:
        path: of it.
        what: in words, what of it is the student's.
        new: what the file holds afterwards; None if it goes.
        knows: whether it tells who the student is: then it is done last, so that a
            run that was stopped can be repeated.
    """

    path: Path
    what: str
    new: bytes | None = None
    knows: bool = False

    def do(self) -> None:
        """Do it.

        Raises:
            OSError: if the file or folder cannot be changed.
        """
        if self.new is not None:
            write_whole(self.path, self.new)
        elif self.path.is_dir() and not self.path.is_symlink():
            shutil.rmtree(self.path)
        else:
            self.path.unlink(missing_ok=True)


def find_deeds(root: Path, person: Person, skip: Path) -> tuple[list[Deed], list[Path]]:
    """Look at every file below ``class/``.

    Args:
        root: the course's root folder.
        person: the student.
        skip: the gradebook, which is no file to edit.

    Returns:
        What to do, and the files that name the student and belong to somebody else.
    """
    deeds: list[Deed] = []
    left: list[Path] = []
    pages = root / "class" / "reports"
    own_page = file_of_student(root, person.student)
    for path in _walk(root / "class", person):
        if path.is_dir() or path == own_page or is_theirs(path.name, person):
            deeds.append(Deed(path, _size(path)))
        elif path != skip:
            raw = path.read_bytes()
            deed = _edit(root, path, raw, person)
            if deed:
                deeds.append(deed)
                raw = deed.new or b""
            if mentions(path.name, raw, person):
                if path.is_relative_to(pages):
                    what = "names them; `dlcourse report` makes it anew"
                    deeds.append(Deed(path, what))
                else:
                    left.append(path)
    return sorted(deeds, key=lambda one: one.knows), left


def _edit(root: Path, path: Path, raw: bytes, person: Person) -> Deed | None:
    edit, what = EDITS.get(path.suffix, (None, ""))
    collected = root / "class" / "collected"
    if path.suffix == ".json" and not (
        path.name == "record.json" and path.parent.parent == collected
    ):
        return None
    found = edit(raw, person) if edit else None
    if not found or not found[1]:
        return None
    new, count = found
    many = what if count == 1 else _MANY.get(what, f"{what}s")
    knows = path.suffix == ".json" or path == root / ROSTER
    return Deed(path, f"{count} {many}", new, knows)


def _walk(folder: Path, person: Person) -> Iterator[Path]:
    """List files, and of a student's own folders the topmost."""
    for parent, folders, files in os.walk(folder):
        for name in sorted(folders):
            path = Path(parent, name)
            if _holds_people(path.relative_to(folder).parts) and is_theirs(
                name, person
            ):
                folders.remove(name)
                yield path
            elif path.is_symlink():
                folders.remove(name)
        folders.sort()
        yield from (
            path
            for name in sorted(files)
            if (path := Path(parent, name)).is_file() and not path.is_symlink()
        )


def _holds_people(parts: Sequence[str]) -> bool:
    """Tell whether a folder's name may be a student's: not ours, not an assignment."""
    assignment = parts[0] in ("autograde", "solution", "collected", "downloaded")
    return len(parts) > 1 + assignment


def _size(path: Path) -> str:
    if not path.is_dir():
        return "the file"
    count = sum(len(files) for _, _, files in os.walk(path))
    return f"the folder, {count} file{'s' * (count != 1)}"
