"""Other processes and the network are out of reach; honest code notices nothing."""

from __future__ import annotations

import select
import signal
import socket

import pytest

from .room import Room

WAIT = "print('ready', flush=True); import time; time.sleep(60)"


def test_it_sees_its_own_processes_only(room: Room) -> None:
    with room.sandbox(WAIT) as other:
        other.line()
        code = "import os; print([int(p) for p in os.listdir('/proc') if p.isdigit()])"
        assert room.says(code) == "[1, 2]"


def test_every_namespace_is_its_own(room: Room) -> None:
    names = ["cgroup", "ipc", "mnt", "net", "pid", "user", "uts"]
    code = f"""
        import os, time
        print(*[os.readlink(f"/proc/self/ns/{{name}}") for name in {names}], flush=True)
        time.sleep(60)
    """
    before = f"print(*[NAMESPACES[name] for name in {names}])"
    with room.sandbox(code) as one, room.sandbox(code, before=before) as two:
        parents = two.line().split()
        seen = zip(parents, one.line().split(), two.line().split(), strict=True)
    assert [
        name for name, links in zip(names, seen, strict=True) if len({*links}) < 3
    ] == []


def test_signals_to_everybody_reach_nobody_else(room: Room) -> None:
    code = """
        import os, signal
        for number in (signal.SIGTERM, signal.SIGKILL):
            for target in (0, -1, os.getppid(), 1, -os.getpgrp()):
                if os.fork() == 0:
                    try:
                        os.kill(target, number)
                    except OSError:
                        pass
                    os._exit(0)
                os.wait()
    """
    with room.sandbox(WAIT) as other:
        other.line()
        status, _ = room.outcome(code)
        assert status < 0
        assert room.process.poll() is None
        select.select([], [], [], 0.3)
        other.send(signal.SIGTERM)
        assert other.status() == -signal.SIGTERM


def test_there_is_no_way_out_by_network(room: Room) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        with socket.create_connection(("127.0.0.1", port)):
            server.accept()[0].close()
        code = f"""
            import socket
            for address in ("127.0.0.1", "localhost", "192.0.2.1"):
                try:
                    socket.create_connection((address, {port}), 2)
                except OSError as error:
                    print(error.errno)
        """
        assert room.says(code).split() == ["111", "111", "101"]
        server.settimeout(0)
        with pytest.raises(BlockingIOError):
            server.accept()


def test_there_is_no_way_out_by_an_abstract_socket(room: Room) -> None:
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("\0dlcourse-test-48101")
        server.listen()
        code = """
            import socket
            try:
                socket.socket(socket.AF_UNIX).connect("\\0dlcourse-test-48101")
            except ConnectionRefusedError:
                print("refused")
        """
        assert room.says(code) == "refused"


def test_honest_code_runs(room: Room) -> None:
    code = """
        import multiprocessing, socket, subprocess, tempfile, threading
        from multiprocessing import shared_memory
        fork = multiprocessing.get_context("fork")
        with fork.Pool(2) as pool:
            print(pool.map(abs, [-1, -2]))
        memory = shared_memory.SharedMemory(create=True, size=100)
        memory.close(), memory.unlink()
        array = fork.Array("d", 3)
        lock, queue = fork.Lock(), fork.Queue()
        queue.put(3); print(queue.get())
        server = socket.create_server(("127.0.0.1", 0))
        socket.create_connection(server.getsockname()).close()
        thread = threading.Thread(target=print, args=(4,))
        thread.start(), thread.join()
        with tempfile.TemporaryDirectory() as folder:
            print(subprocess.check_output(["sh", "-c", "echo 5 | cat"], text=True))
        import gc, getpass, os, pwd
        assert gc.isenabled()
        print(getpass.getuser(), pwd.getpwuid(os.getuid()).pw_dir)
    """
    said = room.says(code, processes=100).split()
    assert said == ["[1,", "2]", "3", "4", "5", "student", "/home/student"]
