"""The two sockets to a kernel, read without trusting what comes."""

from __future__ import annotations

import hmac
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import zmq
from jupyter_client.blocking.client import BlockingKernelClient
from jupyter_client.session import DELIM

MOST_AT_ONCE = 64 * 2**20  # bytes of one message; the connection ends with a larger one
_MOST_HEADER = 4_096  # bytes; an honest one has 250
_SENDING = 1_000  # milliseconds in which a request has to leave
_TURN = 500  # published messages that are read before replies get a look

# Whether a message is worth reading, by kind, topic and size in bytes.
Wants = Callable[[str, str, int], bool]


@dataclass(frozen=True)
class Message:
    """One message of the kernel.

    Attributes:
        kind: such as ``execute_reply``.
        parent: the id of the request that it belongs to.
        content: what it says.
    """

    kind: str
    parent: str
    content: Mapping[str, Any]


class Wire:
    """Sends requests to a kernel, and reads replies and what it publishes.

    nbclient reads everything that a kernel publishes, however much that is, and takes
    its word for everything; hence this.
    """

    def __init__(self, manager: Any) -> None:
        """Connect.

        Args:
            manager: a kernel manager whose kernel was started.
        """
        self._context = zmq.Context()
        # A kernel that ends a connection is not looked for: what would answer is
        # something that the submission started.
        self._context.setsockopt(zmq.RECONNECT_IVL, -1)
        self._context.setsockopt(zmq.MAXMSGSIZE, MOST_AT_ONCE)
        self._context.setsockopt(zmq.LINGER, 0)
        # Else a request to a kernel that has gone would wait for ever.
        self._context.setsockopt(zmq.SNDTIMEO, _SENDING)
        client = BlockingKernelClient(context=self._context)
        client.load_connection_info(manager.get_connection_info())
        self._session = manager.session
        self.shell = client.connect_shell(identity=self._session.bsession)
        self.published = client.connect_iopub()
        self._poller = zmq.Poller()
        self._ends = []
        for socket in (self.shell, self.published):
            self._poller.register(socket, zmq.POLLIN)
            end = socket.get_monitor_socket(zmq.EVENT_DISCONNECTED)
            self._poller.register(end, zmq.POLLIN)
            self._ends.append(end)
        self.broken = False

    def close(self) -> None:
        """Hang up."""
        for socket in (self.shell, self.published):
            socket.disable_monitor()
        self._context.destroy(linger=0)

    def ask(self, kind: str, content: Mapping[str, Any]) -> str:
        """Send a request; its id. If nobody takes it, the wire is broken."""
        message = self._session.msg(kind, content)
        try:
            self._session.send(self.shell, message)
        except zmq.Again:
            self.broken = True
        return str(message["header"]["msg_id"])

    def wait(self, seconds: float) -> bool:
        """Wait until there is something to read; False if there is nothing."""
        ready = dict(self._poller.poll(max(0, int(seconds * 1000))))
        for end in self._ends:
            if end in ready:
                end.recv_multipart()
                self.broken = True
        return bool(ready)

    def replies(self) -> Iterator[Message]:
        """Read all replies that have come."""
        while (frames := _next(self.shell)) is not None:
            if message := self._open(frames, None, lambda kind, topic, size: True):
                yield message

    def news(self, request: str, wants: Wants) -> Iterator[Message]:
        """Read what the kernel has published of one request.

        Args:
            request: its id; what belongs to others is dropped.
            wants: decides what is read; the rest costs next to nothing.
        """
        wanted = request.encode()
        for _ in range(_TURN):
            frames = _next(self.published)
            if frames is None:
                return
            if message := self._open(frames, wanted, wants):
                yield message

    def _open(
        self, frames: list[bytes], request: bytes | None, wants: Wants
    ) -> Message | None:
        """Check and read one message, the cheap checks first."""
        try:
            start = frames.index(DELIM)
            topic, (signature, *parts) = frames[:start], frames[start + 1 : start + 6]
            header, parent, _, content = parts
        except ValueError:
            return None
        if len(header) > _MOST_HEADER or len(parent) > _MOST_HEADER:
            return None
        if request is not None and request not in parent:
            return None
        kind = str(_read(header).get("msg_type"))
        said = topic[0].decode(errors="replace") if topic else ""
        if not wants(kind, said, len(content)):
            return None
        if not hmac.compare_digest(self._session.sign(parts), signature):
            return None
        return Message(kind, str(_read(parent).get("msg_id")), _read(content))


def _next(socket: Any) -> list[bytes] | None:
    try:
        frames: list[bytes] = socket.recv_multipart(zmq.NOBLOCK)
    except zmq.Again:
        return None
    return frames


def _read(part: bytes) -> dict[str, Any]:
    try:
        data = json.loads(part)
    except (ValueError, RecursionError):
        return {}
    return data if isinstance(data, dict) else {}
