"""The built site on paper: each chapter as a PDF, and the whole course as one.

``press`` goes through the pages, ``run`` through what has to be printed. ``chapters``
reads what there is, ``compose`` puts a document for printing together, ``chromium``
prints it, with ``prepare.js`` at work in the document. ``bind`` makes one file of what
was printed, ``structure`` keeps its tags and ``pack`` writes it small and always the
same. ``shelf`` remembers what is printed and ``jobs`` from what, so that only changes
are printed again, and ``links`` offers the files on the pages.

As a Sphinx extension it does the last step alone: a site that is built anew offers
those of the printed files that still say what the pages say.
"""

from __future__ import annotations

from pathlib import Path

from sphinx.application import Sphinx

from dlcourse.publish.pdf.links import publish
from dlcourse.publish.pdf.shelf import Shelf


def _offer(app: Sphinx, exception: Exception | None) -> None:
    """Offer the printed files on a site that was just built."""
    root = Path(app.srcdir)
    if exception is None and app.builder.format == "html" and Shelf(root).used:
        publish(root, Path(app.outdir))


def setup(app: Sphinx) -> dict[str, bool]:
    """Register with Sphinx."""
    # When all else has been written and no page changes any more.
    app.connect("build-finished", _offer, priority=950)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
