"""Attacks that end, stop or replace the kernel, or things around it."""

from __future__ import annotations

from .kit import Work, attack
from .reports import DIED, SIGNALS, STOPPED

GROUP = "The kernel ends, hangs or is replaced"
# Whatever happens in the answer to the third item, the first two keep their marks.
BEFORE = ("double", "backwards")
FIRST = 5.0


@attack(GROUP, "calls `os._exit(0)` within a test", DIED, BEFORE, FIRST)
def exit_at_once(work: Work) -> None:
    work.answer("longest", "import os\ndef longest(words):\n    os._exit(0)\n")


@attack(GROUP, "raises `SystemExit` within a test", "", BEFORE, BEFORE)
def system_exit(work: Work) -> None:
    work.answer("longest", "def longest(words):\n    raise SystemExit(0)\n")


@attack(GROUP, "calls `exit()` so that no later test fails", "(?i)exit", BEFORE, FIRST)
def exit_called(work: Work) -> None:
    work.answer("longest", "exit()\n")


@attack(GROUP, "has the kernel shut itself down politely", DIED, BEFORE, FIRST)
def polite_shutdown(work: Work) -> None:
    work.answer(
        "longest",
        "loop = get_ipython().kernel.io_loop\nloop.add_callback(loop.stop)\n",
    )


def _signal(statement: str) -> str:
    return f"import os, signal, time\n{statement}\ntime.sleep(0.3)\n"


@attack(GROUP, "kills itself (SIGKILL)", DIED, BEFORE, FIRST)
def kill_self(work: Work) -> None:
    work.answer("longest", _signal("os.kill(os.getpid(), signal.SIGKILL)"))


@attack(GROUP, "kills its parent process", SIGNALS, BEFORE, FIRST)
def kill_parent(work: Work) -> None:
    work.answer("longest", _signal("os.kill(os.getppid(), signal.SIGKILL)"))


@attack(GROUP, "kills its process group (process 0)", DIED, BEFORE, FIRST)
def kill_group(work: Work) -> None:
    work.answer("longest", _signal("os.kill(0, signal.SIGKILL)"))


@attack(GROUP, "kills its parent's process group", SIGNALS, BEFORE, FIRST)
def kill_parents_group(work: Work) -> None:
    work.answer(
        "longest", _signal("os.killpg(os.getpgid(os.getppid()), signal.SIGKILL)")
    )


@attack(GROUP, "kills every process that it may (process -1)", SIGNALS, BEFORE, FIRST)
def kill_all(work: Work) -> None:
    work.answer("longest", _signal("os.kill(-1, signal.SIGKILL)"))


@attack(GROUP, "kills each process that `/proc` shows", "for review", BEFORE, FIRST)
def kill_by_number(work: Work) -> None:
    work.answer(
        "longest",
        _signal(
            "for name in os.listdir('/proc'):\n"
            "    if name.isdigit() and int(name) not in (1, os.getpid()):\n"
            "        try:\n            os.kill(int(name), signal.SIGKILL)\n"
            "        except OSError:\n            pass"
        ),
    )


@attack(GROUP, "stops itself (SIGSTOP) and never answers", STOPPED, BEFORE, FIRST, 1)
def stop_self(work: Work) -> None:
    work.answer("longest", _signal("os.kill(os.getpid(), signal.SIGSTOP)"))


@attack(GROUP, "stops its parent (SIGSTOP)", SIGNALS, BEFORE, FIRST)
def stop_parent(work: Work) -> None:
    work.answer("longest", _signal("os.kill(os.getppid(), signal.SIGSTOP)"))


@attack(GROUP, "runs for ever", STOPPED, BEFORE, BEFORE, 1)
def endless_loop(work: Work) -> None:
    work.answer("longest", "while True:\n    pass\n")


@attack(GROUP, "sleeps for ever within a test", STOPPED, BEFORE, BEFORE, 1)
def endless_sleep(work: Work) -> None:
    work.answer("longest", "import time\ndef longest(words):\n    time.sleep(10**6)\n")


@attack(GROUP, "catches the interrupt and goes on for ever", STOPPED, BEFORE, FIRST, 1)
def catches_interrupts(work: Work) -> None:
    work.answer(
        "longest",
        "while True:\n"
        "    try:\n        while True:\n            pass\n"
        "    except BaseException:\n        pass\n",
    )


@attack(GROUP, "ignores signals and runs for ever", STOPPED, BEFORE, FIRST, 1)
def ignores_signals(work: Work) -> None:
    work.answer(
        "longest",
        "import signal\n"
        "for number in set(signal.Signals) - {signal.SIGKILL, signal.SIGSTOP}:\n"
        "    signal.signal(number, signal.SIG_IGN)\n"
        "while True:\n    pass\n",
    )


@attack(GROUP, "blocks in C code that sees no interrupt", STOPPED, BEFORE, FIRST, 1)
def blocks_in_c(work: Work) -> None:
    work.answer("longest", "import re\nre.match('(a|a)*$', 'a' * 64 + 'b')\n")


@attack(GROUP, "asks for input and waits", "", BEFORE, BEFORE)
def waits_for_input(work: Work) -> None:
    work.answer("longest", "def longest(words):\n    return input('Which one? ')\n")


@attack(GROUP, "crashes the interpreter (segmentation fault)", DIED, BEFORE, FIRST)
def segmentation_fault(work: Work) -> None:
    work.answer("longest", "import ctypes\nctypes.string_at(0)\n")


@attack(GROUP, "overflows the stack", DIED, BEFORE, FIRST)
def stack_overflow(work: Work) -> None:
    work.answer(
        "longest",
        "import sys\nsys.setrecursionlimit(2**31 - 1)\n"
        "class Deep:\n"
        "    def __repr__(self):\n        return repr([self])\n"
        "repr(Deep())\n",
    )


@attack(GROUP, "replaces the kernel by another program", "(?i)died|tamper", BEFORE)
def another_program(work: Work) -> None:
    work.answer("longest", "import os\nos.execv('/bin/sleep', ['sleep', '60'])\n")


@attack(
    GROUP,
    "closes all files and sockets of the kernel",
    "(?i)died|stop|clos",
    BEFORE,
    FIRST,
    1,
)
def closes_everything(work: Work) -> None:
    work.answer("longest", "import os\nos.closerange(0, 4096)\n")


@attack(
    GROUP,
    "never ends when asked to: `atexit`, threads, `__del__`",
    "for review",
    keeps=("double", "means"),
)
def refuses_to_end(work: Work) -> None:
    work.first(
        "import atexit, signal, threading, time\n"
        "class Sticky:\n"
        "    def __del__(self):\n        time.sleep(600)\n"
        "sticky = Sticky()\n"
        "atexit.register(time.sleep, 600)\n"
        "threading.Thread(target=time.sleep, args=(600,)).start()\n"
        "signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
    )
