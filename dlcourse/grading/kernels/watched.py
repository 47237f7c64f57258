"""What a kernel's watch looks out for, by Python's audit events."""

from __future__ import annotations

import inspect
import linecache
import logging
import traceback
import types
from asyncio import base_tasks

from IPython.utils import frame

# Insides: no honest solution needs them while a test is running.
FRAMES = "frames"  # who called whom, with which values
OBJECTS = "objects"  # all that the interpreter holds, or all threads
TRACE = "trace"  # being called for each step
CODE = "code"  # making or swapping code, or giving it a false name
NATIVE = "native"  # memory, by ctypes
SHELL = "shell"  # running cells in IPython's place
INSIDES = (FRAMES, OBJECTS, TRACE, CODE, NATIVE, SHELL)

# Outside: a sandbox stops these; a person may want to know.
NETWORK = "network"
PROCESSES = "processes"
SIGNALS = "signals"
FILES = "files"  # outside the work folder, libraries and temporary folders
LIMITS = "limits"  # of memory, time and the like
OUTSIDE = (NETWORK, PROCESSES, SIGNALS, FILES, LIMITS)


def _all(kind: str, names: str) -> dict[str, str]:
    return dict.fromkeys(names.split(), kind)


EVENTS = {
    **_all(FRAMES, "sys._getframe object.__getattr__"),
    **_all(OBJECTS, "gc.get_objects gc.get_referrers gc.get_referents"),
    **_all(OBJECTS, "sys._current_frames sys._current_exceptions"),
    **_all(TRACE, "sys.settrace sys.setprofile sys.addaudithook pdb.Pdb"),
    **_all(TRACE, "sys.monitoring.register_callback"),
    **_all(CODE, "code.__new__ function.__new__ marshal.loads compile"),
    **_all(CODE, "object.__setattr__"),
    **_all(SHELL, "exec"),
    **_all(
        NATIVE,
        "ctypes.addressof ctypes.call_function ctypes.cdata ctypes.cdata/buffer "
        "ctypes.dlopen ctypes.dlsym ctypes.dlsym/handle ctypes.string_at "
        "ctypes.wstring_at",
    ),
    **_all(
        NETWORK,
        "socket.connect socket.bind socket.sendto socket.sendmsg socket.getaddrinfo "
        "socket.gethostbyname socket.__new__ urllib.Request",
    ),
    **_all(
        PROCESSES,
        "os.fork os.forkpty os.exec os.posix_spawn os.spawn os.system "
        "subprocess.Popen pty.spawn",
    ),
    **_all(LIMITS, "resource.setrlimit resource.prlimit"),
    **_all(SIGNALS, "os.kill os.killpg signal.pthread_kill"),
    **_all(
        FILES,
        "open sqlite3.connect os.listdir os.scandir os.remove os.rename os.rmdir "
        "os.mkdir os.chmod os.chown os.link os.symlink os.truncate shutil.rmtree",
    ),
}
# The attributes that lead to frames, of tracebacks, generators and coroutines.
FRAME_NAMES = frozenset({"tb_frame", "gi_frame", "cr_frame", "ag_frame"})
# And those whose change swaps code: of functions, and of the kernel's objects.
SWAP_NAMES = frozenset({"__code__", "__class__"})


# Kinds for which Python's own modules, and IPython for what is outside, do what they do
# for whoever called them. Some are a student's where nobody is to be seen: in a thread.
FOR_OTHERS = frozenset({*OUTSIDE, OBJECTS, TRACE, NATIVE})
NEVER_NOBODY = frozenset({OBJECTS, TRACE, PROCESSES})


def _file(module: types.ModuleType) -> str:
    return str(module.__file__)


# Functions that hand on frames which they look up, so that their caller is the one who
# asked; an empty set stands for all functions of the file.
_HANDS_ON: dict[str, frozenset[str]] = {
    _file(inspect): frozenset(),
    _file(linecache): frozenset(),
    _file(base_tasks): frozenset(),
    _file(frame): frozenset(),
    _file(logging): frozenset({"<lambda>", "currentframe", "findCaller"}),
}
HANDS_ON: dict[str, dict[str, frozenset[str]]] = {
    "sys._getframe": {**_HANDS_ON, _file(traceback): frozenset()},
    # Printing an exception's own traceback tells nothing of who called.
    "object.__getattr__": _HANDS_ON,
}
