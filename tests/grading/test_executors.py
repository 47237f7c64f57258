"""Worker processes: they die one at a time, and never outlive the batch."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from dlcourse.grading import cores
from dlcourse.grading.executors import LocalPool, NoWorkersError, WorkerDiedError

from . import chores

Make = Callable[..., LocalPool]


@pytest.fixture
def make(root: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Make]:
    """Make pools that are ended after the test; workers can import from tests/."""
    monkeypatch.syspath_prepend(root)
    pools: list[LocalPool] = []

    def start(workers: int, *wishes: object) -> LocalPool:
        pools.append(LocalPool(workers, *wishes))
        return pools[-1]

    yield start
    for pool in pools:
        pool.kill()


def gone(pids: set[int], seconds: float = 60) -> bool:
    """Wait for processes to end."""
    until = time.monotonic() + seconds
    while any(chores.runs(pid) for pid in pids):
        if time.monotonic() > until:
            return False
        time.sleep(0.02)
    return True


def test_tasks_are_done_by_several_processes(make: Make) -> None:
    pool = make(3)
    pids = {future.result() for future in [pool.submit(chores.rest) for _ in range(9)]}
    assert len(pids) == 3
    assert str(os.getpid()) not in pids
    assert pool.submit(chores.shout, "straße — 数").result() == "STRASSE — 数"


def test_nothing_starts_before_the_first_task(make: Make, tmp_path: Path) -> None:
    """A batch imports meanwhile; workers would take the time from it."""
    pool = make(2, partial(Path.touch, tmp_path / "started"))
    time.sleep(0.5)
    assert not (tmp_path / "started").exists()
    assert pool.submit(chores.shout, "go").result() == "GO"
    assert (tmp_path / "started").exists()


def test_a_pool_without_any_task_ends(make: Make) -> None:
    make(2).shutdown()
    make(2).kill()


def test_a_death_costs_one_task(make: Make) -> None:
    pool = make(2)
    futures = [
        pool.submit(chores.perish if number in (2, 5) else chores.shout, "so")
        for number in range(12)
    ]
    for number, future in enumerate(futures):
        if number in (2, 5):
            with pytest.raises(WorkerDiedError):
                future.result()
        else:
            assert future.result() == "SO"


def test_one_that_died_with_nothing_to_do_is_replaced(make: Make) -> None:
    pool = make(1)
    pid = int(pool.submit(chores.pid).result())
    os.kill(pid, signal.SIGKILL)
    assert gone({pid})
    time.sleep(0.2)  # its end reaches the pool through the process that forked it
    assert int(pool.submit(chores.pid).result()) != pid


def test_the_process_that_forks_them_may_die_too(make: Make) -> None:
    pool = make(2)
    pid = int(pool.submit(chores.pid).result())
    parent = chores.parent_of(pid)
    assert parent != os.getpid()
    os.kill(parent, signal.SIGKILL)
    for _ in range(4):
        assert pool.submit(chores.shout, "on").result() == "ON"
    os.kill(int(pool.submit(chores.pid).result()), signal.SIGKILL)
    time.sleep(0.2)
    answers = []
    for _ in range(4):
        try:
            answers.append(pool.submit(chores.shout, "on").result())
        except WorkerDiedError:
            answers.append("died")
    assert answers.count("ON") >= 3


def test_an_error_is_text_and_costs_no_process(make: Make) -> None:
    pool = make(1)
    pid = pool.submit(chores.pid).result()
    with pytest.raises(RuntimeError, match="ValueError: not so"):
        pool.submit(chores.complain, "not so").result()
    with pytest.raises(RuntimeError, match="AttributeError"):
        pool.submit(chores.number).result()
    assert pool.submit(chores.pid).result() == pid


def test_one_that_hangs_is_given_up(make: Make) -> None:
    pool = make(1, None, None, 1.0)
    with pytest.raises(WorkerDiedError, match="did not answer within 1 s"):
        pool.submit(chores.hang, "").result()
    assert pool.submit(chores.shout, "on").result() == "ON"


def test_workers_that_cannot_even_start_are_not_started_for_ever(make: Make) -> None:
    pool = make(2, chores.perish)
    futures = [pool.submit(chores.shout, "no") for _ in range(3)]
    for future in futures:
        with pytest.raises(NoWorkersError):
            future.result(timeout=60)


def test_ctrl_c_is_for_the_batch(make: Make) -> None:
    pool = make(1)
    pid = int(pool.submit(chores.pid).result())
    future = pool.submit(chores.rest)
    os.kill(pid, signal.SIGINT)
    assert future.result() == str(pid)


def test_kill_ends_all_at_once(make: Make, tmp_path: Path) -> None:
    pool = make(2)
    pids = {int(pool.submit(chores.rest).result()) for _ in range(4)}
    busy = [pool.submit(chores.hang, str(tmp_path / str(n))) for n in range(5)]
    wait_for(tmp_path / "0")
    begun = time.monotonic()
    pool.kill()
    assert time.monotonic() - begun < 60  # the tasks take hours
    assert gone(pids)
    assert all(future.done() for future in busy)
    with pytest.raises(RuntimeError):
        pool.submit(chores.pid)


@pytest.mark.parametrize("busy", [False, True], ids=["idle", "busy"])
def test_workers_end_with_a_batch_that_was_killed(
    root: Path, tmp_path: Path, busy: bool
) -> None:
    script = (
        "import sys\n"
        "from tests.grading import chores\n"
        "from dlcourse.grading.executors import LocalPool\n"
        "if __name__ == '__main__':\n"
        "    pool = LocalPool(2)\n"
        "    futures = [pool.submit(chores.rest) for _ in range(4)]\n"
        "    pids = {future.result() for future in futures}\n"
        "    if sys.argv[1] == 'True':\n"
        "        for name in ('a', 'b'):\n"
        "            pool.submit(chores.hang, f'{sys.argv[2]}/{name}')\n"
        "    print(*pids, flush=True)\n"
        "    input()\n"
    )
    (tmp_path / "main.py").write_text(script)
    with subprocess.Popen(
        [sys.executable, tmp_path / "main.py", str(busy), tmp_path],
        env={**os.environ, "PYTHONPATH": str(root)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as main:
        assert main.stdout is not None
        pids = {int(pid) for pid in main.stdout.readline().split()}
        assert len(pids) == 2
        if busy:
            wait_for(tmp_path / "a")
            wait_for(tmp_path / "b")
        main.kill()
    assert gone(pids)


def wait_for(path: Path) -> None:
    until = time.monotonic() + 120
    while not path.exists():
        assert time.monotonic() < until, f"{path} never came"
        time.sleep(0.02)


def test_cores_are_those_that_a_container_lets_one_use(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda pid: set(range(8)))
    quota = tmp_path / "cpu.max"
    monkeypatch.setattr(cores, "_QUOTA", quota)
    assert cores.usable_cores() == 8
    for text, count in (
        ("max 100000", 8),
        ("250000 100000", 2),
        ("20000 100000", 1),
        ("1600000 100000", 8),
    ):
        quota.write_text(f"{text}\n")
        assert cores.usable_cores() == count
