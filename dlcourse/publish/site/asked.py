"""The questions that readers ask in words of their own, for the search page.

``book/search.yml`` names sections and, for each, the words that lead there.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util import logging

_FILE = "book/search.yml"
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Place:
    """A section and the words that lead to it."""

    page: str
    section: str
    words: list[str]


def read(root: Path) -> list[Place]:
    """Read the file; a course without one has no such questions."""
    path = root / _FILE
    if not path.is_file():
        return []
    table = yaml.safe_load(path.read_text("utf-8")) or {}
    places = []
    for where, lines in table.items():
        page, _, section = str(where).partition("#")
        places.append(Place(page, section, [str(line) for line in lines or ()]))
    return places


def check(app: Sphinx, env: BuildEnvironment) -> None:
    """Warn of sections that are not there, before pages are written."""
    for place in read(Path(env.srcdir)):
        if _title(env, place) is None:
            _log.warning(
                "%s: %s has no section #%s; mend the name or take it out.",
                _FILE,
                place.page,
                place.section,
            )


def write(app: Sphinx, exception: Exception | None) -> None:
    """Write what the search page reads."""
    if exception is None and app.builder.format == "html":
        rows = json.dumps(list(_rows(app.env)), ensure_ascii=False)
        (Path(app.outdir) / "_static" / "asked.js").write_text(
            f"const ASKED = {rows};\n", encoding="utf-8"
        )


def _rows(env: BuildEnvironment) -> Iterator[dict[str, object]]:
    for place in read(Path(env.srcdir)):
        title = _title(env, place)
        if title is not None:
            yield {
                "page": place.page,
                "anchor": f"#{place.section}",
                "title": f"{env.titles[place.page].astext()} › {title}",
                "words": place.words,
            }


def _title(env: BuildEnvironment, place: Place) -> str | None:
    """Return a section's title, None if there is no such section."""
    if place.page not in env.tocs:
        return None
    for link in env.tocs[place.page].findall(nodes.reference):
        if link["anchorname"] == f"#{place.section}":
            return link.astext()
    return None
