"""A user, network, host name and process numbers of one's own."""

from __future__ import annotations

import ctypes
import fcntl
import signal
import socket
import struct
from pathlib import Path

from dlcourse.grading.sandbox import libc

STUDENT = 1000  # number of user and group within
HOSTNAME = "sandbox"

_ALL = (
    libc.CLONE_NEWUSER
    | libc.CLONE_NEWNS
    | libc.CLONE_NEWPID
    | libc.CLONE_NEWNET
    | libc.CLONE_NEWIPC
    | libc.CLONE_NEWUTS
    | libc.CLONE_NEWCGROUP
)
_SYS_CLONE3 = 435  # the same on every processor
_SET_FLAGS = 0x8914  # SIOCSIFFLAGS
_UP = 0x1  # IFF_UP


class _CloneArguments(ctypes.Structure):
    """struct clone_args of <linux/sched.h>, as far as it is used."""

    _fields_ = (
        ("flags", ctypes.c_uint64),
        ("unused", ctypes.c_uint64 * 3),
        ("exit_signal", ctypes.c_uint64),
        ("also_unused", ctypes.c_uint64 * 3),
    )


def fork() -> int:
    """Fork a process that is the first one in namespaces of its own.

    As ``os.fork`` does, but for the C library, which is not asked: it would release
    locks, of which a process of one thread holds none, and note the child's number, of
    which the child makes no use.

    Returns:
        0 in the child, its process number in the parent.

    Raises:
        OSError: if the host does not allow it.
    """
    arguments = _CloneArguments(flags=_ALL, exit_signal=signal.SIGCHLD)
    size = ctypes.sizeof(arguments)
    python = ctypes.pythonapi
    python.PyOS_BeforeFork()
    try:
        number = libc.call_held("syscall", _SYS_CLONE3, ctypes.byref(arguments), size)
    except OSError as error:
        python.PyOS_AfterFork_Parent()
        raise OSError(error.errno, error.strerror, "make namespaces") from None
    if number == 0:
        python.PyOS_AfterFork_Child()
    else:
        python.PyOS_AfterFork_Parent()
    return number


def map_user(user: int, group: int) -> None:
    """Say who the user of the new namespaces is outside.

    Args:
        user: effective user id of the parent.
        group: its effective group id.

    Raises:
        OSError: if the host does not allow it.
    """
    own = Path("/proc/self")
    # Without this the kernel does not let an ordinary user map a group.
    (own / "setgroups").write_text("deny")
    (own / "uid_map").write_text(f"{STUDENT} {user} 1")
    (own / "gid_map").write_text(f"{STUDENT} {group} 1")


def furnish() -> None:
    """Give the new namespaces a host name and a loopback that leads nowhere else.

    Raises:
        OSError: if a step fails.
    """
    libc.call("sethostname", HOSTNAME, len(HOSTNAME), says="set the host name")
    # Code that talks to itself, such as a process group of one, works as anywhere.
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as anywhere:
        fcntl.ioctl(anywhere, _SET_FLAGS, struct.pack("16sH22x", b"lo", _UP))
