"""What a submission sees of the file system: all read-only but its own scratch."""

from __future__ import annotations

import ctypes
from pathlib import Path

from dlcourse.grading.sandbox.libc import (
    MS_BIND,
    MS_NODEV,
    MS_NOEXEC,
    MS_NOSUID,
    MS_PRIVATE,
    MS_RDONLY,
    MS_REC,
    SYS_MOUNT_SETATTR,
    call,
)

HOME = "/home/student"
WORK = f"{HOME}/work"

_AT_FDCWD = -100
_AT_RECURSIVE = 0x8000
_MOST_FILES = 100_000
_MOST_TERMINALS = 64


def arrange(scratch: int) -> None:
    """Lay out the private view; to be called as root of fresh namespaces.

    One temporary file system holds HOME with the work folder, /tmp and /dev/shm, so
    that together they cannot take more memory than ``scratch``.

    Args:
        scratch: size of the temporary file system, in bytes.

    Raises:
        OSError: if a step fails; it names the step.
    """
    # Nothing mounted outside later shall appear here.
    _mount("none", "/", "", MS_REC | MS_PRIVATE)
    _make_read_only()
    options = f"size={scratch},nr_inodes={_MOST_FILES},mode=0755"
    _mount("tmpfs", "/tmp", "tmpfs", MS_NOSUID | MS_NODEV, options)
    for name, target, mode in (
        ("home", HOME, 0o700),
        ("shm", "/dev/shm", 0o1777),
        ("tmp", "/tmp", 0o1777),
    ):
        source = Path("/tmp", name)
        source.mkdir()
        source.chmod(mode)
        _mount(str(source), target, "", MS_BIND)
    Path(WORK).mkdir(0o700)
    # Mapped, /dev/zero is memory that no limit counts. This one reads the same.
    _mount("/dev/full", "/dev/zero", "", MS_BIND)
    # Terminals of one's own: those of the other sandboxes belong to the same user.
    options = f"newinstance,ptmxmode=0666,mode=0600,max={_MOST_TERMINALS}"
    _mount("devpts", "/dev/pts", "devpts", MS_NOSUID | MS_NOEXEC, options)
    # Shows this sandbox's processes only. Being read-only, it closes /proc/PID/mem.
    flags = MS_RDONLY | MS_NOSUID | MS_NODEV | MS_NOEXEC
    _mount("proc", "/proc", "proc", flags)


def _mount(source: str, target: str, kind: str, flags: int, options: str = "") -> None:
    call("mount", source, target, kind, flags, options, says=f"mount {target}")


class _MountAttr(ctypes.Structure):
    """struct mount_attr of <linux/mount.h>."""

    _fields_ = (
        ("attr_set", ctypes.c_uint64),
        ("attr_clr", ctypes.c_uint64),
        ("propagation", ctypes.c_uint64),
        ("userns_fd", ctypes.c_uint64),
    )


def _make_read_only() -> None:
    """Make every mount that came from outside read-only, whatever it was there."""
    attributes = _MountAttr(attr_set=MS_RDONLY | MS_NOSUID)
    size = ctypes.sizeof(attributes)
    call(
        "syscall",
        SYS_MOUNT_SETATTR,
        ctypes.c_int(_AT_FDCWD),
        "/",
        _AT_RECURSIVE,
        ctypes.byref(attributes),
        size,
        says="make / read-only",
    )
