"""Recording: the same as nbgrader's own steps, all of it or nothing."""

from __future__ import annotations

import json
import shutil
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbgrader import api
from nbgrader.api import Gradebook
from nbgrader.preprocessors import AssignLatePenalties, SaveAutoGrades
from nbgrader.utils import compute_checksum, determine_grade, is_grade, is_solution
from sqlalchemy.orm import Session
from traitlets.config import Config

from dlcourse.errors import CourseError
from dlcourse.grading.assignment import Assignment, read_assignment
from dlcourse.grading.gradebook import Book
from dlcourse.grading.stop import Stop
from dlcourse.grading.task import (
    BY_HAND,
    EXECUTED,
    TAMPERED,
    CellMark,
    Marked,
    MarkedNotebook,
)
from dlcourse.grading.writer import Writer

from .ledger import in_session, ledger
from .submissions import WRONG_BACKWARDS, answered

HANDED_IN = datetime(2030, 1, 1, 10)
ERROR = nbformat.v4.new_output("error", ename="E", evalue="", traceback=[])
PENALTIES = {
    "none": Config(),
    "zero": Config({"LateSubmissionPlugin": {"penalty_method": "zero"}}),
    "own": Config({"AssignLatePenalties": {"plugin_class": f"{__name__}.TwoAnHour"}}),
}


class Harbour:
    """A gradebook and how to write in it."""

    def __init__(self, url: str, config: Config) -> None:
        self.said: list[str] = []
        self.stop = Stop()
        self.book = Book(url, self.said.append, self.stop)
        self.assignment: Assignment = read_assignment(self.book, "toy")
        self.writer = Writer(self.assignment, config)

    def record(self, result: Marked, new_work: bool = False) -> None:
        self.book.transact(
            lambda session: self.writer.record(session, result, new_work, HANDED_IN)
        )


Open = Callable[..., Harbour]


@pytest.fixture
def harbour(course: Path) -> Iterator[Open]:
    opened: list[Harbour] = []

    def make(config: Config | None = None, url: str = "") -> Harbour:
        opened.append(Harbour(url or url_of(course), config or Config()))
        return opened[-1]

    yield make
    for one in opened:
        one.book.__exit__()


def url_of(course: Path) -> str:
    return f"sqlite:///{course}/class/gradebook.db"


def executed(release: bytes, failed: tuple[str, ...], **answers: str) -> Any:
    """A graded notebook as nbgrader's executor leaves it."""
    notebook = nbformat.from_dict(answered(release, **answers))
    for cell in notebook.cells:
        cell.source = "".join(cell.source)
        if cell.metadata.get("nbgrader", {}).get("grade_id") in failed:
            cell.outputs = [ERROR]
    return notebook


def result_of(notebook: Any, student: str = "ada", flags: tuple[str, ...] = ()) -> Any:
    """What marking gives for it, by nbgrader's own rules."""
    cells = []
    unanswered = []
    for cell in notebook.cells:
        labels = cell.metadata.get("nbgrader", {})
        name = labels.get("grade_id", "")
        if is_grade(cell):
            score, most = determine_grade(cell)
            state = BY_HAND if is_solution(cell) else EXECUTED
            cells.append(CellMark(name, state, score, most))
        if is_solution(cell) and labels["checksum"] == compute_checksum(cell):
            unanswered.append(name)
    one = MarkedNotebook(
        "toy",
        json.loads(nbformat.writes(notebook)),
        cells,
        unanswered,
        [],
        list(flags),
        0,
    )
    return Marked("toy", student, [one])


def record_as_nbgrader_does(url: str, notebook: Any, config: Config) -> None:
    """Run nbgrader's own last steps on a notebook."""
    with Gradebook(url, "deep-learning-lab") as book:
        book.update_or_create_student("ada")
        book.update_or_create_submission("toy", "ada", timestamp=HANDED_IN)
    about = {"notebook": "toy", "assignment": "toy", "student": "ada", "db_url": url}
    for step in (SaveAutoGrades, AssignLatePenalties):
        step(config=config).preprocess(notebook, {"nbgrader": about})


