"""A hub as `make hub` starts it, with a course of one toy assignment."""

from __future__ import annotations

import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from ..browser.conftest import browser as browser
from .people import Instructor, Student

TOY = Path(__file__).with_name("toy.md")


@dataclass(frozen=True)
class Hub:
    """A hub that runs: what `make hub` shows, and where its files are."""

    said: str
    folder: Path

    @property
    def url(self) -> str:
        return re.search(r"Open (http://127\.0\.0\.1:\d+)", self.said)[1]

    @property
    def password(self) -> str:
        return re.search(r"Password: +(\S+),", self.said)[1]

    @property
    def log(self) -> str:
        return (self.folder / "hub.log").read_text()


@pytest.fixture(scope="module")
def hub(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hub]:
    course = tmp_path_factory.mktemp("course")
    for name in ("nbgrader_config.py", "_toc.yml"):
        shutil.copy(root / name, course)
    for name in ("toy", "more"):
        (course / "solutions" / name).mkdir(parents=True)
        shutil.copy(TOY, course / "solutions" / name / f"{name}.md")
    folder = root / "_build/test-hub"
    for left in ("home", "exchange", "hub.sqlite"):  # the proxy stays installed
        shutil.rmtree(folder / left, ignore_errors=True)
        (folder / left).unlink(missing_ok=True)
    command = [sys.executable, str(root / "deploy/hub/try.py"), "--port=0"]
    command += [f"--course={course}", f"--folder={folder}", "--assignment=toy"]
    with subprocess.Popen(
        command, cwd=root, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        said = ""
        for line in process.stdout:
            said += line
            if line.startswith("For trying only"):
                break
        else:
            pytest.fail(f"the hub did not start:\n{said}")
        yield Hub(said, folder)
        process.send_signal(signal.SIGINT)
        rest = process.stdout.read()
    assert process.returncode == 0, rest


@pytest.fixture(scope="module")
def pictures(root: Path, request: pytest.FixtureRequest) -> Path:
    story = request.module.__name__.rpartition("test_")[2]
    return root / "_build/screenshots" / story


@pytest.fixture(scope="module")
def ada(browser: Browser, hub: Hub, pictures: Path) -> Student:
    return Student(browser, hub, "ada", pictures)


@pytest.fixture(scope="module")
def teacher(browser: Browser, hub: Hub, pictures: Path) -> Instructor:
    return Instructor(browser, hub, "instructor", pictures)
