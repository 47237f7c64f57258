"""A patient start of the Node process that sets the book's formulas."""

from __future__ import annotations

import socket
import time
from pathlib import Path
from subprocess import PIPE, Popen
from typing import Any

from sphinxcontrib import katex

_PATIENCE = 60  # seconds, for a machine that is busy with executing pages


def start_server(
    cls: type[Any], rundir: Path, timeout: float
) -> tuple[Popen[bytes], socket.socket]:
    """Start Node and connect to it, as soon as it listens.

    sphinxcontrib-katex 0.9 connects once, when the socket's file appears. On a busy
    machine that is before Node accepts: the build fails and Node stays behind.

    Args:
        cls: the extension's ``KaTeXServer``.
        rundir: the folder for the socket's file.
        timeout: seconds that the extension would wait; ours waits longer.

    Returns:
        The process and the connected socket.

    Raises:
        Exception: the extension's own, if Node ended or did not answer in time.
    """
    path = rundir / "katex.sock"
    process = Popen(cls.build_command(socket=path), stdin=PIPE, stdout=PIPE, cwd=rundir)
    end = time.monotonic() + max(timeout, _PATIENCE)
    while process.poll() is None and time.monotonic() < end:
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            connection.connect(str(path))
        except (FileNotFoundError, ConnectionRefusedError):
            connection.close()
            time.sleep(0.02)
        else:
            return process, connection
    process.kill()
    raise cls.timeout_error(timeout)


def install() -> None:
    """Make the extension start its server this way."""
    katex.KaTeXServer.start_server_process = classmethod(start_server)
