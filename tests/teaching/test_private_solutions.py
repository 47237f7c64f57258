"""Every command of book/teaching/private-solutions.md, with bare repositories."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import zipfile
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from dlcourse.errors import CourseError
from dlcourse.publish.leaks import find_leaks, regions
from dlcourse.publish.mirror import mirror
from dlcourse.publish.sphinx_ext import ExerciseLinks

from .pages import ROOT, Desk, blocks, commands, page

PAGE = page("private-solutions")
COMMANDS = commands(PAGE)
HUB = "https://github.com/your-organisation/"
SECRET = """same(longest(["aa", "b", "cc"]), "aa")"""
HIDDEN = """### BEGIN HIDDEN TESTS
same(double(-3), -6)"""
LONGER = """### BEGIN HIDDEN TESTS
for number in (-3, 0, 10 ** 20):
    same(double(number), number + number)
same(double(-3), -6)"""


def git(at: Path, *words: str) -> str:
    return subprocess.run(
        ["git", *words], cwd=at, check=True, capture_output=True, text=True
    ).stdout


def write_course(folder: Path, released: Path) -> None:
    """Write a small course as git has it."""
    for name in ("_config.yml", ".gitignore"):
        shutil.copy(ROOT / name, folder)
    for part in ("solutions", "exercises"):
        shutil.copytree(released / part, folder / part)
    for name in ("nbgrader_config.py", "_toc.yml"):
        shutil.copy(released / name, folder)
    source = folder / "solutions/toy/toy.md"
    text = source.read_text(encoding="utf-8")
    assert HIDDEN in text
    source.write_text(text.replace(HIDDEN, LONGER), encoding="utf-8")
    (folder / "tests").mkdir()
    (folder / "tests/mistakes.py").write_text("WRONG = 'a known mistake'\n")
    (folder / "_toc.yml").unlink()
    (folder / "_toc.yml").write_text("format: jb-book\nroot: book/index\n")


@pytest.fixture
def course(released: Path, tmp_path: Path) -> Path:
    """A private course of one's own, in git."""
    folder = tmp_path / "course"
    folder.mkdir()
    write_course(folder, released)
    git(folder, "init", "-q")
    git(folder, "add", "-A")
    return folder


@pytest.fixture(scope="module")
def played(released: Path, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """Both repositories after all commands of the page."""
    home = tmp_path_factory.mktemp("home")
    hub = home / "hub"
    hub.mkdir()
    for name in ("deep-learning-lab", "course-private", "course-public"):
        git(hub, "init", "-q", "--bare", "--initial-branch=main", name)
    (home / ".gitconfig").write_text(
        f'[url "{hub}/"]\n\tinsteadOf = {HUB}\n'
        "[user]\n\tname = Teacher\n\temail = teacher@uni.example\n"
    )
    desk = Desk(home, home)
    upstream = home / "upstream"
    upstream.mkdir()
    write_course(upstream, released)
    desk.run(
        "cd upstream && git init -q --initial-branch main && git add -A && "
        f"git commit -qm Course && git push -q {HUB}deep-learning-lab main"
    )
    for command in COMMANDS:
        if command.startswith("cd "):
            desk.course = (desk.course / command.partition(" ")[2]).resolve()
        else:
            desk.run(command)
    return desk


def test_the_page_has_the_commands_that_were_meant() -> None:
    assert sum(command.startswith("dlcourse mirror") for command in COMMANDS) == 2
    assert sum(command.startswith("git push") for command in COMMANDS) == 3
    assert {command.split()[0] for command in COMMANDS} == {
        *("git", "cd", "sed", "dlcourse"),
    }


def test_the_command_says_what_the_page_says(played: Desk) -> None:
    shown, _ = blocks(PAGE, "text")
    told = "\n".join(played.heard("dlcourse mirror"))
    told = told.replace("5 files, 5 changed", "521 files, 521 changed")  # all of them
    assert told == shown.rstrip("\n")
    assert "0 changed, 0 removed" in played.heard("dlcourse mirror", 1)[-1]


def test_nothing_secret_is_in_what_was_pushed(played: Desk) -> None:
    public = played.home / "hub/course-public"
    private = played.home / "hub/course-private"
    everything = git(public, "log", "--all", "-p")
    names = git(public, "ls-tree", "-r", "--name-only", "main").split()
    assert "exercises/toy/toy.ipynb" in names
    assert not [name for name in names if name.startswith(("solutions", "tests"))]
    for secret in (SECRET, "max(words, key=len)", "a known mistake"):
        assert secret not in everything
        assert secret in git(private, "log", "--all", "-p")
    assert "course-public" in git(public, "show", "main:_config.yml")


def test_what_is_new_upstream_comes_into_the_private_one(played: Desk) -> None:
    command = "git pull upstream main"
    assert f"`{command}`" in PAGE
    played.run(f"cd {played.home}/course && {command}")


def links(root: Path) -> list[str]:
    """Labels of the links on the card of an assignment."""
    env: Any = SimpleNamespace(srcdir=str(root), docname="book/labs/lab")
    card: Any = SimpleNamespace(env=env)
    found = ExerciseLinks._targets(card, "toy", "exercises/toy/toy.ipynb")
    assert all("course-public" in address for _, address, _ in found[1:])
    return [label for label, _, _ in found]


def test_the_public_site_has_no_link_to_a_source(played: Desk) -> None:
    private = links(played.home / "course")
    assert private[-1] == "Edit source (shows solutions)"
    assert links(played.home / "course-public") == private[:-1]


def leak_into(course: Path, name: str, text: str) -> None:
    file = course / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    git(course, "add", "--force", name)


SOLVED = """    for number in (-3, 0, 10 ** 20):

        same(double(number), number + number)
    same(double(-3), -6)
"""
CELLS = {"cells": [{"cell_type": "code", "source": SOLVED.splitlines(keepends=True)}]}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("exercises/toy/notes.md", f"Hint:\n{SOLVED}"),
        ("book/labs/lab.md", f"```python\n{SOLVED}```\n"),
        ("notebooks.ipynb", json.dumps(CELLS)),
    ],
)
def test_a_hidden_test_that_gets_out_stops_it(
    course: Path, tmp_path: Path, name: str, text: str
) -> None:
    leak_into(course, name, text)
    with pytest.raises(CourseError, match=re.escape(name)):
        mirror(course, tmp_path / "public")
    assert not (tmp_path / "public").exists()


