"""A course with the toy assignment, released once and copied for each test.

The tests of a module that says ``GRADEBOOKS`` run with each of them where they
have a course.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from .postgres import Databases, Server

TOY = Path(__file__).with_name("toy") / "toy.md"
PROGRAMS = Path(sys.executable).parent

Run = Callable[..., str]


def run_in(folder: Path, *command: str) -> str:
    """Run one of the course's programs; what it says, or a failure with it."""
    done = subprocess.run(
        [str(PROGRAMS / command[0]), *command[1:]],
        cwd=folder,
        env={**os.environ, "PATH": f"{PROGRAMS}{os.pathsep}{os.environ['PATH']}"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, f"{' '.join(command)} failed:\n{done.stdout}"
    return done.stdout


@pytest.fixture(scope="session")
def released(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The course as it is after `dlcourse release toy`; do not change it."""
    course = tmp_path_factory.mktemp("released")
    shutil.copy(root / "nbgrader_config.py", course)
    (course / "_toc.yml").touch()
    (course / "solutions/toy").mkdir(parents=True)
    shutil.copy(TOY, course / "solutions/toy")
    run_in(course, "dlcourse", "release", "toy")
    return course


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    gradebooks = getattr(metafunc.module, "GRADEBOOKS", None)
    if gradebooks and "course" in metafunc.fixturenames:
        metafunc.parametrize("course", gradebooks, indirect=True)


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    from dlcourse.bench.postgres import NoServerError, Server

    try:
        running = Server()
    except NoServerError as error:
        pytest.fail(str(error), pytrace=False)
    with running:
        yield running


@pytest.fixture(scope="session")
def databases(server: Server, released: Path) -> Databases:
    from .postgres import Databases

    return Databases(server, released / "class/gradebook.db")


@pytest.fixture
def course(
    request: pytest.FixtureRequest, released: Path, tmp_path: Path
) -> Iterator[Path]:
    """A course of one's own, with either kind of gradebook."""
    made = Path(shutil.copytree(released, tmp_path / "course"))
    if getattr(request, "param", "SQLite") != "PostgreSQL":
        yield made
        return
    databases: Databases = request.getfixturevalue("databases")
    databases.move(made)
    yield made
    databases.drop(made)


@pytest.fixture
def copied(
    request: pytest.FixtureRequest, tmp_path: Path
) -> Iterator[Callable[[Path], Path]]:
    """Make a twin of a course, with a gradebook of its own."""
    from .postgres import book_of

    twin = tmp_path / "twin"

    def copy(course: Path) -> Path:
        shutil.copytree(course, twin, symlinks=True)
        if book_of(course).startswith("postgresql"):
            request.getfixturevalue("databases").part(course, twin)
        return twin

    yield copy
    if twin.exists() and book_of(twin).startswith("postgresql"):
        request.getfixturevalue("databases").drop(twin)


@pytest.fixture(scope="session")
def release(released: Path) -> bytes:
    """The notebook that students get."""
    return (released / "exercises/toy/toy.ipynb").read_bytes()
