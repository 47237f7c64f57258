"""Marks in the gradebook: reading them, and forgetting those of earlier work."""

from __future__ import annotations

from dataclasses import dataclass

from nbgrader.api import Gradebook, MissingEntry


@dataclass(frozen=True)
class Marks:
    """What counts now, what is possible, and which answers a person must mark."""

    score: float
    max_score: float
    by_hand: list[str]


def read_marks(gradebook: Gradebook, name: str, student: str) -> Marks:
    """Read the marks of one submission, a penalty for lateness taken off.

    Args:
        gradebook: nbgrader's gradebook.
        name: the assignment.
        student: the student's id.

    Returns:
        The marks; all zero for a submission that the gradebook does not know.
    """
    possible = float(gradebook.find_assignment(name).max_score)
    try:
        submission = gradebook.find_submission(name, student)
    except MissingEntry:
        return Marks(0.0, possible, [])
    waiting = [
        grade.name
        for notebook in submission.notebooks
        for grade in notebook.grades
        if grade.needs_manual_grade
    ]
    score = max(0.0, submission.score - submission.late_submission_penalty)
    return Marks(float(score), possible, sorted(waiting))


def forget_marks(
    gradebook: Gradebook, name: str, student: str, by_hand: bool = True
) -> int:
    """Wipe the marks and comments of a submission; an extension stays.

    Args:
        gradebook: nbgrader's gradebook.
        name: the assignment.
        student: the student's id.
        by_hand: also those that a person gave.

    Returns:
        How many marks given by hand were wiped.
    """
    try:
        submission = gradebook.find_submission(name, student)
    except MissingEntry:
        return 0
    lost = 0
    for notebook in submission.notebooks:
        notebook.late_submission_penalty = None
        for grade in notebook.grades:
            grade.auto_score, grade.needs_manual_grade = None, True
            if by_hand:
                lost += grade.manual_score is not None
                grade.manual_score = grade.extra_credit = None
        for comment in notebook.comments:
            comment.auto_comment = None
            if by_hand:
                comment.manual_comment = None
    gradebook.db.commit()
    return lost
