"""The same pages as Jupyter Book makes them if nobody says otherwise.

``python -m dlcourse.bench.pages.defaults FOLDER`` builds to ``FOLDER/_build/html``.
The module is also the Sphinx extension of that book: of our own it has the directives
without which the pages would lack their quizzes, demonstrations and exams.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import yaml
from sphinx.application import Sphinx

from dlcourse.errors import CourseError
from dlcourse.house import find_root
from dlcourse.publish.execute import open_cache
from dlcourse.publish.sphinx_ext import ExerciseLinks

_COPIED = ("book", "exercises", "solutions")
_FILES = ("_toc.yml", "nbgrader_config.py")
# What the pages say about themselves; the rest of _config.yml is how we show them.
_KEPT = ("title", "author", "only_build_toc_files", "repository", "parse")
_EXTENSIONS = ("quiz", "demos", "mock_exams")


def config(root: Path, cache: Path) -> dict[str, Any]:
    """Return the configuration of the book: Jupyter Book's own, where it can be.

    Args:
        root: the course's root folder.
        cache: the folder of executed notebooks.
    """
    ours = yaml.safe_load((root / "_config.yml").read_text(encoding="utf-8"))
    return {
        **{name: ours[name] for name in _KEPT},
        "execute": {"execute_notebooks": "cache", "cache": str(cache)},
        "html": {"use_repository_button": True},
        "launch_buttons": {
            "binderhub_url": "https://mybinder.org",
            "colab_url": "https://colab.research.google.com",
        },
        "sphinx": {
            "extra_extensions": [
                "dlcourse.bench.pages.defaults",
                *(f"dlcourse.publish.{name}" for name in _EXTENSIONS),
            ],
            "config": {
                "html_static_path": ["book/_static"],
                "html_css_files": ["quiz.css"],
            },
        },
    }


def build(root: Path, folder: Path) -> Path:
    """Build the book from what ``make book`` has executed.

    Args:
        root: the course's root folder.
        folder: a new folder for a copy of the sources and the book.

    Returns:
        The folder of the built pages.

    Raises:
        CourseError: if the folder is there already, or Jupyter Book fails.
    """
    if folder.exists():
        raise CourseError(f"{folder} exists already; name a new folder.")
    for name in _COPIED:
        if (root / name).is_dir():
            shutil.copytree(root / name, folder / name)
    for name in _FILES:
        shutil.copy(root / name, folder)
    settings = config(root, open_cache(root)[1])
    (folder / "_config.yml").write_text(yaml.safe_dump(settings), encoding="utf-8")
    package = Path(__file__).parents[3]
    done = subprocess.run(
        [Path(sys.executable).with_name("jupyter-book"), "build", str(folder)],
        env={**os.environ, "PYTHONPATH": str(package), "DLCOURSE_DATA": "offline"},
        capture_output=True,
        text=True,
        check=False,
    )
    site = folder / "_build" / "html"
    if done.returncode != 0 or not site.is_dir():
        raise CourseError(f"Jupyter Book failed: {done.stderr.strip()[-500:]}")
    return site


def setup(app: Sphinx) -> dict[str, bool]:
    """Register with Sphinx the one directive that stands in a larger extension."""
    app.add_directive("exercise-links", ExerciseLinks)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def main() -> None:
    """Build to the folder that the command line names."""
    try:
        if len(sys.argv) != 2:
            raise CourseError("Say where to build: a new folder.")
        print(build(find_root(), Path(sys.argv[1]).resolve()))
    except CourseError as error:
        print(f"dlcourse.bench.pages.defaults: {error}", file=sys.stderr)
        sys.exit(2)


if __name__ == "__main__":
    main()
