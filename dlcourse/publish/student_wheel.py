"""The wheel that Colab installs: what notebooks import of ``dlcourse``, no more."""

from __future__ import annotations

import functools
import os
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement

from dlcourse.errors import CourseError

_PACKAGE = Path(__file__).parent.parent
_IN_WHEEL = (
    "__init__.py",
    "autograd_graph.py",
    "course.mplstyle",
    "device.py",
    "errors.py",
    "exam_plot.py",
    "figures.py",
    "fonts",
    "glue.py",
    "data",
    "exam",
)
# These make papers and files for other systems, with tools that students do not need.
_NOT_IN_WHEEL = ("exam/print", "exam/export", "exam/write.py")
# The oldest time that a zip file can hold; the same bytes at each build.
_TIME = "315532800"


@functools.cache
def _project() -> dict[str, Any]:
    file = _PACKAGE.parent / "pyproject.toml"
    if not file.is_file():
        raise CourseError(
            f"{file} does not exist; build the site in a clone of the course, with "
            "dlcourse installed by `pip install -e .`."
        )
    found: dict[str, Any] = tomllib.loads(file.read_text(encoding="utf-8"))["project"]
    return found


def wheel_name() -> str:
    """Return the wheel's file name.

    Raises:
        CourseError: if the package does not stand in a clone of the course.
    """
    return f"{_project()['name']}-{_project()['version']}-py3-none-any.whl"


def packed_files(package: Path = _PACKAGE) -> Iterator[Path]:
    """List the package's files that go into the wheel, as paths from the package."""
    for name in sorted(_IN_WHEEL):
        entry = package / name
        for file in [entry] if entry.is_file() else sorted(entry.rglob("*")):
            path = file.relative_to(package)
            out = path.as_posix().startswith(_NOT_IN_WHEEL) or file.suffix == ".pyc"
            if file.is_file() and not out:
                yield path


def build_wheel(folder: Path) -> Path:
    """Build the wheel: the same bytes at each time.

    It requires neither versions nor PyTorch itself, so that installing it changes
    nothing of what Colab has.

    Args:
        folder: where to put it; it is made if need be.

    Returns:
        The wheel's path.

    Raises:
        CourseError: if the package does not stand in a clone of the course, or the
            program ``wheel`` is not installed or fails.
    """
    project = _project()
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        stage = Path(name) / "stage"
        about = stage / f"{project['name']}-{project['version']}.dist-info"
        about.mkdir(parents=True)
        for path in packed_files():
            target = stage / "dlcourse" / path
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(_PACKAGE / path, target)
        (about / "WHEEL").write_text(
            "Wheel-Version: 1.0\nGenerator: dlcourse\nRoot-Is-Purelib: true\n"
            "Tag: py3-none-any\n"
        )
        (about / "METADATA").write_text(_metadata(project))
        shutil.copyfile(_PACKAGE.parent / "LICENSE", about / "LICENSE")
        for file in stage.rglob("*"):
            file.chmod(0o755 if file.is_dir() else 0o644)
        done = subprocess.run(
            [sys.executable, "-m", "wheel", "pack", stage, "--dest-dir", name],
            env={**os.environ, "SOURCE_DATE_EPOCH": _TIME},
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode != 0:
            said = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
            raise CourseError(
                f"The wheel for Colab was not built: {said}; install the build's tools "
                "by `pip install -r requirements.txt`."
            )
        wheel = folder / wheel_name()
        draft = wheel.with_name(f".{wheel.name}.new")
        shutil.copyfile(Path(name) / wheel.name, draft)
        draft.replace(wheel)
    return wheel


def _metadata(project: dict[str, Any]) -> str:
    needs = {Requirement(one).name for one in project["dependencies"]}
    # Pip would go through all that an installed torch names, and fetch what is missing.
    needs -= {"torch", "torchvision"}
    lines = [
        "Metadata-Version: 2.1",
        f"Name: {project['name']}",
        f"Version: {project['version']}",
        f"Summary: {project['description']}",
        f"License: {project['license']}",
        f"Requires-Python: {project['requires-python']}",
        *(f"Requires-Dist: {name}" for name in sorted(needs)),
    ]
    return "\n".join(lines) + "\n"
