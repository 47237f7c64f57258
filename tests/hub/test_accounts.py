"""A hub for a class, from the README's commands to the feedback, by Unix accounts."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from ..grading.accounts import NoAccountsError
from .conftest import TOY
from .people import RIGHT, Instructor, Student
from .server import REPOSITORY, Readme, Server

pytestmark = [pytest.mark.hub, pytest.mark.timeout(600)]


@pytest.fixture(scope="module")
def readme(root: Path) -> Readme:
    return Readme((root / "deploy/hub/README.md").read_text())


@pytest.fixture(scope="module")
def hub(root: Path, readme: Readme) -> Iterator[Server]:
    """The server after all steps of the README, with an assignment released."""
    try:
        hub = Server()
    except NoAccountsError as error:
        if os.environ.get("DLCOURSE_NO_CYCLE") == "1":
            pytest.skip(str(error))
        pytest.fail(str(error), pytrace=False)
    try:
        set_up(hub, root, readme)
        yield hub
    finally:
        hub.close()


def set_up(hub: Server, root: Path, readme: Readme) -> None:
    course = hub.base / REPOSITORY[1:]
    (course / "solutions/toy").mkdir(parents=True)
    for name in ("nbgrader_config.py", "_toc.yml", "deploy/hub"):
        copy = shutil.copytree if (root / name).is_dir() else shutil.copy
        copy(root / name, course / name)
    shutil.copy(TOY, course / "solutions/toy")
    for command in ("init", "add .", "commit -m Course"):
        mine = ["-c", "user.name=x", "-c", "user.email=x@x", *command.split()]
        subprocess.run(["git", *mine], cwd=course, check=True, capture_output=True)
    address = "https://github.com/YOU/deep-learning-lab"
    # Here the repository is a folder, and somebody else's.
    hub.run("git config --system safe.directory '*'")
    hub.run(readme.step("git clone", {address: REPOSITORY}))
    clone = "cd /home/course-dl/deep-learning-lab\n"
    # The environment cannot be written here.
    smaller = {"-R a+rX /opt/course": "-R a+rX /opt/course/hub"}
    hub.run(clone + readme.step("cp -r deploy/hub", smaller))
    hub.run(readme.step("/srv/exchange"))
    passwords = "\n".join(f"{p}:{hub.password}" for p in ("instructor", "ada", "ben"))
    hub.run(f"cat > /opt/course/hub/passwords <<'END'\n{passwords}\nEND")
    hub.run(readme.step("chpasswd"))
    assert "jupyterhub.service" in readme.step("systemctl enable")
    hub.start((root / "deploy/hub/jupyterhub.service").read_text(), free_ports(3))


def free_ports(number: int) -> list[int]:
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(number)]
    ports = [one.getsockname()[1] for one in sockets]
    for one in sockets:
        one.close()
    return ports


# The story in its order: each part needs those before it.


def test_a_wrong_password_is_refused(browser: Browser, hub: Server) -> None:
    page = browser.new_page()
    page.goto(f"{hub.url}/hub/login")
    page.get_by_label("Username").fill("ada")
    page.get_by_label("Password").fill("a guess")
    page.get_by_role("button", name="Sign in").click()
    page.get_by_text("Invalid username or password").wait_for()
    page.close()


def test_the_instructor_releases_in_a_terminal(hub: Server) -> None:
    """As the page on the hub tells: by the course's account and settings."""
    settings = "/opt/course/hub/course:/opt/course/hub/everybody"
    hub.run(
        f"export JUPYTER_CONFIG_PATH={settings} PATH=/opt/course/bin:$PATH\n"
        "cd ~/deep-learning-lab && dlcourse release toy"
        " && nbgrader release_assignment toy",
        "course-dl",
    )
    assert "toy" in hub.run("ls /srv/exchange/deep-learning-lab/outbound")


def test_a_student_works_with_an_account_of_their_own(
    ada: Student, hub: Server
) -> None:
    ada.log_in()
    ada.open_assignments()
    ada.fetch("toy")
    ada.write("Return twice the number.", RIGHT)
    ada.write("Your answer", "It has the factor 2.")
    assert "passes all the tests" in ada.validate()
    ada.submit("toy")
    owner = hub.run("stat -c %U /home/ada/toy/toy.ipynb").strip()
    assert owner == "ada"
    inbound = "/srv/exchange/deep-learning-lab/inbound"
    assert hub.run(f"stat -c %U {inbound}/ada+*").strip() == "ada"


def test_a_student_reaches_nobody_elses_files(hub: Server) -> None:
    for place in (
        "/home/ada/toy",
        "/home/course-dl/deep-learning-lab",
        "/srv/exchange/deep-learning-lab/inbound",
        "/srv/jupyterhub",
    ):
        with pytest.raises(AssertionError, match="Permission denied"):
            hub.run(f"ls {place}", "ben")


def test_the_instructor_grades_what_its_owner_handed_in(teacher: Instructor) -> None:
    teacher.log_in()
    assert "Collecting submission: ada toy" in teacher.click("toy", "collect")
    teacher.row("toy").locator(".num-submissions a").click()
    graded = teacher.click("ada", "autograde")
    assert "[1/1] ada 2/5: 1 answer to mark by hand (why)" in graded
    teacher.page.goto(f"{teacher.hub.url}/user/course-dl/formgrader")
    assert "generated feedback" in teacher.click("toy", "generate-feedback")
    assert "student 'ada'" in teacher.click("toy", "release-feedback")


def test_the_student_reads_the_feedback(ada: Student) -> None:
    said = ada.read_feedback()
    assert "check_double(3, 6)" in said
    assert "check_double(-3, -6)" not in said, "a hidden test is shown"


def test_the_hub_knows_who_asked_for_what(ada: Student, hub: Server) -> None:
    for address, status in (
        ("user/course-dl/formgrader", 403),
        ("hub/spawn/course-dl", 404),
    ):
        got = ada.page.request.get(f"{hub.url}/{address}")
        assert got.status == status, address
    assert hub.password not in hub.log
