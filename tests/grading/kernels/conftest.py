"""The check that no kernel's process or folder stays."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from dlcourse.grading.kernels import warm

from .processes import descendants, forked, gone


@pytest.fixture(autouse=True)
def _nothing_left(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    """After each test: its kernels have ended, and their folders have gone."""
    tmp_path_factory.getbasetemp()  # pytest's own are elsewhere
    folder = tempfile.mkdtemp(prefix="t")
    monkeypatch.setattr(tempfile, "tempdir", folder)
    before = forked()
    yield
    assert gone(forked() - before)
    assert list(Path(folder).iterdir()) == []
    Path(folder).rmdir()


@pytest.fixture(scope="session", autouse=True)
def _parents_end() -> Iterator[None]:
    """After all tests: the warm parents end when they are told to."""
    yield
    parents = {one.process.pid for one in warm._parents.values()}
    all_of_them = parents | {pid for one in parents for pid in descendants(one)}
    warm.close()
    assert gone(all_of_them)
