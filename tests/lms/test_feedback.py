"""Feedback as Moodle's import reads it."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC
from pathlib import Path

import pytest

from dlcourse.errors import CourseError
from dlcourse.lms.collect import collect
from dlcourse.lms.feedback import pack
from dlcourse.lms.roster import Roster, read_roster

from .classes import gradebook, moodle, moodle_flat, worksheet, write_zip


def moodle_reads(raw: bytes) -> dict[tuple[str, str, str], bytes]:
    """By number, plugin and file, as mod/assign/feedback/file/importziplib.php does."""
    found = {}
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        assert archive.testzip() is None
        for name in archive.namelist():
            parts = name.split("/")
            info = parts.pop(0).split("_", 4)
            assert len(info) >= 4, name
            assert info[1].isdecimal(), name
            rest = "/".join([*info[4:], *parts]).strip("/")
            found[info[1], f"{info[2]}_{info[3]}", rest] = archive.read(name)
    return found


def page(course: Path, student: str, text: str) -> None:
    folder = course / "class/feedback" / student / "toy"
    folder.mkdir(parents=True)
    (folder / "toy.html").write_text(text, encoding="utf-8")


def class_list(course: Path, text: str) -> Roster:
    path = course / "people.csv"
    path.write_text(text, encoding="utf-8")
    return read_roster(path, "", UTC)


KIND = "assignsubmission_file"


def test_everybody_gets_the_page_of_the_folder_it_came_in(
    course: Path, tmp_path: Path
) -> None:
    entries = {
        moodle("Ada", 1, "toy.ipynb"): b"a",
        moodle("Li Na", 2, "toy.ipynb", last="_"): b"b",
        moodle_flat("Li Na", 3, "toy.ipynb"): b"c",
        moodle("Šimić", 4, "toy.ipynb"): b"d",
    }
    collect(course, "toy", [write_zip(tmp_path / "a.zip", entries)], None)
    for student in ("Ada", "Li Na 2", "Li Na 3", "Šimić", "stranger"):
        page(course, student, f"for {student}")
    made = pack(course, "toy", None)
    assert moodle_reads(made.raw) == {
        ("1", KIND, "toy.html"): b"for Ada",
        ("2", KIND, "toy.html"): b"for Li Na 2",
        ("3", KIND, "toy.html"): b"for Li Na 3",
        ("4", KIND, "toy.html"): "for Šimić".encode(),
    }
    with zipfile.ZipFile(io.BytesIO(made.raw)) as archive:
        assert f"Ada_1_{KIND}/toy.html" in archive.namelist()
        assert f"Li Na_2_{KIND}_/toy.html" in archive.namelist()
    assert made.count == 4
    assert made.remarks == ["stranger: has feedback, but is not known in Moodle"]
    assert pack(course, "toy", None).raw == made.raw
    people = [(1, "Ada", "a@x"), (2, "Li Na", "b@x"), (3, "Li Na", "c@x")]
    roster = class_list(course, worksheet(*people, (4, "Šimić", "d@x")))
    assert pack(course, "toy", roster).raw == made.raw


def test_a_group_s_page_goes_to_each_of_it(course: Path, tmp_path: Path) -> None:
    entries = {f"Group A_31_{KIND}/toy.ipynb": b"a"}
    people = worksheet((1, "Ada_B", "ada@x"), (2, "Ben", "ben@x"), (3, "Cleo", "c@x"))
    people = people.replace("Status", "Group", 1)
    people = people.replace("Submitted for grading - ", "Group A", 2)
    people = people.replace("Submitted for grading - ", "")
    roster = class_list(course, people)
    collect(course, "toy", [write_zip(tmp_path / "a.zip", entries)], roster)
    page(course, "Group A", "for both")
    made = pack(course, "toy", roster)
    assert moodle_reads(made.raw) == {
        ("1", KIND, "toy.html"): b"for both",
        ("2", KIND, "toy.html"): b"for both",
    }


def test_what_is_missing_is_one_sentence(course: Path) -> None:
    with pytest.raises(CourseError, match="run `nbgrader generate_feedback toy` first"):
        pack(course, "toy", None)
    page(course, "ada", "x")
    with pytest.raises(CourseError, match="Nobody with feedback on toy is known"):
        pack(course, "toy", None)
    with pytest.raises(CourseError, match="is not Moodle's grading worksheet"):
        pack(course, "toy", class_list(course, gradebook((51, "A", "ada"))))
