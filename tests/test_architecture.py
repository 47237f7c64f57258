"""Who may import whom: the arrows hold, and the check would notice a wrong one."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

# One import that breaks each contract of pyproject.toml, by the contract's name.
VIOLATIONS = {
    "data, figures, device and glue know nothing of the rest": (
        "figures.py",
        "import dlcourse.publish",
    ),
    "data, figures, device and glue do not know each other": (
        "figures.py",
        "import dlcourse.device",
    ),
    "autograd_graph knows figures only": (
        "autograd_graph.py",
        "import dlcourse.data",
    ),
    "exam knows data at most": ("exam/__init__.py", "import dlcourse.figures"),
    "publish and grading do not know each other": (
        "publish/__init__.py",
        "import dlcourse.grading",
    ),
    "only cli knows all": ("grading/__init__.py", "import dlcourse.cli"),
    "lms knows grading at most": ("lms/__init__.py", "import dlcourse.publish"),
    "only cli knows lms": ("grading/__init__.py", "import dlcourse.lms"),
    "only cli knows privacy": ("exam/__init__.py", "import dlcourse.privacy"),
    "only cli knows report": ("exam/__init__.py", "import dlcourse.report"),
    "what Colab runs needs no Jupyter tooling": ("glue.py", "import jupytext"),
}


def lint_imports(config: Path, package: Path) -> tuple[int, str]:
    """Run import-linter on the package below a folder; return status and output."""
    code = (
        "import sys; sys.path.insert(0, sys.argv[2]); "
        "from importlinter.cli import lint_imports; "
        "sys.exit(lint_imports(config_filename=sys.argv[1], no_cache=True))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(config), str(package)],
        cwd=package,
        capture_output=True,
        text=True,
        timeout=200,
    )
    return done.returncode, done.stdout + done.stderr


def contracts() -> list[str]:
    with (ROOT / "pyproject.toml").open("rb") as file:
        settings = tomllib.load(file)
    return [c["name"] for c in settings["tool"]["importlinter"]["contracts"]]


def test_the_arrows_hold() -> None:
    status, said = lint_imports(ROOT / "pyproject.toml", ROOT)
    assert status == 0, said
    assert f"Contracts: {len(contracts())} kept, 0 broken" in said, said


def test_every_contract_has_a_violation_here() -> None:
    assert sorted(VIOLATIONS) == sorted(contracts())


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    shutil.copytree(
        ROOT / "dlcourse",
        tmp_path / "dlcourse",
        ignore=shutil.ignore_patterns("__pycache__", "fonts"),
    )
    return tmp_path


def test_a_wrong_arrow_is_noticed(copy: Path) -> None:
    for name, line in VIOLATIONS.values():
        file = copy / "dlcourse" / name
        file.write_text(file.read_text(encoding="utf-8") + f"\n{line}\n")
    status, said = lint_imports(ROOT / "pyproject.toml", copy)
    assert status == 1, said
    for contract in contracts():
        assert f"{contract} BROKEN" in said, said


def test_what_students_import_needs_no_tooling() -> None:
    # What a session need not hold.
    tooling = (
        "click rich yaml jupytext nbformat nbclient nbgrader sphinx jupyter_book "
        "jupyter_cache myst_nb importlinter IPython matplotlib_inline"
    )
    code = f"""
import sys
class Missing:
    @staticmethod
    def find_spec(name, path=None, target=None):
        if name.split(".")[0] in {tooling.split()}:
            raise ModuleNotFoundError("missing: " + name, name=name)

sys.meta_path.insert(0, Missing)
import dlcourse
from dlcourse import autograd_graph, data, figures, glue
from dlcourse.device import device
import dlcourse.exam
figures.use_style()
glue("number", 1.0, ".1f")
device()
data.digits(train=False, limit=4)[0]
"""
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=200,
    )
    assert done.returncode == 0, done.stderr
