"""Marks in the systems' own tables: what is there stays, and nobody's go astray."""

from __future__ import annotations

import warnings
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from nbgrader import api
from sqlalchemy.exc import SAWarning

from dlcourse.errors import CourseError
from dlcourse.lms import export
from dlcourse.lms.collect import collect
from dlcourse.lms.export import Filled
from dlcourse.lms.marks import read_class
from dlcourse.lms.record import read_record
from dlcourse.lms.roster import read_roster
from dlcourse.lms.tables import harmless, read_table, table_bytes

from .classes import (
    GRADEBOOK,
    WORKSHEET,
    canvas,
    gradebook,
    moodle,
    read,
    worksheet,
    write_zip,
)
from .conftest import run

ADA = (812340, "Ada Lovelace", "ada@uni.example")
BEN = (812341, "Ben Šimić", "ben@uni.example")
VERSION = cache(api.get_alembic_version)
TESTS = {"double-test": 2.0, "backwards-test": 3.0, "longest-test": 4.0}


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """nbgrader starts a program to learn its own version, each time."""
    monkeypatch.setattr(api, "get_alembic_version", VERSION)


def give(course: Path, marks: dict[str, float], **more: Any) -> None:
    """Record marks as grading does; ``marks`` are those of the written answer."""
    url = f"sqlite:///{course}/class/gradebook.db"
    with warnings.catch_warnings(), api.Gradebook(url) as book:
        warnings.simplefilter("ignore", SAWarning)  # of nbgrader's own models
        for student, written in marks.items():
            book.update_or_create_student(student)
            time = datetime(2026, 11, 27, 10)
            book.update_or_create_submission("toy", student, timestamp=time)
            notebook = book.find_submission_notebook("toy", "toy", student)
            notebook.late_submission_penalty = more.get("penalty", 0.0)
            for grade in notebook.grades:
                grade.auto_score = TESTS.get(grade.name)
                grade.needs_manual_grade = False
                if grade.name == "why":
                    grade.manual_score = written
                    grade.needs_manual_grade = bool(more.get("waits"))
            book.db.commit()


def fill(course: Path, system: str, text: str, **wishes: Any) -> Filled:
    path = course / "table.csv"
    path.write_text(text, encoding="utf-8", newline="")
    roster = read_roster(path, wishes.pop("column", ""))
    marks = read_class(course, "toy", wishes.pop("partial", False), print)
    record = read_record(course, "toy")
    scale = wishes.pop("scale", False)
    if system == "moodle":
        return export.for_moodle(roster, marks, record, scale)
    return export.for_canvas(roster, marks, record, scale, wishes.pop("title", "toy"))


def written(filled: Filled) -> list[dict[str, str]]:
    return read(table_bytes(filled.table).decode("utf-8-sig"))


def test_moodles_worksheet_comes_back_with_grades_only(course: Path) -> None:
    give(course, {ADA[2]: 1.5, BEN[2]: 0.25})
    before = worksheet(ADA, BEN, (812342, "Cleo", "cleo@x"))
    filled = fill(course, "moodle", before)
    after = written(filled)
    assert [one["Grade"] for one in after] == ["10.5", "9.25", ""]
    assert tuple(after[0]) == WORKSHEET
    for old, new in zip(read(before), after, strict=True):
        assert {**new, "Grade": ""} == old
    assert (filled.count, filled.remarks) == (2, [])


def test_from_moodles_zip_to_moodles_worksheet_without_a_roster(
    course: Path, tmp_path: Path
) -> None:
    """What was noted when collecting knows who is who, namesakes too."""
    entries = {
        moodle("Li Na", 7, "toy.ipynb"): b"a",
        moodle("Li Na", 8, "toy.ipynb"): b"b",
    }
    collect(course, "toy", [write_zip(tmp_path / "a.zip", entries)], None)
    give(course, {"Li Na 7": 1.0, "Li Na 8": 2.0})
    people = worksheet((8, "Li Na", "li8@x"), (7, "Li Na", "li7@x"))
    filled = fill(course, "moodle", people)
    assert [one["Grade"] for one in written(filled)] == ["11", "10"]


def test_from_canvas_zip_to_canvas_gradebook(course: Path, tmp_path: Path) -> None:
    entries = {canvas("Lovelace, Ada", 51, 7, "toy.ipynb"): b"a"}
    collect(course, "toy", [write_zip(tmp_path / "a.zip", entries)], None)
    give(course, {"51": 1.5})
    before = gradebook((51, "Lovelace, Ada", "ada"), (52, "Šimić, Ben", "ben"))
    filled = fill(course, "canvas", before)
    after = written(filled)
    assert tuple(after[0]) == (*GRADEBOOK, "Toy (4441)")
    assert [one["Toy (4441)"] for one in after] == [
        *("Manual Posting", "11.00", "10.5", "", "")
    ]
    assert after[1]["Student"] == "    Points Possible"
    for old, new in zip(read(before), after, strict=True):
        assert all(old[name] == new[name] for name in GRADEBOOK)
    assert (filled.count, filled.remarks) == (1, [])


