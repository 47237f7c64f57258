"""The whole class again, graded by an ordinary user."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from ..grading.people import CLONE, as_user
from .catalogue import ATTACKS

LONG = 1500  # seconds, for what takes four minutes on two idle cores

if os.geteuid() == 0:  # else this run is one

    @pytest.mark.timeout(LONG + 100)
    def test_no_attack_succeeds_when_an_ordinary_user_grades() -> None:
        tests = Path(__file__).with_name("test_attacks.py").relative_to(CLONE)
        options = ("-q", "-p", "no:cacheprovider")
        done = as_user("python", "-m", "pytest", *options, str(tests), timeout=LONG)
        assert done.returncode == 0, done.stdout[-20_000:]
        passed = re.search(r"(\d+) passed", done.stdout)
        assert passed is not None
        assert int(passed[1]) > len(ATTACKS)
        assert "skipped" not in done.stdout
