"""Shutting a process in when it is forked, before it becomes a kernel.

Two processes come of one. The *first* in namespaces of its own, which the parent forks,
lays out the file system, passes on signals and watches. The *kernel*, which that one
forks, gives up every right and goes on alone. When the parent dies so does the first
process, and with it all others within.
"""

from __future__ import annotations

import contextlib
import gc
import os
import select
import signal
import stat
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from dlcourse.grading.sandbox import (
    libc,
    mounts,
    namespaces,
    privileges,
    rlimits,
    syscalls,
    unpack,
    watch,
)
from dlcourse.grading.sandbox.limits import Limits

REFUSED = 125  # exit status where a step of the protection failed

_MOST_LIKELY_KILLED = "1000"  # should the host run out of memory all the same


def prepare() -> None:
    """Do what can be done once, before the parent forks."""
    syscalls.prepared()


@dataclass(frozen=True)
class Fork:
    """A fork into namespaces of its own, on both sides.

    Attributes:
        pid: of the first process; 0 in that process.
        pipe: tells the parent how the kernel ended; on each side that side's end.
        user: effective user id of the parent.
        group: its effective group id.
    """

    pid: int
    pipe: int
    user: int
    group: int

    def status(self, ended: int) -> int:
        """Say in the parent how the kernel ended, and close the pipe.

        Args:
            ended: exit status of the first process, negative for a signal. That holds
                if it was killed, or failed.
        """
        said = os.read(self.pipe, 16)
        os.close(self.pipe)
        return int(said) if said else ended


def fork() -> Fork:
    """Fork a process that has to call ``enclose``; to be called with one thread.

    Raises:
        OSError: if the host does not allow namespaces.
    """
    user, group = os.geteuid(), os.getegid()
    read, write = os.pipe()
    try:
        pid = namespaces.fork()
    except OSError:
        os.close(read)
        os.close(write)
        raise
    mine, other = (write, read) if pid == 0 else (read, write)
    os.close(other)
    return Fork(pid, mine, user, group)


def enclose(
    fork: Fork,
    limits: Limits,
    archive: int | None,
    keep: Sequence[int],
    trouble: int = 2,
) -> None:
    """Shut this process in; returns only in the kernel, another fork down.

    To be called in a process that was just forked. It never goes on with less
    protection: a step that fails ends it with status ``REFUSED``. Else it tells the
    parent how the kernel ended, see ``Fork.status``: by the same status or signal, or
    by ``watch.TOO_MUCH_MEMORY``. The parent keeps ``limits.wall``.

    Args:
        fork: how this process was made.
        limits: what the submission may use.
        archive: descriptor of a tar archive with its files, for the work folder.
        keep: descriptors that stay open besides 0 to 2; sockets and pipes only.
        trouble: descriptor for a line that says which step failed.
    """
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, watch.SIGNALS)
    try:
        collecting = gc.isenabled()
        gc.disable()  # it would touch, and so copy, memory shared with the parent
        _refuse_files({*keep, trouble} - {2})
        _settle_first(fork)
        mounts.arrange(limits.scratch)
        namespaces.furnish()
        _leave_first(fork.pipe, limits)
        _settle_down(limits, archive, {*keep, trouble})
        if collecting:
            gc.enable()
    except BaseException as error:
        _give_up(error, trouble)
    signal.pthread_sigmask(signal.SIG_SETMASK, mask)


def _settle_first(fork: Fork) -> None:
    """Be the first process, for as long as the parent lives."""
    Path("/proc/self/oom_score_adj").write_text(_MOST_LIKELY_KILLED)
    namespaces.map_user(fork.user, fork.group)
    # Nobody may look into a process that has rights, though the user is the same; nor
    # is its memory dumped when it ends by its kernel's signal.
    libc.call("prctl", libc.PR_SET_DUMPABLE, 0, 0, 0, 0)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    libc.call("prctl", libc.PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    # The parent may have died just before that: then nobody reads.
    poll = select.poll()
    poll.register(fork.pipe, 0)
    if poll.poll(0):
        os._exit(REFUSED)


def _leave_first(tell: int, limits: Limits) -> None:
    """Fork the kernel, and leave the first process to its watch."""
    kernel = os.fork()
    if kernel != 0:
        _close_all_but({tell})
        watch.first(kernel, tell, limits)


def _settle_down(limits: Limits, archive: int | None, keep: set[int]) -> None:
    """Give up every right, and unpack the submission with what is left."""
    os.setsid()
    os.chdir(mounts.WORK)
    arrived = set() if archive is None else {archive}
    _close_all_but({0, 1, 2, *keep, *arrived})
    rlimits.apply(limits)
    privileges.drop()
    syscalls.load()
    # Else a process could not read its own /proc; nobody else is here to be kept out.
    libc.call("prctl", libc.PR_SET_DUMPABLE, 1, 0, 0, 0)
    if archive is not None:
        unpack.unpack(archive, Path(mounts.WORK))
    _harmless_standard_streams()


def _refuse_files(keep: set[int]) -> None:
    """A descriptor of a folder or a terminal would be a way out."""
    for number in keep:
        if not _is_harmless(number):
            raise ValueError(f"descriptor {number} is neither a socket nor a pipe")


def _is_harmless(number: int) -> bool:
    found = os.fstat(number)
    if stat.S_ISSOCK(found.st_mode) or stat.S_ISFIFO(found.st_mode):
        return True
    return (
        stat.S_ISCHR(found.st_mode) and found.st_rdev == Path(os.devnull).stat().st_rdev
    )


def _harmless_standard_streams() -> None:
    """Put nothing in place of terminals and files among descriptors 0 to 2."""
    nothing = os.open(os.devnull, os.O_RDWR)
    for number in range(3):
        try:
            harmless = _is_harmless(number)
        except OSError:  # closed
            harmless = False
        if not harmless:
            os.dup2(nothing, number)
    if nothing > 2:
        os.close(nothing)


def _close_all_but(keep: set[int]) -> None:
    start = 0
    for number in sorted(keep):
        if number > start:  # Python 3.11 takes an empty range at 0 for everything
            os.closerange(start, number)
        start = number + 1
    os.closerange(start, os.sysconf("SC_OPEN_MAX"))


def _give_up(error: BaseException, trouble: int) -> NoReturn:
    with contextlib.suppress(OSError):
        os.write(trouble, f"The sandbox cannot be made: {error}\n".encode())
    os._exit(REFUSED)
