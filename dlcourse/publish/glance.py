"""What a chapter takes, at a glance: a line below its title."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from docutils import nodes
from myst_nb.sphinx_ import NbMetadataCollector
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform

_CHAPTERS = "book/labs/"
_MINUTES = re.compile(r"\b(?:about|takes?)\s+(?:(\d+)\s+minutes|an\s+hour)", re.I)
# What chapters call, and what a reader calls it.
_SETS = {
    "digits": "digits (MNIST)",
    "fashion": "Fashion-MNIST",
    "cifar": "CIFAR-10",
    "words": "Penn Treebank",
}


def glance(text: str, cell_seconds: float | None) -> list[tuple[str, str]]:
    """Read off a chapter what it takes.

    Args:
        text: its source.
        cell_seconds: how long its cells took when they were last run, in seconds.

    Returns:
        Pairs of what is told and what it is.
    """
    told = []
    minutes = _MINUTES.search(text.partition("## Time and what it needs")[2])
    if minutes:
        told.append(("Reading", f"{minutes[1] or 60} min"))
    if cell_seconds:
        told.append(("Cells", f"{max(1, round(cell_seconds))} s on a CPU"))
    if "dlcourse.device()" in text:
        told.append(("GPU", "used if there is one"))
    else:
        told.append(("GPU", "not needed"))
    sets = [name for call, name in _SETS.items() if f"data.{call}(" in text]
    told.append(("Data", ", ".join(sets) or "made on the page"))
    return told


class GlanceLine(SphinxTransform):
    """Put the line below the title of each chapter."""

    default_priority = 400

    def apply(self, **kwargs: Any) -> None:
        """Insert it."""
        if not self.env.docname.startswith(_CHAPTERS):
            return
        title = next(self.document.findall(nodes.title), None)
        if title is None:
            return
        text = Path(self.env.doc2path(self.env.docname)).read_text(encoding="utf-8")
        result = NbMetadataCollector.get_exec_data(self.env, self.env.docname)
        told = glance(text, result["runtime"] if result else None)
        items = "".join(
            f"<div><dt>{what}</dt><dd>{is_}</dd></div>" for what, is_ in told
        )
        line = nodes.raw("", f'<dl class="dl-glance">{items}</dl>', format="html")
        title.parent.insert(title.parent.index(title) + 1, line)


def setup(app: Sphinx) -> dict[str, bool]:
    """Register with Sphinx."""
    app.add_transform(GlanceLine)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
