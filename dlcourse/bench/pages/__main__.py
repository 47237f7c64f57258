"""Measure pages: ``python -m dlcourse.bench.pages --help``."""

from __future__ import annotations

import os
import platform
import sys
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any

import click

from dlcourse.bench.pages import books, lighthouse, page
from dlcourse.bench.pages.serve import serve
from dlcourse.errors import CourseError
from dlcourse.house import find_root


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--get", is_flag=True, help="Install Lighthouse, nothing else.")
@click.option("--lighthouse", "tool", type=Path, help="Folder of an installed one.")
@click.option("--runs", default=3, show_default=True, type=click.IntRange(min=1))
@click.option("--book", "chosen", multiple=True, help="One beside ours: NAME=FOLDER.")
@click.option("--mathjax", type=Path, help="Folder of npm's package mathjax.")
@click.option("--only", default="", help="Only pages of this kind or address.")
@click.option("--write", is_flag=True, help="Publish the result in the book.")
def measure(
    get: bool,
    tool: Path | None,
    runs: int,
    chosen: tuple[str, ...],
    mathjax: Path | None,
    only: str,
    write: bool,
) -> None:
    """Weigh the site's pages and let Lighthouse judge them."""
    root = find_root()
    if get:
        lighthouse.get(root)
        return
    if only and write:
        raise CourseError("--write wants all pages: leave out --only.")
    tools = lighthouse.find_tools(tool or root / lighthouse.FOLDER)
    rows: list[dict[str, Any]] = []
    for name, folder in books.folders(list(chosen), root).items():
        book = books.BOOKS[name]
        copies = book.copy_of_mathjax(mathjax)
        with serve(folder, copies, book.mathjax) as address:
            for kind, path in book.pages.items():
                if only not in path and only not in kind:
                    continue
                for form in lighthouse.FORMS:
                    counted, again = lighthouse.visits(
                        tools, f"{address}/{path}", form, runs
                    )
                    where = {"book": name, "page": kind, "form": form}
                    found = lighthouse.median(counted)
                    rows.append({**where, **found, "again": again})
                    click.echo(page.line(rows[-1]))
    record = {
        "date": date.today().isoformat(),
        "machine": {
            "system": f"{platform.system()} {platform.machine()}",
            "cores": len(os.sched_getaffinity(0)),
            "Lighthouse": tools.version,
            "Jupyter Book": version("jupyter-book"),
        },
        "rows": rows,
    }
    if write:
        click.echo(f"Written: {page.publish(root, record)}")


def main() -> None:
    """Run the command line; bad input is one sentence and exit status 2."""
    try:
        measure(standalone_mode=False)
    except CourseError as error:
        click.echo(f"dlcourse.bench.pages: {error}", err=True)
        sys.exit(2)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        click.echo("dlcourse.bench.pages: stopped.", err=True)
        sys.exit(130)


if __name__ == "__main__":
    main()
