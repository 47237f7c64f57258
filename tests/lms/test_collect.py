"""Collecting: everybody's last work is in its place, and nothing is lost."""

from __future__ import annotations

import io
import json
import unicodedata
import zipfile
from datetime import UTC
from pathlib import Path

import pytest

from dlcourse.errors import CourseError
from dlcourse.lms.collect import Report, collect
from dlcourse.lms.roster import read_roster

from .classes import canvas, gradebook, moodle, moodle_flat, worksheet, write_zip

ADA = (812340, "Ada Lovelace", "ada@uni.example")
BEN = (812341, "Ben Šimić", "ben@uni.example")


def files(course: Path) -> dict[str, bytes]:
    """All that was handed in, by path."""
    home = course / "class/submitted"
    return {
        path.relative_to(home).as_posix(): path.read_bytes()
        for path in sorted(home.rglob("*"))
        if path.is_file()
    }


def earlier(course: Path, student: str) -> list[bytes]:
    home = course / "class/collected/toy/earlier" / student
    return sorted(one.read_bytes() for one in home.rglob("*") if one.is_file())


def take(course: Path, *zips: Path, roster: str = "", column: str = "") -> Report:
    people = None
    if roster:
        path = course / "people.csv"
        path.write_text(roster, encoding="utf-8")
        people = read_roster(path, column, UTC)
    return collect(course, "toy", zips, people)


def test_moodles_zip_by_its_worksheet(course: Path, tmp_path: Path) -> None:
    path = write_zip(
        tmp_path / "DL-Toy-4711.zip",
        {
            moodle(*ADA[1::-1], "toy.ipynb"): b"adas",
            moodle(*ADA[1::-1], "data/points.csv"): b"1,2",
            "Ada Lovelace_812340_assignsubmission_onlinetext/onlinetext.html": b"Hi",
            moodle(*BEN[1::-1], "toy.ipynb", last="_"): b"bens",
        },
    )
    people = worksheet(ADA, BEN, (812342, "Cleo", "cleo@uni.example"))
    report = take(course, path, roster=people)
    time = b"2026-11-27 10:15:00.000000 UTC"
    assert files(course) == {
        "ada@uni.example/toy/toy.ipynb": b"adas",
        "ada@uni.example/toy/data/points.csv": b"1,2",
        "ada@uni.example/toy/onlinetext.html": b"Hi",
        "ada@uni.example/toy/timestamp.txt": time,
        "ben@uni.example/toy/toy.ipynb": b"bens",
        "ben@uni.example/toy/timestamp.txt": time,
    }
    assert report.remarks == []
    assert report.lines() == [
        "2 new, 0 replaced, 0 unchanged, 0 not used; 1 of the class handed in nothing"
    ]


def test_moodles_zip_without_folders_and_without_a_worksheet(
    course: Path, tmp_path: Path
) -> None:
    path = write_zip(
        tmp_path / "a.zip",
        {
            moodle_flat("Ada Lovelace", 1, "toy.ipynb"): b"a",
            moodle_flat("Li Na", 2, "toy.ipynb"): b"first Li",
            moodle_flat("Li Na", 3, "toy.ipynb"): b"second Li",
        },
    )
    assert take(course, path).remarks == []
    assert files(course) == {
        "Ada Lovelace/toy/toy.ipynb": b"a",
        "Li Na 2/toy/toy.ipynb": b"first Li",
        "Li Na 3/toy/toy.ipynb": b"second Li",
    }


def test_another_assignments_worksheet_does_by_name(
    course: Path, tmp_path: Path
) -> None:
    path = write_zip(
        tmp_path / "a.zip",
        {moodle(name, 900 + len(name), "toy.ipynb"): b"x" for name in ("Ada", "Li")},
    )
    people = worksheet((1, "Ada", "ada@x"), (2, "Li", "li@x"), (3, "Li", "li2@x"))
    report = take(course, path, roster=people)
    assert next(iter(files(course))) == "ada@x/toy/timestamp.txt"
    assert "1 found by their names" in report.notes[0]
    (remark,) = report.remarks
    assert remark.startswith("Li (Moodle 902) is not in ")
    assert report.counts["not used"] == 1


