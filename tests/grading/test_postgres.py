"""A gradebook on PostgreSQL: the same marks, patience, and a password nobody sees."""

from __future__ import annotations

import re
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from nbgrader.api import Base
from sqlalchemy import create_engine, insert, select, text

from dlcourse.errors import CourseError
from dlcourse.grading import batch
from dlcourse.grading.address import Secret
from dlcourse.grading.batch import grade_batch
from dlcourse.grading.gradebook import Book
from dlcourse.grading.options import Options
from dlcourse.grading.stop import Stop

from .ledger import ledger
from .postgres import PASSWORD, NoServerError, Server
from .pretend import Threads, mark
from .submissions import answered, written

STUDENTS = ("ada", "ben")
NONE = Options(sandbox="none")


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    try:
        running = Server()
    except NoServerError as error:
        pytest.fail(str(error), pytrace=False)
    yield running
    running.close()


def connect(server: Server, database: str = "postgres") -> Any:
    return psycopg.connect(
        host=str(server.folder), user="keeper", password=PASSWORD, dbname=database
    )


@pytest.fixture
def book_url(server: Server, course: Path) -> str:
    """A database with what SQLite's gradebook holds after release."""
    name = "course_" + re.sub(r"\W", "", course.parent.name).lower()
    with connect(server) as connection:
        connection.autocommit = True
        connection.execute(f"CREATE DATABASE {name}")
    old = create_engine(f"sqlite:///{course}/class/gradebook.db")
    new = create_engine(server.url(name))
    Base.metadata.create_all(new)
    with old.connect() as source, new.begin() as target:
        for table in Base.metadata.sorted_tables:
            rows = [dict(row._mapping) for row in source.execute(select(table))]
            if rows:
                target.execute(insert(table), rows)
    old.dispose()
    new.dispose()
    (course / "class/gradebook.db").unlink()
    with (course / "nbgrader_config.py").open("a") as config:
        config.write(f"\nc.CourseDirectory.db_url = {server.url(name)!r}\n")
    return server.url(name)


@pytest.fixture
def threads(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batch, "make_pool", lambda *wishes: Threads(mark))


def hand_in(course: Path, student: str, raw: bytes) -> None:
    folder = course / "class/submitted" / student / "toy"
    folder.mkdir(parents=True)
    (folder / "toy.ipynb").write_bytes(raw)
    (folder / "timestamp.txt").write_text("2030-01-01 10:00:00 UTC")


@pytest.fixture
def other(released: Path, tmp_path: Path, release: bytes) -> Path:
    """The same course with SQLite, graded."""
    course = Path(shutil.copytree(released, tmp_path / "other"))
    for student in STUDENTS:
        hand_in(course, student, written(answered(release)))
    return course


def test_marks_are_the_same_as_on_sqlite(
    course: Path, other: Path, release: bytes, book_url: str, threads: None
) -> None:
    for student in STUDENTS:
        hand_in(course, student, written(answered(release)))
    by_hand = "1 answer to mark by hand (why)"
    for lines in (
        [f"ada 9/11: {by_hand}", f"ben 9/11: {by_hand}"],
        [
            f"{who} 9/11: graded before, nothing new; {by_hand}"
            for who in ("ada", "ben")
        ],
    ):
        results = [one.line() for one in grade_batch(course, "toy", NONE)]
        assert sorted(results) == lines
    list(grade_batch(other, "toy", NONE))
    assert ledger(book_url) == ledger(f"sqlite:///{other}/class/gradebook.db")
    assert list(ledger(book_url)) == ["ada", "ben"]


def test_one_who_holds_a_row_is_waited_for(server: Server, book_url: str) -> None:
    said: list[str] = []
    name = book_url.rpartition("/course_")[2].partition("?")[0]
    holder = connect(server, f"course_{name}")
    holder.execute("LOCK TABLE student IN ACCESS EXCLUSIVE MODE")
    with Book(book_url, said.append, Stop()) as book:
        book.patience = 1.5
        count = "SELECT count(*) FROM student"
        with pytest.raises(CourseError, match="was not to be had") as caught:
            book.transact(lambda session: _count(session, count))
        assert PASSWORD not in str(caught.value)
        assert len(said) == 1
        book.patience = 60
        threading.Timer(1.5, holder.close).start()
        assert book.transact(lambda session: _count(session, count)) == 0


def test_a_restarted_server_is_found_again(server: Server, book_url: str) -> None:
    said: list[str] = []
    count = "SELECT count(*) FROM assignment"
    with Book(book_url, said.append, Stop()) as book:
        assert book.transact(lambda session: _count(session, count)) == 1
        server.stop()
        starter = threading.Timer(1, server.start)
        starter.start()
        assert book.transact(lambda session: _count(session, count)) == 1
        starter.join()
    assert len(said) == 1


def _count(session: Any, query: str) -> int:
    return session.scalar(text(query))


@pytest.mark.parametrize("trouble", ["password", "database", "server", "failure"])
def test_the_password_is_nowhere(
    course: Path,
    release: bytes,
    server: Server,
    book_url: str,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    trouble: str,
) -> None:
    hand_in(course, "ada", written(answered(release)))
    secret, shown = PASSWORD, book_url
    if trouble == "password":
        secret = "wr0ng&secret"
        shown = server.url(password=secret)
    elif trouble == "database":
        shown = server.url("nowhere")
    elif trouble == "server":
        shown = book_url.replace(str(server.folder), "/nowhere")

    def fail(text: str) -> str:
        raise ValueError(f"cannot use {shown} with {secret}")

    function = fail if trouble == "failure" else mark
    monkeypatch.setattr(batch, "make_pool", lambda *wishes: Threads(function))
    with (course / "nbgrader_config.py").open("a") as config:
        config.write(f"\nc.CourseDirectory.db_url = {shown!r}\n")
    said = ""
    try:
        said += " ".join(one.line() for one in grade_batch(course, "toy", NONE))
    except CourseError as error:
        said += str(error)
        assert "***" in said
        assert "cannot be opened" in said
    else:
        assert trouble == "failure"
        assert "could not be graded" in said
        assert "***" in (course / "class/logs/toy.log").read_text()
    output = capfd.readouterr()
    logs = "".join(path.read_text() for path in course.glob("class/logs/*"))
    for one in (said, output.out, output.err, logs):
        assert secret not in one
        assert Secret(shown).hide(one) == one


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("postgresql://u:pass@host/db", "postgresql://u:***@host/db"),
        ("postgresql://u:p%40ss@host/db", "postgresql://u:***@host/db"),
        ("postgresql://u:p@ss@host/db", "postgresql://u:***@host/db"),
        (
            "postgresql://h/db?user=u&password=p%20s",
            "postgresql://h/db?user=u&password=***",
        ),
        ("sqlite:////srv/class/gradebook.db", "sqlite:////srv/class/gradebook.db"),
    ],
)
def test_an_address_is_shown_without_its_password(url: str, shown: str) -> None:
    secret = Secret(url)
    assert secret.address == shown
    assert secret.hide("it was p@ss, or not") == (
        "it was ***, or not" if "@ss" in url or "%40" in url else "it was p@ss, or not"
    )
