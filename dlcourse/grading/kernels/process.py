"""A kernel's process as its client sees it."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import os
import signal
import socket
import threading
from typing import Any

from dlcourse.grading.kernels import link

_TO_GROUP = 4  # PIDFD_SIGNAL_PROCESS_GROUP, since Linux 6.9
KILLED = -9  # by its number: Windows has no name for it


class StartError(Exception):
    """A kernel could not be started; the sentence says why."""


class GoneError(StartError):
    """The warm parent ended, and the order with it."""

    def __init__(self) -> None:
        super().__init__("the process that it is forked from ended")


class ImpossibleError(StartError):
    """The warm parent cannot fork; an ordinary kernel can be had."""


class KernelProcess:
    """A forked kernel. Its parent says on ``answer`` when it has ended."""

    def __init__(self, answer: socket.socket) -> None:
        answer.setblocking(False)
        self.answer = answer
        self.pid = 0
        self.pidfd = -1
        self.status: int | None = None
        self.overdue = False
        self._lock = threading.Lock()

    async def born(self, trouble: int, patience: float) -> None:
        """Wait until the kernel is ready.

        Args:
            trouble: read end of the pipe where the kernel says why it cannot start.
            patience: seconds to wait.

        Raises:
            ImpossibleError: if the parent will not fork.
            GoneError: if the parent ended first.
            StartError: if there is no kernel for another reason.
        """
        try:
            async with asyncio.timeout(patience):
                await readable(self.answer.fileno())
                self._read()
                await readable(trouble)
        except TimeoutError:
            raise StartError(f"it was not ready after {patience:g} s") from None
        said = os.read(trouble, 10_000).decode(errors="replace")
        if said:
            raise StartError(said.strip())
        if self.pid == 0:
            raise GoneError

    def poll(self) -> int | None:
        """Give the exit status, negative for a signal; None while it runs."""
        with self._lock:
            if self.status is None:
                try:
                    self._read()
                except BlockingIOError:
                    return None
            return self.status

    async def wait(self) -> int:
        """Wait for the end; it is noticed at once."""
        while (status := self.poll()) is None:
            await readable(self.answer.fileno())
        return status

    def send_signal(self, number: int, group: bool) -> None:
        """Send a signal.

        Args:
            number: of the signal.
            group: to the whole process group, as a terminal does.
        """
        with self._lock:
            if self.status is not None or self.pidfd < 0:
                return
            with contextlib.suppress(ProcessLookupError):  # it has just ended
                self._signal(number, group)

    def close(self) -> None:
        """Forget it; if it still runs, its parent kills it."""
        with self._lock:
            if self.status is None:
                self.status = KILLED
            self._close()

    def _signal(self, number: int, group: bool) -> None:
        if not group:
            signal.pidfd_send_signal(self.pidfd, number)
            return
        try:
            signal.pidfd_send_signal(self.pidfd, number, None, _TO_GROUP)
        except OSError as error:
            if error.errno != errno.EINVAL:
                raise
            # An older Linux. Without a sandbox numbers mean the same here and there.
            os.killpg(self.pid, number)

    def _read(self) -> None:
        received = link.receive(self.answer)
        if received is None:
            # The parent has ended, and each kernel ends with it.
            self.status = KILLED
        else:
            self._understand(*received)
        if self.status is not None:
            self._close()

    def _understand(self, message: dict[str, Any], files: dict[str, int]) -> None:
        if "problem" in message:
            self.status = KILLED
            raise ImpossibleError(message["problem"])
        if "failed" in message:
            self.status = KILLED
            raise StartError(message["failed"])
        if "pid" in message:
            self.pid, self.pidfd = message["pid"], files["process"]
        else:
            self.status, self.overdue = message["status"], message["overdue"]

    def _close(self) -> None:
        self.answer.close()
        if self.pidfd >= 0:
            os.close(self.pidfd)
            self.pidfd = -1


async def readable(fd: int) -> None:
    """Wait until a file descriptor can be read, in whatever loop is running."""
    loop = asyncio.get_running_loop()
    ready = asyncio.Event()
    # A loop has one reader for each number, and several may wait for this file.
    own = os.dup(fd)
    loop.add_reader(own, ready.set)
    try:
        await ready.wait()
    finally:
        loop.remove_reader(own)
        os.close(own)
