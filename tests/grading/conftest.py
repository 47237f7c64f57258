"""A course with the toy assignment, released once and copied for each test."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

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


@pytest.fixture
def course(released: Path, tmp_path: Path) -> Path:
    """A course of one's own."""
    return Path(shutil.copytree(released, tmp_path / "course"))


@pytest.fixture(scope="session")
def release(released: Path) -> bytes:
    """The notebook that students get."""
    return (released / "exercises/toy/toy.ipynb").read_bytes()
