"""What a submission's folders say: was it graded, and is it the same work?"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from nbgrader.api import Gradebook, MissingEntry
from nbgrader.coursedir import CourseDirectory

from dlcourse.grading.read import find_notebook

# nbgrader's exchange puts these next to the notebooks: a later submission of the same
# file has other stamps, and its feedback must be found under the new secret.
_STAMPS = ("timestamp.txt", "submission_secret.txt")


@dataclass(frozen=True)
class State:
    """A submission compared with what was graded of it.

    ``work`` and ``work_before`` are digests of the notebooks as handed in ("" for one
    that is missing), None where nothing, or nothing by this grader, was graded.
    """

    graded: Path
    work: Sequence[str]
    work_before: Sequence[str | None]
    stamps: Sequence[str]
    stamps_before: Sequence[str]
    time: datetime | None
    time_before: datetime | None
    events: Sequence[str] = ()

    @property
    def nothing_new(self) -> bool:
        """Whether exactly this submission was graded already."""
        same_stamps = list(self.stamps) == list(self.stamps_before)
        return same_stamps and list(self.work) == list(self.work_before)

    @property
    def new_work(self) -> bool:
        """Whether marks in the gradebook would belong to other work.

        Where it is not known what was graded, the times of handing in decide.
        """
        if None in self.work_before:
            return self.time != self.time_before
        return list(self.work) != list(self.work_before)


def look(course: CourseDirectory, gradebook: Gradebook) -> State:
    """Compare the folders of one submission.

    Args:
        course: with the assignment and the student set.
        gradebook: nbgrader's gradebook, which knows the assignment.
    """
    assignment = gradebook.find_assignment(course.assignment_id)
    names = sorted(notebook.name for notebook in assignment.notebooks)
    try:
        recorded = gradebook.find_submission(course.assignment_id, course.student_id)
        time_before = recorded.timestamp
    except MissingEntry:
        time_before = None
    about = (course.student_id, course.assignment_id)
    handed_in = Path(course.format_path(course.submitted_directory, *about))
    graded = Path(course.format_path(course.autograded_directory, *about))
    notes = [_note(graded / f"{name}.ipynb") for name in names]
    return State(
        graded=graded,
        work=[_digest(find_notebook(handed_in, name)) for name in names],
        work_before=[note.get("sha256") for note in notes],
        stamps=[_text(handed_in / stamp) for stamp in _STAMPS],
        stamps_before=[_text(graded / stamp) for stamp in _STAMPS],
        time=course.get_existing_timestamp(str(handed_in)),
        time_before=time_before,
        events=[event for note in notes for event in note.get("events", [])],
    )


def _note(path: Path) -> dict[str, Any]:
    """Read ``metadata.dlcourse``, which ``RestoreCells`` leaves in graded notebooks."""
    if not path.is_file():
        return {}
    note = json.loads(path.read_bytes())["metadata"].get("dlcourse", {})
    return dict(note)


def _digest(path: Path | None) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path else ""


def _text(path: Path) -> str:
    return path.read_text(errors="replace") if path.is_file() else ""
