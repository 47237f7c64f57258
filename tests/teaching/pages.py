"""Pages for teachers: their commands, and a place to run them in."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import textwrap
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from click.testing import CliRunner

from dlcourse.cli import cli
from dlcourse.errors import CourseError

ROOT = Path(__file__).resolve().parents[2]
TOY = ROOT / "tests/grading/toy/toy.md"
PROGRAMS = {
    "dlcourse": "from dlcourse.cli import main; main()",
    "nbgrader": "from nbgrader.apps.nbgraderapp import main; main()",
}
# These need no process of their own.
QUICK = ("extend", "feedback", "forget", "late", "marks", "mirror", "report")


def page(name: str) -> str:
    return (ROOT / "book/teaching" / f"{name}.md").read_text(encoding="utf-8")


def blocks(text: str, language: str = "bash") -> list[str]:
    """List the blocks of a language, in their order."""
    found = re.findall(
        rf"^( *)```{language}\n(.*?)^ *```", text, re.DOTALL | re.MULTILINE
    )
    return [textwrap.dedent(code) for _, code in found]


def commands(text: str) -> list[str]:
    """List the commands of a page; a here-document belongs to its command."""
    found: list[str] = []
    end = ""
    for line in "\n".join(blocks(text)).replace("\\\n", "").splitlines():
        if end:
            found[-1] += f"\n{line}"
            end = "" if line == end else end
        elif line.strip() and not line.startswith("#"):
            found.append(line)
            here = re.search(r"<<\s*'?(\w+)'?", line)
            end = here[1] if here else ""
    return found


@dataclass
class Desk:
    """A teacher's machine: a home, and a course in it.

    ``said`` keeps commands with what they printed.
    """

    home: Path
    course: Path
    said: list[tuple[str, str]] = field(default_factory=list)

    def run(self, command: str, *, status: tuple[int, ...] = (0,)) -> str:
        """Run one line of a page in the course; the toy stands for the lab."""
        line = command.replace("lab01-tensors", "toy")
        words = shlex.split(line)
        if words[0] == "dlcourse" and words[1] in QUICK:
            done = self._here(words)
        else:
            done = self._there(line)
        assert done.returncode in status, f"{command}\n{done.stdout}{done.stderr}"
        self.said.append((command, done.stdout + done.stderr))
        return done.stdout + done.stderr

    def heard(self, start: str, which: int = 0) -> list[str]:
        """What the first command with this beginning said, or a later one."""
        found = [text for command, text in self.said if command.startswith(start)]
        return found[which].splitlines()

    def _here(self, words: list[str]) -> subprocess.CompletedProcess[str]:
        """Run a command that needs no process of its own."""
        with pytest.MonkeyPatch.context() as patch:
            patch.chdir(self.course)
            patch.setenv("HOME", str(self.home))
            done = CliRunner().invoke(cli, words[1:])
        error, status, told = done.exception, done.exit_code, done.output
        if isinstance(error, CourseError):
            status, told = 2, f"{told}dlcourse: {error}\n"
        elif error is not None and not isinstance(error, SystemExit):
            raise error
        return subprocess.CompletedProcess(words, status, told, "")

    def _there(self, line: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["bash", "-euo", "pipefail", "-c", line],
            cwd=self.course,
            env={
                **os.environ,
                "HOME": str(self.home),
                "PATH": os.pathsep.join(
                    [str(_shims(self.home)), *os.environ["PATH"].split(os.pathsep)]
                ),
                "PYTHONPATH": str(ROOT),
                "GIT_CONFIG_GLOBAL": str(self.home / ".gitconfig"),
            },
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )


def _shims(home: Path) -> Path:
    """Make the programs as an active environment has them, of this checkout."""
    folder = home / "bin"
    if not folder.is_dir():
        folder.mkdir()
        for name, code in PROGRAMS.items():
            file = folder / name
            file.write_text(f'#!/bin/sh\nexec {sys.executable} -c "{code}" "$@"\n')
            file.chmod(0o755)
        beside = Path(sys.executable).parent  # nbgrader calls alembic
        (folder / "alembic").symlink_to(beside / "alembic")
    return folder


def new_course(folder: Path) -> Path:
    """Make a course with the toy assignment, not released yet."""
    (folder / "solutions/toy").mkdir(parents=True)
    for name in ("nbgrader_config.py", "_toc.yml", ".gitignore"):
        shutil.copy(ROOT / name, folder)
    shutil.copy(TOY, folder / "solutions/toy")
    return folder
