"""Chapters as notebooks for Colab, Binder and download."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jupyter_cache.cache.main import JupyterCacheBase
from nbformat import NotebookNode
from sphinx_external_toc.parsing import parse_toc_yaml

from dlcourse.errors import CourseError
from dlcourse.publish.addresses import EXERCISES, NOTEBOOKS, WHEELS, read_addresses
from dlcourse.publish.execute import find_record, read_page
from dlcourse.publish.exported_blocks import plain
from dlcourse.publish.exported_inline import Page, plain_text
from dlcourse.publish.exported_setup import COLAB, exercise_for_colab, setup_cell
from dlcourse.publish.exported_targets import Targets, read_targets
from dlcourse.publish.student_wheel import wheel_name

_GLUED = "application/papermill.record/text/plain"
_UNSEEN = {"remove-cell", "remove-input"}
_FAILS = '# This cell fails on purpose. If "Run all" stops here, go on below.'
_KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}
_LANGUAGE = {"name": "python", "pygments_lexer": "ipython3"}


@dataclass(frozen=True)
class Chapter:
    """A page with code that readers see.

    Attributes:
        page: its path from the root, without ``.md``.
        notebook: its cells as MyST-NB reads them.
    """

    page: str
    notebook: NotebookNode

    @property
    def path(self) -> str:
        """The notebook's path on the site."""
        return f"{NOTEBOOKS}/{self.page.rsplit('/', 1)[-1]}.ipynb"


def find_chapters(root: Path) -> list[Chapter]:
    """Find the pages that become notebooks: those of the contents that show code.

    Args:
        root: the course's root folder.

    Returns:
        The pages, in the order of the table of contents.

    Raises:
        CourseError: if two of them have the same name.
    """
    found: dict[str, Chapter] = {}
    for page in parse_toc_yaml(root / "_toc.yml"):
        notebook = read_page(root / f"{page}.md")
        if notebook is None or not any(map(_is_seen, notebook.cells)):
            continue
        chapter = Chapter(page, notebook)
        if chapter.path in found:
            raise CourseError(
                f"{page}.md and {found[chapter.path].page}.md would both become "
                f"{chapter.path}; rename one of them."
            )
        found[chapter.path] = chapter
    return list(found.values())


def _is_seen(cell: NotebookNode) -> bool:
    return cell.cell_type == "code" and _UNSEEN.isdisjoint(
        cell.metadata.get("tags", ())
    )


def course_targets(root: Path) -> Targets:
    """Read what the links of a course's pages may lead to.

    Raises:
        CourseError: if a page cannot be read.
    """
    return read_targets(root, parse_toc_yaml(root / "_toc.yml"), read_addresses(root))


def glued_numbers(chapter: Chapter, cache: JupyterCacheBase) -> dict[str, str] | None:
    """Look up what a page's cells glued when it was executed.

    Args:
        chapter: the page.
        cache: where the build keeps executed pages.

    Returns:
        The values by name, as the page shows them; None if it was not executed.
    """
    record = find_record(chapter.notebook, cache)
    if record is None:
        return None
    found = {}
    for cell in cache.get_cache_bundle(record.pk).nb.cells:
        for output in cell.get("outputs", ()):
            name = output.get("metadata", {}).get("scrapbook", {}).get("name")
            if name and _GLUED in output.data:
                found[name] = output.data[_GLUED].strip("'")
    return found