class TwoAnHour(AssignLatePenalties().plugin_class):  # type: ignore[misc]
    """A plugin of the instructor's own, which may even ask for more than was earned."""

    def late_submission_penalty(
        self, student_id: str, score: float, total_seconds_late: float
    ) -> float:
        assert student_id == "ada"
        return 2 * total_seconds_late / 3600


@pytest.fixture
def twin(course: Path) -> str:
    """The gradebook that nbgrader writes."""
    shutil.copy(course / "class/gradebook.db", course / "twin.db")
    return f"sqlite:///{course}/twin.db"


UNTOUCHED = "untouched"
WORK: dict[str, tuple[tuple[str, ...], dict[str, str]]] = {
    "right": ((), {}),
    "partly": (("backwards-test",), {"backwards": WRONG_BACKWARDS}),
    "nothing passes": (("double-test", "backwards-test", "longest-test"), {}),
    UNTOUCHED: (("double-test", "backwards-test", "longest-test"), {}),
}


@pytest.mark.parametrize("due", [None, 11, 9, 7, 2], ids=lambda due: f"due {due}")
@pytest.mark.parametrize("penalty", PENALTIES)
@pytest.mark.parametrize("work", WORK)
@pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning")
def test_the_same_as_nbgraders_own_steps(
    course: Path,
    twin: str,
    release: bytes,
    harbour: Open,
    work: str,
    penalty: str,
    due: int | None,
) -> None:
    def set_due(session: Session) -> None:
        when = None if due is None else datetime(2030, 1, 1, due)
        session.query(api.Assignment).one().duedate = when

    failed, answers = WORK[work]
    notebook = executed(release, failed, **answers)
    if work == UNTOUCHED:
        notebook = nbformat.from_dict(json.loads(release))
        for cell in notebook.cells:
            cell.source = "".join(cell.source)
            if cell.metadata.get("nbgrader", {}).get("grade_id") in failed:
                cell.outputs = [ERROR]
    for url in (twin, url_of(course)):
        in_session(url, set_due)
    record_as_nbgrader_does(twin, notebook, PENALTIES[penalty])
    harbour(PENALTIES[penalty]).record(result_of(notebook))
    assert ledger(url_of(course)) == ledger(twin)
    assert len(ledger(twin)["ada"]) == 10


@pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning")
def test_again_after_a_person_has_marked_it_is_as_nbgrader_does_it(
    course: Path, twin: str, release: bytes, harbour: Open
) -> None:
    def mark_by_hand(session: Session) -> None:
        for grade in session.query(api.Grade):
            if grade.name in ("why", "backwards-test"):
                grade.manual_score, grade.extra_credit = 1.5, 0.5
                grade.needs_manual_grade = False

    notebook = executed(release, ("backwards-test",))
    record_as_nbgrader_does(twin, notebook, Config())
    ours = harbour()
    ours.record(result_of(notebook))
    for url in (twin, url_of(course)):
        in_session(url, mark_by_hand)
    record_as_nbgrader_does(twin, notebook, Config())
    ours.record(result_of(notebook))
    assert ledger(url_of(course)) == ledger(twin)


def test_tampering_waits_for_a_person_and_flags_are_seen_in_formgrader(
    course: Path, release: bytes, harbour: Open
) -> None:
    notebook = executed(release, ())
    result = result_of(notebook, flags=("a probe did not behave",))
    spoilt = [
        CellMark(one.name, TAMPERED, 0.0, one.max_score)
        if one.state == EXECUTED
        else one
        for one in result.notebooks[0].cells
    ]
    result.notebooks[0].cells[:] = spoilt
    ours = harbour()
    ours.record(result)

    def read(session: Session) -> tuple[bool, list[tuple[float, bool]]]:
        book = session.query(api.SubmittedNotebook).one()
        grades = [(one.auto_score, one.needs_manual_grade) for one in book.grades]
        return book.flagged, sorted(grades, key=repr)

    flagged, grades = in_session(url_of(course), read)
    assert flagged
    assert grades == [(0.0, True)] * 3 + [(None, True)]
    # The flag stays with the same work, and goes with it.
    ours.record(result_of(notebook))
    assert in_session(url_of(course), read)[0]
    ours.record(result_of(notebook), new_work=True)
    assert not in_session(url_of(course), read)[0]


