"""A copy of the course that may be public: all but solutions and their tests."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from dlcourse.errors import CourseError
from dlcourse.publish.leaks import Leak, find_leaks, regions

# What stays private: sources, people, and tests, since known mistakes and other right
# answers stand there; with the workflows that run tests.
PRIVATE = (
    "solutions/",
    "class/",
    "tests/",
    ".ci/",
    ".github/workflows/test.yml",
    ".github/workflows/weekly.yml",
)
_LIST = ".mirror"  # in the copy: the files that this module has put there


@dataclass(frozen=True)
class Mirrored:
    """What came of it.

    Attributes:
        folder: the copy.
        files: how many it holds.
        changed: how many of them are new or other than before.
        removed: how many went.
        shown: solutions that chapters show.
    """

    folder: Path
    files: int
    changed: int
    removed: int
    shown: Sequence[Leak]

    def lines(self) -> list[str]:
        """Say it."""
        return [
            *(f"{leak.line()}: fine if it is meant to teach it" for leak in self.shown),
            f"{self.folder}: {self.files} files, {self.changed} changed, "
            f"{self.removed} removed; left out: {', '.join(PRIVATE)}",
        ]


def mirror(root: Path, folder: Path) -> Mirrored:
    """Write the public part of a course, as git tracks it, into a folder.

    What git does not track is not copied, so nothing gets out by accident. The built
    site is looked at, too, since it is published.

    Args:
        root: the course's root folder.
        folder: new, empty, or a copy that was made before; its ``.git`` stays.

    Raises:
        CourseError: if the folder holds something else, or something secret would
            get out; then nothing is written.
    """
    target = folder.resolve()
    before = _before(root, folder, target)
    paths = [path for path in _tracked(root) if not path.startswith(PRIVATE)]
    files = {
        path: (root / path).read_bytes()
        for path in paths
        if (root / path).is_file() and not (root / path).is_symlink()
    }
    site = root / "_build" / "html"
    built = {
        str(path.relative_to(root)): path.read_bytes()
        for path in sorted(site.rglob("*"))
        if path.is_file() and path.suffix in (".html", ".ipynb", ".whl", ".zip")
    }
    secrets = regions(root)
    leaks = find_leaks(files, secrets)
    shown = [leak for leak in leaks if leak.is_meant]
    # A chapter's page and notebooks show what the chapter shows.
    known = {leak.region.text for leak in shown}
    leaks += [
        leak for leak in find_leaks(built, secrets) if leak.region.text not in known
    ]
    if bad := [leak for leak in leaks if not leak.is_meant]:
        raise CourseError(_secret(bad))
    changed = _write(root, target, files)
    gone = sorted(before - set(files))
    for path in gone:
        (target / path).unlink(missing_ok=True)
    (target / _LIST).write_text("".join(f"{one}\n" for one in files), encoding="utf-8")
    return Mirrored(folder, len(files), changed, len(gone), shown)


def _tracked(root: Path) -> list[str]:
    try:
        done = subprocess.run(
            ["git", "ls-files", "-z"], cwd=root, capture_output=True, check=True
        )
    except (OSError, subprocess.CalledProcessError) as error:
        raise CourseError(
            f"{root} is no git repository, or git is not installed: dlcourse mirror "
            "copies the files that git tracks."
        ) from error
    return sorted(os.fsdecode(path) for path in done.stdout.split(b"\0") if path)


def _before(root: Path, folder: Path, target: Path) -> set[str]:
    """List the files of an earlier copy."""
    if target == root or root in target.parents:
        raise CourseError(
            f"{folder} is inside the course; give a folder beside it, such as "
            "../course-public."
        )
    if target.exists() and not target.is_dir():
        raise CourseError(f"{folder} is a file; give a folder.")
    inside = {path.name for path in target.glob("*")} - {".git"}
    if _LIST in inside:
        listed = (target / _LIST).read_text(encoding="utf-8").splitlines()
        # The list is a file that anybody may have edited.
        return {one for one in listed if ".." not in one.split("/") and one[:1] != "/"}
    if inside:
        raise CourseError(
            f"{folder} holds files that dlcourse mirror did not put there; give a new "
            "or empty folder."
        )
    return set()


def _write(root: Path, target: Path, files: dict[str, bytes]) -> int:
    changed = 0
    for path, raw in files.items():
        file = target / path
        if file.is_file() and file.read_bytes() == raw:
            continue
        file.parent.mkdir(parents=True, exist_ok=True)
        draft = file.with_name(f".{file.name}.new")
        draft.write_bytes(raw)
        shutil.copymode(root / path, draft)
        draft.replace(file)
        changed += 1
    return changed


def _secret(leaks: Sequence[Leak]) -> str:
    more = f", and {len(leaks) - 1} more like it" if len(leaks) > 1 else ""
    return (
        f"{leaks[0].line()}{more}; take it out there, or build the site anew if it is "
        "in _build: nothing was written."
    )
