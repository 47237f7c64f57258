"""The few calls to the kernel that Python's standard library lacks."""

from __future__ import annotations

import ctypes
import functools
import os
from collections.abc import Sequence
from typing import Any

# From <linux/sched.h>, <linux/mount.h>, <linux/prctl.h>: the same on every processor.
CLONE_NEWNS = 0x00020000
CLONE_NEWCGROUP = 0x02000000
CLONE_NEWUTS = 0x04000000
CLONE_NEWIPC = 0x08000000
CLONE_NEWUSER = 0x10000000
CLONE_NEWPID = 0x20000000
CLONE_NEWNET = 0x40000000

MS_RDONLY = 0x1
MS_NOSUID = 0x2
MS_NODEV = 0x4
MS_NOEXEC = 0x8
MS_BIND = 0x1000
MS_REC = 0x4000
MS_PRIVATE = 0x40000

PR_SET_PDEATHSIG = 1
PR_SET_DUMPABLE = 4
PR_CAPBSET_DROP = 24
PR_SET_SECUREBITS = 28
PR_SET_NO_NEW_PRIVS = 38
PR_CAP_AMBIENT = 47

SYS_MOUNT_SETATTR = 442  # the same on every processor


@functools.cache
def _library(held: bool = False) -> ctypes.CDLL:
    kind = ctypes.PyDLL if held else ctypes.CDLL
    return kind(None, use_errno=True)


def call(name: str, *arguments: Any, says: str = "") -> int:
    """Call a function of the C library.

    Args:
        name: of the function.
        arguments: numbers, texts or None.
        says: what is tried, for the error; by default the function's name.

    Returns:
        What the function returns.

    Raises:
        OSError: if it returns -1.
    """
    return _call(_library(), name, arguments, says)


def call_held(name: str, *arguments: Any, says: str = "") -> int:
    """Call a function as ``call`` does, and keep Python's lock meanwhile."""
    return _call(_library(held=True), name, arguments, says)


def _call(library: ctypes.CDLL, name: str, arguments: Sequence[Any], says: str) -> int:
    encoded = [
        ctypes.c_char_p(one.encode())
        if isinstance(one, str)
        else ctypes.c_ulong(one)
        if isinstance(one, int)
        else one
        for one in arguments
    ]
    result: int = getattr(library, name)(*encoded)
    if result == -1:
        error = ctypes.get_errno()
        raise OSError(error, os.strerror(error), says or name)
    return result