def export(
    chapter: Chapter, targets: Targets, numbers: Mapping[str, str] | None = None
) -> str:
    """Make a page into a notebook: the same bytes at each time and on any machine.

    Args:
        chapter: the page.
        targets: what its links may lead to.
        numbers: what its cells glued, for the text. They come from the run that made
            the page on the site, so page and notebook say the same; without them the
            text says where to look instead.

    Returns:
        The notebook as JSON, without outputs.

    Raises:
        CourseError: if the page holds something that has no place in a notebook; the
            sentence names the line.
    """
    page = Page(chapter.page, targets, numbers)
    wheel = targets.addresses.file(f"{WHEELS}/{wheel_name()}")
    cells = [setup_cell(wheel), *_cells(chapter, page)]
    metadata: dict[str, Any] = {
        "colab": COLAB,
        "kernelspec": _KERNEL,
        "language_info": _LANGUAGE,
    }
    if accelerator := chapter.notebook.metadata.get("accelerator"):
        if accelerator != "GPU":
            raise page.fault(1, f"accelerator: {accelerator} is not GPU; mend it.")
        metadata["accelerator"] = accelerator
    notebook = {
        "cells": cells,
        "metadata": metadata,
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return json.dumps(notebook, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def _cells(chapter: Chapter, page: Page) -> Iterator[dict[str, Any]]:
    """Make the page's cells, one by one."""
    yield _markdown("origin", _origin(page))
    file = page.targets.root / f"{page.name}.md"
    lines = file.read_text(encoding="utf-8").splitlines()
    starts = chapter.notebook.metadata["source_map"]  # counted from 0
    for number, (cell, start) in enumerate(
        zip(chapter.notebook.cells, starts, strict=True), start=1
    ):
        name = f"cell-{number:03d}"
        if cell.cell_type == "code":
            yield _code(name, cell)
        elif cell.cell_type == "markdown":
            # The reader has taken blank lines off the beginning.
            first = next(at for at in range(start, len(lines)) if lines[at].strip())
            if text := plain(cell.source, first + 1, page):
                yield _markdown(name, text)
        else:
            raise page.fault(start, "a raw cell has no place in a notebook; remove it.")


def _origin(page: Page) -> str:
    """Say where a notebook comes from."""
    top = page.targets.document(f"/{page.name}", page.name)
    title = plain_text(top.title, 1, page) if top and top.title else page.name
    said = (
        f"This notebook is [{title}]({page.targets.addresses.page(page.name)}), a page "
        "of the course; there it can be read with all results."
    )
    if page.numbers:
        said += (
            " Numbers in the text are those of the run that made the page; yours may "
            "differ, above all with other data."
        )
    return f"{said} Text and figures: CC BY 4.0. Code: BSD-3-Clause."


def _markdown(name: str, text: str) -> dict[str, Any]:
    return {
        "cell_type": "markdown",
        "id": name,
        "metadata": {},
        "source": text.splitlines(keepends=True),
    }


def _code(name: str, cell: NotebookNode) -> dict[str, Any]:
    """Make a code cell; what the page hides is folded in Colab and in JupyterLab."""
    tags = set(cell.metadata.get("tags", ()))
    metadata: dict[str, Any] = {}
    source: str = cell.source
    if tags & {"hide-input", "hide-cell", *_UNSEEN}:
        draws = "mystnb" in cell.metadata
        title = "Code that draws the figure" if draws else "Code that the page folds"
        source = f"# @title {title}\n{source}"
        metadata = {"cellView": "form", "jupyter": {"source_hidden": True}}
    if "raises-exception" in tags:
        # Jupyter goes on after such a cell; Colab does not know the tag.
        metadata["tags"] = ["raises-exception"]
        source = f"{_FAILS}\n{source}"
    return {
        "cell_type": "code",
        "execution_count": None,
        "id": name,
        "metadata": metadata,
        "outputs": [],
        "source": source.splitlines(keepends=True),
    }


def export_all(
    root: Path, cache: JupyterCacheBase | None
) -> Iterator[tuple[str, str | CourseError]]:
    """Make all notebooks of a course, chapters first.

    Args:
        root: the course's root folder.
        cache: where the build keeps executed pages; None to do without their numbers.

    Yields:
        Each notebook's path on the site and its text, or why there is none.

    Raises:
        CourseError: if the pages cannot be read.
    """
    targets = course_targets(root)
    for chapter in find_chapters(root):
        numbers = glued_numbers(chapter, cache) if cache is not None else None
        try:
            yield chapter.path, export(chapter, targets, numbers)
        except CourseError as error:
            yield chapter.path, error
    wheel = targets.addresses.file(f"{WHEELS}/{wheel_name()}")
    for released in sorted(root.glob("exercises/*/*.ipynb")):
        if released.stem == released.parent.name:
            text = exercise_for_colab(released.read_text(encoding="utf-8"), wheel)
            yield f"{EXERCISES}/{released.name}", text
