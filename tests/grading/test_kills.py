"""Processes killed at random, and Ctrl-C: the gradebook is as if nothing had happened.

The size is small here. For the whole of it, set DLCOURSE_KILLS=100 and
DLCOURSE_KILL_SUBMISSIONS=60; DLCOURSE_KILL_SEED repeats a run's choices.
"""

from __future__ import annotations

import os
import random
import re
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import pytest
from nbgrader import api
from sqlalchemy.orm import Session

from dlcourse.grading import batch
from dlcourse.grading.options import Options

from . import pretend
from .chores import parent_of, runs
from .ledger import in_session, ledger, shelf
from .postgres import book_of
from .submissions import WRONG_BACKWARDS, answered, without, written
from .test_batch import hand_in, mark_by_hand

SUBMISSIONS = int(os.environ.get("DLCOURSE_KILL_SUBMISSIONS", "12"))
KILLS = int(os.environ.get("DLCOURSE_KILLS", "15"))
SEED = int(
    os.environ.get("DLCOURSE_KILL_SEED", "0")
) or random.SystemRandom().getrandbits(32)
LINE = re.compile(r"\[\d+/\d+\] (s\d+|ada|ben) ")


class Grading:
    """A ``dlcourse grade`` of its own session, and what it starts."""

    def __init__(self, course: Path, *options: str) -> None:
        self.log = course / "grade.log"
        with self.log.open("wb") as log:
            self.main = subprocess.Popen(
                [
                    sys.executable,
                    "-c",
                    "from dlcourse.cli import main; main()",
                    "grade",
                    "toy",
                    *options,
                ],
                cwd=course,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self.seen: set[int] = set()

    def tree(self) -> list[int]:
        """List the processes that there are now, the main one first."""
        children: dict[int, list[int]] = {}
        for folder in Path("/proc").iterdir():
            if folder.name.isdigit():
                try:
                    parent = parent_of(int(folder.name))
                except (FileNotFoundError, ProcessLookupError):
                    continue
                children.setdefault(parent, []).append(int(folder.name))
        found = [self.main.pid]
        for pid in found:
            found.extend(children.get(pid, []))
        self.seen.update(found)
        return [pid for pid in found if runs(pid)]

    def said(self) -> str:
        return self.log.read_text()

    def students(self) -> list[str]:
        """List who got a line, in that order."""
        return LINE.findall(self.said())

    def wait(self, seconds: float = 120) -> int:
        return self.main.wait(seconds)

    def gone(self, seconds: float = 30) -> bool:
        """Wait for everything that was started to end."""
        until = time.monotonic() + seconds
        while any(map(runs, self.seen)):
            if time.monotonic() > until:
                return False
            time.sleep(0.05)
        return True


@contextmanager
def grading(course: Path, *options: str) -> Iterator[Grading]:
    one = Grading(course, *options)
    try:
        yield one
    finally:
        for pid in reversed(one.tree()):
            os.kill(pid, signal.SIGKILL)
        one.main.wait()


def fill(course: Path, release: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    """Hand in all kinds of work, some of it in place of work that was marked."""
    for student in ("ada", "ben"):
        hand_in(course, student, written(answered(release, why="Too early.")))
    with monkeypatch.context() as patch:
        patch.setattr(batch, "make_pool", lambda *wishes: pretend.Threads())
        assert len(list(batch.grade_batch(course, "toy", Options(sandbox="none")))) == 2
    for student in ("ada", "ben"):
        mark_by_hand(course, student, 1.5)
    hand_in(course, "ada", written(answered(release, why="Now I know.")))

    kinds = [
        lambda n: written(answered(release, why=f"Says {n}.")),
        lambda n: written(answered(release, backwards=WRONG_BACKWARDS)),
        lambda n: without("helper", "why")(release),
        lambda n: written(answered(release, longest="import os\nos._exit(3)\n")),
        lambda n: b"{",
        lambda n: release,
    ]
    for number in range(SUBMISSIONS - 2):
        late = "2030-01-02" if number % 4 == 0 else "2030-01-01"
        raw = kinds[number % len(kinds)](number)
        hand_in(course, f"s{number:02}", raw, f"{late} 10:00:00 UTC")
    with (course / "nbgrader_config.py").open("a") as config:
        config.write('\nc.LateSubmissionPlugin.penalty_method = "zero"\n')

    def set_due(session: Session) -> None:
        session.query(api.Assignment).one().duedate = datetime(2030, 1, 1, 12)

    in_session(book_of(course), set_due)


@pytest.mark.parametrize("course", ["SQLite", "PostgreSQL"], indirect=True)
def test_kills_lose_nothing_and_nothing_is_graded_twice(
    course: Path,
    release: bytes,
    copied: Callable[[Path], Path],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    fill(course, release, monkeypatch)
    twin = copied(course)
    with grading(twin) as undisturbed:
        assert undisturbed.wait(600) == 0, undisturbed.said()
        assert len(undisturbed.students()) == SUBMISSIONS

    print(f"seed {SEED}")
    chance = random.Random(SEED)
    # Most of what may happen has nothing to do with the kind of gradebook.
    most = KILLS if book_of(course).startswith("sqlite") else -(-KILLS // 4)
    killed: Counter[str] = Counter()
    whole = False
    while killed.total() < most or not whole:
        # All were graded and there are kills left: once more from the start.
        with grading(course, *(["--force"] if whole else [])) as run:
            before = killed.total()
            while run.main.poll() is None:
                time.sleep(chance.uniform(0.1, 1.2))
                tree = run.tree()
                if killed.total() < most and tree:
                    victim = chance.choice(tree)
                    killed[kill(victim, run)] += 1
            status = run.wait()
            students = run.students()
            assert len(students) == len(set(students)), run.said()
            assert "Traceback" not in run.said()
            assert run.gone(), "processes outlived the batch"
        whole = status == 0 and len(students) == SUBMISSIONS
        # 1 and 2: it lost more than it can mend, and said so.
        possible = (0, 1, 2, -signal.SIGKILL) if killed.total() > before else (0,)
        assert status in possible, run.said()
    print(killed)

    assert len(ledger(book_of(twin))) == SUBMISSIONS
    assert ledger(book_of(course)) == ledger(book_of(twin))
    assert shelf(course) == shelf(twin)
    assert list((course / "class/autograded").glob("*/.*")) == []


def kill(victim: int, run: Grading) -> str:
    """Kill a process; say what it was."""
    try:
        words = Path(f"/proc/{victim}/cmdline").read_bytes().decode().split("\0")
        os.kill(victim, signal.SIGKILL)
    except (FileNotFoundError, ProcessLookupError):
        return "gone"
    line = " ".join(words)
    for kind in ("bwrap", "kernels.parent", "resource_tracker", "forkserver"):
        if kind in line:
            return kind
    return "main" if victim == run.main.pid else "other"


def test_ctrl_c_ends_it_and_the_rest_is_done_later(
    course: Path, release: bytes
) -> None:
    for number in range(6):
        # The first ones are quick; the others would take an hour.
        quick = {} if number < 2 else {"double": "import time\ntime.sleep(3600)\n"}
        hand_in(course, f"s{number:02}", written(answered(release, **quick)))
    with grading(course, "--workers", "2", "--timeout", "3600") as run:
        until = time.monotonic() + 120
        while len(run.students()) < 2:
            assert time.monotonic() < until, run.said()
            run.tree()
            time.sleep(0.1)
        time.sleep(1)  # kernels are at work on the others
        assert len(run.tree()) > 4
        # As a terminal does it.
        os.killpg(run.main.pid, signal.SIGINT)
        begun = time.monotonic()
        assert run.wait(60) == 130, run.said()
        print(f"ended after {time.monotonic() - begun:.1f} s")
        assert run.gone()
    assert set(run.students()) == {"s00", "s01"}
    *_, last = run.said().splitlines()
    assert last == (
        "dlcourse: stopped; what was finished is recorded: run the same command again "
        "to go on."
    )
    assert "Traceback" not in run.said()
    assert list(ledger(book_of(course))) == ["s00", "s01"]
    with grading(course, "--timeout", "2") as run:
        assert run.wait() == 0, run.said()
    assert "2 unchanged" in run.said()
    assert "4 graded" in run.said()
    assert len(ledger(book_of(course))) == 6
