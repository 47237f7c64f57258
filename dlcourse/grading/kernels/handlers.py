"""Signal handlers that are not handed the frame of what they interrupt.

Python hands it to them without an audit event: a handler could look at the test that is
running, unseen by the watch. The signal module allows for None in its place.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any


def hide_frames() -> None:
    """Have every handler that is set from now on called without a frame."""
    inner: Any = import_module("_signal")
    true: Callable[[int, Any], Any] = inner.signal
    interrupt = inner.default_int_handler

    def signal(number: int, handler: Any, /) -> Any:
        if not callable(handler) or handler is interrupt:
            return true(number, handler)

        def without_frame(number: int, frame: object) -> Any:
            return handler(number, None)

        return true(number, without_frame)

    # The public function looks this one up each time it is called.
    inner.signal = signal
