"""The gradebook, opened once, with patience for others who write in it."""

from __future__ import annotations

import sqlite3
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from typing import Any, TypeVar

from sqlalchemy import URL, create_engine, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, SAWarning
from sqlalchemy.orm import Session

from dlcourse.errors import CourseError
from dlcourse.grading.address import Secret
from dlcourse.grading.stop import Stop

T = TypeVar("T")

PATIENCE = 60.0  # seconds to wait for somebody who holds the gradebook
_TRY = 1  # seconds that one attempt waits inside the database
_BUSY = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
# PostgreSQL: lock not available, deadlock, conflict; too many clients, shutting down.
_PASSING = ("55P03", "40P01", "40001", "53300", "57P01", "57P02", "57P03")
_TAKEN = "23505"  # PostgreSQL: somebody else was first to write such a row
_CLASHES = 3


class Book:
    """One session with nbgrader's gradebook, on SQLite or PostgreSQL.

    nbgrader's own ``Gradebook`` makes a commit in each of its methods and an engine
    each time. Here the caller's step is one transaction, repeated while another
    program holds the gradebook.
    """

    def __init__(self, url: str, say: Callable[[str], None], stop: Stop) -> None:
        """Open a gradebook; the connection is made at the first step.

        Args:
            url: where it is, as SQLAlchemy wants it.
            say: told when there is somebody to wait for.
            stop: heard while waiting.

        Raises:
            CourseError: if there cannot be a gradebook at that address.
        """
        self.secret = Secret(url)
        self.patience = PATIENCE
        self._say = say
        self._stop = stop
        self._connected = False
        try:
            place = make_url(url)
            engine = create_engine(place, connect_args=_arguments(place))
        except (ArgumentError, NoSuchModuleError, ModuleNotFoundError) as error:
            raise self._unusable(error) from None
        if place.drivername.startswith("sqlite") and not _exists(place):
            raise self._unusable(f"there is no file {place.database}")
        self.session = Session(engine)
        self._engine = engine

    def __enter__(self) -> Book:
        return self

    def __exit__(self, *exception: object) -> None:
        self.session.close()
        self._engine.dispose()

    def transact(self, step: Callable[[Session], T]) -> T:
        """Do one step and commit it, as a whole or not at all.

        Args:
            step: reads and writes by the session; run again after a wait.

        Raises:
            CourseError: if somebody else holds the gradebook too long.
            KeyboardInterrupt: if somebody asked to stop while waiting.
        """
        until = monotonic() + self.patience
        told = False
        clashes = 0
        while True:
            try:
                with self._whole():
                    return step(self.session)
            except DBAPIError as error:
                if _is_taken(error) and clashes < _CLASHES:
                    # Another grader, of another folder, met the same student first.
                    clashes += 1
                    continue
                if not self._will_pass(error):
                    raise
                if monotonic() >= until:
                    raise self._held() from None
            if not told:
                self._say(
                    "the gradebook is held by another program (formgrader, nbgrader?): "
                    "waiting"
                )
                told = True
            self._stop.sleep(0.1)

    @contextmanager
    def _whole(self) -> Iterator[None]:
        try:
            with warnings.catch_warnings():
                # Of nbgrader's models, which nobody here can mend.
                warnings.simplefilter("ignore", SAWarning)
                yield
                self.session.commit()
            self._connected = True
        except BaseException:
            self.session.rollback()
            raise

    def _will_pass(self, error: DBAPIError) -> bool:
        cause = error.orig
        if isinstance(cause, sqlite3.Error):
            code = getattr(cause, "sqlite_errorcode", 0)
            return code & 0xFF in _BUSY
        if getattr(cause, "sqlstate", None) in _PASSING:
            return True
        if self._connected:
            # It was there a moment ago: a restarted server comes back.
            return error.connection_invalidated or _no_connection(cause)
        if _no_connection(cause):
            raise self._unusable(cause) from None
        return False

    def _held(self) -> CourseError:
        return CourseError(
            f"The gradebook {self.secret.address} was not to be had for "
            f"{self.patience:g} s, because another program holds it; close formgrader "
            "or what else writes there, then run the same command again: what was "
            "graded stays."
        )

    def _unusable(self, why: object) -> CourseError:
        said = self.secret.hide(" ".join(str(why).split()).rstrip("."))
        return CourseError(
            f"The gradebook {self.secret.address} cannot be opened ({said}); check "
            "c.CourseDirectory.db_url in nbgrader_config.py, or run `dlcourse release` "
            "if nothing was released yet."
        )


def _is_taken(error: DBAPIError) -> bool:
    return getattr(error.orig, "sqlstate", None) == _TAKEN


def _arguments(place: URL) -> dict[str, Any]:
    if place.drivername.startswith("sqlite"):
        return {"timeout": _TRY}
    if place.drivername.startswith("postgresql"):
        return {"options": f"-c lock_timeout={_TRY * 1000}", "connect_timeout": 10}
    return {}


def _exists(place: URL) -> bool:
    return place.database in (None, "", ":memory:") or Path(place.database).is_file()


def _no_connection(cause: object) -> bool:
    """Tell whether a driver's error says that there is no server to talk to."""
    return getattr(cause, "sqlstate", "") is None
