from __future__ import annotations

import sys
import textwrap

import pytest

from dlcourse.publish.katex_server import start_server

LATE = """
import socket, sys, time
server = socket.socket(socket.AF_UNIX)
server.bind(sys.argv[1])      # the file is there,
time.sleep(0.5)
server.listen()               # but nobody listens until now
connection, _ = server.accept()
connection.sendall(b"ready")
"""


def server_that_runs(script: str):
    class Server:
        @staticmethod
        def build_command(socket):
            return [sys.executable, "-c", textwrap.dedent(script), str(socket)]

        @staticmethod
        def timeout_error(timeout):
            return TimeoutError("no answer")

    return Server


def test_waits_until_the_process_listens(tmp_path):
    process, connection = start_server(server_that_runs(LATE), tmp_path, 5)
    with connection:
        assert connection.recv(5) == b"ready"
    process.stdin.close()
    process.stdout.close()
    assert process.wait(10) == 0


@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_process_that_ends_is_an_error_at_once(tmp_path):
    with pytest.raises(TimeoutError, match="no answer"):
        start_server(server_that_runs("raise SystemExit(1)"), tmp_path, 5)
