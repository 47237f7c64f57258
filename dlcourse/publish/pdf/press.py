"""Print what changed, put the book together, and offer both on the site."""

from __future__ import annotations

import time
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from dlcourse.errors import CourseError
from dlcourse.publish.pdf.chapters import read_book
from dlcourse.publish.pdf.chromium import printer
from dlcourse.publish.pdf.jobs import Jobs
from dlcourse.publish.pdf.links import FOLDER, publish
from dlcourse.publish.pdf.shelf import Shelf


def print_site(root: Path, names: Sequence[str] = ()) -> list[Path]:
    """Print chapters of the built site, and the book.

    Args:
        root: the course's root folder.
        names: pages to print; all of them and the book if there are none.

    Returns:
        The files, below ``_build/html/pdf``.

    Raises:
        CourseError: if there is no site, no Chromium, no Playwright or no such page.
    """
    site = root / "_build" / "html"
    book = read_book(root, site)
    chosen = book.chosen(names) if names else list(book.chapters)
    if find_spec("pypdf") is None:
        raise CourseError("Printing needs pypdf: pip install 'dlcourse[pdf]'.")
    from dlcourse.publish.pdf.run import Run

    console = Console(soft_wrap=True)
    begin = time.perf_counter()
    with (
        printer(site, book.addresses.site) as press,
        Progress(
            TextColumn("printing"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.description}"),
            console=console,
            transient=True,
        ) as progress,
    ):
        run = Run(book, Jobs(root, site, book), Shelf(root), press)
        steps = len(chosen) if names else 2 * len(chosen) + 1
        task = progress.add_task("", total=steps)
        for note in run.documents(chosen, whole=not names):
            progress.update(task, advance=1, description=note.title)
            progress.console.print(
                f"{note.word:>8} {note.pages:5} pages {note.size / 1e6:6.1f} MB  "
                f"{note.title}"
            )
    offered = publish(root, site)
    console.print(
        f"Printed {run.printed} documents in {time.perf_counter() - begin:.1f} s."
    )
    wanted = [f"{chapter.name}.pdf" for chapter in chosen]
    wanted += [] if names else [book.file_name]
    return [site / FOLDER / name for name in wanted if name in offered]
