"""The script that pins another PyTorch."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

FILES = ("requirements.txt", "constraints.txt")


def pin(root: Path, folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    for file in FILES:
        shutil.copy(root / file, folder)
    return subprocess.run(
        [root / ".github/scripts/pin-torch.sh", *words],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_pair_is_pinned_and_what_depends_on_it_is_free(root, tmp_path):
    done = pin(root, tmp_path, "2.11.0", "0.26.0")
    assert done.returncode == 0, done.stderr
    for file in FILES:
        before = (root / file).read_text().splitlines()
        after = (tmp_path / file).read_text().splitlines()
        assert {"torch==2.11.0", "torchvision==0.26.0"} <= set(after)
        # Nothing else changed, but what PyTorch itself asks for is gone.
        of_torch = re.compile("torch|torchvision|triton|setuptools|(nvidia|cuda)-")
        for line in set(before) ^ set(after):
            assert of_torch.match(line), line
    left = (tmp_path / "constraints.txt").read_text()
    assert not re.search("^(nvidia|cuda|triton|setuptools)", left, re.M)


@pytest.mark.parametrize("words", [(), ("2.11.0",), ("2.11.0", "0.26;ls"), ("a", "b")])
def test_versions_are_numbers(root, tmp_path, words):
    done = pin(root, tmp_path, *words)
    assert done.returncode == 2
    assert "expected two versions" in done.stderr
    for file in FILES:
        assert (tmp_path / file).read_text() == (root / file).read_text()
