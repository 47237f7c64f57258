"""The whole cycle, played by an instructor and students.

Once through nbgrader's exchange, each person with an account and a home of their own;
once by a zip from a learning-management system that holds every kind of broken file.
"""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import tarfile
import zipfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from .accounts import EXCHANGE, Accounts, NoAccountsError
from .conftest import run_in
from .submissions import CASES, Notebook, cell

pytestmark = pytest.mark.cycle

NAME = "lab01-tensors"
COURSE = "course"  # in the instructor's home
MARK_BY_HAND = """
import sys
from nbgrader.api import Gradebook

url, name, student, cell, score, comment = sys.argv[1:]
with Gradebook(url, "deep-learning-lab") as book:
    grade = book.find_grade(cell, name, name, student)
    assert grade.needs_manual_grade, "nothing to mark"
    # What the formgrader does when a person types a score and a comment.
    grade.manual_score, grade.extra_credit = float(score), None
    grade.needs_manual_grade = False
    book.find_comment(cell, name, name, student).manual_comment = comment
    book.db.commit()
"""


def graded(said: str) -> list[str]:
    """The line of each student, in their order and not in that of being done.

    What is flagged for review has tests of its own.
    """
    lines = [line.partition("] ") for line in said.splitlines()]
    shown = (line for place, _, line in lines if place.startswith("["))
    return sorted(re.sub(r"[;:] FLAGGED.*", "", line) for line in shown)


@pytest.fixture(scope="module")
def people() -> Iterator[Accounts]:
    try:
        accounts = Accounts("instructor", "ada", "ben")
    except NoAccountsError as error:
        if os.environ.get("DLCOURSE_NO_CYCLE") == "1":
            pytest.skip(str(error))
        pytest.fail(str(error), pytrace=False)
    yield accounts
    accounts.close()


def at_course(people: Accounts, *command: str, stdin: bytes = b"") -> str:
    """Run a command as the instructor, in the course."""
    script = f'cd {COURSE} && exec "$@"'
    return people.run("instructor", "sh", "-c", script, "sh", *command, stdin=stdin)


def mark_by_hand(people: Accounts, student: str, answer: str, score: float) -> None:
    """Give a score and a comment to a written answer."""
    url = f"sqlite:////home/instructor/{COURSE}/class/gradebook.db"
    said = f"Read with care, {student}."
    arguments = (url, NAME, student, answer, str(score), said)
    at_course(people, "python", "-c", MARK_BY_HAND, *arguments)


