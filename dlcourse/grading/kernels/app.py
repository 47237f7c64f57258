"""ipykernel's application, on sockets that somebody else has opened."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import Any

import zmq
from ipykernel import ipkernel
from ipykernel.heartbeat import Heartbeat
from ipykernel.kernelapp import IPKernelApp
from IPython.core import shellapp
from traitlets.config import Config

from dlcourse.grading.kernels import fresh
from dlcourse.grading.kernels.order import Order


class GivenHeartbeat(Heartbeat):
    """A heartbeat on a listening socket that it was given."""

    fd = -1

    def _try_bind_socket(self) -> None:
        _bind(self.socket, self.fd)


class WarmApp(IPKernelApp):
    """An ordinary kernel but for where its sockets and its key come from."""

    order: Order
    sockets: Mapping[str, int]

    def init_connection_file(self) -> None:
        """Take the key from the order; there is no file to read."""
        self.session.key = self.order.key.encode()
        self.connection_file = self.order.connection_file or "none"

    def parse_command_line(self, argv: Any = None) -> None:
        """Read the arguments if there are some: it takes long to find none."""
        if argv:
            super().parse_command_line(argv)

    def write_connection_file(self, **kwargs: Any) -> None:
        """Leave the file to the client, who knows everything already."""

    def init_path(self) -> None:
        """Put the work folder on the path: never before libraries in a sandbox."""
        libraries = [
            i
            for i, entry in enumerate(sys.path)
            if Path(entry).name in ("site-packages", "dist-packages")
        ]
        if "" in sys.path:
            sys.path.remove("")
        if self.order.limits is not None or not libraries:
            sys.path.append("")
        else:
            sys.path.insert(libraries[0], "")

    def init_kernel(self) -> None:
        """Make the kernel."""
        with self._sparingly():
            super().init_kernel()  # type: ignore[no-untyped-call]

    def init_code(self) -> None:
        """Run what is to run before the first cell."""
        with self._sparingly():
            super().init_code()  # type: ignore[no-untyped-call]
        if self.order.limits is not None and self.shell is not None:
            # For ``%reset aggressive``, which forgets what was imported since.
            self.shell._sys_modules_keys = fresh.modules

    def _sparingly(self) -> AbstractContextManager[None]:
        return nullcontext() if self.order.limits is None else _no_modules()

    def init_heartbeat(self) -> None:
        """Start the heart on its given socket."""
        # Its own context, so that a busy kernel does not stop it.
        heart: Any = GivenHeartbeat
        beating = heart(zmq.Context(), ("ipc", "given", self.hb_port))
        beating.fd = self.sockets["hb"]
        beating.start()
        self.heartbeat = beating

    def start(self) -> None:
        """Serve messages until the kernel is told to end.

        The thread that was told so still has to print. ipykernel does not wait for it,
        and now and then it then waits ten seconds for another thread that has ended.
        """
        super().start()  # type: ignore[no-untyped-call]
        self.control_thread.stop()
        self.control_thread.join()

    def _try_bind_socket(self, socket: Any, port: int) -> int:
        names = {number: name for name, number in self.order.ports.items()}
        _bind(socket, self.sockets[names[port]])
        return port


class _System:
    """Python's ``sys``, as if no module were loaded."""

    modules: Mapping[str, Any] = {}

    def __getattr__(self, name: str) -> Any:
        return getattr(sys, name)


@contextmanager
def _no_modules() -> Iterator[None]:
    """Spare a kernel two lists of all modules, one of them for its debugger.

    To look at each of thousands copies memory that is shared with the parent, which
    takes as long as all else in the making of a kernel.
    """
    makers: tuple[Any, ...] = (ipkernel, shellapp)
    for maker in makers:
        maker.sys = _System()
    try:
        yield
    finally:
        for maker in makers:
            maker.sys = sys


def _bind(socket: Any, fd: int) -> None:
    socket.setsockopt(zmq.USE_FD, fd)
    # ZeroMQ wants a path, and uses the given socket instead of it.
    socket.bind(f"ipc://given-{fd}")


def make(order: Order, sockets: Mapping[str, int]) -> IPKernelApp:
    """Make the application, ready to start.

    Args:
        order: the kernel.
        sockets: the listening socket of each channel.
    """
    ports = {f"{name}_port": number for name, number in order.ports.items()}
    app: Any = WarmApp.instance(transport="ipc", ip="given", parent_handle=1, **ports)
    app.order, app.sockets = order, sockets
    sys.argv = ["ipykernel_launcher.py", "-f", app.order.connection_file]
    sys.argv += order.arguments
    # Kernels come and go by the hundred: what they ran is nobody's history.
    app.update_config(Config({"HistoryManager": {"hist_file": ":memory:"}}))
    app.initialize(list(order.arguments))
    made: IPKernelApp = app
    return made
