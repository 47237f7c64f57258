"""Grading on a cluster: scheduler and workers are processes that may be lost."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from dlcourse.errors import CourseError
from dlcourse.grading import batch, cluster, running
from dlcourse.grading.batch import Silent, grade_batch
from dlcourse.grading.cluster import ClusterPool
from dlcourse.grading.options import Options

from . import chores, pretend
from .ledger import ledger, shelf
from .submissions import answered, written

SUBMISSIONS = 12
BY_HAND = "1 answer to mark by hand (why)"


class Heard(Silent):
    """Remembers what the batch said."""

    def __init__(self) -> None:
        self.said: list[str] = []

    def say(self, sentence: str) -> None:
        self.said.append(sentence)


class Cluster:
    """A scheduler and workers on loopback, each a process of its own."""

    def __init__(self, folder: Path, root: Path) -> None:
        self.folder = folder
        self.root = root
        with closing(socket.socket()) as trial:
            trial.bind(("127.0.0.1", 0))
            self.port = trial.getsockname()[1]
        self.address = f"tcp://127.0.0.1:{self.port}"
        self.processes: list[subprocess.Popen[bytes]] = []
        self.scheduler = self.start_scheduler()
        self.workers = [self.start_worker(), self.start_worker()]

    def start_scheduler(self) -> subprocess.Popen[bytes]:
        return self._start("scheduler", "--port", str(self.port), "--no-show")

    def start_worker(self) -> subprocess.Popen[bytes]:
        wishes = ["--nthreads", "1", "--local-directory", str(self.folder)]
        return self._start("worker", self.address, *wishes)

    def close(self) -> None:
        for process in self.processes:
            process.terminate()
        for process in self.processes:
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def _start(self, kind: str, *arguments: str) -> subprocess.Popen[bytes]:
        here = ["--host", "127.0.0.1", "--no-dashboard"]
        with (self.folder / f"{kind}.log").open("ab") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "dask", kind, *arguments, *here],
                env={
                    **os.environ,
                    "PYTHONPATH": str(self.root),
                    "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "1",
                },
                cwd=self.folder,
                stdout=log,
                stderr=log,
            )
        self.processes.append(process)
        return process


@pytest.fixture
def make(tmp_path: Path, root: Path) -> Iterator[Callable[[], Cluster]]:
    made: list[Cluster] = []

    def start() -> Cluster:
        made.append(Cluster(tmp_path, root))
        return made[-1]

    yield start
    for one in made:
        one.close()


@pytest.fixture(autouse=True)
def chore(monkeypatch: pytest.MonkeyPatch, root: Path) -> Callable[..., None]:
    """Choose how workers mark."""
    monkeypatch.syspath_prepend(root)
    monkeypatch.setenv("PYTHONPATH", str(root))

    def use(function: Callable[[str], str]) -> None:
        monkeypatch.setattr(running, "mark_task", function)

    use(pretend.mark_slowly)
    return use


@pytest.fixture
def handed_in(course: Path, release: bytes) -> Path:
    for number in range(SUBMISSIONS):
        folder = course / f"class/submitted/s{number:02}/toy"
        folder.mkdir(parents=True)
        why = "all wrong" if number % 3 == 0 else f"Because, says {number}."
        (folder / "toy.ipynb").write_bytes(written(answered(release, why=why)))
    return course


@pytest.fixture
def local(handed_in: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The same course, graded here."""
    twin = Path(shutil.copytree(handed_in, tmp_path / "twin"))
    with monkeypatch.context() as patch:
        patch.setattr(batch, "make_pool", lambda *wishes: pretend.Threads())
        list(grade_batch(twin, "toy", Options(sandbox="none")))
    return twin


def same(course: Path, twin: Path) -> bool:
    books = [f"sqlite:///{one}/class/gradebook.db" for one in (course, twin)]
    assert len(ledger(books[1])) == SUBMISSIONS
    return ledger(books[0]) == ledger(books[1]) and shelf(course) == shelf(twin)


