"""Jupyter's own tests of kernels, and those of a kernel's life, as an ordinary user."""

from __future__ import annotations

import os
import re
from pathlib import Path

from ..people import CLONE, as_user

if os.geteuid() == 0:  # else this run is one

    def test_kernels_are_the_same_when_an_ordinary_user_starts_them() -> None:
        here = Path(__file__).parent.relative_to(CLONE)
        tests = [str(here / name) for name in ("test_suite.py", "test_life.py")]
        options = ("-q", "-p", "no:cacheprovider")
        done = as_user("python", "-m", "pytest", *options, *tests)
        assert done.returncode == 0, done.stdout[-20_000:]
        passed = re.search(r"(\d+) passed", done.stdout)
        assert passed is not None
        assert int(passed[1]) > 50
