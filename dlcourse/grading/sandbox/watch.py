"""What the first process does while the kernel runs: pass on, watch, clear up."""

from __future__ import annotations

import contextlib
import math
import os
import signal
from time import monotonic
from typing import NoReturn

from dlcourse.grading.sandbox import usage
from dlcourse.grading.sandbox.limits import Limits

PASSED_ON = {
    signal.SIGHUP,
    signal.SIGINT,
    signal.SIGQUIT,
    signal.SIGTERM,
    signal.SIGUSR1,
    signal.SIGUSR2,
}
SIGNALS = PASSED_ON | {signal.SIGCHLD}
TOO_MUCH_MEMORY = 123  # exit status where all processes together used too much

_PAUSE = 0.2  # seconds between two looks at what the processes use
_FEW = 4
_LOWEST = 19
_STEP = 1.25  # by which a step of niceness lessens a thread's share


def first(kernel: int, tell: int, limits: Limits) -> NoReturn:
    """Be the first process: bury the dead, pass on signals, keep the limits.

    When it ends, the system kills all other processes of the sandbox.
    """
    watcher = _Watcher(limits)
    while True:
        came = signal.sigtimedwait(SIGNALS, _PAUSE)
        code = _bury(kernel)
        # By the clock, so that a flood of signals does not keep it from looking.
        if code is None:
            code = watcher.verdict()
        if code is not None:
            os.write(tell, str(code).encode())
            os._exit(0)
        if came is not None and came.si_signo in PASSED_ON:
            _pass_on(kernel, came.si_signo)


class _Watcher:
    """Looks now and then at what all processes use together."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._inherited = usage.of_this_process("RssAnon")
        self._next = 0.0

    def verdict(self) -> int | None:
        """Give the code to end with, or None while all is well."""
        now = monotonic()
        if now < self._next:
            return None
        self._next = now + _PAUSE
        seen = usage.look(self._inherited)
        _share_fairly(seen.running)
        if seen.memory <= self._limits.memory:
            return None
        if usage.exact_memory(self._inherited) > self._limits.memory + self._inherited:
            return TOO_MUCH_MEMORY
        # Exact sums take time; honest code that shares a lot shall not wait for them.
        self._next = monotonic() + 5 * (monotonic() - now) + _PAUSE
        return None


def _share_fairly(running: list[int]) -> None:
    """Lower very many busy threads, so that they weigh no more than a few a processor.

    Else a sandbox with hundreds would take the time that others' cells have.
    """
    fair = _FEW * len(os.sched_getaffinity(0))
    if len(running) <= fair:
        return
    nicer = min(_LOWEST, math.ceil(math.log(len(running) / fair, _STEP)))
    for thread in running:
        with contextlib.suppress(ProcessLookupError):
            if nicer > os.getpriority(os.PRIO_PROCESS, thread):
                os.setpriority(os.PRIO_PROCESS, thread, nicer)


def _bury(kernel: int) -> int | None:
    """Take leave of ended processes; how the kernel ended, if it is among them."""
    code = None
    with contextlib.suppress(ChildProcessError):
        while True:
            pid, ended = os.waitpid(-1, os.WNOHANG)
            if pid == 0:
                break
            if pid == kernel:
                code = os.waitstatus_to_exitcode(ended)
    return code


def _pass_on(kernel: int, number: int) -> None:
    """Signal the kernel's group, as Jupyter does, or it alone before it has a group."""
    try:
        os.killpg(kernel, number)
    except ProcessLookupError:
        os.kill(kernel, number)
