"""Files that we fetch: where they come from, where they lie, whether they are whole."""

from __future__ import annotations

import hashlib
import shutil
import time
from dataclasses import dataclass
from pathlib import Path

from dlcourse.data import settings
from dlcourse.data.errors import DataUnavailable
from dlcourse.data.fetch import PART, FetchError, Patience, fetch

# How the name of a folder begins in which an archive is unpacked.
ASIDE = ".dlcourse-extract-"
_OLD_SECONDS = 3600


@dataclass(frozen=True)
class Archive:
    """One file to fetch: its addresses, its place below the root and its checksum."""

    urls: tuple[str, ...]
    place: Path
    md5: str


def ensure(name: str, root: Path, archive: Archive, patience: Patience) -> None:
    """Have a file in its place, whole.

    Args:
        name: what people call the set that it belongs to.
        root: the folder for downloaded files; it need not exist.
        archive: the file.
        patience: how long servers may make us wait.

    Raises:
        DataUnavailable: if it is not there and cannot be fetched.
        OSError: if it cannot be read or written.
    """
    _sweep(root, archive.place)
    target = root / archive.place
    if is_whole(target, archive.md5):
        return
    damaged = f" ({target} is damaged)" if target.exists() else ""
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        fetch(archive.urls, target, archive.md5, patience)
    except FetchError as error:
        raise DataUnavailable(
            f"{name} cannot be fetched{damaged}: {error}",
            "check the connection and try again, "
            f"or set {settings.MODE}=auto to go on with a stand-in",
        ) from error


def is_whole(path: Path, md5: str) -> bool:
    """Tell whether a file is there and has this checksum."""
    if not path.is_file():
        return False
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, lambda: hashlib.md5(usedforsecurity=False))
    return digest.hexdigest() == md5


def unusable(name: str, error: OSError) -> DataUnavailable:
    """Say that a set's files cannot be read or written, and what to do about it."""
    why = error.strerror or str(error)
    where = f": {error.filename}" if error.filename else ""
    return DataUnavailable(
        f"{name} cannot be read or written ({why}{where})",
        f"set {settings.FOLDER} to a folder that can be written, "
        f"or {settings.MODE}=auto to go on with a stand-in",
    )


def _sweep(root: Path, place: Path) -> None:
    """Remove what a process that was killed left behind an hour ago or more."""
    parts = (root / place.parent).glob(f".{place.name}.*{PART}")
    for path in (*parts, *root.glob(f"{ASIDE}*")):
        try:
            if path.stat().st_mtime > time.time() - _OLD_SECONDS:
                continue
        except FileNotFoundError:
            continue
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)