def test_canvas_takes_the_last_upload(course: Path, tmp_path: Path) -> None:
    path = write_zip(
        tmp_path / "submissions.zip",
        {
            canvas("Lovelace, Ada", 51, 1000, "toy.ipynb"): b"first",
            canvas("Lovelace, Ada", 51, 1007, "toy-2.ipynb"): b"third",
            canvas("Lovelace, Ada", 51, 1003, "toy-1.ipynb"): b"second",
            canvas("Lovelace, Ada", 51, 1002, "points.csv"): b"1",
            canvas("Šimić, Ben", 52, 1001, "toy.ipynb", late=True): b"bens",
            "orcutt_53_text.html": b"<p>my answer</p>",
        },
    )
    people = gradebook((51, "Lovelace, Ada", "ada"), (52, "Šimić, Ben", "ben"))
    people += "Orcutt,53,S53,cleo,Deep Learning,,,,,\r\n"
    report = take(course, path, roster=people)
    assert files(course) == {
        "ada/toy/toy.ipynb": b"third",
        "ada/toy/points.csv": b"1",
        "ben/toy/toy.ipynb": b"bens",
    }
    assert earlier(course, "ada") == [b"first", b"second"]
    assert report.late == ["ben"]
    assert report.remarks == [
        "orcutt (Canvas 53): no notebook among the files (text.html): not used"
    ]
    assert report.lines()[-2:] == [
        "late: ben",
        "2 new, 0 replaced, 0 unchanged, 1 not used",
    ]


def test_canvas_without_a_gradebook_gives_its_numbers(
    course: Path, tmp_path: Path
) -> None:
    entries = {
        canvas("Lovelace, Ada", 51, 7, "toy.ipynb"): b"a",
        "anon_Xy3_8_toy.ipynb": b"b",
    }
    take(course, write_zip(tmp_path / "a.zip", entries))
    assert list(files(course)) == ["51/toy/toy.ipynb", "anon_Xy3/toy/toy.ipynb"]


def test_the_same_zip_again_changes_nothing(course: Path, tmp_path: Path) -> None:
    path = write_zip(
        tmp_path / "a.zip",
        {
            canvas("A", 51, 7, "toy.ipynb"): b"old",
            canvas("A", 51, 8, "toy-1.ipynb"): b"new",
        },
    )
    take(course, path)
    home = course / "class"

    def state() -> dict[str, tuple[bytes, int]]:
        return {
            str(one): (one.read_bytes(), one.stat().st_mtime_ns)
            for one in home.rglob("*")
            if one.is_file()
        }

    # Somebody mended the notebook by hand since then.
    (home / "submitted/51/toy/toy.ipynb").write_bytes(b"mended")
    before = state()
    report = take(course, path)
    assert report.counts == {"unchanged": 1, "not used": 0}
    assert report.remarks == []
    assert state() == before


def test_new_work_replaces_old_which_is_kept(course: Path, tmp_path: Path) -> None:
    name = moodle("Ada", 1, "toy.ipynb")
    october = write_zip(tmp_path / "october.zip", {name: b"early"}, month=10)
    november = write_zip(tmp_path / "november.zip", {name: b"late"}, month=11)
    take(course, october)
    report = take(course, november)
    assert files(course) == {"Ada/toy/toy.ipynb": b"late"}
    assert earlier(course, "Ada") == [b"early"]
    assert report.counts["replaced"] == 1
    assert report.notes == [
        "Ada (Moodle 1): replaces earlier work, which is now in "
        "class/collected/toy/earlier/Ada"
    ]
    # The older zip does not win because it comes later.
    report = take(course, october)
    assert files(course) == {"Ada/toy/toy.ipynb": b"late"}
    assert report.remarks == [
        "Ada (Moodle 1): older than what was collected before: not used"
    ]


@pytest.mark.parametrize("turned", [False, True])
def test_of_two_zips_the_later_counts_in_whatever_order(
    course: Path, tmp_path: Path, turned: bool
) -> None:
    name = moodle("Ada", 1, "toy.ipynb")
    zips = [
        write_zip(tmp_path / "october.zip", {name: b"early"}, month=10),
        write_zip(tmp_path / "november.zip", {name: b"late"}, month=11),
    ]
    report = take(course, *(zips[::-1] if turned else zips))
    assert files(course) == {"Ada/toy/toy.ipynb": b"late"}
    assert earlier(course, "Ada") == [b"early"]
    assert report.remarks == []


@pytest.mark.parametrize("turned", [False, True])
def test_of_two_zips_of_canvas_that_with_the_last_upload_counts(
    course: Path, tmp_path: Path, turned: bool
) -> None:
    old = {canvas("A", 51, 10, "toy.ipynb"): b"early"}
    new = {**old, canvas("A", 51, 12, "toy-1.ipynb"): b"late"}
    zips = [write_zip(tmp_path / "1.zip", old), write_zip(tmp_path / "2.zip", new)]
    take(course, *(zips[::-1] if turned else zips))
    assert files(course) == {"51/toy/toy.ipynb": b"late"}
    assert set(earlier(course, "51")) == {b"early"}


