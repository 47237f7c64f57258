"""When a submission is graded again, and when marks belong to other work."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from dlcourse.grading.state import Recorded, State, look, time_of

EARLY, LATE = datetime(2030, 1, 1), datetime(2030, 1, 2)
BEFORE: dict[str, Any] = {
    "work": ["a", "b"],
    "work_before": ["a", "b"],
    "stamps": ["time", "secret"],
    "stamps_before": ["time", "secret"],
    "time": EARLY,
    "time_before": EARLY,
    "files": "f",
    "files_before": "f",
}


@pytest.mark.parametrize(
    ("change", "nothing_new", "new_work"),
    [
        ({}, True, False),
        ({"work": ["a", "c"]}, False, True),
        ({"work": ["a", ""]}, False, True),
        # A module or a data file that was handed in belongs to the work.
        ({"files": "g"}, False, True),
        # Plain nbgrader leaves no digest of them.
        ({"files_before": None}, True, False),
        # The same file, handed in again: new feedback, the same marks by hand.
        ({"stamps": ["later", "other"], "time": LATE}, False, False),
        # The gradebook was lost, or an older copy of it is in its place.
        ({"known": False, "time_before": None}, False, False),
        # Nothing was graded, or by another program, or one notebook of two.
        ({"work_before": [None, None]}, False, False),
        ({"work_before": [None, None], "time": LATE}, False, True),
        ({"work_before": ["a", None], "time": LATE}, False, True),
        (
            {"work_before": [None, None], "time": None, "time_before": None},
            False,
            False,
        ),
    ],
    ids=str,
)
def test_state(change: dict[str, Any], nothing_new: bool, new_work: bool) -> None:
    state = State(**{**BEFORE, **change})
    assert (state.nothing_new, state.new_work) == (nothing_new, new_work)


def graded(folder: Path, **note: object) -> Path:
    """A graded notebook with a note in it."""
    folder.mkdir()
    notebook = {"cells": [], "metadata": {"dlcourse": note}}
    (folder / "toy.ipynb").write_text(json.dumps(notebook))
    return folder


def test_a_folder_is_compared_with_what_was_graded_of_it(tmp_path: Path) -> None:
    files = {"toy.ipynb": b"{}", "own.py": b"", "timestamp.txt": b"2030-01-01 00:00:00"}
    first = look(files, tmp_path / "none", ["toy"], None)
    assert not first.known
    assert first.work_before == [None]
    folder = graded(
        tmp_path / "toy",
        sha256=first.work[0],
        files=first.files,
        events=["put right"],
        flags=["odd"],
    )
    (folder / "timestamp.txt").write_bytes(files["timestamp.txt"])
    again = look(files, folder, ["toy"], Recorded(EARLY))
    assert again.nothing_new
    assert (again.events, again.flags) == (["put right"], ["odd"])
    assert again.time == again.time_before == EARLY
    # The marks were wiped, because grading failed; or an older gradebook was put back.
    assert not look(files, folder, ["toy"], Recorded(EARLY, marked=False)).nothing_new
    # The time is a stamp, not work; a renamed copy of the notebook is the same work.
    later = {**files, "timestamp.txt": b"2030-01-02 00:00:00"}
    assert not look(later, folder, ["toy"], Recorded(EARLY)).new_work
    copied = {**files, "toy (1).ipynb": b"{}"}
    del copied["toy.ipynb"]
    assert not look(copied, folder, ["toy"], Recorded(EARLY)).new_work
    for change in ({"own.py": b"x = 1"}, {"other.py": b""}, {"toy.ipynb": b"[]"}):
        assert look({**files, **change}, folder, ["toy"], Recorded(EARLY)).new_work


@pytest.mark.parametrize(
    "damaged",
    [b"", b"{", b"[]", b'{"metadata": 1}', b'{"metadata": {"dlcourse": 1}}', b"\xff"],
    ids=repr,
)
def test_a_damaged_graded_notebook_was_not_graded(
    tmp_path: Path, damaged: bytes
) -> None:
    (tmp_path / "toy.ipynb").write_bytes(damaged)
    state = look({"toy.ipynb": b"{}"}, tmp_path, ["toy"], Recorded(None))
    assert state.work_before == [None]
    assert not state.nothing_new


@pytest.mark.parametrize(
    ("stamp", "time"),
    [
        (b"2030-01-01 12:00:00 UTC", datetime(2030, 1, 1, 12)),
        (b"2030-01-01T12:00:00+02:00\n", datetime(2030, 1, 1, 10)),
        (b"", None),
        (b"yesterday", None),
        (b"99999999999999999999", None),
        (b"\xff\xfe", None),
    ],
    ids=repr,
)
def test_the_time_is_that_of_collecting(stamp: bytes, time: datetime | None) -> None:
    assert time_of({"timestamp.txt": stamp}) == time
