"""Every command of book/teaching/first-release.md, from the clone on."""

from __future__ import annotations

import csv
import re
import shlex
import shutil
import sqlite3
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from .conftest import notebook
from .pages import ROOT, TOY, Desk, blocks, commands, page

PAGE = page("first-release")
COMMANDS = commands(PAGE)
ORIGIN = (
    *("nbgrader_config.py", "_toc.yml", "_config.yml", ".gitignore"),
    *("Makefile", "requirements.txt", "constraints.txt", "pyproject.toml"),
)
WORKSHEET = "Identifier,Full name,Email address,Status,Grade,Maximum Grade\n"


def git(at: Path, *words: str) -> None:
    identity = ("-c", "user.name=Teacher", "-c", "user.email=teacher@uni.example")
    subprocess.run(["git", *identity, *words], cwd=at, check=True, capture_output=True)


def origin(home: Path) -> None:
    """Make the repository, small, that the page clones."""
    folder = home / "hub/deep-learning-lab"
    (folder / "solutions/toy").mkdir(parents=True)
    for name in ORIGIN:
        shutil.copy(ROOT / name, folder)
    shutil.copy(TOY, folder / "solutions/toy")
    git(folder, "init", "-q")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "The course")
    (home / ".gitconfig").write_text(
        f'[url "{home}/hub/"]\n\tinsteadOf = https://github.com/your-organisation/\n'
    )


def downloads(home: Path, course: Path) -> None:
    (home / "Downloads").mkdir()
    with zipfile.ZipFile(home / "Downloads/DL-Lab1-4711.zip", "w") as archive:
        path = "Ada Lovelace_812340_assignsubmission_file/toy.ipynb"
        answers = {
            "double": "def double(number):\n    return number + number\n",
            "backwards": "def backwards(text):\n    return text[::-1]\n",
            "longest": "def longest(words):\n    return max(words, key=len)\n",
            "why": "By the alphabet.",
        }
        archive.writestr(path, notebook(course, **answers))
    rows = (
        "Participant 812340,Ada Lovelace,ada@uni.example,Submitted,,11.00\n"
        "Participant 812341,Ben Okafor,ben@uni.example,-,,11.00\n"
    )
    (home / "Downloads/Grades.csv").write_text(WORKSHEET + rows, encoding="utf-8")


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A machine after all commands of the page."""
    home = tmp_path_factory.mktemp("home")
    origin(home)
    desk = Desk(home, home)
    for command in COMMANDS:
        match command.split():
            case ["cd", folder]:
                desk.course /= folder
            case ["make", *_]:
                # What it runs is what the workflow `build.yml` runs, for minutes.
                desk.run(f"make --dry-run {command.partition(' ')[2]}")
                (desk.course / ".venv").symlink_to(sys.prefix)
            case ["dlcourse", "collect", *_]:
                downloads(home, desk.course)
                desk.run(command)
            case _:
                desk.run(command)
    return desk


def test_the_page_has_the_commands_that_were_meant() -> None:
    assert [" ".join(one.split()[:2]) for one in COMMANDS] == [
        *("git clone", "cd course", "make book", "source .venv/bin/activate"),
        *("sed -i", "sed -i", "dlcourse release"),
        *("cat >", "nbgrader db", "nbgrader db", "nbgrader validate"),
        *("mkdir -p", "cp -r", "cp -r", "dlcourse grade"),
        *("dlcourse forget", "dlcourse forget", "dlcourse collect", "dlcourse grade"),
        *("nbgrader generate_feedback", "dlcourse report"),
    ]
    assert all(shlex.split(command) for command in COMMANDS)


def test_make_sets_up_and_builds(played: Desk) -> None:
    told = "\n".join(played.heard("make"))
    assert "pip install" in told
    assert re.search(r"\.venv/bin/dlcourse book$", told, re.M)
    assert "make book" in (ROOT / ".github/workflows/build.yml").read_text("utf-8")


def test_the_course_has_its_names(played: Desk) -> None:
    title = (played.course / "_config.yml").read_text(encoding="utf-8")
    assert "\ntitle: Deep Learning, winter 2026\n" in title
    with sqlite3.connect(played.course / "class/gradebook.db") as book:
        courses = book.execute("SELECT id FROM course").fetchall()
        students = book.execute("SELECT id FROM student ORDER BY id").fetchall()
    book.close()
    assert ("dl-2026",) in courses
    assert students == [("ada@uni.example",), ("ben@uni.example",)]


def test_the_release_says_what_it_made(played: Desk) -> None:
    (shown, _) = blocks(PAGE, "text")
    for line in shown.splitlines():
        place = line.split()[0].replace("lab01-tensors", "toy")
        assert (played.course / place / "toy.ipynb").is_file()


def test_all_fails_on_the_empty_notebook(played: Desk) -> None:
    told = "\n".join(played.heard("nbgrader validate"))
    assert "VALIDATION FAILED ON 4 CELL(S)" in told


def test_the_trials_get_all_and_nothing(played: Desk) -> None:
    told = played.heard("dlcourse grade")
    marks = dict(re.findall(r"\] (\S+) ([\d.]+)/11", "\n".join(told)))
    assert marks == {"trial-right": "9", "trial-empty": "0"}
    for which in (0, 1):
        assert played.heard("dlcourse forget", which)[-1].startswith("Deleted.")


def test_the_first_submission_is_graded_as_shown(played: Desk) -> None:
    _, shown = blocks(PAGE, "text")
    told = "\n".join(played.heard("dlcourse grade", 1))
    # The page shows the lab's numbers.
    told = told.replace("9/11", "37/40").replace("(why)", "(shared-memory-answer)")
    assert re.sub(r"; [\d,.]+ a minute", "", told) == shown.rstrip("\n")
    own = played.course / "class"
    assert (own / "feedback/ada@uni.example/toy/toy.html").is_file()
    assert (own / "reports/toy.html").is_file()
    with (own / "students.csv").open(encoding="utf-8") as file:
        assert len(list(csv.DictReader(file))) == 2
