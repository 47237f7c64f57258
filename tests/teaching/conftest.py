"""A course with the toy assignment, released once and copied for each page."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from .pages import Desk, new_course


@pytest.fixture(scope="session")
def released(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The course as it is after `dlcourse release toy`; do not change it."""
    home = tmp_path_factory.mktemp("released")
    desk = Desk(home, new_course(home / "course"))
    desk.run("dlcourse release toy")
    return desk.course


@pytest.fixture(scope="module")
def desk(released: Path, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A desk of one's own for all tests of a file."""
    home = tmp_path_factory.mktemp("home")
    course = Path(shutil.copytree(released, home / "course"))
    return Desk(home, course)


def notebook(course: Path, **answers: str) -> str:
    """What a student hands in: the release, with some cells written."""
    release = json.loads((course / "exercises/toy/toy.ipynb").read_text("utf-8"))
    for cell in release["cells"]:
        label = cell["metadata"].get("nbgrader", {}).get("grade_id", "")
        if label.replace("-", "_") in answers:
            cell["source"] = answers[label.replace("-", "_")]
    return json.dumps(release)


RIGHT = {
    "double": "def double(number):\n    return 2 * number\n",
    "backwards": "def backwards(text):\n    return text[::-1]\n",
    "longest": "def longest(words):\n    return max(words, key=len)\n",
    "why": "Without a key it compares by the alphabet.",
}


def hand_in(course: Path, student: str, time: str = "", **answers: str) -> None:
    """Put a submission where collecting puts it."""
    folder = course / "class/submitted" / student / "toy"
    folder.mkdir(parents=True, exist_ok=True)
    text = notebook(course, **{**RIGHT, **answers})
    (folder / "toy.ipynb").write_text(text, encoding="utf-8")
    if time:
        (folder / "timestamp.txt").write_text(f"{time} UTC", encoding="utf-8")