def course_files(root: Path) -> bytes:
    """Pack what an instructor needs of the clone."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as archive:
        for part in ("nbgrader_config.py", "_toc.yml", f"solutions/{NAME}"):
            archive.add(root / part, part)
    return packed.getvalue()


def table(text: str) -> dict[str, dict[str, str]]:
    return {row["student_id"]: row for row in csv.DictReader(io.StringIO(text))}


def labels(one: dict[str, Any]) -> dict[str, Any]:
    return one["metadata"].get("nbgrader") or {}


def solve(release: Notebook, solution: Notebook, signature: str) -> Notebook:
    """Copy the code of the solution, and sign the written answers."""
    for one in solution["cells"]:
        mine = labels(one)
        if mine.get("solution") and one["cell_type"] == "code":
            cell(release, mine["grade_id"])["source"] = one["source"]
        elif mine.get("solution"):
            cell(release, mine["grade_id"])["source"] = f"{signature} knows the answer."
    return release


def test_instructor_and_students_by_the_exchange(people: Accounts, root: Path) -> None:
    config = (
        f"c.Exchange.root = {str(EXCHANGE)!r}\n"
        "c.CourseDirectory.course_id = 'deep-learning-lab'\n"
    )
    for person in people.ids:
        people.write(person, ".jupyter/nbgrader_config.py", config.encode())
    people.run("instructor", "mkdir", COURSE)
    at_course(people, "tar", "-x", stdin=course_files(root))

    # Release.
    assert f"{NAME}: " in at_course(people, "dlcourse", "release", NAME)
    at_course(people, "nbgrader", "release_assignment", NAME)
    solution = json.loads(
        people.read("instructor", f"{COURSE}/class/solution/{NAME}/{NAME}.ipynb")
    )
    tests = [
        labels(one)
        for one in solution["cells"]
        if labels(one).get("grade") and not labels(one)["solution"]
    ]
    by_hand = [
        labels(one)
        for one in solution["cells"]
        if labels(one).get("grade") and labels(one)["solution"]
    ]
    full = sum(one["points"] for one in tests)
    most = full + sum(one["points"] for one in by_hand)
    assert full > 0
    assert by_hand

    # Fetch, edit, validate, submit. Ada solves everything, Ben leaves the last one out.
    left_out = tests[-1]["grade_id"].removesuffix("-test")

    def work(student: str) -> str:
        people.run(student, "nbgrader", "fetch_assignment", NAME)
        notebook = f"{NAME}/{NAME}.ipynb"
        released = people.read(student, notebook)
        assert "HIDDEN TESTS" not in released
        mine = solve(json.loads(released), solution, student)
        if student == "ben":
            stub = cell(json.loads(released), left_out)["source"]
            cell(mine, left_out)["source"] = stub
        people.write(student, notebook, json.dumps(mine).encode())
        verdict = people.run(student, "nbgrader", "validate", notebook)
        people.run(student, "nbgrader", "submit", NAME)
        return verdict

    with ThreadPoolExecutor() as at_once:
        adas_verdict, bens_verdict = at_once.map(work, ("ada", "ben"))
    assert "Success! Your notebook passes all the tests." in adas_verdict
    assert "VALIDATION FAILED ON 1 CELL(S)" in bens_verdict
    assert f"{left_out}: write your code here" in bens_verdict

    # Nobody sees what is not his.
    inbound = EXCHANGE / "deep-learning-lab/inbound"
    names = people.run("instructor", "ls", str(inbound)).split("\n")
    (of_ada,) = [name for name in names if name.startswith(f"ada+{NAME}+")]
    without_secret = of_ada.rsplit("+", 1)[0]
    private = f"/home/instructor/{COURSE}"
    for command in (
        f"ls {inbound}",
        f"cat {inbound}/ada*/{NAME}.ipynb",
        f"cat '{inbound}/{without_secret}/{NAME}.ipynb'",
        f"cat /home/ada/{NAME}/{NAME}.ipynb",
        f"cat {private}/class/gradebook.db",
        f"cat {private}/solutions/{NAME}/{NAME}.md",
        f"cat {private}/class/solution/{NAME}/{NAME}.ipynb",
        f"cat {root}/solutions/{NAME}/{NAME}.md",
    ):
        assert not people.may("ben", command), command
    # The same commands do work for those who may.
    assert people.may("ada", f"cat /home/ada/{NAME}/{NAME}.ipynb")
    assert people.may("instructor", f"cat {inbound}/ada*/{NAME}.ipynb")
    assert people.may("instructor", f"cat {private}/class/gradebook.db")

    # Collect, grade, mark by hand.
    at_course(people, "nbgrader", "collect", NAME)
    lines = graded(at_course(people, "dlcourse", "grade", NAME))
    waiting = f"to mark by hand ({', '.join(one['grade_id'] for one in by_hand)})"
    bens = full - tests[-1]["points"]
    assert [line.split(":")[0] for line in lines] == [
        f"ada {full:g}/{most:g}",
        f"ben {bens:g}/{most:g}",
    ]
    assert all(line.endswith(waiting) for line in lines)
    mark_by_hand(people, "ada", by_hand[0]["grade_id"], 1.5)
    mark_by_hand(people, "ben", by_hand[0]["grade_id"], 0.5)

    # Ben finishes and submits again. His old marks by hand were for the old work.
    done = solve(
        json.loads(people.read("ben", f"{NAME}/{NAME}.ipynb")), solution, "ben"
    )
    people.write("ben", f"{NAME}/{NAME}.ipynb", json.dumps(done).encode())
    people.run("ben", "nbgrader", "submit", NAME)
    at_course(people, "nbgrader", "collect", NAME, "--update")
    assert graded(at_course(people, "dlcourse", "grade", NAME)) == [
        f"ada {full + 1.5:g}/{most:g}: graded before, nothing new",
        f"ben {full:g}/{most:g}: new work: 1 mark given by hand to the old one "
        f"no longer counted; {lines[1].split(': ')[1]}",
    ]
    mark_by_hand(people, "ben", by_hand[0]["grade_id"], 1)
    scores = {"ada": full + 1.5, "ben": full + 1}

    # Feedback: each student finds his own and nobody else's.
    at_course(people, "nbgrader", "generate_feedback", NAME)
    at_course(people, "nbgrader", "release_feedback", NAME)
    for student, other in (("ada", "ben"), ("ben", "ada")):
        people.run(student, "nbgrader", "fetch_feedback", NAME)
        found = people.run(student, "find", NAME, "-name", "*.html").splitlines()
        assert len(found) == 1
        page = people.read(student, found[0])
        assert f"Read with care, {student}." in page
        assert f"{student} knows the answer." in page
        assert f"Read with care, {other}." not in page
        assert f"{other} knows the answer." not in page
        assert f"(Score: {scores[student]:g} / {most:g})" in re.sub(r"\.0\b", "", page)
    assert not people.may("ben", f"ls {EXCHANGE}/deep-learning-lab/feedback")

    # Export.
    at_course(people, "nbgrader", "export", "--to", "class/marks.csv")
    marks = table(people.read("instructor", f"{COURSE}/class/marks.csv"))
    assert {student: float(row["score"]) for student, row in marks.items()} == scores
    assert {float(row["max_score"]) for row in marks.values()} == {most}


@pytest.fixture(scope="module")
def zipped(released: Path, release: bytes, tmp_path_factory: Any) -> Path:
    """A course for which everything was handed in by Moodle."""
    course = tmp_path_factory.mktemp("zipped") / "course"
    subprocess.run(["cp", "-r", str(released), str(course)], check=True)
    archive = course / "class/downloaded/toy/archive"
    archive.mkdir(parents=True)
    with zipfile.ZipFile(archive / "DL-toy-4711.zip", "w") as download:
        for number, (student, case) in enumerate(CASES.items(), start=812340):
            folder = f"{student}_{number}_assignsubmission_file"
            download.writestr(f"{folder}/{case.file}", case.make(release))
    return course


@pytest.fixture(scope="module")
def report(zipped: Path) -> dict[str, str]:
    """The line of each student in the report."""
    run_in(zipped, "nbgrader", "zip_collect", "toy")
    lines = graded(run_in(zipped, "dlcourse", "grade", "toy", "--timeout", "5"))
    assert len(lines) == len(CASES), lines
    return {" ".join(line.split()[:2]): line for line in lines}


@pytest.mark.parametrize("student", CASES)
def test_each_kind_of_submission_by_zip(
    zipped: Path, report: dict[str, str], student: str
) -> None:
    case = CASES[student]
    waiting = ("1 answer to mark by hand (why)",) if case.waits else ()
    said = "; ".join((*case.events, *waiting))
    marks = f"{student} {case.marks:g}/11"
    assert report[student] == (f"{marks}: {said}" if said else marks)


def test_feedback_and_marks_after_a_zip(zipped: Path, report: dict[str, str]) -> None:
    run_in(zipped, "nbgrader", "generate_feedback", "toy")
    pages = {
        student: (zipped / "class/feedback" / student / "toy/toy.html").read_text()
        for student in CASES
    }
    for student, why in {
        "Not Json": "file is not JSON (line 1): 0 marks, nothing could be run",
        "Em Pty": "file is empty: 0 marks, nothing could be run",
        "Miss Ing": "toy.ipynb is not among the files",
        "Ex It": "kernel died in cell backwards: later cells got 0",
        "Stub Born": "cell backwards did not stop after 5 s",
        "Qu It": "cell backwards called exit(): later cells got 0",
    }.items():
        assert why in pages[student], student
        assert why not in pages["Ref Erence"]

    run_in(zipped, "nbgrader", "export", "--to", "class/marks.csv")
    marks = table((zipped / "class/marks.csv").read_text())
    assert {student: float(row["score"]) for student, row in marks.items()} == {
        student: case.marks for student, case in CASES.items()
    }
