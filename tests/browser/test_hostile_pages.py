"""Pages made from hostile submissions: no script runs and nothing is asked for."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from nbconvert.exporters import HTMLExporter
from nbgrader.api import Gradebook
from nbgrader.server_extensions.formgrader import handlers
from playwright.sync_api import Browser

from ..grading.hostile import ELSEWHERE, attack
from ..grading.submissions import answered, written

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parents[2]
PROGRAMS = Path(sys.executable).parent
ENVIRONMENT = {**os.environ, "PATH": f"{PROGRAMS}{os.pathsep}{os.environ['PATH']}"}
MARKED = "class/autograded/mallory/toy/toy.ipynb"


def run(course: Path, *command: str) -> None:
    done = subprocess.run(
        [str(PROGRAMS / command[0]), *command[1:]],
        cwd=course,
        env=ENVIRONMENT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stdout


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course with one marked submission, which then turned hostile."""
    course = tmp_path_factory.mktemp("hostile")
    shutil.copy(ROOT / "nbgrader_config.py", course)
    (course / "_toc.yml").touch()
    (course / "solutions/toy").mkdir(parents=True)
    shutil.copy(ROOT / "tests/grading/toy/toy.md", course / "solutions/toy")
    run(course, "dlcourse", "release", "toy")
    release = (course / "exercises/toy/toy.ipynb").read_bytes()
    handed_in = course / "class/submitted/mallory/toy/toy.ipynb"
    handed_in.parent.mkdir(parents=True)
    handed_in.write_bytes(written(answered(release)))
    run(course, "nbgrader", "autograde", "toy")
    marked = course / MARKED
    marked.chmod(0o644)
    marked.write_text(json.dumps(attack(json.loads(marked.read_text()))))
    return course


@dataclass
class Seen:
    """What a browser did with a page."""

    asked: list[str]
    complaints: list[str]
    hits: int
    links: int  # that a click would run
    top: str
    text: str


def visit(browser: Browser, url: str) -> Seen:
    page = browser.new_page()
    asked: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(url, wait_until="load")
    page.wait_for_timeout(500)  # what is asked for late, on focus or on error
    seen = Seen(
        asked=[one for one in asked if not one.startswith("data:")],
        complaints=complaints,
        hits=page.evaluate("window.hit || 0"),
        links=page.locator("a[href^='javascript:'], a[href^='data:']").count(),
        top=page.evaluate("document.elementFromPoint(600, 100).innerText"),
        text=page.locator("body").inner_text(),
    )
    page.close()
    return seen


def test_the_attack_works_on_a_page_without_protection(
    browser: Browser, course: Path, tmp_path: Path
) -> None:
    template = handlers.template_path
    exporter = HTMLExporter(
        template_name="formgrade", extra_template_basedirs=[template]
    )
    notebook = json.loads((course / MARKED).read_text())
    # Some payloads leave the page, take it away, or end it.
    tame = ("refresh", "<base", "display: none", "missing.png", "mglyph")
    answer = next(cell for cell in notebook["cells"] if cell.get("id") == "why")
    answer["source"] = ""
    notebook["cells"] = [
        cell
        for cell in notebook["cells"]
        if not any(word in cell["source"] for word in tame)
    ]
    tamed = tmp_path / "tamed.ipynb"
    tamed.write_text(json.dumps(notebook))
    resources = {"base_url": "", "submission_id": "1", "index": 0, "total": 1}
    page = tmp_path / "stock.html"
    page.write_text(exporter.from_filename(str(tamed), resources=resources)[0])
    seen = visit(browser, page.as_uri())
    assert seen.hits > 10
    paths = {one.removeprefix(ELSEWHERE) for one in seen.asked if ELSEWHERE in one}
    assert {"/hit", "/markdown.png", "/set.png", "/frame", "/name.png"} <= paths
    assert seen.links > 0
    assert "COVER" in seen.top


@pytest.mark.parametrize("policy", [True, False], ids=["as made", "without its policy"])
def test_a_feedback_page_runs_no_script_and_asks_for_nothing(
    browser: Browser, course: Path, tmp_path: Path, policy: bool
) -> None:
    run(course, "nbgrader", "generate_feedback", "toy", "--force")
    page = course / "class/feedback/mallory/toy/toy.html"
    if not policy:
        # The browser's own defence must have had nothing to do.
        whole = page.read_text()
        rule = '<meta http-equiv="Content-Security-Policy"'
        assert whole.count(rule) == 1
        page = tmp_path / "open.html"
        page.write_text(whole.replace(rule, "<meta"))
    seen = visit(browser, page.as_uri())
    assert (seen.hits, seen.links) == (0, 0)
    assert seen.asked == [page.as_uri()]
    assert seen.complaints == []
    assert "Test cell (Score: " in seen.top
    assert "$x$ *was taken*" in seen.text  # the event, letter by letter


@pytest.fixture
def formgrader(course: Path, tmp_path: Path) -> Iterator[str]:
    """Start the instructor's server in the course; the address of the submission."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    own = {
        f"JUPYTER_{name}_DIR": str(tmp_path / name) for name in ("CONFIG", "RUNTIME")
    }
    options = {
        "ServerApp.ip": "127.0.0.1",
        "ServerApp.port": port,
        "ServerApp.port_retries": 0,
        "ServerApp.root_dir": course,
        "IdentityProvider.token": "",
    }
    with Gradebook(f"sqlite:///{course}/class/gradebook.db") as gradebook:
        found = gradebook.find_submission_notebook("toy", "toy", "mallory").id
    with (tmp_path / "server.log").open("w") as log:
        server = subprocess.Popen(
            [
                *(sys.executable, "-m", "jupyter_server", "--allow-root"),
                *(f"--{name}={value}" for name, value in options.items()),
            ],
            cwd=course,
            env={**ENVIRONMENT, **own, "HOME": str(tmp_path)},
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        try:
            address = f"http://127.0.0.1:{port}"
            _wait_for(server, f"{address}/api", tmp_path / "server.log")
            yield f"{address}/formgrader/submissions/{found}/"
        finally:
            server.terminate()
            try:
                server.wait(30)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()


def _wait_for(server: subprocess.Popen[bytes], url: str, log: Path) -> None:
    until = time.monotonic() + 90
    while time.monotonic() < until and server.poll() is None:
        try:
            urllib.request.urlopen(url, timeout=5).close()
            return
        except OSError:
            time.sleep(0.3)
    pytest.fail(f"the server did not start:\n{log.read_text()[-2000:]}")


def test_the_formgrader_runs_nothing_of_a_submission(
    browser: Browser, formgrader: str
) -> None:
    seen = visit(browser, formgrader)
    assert (seen.hits, seen.links) == (0, 0)
    assert not [one for one in seen.asked if one.startswith(ELSEWHERE)]
    assert "COVER" not in seen.top
    # The instructor sees the tests, and the answer with its marks to give.
    assert "### BEGIN HIDDEN TESTS" in seen.text
    assert "Because max compares words by the alphabet." in seen.text
