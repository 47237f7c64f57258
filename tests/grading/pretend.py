"""Marking without kernels: quick, and as bad as a test wants it to be."""

from __future__ import annotations

import json
import os
import signal
import time
from base64 import b64decode
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from typing import Any

from dlcourse.grading.stop import Stop
from dlcourse.grading.task import (
    BY_HAND,
    EXECUTED,
    CellMark,
    Marked,
    MarkedNotebook,
    Task,
    decode_task,
    encode,
)


def marked(task: Task) -> Marked:
    """Give full marks for each test, but none where a student wrote ``wrong``."""
    notebooks = []
    for name, originals in task.notebooks.items():
        raw = b64decode(task.submitted.get(f"{name}.ipynb", ""))
        wrong = b"wrong" in raw
        cells = [
            CellMark(
                one.name,
                BY_HAND if one.solution or one.task else EXECUTED,
                None if one.solution or one.task else 0.0 if wrong else one.points,
                one.points,
            )
            for one in originals
            if one.marked
        ]
        notebook: dict[str, Any] = {
            "cells": [],
            "metadata": {},
            "nbformat": 4,
            "nbformat_minor": 5,
        }
        notebooks.append(
            MarkedNotebook(name, notebook, cells, [], list(task.refused), [], 0.0)
        )
    return Marked(task.assignment, task.student, notebooks)


def mark(text: str) -> str:
    """Mark a task."""
    return encode(marked(decode_task(text)))


def mark_slowly(text: str) -> str:
    """Mark a task, such that a test can do something meanwhile."""
    time.sleep(0.3)
    return mark(text)


def die(text: str) -> str:
    """Mark a task, unless it is of a student whose name tells to die."""
    if decode_task(text).student.startswith("killer"):
        os.kill(os.getpid(), signal.SIGKILL)
    return mark(text)


class Threads:
    """A pool that marks in threads of this process, by whatever function."""

    def __init__(self, function: Callable[[str], str] = mark, width: int = 2) -> None:
        self.width = width
        self.function = function
        self.ran: list[str] = []
        self._pool = ThreadPoolExecutor(width)

    def submit(self, fn: object, /, *args: Any, **kwargs: Any) -> Future[Any]:
        return self._pool.submit(self._mark, *args)

    def _mark(self, text: str) -> str:
        self.ran.append(json.loads(text)["student"])
        return self.function(text)

    def recover(self, stop: Stop) -> None:
        pass

    def kill(self) -> None:
        self._pool.shutdown(wait=True, cancel_futures=True)


def changed(change: Callable[[MarkedNotebook], MarkedNotebook]) -> Callable[[str], str]:
    """Make a function that marks as ``mark`` does, then changes the result."""

    def function(text: str) -> str:
        result = marked(decode_task(text))
        return encode(
            replace(result, notebooks=[change(one) for one in result.notebooks])
        )

    return function
