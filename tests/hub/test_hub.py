"""A class on a JupyterHub: from the first login to the feedback, in a real browser.

The hub is the one that `make hub` starts. It shares who may do what, the settings of
all servers and the formgrader's button with the hub for real use.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from .conftest import Hub
from .people import RIGHT, Instructor, Student

pytestmark = [pytest.mark.hub, pytest.mark.timeout(600)]

# The story in its order: each part needs those before it.


def test_student_fetches_solves_validates_and_submits(ada: Student) -> None:
    ada.log_in()
    ada.open_assignments()
    ada.fetch("toy")
    assert "The following cell failed" in ada.validate()
    ada.write("Return twice the number.", RIGHT)
    ada.write("Your answer", "It has the factor 2.")
    ada.picture("notebook")
    assert "passes all the tests" in ada.validate()
    ada.submit("toy")


def test_instructor_collects_grades_marks_and_gives_feedback(
    teacher: Instructor, hub: Hub
) -> None:
    teacher.log_in()
    assert "Collecting submission: ada toy" in teacher.click("toy", "collect")
    teacher.row("toy").locator(".num-submissions a").click()
    # One line of `dlcourse grade`: nbgrader's own grader knows no such words.
    graded = teacher.click("ada", "autograde")
    assert "[1/1] ada 2/5: 1 answer to mark by hand (why)" in graded
    teacher.go("Manual Grading", "toy", "toy")
    teacher.page.locator(".reveal .name-hidden").first.click()
    teacher.go("ada")
    teacher.mark_answer("why", 2.5, "Say where the factor comes from.")
    teacher.page.goto(f"{hub.url}/user/course-dl/formgrader")
    assert "generated feedback" in teacher.click("toy", "generate-feedback")
    assert "student 'ada'" in teacher.click("toy", "release-feedback")


def test_student_does_not_get_at_the_course(ada: Student, hub: Hub) -> None:
    for address, status in (
        ("user/course-dl/formgrader", 403),
        ("hub/spawn/course-dl", 404),
        ("user/ada/formgrader", 404),
    ):
        got = ada.page.request.get(f"{hub.url}/{address}")
        assert got.status == status, address


def test_commands_of_the_page(hub: Hub, root: Path) -> None:
    """Run the page's commands, but `make hub`, as the course's server would."""
    page = (root / "book/teaching/hub.md").read_text()
    first, *blocks = re.findall(r"^```bash\n(.*?)^```", page, re.DOTALL | re.MULTILINE)
    assert first == "make hub\n"
    recipe = (root / "Makefile").read_text().partition("\nhub:")[2].splitlines()[1]
    assert "deploy/hub/try.py" in recipe, "the tests' hub is not that of `make hub`"
    assert len(blocks) == 2
    deploy, programs = root / "deploy/hub", Path(sys.executable).parent
    environment = {
        **os.environ,
        "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
        "HOME": str(hub.folder / "home/course-dl"),
        "DLCOURSE_EXCHANGE": str(hub.folder / "exchange"),
        "JUPYTER_CONFIG_PATH": f"{deploy}/course{os.pathsep}{deploy}/everybody",
    }
    for block in blocks:
        script = block.replace("lab01-tensors", "toy").replace("lab02-autograd", "more")
        done = subprocess.run(
            ["bash", "-euc", script],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout
    outbound = hub.folder / "exchange/deep-learning-lab/outbound"
    assert (outbound / "more/more.ipynb").is_file()
    assert "0 graded, 1 unchanged" in done.stdout
    marks = hub.folder / "home/course-dl/deep-learning-lab/class/marks.csv"
    assert ",ada," in marks.read_text()


def test_student_reads_the_feedback(ada: Student) -> None:
    said = ada.read_feedback()
    assert "(Score: 4.5 / 5.0)" in said
    assert "Say where the factor comes from." in said
    assert "check_double(3, 6)" in said
    assert "check_double(-3, -6)" not in said, "a hidden test is shown"
