"""Recording marks: everything of one submission, or nothing, in one commit."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from nbgrader import api
from nbgrader.preprocessors import AssignLatePenalties
from sqlalchemy import select
from sqlalchemy.orm import Session
from traitlets import TraitError

from dlcourse.errors import CourseError
from dlcourse.grading.assignment import Assignment, Sheet
from dlcourse.grading.task import TAMPERED, CellMark, Marked, MarkedNotebook, TaskError

NO_RESPONSE = "No response."  # nbgrader's own words


class Writer:
    """Puts marks into the gradebook as nbgrader's steps do, without their commits.

    Each method is a step of a transaction, which the caller commits.
    """

    def __init__(self, assignment: Assignment, config: Any) -> None:
        """Prepare for an assignment.

        Args:
            assignment: as the gradebook has it.
            config: nbgrader's settings, which may name a plugin for late work.

        Raises:
            CourseError: if there is no such plugin, or a setting of it is impossible.
        """
        self.assignment = assignment
        try:
            self.penalties = AssignLatePenalties(config=config)
            self.penalties.init_plugin()
        except (TraitError, ImportError) as error:
            said = " ".join(str(error).split()).rstrip(".")
            raise CourseError(
                f"nbgrader_config.py, penalties for lateness: {said}; correct it there."
            ) from error

    def record(
        self, session: Session, marked: Marked, new_work: bool, time: datetime | None
    ) -> None:
        """Record one submission's marks.

        Args:
            session: of the gradebook.
            marked: what marking gave, of a worker, so it is checked.
            new_work: whether marks given by hand were for other work: then they go.
            time: when the work was handed in; if unknown, that of the same work stays.

        Raises:
            TaskError: if the marks are not those of this assignment.
        """
        results = _checked(self.assignment, marked)
        submission = self._submission(session, marked.student)
        if time is not None or new_work:
            submission.timestamp = time
        notebooks = {one.notebook_id: one for one in submission.notebooks}
        for sheet in self.assignment.sheets:
            notebook = notebooks.get(sheet.id)
            if notebook is None:
                notebook = api.SubmittedNotebook(notebook_id=sheet.id)
                submission.notebooks.append(notebook)
            if new_work:
                _forget(notebook)
            _mark(notebook, sheet, results[sheet.name])
            session.flush()
            self.penalise(submission, notebook)

    def forget(
        self, session: Session, student: str, new_work: bool, time: datetime | None
    ) -> int:
        """Wipe the marks and comments of a submission; an extension stays.

        Args:
            session: of the gradebook.
            student: the student's id.
            new_work: also those that a person gave, since they were for other work.
            time: when the work was handed in; if unknown, that of the same work stays.

        Returns:
            How many marks given by hand were wiped.
        """
        submission = self.find(session, student)
        if submission is None:
            return 0
        if time is not None or new_work:
            submission.timestamp = time
        lost = 0
        for notebook in submission.notebooks:
            notebook.late_submission_penalty = None
            for grade in notebook.grades:
                grade.auto_score, grade.needs_manual_grade = None, True
            for comment in notebook.comments:
                comment.auto_comment = None
            if new_work:
                lost += _forget(notebook)
        return lost

    def count_by_hand(self, session: Session, student: str) -> int:
        """Count the marks that a person gave."""
        submission = self.find(session, student)
        notebooks = submission.notebooks if submission else []
        return sum(
            grade.manual_score is not None
            for notebook in notebooks
            for grade in notebook.grades
        )

    def extend(self, session: Session, student: str, more: timedelta | None) -> None:
        """Set a student's extension, also before anything was handed in.

        Args:
            session: of the gradebook.
            student: the student's id.
            more: time after the common due date; None for no extension.
        """
        submission = self.find(session, student)
        if submission is None:
            submission = self._submission(session, student)
            # As nbgrader's own empty submissions, which its autograder fills in.
            for sheet in self.assignment.sheets:
                notebook = api.SubmittedNotebook(notebook_id=sheet.id)
                notebook.grades = [
                    api.Grade(cell_id=cell) for cell in sheet.graded.values()
                ]
                notebook.comments = [
                    api.Comment(cell_id=cell) for cell in sheet.commented.values()
                ]
                submission.notebooks.append(notebook)
        submission.extension = more
        session.flush()

    def find(self, session: Session, student: str) -> api.SubmittedAssignment | None:
        """Find a student's submission; None if the gradebook has none."""
        submission = api.SubmittedAssignment
        query = select(submission).where(
            submission.assignment_id == self.assignment.id,
            submission.student_id == student,
        )
        return session.scalars(query).one_or_none()

    def _submission(self, session: Session, student: str) -> api.SubmittedAssignment:
        found = self.find(session, student)
        if found is None:
            if session.get(api.Student, student) is None:
                session.add(api.Student(id=student))
                session.flush()
            found = api.SubmittedAssignment(
                assignment_id=self.assignment.id, student_id=student
            )
            session.add(found)
            session.flush()
        return found

    def penalise(
        self, submission: api.SubmittedAssignment, notebook: api.SubmittedNotebook
    ) -> None:
        """Take off for lateness what nbgrader's plugin says."""
        notebook.late_submission_penalty = None
        late = submission.total_seconds_late
        if late <= 0:
            return
        score = sum(_score(grade) for grade in notebook.grades)
        student = submission.student_id
        penalty = self.penalties.plugin_inst.late_submission_penalty(
            student, score, late
        )
        if penalty is not None:
            notebook.late_submission_penalty = min(max(penalty, 0), score)


