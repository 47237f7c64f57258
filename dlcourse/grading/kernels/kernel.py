"""What a forked process does to become a Jupyter kernel."""

from __future__ import annotations

import atexit
import contextlib
import ctypes
import os
import signal
import sys
import threading
import traceback
from dataclasses import dataclass
from typing import Any, NoReturn

from dlcourse.grading.kernels import fresh
from dlcourse.grading.kernels.order import CHANNELS, Order
from dlcourse.grading.sandbox.enclose import Fork, enclose
from dlcourse.grading.sandbox.limits import Limits

_PR_SET_PDEATHSIG = 1


@dataclass
class Birth:
    """What a process that was just forked has to become, and who forked it."""

    order: Order
    files: dict[str, int]
    parent: int
    fork: Fork | None  # if it is to be shut in


def become(birth: Birth) -> NoReturn:
    """Turn this process into a kernel; return never.

    What goes wrong is said in one line to the file ``trouble``, which is closed when
    the kernel is ready for its first message.
    """
    files = birth.files
    try:
        _leave(birth)
        if birth.fork is not None:
            _enclose(birth, birth.fork)
        app = _make(birth)
    except BaseException as error:
        os.write(files["trouble"], f"{type(error).__name__}: {error}".encode())
        os._exit(1)
    os.close(files["trouble"])
    code = 0
    try:
        app.start()
        # The end of an interpreter, without taking its half a gigabyte apart.
        threading._shutdown()  # type: ignore[attr-defined]
        atexit._run_exitfuncs()
    except BaseException:
        # Interrupted while it was ending, for instance.
        traceback.print_exc(file=sys.__stderr__)
        code = 1
    os._exit(code)


def _leave(birth: Birth) -> None:
    """Become independent of the parent, but for dying with it."""
    fresh.signals()
    os.setsid()
    if birth.fork is None:  # else it sees to that itself
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != birth.parent:
            os._exit(1)  # it died meanwhile
    nothing = os.open(os.devnull, os.O_RDWR)
    # A sandbox that cannot be made says so on standard error.
    trouble = birth.files["trouble"] if birth.fork is not None else nothing
    os.dup2(birth.files.pop("out", nothing), 1)
    os.dup2(birth.files.pop("err", trouble), 2)
    kept = {0, 1, 2, *birth.files.values()}
    if birth.fork is not None:
        kept.add(birth.fork.pipe)
    for name in os.listdir("/proc/self/fd"):  # noqa: PTH208  (names are numbers)
        if int(name) not in kept:
            with contextlib.suppress(OSError):  # the listing's own
                os.close(int(name))


def _enclose(birth: Birth, fork: Fork) -> None:
    archive = birth.files.pop("archive", None)
    limits = Limits(**(birth.order.limits or {}))
    enclose(fork, limits, archive, list(birth.files.values()))
    os.dup2(0, 2)


def _make(birth: Birth) -> Any:
    from dlcourse.grading.kernels.app import make

    order, files = birth.order, birth.files
    import matplotlib

    rc_file = matplotlib.matplotlib_fname()
    if order.folder:
        os.chdir(order.folder)
    fresh.environment(order.environment)
    fresh.chance()
    fresh.threads(order.environment)
    fresh.figures(order.environment, rc_file)
    if order.limits is not None:
        fresh.draw_once()
    if "report" in files:
        from dlcourse.grading.kernels import watch

        watch.install(files["report"])
    sockets = {name: files[name] for name in CHANNELS}
    return make(order, sockets)