def test_work_that_came_another_way_is_kept(course: Path, tmp_path: Path) -> None:
    folder = course / "class/submitted/Ada/toy"
    folder.mkdir(parents=True)
    (folder / "toy.ipynb").write_bytes(b"by the exchange")
    path = write_zip(tmp_path / "a.zip", {moodle("Ada", 1, "toy.ipynb"): b"by zip"})
    assert take(course, path).counts["replaced"] == 1
    assert earlier(course, "Ada") == [b"by the exchange"]


def noted(report: Report) -> list[str]:
    return [*report.notes, *report.remarks]


def test_a_notebook_under_another_name(
    course: Path, tmp_path: Path, release: bytes
) -> None:
    other = b'{"cells": []}'
    path = write_zip(
        tmp_path / "a.zip",
        {
            moodle("Only", 1, "Untitled7.ipynb"): b"x",
            moodle("Copy", 2, "Copy of toy.ipynb"): b"x",
            moodle("Copy", 2, "scratch.ipynb"): b"y",
            moodle("Case", 3, "TOY.IPYNB"): b"x",
            moodle("Cells", 4, "final.ipynb"): release,
            moodle("Cells", 4, "lecture.ipynb"): other,
            moodle("Which", 5, "a.ipynb"): other,
            moodle("Which", 5, "b.ipynb"): other,
            moodle("Deep", 6, "work/toy.ipynb"): b"x",
            moodle("Deep", 6, "work/data.csv"): b"1",
            moodle("Deep", 6, "notes.txt"): b"2",
        },
    )
    report = take(course, path)
    assert sorted(files(course)) == [
        *("Case/toy/toy.ipynb", "Cells/toy/lecture.ipynb", "Cells/toy/toy.ipynb"),
        *("Copy/toy/scratch.ipynb", "Copy/toy/toy.ipynb", "Deep/toy/data.csv"),
        *("Deep/toy/notes.txt", "Deep/toy/toy.ipynb", "Only/toy/toy.ipynb"),
    ]
    assert files(course)["Cells/toy/toy.ipynb"] == release
    assert noted(report) == [
        "Only (Moodle 1): Untitled7.ipynb was taken for toy.ipynb",
        "Cells (Moodle 4): final.ipynb was taken for toy.ipynb: it has its cells",
        "Which (Moodle 5): handed in a.ipynb and b.ipynb, and none says it is "
        "toy.ipynb: not used; put the right one into class/submitted yourself",
    ]