def test_what_it_says_then_is_what_the_page_says(course: Path, tmp_path: Path) -> None:
    leak_into(course, "exercises/toy/notes.md", SOLVED)
    told = Desk(tmp_path, course).run("dlcourse mirror ../public", status=(2,))
    assert told.replace("toy", "lab01-tensors") == blocks(PAGE, "text")[1]


def test_the_built_site_is_looked_at(course: Path, tmp_path: Path) -> None:
    site = course / "_build/html"
    site.mkdir(parents=True)
    marked = SOLVED.replace("in", "<span class='ow'>in</span>")
    (site / "page.html").write_text(f"<pre>{marked}</pre>", encoding="utf-8")
    with pytest.raises(CourseError, match=r"_build/html/page\.html"):
        mirror(course, tmp_path / "public")
    (site / "page.html").unlink()
    (site / "wheels").mkdir()
    with zipfile.ZipFile(site / "wheels/a.whl", "w") as wheel:
        wheel.writestr("dlcourse/a.py", SOLVED)
    with pytest.raises(CourseError, match=r"_build/html/wheels/a\.whl"):
        mirror(course, tmp_path / "public")


def test_a_chapter_may_show_a_solution(course: Path, tmp_path: Path) -> None:
    source = course / "solutions/toy/toy.md"
    code = "    total = number\n    total = total + number  # again, then\n"
    code += "    return total\n"
    text = source.read_text(encoding="utf-8")
    source.write_text(text.replace("    return 2 * number\n", code), encoding="utf-8")
    leak_into(course, "book/labs/lab.md", code)
    (shown,) = mirror(course, tmp_path / "public").shown
    assert shown.line() == "book/labs/lab.md holds the solution of double (toy)"
    leak_into(course, "exercises/toy/lab.py", code)
    with pytest.raises(CourseError, match=r"exercises/toy/lab\.py holds the solution"):
        mirror(course, tmp_path / "public")


def test_a_copy_follows_the_course_and_nothing_else(
    course: Path, tmp_path: Path
) -> None:
    public = tmp_path / "public"
    leak_into(course, "book/old.md", "Old.\n")
    (course / "book/draft.md").write_text("Not in git.\n", encoding="utf-8")
    mirror(course, public)
    assert (public / "book/old.md").is_file()
    assert not (public / "book/draft.md").exists()
    (public / "mine.txt").write_text("Mine.\n", encoding="utf-8")
    git(course, "rm", "-q", "--force", "book/old.md")
    done = mirror(course, public)
    assert (done.changed, done.removed) == (0, 1)
    assert not (public / "book/old.md").exists()
    assert (public / "mine.txt").is_file()


def test_a_wrong_folder_is_refused(course: Path, tmp_path: Path) -> None:
    with pytest.raises(CourseError, match="inside the course"):
        mirror(course, course / "public")
    full = tmp_path / "full"
    full.mkdir()
    (full / "thesis.tex").touch()
    with pytest.raises(CourseError, match="did not put there"):
        mirror(course, full)
    shutil.rmtree(course / ".git")
    with pytest.raises(CourseError, match="no git repository"):
        mirror(course, tmp_path / "public")


def test_nothing_secret_of_this_course_is_in_its_public_part() -> None:
    secrets = regions(ROOT)
    assert len(secrets) > 300
    files = {
        str(path.relative_to(ROOT)): path.read_bytes()
        for folder in ("book", "exercises", "dlcourse")
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert [
        leak.line() for leak in find_leaks(files, secrets) if not leak.is_meant
    ] == []
