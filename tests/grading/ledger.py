"""All that a gradebook says of submissions, in a form that can be compared."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from nbgrader import api
from sqlalchemy import create_engine
from sqlalchemy.orm import Session

Row = tuple[Any, ...]


def in_session(url: str, step: Callable[[Session], Any]) -> Any:
    """Do something in a gradebook and commit it."""
    engine = create_engine(url)
    try:
        with Session(engine) as session:
            result = step(session)
            session.commit()
            return result
    finally:
        engine.dispose()


def ledger(url: str) -> dict[str, list[Row]]:
    """Give what a gradebook says, without its own random ids, by student."""
    return in_session(url, _read)


def _read(session: Session) -> dict[str, list[Row]]:
    rows: dict[str, list[Row]] = {one.id: [] for one in session.query(api.Student)}
    for work in session.query(api.SubmittedAssignment):
        mine = rows[work.student_id]
        mine.append((work.name, str(work.timestamp), str(work.extension)))
        for book in work.notebooks:
            head = (work.name, book.name)
            mine.append((*head, book.late_submission_penalty, bool(book.flagged)))
            mine.extend(
                (*head, one.name, one.cell.type, *_grade(one)) for one in book.grades
            )
            mine.extend(
                (*head, one.name, one.cell.type, one.auto_comment, one.manual_comment)
                for one in book.comments
            )
    return {student: sorted(mine, key=repr) for student, mine in sorted(rows.items())}


def _grade(one: api.Grade) -> Row:
    return one.auto_score, one.manual_score, one.extra_credit, one.needs_manual_grade


def shelf(course: Path) -> dict[str, object]:
    """Give what stands in a course's graded folders, without what time tells."""
    root = course / "class/autograded"
    return {
        str(path.relative_to(root)): _content(path)
        for path in sorted(root.rglob("*"))
        if path.is_file()
    }


def _content(path: Path) -> object:
    if path.suffix != ".ipynb":
        return path.stat().st_mode & 0o777, path.read_bytes()
    notebook = json.loads(path.read_bytes())
    for cell in notebook["cells"]:
        cell.pop("id", None)  # random for a cell that was put back
        cell["metadata"].pop("execution", None)
    return path.stat().st_mode & 0o777, notebook
