"""A room with sandboxes for tests: code runs in it as a submission's would."""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
import socket
import subprocess
import sys
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from time import monotonic
from typing import Any

from dlcourse.grading.sandbox import mounts, outside
from dlcourse.grading.sandbox.limits import Limits

PARENT = Path(__file__).with_name("parent.py")
PATIENCE = 60  # seconds
REFUSED = 125
# Whatever a test lets loose, if it gets out it finds little room.
SMALL = Limits(
    memory=200 * 2**20,
    processes=40,
    file_size=8 * 2**20,
    open_files=64,
    scratch=16 * 2**20,
    cpu=20,
    wall=30,
)


class Sandbox:
    """One shut-in process, seen from outside."""

    def __init__(self, answer: socket.socket, said: int) -> None:
        self._answer, self._said, self._unread = answer, said, b""
        message, files, _, _ = socket.recv_fds(answer, 10, 1)
        assert message == b"pidfd", "the parent ended"
        self.pidfd = files[0]

    def line(self) -> str:
        """Wait for the next line that it says."""
        while b"\n" not in self._unread:
            chunk = self._read()
            assert chunk, f"it said nothing more than {self._unread!r}"
            self._unread += chunk
        line, _, self._unread = self._unread.partition(b"\n")
        return line.decode()

    def rest(self) -> str:
        """Wait until it and all that it started are done with speaking."""
        while chunk := self._read():
            self._unread += chunk
        said, self._unread = self._unread.decode(errors="replace"), b""
        return said

    def send(self, number: signal.Signals) -> None:
        """Send a signal to the process that the parent forked."""
        signal.pidfd_send_signal(self.pidfd, number)

    def status(self) -> int:
        """Wait for the end; exit status, or minus the signal's number."""
        return int(self._answer.recv(10))

    def close(self) -> None:
        """End it if it still runs."""
        with contextlib.suppress(ProcessLookupError):
            self.send(signal.SIGKILL)
        self._answer.close()
        os.close(self.pidfd)
        os.close(self._said)

    def _read(self) -> bytes:
        ready, _, _ = select.select([self._said], [], [], PATIENCE)
        assert ready, f"it is silent after {self._unread!r}"
        return os.read(self._said, 2**16)


class Room:
    """The parent of sandboxes, in its room."""

    def __init__(self, program: Sequence[str] = ()) -> None:
        self._orders, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        # Read by the parent from its command line: the file itself is out of its sight.
        command = program or [sys.executable, "-P", "-c", PARENT.read_text()]
        with theirs:
            self.process = subprocess.Popen(
                outside.command(command), stdin=theirs, env=environment()
            )

    @contextlib.contextmanager
    def sandbox(
        self,
        code: str,
        before: str = "",
        archive: bytes | None = None,
        keep: Sequence[int] = (),
        **limits: int,
    ) -> Iterator[Sandbox]:
        """Let code run in a sandbox.

        Args:
            code: what it runs.
            before: what runs in the forked process before it is shut in.
            archive: a tar of files for the work folder.
            keep: descriptors to keep.
            limits: those that differ from SMALL.
        """
        order = {
            "code": textwrap.dedent(code),
            "before": textwrap.dedent(before),
            "keep": list(keep),
            "limits": replace(SMALL, **limits).to_json(),
        }
        answer, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        answer.settimeout(PATIENCE)
        said, mouth = os.pipe()
        files = [mouth, theirs.detach()]
        if archive is not None:
            files.append(os.memfd_create("archive"))
            Path(f"/proc/self/fd/{files[-1]}").write_bytes(archive)
        socket.send_fds(self._orders, [json.dumps(order).encode()], files)
        for number in files:
            os.close(number)
        sandbox = Sandbox(answer, said)
        try:
            yield sandbox
        finally:
            sandbox.close()

    def outcome(self, code: str, **options: Any) -> tuple[int, str]:
        """Let code run in a sandbox to its end; its status and what it said."""
        with self.sandbox(code, **options) as sandbox:
            said = sandbox.rest()
            return sandbox.status(), said.strip()

    def says(self, code: str, **options: Any) -> str:
        """Let code run in a sandbox that has to end well; what it said."""
        status, said = self.outcome(code, **options)
        assert status == 0, said
        return said

    def close(self) -> None:
        """End it with all its sandboxes."""
        self.process.kill()
        self.process.wait()
        self._orders.close()


def environment() -> dict[str, str]:
    """Make the environment of a room from nothing."""
    programs = Path(sys.executable).parent
    return {
        "PATH": f"{programs}:/usr/bin:/bin",
        "HOME": mounts.HOME,
        "LANG": "C.UTF-8",
        "MPLCONFIGDIR": outside.FONTS,
    }


def running(*command: str) -> int:
    """Count the machine's processes that run a command."""
    wanted = "".join(f"{word}\0" for word in command).encode()
    count = 0
    for process in Path("/proc").iterdir():
        if process.name.isdigit():
            with contextlib.suppress(OSError):
                count += (process / "cmdline").read_bytes() == wanted
    return count


def gone(*command: str) -> bool:
    """Wait until no process runs a command; whether that came true."""
    end = monotonic() + PATIENCE / 4
    while running(*command):
        if monotonic() > end:
            return False
        select.select([], [], [], 0.02)
    return True
