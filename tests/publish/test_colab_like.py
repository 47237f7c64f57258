"""Exported notebooks on a machine that has what Colab has and no copy of the course.

Two short ones run here, other ones each time; ``python -m tests.publish.colab_like``
runs all of them.
"""

from __future__ import annotations

import ast
import json
import random
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jupyter_cache import get_cache
from nbclient.exceptions import CellExecutionError

from dlcourse.publish.addresses import WHEELS
from dlcourse.publish.execute import environment_key, find_record
from dlcourse.publish.exported import find_chapters
from dlcourse.publish.exported_setup import setup_cell
from dlcourse.publish.student_wheel import build_wheel, wheel_name
from tests.publish.colab_like import (
    chapters,
    make_machine,
    packages_of,
    run_notebook,
    served,
    surroundings,
)

SHORT = 5  # seconds of its cells, when the book was built
# Imports what a line of JSON lists, and tells what cannot be.
IMPORT = """
import importlib, json, sys
for module, name in json.loads(sys.stdin.read()):
    try:
        found = importlib.import_module(module)
        if name and not hasattr(found, name):
            importlib.import_module(f"{module}.{name}")
    except Exception as error:
        print(f"{module} {name}: {type(error).__name__}: {error}")
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a site that has the wheel."""
    folder = tmp_path_factory.mktemp("site")
    build_wheel(folder / WHEELS)
    with served(folder) as address:
        yield address


@pytest.fixture(scope="module")
def notebooks(root: Path, site: str) -> dict[str, str]:
    return chapters(root, site)


def short_ones(root: Path) -> list[str]:
    """List chapters that took little time in the last build; all if there was none."""
    pages = find_chapters(root)
    folder = root / "_build" / ".jupyter_cache" / environment_key()
    if not folder.is_dir():
        return [Path(one.path).stem for one in pages]
    cache = get_cache(folder)
    found = []
    for page in pages:
        record = find_record(page.notebook, cache)
        if record and record.data.get("execution_seconds", SHORT) < SHORT:
            found.append(Path(page.path).stem)
    return found


def packages(folder: Path) -> set[str]:
    return {path.name for path in packages_of(folder).glob("*.dist-info")}


def test_two_short_chapters_run(
    root: Path, notebooks: dict[str, str], tmp_path: Path
) -> None:
    for name in random.sample(short_ones(root), 2):
        folder = tmp_path / name
        python = make_machine(folder / "machine")
        before = packages(folder / "machine")
        try:
            ran = run_notebook(notebooks[name], python, folder)
        except CellExecutionError as error:
            pytest.fail(f"{name}: {error}")
        said = "".join(out.get("text", "") for out in ran.cells[0].outputs)
        assert "Device: cpu. Data: DLCOURSE_DATA=offline (auto: " in said, name
        # Nothing else was installed, and nothing but the cells of the page printed.
        new = packages(folder / "machine") - before
        assert new == {wheel_name().replace("-py3-none-any.whl", ".dist-info")}
        cells = [cell for cell in ran.cells if cell.cell_type == "code"]
        assert all(cell.execution_count for cell in cells), name
        assert any(cell.outputs for cell in cells[1:]), name


def test_without_the_wheel_the_set_up_cell_fails(tmp_path: Path, site: str) -> None:
    cells = [setup_cell(f"{site}wheels/dlcourse-9.9.9-py3-none-any.whl")]
    text = json.dumps(
        {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    )
    python = make_machine(tmp_path / "machine")
    with pytest.raises(CellExecutionError, match="No module named 'dlcourse'"):
        run_notebook(text, python, tmp_path)


def imports(source: str) -> Iterator[tuple[str, str]]:
    """List the modules that a cell imports, and what it takes from them."""
    code = "\n".join(line for line in source.splitlines() if "%pip" not in line)
    try:
        tree = ast.parse(
            code.replace("ModuleNotFoundError:", "ModuleNotFoundError: ...")
        )
    except SyntaxError:
        return  # a cell that shows how Python complains
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, "") for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from ((node.module or "", alias.name) for alias in node.names)


def all_imports(texts: list[str]) -> set[tuple[str, str]]:
    def sources(cells: list[dict[str, Any]]) -> Iterator[str]:
        for cell in cells:
            if cell["cell_type"] == "code":
                yield "".join(cell["source"])

    return {
        found
        for text in texts
        for source in sources(json.loads(text)["cells"])
        for found in imports(source)
    }


def test_all_chapters_and_exercises_import_only_what_is_there(
    root: Path, notebooks: dict[str, str], site: str, tmp_path: Path
) -> None:
    python = make_machine(tmp_path / "machine")

    def run(*words: str, **more: Any) -> str:
        done = subprocess.run(
            [str(python), "-I", *words],
            env=surroundings(tmp_path),
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=True,
            **more,
        )
        return done.stdout

    # With what the wheel requires: that, too, is there.
    run("-m", "pip", "install", "--quiet", f"{site}wheels/{wheel_name()}")
    released = [path.read_text() for path in root.glob("exercises/*/*.ipynb")]
    wanted = all_imports([*notebooks.values(), *released])
    assert {"torch", "matplotlib.pyplot", "dlcourse"} <= {one for one, _ in wanted}
    # All modules of the package, too; so none needs what was left out of the wheel.
    inside = packages_of(tmp_path / "machine")
    for file in sorted(inside.glob("dlcourse/**/*.py")):
        path = file.relative_to(inside).with_suffix("")
        wanted.add((".".join(path.parts).removesuffix(".__init__"), ""))
    assert run("-c", IMPORT, input=json.dumps(sorted(wanted))) == ""
    absent = [("sphinx", ""), ("nbgrader", ""), ("click", ""), ("dlcourse.publish", "")]
    assert run("-c", IMPORT, input=json.dumps(absent)).count("ModuleNotFound") == 4
