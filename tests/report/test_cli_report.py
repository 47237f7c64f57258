"""The command `dlcourse report`, as somebody types it; where pages go."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from dlcourse.cli import cli
from dlcourse.errors import CourseError
from dlcourse.grading.gradebook import Book
from dlcourse.report.source import file_of_class, file_of_student

from .gradebooks import HandedIn, School


@pytest.fixture
def course(school: School, monkeypatch: pytest.MonkeyPatch) -> School:
    school.release("lab", {"one": 2.0})
    school.hand_in("lab", "ada", HandedIn([2.0]))
    monkeypatch.chdir(school.root)
    return school


def run(*words: str) -> str:
    """What the command says; its error, if it fails."""
    done = CliRunner().invoke(cli, ["report", *words], standalone_mode=False)
    if done.exception is not None:
        raise done.exception
    return done.output


def test_pages_go_to_the_private_folder_or_where_they_are_wanted(
    course: School, tmp_path: Path
) -> None:
    reports = course.root / "class/reports"
    assert run("lab") == f"Written: {reports}/lab.html\n"
    assert run("--student", "ada") == f"Written: {reports}/students/ada.html\n"
    run("lab", "--out", str(tmp_path / "deep/page.html"))
    first, second = reports / "lab.html", tmp_path / "deep/page.html"
    assert first.read_bytes() == second.read_bytes()
    assert sorted(path.name for path in reports.iterdir()) == ["lab.html", "students"]


def test_a_file_that_cannot_be_written_keeps_the_old_one(course: School) -> None:
    out = course.root / "taken"
    (course.root / "file").write_text("x")
    out.mkdir()
    with pytest.raises(CourseError, match="cannot be written"):
        run("lab", "--out", str(course.root / "file/page.html"))
    assert (course.root / "file").read_text() == "x"


@pytest.mark.parametrize("words", [(), ("lab", "--student", "ada")])
def test_it_wants_one_of_both(course: School, words: tuple[str, ...]) -> None:
    with pytest.raises(CourseError, match="either an assignment's name or --student"):
        run(*words)


def test_an_unknown_assignment_is_refused_with_a_list(course: School) -> None:
    with pytest.raises(CourseError, match=r"lap is not in .* there: lab\."):
        run("lap")


def test_a_missing_gradebook_is_refused(course: School) -> None:
    (course.root / "class/gradebook.db").unlink()
    for words in (("lab",), ("--student", "ada")):
        with pytest.raises(CourseError, match=r"cannot be opened \(there is no file"):
            run(*words)
    assert not (course.root / "class/gradebook.db").exists()


def test_an_empty_gradebook_is_refused(course: School) -> None:
    (course.root / "class/gradebook.db").write_bytes(b"")
    with pytest.raises(CourseError, match=r"lab is not in .* there: none\."):
        run("lab")
    with pytest.raises(CourseError, match=r"no student 'ada' among 0\."):
        run("--student", "ada")


def test_a_locked_gradebook_is_waited_for_and_then_given_up(
    course: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dlcourse.grading.gradebook.PATIENCE", 0.0)
    assert Book(course.url, print, None).patience == 0.0  # type: ignore[arg-type]
    other = sqlite3.connect(course.root / "class/gradebook.db", isolation_level=None)
    try:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(CourseError, match="because another program holds it"):
            run("lab")
    finally:
        other.close()


def test_from_the_shell_an_error_is_one_sentence_and_status_2(course: School) -> None:
    done = subprocess.run(
        [sys.executable, "-c", "from dlcourse.cli import main; main()", "report", "x"],
        cwd=course.root,
        env={"PYTHONPATH": str(Path(__file__).parents[2])},
        capture_output=True,
        text=True,
        timeout=200,
    )
    assert done.returncode == 2
    assert done.stderr.startswith("dlcourse: x is not in the gradebook;")
    assert done.stderr.count("\n") == 1


def test_ids_make_plain_and_different_file_names(tmp_path: Path) -> None:
    folder = tmp_path / "class/reports/students"
    ids = ["Ada Lovelace", "ada@x.org", "../ada", "a/da", "a-da", ".ada", "", "é" * 300]
    paths = [file_of_student(tmp_path, one) for one in ids]
    assert len(set(paths)) == len(ids)
    assert {path.parent for path in paths} == {folder}
    assert paths[0].name == "Ada Lovelace.html"
    assert all(len(path.name.encode()) < 255 for path in paths)
    assert not any(path.name.startswith(".") for path in paths)
    assert file_of_class(tmp_path, "../x").parent == tmp_path / "class/reports"