def test_excused_students_stay_excused(course: Path) -> None:
    give(course, {"ada": 2.0, "ben": 2.0})
    people = ((51, "Lovelace, Ada", "ada"), (52, "Šimić, Ben", "ben"))
    filled = fill(course, "canvas", gradebook(*people, cells=["EX", "3.00"]))
    assert [one["Toy (4441)"] for one in written(filled)][2:4] == ["EX", "11"]
    assert filled.remarks == ["Lovelace, Ada: left as it is, EX in Canvas"]


@pytest.mark.parametrize("title", ["Toy", "Toy (4441)", "4441", "toy"])
def test_canvas_column_by_title_or_number(course: Path, title: str) -> None:
    give(course, {"ada": 2.0})
    filled = fill(course, "canvas", gradebook((51, "A", "ada")), title=title)
    assert filled.table.header[-1] == "Toy (4441)"


def test_an_unknown_column_is_one_sentence(course: Path) -> None:
    give(course, {"ada": 2.0})
    with pytest.raises(CourseError, match=r"--column .*: Warm up \(4440\), Toy \(444"):
        fill(course, "canvas", gradebook((51, "A", "ada")), title="lab99")


def test_a_penalty_for_lateness_is_taken_off(course: Path) -> None:
    give(course, {ADA[2]: 2.0}, penalty=4.0)
    (row,) = written(fill(course, "moodle", worksheet(ADA)))
    assert row["Grade"] == "7"
    give(course, {ADA[2]: 2.0}, penalty=40.0)
    (row,) = written(fill(course, "moodle", worksheet(ADA)))
    assert row["Grade"] == "0"


def test_answers_that_wait_stop_it_unless_told_otherwise(course: Path) -> None:
    give(course, {ADA[2]: 1.0})
    give(course, {BEN[2]: 0.0}, waits=True)
    with pytest.raises(CourseError, match=r"^ben@uni\.example has answers in toy that"):
        fill(course, "moodle", worksheet(ADA, BEN))
    rows = written(fill(course, "moodle", worksheet(ADA, BEN), partial=True))
    assert [one["Grade"] for one in rows] == ["10", "9"]


def test_work_that_was_not_graded_stops_it_too(course: Path) -> None:
    give(course, {ADA[2]: 1.0})
    (course / "class/submitted/ben/toy").mkdir(parents=True)
    with pytest.raises(CourseError, match="ben handed in toy and has no marks yet"):
        fill(course, "moodle", worksheet(ADA))


def test_nobody_was_graded(course: Path) -> None:
    with pytest.raises(CourseError, match="has no marks for toy; run `dlcourse grade"):
        fill(course, "moodle", worksheet(ADA))


def test_marks_without_a_row_are_told(course: Path) -> None:
    give(course, {ADA[2]: 1.0, "stranger": 1.0})
    filled = fill(course, "moodle", worksheet(ADA))
    (remark,) = filled.remarks
    assert remark.startswith("stranger: has marks, but no row in ")


def test_a_grade_that_cannot_be_changed_stays(course: Path) -> None:
    give(course, {ADA[2]: 1.0})
    people = worksheet(ADA, **{"Grade can be changed": "No", "Grade": "5.00"})
    filled = fill(course, "moodle", people)
    assert written(filled)[0]["Grade"] == "5.00"
    assert "the grade cannot be changed" in filled.remarks[0]


@pytest.mark.parametrize(
    ("maximum", "grade"), [("100.00", "95.45"), ("22,00", "21"), ("11", "10.5")]
)
def test_another_maximum_is_refused_or_converted(
    course: Path, maximum: str, grade: str
) -> None:
    give(course, {ADA[2]: 1.5})
    people = worksheet(ADA, **{"Maximum Grade": maximum})
    if maximum != "11":
        with pytest.raises(CourseError, match=r"marks at most, the assignment 11; set"):
            fill(course, "moodle", people)
    (row,) = written(fill(course, "moodle", people, scale=True))
    assert row["Grade"] == grade
    give(course, {"ada": 1.5})
    table = gradebook((51, "A", "ada"), points=maximum)
    filled = fill(course, "canvas", table, scale=True)
    assert written(filled)[2]["Toy (4441)"] == grade


