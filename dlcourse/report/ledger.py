"""Reading a class from nbgrader's gradebook, without ever writing there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Any

from nbgrader import api
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from dlcourse.grading.assignment import Assignment
from dlcourse.grading.gradebook import Book
from dlcourse.grading.records import only_extension
from dlcourse.report.classroom import Classroom, Item, Key, Mark, Work


def assignment_names(book: Book) -> list[str]:
    """List the gradebook's assignments, by name; none if it is empty."""
    try:
        return book.transact(
            lambda session: sorted(session.scalars(select(api.Assignment.name)))
        )
    except DBAPIError:  # no table of nbgrader's is there
        return []


def student_ids(book: Book) -> list[str]:
    """List the students whom the gradebook knows; none if it is empty."""
    try:
        return book.transact(
            lambda session: sorted(session.scalars(select(api.Student.id)))
        )
    except DBAPIError:
        return []


def read_class(
    book: Book, assignment: Assignment, collected: Collection[str]
) -> Classroom:
    """Read what the gradebook knows of a class and one assignment.

    Args:
        book: the gradebook.
        assignment: as the gradebook has it.
        collected: students whose submission was collected, graded or not.
    """
    items = _items(assignment)
    return book.transact(lambda session: _read(session, assignment, items, collected))


def _items(assignment: Assignment) -> dict[str, Item]:
    """Find the items by their ids in the gradebook, in the order of the notebooks."""
    several = len(assignment.sheets) > 1
    return {
        sheet.graded[one.name]: Item(
            key=(sheet.name, one.name),
            label=f"{sheet.name}: {one.name}" if several else one.name,
            points=one.points,
            by_hand=not one.test,
        )
        for sheet in assignment.sheets
        for one in sheet.originals
        if one.marked
    }


def _read(
    session: Session,
    assignment: Assignment,
    items: Mapping[str, Item],
    collected: Collection[str],
) -> Classroom:
    _read_only(session)
    due = session.scalars(
        select(api.Assignment.duedate).where(api.Assignment.id == assignment.id)
    ).one()
    marks = _marks(session, assignment, items)
    sheets = _sheets(session, assignment)
    submission = api.SubmittedAssignment
    query = select(
        submission.student_id, submission.timestamp, submission.extension
    ).where(submission.assignment_id == assignment.id, ~only_extension())
    works, ungraded = {}, set(collected)
    for student, time, extension in session.execute(query.order_by("student_id")):
        ungraded.add(student)
        if _is_graded(marks[student], items.values()):
            penalty, flagged = sheets.get(student, (0.0, False))
            late = _late(time, due, extension)
            works[student] = Work(student, marks[student], late, penalty, flagged, time)
    known = session.scalars(select(api.Student.id))
    return Classroom(
        name=assignment.name,
        items=list(items.values()),
        works=works,
        ungraded=sorted(ungraded - set(works)),
        missing=sorted(set(known) - ungraded),
        due=due,
    )


def _read_only(session: Session) -> None:
    """Have the database refuse to write until this step is over."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SET TRANSACTION READ ONLY"))
    else:
        session.execute(text("PRAGMA query_only = ON"))


def _marks(
    session: Session, assignment: Assignment, items: Mapping[str, Item]
) -> Mapping[str, dict[Key, Mark]]:
    grade = api.Grade
    query = (
        select(
            api.SubmittedAssignment.student_id,
            grade.cell_id,
            grade.auto_score,
            grade.manual_score,
            grade.extra_credit,
            grade.needs_manual_grade,
        )
        .join(api.SubmittedNotebook, api.SubmittedNotebook.id == grade.notebook_id)
        .join(
            api.SubmittedAssignment,
            api.SubmittedAssignment.id == api.SubmittedNotebook.assignment_id,
        )
        .where(api.SubmittedAssignment.assignment_id == assignment.id)
    )
    found: dict[str, dict[Key, Mark]] = defaultdict(dict)
    for student, cell, auto, manual, extra, waits in session.execute(query):
        item = items.get(cell)
        if item is None:
            continue
        if manual is None and auto is None and not item.by_hand:
            continue  # a test that was not run: see ``_is_graded``
        # Marks of tests that were interfered with wait, too: they are 0 until then.
        given = auto if manual is None else manual
        unknown = given is None or (waits and manual is None)
        more = 0.0 if unknown else float(extra or 0.0)
        found[student][item.key] = Mark(
            None if unknown else float(given), more, bool(waits) or given is None
        )
    return found


def _sheets(
    session: Session, assignment: Assignment
) -> Mapping[str, tuple[float, bool]]:
    """Read what the gradebook knows of whole notebooks: penalties and flags."""
    notebook: Any = api.SubmittedNotebook
    query = (
        select(
            api.SubmittedAssignment.student_id,
            notebook.late_submission_penalty,
            notebook.flagged,
        )
        .join(notebook, notebook.assignment_id == api.SubmittedAssignment.id)
        .where(api.SubmittedAssignment.assignment_id == assignment.id)
    )
    found: dict[str, tuple[float, bool]] = {}
    for student, penalty, flagged in session.execute(query):
        before = found.get(student, (0.0, False))
        found[student] = (before[0] + (penalty or 0.0), before[1] or bool(flagged))
    return found


def _is_graded(marks: Mapping[Key, Mark], items: Collection[Item]) -> bool:
    """Tell whether each test has a mark; a failed grading leaves them without."""
    return bool(marks) and all(item.by_hand or item.key in marks for item in items)


def _late(
    time: datetime | None, due: datetime | None, extension: timedelta | None
) -> float | None:
    if time is None or due is None:
        return None
    return max(0.0, (time - due - (extension or timedelta())).total_seconds())
