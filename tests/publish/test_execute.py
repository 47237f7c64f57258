from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from jupyter_cache import get_cache

from dlcourse.errors import CourseError
from dlcourse.publish import execute

HEAD = """---
jupytext:
  text_representation:
    extension: .md
    format_name: myst
kernelspec:
  display_name: Python 3
  language: python
  name: python3
---

# A page

"""


def page(folder: Path, name: str, *cells: str, tags: str = "") -> Path:
    option = f"---\ntags: [{tags}]\n---\n" if tags else ""
    fences = [f"```{{code-cell}} python\n{option}{cell}\n```\n" for cell in cells]
    path = folder / f"{name}.md"
    path.write_text(HEAD + "\n".join(fences), encoding="utf-8")
    return path


def run(cache, *pages: Path, timeout: int = 60, force: bool = False):
    outcomes = execute.execute_pages(
        pages, cache, workers=2, timeout=timeout, force=force
    )
    return {outcome.path.stem: outcome for outcome in outcomes}


@pytest.fixture
def cache(tmp_path: Path):
    return get_cache(tmp_path / "cache")


def test_second_run_takes_everything_from_the_cache(tmp_path, cache):
    pages = [page(tmp_path, "a", "x = 1", "x + 1"), page(tmp_path, "b", "print(2)")]
    first = run(cache, *pages)
    assert [first[name].cached for name in "ab"] == [False, False]
    second = run(cache, *pages)
    assert [second[name].cached for name in "ab"] == [True, True]
    forced = run(cache, *pages, force=True)
    assert [forced[name].cached for name in "ab"] == [False, False]


def test_changed_cell_runs_again_and_changed_prose_does_not(tmp_path, cache):
    path = page(tmp_path, "a", "x = 1")
    run(cache, path)
    path.write_text(path.read_text() + "\nMore prose.\n")
    assert run(cache, path)["a"].cached
    page(tmp_path, "a", "x = 2")
    assert not run(cache, path)["a"].cached


def test_cells_see_one_thread_and_offline_data(tmp_path, cache):
    check = (
        "import os\n"
        "assert os.environ['OMP_NUM_THREADS'] == '1'\n"
        "assert os.environ['DLCOURSE_DATA'] == 'offline'"
    )
    assert run(cache, page(tmp_path, "a", check))["a"].error is None


def test_cells_run_on_kernels_that_have_imported_torch_already(tmp_path, cache):
    check = (
        "import os, sys\nassert 'torch' in sys.modules\nassert os.path.exists('a.md')"
    )
    assert run(cache, page(tmp_path, "a", check))["a"].error is None


def test_hashes_are_the_same_in_every_build(tmp_path, cache):
    check = (
        "assert hash('x') == "
        + subprocess.run(
            [sys.executable, "-c", "print(hash('x'))"],
            env={**os.environ, "PYTHONHASHSEED": "0"},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
    )
    assert run(cache, page(tmp_path, "a", check))["a"].error is None


def test_missing_kernel_is_named_with_the_remedy(tmp_path, cache, monkeypatch):
    monkeypatch.setattr(execute, "_KERNEL", "not-installed")
    with pytest.raises(CourseError, match=r"not-installed.*pip install -e \."):
        run(cache, page(tmp_path, "a", "1"))


def test_key_follows_the_environment_of_the_kernels(monkeypatch):
    before = execute.environment_key()
    monkeypatch.setitem(execute.KERNEL_ENVIRONMENT, "OMP_NUM_THREADS", "2")
    assert execute.environment_key() != before


@pytest.mark.parametrize(
    ("cells", "tags", "words"),
    [
        (("x = 1", "1 / 0"), "", ["line 18", "ZeroDivisionError", "division by zero"]),
        (("import os", "os._exit(1)"), "", ["line 18", "the kernel died"]),
        (("while True: pass",), "", ["line 14", "still running after 3 s"]),
        (("x = 1",), "raises-exception", ["line 14", "nothing was raised"]),
    ],
    ids=["raises", "dies", "hangs", "promises"],
)
def test_failure_names_place_and_is_not_cached(tmp_path, cache, cells, tags, words):
    path = page(tmp_path, "bad", *cells, tags=tags)
    good = page(tmp_path, "good", "1")
    outcomes = run(cache, path, good, timeout=3)
    for word in ["bad.md", *words]:
        assert word in outcomes["bad"].error
    assert outcomes["good"].error is None
    assert not run(cache, path, timeout=3)["bad"].cached


def test_promised_exception_is_no_failure(tmp_path, cache):
    path = page(tmp_path, "a", "1 / 0", tags="raises-exception")
    assert run(cache, path)["a"].error is None
    assert run(cache, path)["a"].cached


def test_prose_is_passed_over(tmp_path, cache):
    path = tmp_path / "prose.md"
    path.write_text("# Prose\n")
    assert run(cache, path) == {}


@pytest.mark.parametrize(
    ("name", "matters"),
    [("figures.py", True), ("data/sets.py", True), ("cli.py", False)],
)
def test_key_follows_what_cells_can_import(tmp_path, root, name, matters):
    package = tmp_path / "dlcourse"
    shutil.copytree(
        root / "dlcourse", package, ignore=shutil.ignore_patterns("__pycache__")
    )
    before = execute.environment_key(package)
    assert before == execute.environment_key(root / "dlcourse")
    file = package / name
    file.write_text(file.read_text() + "\n# changed\n")
    assert (execute.environment_key(package) != before) is matters


def test_old_caches_are_pruned(tmp_path, monkeypatch):
    keys = iter("abcde")
    monkeypatch.setattr(execute, "environment_key", lambda: next(keys))
    for _ in range(5):
        _, folder = execute.open_cache(tmp_path)
    kept = sorted(path.name for path in folder.parent.iterdir())
    assert len(kept) == 3
    assert folder.name in kept
