"""Ways to grade a class: where the gradebook is, and who runs the notebooks."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, Protocol

from dlcourse.bench.course import release_course
from dlcourse.bench.measure import program
from dlcourse.bench.postgres import NoServerError, Server
from dlcourse.bench.students import NAME
from dlcourse.errors import CourseError

WAYS = ("SQLite", "PostgreSQL", "cluster")
TIMEOUT = 5  # seconds a cell; the small assignment takes a fraction of one
CLUSTER = "local:2"


class Book(Protocol):
    """A gradebook that can be set back to what it was after the release."""

    def start_over(self) -> None:
        """Forget all marks."""

    def size(self) -> int:
        """Say how many bytes it takes."""


class Way:
    """A course, its gradebook, and the command that grades it."""

    def __init__(self, name: str, course: Path, book: Book) -> None:
        self.name = name
        self.course = course
        self.book = book
        more = ["--cluster", CLUSTER] if name == "cluster" else []
        self.command = [program("dlcourse"), "grade", NAME, "--timeout", str(TIMEOUT)]
        self.command += more


class _File:
    """SQLite's gradebook, which is a file."""

    def __init__(self, course: Path) -> None:
        self._file = course / "class/gradebook.db"
        self._fresh = course / "gradebook.fresh"
        shutil.copy(self._file, self._fresh)

    def start_over(self) -> None:
        shutil.copy(self._fresh, self._file)

    def size(self) -> int:
        return self._file.stat().st_size


class _Database:
    """A database of a server."""

    FRESH, USED = "fresh", "used"

    def __init__(self, server: Server) -> None:
        self._server = server
        self._do(f"CREATE DATABASE {self.FRESH}")

    def start_over(self) -> None:
        self._do(f"DROP DATABASE IF EXISTS {self.USED} WITH (FORCE)")
        self._do(f"CREATE DATABASE {self.USED} TEMPLATE {self.FRESH}")

    def size(self) -> int:
        return int(self._do(f"SELECT pg_database_size('{self.USED}')")[0])

    def settings(self, database: str) -> str:
        return f"\nc.CourseDirectory.db_url = {self._server.url(database)!r}\n"

    def _do(self, statement: str) -> Any:
        import psycopg

        url = self._server.url().replace("+psycopg", "")
        with psycopg.connect(url, autocommit=True) as connection:
            cursor = connection.execute(statement.encode())
            return cursor.fetchone() if cursor.description else None


@contextmanager
def open_ways(root: Path, folder: Path, names: list[str]) -> Iterator[dict[str, Way]]:
    """Make a course for each way to grade, with the small assignment released.

    Args:
        root: the real course's root folder, which is only read.
        folder: an empty folder to work in.
        names: some of ``WAYS``.

    Raises:
        CourseError: if there is no PostgreSQL here to start.
    """
    ways: dict[str, Way] = {}
    with ExitStack() as stack:
        if set(names) - {"PostgreSQL"}:
            course = release_course(root, NAME, folder / "sqlite")
            file = _File(course)
            ways |= {
                name: Way(name, course, file) for name in names if name != "PostgreSQL"
            }
        if "PostgreSQL" in names:
            try:
                server = stack.enter_context(Server(durable=True))
            except NoServerError as error:
                raise CourseError(f"bench: {error}") from error
            try:
                base = _Database(server)
            except ModuleNotFoundError as error:
                raise CourseError(
                    f"bench: a gradebook on PostgreSQL needs {error.name}; install it "
                    "by `pip install -e '.[postgres]'`."
                ) from error
            settings = base.settings(base.FRESH)
            course = release_course(root, NAME, folder / "postgresql", settings)
            config = course / "nbgrader_config.py"
            with config.open("a", encoding="utf-8") as more:
                more.write(base.settings(base.USED))
            ways["PostgreSQL"] = Way("PostgreSQL", course, base)
        yield {name: ways[name] for name in names}
