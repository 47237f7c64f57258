"""A gradebook on PostgreSQL: the same marks, patience, and a password nobody sees."""

from __future__ import annotations

import shutil
import threading
from contextlib import suppress
from pathlib import Path
from typing import Any

import psutil
import pytest
from sqlalchemy import text

from dlcourse.errors import CourseError
from dlcourse.grading import batch
from dlcourse.grading.address import Secret
from dlcourse.grading.batch import grade_batch
from dlcourse.grading.gradebook import Book
from dlcourse.grading.options import Options
from dlcourse.grading.stop import Stop

from .conftest import TOY, run_in
from .ledger import ledger
from .postgres import PASSWORD, Databases, Server, connect
from .pretend import Threads, mark
from .submissions import answered, written

STUDENTS = ("ada", "ben")
NONE = Options(sandbox="none")


@pytest.fixture
def book_url(databases: Databases, course: Path) -> str:
    """The course's gradebook, as after release."""
    return databases.move(course)


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
    holder = connect(server, book_url.partition("?")[0].rpartition("/")[2])
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


class Watcher(threading.Thread):
    """Looks at what all processes that this one starts can be seen to be told."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.over = threading.Event()
        self.told: set[str] = set()
        self.programs: set[str] = set()

    def run(self) -> None:
        while not self.over.wait(0.1):
            for one in psutil.Process().children(recursive=True):
                with suppress(psutil.Error):
                    self.told.update(one.cmdline())
                    self.programs.add(one.name())
                with suppress(psutil.Error):
                    self.told.update(one.environ().values())

    def stop(self) -> None:
        self.over.set()
        self.join()


def test_a_whole_assignment_goes_round_and_nothing_shows_the_password(
    root: Path, tmp_path: Path, databases: Databases, release: bytes
) -> None:
    """Real commands on an empty database, with kernels in sandboxes."""
    url = databases.server.url(databases.new())
    course = tmp_path / "course"
    (course / "solutions/toy").mkdir(parents=True)
    shutil.copy(TOY, course / "solutions/toy")
    (course / "_toc.yml").touch()
    settings = (root / "nbgrader_config.py").read_text()
    settings += f"\nc.CourseDirectory.db_url = {url!r}\n"
    (course / "nbgrader_config.py").write_text(settings)
    prying = "import os\nprint(sorted(os.environ.items()), locals())\n"
    watcher = Watcher()
    watcher.start()
    try:
        said = run_in(course, "dlcourse", "release", "toy")
        hand_in(course, "ada", written(answered(release)))
        hand_in(course, "eve", written(answered(release, backwards=prying)))
        graded = run_in(course, "dlcourse", "grade", "toy")
        said += graded + run_in(course, "dlcourse", "grade", "toy")
        debug = ("--log-level", "DEBUG")
        said += run_in(course, "nbgrader", "generate_feedback", "toy", *debug)
        said += run_in(course, "nbgrader", "export", "--to", "marks.csv", *debug)
        said += run_in(course, "nbgrader", "db", "upgrade", *debug)
    finally:
        watcher.stop()
    assert "ada 9/11: 1 answer to mark by hand (why)" in graded
    assert "eve 6/11" in graded
    assert "2 unchanged" in said
    assert "Upgrading postgresql+psycopg://keeper:***@/" in said
    assert len(ledger(url)) == 2
    assert list((course / "class/feedback").rglob("*.html"))
    secret = Secret(url)
    assert secret.hide(said) == said
    for one in watcher.told:
        assert secret.hide(one) == one
    assert "bwrap" in watcher.programs
    for path in course.rglob("*"):
        if path.is_file() and path.name != "nbgrader_config.py":
            text = path.read_bytes().decode(errors="replace")
            assert secret.hide(text) == text, path


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
