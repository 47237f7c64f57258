"""Doing without imports that cost time and are of no use here."""

from __future__ import annotations

import importlib
import sys
from types import ModuleType
from typing import Any, NoReturn, cast

# What nbgrader shows in Jupyter's server.
_PAGES = ("assignment_list", "course_list", "validate_assignment", "formgrader")


def skip_slow_imports() -> None:
    """Spare a program of grading imports that take a second and more of its start.

    ``jsonschema``, which nbformat loads, checks international web addresses by a parser
    that it builds on import, where the package for that is installed. No schema of
    a notebook asks for that check, and ``jsonschema`` does without the package.

    ``nbgrader`` loads its pages for Jupyter's server, and with them that server and all
    that converts notebooks. A process that grades has no pages to show.
    """
    sys.modules.setdefault("rfc3987_syntax", cast(ModuleType, None))
    if "nbgrader" in sys.modules:
        return
    blank: Any = ModuleType("dlcourse.grading.no_pages")
    blank.load_jupyter_server_extension = _refuse
    names = [f"nbgrader.server_extensions.{page}" for page in _PAGES]
    sys.modules.update(dict.fromkeys(names, blank))
    try:
        importlib.import_module("nbgrader")
    finally:
        # The pages themselves can still be had, by whoever asks for them.
        for name in names:
            del sys.modules[name]


def _refuse(_app: object) -> NoReturn:
    raise RuntimeError("This process grades: show nbgrader's pages from another one.")