def test_a_scale_of_words_is_refused(course: Path) -> None:
    give(course, {ADA[2]: 1.5})
    with pytest.raises(CourseError, match="gives 'Good' as the most marks"):
        fill(course, "moodle", worksheet(ADA, **{"Maximum Grade": "Good"}), scale=True)


def test_a_group_has_one_mark(course: Path) -> None:
    give(course, {"Group A": 2.0})
    people = worksheet(ADA, BEN).replace("Status", "Group", 1)
    people = people.replace("Submitted for grading - ", "Group A")
    assert [one["Grade"] for one in written(fill(course, "moodle", people))] == [
        *("11", "11")
    ]


def test_a_row_that_could_be_two_students_is_refused(course: Path) -> None:
    give(course, {"ada": 2.0, "Ada Lovelace": 1.0})
    with pytest.raises(CourseError, match="row 2 could be the student Ada Lovelace or"):
        fill(course, "moodle", worksheet(ADA))
    filled = fill(course, "moodle", worksheet(ADA), column="Full name")
    assert written(filled)[0]["Grade"] == "10"


def test_the_wrong_table_is_one_sentence(course: Path) -> None:
    give(course, {"ada": 2.0})
    with pytest.raises(CourseError, match="is not Moodle's grading worksheet"):
        fill(course, "moodle", gradebook((51, "A", "ada")))
    with pytest.raises(CourseError, match="is not Canvas' gradebook"):
        fill(course, "canvas", worksheet(ADA))
    with pytest.raises(CourseError, match="is neither Moodle's grading worksheet"):
        fill(course, "moodle", "name,mark\r\nada,1\r\n")
    with pytest.raises(CourseError, match="is no CSV file with a row of column names"):
        fill(course, "moodle", "")


@pytest.mark.parametrize(
    "cell",
    ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", " =1", "＝1+1", "\r=1"],
)
def test_a_formula_becomes_text(course: Path, cell: str) -> None:
    assert harmless(cell) == f"'{cell}"
    assert harmless(harmless(cell)) == harmless(cell)
    give(course, {ADA[2]: 2.0})
    people = worksheet((ADA[0], cell, ADA[2]))
    (row,) = written(fill(course, "moodle", people))
    assert row["Full name"].startswith("'")
    assert row["Grade"] == "11"


@pytest.mark.parametrize("cell", ["-1.5", "+2", "-", "10,5", "-3 %", "", "Ada", "a=b"])
def test_numbers_and_texts_stay(cell: str) -> None:
    assert harmless(cell) == cell


@pytest.mark.parametrize(
    ("encoding", "delimiter"),
    [("utf-8-sig", ","), ("utf-8", ";"), ("utf-16", "\t"), ("cp1252", ";")],
)
def test_tables_of_other_programs(course: Path, encoding: str, delimiter: str) -> None:
    give(course, {ADA[2]: 2.0})
    text = worksheet((ADA[0], "Zoë, Müller", ADA[2]))
    rows = read(text)
    path = course / "table.csv"
    lines = [[*rows[0]], [*rows[0].values()]]
    text = "\r\n".join(delimiter.join(f'"{one}"' for one in line) for line in lines)
    path.write_bytes(text.encode(encoding))
    roster = read_roster(path)
    marks = read_class(course, "toy", False, print)
    filled = export.for_moodle(roster, marks, read_record(course, "toy"), False)
    raw = table_bytes(filled.table)
    path.write_bytes(raw)
    again = read_table(path)
    assert again.cell(again.rows[0], "Full name") == "Zoë, Müller"
    assert again.cell(again.rows[0], "Grade") == "11"
    assert again.delimiter == delimiter
    assert raw.startswith(b"\xef\xbb\xbf") is encoding.startswith(("utf-8-", "utf-16"))


def test_a_plain_table(course: Path) -> None:
    give(course, {"ada": 2.0})
    marks = read_class(course, "toy", False, print)
    (row,) = written(export.plain(marks))
    assert row["student_id"] == "ada"
    assert (row["score"], row["max_score"], row["to_mark_by_hand"]) == ("11", "11", "0")


def test_nothing_is_left_half_written(course: Path) -> None:
    give(course, {ADA[2]: 2.0})
    (course / "table.csv").write_text(worksheet(ADA), encoding="utf-8")
    words = ("marks", "toy", "--for", "moodle", "--out")
    done = run(course, "dlcourse", *words, "marks.csv")
    assert done.returncode == 2
    assert "give it by --roster" in done.stderr
    (course / "class/marks.csv").mkdir()
    more = ("--roster", "table.csv")
    done = run(course, "dlcourse", *words, "class/marks.csv", *more)
    assert done.returncode == 2
    assert not list((course / "class").glob(".*.new"))
