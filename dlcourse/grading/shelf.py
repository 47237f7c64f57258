"""The folder of a graded submission: put in place as a whole, after the commit."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import nbformat


class Shelf:
    """Where one student's graded notebooks stand, and what is made beside it.

    The order in which a submission is recorded lets any process die at any moment:

    1. ``prepare``: the new folder is written beside the old one, under another name;
    2. the marks are committed;
    3. ``show``: the old folder moves aside, the new one takes its place.

    Stopped before 2, nothing has happened. Stopped between 2 and 3, the folder is still
    the old one, so that the submission counts as not graded: it is graded again, with
    the same marks. Stopped within 3, ``recover`` completes it.
    """

    def __init__(self, folder: Path) -> None:
        """Name the folders.

        Args:
            folder: where the graded notebooks go.
        """
        self.folder = folder
        self._new = folder.with_name(f".{folder.name}.new")
        self._old = folder.with_name(f".{folder.name}.old")

    def recover(self) -> None:
        """Complete or undo what a batch that was killed left behind."""
        if self._old.exists() and not self.folder.exists():
            (self._new if self._new.exists() else self._old).rename(self.folder)
        for left in (self._new, self._old):
            if left.exists():
                remove(left)

    def prepare(
        self,
        notebooks: Mapping[str, Mapping[str, Any]],
        files: Mapping[str, bytes],
        permissions: int,
        shared: bool = False,
    ) -> None:
        """Write the new folder beside the old one.

        Args:
            notebooks: executed notebooks as JSON data, by name without ``.ipynb``.
            files: everything else, by path.
            permissions: of the files.
            shared: whether a group may write into the folders.
        """
        if self._new.exists():
            remove(self._new)
        self._new.mkdir(parents=True)
        for path, raw in files.items():
            _write(self._new / path, raw, permissions)
        for name, notebook in notebooks.items():
            raw = notebook_bytes(notebook)
            _write(self._new / f"{name}.ipynb", raw, permissions)
        if shared:
            for folder in [self._new, *self._new.rglob("*/"), self._new.parent]:
                _share(folder)

    def show(self) -> None:
        """Put the new folder into the place of the old one."""
        if self.folder.exists():
            self.folder.rename(self._old)
        self._new.rename(self.folder)
        if self._old.exists():
            remove(self._old)

    def clear(self) -> None:
        """Take the graded folder away."""
        for folder in (self._new, self.folder):
            if folder.exists():
                remove(folder)


def recover_all(pattern: Path) -> None:
    """Complete or undo what a batch that was killed left behind.

    Args:
        pattern: the graded folder of the student ``*``.
    """
    above, name = pattern.parent.parent, pattern.name
    for kind in ("new", "old"):
        for left in above.glob(f"*/.{name}.{kind}"):
            Shelf(left.with_name(name)).recover()


def remove(folder: Path) -> None:
    """Remove a folder, also one whose files are read-only."""
    shutil.rmtree(folder)


def notebook_bytes(notebook: Mapping[str, Any]) -> bytes:
    """Write a notebook as nbgrader writes it."""
    text: str = nbformat.v4.writes(nbformat.from_dict(notebook))
    return f"{text.rstrip()}\n".encode(errors="replace")


def _write(path: Path, raw: bytes, permissions: int) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(raw)
    path.chmod(permissions)


def _share(folder: Path) -> None:
    mode = folder.stat().st_mode & 0o7777
    if mode & 0o2770 != 0o2770:
        folder.chmod(mode | 0o2770)
