"""A course with an empty gradebook, made once and copied for each test."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from .gradebooks import School


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return School(tmp_path_factory.mktemp("report") / "empty").root


@pytest.fixture
def school(empty: Path, tmp_path: Path) -> School:
    return School(Path(shutil.copytree(empty, tmp_path / "course")))


@pytest.fixture
def write(school: School) -> Callable[..., str]:
    """Make the page on an assignment, or on a student."""
    from dlcourse.report.source import class_report, student_report

    def make(name: str = "lab", student: str = "") -> str:
        said: list[str] = []
        if student:
            return student_report(school.root, student, said.append)
        return class_report(school.root, name, said.append)

    return make
