"""One warm parent for several processes: each would import all over again."""

from __future__ import annotations

import socket

from dlcourse.grading.kernels import warm
from dlcourse.grading.kernels.environment import grading_environment
from dlcourse.grading.kernels.process import StartError


class Adopted(warm.WarmParent):
    """A parent that another process has started, and will end.

    Orders from several processes do not mix: each is one message, and brings the socket
    for its answers along. The parent ends when the last of them is gone.
    """

    def __init__(self, orders: socket.socket) -> None:
        self.link = orders

    def close(self) -> None:
        """Send it no more orders."""
        self.link.close()

    def forget(self) -> None:
        """Leave it to the process that this one was forked from."""
        self.link.close()


def start_parent(sandboxed: bool) -> warm.WarmParent | None:
    """Start a parent for kernels that grade, to be lent to other processes.

    Args:
        sandboxed: whether they run in sandboxes.

    Returns:
        It; None where there can be none, and each process has to see for itself.
    """
    if warm.problem():
        return None
    try:
        return warm.WarmParent(sandboxed, _seed())
    except (OSError, StartError):
        return None


def adopt(sandboxed: bool, orders: socket.socket) -> None:
    """Take kernels that grade from a parent that another process has started.

    If it dies, this process starts one of its own.

    Args:
        sandboxed: of what kind it is.
        orders: where it takes orders.
    """
    with warm._lock:
        warm._parents[(sandboxed, _seed())] = Adopted(orders)


def _seed() -> str | None:
    return grading_environment().get("PYTHONHASHSEED")
