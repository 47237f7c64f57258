"""Small courses with the real configuration and styles, for tests that build them."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path


def small_course(
    root: Path, house: Path, pages: Mapping[str, str], front: str = "# Front\n"
) -> Path:
    """Write a course into an empty folder.

    Args:
        root: of the course whose configuration and styles are taken.
        house: the folder.
        pages: texts by their names below ``book``, in the order of the contents.
        front: the text of the front page.

    Returns:
        The folder.
    """
    shutil.copy(root / "_config.yml", house)
    shutil.copytree(root / "book" / "_static", house / "book" / "_static")
    (house / "nbgrader_config.py").write_text("")
    (house / "exercises").mkdir()
    names = "".join(f"  - file: book/{name}\n" for name in pages)
    (house / "_toc.yml").write_text(
        f"format: jb-book\nroot: book/index\nchapters:\n{names}"
    )
    for name, text in {"index": front, **pages}.items():
        path = house / "book" / f"{name}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return house
