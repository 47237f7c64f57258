"""Which of the files of a work is the notebook, and where the others go."""

from __future__ import annotations

import hashlib
import io
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from dlcourse.errors import CourseError
from dlcourse.grading.collect import MOST_FILES, MOST_TOGETHER
from dlcourse.grading.match import match_notebook
from dlcourse.grading.result import printable
from dlcourse.lms.archive import Entry, RefusedError, opened
from dlcourse.lms.gather import Work
from dlcourse.lms.names import CANVAS

_AGAIN = re.compile(r"-\d+(?=\.[^.]*$)")  # Canvas' mark of a file uploaded again


@dataclass
class Chosen:
    """What is taken of a work.

    Attributes:
        files: by path from the submission's folder; the notebook has its right name.
        earlier: notebooks that were uploaded before the one that counts.
        remarks: sentences on what was not taken.
        notes: sentences on what was done.
    """

    files: dict[str, bytes] = field(default_factory=dict)
    earlier: dict[str, bytes] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def digest(self) -> str:
        """Tells works apart by what is in them."""
        return digest(self.files)


@dataclass(frozen=True)
class _File:
    path: str
    raw: bytes
    upload: int

    @property
    def notebook(self) -> bool:
        return self.path.lower().endswith(".ipynb")

    @property
    def name(self) -> str:
        return PurePosixPath(self.path).name


def digest(files: Mapping[str, bytes]) -> str:
    """Give one digest of files, without what nbgrader writes beside them."""
    total = hashlib.sha256()
    for path in sorted(files):
        if path != "timestamp.txt":
            total.update(hashlib.sha256(path.encode()).digest())
            total.update(hashlib.sha256(files[path]).digest())
    return total.hexdigest()[:16]


def choose(work: Work, name: str, labels: Callable[[], set[str]]) -> Chosen:
    """Read a work and find its notebook.

    That is the one of the right name, or of a copy's; else the only one; else the one
    with most cells of the release. Of several uploads the last counts.

    Args:
        work: of one person.
        name: of the notebook, without ``.ipynb``.
        labels: gives the grade ids of the release.

    Returns:
        What to take; without files if no notebook was found, which a remark explains.
    """
    made = Chosen()
    files = _read(work, made)
    notebooks = [one for one in files if one.notebook]
    if not notebooks:
        files = _unpacked(files, made)
        notebooks = [one for one in files if one.notebook]
    if not notebooks:
        what = ", ".join(sorted(one.path for one in files)) or "nothing that counts"
        made.remarks.append(
            f"no notebook among the files ({printable(what)}): not used"
        )
        return made
    found = _the_one(notebooks, name, work.label.system, labels, made)
    if found is None:
        names = " and ".join(printable(one.path) for one in notebooks[:4])
        made.remarks.append(
            f"handed in {names}, and none says it is {name}.ipynb: not used; put the "
            "right one into class/submitted yourself"
        )
        return made
    _lay_out(files, found, name, work.label.system, made)
    return made


def grade_ids(release: Path) -> set[str]:
    """Read the grade ids of a released notebook; none if there is no such file."""
    return _ids(release.read_bytes()) if release.is_file() else set()


def _read(work: Work, made: Chosen) -> list[_File]:
    files: list[_File] = []
    size = 0
    for label, entry in work.files:
        path = "/".join(label.path)
        try:
            if len(files) >= MOST_FILES:
                raise RefusedError(f"is one of more than {MOST_FILES} files")
            raw = entry.read()
            if size + len(raw) > MOST_TOGETHER:
                raise RefusedError(
                    f"makes more than {MOST_TOGETHER // 2**20} MB with the others"
                )
        except RefusedError as error:
            made.remarks.append(f"{printable(path)} was not taken: it {error}")
            continue
        size += len(raw)
        files.append(_File(path, raw, label.upload))
    return files


