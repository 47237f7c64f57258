"""The command ``dlcourse pdf``."""

from __future__ import annotations

import click

from dlcourse.house import find_root


@click.command()
@click.argument("pages", nargs=-1)
def pdf(pages: tuple[str, ...]) -> None:
    """Print the built site as PDF: each chapter, and the whole book.

    PAGES are names of pages, such as lab09-recurrent: print only these, not the book.
    What did not change since it was printed is not printed again.
    """
    from dlcourse.publish.pdf.press import print_site

    root = find_root()
    for path in print_site(root, pages)[-1:]:
        click.echo(f"Written: {path.parent}, such as {path.name}")
