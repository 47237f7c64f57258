"""A source is authored in JupyterLab with nbgrader's own Create Assignment panel."""

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
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from dlcourse.publish.checks import check_source
from dlcourse.publish.sources import notebook_text, read_source

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parents[2]
TOY = ROOT / "tests/publish/toy.md"


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """Make a course of one assignment."""
    course = tmp_path / "course"
    (course / "solutions/toy").mkdir(parents=True)
    shutil.copy(TOY, course / "solutions/toy")
    shutil.copy(ROOT / "solutions/jupytext.toml", course / "solutions")
    shutil.copy(ROOT / "nbgrader_config.py", course)
    return course


@pytest.fixture
def lab(course: Path, tmp_path: Path) -> Iterator[str]:
    """Start JupyterLab in the course, with settings of its own."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    own = {
        f"JUPYTER_{name}_DIR": str(tmp_path / name) for name in ("CONFIG", "RUNTIME")
    }
    beside = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    options = {
        "ServerApp.ip": "127.0.0.1",
        "ServerApp.port": port,
        "ServerApp.port_retries": 0,
        "ServerApp.root_dir": course,
        "IdentityProvider.token": "",
        "LabApp.news_url": "",
    }
    with (tmp_path / "lab.log").open("w") as log:
        server = subprocess.Popen(
            [
                *(sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root"),
                *(f"--{name}={value}" for name, value in options.items()),
            ],
            cwd=course,
            env={**os.environ, **own, "PATH": beside, "HOME": str(tmp_path)},
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        try:
            address = f"http://127.0.0.1:{port}"
            _wait_for(server, f"{address}/api", tmp_path / "lab.log")
            yield address
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
    pytest.fail(f"JupyterLab did not start:\n{log.read_text()[-2000:]}")


def open_as_notebook(page: Page, address: str) -> None:
    page.goto(f"{address}/lab/tree/solutions/toy")
    page.locator(".jp-DirListing-item", has_text="toy.md").click(button="right")
    menu = page.locator(".lm-Menu-item")
    menu.get_by_text("Open With", exact=True).hover()
    menu.get_by_text("Notebook", exact=True).click()
    expect(page.locator(".jp-Notebook .jp-Cell").first).to_be_visible()
    page.locator("[title='Nbgrader Create Assignment']").click()


def rows_of(page: Page) -> Locator:
    """Find the panel's rows: one for each cell of the notebook."""
    return page.locator(".nbgrader-CellWidget")


def shown(row: Locator, part: str) -> str | None:
    """Read a field of the panel; None if it is not shown for this kind of cell."""
    field = row.locator(f".nbgrader-{part} input")
    return field.input_value() if field.is_visible() else None


def save(page: Page, file: Path) -> None:
    before = file.stat().st_mtime_ns
    page.locator(".jp-Notebook .jp-Cell").first.click()
    page.keyboard.press("Control+s")
    until = time.monotonic() + 30
    while file.stat().st_mtime_ns == before:
        assert time.monotonic() < until, "JupyterLab did not save"
        page.wait_for_timeout(100)
    expect(page.locator(".jp-Document.jp-mod-dirty, .lm-mod-dirty")).to_have_count(0)


def test_author_in_jupyterlab(
    browser: Browser, lab: str, course: Path, tmp_path: Path
) -> None:
    file = course / "solutions/toy/toy.md"
    before = json.loads(notebook_text(read_source(course, "toy")))
    page = browser.new_page(viewport={"width": 1500, "height": 1000})
    page.set_default_timeout(60_000)
    expect.set_options(timeout=60_000)  # a busy machine is no reason to fail
    open_as_notebook(page, lab)
    rows = rows_of(page)
    expect(rows).to_have_count(len(before["cells"]))

    # The panel shows what the text says.
    expect(page.locator(".nbgrader-TotalPointsInput")).to_have_value("8.5")
    graded = {shown(row, "CellId"): shown(row, "CellPoints") for row in rows.all()}
    assert graded == {
        None: None,
        "square": None,
        "square-test": "2",
        "root": None,
        "root-test": "1.5",
        "why-positive": "3",
        "parabola": "2",
    }
    kinds = rows.locator("select")
    kind = {
        shown(row, "CellId"): kinds.nth(index).evaluate(
            "e => e.selectedOptions[0].text"
        )
        for index, row in enumerate(rows.all())
    }
    assert kind == {
        None: "-",
        "square": "Autograded answer",
        "square-test": "Autograded tests",
        "root": "Autograded answer",
        "root-test": "Autograded tests",
        "why-positive": "Manually graded answer",
        "parabola": "Manually graded task",
    }
    page.screenshot(path=tmp_path / "panel.png")

    # Looking and saving changes nothing that is released.
    save(page, file)
    after = json.loads(notebook_text(read_source(course, "toy")))
    for cell in before["cells"]:
        cell["metadata"].get("nbgrader", {}).pop("cell_type", None)  # nbgrader's to add
    assert after == before
    assert "jupytext_version" not in file.read_text()

    # What the panel changes reaches the text, and passes for a source.
    rows.nth(4).locator(".nbgrader-CellPoints input").fill("4")
    rows.nth(4).locator(".nbgrader-CellPoints input").blur()
    kinds.nth(10).select_option(label="Read-only")
    expect(page.locator(".nbgrader-TotalPointsInput")).to_have_value("10.5")
    save(page, file)
    source = read_source(course, "toy")
    check_source(source)
    assert source.cells[4].metadata["nbgrader"]["points"] == 4
    assert source.cells[4].metadata["tags"] == ["L1.5"]
    assert source.cells[10].metadata["nbgrader"]["locked"] is True
    page.close()
