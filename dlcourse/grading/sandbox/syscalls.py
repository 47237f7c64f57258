"""System calls that no exercise needs and that attacks on a kernel begin with."""

from __future__ import annotations

import errno
import functools
import mmap
import os
import socket
import termios

import pyseccomp  # type: ignore[import-untyped]

from dlcourse.grading.sandbox import libc

# Refused with "not permitted". Names that a processor does not have are skipped.
REFUSED = (
    # Other processes' memory and files.
    *("ptrace", "process_vm_readv", "process_vm_writev", "process_madvise", "kcmp"),
    *("pidfd_getfd", "perf_event_open", "bpf", "userfaultfd", "lookup_dcookie"),
    # Keys, which namespaces do not separate.
    *("add_key", "request_key", "keyctl"),
    # Mounts and namespaces.
    *("mount", "umount", "umount2", "mount_setattr", "fsopen", "fsconfig", "fsmount"),
    *("fspick", "move_mount", "open_tree", "open_tree_attr", "pivot_root", "chroot"),
    *("unshare", "setns", "open_by_handle_at", "name_to_handle_at"),
    *("fanotify_init", "fanotify_mark"),
    # A second way to make nearly every call.
    *("io_uring_setup", "io_uring_enter", "io_uring_register"),
    # Memory that outlives its process, or that no limit counts.
    *("memfd_create", "memfd_secret", "shmget", "shmat", "msgget", "semget"),
    # The machine as a whole.
    *("init_module", "finit_module", "delete_module", "create_module", "kexec_load"),
    *("kexec_file_load", "reboot", "swapon", "swapoff", "acct", "quotactl"),
    *("quotactl_fd", "syslog", "_sysctl", "sysfs", "ustat", "uselib", "nfsservctl"),
    *("settimeofday", "clock_settime", "clock_settime64", "clock_adjtime"),
    *("clock_adjtime64", "adjtimex", "stime", "sethostname", "setdomainname"),
    *("iopl", "ioperm", "modify_ldt", "vm86", "vm86old", "vhangup"),
    *("move_pages", "migrate_pages", "remap_file_pages"),
)
# Younger than some libseccomp in use; such numbers are the same on every processor.
NUMBERS = {"open_tree_attr": 467}

NAMESPACES = (
    libc.CLONE_NEWNS,
    libc.CLONE_NEWCGROUP,
    libc.CLONE_NEWUTS,
    libc.CLONE_NEWIPC,
    libc.CLONE_NEWUSER,
    libc.CLONE_NEWPID,
    libc.CLONE_NEWNET,
)
# Typing into a terminal, the console's functions, line disciplines.
TERMINAL = (termios.TIOCSTI, 0x541C, termios.TIOCSETD)
UNIX, INET, NETLINK, INET6 = 1, 2, 16, 10
HIGHEST_PROTOCOL = 17  # UDP; above are the rarely tested ones
KEEP_PERSONALITY = 0xFFFFFFFF
_INT = 0xFFFFFFFF  # the kernel ignores the upper half of a number that is an int


def load() -> None:
    """Refuse these calls to this process and all that it starts, for good.

    Raises:
        OSError: if the kernel does not take the filter.
    """
    prepared().load()


@functools.cache
def prepared() -> pyseccomp.SyscallFilter:
    """Put the filter together; done once, before forking, it costs each kernel less."""
    refuse = pyseccomp.ERRNO(errno.EPERM)
    rules = pyseccomp.SyscallFilter(pyseccomp.ALLOW)
    # Calls of another architecture (32 bit) would pass by other numbers.
    rules.set_attr(pyseccomp.Attr.ACT_BADARCH, pyseccomp.KILL_PROCESS)
    for name in REFUSED:
        number = _number(name)
        if number is not None:
            rules.add_rule(refuse, number)
    for flag in NAMESPACES:
        rules.add_rule(refuse, "clone", _arg(0, pyseccomp.MASKED_EQ, flag, flag))
    # A filter cannot look into clone3's arguments; the C library falls back to clone.
    rules.add_rule(pyseccomp.ERRNO(errno.ENOSYS), "clone3")
    # Memory that stays when nobody looks at it: no limit counts it.
    both = mmap.MAP_SHARED | mmap.MAP_ANONYMOUS
    rules.add_rule(refuse, "mmap", _arg(3, pyseccomp.MASKED_EQ, both, both))
    for request in TERMINAL:
        rules.add_rule(refuse, "ioctl", _same(1, request))
    _shield_first(rules, refuse)
    _restrict_sockets(rules, refuse)
    keep = _arg(0, pyseccomp.NE, KEEP_PERSONALITY)
    rules.add_rule(refuse, "personality", keep)
    return rules


def _shield_first(rules: pyseccomp.SyscallFilter, refuse: int) -> None:
    """Let nobody slow the first process down or limit it: its user is the same."""
    first = _same(0, 1)
    for name in ("sched_setscheduler", "sched_setparam", "sched_setattr"):
        rules.add_rule(refuse, name, first)
    for name in ("sched_setaffinity", "prlimit64"):
        rules.add_rule(refuse, name, first)
    rules.add_rule(refuse, "setpriority", _same(0, os.PRIO_PROCESS), _same(1, 1))
    rules.add_rule(refuse, "setpriority", _same(0, os.PRIO_USER))


def _restrict_sockets(rules: pyseccomp.SyscallFilter, refuse: int) -> None:
    for family in range(NETLINK):
        if family not in (UNIX, INET, INET6):
            rules.add_rule(refuse, "socket", _same(0, family))
    rules.add_rule(refuse, "socket", _arg(0, pyseccomp.GT, NETLINK))
    for family in (INET, INET6):
        high = _arg(2, pyseccomp.GT, HIGHEST_PROTOCOL)
        rules.add_rule(refuse, "socket", _same(0, family), high)
    # Of netlink only what lists network interfaces.
    other = _arg(2, pyseccomp.NE, 0)
    rules.add_rule(refuse, "socket", _same(0, NETLINK), other)
    # Queues longer than usual hold memory that is counted nowhere.
    for option in (socket.SO_SNDBUF, socket.SO_RCVBUF):
        level = _same(1, socket.SOL_SOCKET)
        rules.add_rule(refuse, "setsockopt", level, _same(2, option))


def _same(place: int, value: int) -> pyseccomp.Arg:
    return _arg(place, pyseccomp.MASKED_EQ, _INT, value)


def _arg(place: int, how: int, first: int, second: int = 0) -> pyseccomp.Arg:
    return pyseccomp.Arg(place, how, first, second)


def _number(name: str) -> int | None:
    try:
        number = int(pyseccomp.resolve_syscall(pyseccomp.Arch.NATIVE, name))
    except (OSError, ValueError):
        number = -1
    # libseccomp gives calls of other processors a negative number.
    return number if number >= 0 else NUMBERS.get(name)
