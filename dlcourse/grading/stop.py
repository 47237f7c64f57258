"""Ctrl-C, heard only where nothing is half done."""

from __future__ import annotations

import signal
import threading
from collections.abc import Collection
from concurrent.futures import FIRST_COMPLETED, Future, wait
from types import FrameType
from typing import Any

_SIGNALS = (signal.SIGINT, signal.SIGTERM)


class Stop:
    """Holds Ctrl-C and SIGTERM back until the batch waits for its workers.

    What is being recorded then gets recorded. In another thread than the main one,
    where Python delivers no signals, it holds back nothing.
    """

    def __init__(self) -> None:
        self.asked = False
        self._open = False
        self._before: dict[signal.Signals, Any] = {}

    def __enter__(self) -> Stop:
        if threading.current_thread() is threading.main_thread():
            self._before = {one: signal.signal(one, self._hear) for one in _SIGNALS}
        return self

    def __exit__(self, *exception: object) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)

    def check(self) -> None:
        """Stop here if somebody asked.

        Raises:
            KeyboardInterrupt: if so.
        """
        if self.asked:
            raise KeyboardInterrupt

    def wait(
        self, futures: Collection[Future[str]], seconds: float | None = None
    ) -> set[Future[str]]:
        """Wait until a future is done, or somebody asks to stop.

        Args:
            futures: what to wait for.
            seconds: the longest time to wait.

        Returns:
            Those that are done; none after the longest time.

        Raises:
            KeyboardInterrupt: if somebody asked to stop.
        """
        self._open = True
        try:
            self.check()
            return wait(futures, seconds, FIRST_COMPLETED).done
        finally:
            self._open = False

    def sleep(self, seconds: float) -> None:
        """Sleep, unless somebody asks to stop.

        Args:
            seconds: how long.

        Raises:
            KeyboardInterrupt: if somebody asked to stop.
        """
        self.wait([Future()], seconds)

    def _hear(self, number: int, frame: FrameType | None) -> None:
        self.asked = True
        if self._open:
            self._open = False
            raise KeyboardInterrupt