def _unpacked(files: list[_File], made: Chosen) -> list[_File]:
    """Open the only zip of a work without a notebook, but no zip within it."""
    zips = [one for one in files if one.path.lower().endswith(".zip")]
    if len(zips) != 1:
        return files
    (packed,) = zips
    try:
        with opened(io.BytesIO(packed.raw), printable(packed.path)) as entries:
            inner = _read_inner(entries, made)
    except CourseError as error:
        made.remarks.append(str(error).rstrip("."))
        return files
    if any(one.notebook for one in inner):
        made.notes.append(f"{printable(packed.path)} was unpacked")
        return [*(one for one in files if one is not packed), *inner]
    return files


def _read_inner(entries: list[Entry], made: Chosen) -> list[_File]:
    inner: list[_File] = []
    size = 0
    for entry in entries[:MOST_FILES]:
        try:
            raw = entry.read()
            size += len(raw)
            if size > MOST_TOGETHER:
                raise RefusedError("is too large with the others")
            inner.append(_File(entry.name, raw, 0))
        except RefusedError as error:
            made.remarks.append(f"{printable(entry.name)} was not taken: it {error}")
    return inner


def _the_one(
    notebooks: list[_File],
    name: str,
    system: str,
    labels: Callable[[], set[str]],
    made: Chosen,
) -> _File | None:
    named = [one for one in notebooks if _is_named(one.name, name, system)]
    if named:
        # The last upload; then the right name, nearest to the top.
        return max(
            named,
            key=lambda one: (
                one.upload,
                one.name == f"{name}.ipynb",
                -one.path.count("/"),
            ),
        )
    if len(notebooks) == 1:
        made.notes.append(f"{printable(notebooks[0].path)} was taken for {name}.ipynb")
        return notebooks[0]
    wanted = labels()
    points = [(len(wanted & _ids(one.raw)), one.upload) for one in notebooks]
    best = max(points)
    if not best[0] or points.count(best) > 1:
        return None
    found = notebooks[points.index(best)]
    made.notes.append(
        f"{printable(found.path)} was taken for {name}.ipynb: it has its cells"
    )
    return found


def _is_named(file: str, name: str, system: str) -> bool:
    plain = _AGAIN.sub("", file) if system == CANVAS else file
    return any(
        match_notebook([one], name) or one.casefold() == f"{name}.ipynb".casefold()
        for one in {file, plain}
    )


def _lay_out(
    files: list[_File], found: _File, name: str, system: str, made: Chosen
) -> None:
    """Put the notebook at the top, files beside it where it expects them."""
    right = f"{name}.ipynb"
    beside = found.path[: -len(found.name)]
    made.files[right] = found.raw
    taken = {right.casefold(): right}
    for one in files:
        if one is found:
            continue
        if one.notebook and _is_named(one.name, name, system):
            if one.raw != found.raw:
                made.earlier[one.path] = one.raw
            continue
        path = one.path.removeprefix(beside)
        before = _in_the_way(path.casefold(), taken)
        if before is None and path != "timestamp.txt":
            taken[path.casefold()] = path
            made.files[path] = one.raw
        elif before is None or made.files[before] != one.raw:
            made.earlier[one.path] = one.raw
            made.remarks.append(
                f"{printable(one.path)} was kept aside: it has another file's name"
            )


def _in_the_way(path: str, taken: Mapping[str, str]) -> str | None:
    """Find a file of the same name in other letters, or one that must be a folder."""
    for other, file in taken.items():
        longer, shorter = max(path, other, key=len), min(path, other, key=len)
        if path == other or longer.startswith(f"{shorter}/"):
            return file
    return None


def _ids(raw: bytes) -> set[str]:
    """Read the grade ids of a notebook, as far as it is one."""
    try:
        cells = json.loads(raw)["cells"]
        labels = [one["metadata"].get("nbgrader") for one in cells]
        return {str(one["grade_id"]) for one in labels if isinstance(one, dict)}
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return set()
