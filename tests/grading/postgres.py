"""Databases for courses of tests, on a PostgreSQL server that a whole run shares."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import Any

import psycopg
from nbgrader.api import Base
from sqlalchemy import create_engine, insert, select

from dlcourse.bench.postgres import PASSWORD, Server

_ADDRESS = re.compile(r"^c\.CourseDirectory\.db_url = (.*)$", re.MULTILINE)


class Databases:
    """Databases that hold what SQLite's gradebook holds after release."""

    def __init__(self, server: Server, gradebook: Path) -> None:
        self.server = server
        self.made = 0
        self.model = self.new()
        old = create_engine(f"sqlite:///{gradebook}")
        new = create_engine(server.url(self.model))
        Base.metadata.create_all(new)
        with old.connect() as source, new.begin() as target:
            for table in Base.metadata.sorted_tables:
                rows = [dict(row._mapping) for row in source.execute(select(table))]
                if rows:
                    target.execute(insert(table), rows)
        old.dispose()
        new.dispose()

    def new(self, model: str = "template1") -> str:
        """Make a database; its name."""
        self.made += 1
        name = f"course_{self.made}"
        with connect(self.server) as connection:
            connection.autocommit = True
            connection.execute(f"CREATE DATABASE {name} TEMPLATE {model}")
        return name

    def move(self, course: Path, model: str = "") -> str:
        """Give a course a database of its own in place of its file; the address."""
        (course / "class/gradebook.db").unlink(missing_ok=True)
        url = self.server.url(self.new(model or self.model))
        with (course / "nbgrader_config.py").open("a") as config:
            config.write(f"\nc.CourseDirectory.db_url = {url!r}\n")
        return url

    def drop(self, course: Path) -> None:
        """Take away the database of a course that is done with."""
        url = book_of(course)
        if url.startswith("postgresql"):
            with connect(self.server) as connection:
                connection.autocommit = True
                connection.execute(f"DROP DATABASE IF EXISTS {_name(url)} WITH (FORCE)")

    def part(self, course: Path, twin: Path) -> None:
        """Give the copy of a course a copy of the database that it shares with it."""
        url = book_of(course)
        if url.startswith("postgresql"):
            self.move(twin, _name(url))


def book_of(course: Path) -> str:
    """The address of a course's gradebook."""
    *_, last = _ADDRESS.findall((course / "nbgrader_config.py").read_text())
    if last.startswith("f"):
        return f"sqlite:///{course}/class/gradebook.db"
    return str(ast.literal_eval(last))


def _name(url: str) -> str:
    return url.partition("?")[0].rpartition("/")[2]


def connect(server: Server, database: str = "postgres") -> Any:
    return psycopg.connect(
        host=str(server.folder), user="keeper", password=PASSWORD, dbname=database
    )
