"""Three habits of nbgrader with a gradebook on a server, mended while it runs.

``nbgrader_config.py`` calls ``guard``, so that every nbgrader command of the course and
formgrader have it.
"""

from __future__ import annotations

import logging
import re
import time
from functools import wraps
from typing import Any

from nbgrader import dbutil
from nbgrader.api import Gradebook
from sqlalchemy.exc import IntegrityError, OperationalError, ProgrammingError

# Several programs that make the same tables disturb each other once each at most.
_TRIES = 5
_DONE_BY_ANOTHER = re.compile(
    r"already exists|duplicate key|UNIQUE constraint|could not serialize|deadlock",
    re.IGNORECASE,
)
# Of a database only: a password may hold all that ends it in other addresses.
_PASSWORD = re.compile(
    r"\b((?:postgres|mysql|mariadb|mssql|oracle|cockroach)[\w+]*://[^/:@\s]*:)\S*(@)"
    r"|([?&]password=)[^&\s'\"]*"
)


def guard() -> None:
    """Make first use safe, and keep passwords out of logs; twice is as once.

    A password with special characters does not stop ``nbgrader db upgrade`` either.
    """
    if not hasattr(Gradebook.__init__, "__wrapped__"):
        Gradebook.__init__ = _patient(Gradebook.__init__)
        dbutil.write_alembic_ini = _escaping(dbutil.write_alembic_ini)
    factory = logging.getLogRecordFactory()
    if not hasattr(factory, "hides_passwords"):
        logging.setLogRecordFactory(_hiding(factory))


def _patient(opening: Any) -> Any:
    """Wrap the opening of a gradebook, which makes the tables that it does not find.

    Between looking and making, another program may have made them. Then a second look
    finds them.
    """

    @wraps(opening)
    def open_gradebook(self: Any, *args: Any, **kwargs: Any) -> None:
        for left in reversed(range(_TRIES)):
            try:
                opening(self, *args, **kwargs)
            except (IntegrityError, OperationalError, ProgrammingError) as error:
                if hasattr(self, "db"):
                    self.close()
                if not left or not _DONE_BY_ANOTHER.search(str(error.orig)):
                    raise
                time.sleep(0.1)
            else:
                return

    return open_gradebook


def _escaping(writing: Any) -> Any:
    """Wrap the writing of alembic's settings, where a lone per cent sign is wrong."""

    @wraps(writing)
    def write(alembic_ini: str = "", db_url: str = "") -> None:
        writing(alembic_ini, db_url.replace("%", "%%"))

    return write


def _hiding(factory: Any) -> Any:
    """Wrap a maker of log records: addresses lose their passwords.

    ``nbgrader db upgrade`` logs the address as it stands in the settings.
    """

    def make(*args: Any, **kwargs: Any) -> logging.LogRecord:
        record: logging.LogRecord = factory(*args, **kwargs)
        try:
            said = record.getMessage()
        except (TypeError, ValueError, KeyError):
            return record  # logging itself tells of what does not fit together
        if "://" in said and (hidden := hide_password(said)) != said:
            record.msg, record.args = hidden, ()
        return record

    make.hides_passwords = True  # type: ignore[attr-defined]
    return make


def hide_password(text: str) -> str:
    """Replace the passwords in addresses by three stars."""
    return _PASSWORD.sub(lambda found: _starred(*found.groups()), text)


def _starred(before: str | None, after: str | None, name: str | None) -> str:
    return f"{name}***" if name else f"{before}***{after}"
