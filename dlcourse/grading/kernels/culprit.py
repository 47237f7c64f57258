"""Whose code reached for something: a student's, or a library's on its own account."""

from __future__ import annotations

import os
import sys
import sysconfig
from collections.abc import Callable, Mapping
from pathlib import Path
from types import FrameType, ModuleType
from typing import Any, NamedTuple

import IPython

import dlcourse
from dlcourse.grading.kernels import watched
from dlcourse.grading.kernels.cells import cells_folder

# The name of a cell, None for code of the student's elsewhere; or nobody to blame.
Finder = Callable[[FrameType | None, str, str], "Found | None"]


class Found(NamedTuple):
    """Student's code; the name of the cell in which it stands, if it does."""

    cell: str | None


def packages() -> tuple[str, ...]:
    """Say how the file names of installed packages begin, and of the course's own."""
    found = {sysconfig.get_path(name) for name in ("purelib", "platlib")}
    found.add(str(Path(dlcourse.__file__).parent))
    return tuple(sorted(path + os.sep for path in found))


def standard() -> tuple[str, ...]:
    """Say how the file names of Python's own modules begin."""
    found = {sysconfig.get_path(name) for name in ("stdlib", "platstdlib")}
    return tuple(sorted(path + os.sep for path in found))


def make_finder(posing: set[str]) -> Finder:
    """Make the function that finds whose code it was.

    It is called with the frame from which something was reached for, the audit event
    and its kind. It holds all it uses, see ``watch.make_writer``.

    Args:
        posing: names of files under which cells ran that are none of theirs.
    """
    cells, installed, python = cells_folder(), packages(), standard()
    libraries, modules, found = (*installed, *python), sys.modules, Found
    for_others, never_nobody = watched.FOR_OTHERS, watched.NEVER_NOBODY
    network, hands_on, start = watched.NETWORK, watched.HANDS_ON, len(cells)
    nothing: Mapping[str, frozenset[str]] = {}
    outside, ipython = frozenset(watched.OUTSIDE), str(Path(IPython.__file__).parent)
    kind_of, text, module_kind = type, str, ModuleType

    def of_a_library(names: Mapping[str, Any]) -> bool:
        """Tell whether code without a file runs among the names of a library."""
        name: Any = names.get("__name__")
        file: Any = names.get("__file__")
        if kind_of(name) is not text or kind_of(file) is not text:
            return False
        module: Any = modules.get(name)
        return (
            kind_of(module) is module_kind
            and module.__dict__ is names
            and file.startswith(libraries)
        )

    def passes(name: str, function: str, event: str, kind: str) -> bool:
        """Tell whether a library's code acts for whoever called it."""
        if kind == network:
            return True
        if kind in outside and name.startswith(ipython):
            return True
        if kind in for_others and not name.startswith(installed):
            return True
        functions = hands_on.get(event, nothing).get(name)
        return functions is not None and (not functions or function in functions)

    def find(frame: FrameType | None, event: str, kind: str) -> Found | None:
        while frame is not None:
            code = frame.f_code
            name = code.co_filename
            if name.startswith(cells):
                return found(name[start:].removesuffix(".py"))
            if name in posing:
                return found(None)
            if name.startswith("<frozen importlib"):
                return None  # what an import does is not the importer's doing
            if name.startswith("<") and not name.startswith("<frozen"):
                if not of_a_library(frame.f_globals):
                    return found(None)
            elif not name.startswith((*libraries, "<frozen")):
                return found(None)
            elif not passes(name, code.co_name, event, kind):
                return None
            frame = frame.f_back
        return found(None) if kind in never_nobody else None

    return find