def packed(entries: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, raw in entries.items():
            archive.writestr(name, raw)
    return out.getvalue()


def test_a_zip_in_the_zip_is_opened_but_none_within_it(
    course: Path, tmp_path: Path
) -> None:
    inner = packed({"toy/toy.ipynb": b"x", "toy/a.csv": b"1", "../evil": b""})
    path = write_zip(
        tmp_path / "a.zip",
        {
            moodle("Ada", 1, "toy.zip"): inner,
            moodle("Ben", 2, "toy.zip"): packed({"toy.zip": inner}),
            moodle("Cleo", 3, "toy.zip"): b"no zip",
        },
    )
    report = take(course, path)
    assert files(course) == {"Ada/toy/toy.ipynb": b"x", "Ada/toy/a.csv": b"1"}
    assert noted(report) == [
        "Ada (Moodle 1): toy.zip was unpacked",
        "Ada (Moodle 1): ../evil was not taken: it names a place outside its folder",
        "Ben (Moodle 2): no notebook among the files (toy.zip): not used",
        "Cleo (Moodle 3): toy.zip cannot be read as a zip (File is not a zip file); "
        "download it again and leave it as it is",
        "Cleo (Moodle 3): no notebook among the files (toy.zip): not used",
    ]


def test_evil_files_cost_nobody_else_anything(course: Path, tmp_path: Path) -> None:
    path = write_zip(
        tmp_path / "a.zip",
        {
            moodle("Eve", 1, "../../Ben_2_assignsubmission_file/toy.ipynb"): b"evil",
            moodle("Eve", 1, "toy.ipynb"): b"0" * (21 * 2**20),
            moodle("Ben", 2, "toy.ipynb"): b"bens",
            moodle("Ben", 2, "Points.csv"): b"1",
            moodle("Ben", 2, "points.csv"): b"2",
            moodle("Ben", 2, "timestamp.txt"): b"1999-01-01",
            "readme.txt": b"",
        },
    )
    report = take(course, path)
    assert files(course) == {"Ben/toy/toy.ipynb": b"bens", "Ben/toy/Points.csv": b"1"}
    assert earlier(course, "Ben") == [b"1999-01-01", b"2"]
    assert not (course / "class/evil").exists()
    assert report.remarks == [
        "a.zip: readme.txt belongs to nobody: not used",
        *(
            f"Eve (Moodle 1): {name} was not taken: it {why}"
            for name, why in (
                (
                    "../../Ben_2_assignsubmission_file/toy.ipynb",
                    "names a place outside its folder",
                ),
                ("toy.ipynb", "is too large (21 MB; 20 MB are possible)"),
            )
        ),
        "Eve (Moodle 1): no notebook among the files (nothing that counts): not used",
        "Ben (Moodle 2): points.csv was kept aside: it has another file's name",
        "Ben (Moodle 2): timestamp.txt was kept aside: it has another file's name",
    ]


def test_groups_hand_in_once(course: Path, tmp_path: Path) -> None:
    path = write_zip(
        tmp_path / "a.zip",
        {
            "Group A_31_assignsubmission_file/toy.ipynb": b"theirs",
            "Default group_assignsubmission_file/toy.ipynb": b"nobody's",
        },
    )
    people = worksheet(ADA, BEN).replace("Status", "Group", 1)
    people = people.replace("Submitted for grading - ", "Group A")
    report = take(course, path, roster=people)
    assert files(course) == {"Group A/toy/toy.ipynb": b"theirs"}
    (remark,) = report.remarks
    assert remark.startswith("Default group (Moodle) is not in ")
    assert report.missing == 0


def test_names_are_composed_whatever_the_zip_has(course: Path, tmp_path: Path) -> None:
    name = unicodedata.normalize("NFD", "Zoë Müller")
    path = write_zip(tmp_path / "a.zip", {moodle(name, 1, "toy.ipynb"): b"x"})
    take(course, path)
    assert list(files(course)) == ["Zoë Müller/toy/toy.ipynb"]


def test_two_people_never_share_a_folder(course: Path, tmp_path: Path) -> None:
    path = write_zip(
        tmp_path / "a.zip",
        {
            moodle("Ada", 1, "toy.ipynb"): b"x",
            canvas("A", 2, 3, "toy.ipynb"): b"y",
            canvas("B", 4, 5, "toy.ipynb"): b"y",
        },
    )
    people = "student_id,number\nada,1\nADA,2\n"
    with pytest.raises(CourseError, match=r"rows 2 and 3 have the same id \(ADA\)"):
        take(course, path, roster=people)
    assert files(course) == {}


@pytest.mark.parametrize("student", ["../ada", ".ada", "a/b", " ", "a\x1bb", "x" * 200])
def test_an_id_must_be_a_folders_name(
    course: Path, tmp_path: Path, student: str
) -> None:
    path = write_zip(tmp_path / "a.zip", {moodle("Ada", 1, "toy.ipynb"): b"x"})
    with pytest.raises(CourseError, match=r"row 2: .* cannot be a student's id"):
        take(course, path, roster=f"student_id,number\n{student},1\n")


def test_the_column_of_ids_can_be_chosen(course: Path, tmp_path: Path) -> None:
    path = write_zip(tmp_path / "a.zip", {canvas("A", 51, 3, "toy.ipynb"): b"x"})
    take(course, path, roster=gradebook((51, "A", "ada")), column="SIS User ID")
    assert list(files(course)) == ["S51/toy/toy.ipynb"]
    with pytest.raises(CourseError, match="has no column 'Login'"):
        take(course, path, roster=gradebook((51, "A", "ada")), column="Login")


def test_a_zip_of_something_else_is_one_sentence(course: Path, tmp_path: Path) -> None:
    path = write_zip(tmp_path / "a.zip", {"holiday/beach.jpg": b""})
    with pytest.raises(CourseError, match=r"\(it holds holiday/beach\.jpg\); download"):
        take(course, path)
    assert not (course / "class/collected").exists()


def test_a_damaged_record_stops_before_anything_changes(
    course: Path, tmp_path: Path
) -> None:
    record = course / "class/collected/toy/record.json"
    record.parent.mkdir(parents=True)
    record.write_text('{"version": 1, "taken": [{}]}')
    path = write_zip(tmp_path / "a.zip", {moodle("Ada", 1, "toy.ipynb"): b"x"})
    with pytest.raises(CourseError, match=r"record\.json cannot be read"):
        take(course, path)
    assert files(course) == {}


def test_what_is_noted_says_where_each_work_came_from(
    course: Path, tmp_path: Path
) -> None:
    path = write_zip(tmp_path / "a.zip", {moodle("Ada", 1, "toy.ipynb"): b"x"})
    people = worksheet(
        (1, "Ada", "ada@x"), Status="Submitted for grading - 2 days late"
    )
    report = take(course, path, roster=people)
    assert report.late == ["ada@x"]
    text = (course / "class/collected/toy/record.json").read_text(encoding="utf-8")
    (taken,) = json.loads(text)["taken"]
    assert taken["student"] == "ada@x"
    assert taken["folder"] == "Ada_1_assignsubmission_file"
    assert taken["late"] is True
