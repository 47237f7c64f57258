"""A worker process: takes calls from a pipe and answers with text."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection
from typing import Any

# First byte of each message.
READY = b"r"
ANSWER = b"a"
FAILURE = b"f"


def mark_task(text: str) -> str:
    """Mark one submission.

    Args:
        text: a task, as JSON.

    Returns:
        What came of it, as JSON.
    """
    # Imported here, so that a batch can name this function without loading what only
    # its workers need.
    from dlcourse.grading.mark import mark

    return mark(text)


def serve(
    pipe: Connection, held: Connection, prepare: Callable[[], None] | None
) -> None:
    """Serve calls until the pipe is closed.

    Args:
        pipe: brings pairs of a function and its arguments; takes the answers.
        held: nothing ever comes from it; when its other end is closed, even because
            the process that held it was killed, this process ends at once.
        prepare: what to run before the first call.
    """
    # Ctrl-C is for the batch, which ends its workers itself. A handler, unlike
    # "ignore", is not passed on to the programs that this process starts.
    signal.signal(signal.SIGINT, lambda *_: None)
    threading.Thread(target=_die_with, args=(held,), daemon=True).start()
    if prepare is not None:
        prepare()
    try:
        pipe.send_bytes(READY)
        while True:
            pipe.send_bytes(_answer(*pipe.recv()))
    except (EOFError, OSError):
        return  # the batch has closed it


def _answer(function: Callable[..., str], arguments: Sequence[Any]) -> bytes:
    try:
        return ANSWER + function(*arguments).encode()
    except Exception as error:
        return FAILURE + f"{type(error).__name__}: {error}".encode(errors="replace")


def _die_with(held: Connection) -> None:
    try:
        held.recv_bytes()
    except (EOFError, OSError):
        os._exit(0)
