"""Warm parents of this process: started on first use, ended with it."""

from __future__ import annotations

import atexit
import os
import subprocess
import sys
import threading
from collections.abc import Mapping
from queue import SimpleQueue

from dlcourse.grading.kernels import link
from dlcourse.grading.kernels.environment import sandbox_environment
from dlcourse.grading.kernels.order import Order
from dlcourse.grading.kernels.process import GoneError, StartError

_PROGRAM = "dlcourse.grading.kernels.parent"
_SEED = "PYTHONHASHSEED"
# Read by numerical libraries when they load: one thread each, or they would start some
# at once and forking would be impossible. Kernels set their own number later.
_LIBRARIES = ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS")
_PATIENCE = 10.0  # seconds for a parent to end its kernels and itself
_OF_EACH_KERNEL = ("MPLBACKEND", "PYTHONWARNINGS", "PYTHONSTARTUP", _SEED)


def problem() -> str:
    """Say why kernels cannot be forked on this system; "" if they can."""
    if sys.platform != "linux":
        return f"{sys.platform} cannot fork a process that has loaded torch"
    try:
        os.close(os.pidfd_open(os.getpid()))
    except OSError:
        return "this Linux is older than 5.4"
    return ""


class WarmParent:
    """One running parent process."""

    def __init__(self, sandboxed: bool, hash_seed: str | None) -> None:
        self.link, theirs = link.pair()
        outcome: SimpleQueue[subprocess.Popen[bytes] | OSError] = SimpleQueue()

        def run() -> None:
            try:
                process = subprocess.Popen(
                    _command(sandboxed),
                    stdin=theirs.fileno(),
                    env=_environment(sandboxed, hash_seed),
                    cwd="/",
                    start_new_session=True,  # Ctrl-C is for this process only
                )
            except OSError as error:
                outcome.put(error)
            else:
                outcome.put(process)
                process.wait()

        # bubblewrap ends with the thread that started it: this one stays until then.
        threading.Thread(target=run, name="warm parent", daemon=True).start()
        started = outcome.get()
        theirs.close()
        if isinstance(started, OSError):
            self.link.close()
            raise started
        self.process = started

    def let_go(self) -> None:
        """Make it end, and every kernel with it, without waiting until it has."""
        self.link.close()

    def close(self) -> None:
        """End it, and every kernel with it."""
        self.let_go()
        try:
            self.process.wait(timeout=_PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def forget(self) -> None:
        """Leave it to the process that this one was forked from."""
        self.link.close()
        self.process.returncode = 0  # or Python would complain that it still runs


def _command(sandboxed: bool) -> list[str]:
    # -P: what lies in the current folder is no library.
    command = [sys.executable, "-P", "-m", _PROGRAM]
    if not sandboxed:
        return command
    from dlcourse.grading.sandbox import outside

    return outside.command([*command, "sandboxed"])


def _environment(sandboxed: bool, hash_seed: str | None) -> dict[str, str]:
    variables = sandbox_environment() if sandboxed else dict(os.environ)
    for name in _OF_EACH_KERNEL:
        variables.pop(name, None)
    if hash_seed is not None:
        variables[_SEED] = hash_seed
    variables |= dict.fromkeys(_LIBRARIES, "1")
    # Memory in large pages makes each fork, and each end of a fork, a third cheaper.
    variables.setdefault("GLIBC_TUNABLES", "glibc.malloc.hugetlb=1")
    # Silences a remark of the debugger's when it is imported.
    variables["PYDEVD_DISABLE_FILE_VALIDATION"] = "1"
    return variables


_parents: dict[tuple[bool, str | None], WarmParent] = {}
_lock = threading.Lock()


def order_kernel(order: Order, files: Mapping[str, int]) -> None:
    """Ask for a kernel; the answer comes on the socket ``answer`` among the files.

    The seed of hashes is fixed when an interpreter starts, so there is a parent for
    each seed that kernels ask for: in practice one, since a program that cares uses the
    same for all its kernels. Restarting the parent instead would end its kernels.

    Args:
        order: the kernel.
        files: what travels with it; the caller keeps its own.

    Raises:
        StartError: if no parent can be started.
        GoneError: if the parent has ended; the next order starts another.
    """
    kind = (order.limits is not None, order.environment.get(_SEED))
    with _lock:
        if kind not in _parents:
            _parents[kind] = _start(*kind)
        try:
            link.send(_parents[kind].link, order.to_json(), files)
        except OSError:
            _parents.pop(kind).close()
            raise GoneError from None


def _start(sandboxed: bool, hash_seed: str | None) -> WarmParent:
    try:
        return WarmParent(sandboxed, hash_seed)
    except OSError as error:
        said = f"the process that it would be forked from cannot be started ({error})"
        raise StartError(said) from error


def close() -> None:
    """End all parents of this process, and their kernels."""
    with _lock:
        while _parents:
            _parents.popitem()[1].close()


def _forget() -> None:
    """In a forked process: the parents belong to the process that started them."""
    global _lock
    _lock = threading.Lock()
    for parent in _parents.values():
        parent.forget()
    _parents.clear()


atexit.register(close)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget)
