"""The audit hook of a watched kernel: what it does with each kind of event."""

from __future__ import annotations

import os
import socket
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

from IPython.core import interactiveshell

from dlcourse.grading.kernels import watched
from dlcourse.grading.kernels.cells import cells_folder
from dlcourse.grading.kernels.culprit import Finder, Found, packages, standard

Hook = Callable[[str, tuple[Any, ...]], None]
Line = Callable[[dict[str, str | None]], None]


def make_hook(line: Line, find: Finder, posing: set[str]) -> Hook:
    """Make the hook; it holds all it uses, see ``watch.make_writer``.

    Args:
        line: writes a line.
        find: finds whose code it was.
        posing: takes the names of files under which cells run that are none of theirs.
    """
    look_up, shell, files = watched.EVENTS.get, watched.SHELL, watched.FILES
    matters, runs = make_filter(), make_runner(find, posing)
    getframe, ident = sys._getframe, threading.get_ident
    deep, error = (RecursionError, MemoryError), Exception
    kind_of, text, inside, up = type, str, str.startswith, "../"
    unix, plain = ("socket.connect", "socket.bind"), (str, bytes)
    allowed = allowed_files()
    busy: set[int] = set()
    seen: set[tuple[str, str | None, str | None]] = set()
    running: list[str | None] = [None]
    tell, unknown = make_teller(), Found(None)

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        kind = look_up(event)
        if kind is None:
            return
        if kind is files:  # what happens most often by far
            path = arguments[0]
            if kind_of(path) is text and inside(path, allowed) and up not in path:
                return
        me = ident()
        if me in busy:
            return  # what the hook itself does
        busy.add(me)
        try:
            if kind is shell:
                kind = runs(arguments[0], getframe(1), running)
                if not kind:
                    return
            elif not matters(event, kind, arguments):
                return
            # A Unix socket is how processes of one library talk to each other.
            local = event in unix and kind_of(arguments[-1]) in plain
            culprit = find(getframe(1), event, files if local else kind)
            if culprit is None:
                if kind is not shell:
                    return
                culprit = unknown
            key = (event, culprit.cell, running[0])
            if key not in seen:
                line(
                    {
                        "event": event,
                        "kind": kind,
                        "cell": culprit.cell,
                        "during": running[0],
                        "what": tell(arguments),
                    }
                )
                seen.add(key)  # not before: the stack may end while it is told
        except deep:
            raise  # at the end of the stack nobody shall reach for anything unseen
        except error:
            pass  # else never in the way; an interrupt is let through
        finally:
            busy.discard(me)

    return hook


def make_runner(find: Finder, posing: set[str]) -> Callable[..., str]:
    """Make what notes which cell runs, and sees who runs it.

    The function gives the kind of event: none if all is well.
    """
    cells, libraries = cells_folder(), (*packages(), *standard())
    ipython, function = str(interactiveshell.__file__), "run_code"
    shell, false_name, text, kind_of = watched.SHELL, watched.CODE, str, type
    start = len(cells)

    def by_ipython(frame: FrameType | None) -> bool:
        if frame is None:
            return False
        code = frame.f_code
        return code.co_filename == ipython and code.co_name == function

    def student_above(frame: FrameType | None) -> bool:
        while frame is not None:
            if find(frame, "exec", shell) is not None:
                return True
            frame = frame.f_back
        return False

    def runs(code: Any, caller: FrameType, running: list[str | None]) -> str:
        name = code.co_filename
        if kind_of(name) is not text:
            return ""
        cell = name[start:].removesuffix(".py") if name.startswith(cells) else None
        if by_ipython(caller):
            running[0] = cell
            if cell is None:
                posing.add(name)
            # Nothing but IPython runs cells, and it knows them by the names it gave.
            return shell if cell is None or student_above(caller.f_back) else ""
        if cell is None:
            return false_name if name.startswith(libraries) else ""
        # A cell may hold, compiled, what runs in its place.
        if by_ipython(caller.f_back):
            running[0] = cell
            return ""
        return shell

    return runs


def make_filter() -> Callable[[str, str, tuple[Any, ...]], bool]:
    """Make what tells events that matter from the many that do not."""
    frame_names, swap_names = watched.FRAME_NAMES, watched.SWAP_NAMES
    files, libraries = watched.FILES, (*packages(), *standard())
    allowed, kind_of, text, data = allowed_files(), type, str, bytes
    usual = (-1, *map(int, (socket.AF_UNIX, socket.AF_INET, socket.AF_INET6)))

    def matters(event: str, kind: str, arguments: tuple[Any, ...]) -> bool:
        if kind is files:
            path = arguments[0]
            if kind_of(path) is data:
                path = path.decode("utf-8", "replace")
            if kind_of(path) is not text:
                return False
            if "../" in path:
                return True
            return path.startswith("/") and not path.startswith(allowed)
        if event == "object.__getattr__":
            return arguments[1] in frame_names
        if event == "object.__setattr__":
            return arguments[1] in swap_names
        if event == "socket.__new__":
            return arguments[1] not in usual
        if event == "compile":
            name = arguments[1]
            return kind_of(name) is text and name.startswith(libraries)
        return True

    return matters


def allowed_files() -> tuple[str, ...]:
    """Say how the paths begin that code may open without a word."""
    own = [str(Path.cwd()), os.environ.get("HOME", "/"), "/tmp", "/dev/"]
    prefixes = [sys.prefix, sys.base_prefix, *packages(), *standard()]
    system = ["/usr/", "/lib", "/etc/", "/sys/", "/bin/", "/proc/self/status"]
    system += ["/proc/cpuinfo", "/proc/meminfo", "/proc/stat"]
    return tuple(path for path in [*own, *prefixes, *system] if path != "/")


def make_teller() -> Callable[[tuple[Any, ...]], str]:
    """Make what says in a few words what was reached for."""
    kind_of, text, number, pair, data = type, str, int, tuple, bytes

    def tell(arguments: tuple[Any, ...]) -> str:
        words = []
        for one in arguments[:3]:
            parts = one if kind_of(one) is pair else (one,)
            for part in parts:
                if kind_of(part) is data:
                    part = part.decode("utf-8", "replace")
                if kind_of(part) is text or kind_of(part) is number:
                    words.append(text(part)[:100])
        return " ".join(words)

    return tell
