"""A gradebook on PostgreSQL gives the same pages, and is only read."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from nbgrader.api import Base
from sqlalchemy import create_engine, insert, select, text
from sqlalchemy.exc import InternalError

from dlcourse.bench.postgres import NoServerError, Server
from dlcourse.grading.assignment import read_assignment
from dlcourse.grading.gradebook import Book
from dlcourse.grading.stop import Stop
from dlcourse.report.ledger import _read_only, read_class

from .gradebooks import Failure, HandedIn, School


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    try:
        running = Server()
    except NoServerError as error:
        pytest.fail(str(error), pytrace=False)
    yield running.url()
    running.close()


def move(school: School, url: str) -> None:
    """Copy the gradebook, and have the course use the copy."""
    old, new = create_engine(school.url), create_engine(url)
    Base.metadata.create_all(new)
    with old.connect() as source, new.begin() as target:
        for table in Base.metadata.sorted_tables:
            if rows := source.execute(select(table)).mappings().all():
                target.execute(insert(table), [dict(row) for row in rows])
    old.dispose()
    new.dispose()
    with (school.root / "nbgrader_config.py").open("a") as config:
        config.write(f"c.CourseDirectory.db_url = {url!r}\n")


def test_postgresql_gives_the_same_pages(
    school: School, write: Callable[..., str], url: str
) -> None:
    school.release("lab", {"one": 2.0, "two": 2.0}, {"why": 4.0}, "2026-10-01 12:00:00")
    for number in range(12):
        said = {"one": Failure(f"word {number % 4}x")}
        hand = [None if number == 7 else 3.0]
        when = f"2026-10-01 {number + 6:02}:00:00"
        work = HandedIn([0.0, float(number % 3)], hand, when, failures=said)
        school.hand_in("lab", f"s{number}", work)
    school.extend("s11", "lab", days=1)
    school.know("away")
    before = write(), write(student="s7")
    move(school, url)
    assert (write(), write(student="s7")) == before
    with Book(url, print, Stop()) as book:
        room = read_class(book, read_assignment(book, "lab"), ())
        assert len(room.works) == 12

        def delete(session):
            _read_only(session)
            session.execute(text("DELETE FROM grade"))

        with pytest.raises(InternalError, match="read-only"):
            book.transact(delete)
