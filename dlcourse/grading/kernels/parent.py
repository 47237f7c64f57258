"""The warm parent: imports everything once, and forks a kernel for each order.

Run as ``python -P -m dlcourse.grading.kernels.parent`` with one end of a socket pair as
standard input. It ends, and every kernel with it, when the other end is closed.
"""

from __future__ import annotations

import contextlib
import os
import select
import signal
import socket
import sys
import time
from dataclasses import dataclass
from typing import Any, NoReturn

from dlcourse.grading.kernels import kernel, link, preload
from dlcourse.grading.kernels.order import Order
from dlcourse.grading.kernels.sockets import close_all
from dlcourse.grading.sandbox import enclose


@dataclass
class Child:
    """A forked process, where its end is reported, and when it has to end."""

    pid: int
    answer: socket.socket
    deadline: float
    fork: enclose.Fork | None
    overdue: bool = False


class Parent:
    """Serves orders with one thread: a second one could hold a lock during a fork."""

    def __init__(self, orders: socket.socket) -> None:
        self.orders = orders
        self.complete = False
        self.poll = select.poll()
        self.poll.register(orders, select.POLLIN)
        self.children: dict[int, Child] = {}  # by pidfd
        self.owners: dict[int, int] = {}  # pidfd by the answer's file descriptor

    def serve(self) -> kernel.Birth | None:
        """Serve until the client goes.

        Returns:
            None in the parent when the client has gone; in each forked process at
            once what it has to become.
        """
        while True:
            ready = [fd for fd, _ in self.poll.poll(self._patience())]
            for fd in ready:
                if fd in self.children:
                    self._bury(fd)
                elif fd in self.owners:
                    # Nobody waits for this kernel any more.
                    signal.pidfd_send_signal(self.owners[fd], signal.SIGKILL)
                    self.poll.unregister(fd)
            self._kill_overdue()
            # Last: a new kernel's files may get the numbers of those closed above.
            if self.orders.fileno() in ready:
                received = link.receive(self.orders)
                if received is None:
                    return None
                birth = self._fork(*received)
                if birth is not None:
                    return birth

    def close(self) -> None:
        """End all kernels."""
        for fd in list(self.children):
            signal.pidfd_send_signal(fd, signal.SIGKILL)
            self._bury(fd)

    def _fork(
        self, message: dict[str, Any], files: dict[str, int]
    ) -> kernel.Birth | None:
        answer = socket.socket(fileno=files.pop("answer"))
        order = Order(**message)
        if order.rare and not self.complete:
            preload.load(preload.RARE, unwanted=lambda: False)
            self.complete = True
        parent, pid, refusal = os.getpid(), -1, {"problem": preload.problem()}
        inside = None
        if not refusal["problem"]:
            try:
                if order.limits is not None:
                    inside = enclose.fork()
                pid = inside.pid if inside else os.fork()
            except OSError as error:  # too many processes, or too little memory
                refusal = {"failed": f"it could not be forked: {error.strerror}"}
        if pid == 0:
            return kernel.Birth(order, files, parent, inside)
        close_all(files)
        if pid < 0:
            _say(answer, refusal)
            answer.close()
            return None
        deadline = time.monotonic() + order.wall if order.wall else float("inf")
        pidfd = os.pidfd_open(pid)
        self.children[pidfd] = Child(pid, answer, deadline, inside)
        self.owners[answer.fileno()] = pidfd
        self.poll.register(pidfd, select.POLLIN)
        self.poll.register(answer, 0)  # tells when the other end is closed
        _say(answer, {"pid": pid}, {"process": pidfd})
        return None

    def _bury(self, pidfd: int) -> None:
        """Report the end of a kernel; what it left in its process group ends, too."""
        child = self.children.pop(pidfd)
        self.poll.unregister(pidfd)
        os.waitid(os.P_PIDFD, pidfd, os.WEXITED | os.WNOWAIT)
        # Before the kernel is reaped its number can belong to nobody else. It may have
        # ended before it made a group, and a sandbox's belongs to another user.
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(child.pid, signal.SIGKILL)
        _, status = os.waitpid(child.pid, 0)
        code = os.waitstatus_to_exitcode(status)
        if child.fork:
            code = child.fork.status(code)
        _say(child.answer, {"status": code, "overdue": child.overdue})
        del self.owners[child.answer.fileno()]
        with contextlib.suppress(KeyError):  # its owner had gone
            self.poll.unregister(child.answer)
        child.answer.close()
        os.close(pidfd)

    def _patience(self) -> int | None:
        """Milliseconds until the next deadline."""
        nearest = min(
            (one.deadline for one in self.children.values() if not one.overdue),
            default=float("inf"),
        )
        if nearest == float("inf"):
            return None
        return max(0, int(1000 * (nearest - time.monotonic())) + 1)

    def _kill_overdue(self) -> None:
        now = time.monotonic()
        for pidfd, child in self.children.items():
            if child.deadline <= now and not child.overdue:
                child.overdue = True
                signal.pidfd_send_signal(pidfd, signal.SIGKILL)


def _say(
    answer: socket.socket,
    message: dict[str, Any],
    files: dict[str, int] | None = None,
) -> None:
    with contextlib.suppress(OSError):  # whoever wanted to know has gone
        link.send(answer, message, files or {})


def main() -> NoReturn:
    """Import, then serve the socket that is standard input."""
    orders = socket.socket(fileno=os.dup(0))
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    client = select.poll()
    client.register(orders, 0)  # tells only when the other end is closed
    preload.load(preload.MODULES, unwanted=lambda: bool(client.poll(0)))
    if "sandboxed" in sys.argv:
        enclose.prepare()
    parent = Parent(orders)
    birth = parent.serve()
    if birth is None:
        parent.close()
        # Taking half a gigabyte of libraries apart takes long and says strange things.
        os._exit(0)
    # Out here nothing of the parent's work is left on the stack.
    del parent, orders
    kernel.become(birth)


if __name__ == "__main__":
    main()
