"""What else a submission may use: processes, files, time."""

from __future__ import annotations

import os
import signal

from .room import Room, gone, running

MB = 2**20


def test_a_fork_bomb_is_bounded_and_leaves_nothing(room: Room) -> None:
    code = """
        import os, time
        count = 0
        for _ in range(200):
            try:
                if os.fork() == 0:
                    os.execlp("sleep", "sleep", "20.048101")
                count += 1
            except BlockingIOError:
                break
        time.sleep(0.3)
        print(count, flush=True)
    """
    with room.sandbox(code, processes=30) as bomb:
        # The first process and the kernel count.
        assert bomb.line() == "28"
    assert gone("sleep", "20.048101")
    assert room.says("print('well')") == "well"


def test_threads_count_as_processes(room: Room) -> None:
    code = """
        import threading, time
        try:
            for count in range(200):
                threading.Thread(target=time.sleep, args=(20,), daemon=True).start()
        except RuntimeError:
            print(count)
        import os, sys; sys.stdout.flush(); os._exit(0)
    """
    assert room.says(code, processes=30, memory=2**30) == "28"


def test_the_processes_of_one_take_none_from_another(room: Room) -> None:
    code = """
        import os, time
        for _ in range(20):
            if os.fork() == 0:
                time.sleep(20)
        print("forked", flush=True)
        time.sleep(20)
    """
    with (
        room.sandbox(code, processes=30) as one,
        room.sandbox(code, processes=30) as two,
    ):
        assert one.line() == two.line() == "forked"


def test_a_big_file_is_refused(room: Room) -> None:
    code = """
        with open("big", "wb", buffering=0) as file:
            try:
                for _ in range(10):
                    file.write(bytes(2**20))
            except OSError as error:
                print(error.errno, file.tell() // 2**20)
    """
    assert room.says(code, file_size=3 * MB) == "27 3"


def test_time_of_the_processor_is_bounded(room: Room) -> None:
    code = "print('well', flush=True)\nfor _ in iter(int, 1): pass"
    assert room.outcome(code, cpu=1) == (-signal.SIGXCPU, "well")


def test_who_ignores_that_signal_is_killed(room: Room) -> None:
    code = """
        import signal
        signal.signal(signal.SIGXCPU, signal.SIG_IGN)
        for _ in iter(int, 1): pass
    """
    assert room.outcome(code, cpu=1) == (-signal.SIGKILL, "")


def test_open_files_are_bounded(room: Room) -> None:
    code = """
        import os
        try:
            while True: last = os.dup(0)
        except OSError:
            print(last)
    """
    assert room.says(code, open_files=64) == "63"


def test_what_nobody_needs_is_bounded_too(room: Room) -> None:
    limits = {
        "STACK": 8 * MB,
        "MEMLOCK": 64 * 2**10,
        "SIGPENDING": 1024,
        "CORE": 1,
        "MSGQUEUE": 0,
        "NICE": 0,
        "RTPRIO": 0,
    }
    code = f"""
        import resource
        for name in {list(limits)}:
            print(*resource.getrlimit(getattr(resource, f"RLIMIT_{{name}}")))
    """
    lines = room.says(code).splitlines()
    assert lines == [f"{limit} {limit}" for limit in limits.values()]


def test_limits_cannot_be_raised(room: Room) -> None:
    code = """
        import resource
        names = [name for name in dir(resource) if name.startswith("RLIMIT_")]
        for which in {getattr(resource, name) for name in names}:
            soft, hard = resource.getrlimit(which)
            if hard != resource.RLIM_INFINITY:
                try:
                    resource.setrlimit(which, (soft, hard + 1))
                    print(which)
                except ValueError:
                    pass
    """
    assert room.says(code) == ""


def test_who_keeps_many_threads_busy_goes_behind_others(room: Room) -> None:
    busy = """
        import ctypes, os, time
        # A name that pretends to be asleep.
        ctypes.CDLL(None).prctl(15, b"a) S")
        for _ in range({count}):
            if os.fork() == 0:
                end = time.monotonic() + 1.2
                while time.monotonic() < end:
                    pass
                print(os.getpriority(os.PRIO_PROCESS, 0), flush=True)
                os._exit(0)
        for _ in range({count}):
            os.wait()
    """
    processors = len(os.sched_getaffinity(0))
    many = room.says(busy.format(count=20 * processors), processes=50 * processors)
    assert min(map(int, many.split())) > 4
    assert room.says(busy.format(count=2)) == "0\n0"


def test_the_watch_cannot_be_slowed_down(room: Room) -> None:
    code = """
        import os, resource
        changes = [
            lambda: os.setpriority(os.PRIO_PROCESS, 1, 19),
            lambda: os.setpriority(os.PRIO_USER, 0, 19),
            lambda: os.setpriority(os.PRIO_USER, os.getuid(), 19),
            lambda: os.sched_setaffinity(1, {0}),
            lambda: os.sched_setscheduler(1, os.SCHED_IDLE, os.sched_param(0)),
            lambda: os.sched_setparam(1, os.sched_param(0)),
            lambda: resource.prlimit(1, resource.RLIMIT_NOFILE, (0, 0)),
        ]
        for change in changes:
            try:
                change()
                print("done")
            except PermissionError:
                pass
        # With one's own processes one may.
        os.nice(1)
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
        os.sched_setscheduler(os.getpid(), os.SCHED_BATCH, os.sched_param(0))
        print(os.getpriority(os.PRIO_PROCESS, 0))
    """
    assert room.says(code) == "1"


def test_the_machine_takes_a_sandbox_first_when_memory_is_short(room: Room) -> None:
    code = "print(open('/proc/self/oom_score_adj').read())"
    assert room.says(code) == "1000"


def test_nothing_is_left_running(room: Room) -> None:
    code = """
        import os, time
        if os.fork() == 0:
            os.setsid()
            if os.fork() == 0:
                os.execlp("sleep", "sleep", "21.048101")
            os._exit(0)
        time.sleep(0.5)
        print("started", flush=True)
    """
    with room.sandbox(code) as one:
        assert one.line() == "started"
        assert one.rest() == ""
        assert one.status() == 0
        assert running("sleep", "21.048101") == 0
