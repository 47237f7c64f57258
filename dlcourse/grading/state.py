"""What a submission's folders say: was it graded, and is it the same work?"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from nbgrader.utils import parse_utc

from dlcourse.grading.match import match_notebook

# nbgrader's exchange puts these next to the notebooks: a later submission of the same
# file has other stamps, and its feedback must be found under the new secret.
STAMPS = ("timestamp.txt", "submission_secret.txt")


@dataclass(frozen=True)
class State:
    """A submission compared with what was graded of it.

    ``work`` and ``work_before`` are digests of the notebooks as handed in ("" for one
    that is missing), None where nothing, or nothing by this grader, was graded;
    ``files`` and ``files_before`` of everything else that was handed in.
    """

    work: Sequence[str]
    work_before: Sequence[str | None]
    stamps: Sequence[str]
    stamps_before: Sequence[str]
    time: datetime | None
    time_before: datetime | None
    known: bool = True  # whether the gradebook has marks for it
    files: str = ""
    files_before: str | None = None
    events: Sequence[str] = ()
    flags: Sequence[str] = ()

    @property
    def nothing_new(self) -> bool:
        """Whether exactly this submission was graded already."""
        same_stamps = list(self.stamps) == list(self.stamps_before)
        return self.known and same_stamps and self._same_work

    @property
    def new_work(self) -> bool:
        """Whether marks in the gradebook would belong to other work.

        Where it is not known what was graded, the times of handing in decide.
        """
        if None in self.work_before:
            return self.time != self.time_before
        return not self._same_work

    @property
    def _same_work(self) -> bool:
        same_files = self.files_before in (None, self.files)
        return same_files and list(self.work) == list(self.work_before)


@dataclass(frozen=True)
class Recorded:
    """What the gradebook knows of a submission.

    Attributes:
        time: when it was handed in.
        marked: whether there are marks for every test.
    """

    time: datetime | None
    marked: bool = True


def look(
    files: Mapping[str, bytes],
    graded: Path,
    names: Sequence[str],
    recorded: Recorded | None,
) -> State:
    """Compare a submission with what was graded of it.

    Args:
        files: what was handed in, by path.
        graded: the folder of the graded notebooks.
        names: of the assignment's notebooks.
        recorded: what the gradebook knows; None if nothing.
    """
    notes = [_note(graded / f"{name}.ipynb") for name in names]
    events = [event for note in notes for event in note.get("events", [])]
    flags = [flag for note in notes for flag in note.get("flags", [])]
    return State(
        work=[work_digest(files, name) for name in names],
        work_before=[note.get("sha256") for note in notes],
        stamps=[_text(files.get(stamp, b"")) for stamp in STAMPS],
        stamps_before=[_text(_bytes(graded / stamp)) for stamp in STAMPS],
        time=time_of(files),
        time_before=recorded.time if recorded else None,
        known=recorded is not None and recorded.marked,
        files=files_digest(files),
        files_before=notes[0].get("files") if notes else None,
        events=events,
        flags=flags,
    )


def work_digest(files: Mapping[str, bytes], name: str) -> str:
    """Give the digest of a notebook as handed in, "" if it is missing."""
    found = match_notebook(files, name)
    return hashlib.sha256(files[found]).hexdigest() if found else ""


def files_digest(files: Mapping[str, bytes]) -> str:
    """Give one digest of all that was handed in besides notebooks."""
    total = hashlib.sha256()
    for path in sorted(files):
        if not path.endswith(".ipynb") and path not in STAMPS:
            total.update(hashlib.sha256(path.encode()).digest())
            total.update(hashlib.sha256(files[path]).digest())
    return total.hexdigest()


def time_of(files: Mapping[str, bytes]) -> datetime | None:
    """Say when the work was handed in, as nbgrader noted when collecting it."""
    text = _text(files.get("timestamp.txt", b"")).strip()
    try:
        return parse_utc(text) if text else None
    except (ValueError, OverflowError, TypeError):
        return None


def _note(path: Path) -> dict[str, Any]:
    """Read ``metadata.dlcourse``, which this grader leaves in graded notebooks."""
    try:
        return dict(json.loads(path.read_bytes())["metadata"].get("dlcourse", {}))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}  # missing, or damaged by a power cut: not graded


def _bytes(path: Path) -> bytes:
    return path.read_bytes() if path.is_file() else b""


def _text(raw: bytes) -> str:
    return raw.decode(errors="replace").replace("\r\n", "\n")
