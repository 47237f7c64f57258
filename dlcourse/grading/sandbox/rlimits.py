"""Limits of each process, by setrlimit."""

from __future__ import annotations

import resource

from dlcourse.grading.sandbox import usage
from dlcourse.grading.sandbox.limits import Limits

_STACK = 8 * 2**20
_LOCKED = 64 * 2**10
_SIGNALS = 1024
# Not 0: a host that pipes core dumps to a program runs it all the same at 0, and only
# at 1 byte the kernel lets it be.
_CORE = 1


def apply(limits: Limits) -> None:
    """Limit this process and all that it starts.

    Raises:
        OSError: if a limit cannot be set.
        ValueError: likewise, if it is above what the host allows.
    """
    values = {
        resource.RLIMIT_DATA: usage.of_this_process("VmData") + limits.memory,
        resource.RLIMIT_NPROC: limits.processes,
        resource.RLIMIT_FSIZE: limits.file_size,
        resource.RLIMIT_NOFILE: limits.open_files,
        resource.RLIMIT_STACK: _STACK,
        resource.RLIMIT_MEMLOCK: _LOCKED,
        resource.RLIMIT_SIGPENDING: _SIGNALS,
        resource.RLIMIT_CORE: _CORE,
        resource.RLIMIT_MSGQUEUE: 0,
        resource.RLIMIT_NICE: 0,
        resource.RLIMIT_RTPRIO: 0,
    }
    for which, value in values.items():
        _set(which, value, value)
    # First a signal that tells why, a second later the end.
    _set(resource.RLIMIT_CPU, limits.cpu, limits.cpu + 1)


def _set(which: int, soft: int, hard: int) -> None:
    most = resource.getrlimit(which)[1]
    if most != resource.RLIM_INFINITY:  # the host allows less
        soft, hard = min(soft, most), min(hard, most)
    resource.setrlimit(which, (soft, hard))