def test_a_worker_that_is_lost_costs_nothing(
    handed_in: Path, local: Path, make: Callable[[], Cluster]
) -> None:
    there = make()
    heard = Heard()
    done = []
    for result in grade_batch(handed_in, "toy", Options(cluster=there.address), heard):
        done.append(result.student)
        if len(done) == 3:
            # With its supervisor, as when a machine goes off.
            there.workers[0].kill()
    assert len(done) == len(set(done)) == SUBMISSIONS
    assert same(handed_in, local)


def test_a_scheduler_that_comes_back_is_found_again(
    handed_in: Path, local: Path, make: Callable[[], Cluster]
) -> None:
    there = make()
    heard = Heard()
    done = []
    for result in grade_batch(handed_in, "toy", Options(cluster=there.address), heard):
        done.append(result.student)
        if len(done) == 3:
            there.scheduler.kill()
            there.scheduler.wait()

            def restart() -> None:
                there.start_scheduler()
                there.start_worker()

            threading.Timer(1, restart).start()
    assert len(done) == len(set(done)) == SUBMISSIONS
    assert same(handed_in, local)
    assert [one for one in heard.said if "lost the scheduler" in one] == [
        f"lost the scheduler at {there.address}: waiting until it is back, then going "
        "on"
    ]


def test_a_scheduler_that_stays_away_ends_it_and_the_rest_is_done_later(
    handed_in: Path,
    local: Path,
    make: Callable[[], Cluster],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(cluster, "PATIENCE", 3.0)
    there = make()
    results = grade_batch(handed_in, "toy", Options(cluster=there.address))
    done = [next(results).student for _ in range(3)]
    there.scheduler.kill()
    with pytest.raises(CourseError, match="has been away for 3 s; start it and its"):
        done.extend(one.student for one in results)
    there.start_scheduler()
    there.start_worker()
    again = list(grade_batch(handed_in, "toy", Options(cluster=there.address)))
    assert {one.student for one in again if one.outcome == "unchanged"} == set(done)
    assert same(handed_in, local)


def test_a_submission_that_kills_workers_fails_alone(
    handed_in: Path,
    release: bytes,
    make: Callable[[], Cluster],
    chore: Callable[..., None],
) -> None:
    chore(pretend.die)
    folder = handed_in / "class/submitted"
    (folder / "s00").rename(folder / "killer")
    there = make()
    results = {
        one.student: one.line()
        for one in grade_batch(handed_in, "toy", Options(cluster=there.address))
    }
    killer = results.pop("killer")
    assert "the process that graded it died twice: workers died of it" in killer
    assert len(results) == SUBMISSIONS - 1
    assert not [line for line in results.values() if "could not be graded" in line]


def test_a_cluster_of_ones_own(handed_in: Path, local: Path) -> None:
    results = list(grade_batch(handed_in, "toy", Options(cluster="local:2")))
    assert len(results) == SUBMISSIONS
    assert same(handed_in, local)


def test_a_cluster_of_ones_own_takes_no_tasks_of_others() -> None:
    pool = ClusterPool("local:1", lambda said: None)
    try:
        address = pool.client.scheduler.address
        assert address.startswith("tls://127.0.0.1:")
        with pytest.raises(CourseError, match="No scheduler of dask answers"):
            ClusterPool(address.replace("tls", "tcp"), lambda said: None)
        assert pool.width == 1
        # A worker sends text, and nothing else is taken from it.
        assert pool.submit(chores.shout, "straße").result() == "STRASSE"
        with pytest.raises(Exception, match=r"deserializer|serializ"):
            pool.submit(chores.artefact).result()
    finally:
        pool.kill()


def test_no_cluster_is_one_sentence(course: Path) -> None:
    begun = time.monotonic()
    for address in ("tcp://127.0.0.1:9", "local:none"):
        with pytest.raises(CourseError, match=f"of dask answers at {address};"):
            ClusterPool(address, lambda said: None)
    assert time.monotonic() - begun < 60
