"""Every command of book/teaching/privacy.md; what was deleted is nowhere left."""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
import zipfile
from pathlib import Path

import pytest
from nbgrader.utils import notebook_hash

from dlcourse.privacy.edits import is_theirs, without_entries, without_rows
from dlcourse.privacy.person import Person

from .conftest import hand_in, notebook
from .pages import Desk, blocks, commands, page

PAGE = page("privacy")
COMMANDS = commands(PAGE)
STUDENT = "s1120"
TRACES = (STUDENT, "Ada", "Lovelace", "ada@uni.example", "812340")
ROSTER = """Identifier,Full name,Username,Email address,Status,Grade,Maximum Grade
Participant 812340,Ada Lovelace,s1120,ada@uni.example,Submitted,,11.00
Participant 812341,Ben Okafor,ben,ben@uni.example,Submitted,,11.00
"""
PEOPLE = """id,first_name,last_name,email
s1120,Ada,Lovelace,ada@uni.example
ben,Ben,Okafor,ben@uni.example
"""
LOG = """2026-10-12 22:10:00,000 ERROR s1120: the disk is full
Traceback (most recent call last):
  File "class/submitted/s1120/toy/toy.ipynb"
2026-10-12 22:11:00,000 ERROR ben: s11200 is not s1120x
"""


def download(file: Path, *works: tuple[str, int, str]) -> None:
    """Make a zip as Moodle does."""
    with zipfile.ZipFile(file, "w") as archive:
        for name, number, text in works:
            path = f"{name}_{number}_assignsubmission_file/toy.ipynb"
            archive.writestr(path, text)


def leave_residue(file: Path) -> None:
    """Leave a deleted row's bytes in the gradebook, as SQLite usually does.

    Some systems build SQLite such that it overwrites what it deletes.
    """
    book = sqlite3.connect(file)
    book.execute("PRAGMA secure_delete = OFF")
    book.execute("INSERT INTO student (id, email) VALUES ('x', 'once ada@uni.example')")
    book.commit()
    book.execute("DELETE FROM student WHERE id = 'x'")
    book.commit()
    book.close()
    assert b"once ada@uni.example" in file.read_bytes()


def everywhere(desk: Desk) -> Path:
    """Put a student's traces into every place that the course has; give the page."""
    course, home = desk.course, desk.home
    own = course / "class"
    exchange = home / "exchange"
    (home / ".jupyter").mkdir()
    (home / ".jupyter/nbgrader_config.py").write_text(
        f"c = get_config()\nc.Exchange.root = {str(exchange)!r}\n"
    )
    (own / "roster.csv").write_text(ROSTER, encoding="utf-8")
    (own / "students.csv").write_text(PEOPLE, encoding="utf-8")
    desk.run("nbgrader db student import class/students.csv")
    ada, ben = "Ada Lovelace", "Ben Okafor"
    first, second = (home / f"Downloads{number}.zip" for number in (1, 2))
    earlier = notebook(course, why="An earlier version.")
    download(first, (ada, 812340, earlier), (ben, 812341, notebook(course)))
    download(second, (ada, 812340, notebook(course)))
    for file in (first, second):
        desk.run(f"dlcourse collect toy {file}", status=(0, 1))
    hand_in(course, STUDENT, "2026-10-12 21:00:00", why="By s1120.")
    hand_in(course, "ben", "2026-10-12 21:00:00", why="With thanks to Ada Lovelace.")
    for student in (STUDENT, "ben"):
        folder = own / "submitted" / student / "toy"
        (folder / "submission_secret.txt").write_text(f"secret of {student}")
    archive_folder = own / "downloaded/toy/archive"
    archive_folder.mkdir(parents=True)
    shutil.copy(first, archive_folder)
    extracted = own / "downloaded/toy/extracted" / f"{ada}_812340_assignsubmission_file"
    extracted.mkdir(parents=True)
    (extracted / "toy.ipynb").write_text(earlier, encoding="utf-8")
    desk.run("dlcourse grade toy")
    with (own / "logs/toy.log").open("a", encoding="utf-8") as log:
        log.write(LOG)
    desk.run("nbgrader generate_feedback toy")
    desk.run("dlcourse marks toy --for csv --partial --out class/marks.csv")
    desk.run("dlcourse feedback toy --for moodle --out class/feedback.zip")
    (own / "reports").mkdir(exist_ok=True)
    (own / "reports/toy.html").write_text("<p>flagged: s1120</p>")
    leave_residue(own / "gradebook.db")
    inbound = exchange / "deep-learning-lab/inbound"
    for student in (STUDENT, "ben"):
        (inbound / f"{student}+toy+2026-10-12 21:00:00 UTC+x").mkdir(parents=True)
    released = exchange / "deep-learning-lab/feedback"
    released.mkdir()
    for student in (STUDENT, "ben"):
        key = notebook_hash(secret=f"secret of {student}", notebook_id="toy")
        (released / f"{key}.html").write_text(student)
    return exchange


@pytest.fixture(scope="module")
def played(desk: Desk) -> Desk:
    """The course after all commands of the page."""
    everywhere(desk)
    desk.run("git init -q")
    before = snapshot(desk.course)
    for command in COMMANDS:
        desk.run(command, status=(0, 1))
        if command == f"dlcourse forget {STUDENT}":
            assert snapshot(desk.course) == before
    return desk


def snapshot(course: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(course)): path.read_bytes()
        for path in (course / "class").rglob("*")
        if path.is_file()
    }


