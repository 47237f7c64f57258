"""Asking a kernel to run code, and telling how that ended."""

from __future__ import annotations

import contextlib
import inspect
from time import monotonic
from typing import Any

from jupyter_core.utils import run_sync

from dlcourse.grading.talk.answer import (
    ANSWERED,
    CUT,
    DEAD,
    LOST,
    STUCK,
    Answer,
    Request,
)
from dlcourse.grading.talk.outputs import Outputs, Room
from dlcourse.grading.talk.wire import Wire

PATIENCE = 5.0  # seconds that a kernel has to answer after an interrupt
_BREATH = 0.1  # seconds between two looks whether a silent kernel lives
_START = 60.0  # seconds that a kernel has to answer at first
_DYING = 2.0  # seconds from the end of a connection to the end of its kernel
_TURNS = 20  # how often a dead kernel's last words are read


class KernelError(Exception):
    """No kernel could be had, which is not the submission's fault."""


class Talk:
    """A conversation with one kernel, from its start to its end.

    Attributes:
        twice: whether a request was answered more than once.
    """

    def __init__(self, manager: Any) -> None:
        self._manager = manager
        self._room = Room()
        self._answered: set[str] = set()
        self.twice = False

    def __enter__(self) -> Talk:
        """Start the kernel.

        Raises:
            KernelError: if it does not start.
        """
        try:
            self._run("start_kernel")
            self._wire = Wire(self._manager)
            self._greet()
        except Exception as error:
            with contextlib.suppress(Exception):  # the first error tells more
                self._run("shutdown_kernel", now=True)
            raise KernelError(str(error) or type(error).__name__) from error
        return self

    def __exit__(self, *exception: object) -> None:
        self._wire.close()
        self._run("shutdown_kernel", now=True)

    def report(self) -> list[str]:
        """Read what the kernel's watch has noticed, if it has one."""
        read = getattr(self._manager.provisioner, "read_report", None)
        return [str(line) for line in read()] if read else []

    def silenced(self) -> bool:
        """Tell whether somebody closed that report while the kernel lives."""
        closed = getattr(self._manager.provisioner, "report_closed", False)
        return bool(closed) and bool(self._run("is_alive"))

    def ask(self, request: Request) -> Answer:
        """Run code and wait for its end, at most until its time is over."""
        answer = Answer(Outputs(self._room))
        identity = self._wire.ask("execute_request", request.content())
        until, looked, replied = request.until, monotonic(), 0.0
        while not answer.end:
            now = monotonic()
            if self._wire.wait(min(_BREATH, until - now)):
                self._listen(identity, answer)
            if answer.reply is not None and answer.idle:
                answer.end = ANSWERED
                break
            if self._wire.broken or now - looked > _BREATH:
                answer.end, looked = self._look(identity, answer), now
            if answer.end:
                break
            if answer.reply is not None:
                # Endless printing may drown the word that the cell is done.
                replied = replied or now
                answer.end = LOST if now - replied > PATIENCE else ""
            elif now >= until and answer.overdue:
                answer.end = STUCK
            elif now >= until:
                answer.overdue, until = True, now + PATIENCE
                self._run("interrupt_kernel")
        if answer.reply is not None:
            self._answered.add(identity)
        return answer

    def _look(self, identity: str, answer: Answer) -> str:
        """Say whether the kernel is gone."""
        until = monotonic() + (_DYING if self._wire.broken else 0.0)
        while self._run("is_alive"):
            if monotonic() >= until:
                return CUT if self._wire.broken else ""
            self._wire.wait(0.02)
        # What it said before it died may still be on its way.
        for _ in range(_TURNS):
            self._wire.wait(0.02)
            self._listen(identity, answer)
            if answer.reply is not None:
                return ANSWERED
        return DEAD

    def _listen(self, identity: str, answer: Answer) -> None:
        for reply in self._wire.replies():
            if reply.parent == identity and answer.reply is None:
                answer.reply = reply.content
            elif reply.parent == identity or reply.parent in self._answered:
                self.twice = True
        for message in self._wire.news(identity, answer.wants):
            answer.take(message)

    def _greet(self) -> None:
        """Wait until the kernel answers and is heard."""
        until, again = monotonic() + _START, 0.0
        asked: set[str] = set()
        answered = heard = False
        while not (answered and heard):
            now = monotonic()
            if not self._run("is_alive"):
                raise KernelError("the kernel ended as soon as it was started")
            if now > until:
                raise KernelError(f"the kernel did not answer in {_START:g} s")
            if now > again:
                asked.add(self._wire.ask("kernel_info_request", {}))
                again = now + 1
            self._wire.wait(_BREATH)
            answered |= any(one.parent in asked for one in self._wire.replies())
            # The first that is heard may be its greeting, which answers nothing.
            heard |= any(self._wire.news("", _all))

    def _run(self, method: str, **options: Any) -> Any:
        """Call one of the manager's methods, which may be asynchronous."""

        async def call() -> Any:
            result = getattr(self._manager, method)(**options)
            return await result if inspect.isawaitable(result) else result

        return run_sync(call)()


def _all(kind: str, topic: str, size: int) -> bool:
    return True
