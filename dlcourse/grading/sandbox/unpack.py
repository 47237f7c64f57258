"""Putting a submission's files into the work folder."""

from __future__ import annotations

import os
import shutil
import tarfile
from pathlib import Path, PurePosixPath

MOST_FILES = 10_000


class ArchiveError(Exception):
    """The archive holds something else than plain files within the folder."""


def unpack(archive: int, folder: Path) -> None:
    """Write the regular files of a tar archive into an empty folder.

    Args:
        archive: descriptor to read it from; it is closed.
        folder: where to.

    Raises:
        ArchiveError: if it is no tar archive, or holds links, devices, absolute names,
            names with ``..``, one name twice, or too many files.
        OSError: if a file cannot be written, for example for lack of space.
    """
    try:
        with (
            os.fdopen(archive, "rb") as stream,
            tarfile.open(fileobj=stream, mode="r|") as members,
        ):
            for count, member in enumerate(members):
                if count >= MOST_FILES:
                    raise ArchiveError(f"archive holds more than {MOST_FILES} files")
                _write(members, member, folder)
    except (tarfile.TarError, EOFError) as error:
        raise ArchiveError(f"archive cannot be read: {error}") from error


def _write(members: tarfile.TarFile, member: tarfile.TarInfo, folder: Path) -> None:
    name = PurePosixPath(member.name)
    if name.is_absolute() or ".." in name.parts or not name.parts:
        raise ArchiveError(f"archive holds a file outside its folder: {name}")
    source = members.extractfile(member) if member.isreg() else None
    if source is None:
        raise ArchiveError(f"archive holds something else than a file: {name}")
    target = folder / name
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        with source, target.open("xb") as copy:
            shutil.copyfileobj(source, copy)
    except FileExistsError as error:
        raise ArchiveError(f"archive holds a name twice: {name}") from error
