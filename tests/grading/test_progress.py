"""What an instructor sees: a line for each submission, or one that moves."""

from __future__ import annotations

import io
import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest

from dlcourse.grading.progress import Lines, Moving, display
from dlcourse.grading.result import FAILED, UNCHANGED, Result

from .submissions import answered, written
from .test_batch import hand_in

ESCAPE = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
RESULTS = [
    Result("ada", 9, 11, number=1, total=3),
    Result("[bold]ben", 0, 11, ["[red]cell x died"], number=2, total=3, outcome=FAILED),
    Result("cleo", 9, 11, flags=["odd"], number=3, total=3, outcome=UNCHANGED),
]


def test_a_file_gets_a_line_for_each(capsys: pytest.CaptureFixture[str]) -> None:
    with display(False) as shown:
        shown.begin(3)
        shown.say("waiting\x1b[2J")
        for result in RESULTS:
            shown.add(result)
    said = capsys.readouterr()
    assert isinstance(shown, Lines)
    assert said.err == "dlcourse: waiting�[2J\n"
    assert said.out.splitlines() == [
        "[1/3] ada 9/11",
        "[2/3] [bold]ben 0/11: [red]cell x died",
        "[3/3] cleo 9/11: FLAGGED: odd",
    ]
    assert shown.summary.line().startswith("1 graded, 1 unchanged, 1 flagged, 1 failed")


def test_a_terminal_gets_a_line_that_moves_and_those_that_need_a_look(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("TTY_COMPATIBLE", "1")
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "100")
    screen = io.StringIO()
    moving = Moving(screen)
    with moving:
        moving.begin(3)
        moving.say("waiting for the gradebook")
        for result in RESULTS:
            moving.add(result)
            moving.refresh()
            frame = ESCAPE.sub("", screen.getvalue()).rpartition("\r")[2]
            assert f"{result.number}/3" in frame
            assert result.line() in frame
            assert "/min" in frame
    lines = [line.strip() for line in ESCAPE.sub("", screen.getvalue()).splitlines()]
    assert "dlcourse: waiting for the gradebook" in lines
    assert "[2/3] [bold]ben 0/11: [red]cell x died" in lines
    assert "[3/3] cleo 9/11: FLAGGED: odd" in lines
    # Nothing happened to her: she is in the line that moves, and in the gradebook.
    assert "[1/3] ada 9/11" not in lines


def test_the_command_on_a_terminal(course: Path, release: bytes, root: Path) -> None:
    for student in ("ada", "ben"):
        hand_in(course, student, written(answered(release)))
    code = (
        "from tests.grading.pretend import Threads\n"
        "from dlcourse.grading import batch\n"
        "batch.make_pool = lambda *wishes: Threads()\n"
        "from dlcourse.cli import main\n"
        "main()\n"
    )
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-c", code, "grade", "toy", "--sandbox", "none"],
        cwd=course,
        env={**os.environ, "PYTHONPATH": str(root), "TERM": "xterm"},
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
    )
    os.close(theirs)
    said = b""
    try:
        while piece := os.read(ours, 10_000):
            said += piece
    except OSError:
        pass  # a terminal that nobody writes to any more
    os.close(ours)
    assert process.wait(60) == 0, said
    text = ESCAPE.sub("", said.decode())
    assert "2/2" in text
    assert "[2/2] ben 9/11" in text or "[2/2] ada 9/11" in text
    last = text.strip().splitlines()[-1].strip()
    assert last.startswith("2 graded, 0 unchanged, 0 flagged, 0 failed; ")
