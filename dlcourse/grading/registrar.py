"""What a batch does with one submission: looks at it, records what came of it."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy.orm import Session

from dlcourse.errors import CourseError
from dlcourse.grading import words
from dlcourse.grading.assignment import Assignment
from dlcourse.grading.collect import Collected, read_submission
from dlcourse.grading.course import Course
from dlcourse.grading.gradebook import Book
from dlcourse.grading.job import Job
from dlcourse.grading.records import Marks, read_marks, read_recorded
from dlcourse.grading.result import FAILED, UNCHANGED, Result
from dlcourse.grading.shelf import Shelf
from dlcourse.grading.state import State, look
from dlcourse.grading.task import Marked
from dlcourse.grading.writer import Writer


class Registrar:
    """Keeps gradebook and folders of one assignment in step."""

    def __init__(self, course: Course, book: Book, assignment: Assignment) -> None:
        """Read what was recorded before.

        Args:
            course: where things are.
            book: the gradebook.
            assignment: as the gradebook has it.
        """
        self.course = course
        self.book = book
        self.assignment = assignment
        self.writer = Writer(assignment, course.config)
        self._permissions = course.permissions()
        self._recorded = dict(
            book.transact(lambda session: read_recorded(session, assignment))
        )

    def look(self, student: str) -> tuple[Collected, State]:
        """Read a submission, and compare it with what was graded of it."""
        found = read_submission(self.course.submitted(student), self.course.ignored)
        state = look(
            found.files,
            self.course.graded(student),
            self.assignment.names,
            self._recorded.get(student),
        )
        return found, state

    def unchanged(self, student: str, state: State) -> Result:
        """Tell what is recorded of a submission that has nothing new."""
        events = [*state.events, words.unchanged()]
        result = self._result(student, self._marks(student), events)
        return replace(result, flags=state.flags, outcome=UNCHANGED)

    def record(self, job: Job, marked: Marked) -> Result:
        """Record one submission, such that a death at any moment does no harm."""
        student, state = job.student, job.state
        shelf = Shelf(self.course.graded(student))
        self._prepare(shelf, job, marked)
        events: list[str] = []

        def write(session: Session) -> int:
            lost = self.writer.count_by_hand(session, student) if state.new_work else 0
            self.writer.record(session, marked, state.new_work, state.time)
            return lost

        if lost := self.book.transact(write):
            events.append(words.dropped(lost))
        if state.time is None and state.stamps[0].strip():
            events.append("timestamp.txt holds no time: nobody knows if it was late")
        shelf.show()
        flags = []
        for notebook in marked.notebooks:
            events.extend(notebook.events)
            flags.extend(notebook.flags)
        result = self._result(student, self._marks(student), events)
        return replace(result, flags=flags)

    def fail(self, student: str, state: State | None, cause: str | Exception) -> Result:
        """Take back what was recorded of a submission that could not be graded.

        The gradebook goes first, since a submission without marks counts as not graded
        whatever its folder says.
        """
        log = logging.getLogger("traitlets")
        log.error("%s: %s", student, cause, exc_info=_raised(cause))
        shelf = Shelf(self.course.graded(student))
        new_work = state is not None and state.new_work
        events = []

        def forget(session: Session) -> int:
            time = state.time if state else None
            return self.writer.forget(session, student, new_work, time)

        try:
            if lost := self.book.transact(forget):
                events.append(words.dropped(lost))
            shelf.clear()
            marks = self._marks(student)
        except CourseError:
            raise
        except Exception as error:
            log.error("%s: %s", student, error, exc_info=error)
            marks = Marks(0.0, self.assignment.max_score, [])
        said = words.failed(self.book.secret.hide(_in_short(cause)), self.course.log)
        events.append(said)
        return Result(student, marks.score, marks.max_score, events, outcome=FAILED)

    def _prepare(self, shelf: Shelf, job: Job, marked: Marked) -> None:
        digests = dict(zip(self.assignment.names, job.state.work, strict=True))
        notebooks: dict[str, dict[str, Any]] = {}
        for one in marked.notebooks:
            note = {
                **one.notebook["metadata"].get("dlcourse", {}),
                # By these the next run tells whether there is anything new.
                "sha256": digests.get(one.name, ""),
                "files": job.state.files,
                "events": one.events,
                "flags": one.flags,
            }
            metadata = {**one.notebook["metadata"], "dlcourse": note}
            notebooks[one.name] = {**one.notebook, "metadata": metadata}
        shared = bool(self.course.directory.groupshared)
        shelf.prepare(notebooks, job.files, self._permissions, shared)

    def _marks(self, student: str) -> Marks:
        return self.book.transact(
            lambda session: read_marks(session, self.assignment, student)
        )

    def _result(self, student: str, marks: Marks, events: Sequence[str]) -> Result:
        waiting = [words.by_hand(marks.by_hand)] if marks.by_hand else []
        return Result(student, marks.score, marks.max_score, [*events, *waiting])


def _raised(cause: str | Exception) -> Exception | None:
    return None if isinstance(cause, str) else cause


def _in_short(cause: str | Exception) -> str:
    if isinstance(cause, str):
        return cause
    first = (str(cause).strip().splitlines() or [""])[0]
    return f"{type(cause).__name__}: {first}".rstrip(": ")
