"""What a command costs, with all that it starts."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from dlcourse.bench.measure import cost_of, memory_of, run
from dlcourse.errors import CourseError

BUSY = "import time\nwhile time.process_time() < {}: pass\n"


def python(code: str) -> list[str]:
    return [sys.executable, "-c", code]


def test_processor_time_counts_also_of_what_is_left_alone(tmp_path: Path) -> None:
    # The grandchild outlives its parent, which ends at once; nobody waits for it.
    code = (
        "import subprocess, sys\n"
        f"subprocess.Popen([sys.executable, '-c', {BUSY.format(0.5)!r}])"
    )
    assert cost_of(python(code), tmp_path).cpu >= 0.45  # it is told in hundredths


def test_memory_is_the_peak_of_the_whole_family(tmp_path: Path) -> None:
    hold = "import time; held = b'1' * (80 * 2**20); time.sleep(2)"
    code = (
        "import subprocess, sys\n"
        f"command = [sys.executable, '-c', {hold!r}]\n"
        "both = [subprocess.Popen(command) for _ in range(2)]\n"
        "[one.wait() for one in both]"
    )
    assert 160 * 2**20 < memory_of(python(code), tmp_path) < 320 * 2**20


def test_output_is_kept_and_failure_is_told(tmp_path: Path) -> None:
    assert cost_of(python("print('marked')"), tmp_path).output == "marked\n"
    for measure in (cost_of, memory_of, run):
        with pytest.raises(CourseError, match="out of paper"):
            measure(python("raise SystemExit('out of paper')"), tmp_path)
