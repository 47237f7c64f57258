"""Private folders, and one with the listening sockets of a kernel."""

from __future__ import annotations

import os
import shutil
import socket
import tempfile
import weakref
from collections.abc import Mapping
from pathlib import Path

from dlcourse.grading.kernels.order import CHANNELS

_LONGEST = 100  # characters that the system takes as a socket's path, less a few
_BACKLOG = 64


class PrivateFolder:
    """A new folder that only its owner may enter; it goes with this object at last."""

    def __init__(self, parent: str | None = None) -> None:
        self.path = Path(tempfile.mkdtemp(prefix="dlcourse-", dir=parent))
        self.close = weakref.finalize(
            self, shutil.rmtree, str(self.path), ignore_errors=True
        )


class Sockets:
    """Where a kernel listens."""

    def __init__(self) -> None:
        parent = tempfile.gettempdir()
        if len(parent) > _LONGEST - len("/dlcourse-xxxxxxxx/k-5"):
            parent = "/tmp"
        self._private = PrivateFolder(parent)
        self.folder = self._private.path

    @property
    def prefix(self) -> str:
        """What Jupyter calls ``ip`` for this transport."""
        return str(self.folder / "k")

    def listen(self) -> dict[str, int]:
        """Open the sockets, anew if there were some; the caller closes them."""
        self.unlink()
        fds = {}
        for name, path in zip(CHANNELS, self._paths(), strict=True):
            server = socket.socket(socket.AF_UNIX)
            server.bind(str(path))
            server.listen(_BACKLOG)
            fds[name] = server.detach()
        return fds

    def unlink(self) -> None:
        """Leave the places to another."""
        for path in self._paths():
            path.unlink(missing_ok=True)

    def close(self) -> None:
        """Take the folder away."""
        self._private.close()

    def _paths(self) -> list[Path]:
        return [Path(f"{self.prefix}-{i + 1}") for i in range(len(CHANNELS))]


def close_all(fds: Mapping[str, int]) -> None:
    """Close file descriptors."""
    for fd in fds.values():
        os.close(fd)
