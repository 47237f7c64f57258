"""Giving up every right for good."""

from __future__ import annotations

import ctypes
from pathlib import Path

from dlcourse.grading.sandbox.libc import (
    PR_CAP_AMBIENT,
    PR_CAPBSET_DROP,
    PR_SET_NO_NEW_PRIVS,
    PR_SET_SECUREBITS,
    call,
)

_CLEAR_ALL = 4
# <linux/securebits.h>: user 0 is nobody special, no capability comes back by a change
# of user or by being ambient; each bit locked (the odd ones).
_SECUREBITS = 0b11101111
_VERSION_3 = 0x20080522  # of the structures that capset takes: 64 bits in two halves


class _Header(ctypes.Structure):
    _fields_ = (("version", ctypes.c_uint32), ("pid", ctypes.c_int))


class _Capabilities(ctypes.Structure):
    _fields_ = tuple(
        (name, ctypes.c_uint32) for name in ("effective", "permitted", "inheritable")
    )


def drop() -> None:
    """Give up all capabilities, and the chance to gain any by running a program.

    Raises:
        OSError: if a step fails.
    """
    call("prctl", PR_SET_SECUREBITS, _SECUREBITS, 0, 0, 0, says="lock securebits")
    call("prctl", PR_CAP_AMBIENT, _CLEAR_ALL, 0, 0, 0, says="clear ambient rights")
    last = int(Path("/proc/sys/kernel/cap_last_cap").read_text())
    for number in range(last + 1):
        call("prctl", PR_CAPBSET_DROP, number, 0, 0, 0, says="clear bounding set")
    header, nothing = _Header(_VERSION_3, 0), (_Capabilities * 2)()
    call("capset", ctypes.byref(header), nothing, says="drop capabilities")
    call("prctl", PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0, says="set no_new_privs")
