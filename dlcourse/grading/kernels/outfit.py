"""Files that a kernel gets beside its sockets."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from typing import Any

_STREAMS = {"out": ("stdout", 1), "err": ("stderr", 2)}


def outputs(asked: Mapping[str, Any]) -> dict[str, int]:
    """Open where the kernel's own standard output and error go.

    Args:
        asked: the arguments of a start, among them perhaps ``stdout`` and ``stderr``
            as ``subprocess.Popen`` takes them, but no pipe.

    Returns:
        New file descriptors by name.
    """
    opened = {}
    for name, (keyword, own) in _STREAMS.items():
        chosen = asked.get(keyword)
        if chosen is None:
            opened[name] = _copy(own)
        elif chosen in (subprocess.DEVNULL, subprocess.PIPE):
            # Nobody reads the pipe of a kernel: ipykernel itself sends what is said.
            opened[name] = os.open(os.devnull, os.O_WRONLY)
        elif isinstance(chosen, int):
            opened[name] = _copy(chosen)
        else:
            opened[name] = _copy(chosen.fileno())
    return opened


def _copy(fd: int) -> int:
    try:
        return os.dup(fd)
    except OSError:
        return os.open(os.devnull, os.O_WRONLY)  # this process runs without it


def file_of(content: bytes) -> int:
    """Make a file in memory and give its descriptor, at the beginning."""
    fd = os.memfd_create("archive")
    with open(fd, "wb", closefd=False) as stream:
        stream.write(content)
    os.lseek(fd, 0, os.SEEK_SET)
    return fd
