"""Doing without imports that cost time and are of no use here."""

from __future__ import annotations

import sys
from types import ModuleType
from typing import cast


def skip_slow_imports() -> None:
    """Spare a program of grading an import that takes a second of its start.

    ``jsonschema``, which nbformat loads, checks international web addresses by a parser
    that it builds on import, where the package for that is installed. No schema of
    a notebook asks for that check, and ``jsonschema`` does without the package.
    """
    sys.modules.setdefault("rfc3987_syntax", cast(ModuleType, None))
