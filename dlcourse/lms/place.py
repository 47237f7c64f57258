"""Putting works where nbgrader expects them; what they replace is kept."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from dlcourse.errors import CourseError
from dlcourse.lms.choose import digest


def place(
    target: Path, files: Mapping[str, bytes], time: datetime | None, aside: Path
) -> str:
    """Make a submission's folder hold a work.

    What was there before is copied to ``aside`` first; then the folder is exchanged.

    Args:
        target: the submission's folder.
        files: the work, by path.
        time: when it was handed in, if that is known.
        aside: for what was replaced; it need not exist.

    Returns:
        ``new``, ``replaced`` or ``unchanged``.

    Raises:
        CourseError: if the folder cannot be written; then it is as it was.
    """
    draft, old = (target.with_name(f".{target.name}.{one}") for one in ("new", "old"))
    try:
        before = read_folder(target)
        if before and digest(before) == digest(files):
            stamp(target, time)
            return "unchanged"
        shutil.rmtree(draft, ignore_errors=True)
        for path, raw in files.items():
            (draft / path).parent.mkdir(parents=True, exist_ok=True)
            (draft / path).write_bytes(raw)
        draft.mkdir(parents=True, exist_ok=True)
        stamp(draft, time)
        if before:
            keep(aside, before)
        shutil.rmtree(old, ignore_errors=True)
        if target.exists():
            target.replace(old)
        draft.replace(target)
        shutil.rmtree(old, ignore_errors=True)
    except OSError as error:
        raise CourseError(
            f"{target} cannot be written ({error.strerror}); see that there is room, "
            "that the folder is yours, then run the same command again."
        ) from error
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return "replaced" if before else "new"


def keep(aside: Path, files: Mapping[str, bytes]) -> None:
    """Keep earlier work, once, however often it comes.

    Args:
        aside: the folder of a student's earlier works.
        files: by path.
    """
    home = aside / digest(files)
    if home.exists():
        return
    draft = home.with_name(f".{home.name}.new")
    shutil.rmtree(draft, ignore_errors=True)
    for path, raw in files.items():
        (draft / path).parent.mkdir(parents=True, exist_ok=True)
        (draft / path).write_bytes(raw)
    draft.replace(home)


def read_folder(folder: Path) -> dict[str, bytes]:
    """Read the files of a folder, which may be missing; links are left out."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.is_symlink()
    }


def stamp(folder: Path, time: datetime | None) -> None:
    """Write the time as nbgrader's exchange does; one that is there stays."""
    file = folder / "timestamp.txt"
    if time is not None and not file.exists():
        file.write_text(time.strftime("%Y-%m-%d %H:%M:%S.%f UTC"), encoding="utf-8")
