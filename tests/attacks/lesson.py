"""One real grading of a class in which every attack is made."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dlcourse.grading.result import printable

from . import classroom
from .catalogue import ATTACKS
from .kit import NAME, RIGHT, Aims, Work, mark, worth

PROGRAMS = Path(sys.executable).parent
TIMEOUT = 5  # seconds a cell
# More than cores: most attacks make the grader wait for their time limit.
WORKERS = "4"
LOCK = "course/class/.grade.lock"
PATIENCE = 5  # seconds until a cell that ran out of time is given up
# Honest students among the others, by what they answer rightly.
HONEST = {
    classroom.NEIGHBOUR: tuple(RIGHT),
    "honest-half": ("double", "longest", "one-hot"),
    "no-idea": (),
    "script-free": ("vowels", "halves"),
    "zz-last": tuple(RIGHT),
}


@dataclass
class Line:
    """What the report says of one student."""

    score: float
    most: float
    said: str


@dataclass
class Lesson:
    """The class after grading.

    Attributes:
        course: the course's root.
        students: the folder's name of each attack.
        lines: of the report, by student.
        heard: what the server on loopback was told.
        changed: files that are not as they were, results aside.
        left: processes that attacks left behind.
        strays: files that attacks wrote to where everybody may write.
        alone: seconds that the first honest student took, start-up and all.
        seconds: that all the others took.
        pages: of feedback, by the attacks that aim at their readers.
    """

    course: Path
    students: dict[str, str]
    lines: dict[str, Line]
    heard: list[str]
    changed: list[str]
    left: list[str]
    strays: list[str]
    alone: float
    seconds: float
    pages: dict[str, str]

    def cells(self, student: str) -> list[dict[str, Any]]:
        """Read the cells of a graded notebook, none if there is no such notebook."""
        folder = self.course / "class/autograded" / student / NAME
        path = folder / f"{NAME}.ipynb"
        if not path.is_file():
            return []
        found: list[dict[str, Any]] = json.loads(path.read_bytes())["cells"]
        return found

    def outputs(self, student: str) -> str:
        """Give what the cells of a graded notebook have as outputs."""
        return json.dumps([cell.get("outputs") for cell in self.cells(student)])


def run(course: Path, home: Path, *command: str) -> str:
    """Run one of the course's programs as the instructor; what it says."""
    environment = {
        **os.environ,
        "PATH": f"{PROGRAMS}{os.pathsep}{os.environ['PATH']}",
        "HOME": str(home),
        classroom.VARIABLE: classroom.SECRETS["environment"],
    }
    done = subprocess.run(
        [str(PROGRAMS / command[0]), *command[1:]],
        cwd=course,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"{' '.join(command)} failed:\n{done.stdout[-5000:]}"
    return done.stdout


def set_up(root: Path, folder: Path) -> tuple[Path, Path]:
    """Make a home and a course with the assignment released."""
    home = folder / "home"
    classroom.furnish(home)
    course = home / "course"
    source = course / "solutions" / NAME / f"{NAME}.md"
    source.parent.mkdir(parents=True)
    source.write_bytes(Path(__file__).with_name("assignment.md").read_bytes())
    (course / "nbgrader_config.py").write_bytes(
        (root / "nbgrader_config.py").read_bytes()
    )
    (course / "_toc.yml").touch()
    # `dlcourse release` allows no partial credit; nbgrader itself does.
    run(course, home, "nbgrader", "generate_assignment", NAME)
    secret = classroom.SECRETS["gradebook"]
    student = ("db", "student", "add", classroom.NEIGHBOUR, "--first-name", secret)
    run(course, home, "nbgrader", *student)
    return home, course


def give(root: Path, folder: Path) -> Lesson:
    """Build the class, grade it, and look around."""
    home, course = set_up(root, folder)
    listener = classroom.Listener(f"grader-{os.getpid()}")
    aims = Aims(str(home), str(course), listener.port, f"grader-{os.getpid()}")
    release = json.loads((course / "exercises" / NAME / f"{NAME}.ipynb").read_text())
    submitted = course / "class/submitted"
    for student, right in HONEST.items():
        work = Work(release, aims, student, right)
        work.last(f"# {classroom.SECRETS['submission']}\n")
        classroom.place(work, submitted)
    students = {}
    for name, one in ATTACKS.items():
        work = one.build(release, aims)
        classroom.place(work, submitted)
        students[name] = work.student
    skip = ("course/class/autograded", "course/class/logs", "course/_build", LOCK)
    before = classroom.inventory(home, skip)
    shared = [Path("/tmp"), Path("/dev/shm")]
    grade = ("dlcourse", "grade", NAME, "--timeout", str(TIMEOUT))
    start = time.monotonic()
    run(course, home, *grade, "--student", classroom.NEIGHBOUR)
    middle = time.monotonic()
    said = run(course, home, *grade, "--workers", WORKERS)
    end = time.monotonic()
    after = classroom.inventory(home, skip)
    listener.close()
    return Lesson(
        course=course,
        students=students,
        lines=read_report(said, [*students.values(), *HONEST]),
        heard=listener.heard,
        changed=[
            path
            for path in sorted(before | after)
            if before.get(path) != after.get(path) and not own(path, after)
        ],
        left=classroom.leftovers(),
        strays=[str(path) for place in shared for path in place.glob("OWNED*")],
        alone=middle - start,
        seconds=end - middle,
        pages=make_pages(course, home),
    )


def make_pages(course: Path, home: Path) -> dict[str, str]:
    """Make the feedback for those attacks that aim at whoever reads it."""
    run(course, home, "nbgrader", "generate_feedback", NAME, "--student", "page-*")
    return {
        path.parts[-3]: path.read_text("utf-8")
        for path in course.glob(f"class/feedback/page-*/{NAME}/*.html")
    }


def own(path: str, after: dict[str, str]) -> bool:
    """Tell whether the grader itself writes this file."""
    kept = (".cache", ".ipython", ".local", ".config", "course/class/gradebook.db")
    return path.startswith(kept) and not after.get(path, "").startswith("OWNED")


def read_report(said: str, students: list[str]) -> dict[str, Line]:
    """Read the lines that `dlcourse grade` prints."""
    found = {}
    by_name = {printable(student): student for student in students}
    for line in said.splitlines():
        match = re.fullmatch(r"\[\d+/\d+\] (.*?) ([\d.]+)/([\d.]+)(?:: (.*))?", line)
        if match and match[1] in by_name:
            score, most = float(match[2]), float(match[3])
            found[by_name[match[1]]] = Line(score, most, match[4] or "")
    return found


__all__ = ["HONEST", "Lesson", "give", "mark", "worth"]
