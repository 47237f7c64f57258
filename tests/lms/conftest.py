"""A course with the toy assignment of the grader's tests."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PROGRAMS = Path(sys.executable).parent  # where nbgrader's alembic is
TOY = ROOT / "tests/grading/toy/toy.md"

Run = Callable[..., subprocess.CompletedProcess[str]]


def run(at: Path, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
    """Run dlcourse or nbgrader in a folder, with the code of this checkout."""
    program = {
        "dlcourse": "from dlcourse.cli import main; main()",
        "nbgrader": "from nbgrader.apps.nbgraderapp import main; main()",
    }[words[0]]
    return subprocess.run(
        [sys.executable, "-c", program, *words[1:]],
        cwd=at,
        env={
            **os.environ,
            "PATH": f"{PROGRAMS}{os.pathsep}{os.environ['PATH']}",
            "PYTHONPATH": str(ROOT),
            **more,
        },
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


@pytest.fixture(scope="session")
def released(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The course as it is after `dlcourse release toy`; do not change it."""
    course = tmp_path_factory.mktemp("lms") / "course"
    (course / "solutions/toy").mkdir(parents=True)
    shutil.copy(ROOT / "nbgrader_config.py", course)
    (course / "_toc.yml").touch()
    shutil.copy(TOY, course / "solutions/toy")
    done = run(course, "dlcourse", "release", "toy")
    assert done.returncode == 0, done.stderr
    return course


@pytest.fixture
def course(released: Path, tmp_path: Path) -> Path:
    """A course of one's own."""
    return Path(shutil.copytree(released, tmp_path / "course"))


@pytest.fixture(scope="session")
def release(released: Path) -> bytes:
    """The notebook that students get."""
    return (released / "exercises/toy/toy.ipynb").read_bytes()
