"""Evidence of tampering, written by the kernel to a pipe that only the grader reads.

The watch is an audit hook. Python calls it from C whenever code reaches for certain
things, and no code can take it away again. It writes lines, each a JSON object:

``{"event": "gc.get_objects", "kind": "objects", "cell": "123", "during": "456", …}``

A student's code reached for something: told once for each event, ``cell`` and
``during``. ``what`` may say more, such as a path. ``cell`` says where the code stands
that did it, ``during`` which cell was running, by the name that ``cells.cell_mark``
makes from a cell's source, or by the name of the file under which a cell's own first
level runs compiled code. Null stands for what is not known, such as a module of the
student's own, or code made by ``exec``. Kinds are those of ``watched``: one of
``INSIDES`` during a graded cell is tampering, unless the code is the graded cell's own;
anything else is for a human to look at. What libraries reach for on their own account
is left out; ``NETWORK`` is put down to their caller.

Whoever finds the pipe can write false lines, which is evidence, too, or close it: the
reader then sees its end while the kernel lives.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import sys
from collections.abc import Callable

from dlcourse.grading.kernels.cells import name_cells
from dlcourse.grading.kernels.culprit import make_finder
from dlcourse.grading.kernels.handlers import hide_frames
from dlcourse.grading.kernels.hook import make_hook

_PIPE = 2**20  # bytes that wait in the pipe for a reader
_MOST = 5000  # lines, so that nobody fills the pipe by being noticed
_LONGEST = 200  # characters of a field
_F_SETPIPE_SZ = 1031


def install(fd: int) -> None:
    """Begin to watch; for as long as this process lives.

    Args:
        fd: where one line goes for each thing noticed.
    """
    with contextlib.suppress(OSError):  # a small pipe will do
        fcntl.fcntl(fd, _F_SETPIPE_SZ, _PIPE)
    os.set_blocking(fd, False)
    hide_frames()
    name_cells()
    posing: set[str] = set()
    sys.addaudithook(make_hook(make_writer(fd), make_finder(posing), posing))


def make_writer(fd: int) -> Callable[[dict[str, str | None]], None]:
    """Make the function that writes a line.

    It holds all it uses, as the hook does: what is looked up by name in a module, or
    among the built-in names, could be replaced by a student.
    """
    write, error, counted = os.write, OSError, [0]
    most, longest = _MOST, _LONGEST
    unprintable = dict.fromkeys((*range(32), 127), " ")

    def quoted(text: str | None) -> str:
        if text is None:
            return "null"
        plain = text[:longest].encode("ascii", "replace").decode("ascii")
        kept = plain.replace("\\", "/").replace('"', "'").translate(unprintable)
        return f'"{kept}"'

    def line(fields: dict[str, str | None]) -> None:
        if counted[0] >= most:
            return
        counted[0] += 1
        parts = [f'"{name}": {quoted(value)}' for name, value in fields.items()]
        try:  # noqa: SIM105  (see above)
            write(fd, ("{" + ", ".join(parts) + "}\n").encode())
        except error:
            pass  # closed or full, which the reader sees

    return line
