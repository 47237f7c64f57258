"""Messages between a client and its warm parent: JSON and open files on one socket."""

from __future__ import annotations

import array
import json
import os
import socket
from collections.abc import Mapping
from typing import Any

_MOST_FILES = 32
_SIZE = array.array("i").itemsize


def pair() -> tuple[socket.socket, socket.socket]:
    """Make two connected sockets that keep messages apart."""
    return socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)


def send(
    link: socket.socket, message: Mapping[str, Any], files: Mapping[str, int]
) -> None:
    """Send one message.

    Args:
        link: one end of a ``pair``.
        message: what JSON can say.
        files: file descriptors by name; the sender keeps its own.

    Raises:
        OSError: if the other end is closed.
    """
    # An environment may be larger than a message: the text travels as a file, too.
    body = os.memfd_create("message")
    try:
        text = json.dumps({"message": message, "files": list(files)}).encode()
        with open(body, "wb", closefd=False) as stream:
            stream.write(text)
        fds = array.array("i", [body, *files.values()])
        link.sendmsg([b"m"], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, fds)])
    finally:
        os.close(body)


def receive(link: socket.socket) -> tuple[dict[str, Any], dict[str, int]] | None:
    """Receive one message, with the files in it as own file descriptors.

    Args:
        link: one end of a ``pair``; if it does not block, there may be no message.

    Returns:
        The message and its files by name; None if the other end is closed.

    Raises:
        BlockingIOError: if there is no message yet.
    """
    space = socket.CMSG_SPACE(_MOST_FILES * _SIZE)
    try:
        data, ancillary, _, _ = link.recvmsg(1, space, socket.MSG_CMSG_CLOEXEC)
    except ConnectionResetError:
        return None  # closed with messages that nobody read
    if not data:
        return None
    fds = array.array("i")
    for level, kind, content in ancillary:
        if level == socket.SOL_SOCKET and kind == socket.SCM_RIGHTS:
            fds.frombytes(content[: len(content) - len(content) % _SIZE])
    with open(fds[0], "rb") as stream:  # noqa: PTH123  (not a path)
        stream.seek(0)
        body = json.loads(stream.read())
    return body["message"], dict(zip(body["files"], fds[1:], strict=True))