def test_cells_that_came_to_the_assignment_later_are_recorded(
    course: Path, release: bytes, harbour: Open
) -> None:
    def drop(session: Session) -> None:
        for grade in session.query(api.Grade):
            if grade.name == "longest-test":
                session.delete(grade)

    result = result_of(executed(release, ()))
    ours = harbour()
    ours.record(result)
    before = ledger(url_of(course))
    in_session(url_of(course), drop)
    assert ledger(url_of(course)) != before
    ours.record(result)
    assert ledger(url_of(course)) == before


def test_half_a_record_is_no_record(
    course: Path, release: bytes, harbour: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours = harbour()
    before = ledger(url_of(course))

    def fail(*work: object) -> None:
        raise OSError("no more")

    monkeypatch.setattr(ours.writer, "penalise", fail)
    with pytest.raises(OSError, match="no more"):
        ours.record(result_of(executed(release, ())))
    assert ledger(url_of(course)) == before
    monkeypatch.undo()
    ours.record(result_of(executed(release, ())))
    assert list(ledger(url_of(course))) == ["ada"]


def held(course: Path) -> sqlite3.Connection:
    """Somebody who writes in the gradebook and does not come to an end."""
    other = sqlite3.connect(
        course / "class/gradebook.db", isolation_level=None, check_same_thread=False
    )
    other.execute("BEGIN EXCLUSIVE")
    return other


def test_it_waits_for_somebody_who_holds_the_gradebook(
    course: Path, release: bytes, harbour: Open
) -> None:
    ours = harbour()
    other = held(course)
    release_it = threading.Timer(2.5, lambda: other.execute("ROLLBACK"))
    release_it.start()
    ours.record(result_of(executed(release, ())))
    release_it.join()
    other.close()
    assert len(ours.said) == 1
    assert "held by another program" in ours.said[0]
    assert list(ledger(url_of(course))) == ["ada"]


def test_somebody_who_never_lets_go_ends_it_politely(
    course: Path, release: bytes, harbour: Open
) -> None:
    ours = harbour()
    ours.book.patience = 1.5
    other = held(course)
    with pytest.raises(CourseError, match=r"was not to be had for 1\.5 s") as caught:
        ours.record(result_of(executed(release, ())))
    assert "what was graded stays" in str(caught.value)
    other.execute("ROLLBACK")
    other.close()
    assert ledger(url_of(course)) == {}
    ours.record(result_of(executed(release, ())))
    assert list(ledger(url_of(course))) == ["ada"]


def test_ctrl_c_is_heard_while_it_waits(
    course: Path, release: bytes, harbour: Open
) -> None:
    ours = harbour()
    other = held(course)

    def ask() -> None:
        ours.stop.asked = True

    threading.Timer(0.5, ask).start()
    begun = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        ours.record(result_of(executed(release, ())))
    assert time.monotonic() - begun < ours.book.patience / 4
    other.execute("ROLLBACK")
    other.close()


def test_no_gradebook_is_one_sentence(tmp_path: Path, harbour: Open) -> None:
    for url in (
        f"sqlite:///{tmp_path}/none.db",
        "nonsense",
        "nodatabase://x/y",
        f"sqlite:///{tmp_path}",
    ):
        with pytest.raises(CourseError, match="cannot be opened"):
            harbour(url=url)
    assert list(tmp_path.glob("*.db")) == []
    (tmp_path / "empty.db").touch()
    with pytest.raises(CourseError, match="run `dlcourse release toy` first"):
        harbour(url=f"sqlite:///{tmp_path}/empty.db")
