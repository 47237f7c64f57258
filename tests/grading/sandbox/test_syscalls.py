"""System calls are refused whatever library a submission goes round."""

from __future__ import annotations

import errno
import platform
import textwrap

import pytest

from dlcourse.grading.sandbox import syscalls

from .room import Room

NEVER = """
    ptrace process_vm_readv process_vm_writev process_madvise kcmp pidfd_getfd
    perf_event_open bpf userfaultfd add_key request_key keyctl mount umount2
    mount_setattr fsopen fsconfig fsmount fspick move_mount open_tree open_tree_attr
    pivot_root chroot unshare setns open_by_handle_at name_to_handle_at fanotify_init
    io_uring_setup io_uring_enter io_uring_register memfd_create memfd_secret shmget
    msgget semget init_module finit_module delete_module kexec_load kexec_file_load
    reboot swapon swapoff acct quotactl quotactl_fd syslog settimeofday clock_settime
    clock_adjtime adjtimex sethostname setdomainname iopl ioperm modify_ldt vhangup
    move_pages migrate_pages lookup_dcookie fanotify_mark shmat ustat sysfs uselib
    remap_file_pages
"""
# Calls by number, so that no library stands between.
CALL = """
import ctypes, errno, os, pyseccomp, signal
libc = ctypes.CDLL(None, use_errno=True)
def call(name, *arguments):
    number = name
    if isinstance(name, str):
        number = pyseccomp.resolve_syscall(pyseccomp.Arch.NATIVE, name)
    ctypes.set_errno(0)
    result = libc.syscall(number, *map(ctypes.c_ulong, arguments))
    return "done" if result >= 0 else errno.errorcode[ctypes.get_errno()]
"""


def refused(room: Room, *calls: str) -> list[str]:
    """Make calls, each an expression with ``call``; what came of each."""
    return room.says(CALL + "".join(f"print({one})\n" for one in calls)).split()


def test_calls_that_attacks_begin_with_are_refused(room: Room) -> None:
    numbers = {name: syscalls._number(name) for name in NEVER.split()}
    here = {name: number for name, number in numbers.items() if number is not None}
    assert len(here) > 60
    results = refused(room, *(f"call({number})" for number in here.values()))
    came = dict(zip(here, results, strict=True))
    assert {name: got for name, got in came.items() if got != "EPERM"} == {}


def test_calls_younger_than_the_library_are_known() -> None:
    assert syscalls._number("open_tree_attr") == 467
    assert syscalls._number("mount_setattr") == 442


@pytest.mark.parametrize("flag", syscalls.NAMESPACES)
def test_no_further_namespace_by_clone(room: Room, flag: int) -> None:
    # With SIGCHLD, as fork has it; a child, if there was one, ends at once.
    code = f"print(call('clone', {flag | 17}, 0, 0, 0, 0), flush=True)\nos._exit(0)"
    assert room.says(CALL + code) == "EPERM"


def test_clone3_is_as_if_it_did_not_exist(room: Room) -> None:
    assert refused(room, "call('clone3', 0, 0)") == ["ENOSYS"]


def test_nothing_can_be_typed_into_a_terminal(room: Room) -> None:
    code = """
        import pty
        terminal = pty.openpty()[1]
        letter = ctypes.create_string_buffer(b"x")
        for request in (0x5412, 0x541C, 0x5423):
            for upper in (0, 1 << 32, 0xFFFFFFFF << 32):
                where = ctypes.addressof(letter)
                print(call("ioctl", terminal, request | upper, where))
    """
    said = room.says(CALL + textwrap.dedent(code)).split()
    assert said == ["EPERM"] * 9


def test_only_ordinary_kinds_of_sockets(room: Room) -> None:
    allowed = {1, 2, 10, 16}
    others = [family for family in range(50) if family not in allowed]
    calls = [f"call('socket', {family}, 2, 0)" for family in others]
    # The kernel looks at the lower half of the number only: 40 is that of VM sockets.
    calls += [
        f"call('socket', {40 | 1 << 32}, 1, 0)",
        f"call('socket', {1 << 32}, 1, 0)",
    ]
    # Netlink other than for interfaces; SCTP, DCCP and multipath TCP.
    calls += [f"call('socket', 16, 3, {protocol})" for protocol in (4, 9, 12, 15)]
    calls += [f"call('socket', {16 | 1 << 32}, 3, 12)"]
    calls += [
        f"call('socket', {family}, {kind}, {protocol})"
        for family in (2, 10)
        for kind, protocol in ((1, 132), (6, 33), (1, 262))
    ]
    assert set(refused(room, *calls)) == {"EPERM"}
    fine = [(1, 1, 0), (1, 5, 0), (2, 1, 0), (2, 2, 17), (10, 1, 6), (16, 3, 0)]
    assert set(refused(room, *(f"call('socket', *{one})" for one in fine))) == {"done"}


def test_the_personality_can_be_read_but_not_changed(room: Room) -> None:
    calls = ["call('personality', 0xFFFFFFFF)", "call('personality', 0x40000)"]
    assert refused(room, *calls) == ["done", "EPERM"]


def test_memory_that_no_process_owns_is_refused(room: Room) -> None:
    code = "import os\ntry: os.memfd_create('x')\nexcept OSError as e: print(e.errno)"
    assert room.says(code) == str(errno.EPERM)


if platform.machine() == "x86_64":
    # mov eax, 20 (getpid in 32 bit); int 0x80; ret
    OLD = "b8 14 00 00 00 cd 80 c3"
    # mov eax, 0x40000027 (getpid of the x32 kind); syscall; ret
    X32 = "b8 27 00 00 40 0f 05 c3"

    @pytest.mark.parametrize("machine_code", [OLD, X32], ids=["32 bit", "x32"])
    def test_calls_in_another_convention_end_the_process(
        room: Room, machine_code: str
    ) -> None:
        code = f"""
            import ctypes, mmap
            page = mmap.mmap(-1, 4096, flags=mmap.MAP_PRIVATE, prot=7)
            page.write(bytes.fromhex("{machine_code}"))
            where = ctypes.addressof(ctypes.c_char.from_buffer(page))
            print(ctypes.CFUNCTYPE(ctypes.c_int)(where)())
        """
        status, said = room.outcome(code)
        assert (status, said) == (-31, "")  # SIGSYS
