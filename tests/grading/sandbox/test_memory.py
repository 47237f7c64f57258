"""How much memory a submission has, each process and all together."""

from __future__ import annotations

from dlcourse.grading.sandbox.watch import TOO_MUCH_MEMORY

from .room import Room

MB = 2**20


def test_too_much_memory_is_a_memory_error_and_the_host_lives(room: Room) -> None:
    code = """
        bytearray(50 * 2**20)
        try:
            bytearray(150 * 2**20)
        except MemoryError:
            print("MemoryError")
    """
    assert room.says(code, memory=100 * MB) == "MemoryError"
    assert room.says("print('well')") == "well"


def test_what_the_parent_holds_is_no_memory_of_the_submission(room: Room) -> None:
    before = "held = bytearray(150 * 2**20)"
    code = "bytearray(50 * 2**20); print('well')"
    assert room.says(code, before=before, memory=100 * MB) == "well"


def test_many_processes_together_have_no_more(room: Room) -> None:
    code = """
        import os, time
        for _ in range(5):
            if os.fork() == 0:
                mine = bytearray(os.urandom(2**20) * 60)
                time.sleep(20)
                os._exit(0)
        time.sleep(20)
    """
    status, _ = room.outcome(code, memory=150 * MB)
    assert status == TOO_MUCH_MEMORY


def test_memory_that_processes_share_counts_once(room: Room) -> None:
    code = """
        import os, time
        shared = bytearray(os.urandom(2**20) * 60)
        for _ in range(5):
            if os.fork() == 0:
                time.sleep(1)
                os._exit(0)
        for _ in range(5):
            os.wait()
        print("well")
    """
    assert room.says(code, memory=150 * MB) == "well"


def test_memory_that_no_limit_counts_is_refused(room: Room) -> None:
    """Shared, it would stay when it is no longer looked at."""
    code = """
        import mmap, os
        print(open("/dev/zero", "rb").read(3))
        files = [os.open(name, os.O_RDWR) for name in ("/dev/zero", "/dev/full")]
        for file in (-1, *files):
            try:
                mmap.mmap(file, 2**20)
            except OSError as error:
                print(error.errno)
    """
    assert room.says(code).split() == [r"b'\x00\x00\x00'", "1", "19", "19"]


def test_tables_of_pages_count(room: Room) -> None:
    """A page that is only looked at is no memory, but where it is noted down is."""
    code = """
        import mmap, time
        step = 2**21
        private = mmap.MAP_PRIVATE
        empty = mmap.mmap(-1, 40_000 * step, flags=private, prot=mmap.PROT_READ)
        empty[:: step]
        time.sleep(20)
    """
    status, _ = room.outcome(code, memory=100 * MB)
    assert status == TOO_MUCH_MEMORY


def test_queues_of_sockets_count(room: Room) -> None:
    code = """
        import os, socket, time
        for _ in range(10):
            if os.fork() == 0:
                break
        pairs = [socket.socketpair() for _ in range(25)]
        time.sleep(20)
    """
    status, _ = room.outcome(code, memory=100 * MB)
    assert status == TOO_MUCH_MEMORY


def test_queues_cannot_be_lengthened(room: Room) -> None:
    code = """
        import socket
        for option in (socket.SO_SNDBUF, socket.SO_RCVBUF):
            try:
                socket.socket().setsockopt(socket.SOL_SOCKET, option, 2**22)
            except OSError as error:
                print(error.errno)
    """
    assert room.says(code).split() == ["1", "1"]


def test_a_hidden_process_counts(room: Room) -> None:
    """Of one that may not be looked into, the larger estimate is taken."""
    code = """
        import ctypes, os, time
        ctypes.CDLL(None).prctl(4, 0)
        for _ in range(3):
            if os.fork() == 0:
                break
        mine = bytearray(os.urandom(2**20) * 60)
        time.sleep(20)
    """
    status, _ = room.outcome(code, memory=150 * MB)
    assert status == TOO_MUCH_MEMORY


def test_a_name_does_not_hide_memory(room: Room) -> None:
    code = """
        import ctypes, os, time
        ctypes.CDLL(None).prctl(15, b"RssAnon: 1 kB")
        for _ in range(3):
            if os.fork() == 0:
                break
        mine = bytearray(os.urandom(2**20) * 60)
        time.sleep(20)
    """
    status, _ = room.outcome(code, memory=150 * MB)
    assert status == TOO_MUCH_MEMORY


def test_a_name_that_looks_like_a_line_of_status_fools_nobody(room: Room) -> None:
    code = """
        import ctypes, time
        for name in (b"RssAnon: 1 kB", b"a) R b kB", b"\\xff\\n1 kB"):
            ctypes.CDLL(None).prctl(15, name)
            time.sleep(0.5)
        print("well")
    """
    assert room.says(code) == "well"
