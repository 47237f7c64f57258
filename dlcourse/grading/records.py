"""Marks in the gradebook: those that count now, and what was recorded when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from nbgrader import api
from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import Session

from dlcourse.grading.assignment import Assignment
from dlcourse.grading.state import Recorded


@dataclass(frozen=True)
class Marks:
    """What counts now, what is possible, and which answers a person must mark."""

    score: float
    max_score: float
    by_hand: list[str]


def read_recorded(session: Session, assignment: Assignment) -> Mapping[str, Recorded]:
    """Read what the gradebook knows of submissions, by student.

    An extension that was given before anything was handed in is no submission.
    """
    submission, notebook = api.SubmittedAssignment, api.SubmittedNotebook
    mine = submission.assignment_id == assignment.id
    tests = [cell for sheet in assignment.sheets for cell in sheet.tests]
    unmarked = (
        select(submission.student_id)
        .join(notebook, notebook.assignment_id == submission.id)
        .join(api.Grade, api.Grade.notebook_id == notebook.id)
        .where(mine, api.Grade.cell_id.in_(tests), api.Grade.auto_score.is_(None))
        .distinct()
    )
    without = set(session.scalars(unmarked))
    every = select(submission.student_id, submission.timestamp).where(
        mine, ~only_extension()
    )
    return {
        student: Recorded(time, student not in without)
        for student, time in session.execute(every)
    }


def only_extension() -> ColumnElement[bool]:
    """Give the condition for a row that holds an extension and no work."""
    submission, notebook, grade = (
        api.SubmittedAssignment,
        api.SubmittedNotebook,
        api.Grade,
    )
    marked = (
        exists()
        .where(notebook.assignment_id == submission.id)
        .where(grade.notebook_id == notebook.id)
        .where(or_(grade.auto_score.is_not(None), grade.manual_score.is_not(None)))
    )
    return and_(
        submission.timestamp.is_(None), submission.extension.is_not(None), ~marked
    )


def read_marks(session: Session, assignment: Assignment, student: str) -> Marks:
    """Read the marks of one submission, a penalty for lateness taken off.

    Args:
        session: of the gradebook.
        assignment: as the gradebook has it.
        student: the student's id.

    Returns:
        The marks; all zero for a submission that the gradebook does not know.
    """
    submission, notebook, grade = (
        api.SubmittedAssignment,
        api.SubmittedNotebook,
        api.Grade,
    )
    query = (
        select(
            notebook.id,
            notebook.late_submission_penalty,
            api.BaseCell.name,
            grade.score,
            grade.needs_manual_grade,
        )
        .join(submission, submission.id == notebook.assignment_id)
        .join(grade, grade.notebook_id == notebook.id)
        .join(api.BaseCell, api.BaseCell.id == grade.cell_id)
        .where(
            submission.assignment_id == assignment.id, submission.student_id == student
        )
    )
    rows = session.execute(query).all()
    penalties = {row[0]: row[1] or 0.0 for row in rows}
    score = sum(row[3] for row in rows) - sum(penalties.values())
    return Marks(
        score=max(0.0, float(score)),
        max_score=assignment.max_score,
        by_hand=sorted(row[2] for row in rows if row[4]),
    )
