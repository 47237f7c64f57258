"""The first use of an empty gradebook, and passwords in what nbgrader says."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from nbgrader import api
from nbgrader.api import Gradebook
from sqlalchemy import text
from sqlalchemy.orm import Session
from traitlets.config import Config

from dlcourse.grading.assignment import read_assignment
from dlcourse.grading.gradebook import Book
from dlcourse.grading.stop import Stop
from dlcourse.grading.task import BY_HAND, EXECUTED, CellMark, Marked, MarkedNotebook
from dlcourse.grading.writer import Writer
from dlcourse.publish.gradebook_guard import guard, hide_password

from .ledger import ledger
from .postgres import Databases, book_of

PROGRAMS = 4


@pytest.fixture(autouse=True)
def guarded(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in every command that reads the course's settings; undone afterwards."""
    monkeypatch.setattr(Gradebook, "__init__", Gradebook.__init__)
    before = logging.getLogRecordFactory()
    monkeypatch.setattr(logging, "_logRecordFactory", before)
    guard()
    guard()


@pytest.fixture(params=["SQLite", "PostgreSQL"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a gradebook without any tables."""
    if request.param == "SQLite":
        return f"sqlite:///{tmp_path}/empty.db"
    databases: Databases = request.getfixturevalue("databases")
    return databases.server.url(databases.new())


def at_once(function: Callable[[int], Any]) -> list[Any]:
    with ThreadPoolExecutor(PROGRAMS) as pool:
        return list(pool.map(function, range(PROGRAMS)))


def meeting(function: Callable[..., Any]) -> Callable[..., Any]:
    """Let all threads do something once before any of them goes on."""
    barrier = threading.Barrier(PROGRAMS)
    been: set[int] = set()

    def meet(*args: Any, **kwargs: Any) -> Any:
        result = function(*args, **kwargs)
        if threading.get_ident() not in been:
            been.add(threading.get_ident())
            barrier.wait(60)
        return result

    return meet


def test_many_may_use_an_empty_gradebook_first(
    empty: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Looked:
        """What nbgrader asks for the tables; all ask before one makes them."""

        def __init__(self, engine: object) -> None:
            self.names = inspect(engine).get_table_names()
            meet()

        def get_table_names(self) -> list[str]:
            return self.names

    inspect, meet = api.inspect, meeting(lambda: None)
    monkeypatch.setattr(api, "inspect", Looked)
    monkeypatch.setattr(api, "get_alembic_version", lambda: "167914646830")

    def use(number: int) -> None:
        with Gradebook(empty, "deep-learning-lab") as book:
            book.add_student(f"s{number}")

    at_once(use)
    monkeypatch.undo()
    with Gradebook(empty, "deep-learning-lab") as book:
        assert len(book.students) == PROGRAMS
        assert len(book.db.query(api.Course).all()) == 1
        versions = book.db.execute(text("SELECT version_num FROM alembic_version"))
        assert len(versions.all()) == 1


def result() -> Marked:
    points = {"double-test": 2, "backwards-test": 3, "longest-test": 4}
    cells = [CellMark(name, EXECUTED, most, most) for name, most in points.items()]
    cells.append(CellMark("why", BY_HAND, None, 2))
    empty = {"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    return Marked("toy", "ada", [MarkedNotebook("toy", empty, cells, [], [], [], 0.0)])


@pytest.mark.parametrize("course", ["PostgreSQL"], indirect=True)
def test_graders_that_meet_the_same_new_student_all_record(
    course: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Session, "get", meeting(Session.get))
    said: list[str] = []

    def record(number: int) -> None:
        with Book(book_of(course), said.append, Stop()) as book:
            writer = Writer(read_assignment(book, "toy"), Config())
            time = datetime(2030, 1, 1, 10)
            book.transact(lambda session: writer.record(session, result(), True, time))

    at_once(record)
    rows = ledger(book_of(course))
    assert list(rows) == ["ada"]
    scores = [row[4] for row in rows["ada"] if row[3:4] == ("GradeCell",) and row[4]]
    assert scores == [3, 2, 4]
    assert said == []


def test_log_lines_show_no_password(caplog: pytest.LogCaptureFixture) -> None:
    url = "postgresql+psycopg://keeper:p%40ss@/db?host=/srv"
    log = logging.getLogger("nbgrader-like")
    log.warning("Upgrading %s", url)
    log.warning("see %(url)s", {"url": f"{url}&password=other"})
    log.warning("sqlite:////srv/gradebook.db of %s and http://host:80/a@b", "ada")
    assert [record.getMessage() for record in caplog.records] == [
        "Upgrading postgresql+psycopg://keeper:***@/db?host=/srv",
        "see postgresql+psycopg://keeper:***@/db?host=/srv&password=***",
        "sqlite:////srv/gradebook.db of ada and http://host:80/a@b",
    ]


def test_what_is_no_address_is_left_alone() -> None:
    for one in ("ada@example.org", "a ratio of 1:2 @ noon", "https://host/x:y"):
        assert hide_password(one) == one