def readable(path: Path) -> str:
    """All that a file holds, its name included; zips unpacked."""
    text = f"{path}\n{path.read_bytes().decode(errors='replace')}"
    if path.suffix == ".zip":
        with zipfile.ZipFile(path) as archive:
            for name in archive.namelist():
                text += f"{name}\n{archive.read(name).decode(errors='replace')}"
    return text


def test_the_page_has_the_commands_that_were_meant() -> None:
    assert [" ".join(one.split()[:2]) for one in COMMANDS] == [
        "git check-ignore",
        "dlcourse forget",
        "dlcourse report",
        "dlcourse forget",
    ]


def test_nothing_of_a_class_gets_into_git(played: Desk) -> None:
    asked = COMMANDS[0].split()[2:]
    assert played.heard("git check-ignore") == asked


def test_the_list_is_the_one_of_the_page(played: Desk) -> None:
    shown, left = (one.splitlines() for one in blocks(PAGE, "text"))
    for which, last in enumerate(("Nothing was deleted: add --yes.", "Deleted.")):
        said = [
            re.sub(r"\btoy\b", "lab01-tensors", line.replace(str(played.home), "/srv"))
            for line in played.heard("dlcourse forget", which)
        ]
        assert said[-1].startswith(last)
        looked = [line for line in said if line.endswith("look yourself")]
        assert looked == left
        # By then, the page's own command has made one more.
        said = [line for line in said[:-1] if "students/s1120.html" not in line]
        assert [line for line in said if line not in looked] == shown[:-1]
    assert shown[-1] == "Nothing was deleted: add --yes."


def test_a_deleted_student_is_nowhere(played: Desk) -> None:
    left = "submitted/ben/toy/toy.ipynb"
    for path in (played.course / "class").rglob("*"):
        if not path.is_file():
            assert not any(one in path.name for one in TRACES), path
        elif "/ben/" not in str(path):
            text = readable(path).replace(str(played.course), "")
            text = text.replace("s11200", "").replace("s1120x", "")
            text = text.replace("thanks to Ada Lovelace", "")
            assert not [one for one in TRACES if one in text], path
    thanks = (played.course / "class" / left).read_text(encoding="utf-8")
    assert "thanks to Ada Lovelace" in thanks


def test_the_others_stay(played: Desk) -> None:
    own = played.course / "class"
    assert (own / "roster.csv").read_text(encoding="utf-8") == "".join(
        line for line in ROSTER.splitlines(keepends=True) if STUDENT not in line
    )
    with sqlite3.connect(own / "gradebook.db") as book:
        assert book.execute("SELECT id FROM student").fetchall() == [("ben",)]
        (marks,) = book.execute("SELECT count(*) FROM grade").fetchone()
    book.close()
    assert marks == 4
    assert (own / "autograded/ben/toy/toy.ipynb").is_file()
    assert "ben: s11200 is not s1120x" in (own / "logs/toy.log").read_text("utf-8")
    record = json.loads((own / "collected/toy/record.json").read_text("utf-8"))
    assert [one["student"] for one in record["taken"]] == ["ben"]
    with zipfile.ZipFile(own / "feedback.zip") as archive:
        assert [name.partition("_")[0] for name in archive.namelist()] == ["Ben Okafor"]
    exchange = played.home / "exchange/deep-learning-lab"
    assert [path.name[:4] for path in exchange.glob("inbound/*")] == ["ben+"]
    assert [path.read_text() for path in exchange.glob("feedback/*")] == ["ben"]


def test_the_next_grading_brings_nothing_back(played: Desk) -> None:
    assert "0 graded, 1 unchanged" in played.run("dlcourse grade toy")
    told = played.run(f"dlcourse forget {STUDENT}", status=(2,))
    assert "Neither the gradebook nor class/ holds anything" in told


def test_a_homonym_keeps_what_is_theirs() -> None:
    person = Person("s1", {"Ada Lovelace"}, {("moodle", "1")}, {"ada lovelace"})
    table = b"student_id,name\r\ns1,Ada Lovelace\r\ns2,Ada Lovelace\r\n"
    assert without_rows(table, person) == (b"student_id,name\r\ns2,Ada Lovelace\r\n", 1)
    path = "Ada Lovelace_{}_assignsubmission_file/a.ipynb"
    assert is_theirs(path.format(1), person)
    assert not is_theirs(path.format(2), person)


def test_an_id_is_a_word_of_its_own() -> None:
    person = Person("eva")
    text = "2026-10-12 22:10:00 model.eval() evaluates; medieval, eva@uni, x.eva, eva-1"
    assert not person.is_in(text)
    assert without_entries(text.encode(), person) == (text.encode(), 0)
    for said in ("eva: failed", "class/submitted/eva/toy", "Eva.", "by eva, again"):
        assert person.is_in(said), said


def test_a_row_with_line_breaks_goes_as_a_whole() -> None:
    person = Person("s1")
    table = b'id;said\ns0;"a\nb"\ns1;"c\nd"\ns2;e\n'
    assert without_rows(table, person) == (b'id;said\ns0;"a\nb"\ns2;e\n', 1)


def test_every_place_of_the_table_is_one_that_is_looked_at(played: Desk) -> None:
    told = "\n".join(played.heard("dlcourse forget"))
    rows = re.findall(r"^\| `(class/\w+)", PAGE, re.M)
    assert rows
    for place in rows:
        assert place in told, place
