"""The class is graded once for all tests of this folder."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from .lesson import Lesson, give


@pytest.fixture(scope="session")
def lesson(root: Path) -> Iterator[Lesson]:
    """The class after grading."""
    # Not in /tmp, where everybody has files of his own: it is an instructor's home.
    folder = Path(tempfile.mkdtemp(prefix=".dlcourse-attacks-", dir=Path.home()))
    yield give(root, folder)
    shutil.rmtree(folder)