def _score(grade: api.Grade) -> float:
    given = grade.auto_score if grade.manual_score is None else grade.manual_score
    return 0.0 if given is None else given + (grade.extra_credit or 0.0)


def _forget(notebook: api.SubmittedNotebook) -> int:
    """Wipe what a person gave; count the marks among it."""
    lost = 0
    for grade in notebook.grades:
        lost += grade.manual_score is not None
        grade.manual_score = grade.extra_credit = None
    for comment in notebook.comments:
        comment.manual_comment = None
    notebook.flagged = False
    return lost


def _mark(
    notebook: api.SubmittedNotebook, sheet: Sheet, result: MarkedNotebook
) -> None:
    grades = {grade.cell_id: grade for grade in notebook.grades}
    for mark in result.cells:
        cell = sheet.graded[mark.name]
        grade = grades.get(cell)
        if grade is None:
            grade = api.Grade(cell_id=cell)
            notebook.grades.append(grade)
        grade.auto_score = mark.score
        grade.needs_manual_grade = (
            mark.score is None
            or mark.state == TAMPERED
            or grade.manual_score is not None
        )
    comments = {comment.cell_id: comment for comment in notebook.comments}
    for name, cell in sheet.commented.items():
        comment = comments.get(cell)
        if comment is None:
            comment = api.Comment(cell_id=cell)
            notebook.comments.append(comment)
        comment.auto_comment = NO_RESPONSE if name in result.unanswered else None
    # What formgrader shows by a flag beside the student's name.
    notebook.flagged = bool(notebook.flagged or result.flags)


def _checked(assignment: Assignment, marked: Marked) -> Mapping[str, MarkedNotebook]:
    results = {one.name: one for one in marked.notebooks}
    if set(results) != set(assignment.names):
        raise TaskError(f"result has the notebooks {sorted(results)}")
    for sheet in assignment.sheets:
        cells = results[sheet.name].cells
        if sorted(cell.name for cell in cells) != sorted(sheet.graded):
            raise TaskError(f"result has other cells than {sheet.name}")
        wrong = [cell.name for cell in cells if not _possible(cell, sheet)]
        if wrong:
            raise TaskError(f"result has impossible marks for {', '.join(wrong)}")
    return results


def _possible(cell: CellMark, sheet: Sheet) -> bool:
    if cell.score is None:
        return True
    most = sheet.points[sheet.graded[cell.name]]
    return math.isfinite(cell.score) and 0 <= cell.score <= most
