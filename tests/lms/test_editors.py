"""What went through another editor grades the same, and the student is told."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from .classes import moodle, write_zip
from .conftest import run
from .editors import Notebook, colab, deepnote, kaggle, vscode

LOST = "matched back by the release"
RIGHT = {
    "double": "def double(number):\n    return number + number\n",
    # Passes the visible test, fails the hidden one.
    "backwards": "def backwards(text):\n    return text\n",
    "longest": "import operator\n\n\ndef longest(words):\n"
    "    return max(words, key=len)\n",
    "why": "Because max compares words by the alphabet.\n",
}
EDITORS: dict[str, Callable[[Notebook], bytes]] = {
    "Jupyter": lambda notebook: json.dumps(notebook).encode(),
    "Colab": colab,
    "Vscode": vscode,
    "Deepnote": deepnote,
    "Kaggle": kaggle,
}


def answered(release: bytes) -> Notebook:
    notebook: Notebook = json.loads(release)
    for cell in notebook["cells"]:
        name = cell["metadata"].get("nbgrader", {}).get("grade_id")
        cell["source"] = RIGHT.get(name, cell["source"])
    return notebook


@pytest.fixture(scope="module")
def course(
    released: Path, release: bytes, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """A course where everybody handed in the same work by another editor."""
    home = tmp_path_factory.mktemp("editors")
    course = Path(shutil.copytree(released, home / "course"))
    entries = {
        moodle(editor, number, "toy.ipynb"): write(answered(release))
        for number, (editor, write) in enumerate(EDITORS.items(), start=1)
    }
    path = write_zip(home / "a.zip", entries)
    done = run(course, "dlcourse", "collect", "toy", str(path))
    assert done.returncode == 0, done.stderr
    return course


@pytest.fixture(scope="module")
def report(course: Path) -> dict[str, str]:
    """The line of each in the grader's report."""
    done = run(course, "dlcourse", "grade", "toy", "--timeout", "20")
    assert done.returncode == 0, done.stderr + done.stdout
    lines = [re.sub(r"^\[\d+/\d+\] ", "", one) for one in done.stdout.splitlines()]
    return {line.split()[0]: line for line in lines}


@pytest.mark.parametrize("editor", EDITORS)
def test_every_editor_gives_the_same_marks(report: dict[str, str], editor: str) -> None:
    line = report[editor]
    assert line.startswith(f"{editor} 6/11: "), line
    assert line.endswith("1 answer to mark by hand (why)")
    lost = editor in ("Deepnote", "Kaggle")
    assert (LOST in line) is lost
    assert "put back" not in line
    assert "edited" not in line


def test_the_student_is_told(course: Path, report: dict[str, str]) -> None:
    done = run(course, "nbgrader", "generate_feedback", "toy")
    assert done.returncode == 0, done.stderr
    home = course / "class/feedback"
    pages = {
        editor: (home / editor / "toy/toy.html").read_text(encoding="utf-8")
        for editor in EDITORS
    }
    told = [editor for editor, page in pages.items() if LOST in page]
    assert told == ["Deepnote", "Kaggle"]
    for editor, page in pages.items():
        assert "Because max compares words by the alphabet." in page, editor
        assert "(Score: 6.0 / 11.0)" in page, editor


def test_nbgraders_own_command_matches_them_too(
    course: Path, report: dict[str, str]
) -> None:
    done = run(course, "nbgrader", "autograde", "toy", "--student", "Kaggle", "--force")
    assert done.returncode == 0, done.stderr
    graded = course / "class/autograded/Kaggle/toy/toy.ipynb"
    note = json.loads(graded.read_bytes())["metadata"]["dlcourse"]
    assert LOST in note["events"][0]
