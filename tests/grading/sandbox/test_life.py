"""Signals, ends, and steps that fail."""

from __future__ import annotations

import select
import signal

import pytest

from .room import REFUSED, Room, gone, running

WAIT = "print('ready', flush=True); import time; time.sleep(60)"


@pytest.mark.parametrize("status", [0, 7, 125, 255])
def test_the_status_is_passed_on(room: Room, status: int) -> None:
    assert room.outcome(f"import os; os._exit({status})") == (status, "")


def test_a_parent_that_ignores_the_end_of_children_does_not_matter(room: Room) -> None:
    before = "import signal; signal.signal(signal.SIGCHLD, signal.SIG_IGN)"
    code = "import os, signal; assert not signal.getsignal(signal.SIGCHLD); os._exit(7)"
    assert room.outcome(code, before=before) == (7, "")


@pytest.mark.parametrize(
    "number", [signal.SIGKILL, signal.SIGSEGV, signal.SIGABRT, signal.SIGRTMIN]
)
def test_a_death_by_signal_is_passed_on(room: Room, number: signal.Signals) -> None:
    code = f"import os; os.kill(os.getpid(), {int(number)})"
    assert room.outcome(code) == (-number, "")


def test_an_interrupt_reaches_the_kernel_and_what_it_runs(room: Room) -> None:
    code = """
        import signal, subprocess, time
        signal.signal(signal.SIGINT, signal.default_int_handler)
        child = subprocess.Popen(["sleep", "30"])
        try:
            print("ready", flush=True)
            time.sleep(30)
        except KeyboardInterrupt:
            print("interrupted", child.wait(), flush=True)
        time.sleep(30)
    """
    with room.sandbox(code) as one:
        assert one.line() == "ready"
        one.send(signal.SIGINT)
        assert one.line() == "interrupted -2"


def test_a_request_to_end_reaches_the_kernel(room: Room) -> None:
    with room.sandbox(WAIT) as one:
        assert one.line() == "ready"
        one.send(signal.SIGTERM)
        assert one.status() == -signal.SIGTERM


def test_killing_the_first_process_ends_all(room: Room) -> None:
    code = """
        import os, signal, subprocess, time
        for number in range(1, 32):
            if number not in (9, 17, 19):
                signal.signal(number, signal.SIG_IGN)
        subprocess.Popen(["sleep", "22.048101"], start_new_session=True)
        print("ready", flush=True)
        time.sleep(60)
    """
    with room.sandbox(code) as one:
        assert one.line() == "ready"
        one.send(signal.SIGKILL)
        assert one.rest() == ""
        assert one.status() == -signal.SIGKILL
        assert gone("sleep", "22.048101")


def test_the_end_of_the_parent_ends_all() -> None:
    room = Room()
    try:
        with room.sandbox("import os; os.execlp('sleep', 'sleep', '23.048101')") as one:
            while running("sleep", "23.048101") != 1:
                select.select([], [], [], 0.05)
            room.process.kill()
            assert one.rest() == ""
            assert gone("sleep", "23.048101")
    finally:
        room.close()


def test_the_first_process_cannot_be_looked_into(room: Room) -> None:
    code = """
        for file in ("mem", "environ", "maps", "fd/0"):
            try:
                open(f"/proc/1/{file}", "rb").read(1)
                print(file)
            except OSError:
                pass
        import os
        print(os.stat("/proc/1/environ").st_uid)
    """
    assert room.says(code) == "65534"  # the machine's root, whom it does not know


def test_a_process_cannot_write_memory_through_proc(room: Room) -> None:
    code = """
        try:
            open("/proc/self/mem", "r+b")
        except OSError as error:
            print(error.errno)
    """
    assert room.says(code) == "30"


def test_a_flood_of_signals_stops_no_watch(room: Room) -> None:
    code = """
        import os, signal
        signal.signal(signal.SIGUSR1, signal.SIG_IGN)
        if os.fork() == 0:
            while True:
                os.kill(1, signal.SIGUSR1)
        mine = []
        for _ in range(4):
            if os.fork() == 0:
                mine.append(bytearray(os.urandom(2**20) * 60))
        signal.pause()
    """
    assert room.outcome(code, memory=150 * 2**20)[0] == 123


STEPS = [
    "namespaces.map_user",
    "mounts.arrange",
    "namespaces.furnish",
    "rlimits.apply",
    "privileges.drop",
    "syscalls.load",
    "unpack.unpack",
    "os.setsid",
    "os.chdir",
]


@pytest.mark.parametrize("step", STEPS)
def test_a_step_that_fails_ends_it(room: Room, step: str) -> None:
    status, said = room.outcome("print('here')", before=failing(step), archive=b"")
    assert (status, said) == (REFUSED, "The sandbox cannot be made: it failed")


def test_a_watch_that_fails_ends_it(room: Room) -> None:
    code = "import time; time.sleep(30)"
    assert room.outcome(code, before=failing("watch.first")) == (REFUSED, "")


def failing(step: str) -> str:
    return f"""
        def fail(*_):
            raise OSError("it failed")
        from dlcourse.grading.sandbox import mounts, namespaces, privileges, rlimits
        from dlcourse.grading.sandbox import syscalls, unpack, watch
        {step} = fail
    """
