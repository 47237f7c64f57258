"""Every command of book/teaching/lms.md, run in its order on a class."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import subprocess
import warnings
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner
from nbgrader.api import Gradebook
from sqlalchemy.exc import SAWarning

from dlcourse.cli import cli

from .classes import gradebook, moodle, read, worksheet, write_zip
from .conftest import ROOT, run
from .test_editors import answered

PAGE = (ROOT / "book/teaching/lms.md").read_text(encoding="utf-8")
COMMANDS = [
    line
    for block in re.findall(r"```bash\n(.*?)```", PAGE, re.DOTALL)
    for line in block.replace("\\\n", "").strip().splitlines()
]
CLASS = [
    (812340, "Ada Lovelace", "ada@uni.example"),
    (812341, "Ben Okafor", "ben@uni.example"),
    (812342, "Cleo Marsh", "cleo@uni.example"),
    (812343, "Dan Ng", "dan@uni.example"),
]
QUICK = ("collect", "marks", "feedback")  # need no process of their own


def here(at: Path, words: list[str]) -> subprocess.CompletedProcess[str]:
    """Run a dlcourse command in this process."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(at)
        done = CliRunner().invoke(cli, words[1:])
    error = done.exception if not isinstance(done.exception, SystemExit) else None
    status = 2 if error else done.exit_code
    return subprocess.CompletedProcess(words, status, done.stdout, str(error))


def mark_by_hand(course: Path, *students: str) -> None:
    url = f"sqlite:///{course}/class/gradebook.db"
    with warnings.catch_warnings(), Gradebook(url) as book:
        warnings.simplefilter("ignore", SAWarning)  # of nbgrader's own models
        for student in students:
            grade = book.find_grade("why", "toy", "toy", student)
            grade.manual_score, grade.needs_manual_grade = 1.5, False
        book.db.commit()


def downloads(home: Path, release: bytes) -> None:
    right = answered(release)
    for cell in right["cells"]:
        if cell["metadata"].get("nbgrader", {}).get("grade_id") == "backwards":
            cell["source"] = "def backwards(text):\n    return text[::-1]\n"
    entries = {
        moodle("Ada Lovelace", 812340, "toy.ipynb"): json.dumps(right).encode(),
        moodle("Ben Okafor", 812341, "Untitled7.ipynb"): json.dumps(
            answered(release)
        ).encode(),
        moodle("Cleo Marsh", 812342, "answers.docx"): b"",
    }
    write_zip(home / "DL-Lab1-4711.zip", entries)
    (home / "Grades.csv").write_text(worksheet(*CLASS), encoding="utf-8")
    logins = [(n, name, email) for n, (_, name, email) in enumerate(CLASS, start=51)]
    table = gradebook(*logins).replace("Toy (4441)", "Lab 1 (4441)")
    (home / "gradebook.csv").write_text(table, encoding="utf-8")


@pytest.fixture(scope="module")
def played(
    released: Path, release: bytes, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, dict[str, subprocess.CompletedProcess[str]]]:
    """The course afterwards, and what each command said."""
    home = tmp_path_factory.mktemp("home")
    (home / "Downloads").mkdir()
    downloads(home / "Downloads", release)
    course = Path(shutil.copytree(released, home / "course"))
    said = {}
    for command in COMMANDS:
        words = shlex.split(command.replace("lab01-tensors", "toy"))
        words = [re.sub("^~", str(home), word) for word in words]
        done = here(course, words) if words[1] in QUICK else run(course, *words)
        said[command] = done
        assert done.returncode in (0, 1), f"{command}: {done.stderr}"
        if words[1] == "grade":
            mark_by_hand(course, CLASS[0][2], CLASS[1][2])
    return course, said


Played = tuple[Path, dict[str, subprocess.CompletedProcess[str]]]


def test_the_page_has_the_commands_that_were_meant() -> None:
    assert [line.split()[:2] for line in COMMANDS] == [
        *(["dlcourse", one] for one in ("collect", "grade", "marks", "marks", "marks")),
        ["nbgrader", "generate_feedback"],
        ["dlcourse", "feedback"],
    ]


def test_only_collecting_has_a_remark(played: Played) -> None:
    _, said = played
    assert [done.returncode for done in said.values()] == [1, 0, 0, 0, 0, 0, 0]
    assert said[COMMANDS[0]].stdout.splitlines() == [
        "Ben Okafor (Moodle 812341): Untitled7.ipynb was taken for toy.ipynb",
        "Cleo Marsh (Moodle 812342): no notebook among the files (answers.docx): not "
        "used",
        "2 new, 0 replaced, 0 unchanged, 1 not used; 1 of the class handed in nothing",
    ]


def test_marks_are_in_each_table(played: Played) -> None:
    course, said = played

    def column(file: str, title: str) -> list[str]:
        text = (course / "class" / file).read_text(encoding="utf-8")
        return [one[title] for one in read(text)]

    assert column("moodle.csv", "Grade") == ["10.5", "7.5", "", ""]
    assert column("canvas.csv", "Lab 1 (4441)")[2:] == ["10.5", "7.5", "", "", ""]
    assert column("marks.csv", "score") == ["10.5", "7.5"]
    assert "2 marks of 2 written to" in said[COMMANDS[2]].stdout


def test_feedback_is_in_the_zip(played: Played) -> None:
    course, _ = played
    with zipfile.ZipFile(course / "class/feedback.zip") as archive:
        pages = {
            name: archive.read(name).decode("utf-8") for name in archive.namelist()
        }
    assert list(pages) == [
        "Ada Lovelace_812340_assignsubmission_file/toy.html",
        "Ben Okafor_812341_assignsubmission_file/toy.html",
    ]
    for page, score in zip(pages.values(), (10.5, 7.5), strict=True):
        assert f"(Score: {score} / 11.0)" in page
