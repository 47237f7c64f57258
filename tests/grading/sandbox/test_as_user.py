"""All tests of the sandbox again, as an ordinary user."""

from __future__ import annotations

import os
import re
from pathlib import Path

from ..people import CLONE, as_user

if os.geteuid() == 0:  # else this run is one

    def test_the_sandbox_is_as_tight_when_an_ordinary_user_makes_it() -> None:
        here = Path(__file__)
        tests = str(here.parent.relative_to(CLONE))
        options = ["-q", "-p", "no:cacheprovider", "--deselect", f"{tests}/{here.name}"]
        done = as_user("python", "-m", "pytest", *options, tests)
        assert done.returncode == 0, done.stdout
        passed = re.search(r"(\d+) passed", done.stdout)
        assert passed is not None
        assert int(passed[1]) > 90
        assert "skipped" not in done.stdout


def test_playing_an_ordinary_user_gives_up_every_right() -> None:
    status = as_user("cat", "/proc/self/status").stdout
    fields = dict(line.split(":\t", 1) for line in status.splitlines())
    assert "0" not in fields["Uid"].split()
    assert fields["CapEff"] == "0000000000000000"


def test_what_an_ordinary_users_command_says_and_its_status_come_back() -> None:
    done = as_user("sh", "-c", "echo said; echo wrong >&2; exit 3")
    assert (done.stdout, done.returncode) == ("said\nwrong\n", 3)
