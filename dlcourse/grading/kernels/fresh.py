"""Gives a forked process what a newly started interpreter would have had."""

from __future__ import annotations

import inspect
import os
import random
import signal
import sys
import time
import warnings
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

_INLINE = "module://matplotlib_inline.backend_inline"

# What is the same in every kernel.
_libraries: list[Any] = []  # those with threads of their own
_set_by_imports: dict[str, str] = {}
modules: set[str] = set()  # names of all that are imported


def prepare(variables: Collection[str]) -> None:
    """Look up what is the same in every kernel, after the imports.

    Args:
        variables: names in the environment that importing the libraries has set.
    """
    import threadpoolctl  # type: ignore[import-untyped]
    from matplotlib.backends.registry import backend_registry

    _set_by_imports.update({name: os.environ[name] for name in variables})
    _libraries[:] = [threadpoolctl.ThreadpoolController()]
    # Reads the entry points of all installed packages.
    backend_registry.list_all()  # type: ignore[no-untyped-call]
    # For code in no file, as a cell is: this looks up the files of all modules
    # and remembers them, for tracebacks.
    inspect.getmodule(compile("", "<nowhere>", "exec"))
    modules.update(sys.modules)


def signals() -> None:
    """Restore how signals are handled; nothing is blocked."""
    signal.pthread_sigmask(signal.SIG_SETMASK, ())
    for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGCHLD):
        signal.signal(number, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)


def environment(variables: Mapping[str, str]) -> None:
    """Replace the environment, and what Python took from it when it started."""
    before = _entries(os.environ)
    os.environ.clear()
    os.environ.update({**_set_by_imports, **variables})
    time.tzset()
    sys.dont_write_bytecode = bool(variables.get("PYTHONDONTWRITEBYTECODE"))
    after = _entries(variables)
    if before != after:
        sys.path[:] = after + [entry for entry in sys.path if entry not in before]
    chosen = variables.get("PYTHONWARNINGS", "")
    if chosen:
        # Python's own reader of this variable has no public name.
        warnings._processoptions(chosen.split(","))  # type: ignore[attr-defined]


def _entries(variables: Mapping[str, str]) -> list[str]:
    entries = variables.get("PYTHONPATH", "").split(os.pathsep)
    return [str(Path(entry).absolute()) for entry in entries if entry]


def chance() -> None:
    """Seed anew what every interpreter seeds from the system."""
    import numpy as np
    import torch

    random.seed()
    np.random.seed()
    # Not torch.seed, which would also seed CUDA, where a new interpreter is fixed.
    torch.default_generator.seed()


def threads(variables: Mapping[str, str]) -> None:
    """Let numerical libraries use as many threads as they would have taken."""
    import torch

    wanted = variables.get("OMP_NUM_THREADS", "").split(",")[0].strip()
    number = int(wanted) if wanted.isdigit() and int(wanted) else cores()
    if number == 1:
        return  # as in the parent
    torch.set_num_threads(number)
    for library in _libraries:
        library.limit(limits=number)


def cores() -> int:
    """Count the processors that this process may use."""
    return len(os.sched_getaffinity(0))


def figures(variables: Mapping[str, str], rc_file: str) -> None:
    """Set matplotlib's parameters and backend as importing it here would.

    Args:
        variables: the environment.
        rc_file: the file of parameters that the parent read.
    """
    import matplotlib

    here = matplotlib.matplotlib_fname()
    if here != rc_file:
        found: Any = matplotlib.rc_params_from_file(here)
        matplotlib.rcParams.update(found)
    # Every kernel has this default, but sets it when matplotlib is imported already.
    backend = variables.get("MPLBACKEND") or _INLINE
    matplotlib.rcParams["backend"] = backend
    Path(matplotlib.get_cachedir()).mkdir(parents=True, exist_ok=True)


def draw_once() -> None:
    """Spare a notebook that is graded the first of two drawings of each figure.

    After a cell pyplot draws its figures for the windows that they have elsewhere. The
    inline backend has none: it draws them, too, to show them. Elsewhere than in grading
    pictures shall be the same as ever, and a layout settles a little with each drawing.
    """
    from matplotlib import pyplot

    draw: Any = getattr(pyplot, "_draw_all_if_interactive", None)

    def draw_in_windows() -> None:
        if pyplot.get_backend() not in (_INLINE, "inline"):
            draw()

    if draw is not None:
        pyplot._draw_all_if_interactive = draw_in_windows
