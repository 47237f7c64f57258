"""Terms of the glossary in chapters: a link at first use, with the meaning as a tip."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform

_GLOSSARY = "book/reference/glossary"
_CHAPTERS = "book/labs/"
_ENTRY = re.compile(
    r"^(?P<name>[^\s:][^\n]*)\n: (?P<text>(?:[^\n]+\n?)+)", re.MULTILINE
)
# Words that mostly mean something else where they stand in a chapter.
_EVERYDAY = {"View", "Leaf", "Detach", "Discrimination", "Facility"}
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
# Text in these is shown as it is.
_LEFT_ALONE = (
    nodes.title,
    nodes.reference,
    addnodes.pending_xref,
    addnodes.download_reference,
    nodes.literal,
    nodes.literal_block,
    nodes.math,
    nodes.raw,
    nodes.term,
    nodes.table,
)


@dataclass(frozen=True)
class Term:
    """A term: name, anchor in the glossary, and its meaning in a sentence or two."""

    name: str
    anchor: str
    meaning: str

    @property
    def pattern(self) -> re.Pattern[str]:
        """Match any of its names as a whole word, in the plural too, in any case.

        ``Recurrent network (RNN)`` and ``Kernel, filter`` are two names each.
        """
        names = [name for name in re.split(r", | \(|\)", self.name) if name]
        either = "|".join(re.escape(name).replace(r"\ ", r"\s+") for name in names)
        return re.compile(rf"(?<![\w-])(?:{either})s?(?![\w-])", re.IGNORECASE)


@functools.lru_cache(maxsize=2)
def read_terms(text: str) -> tuple[Term, ...]:
    """Read the entries of a glossary, the longest names first.

    Args:
        text: Markdown with definition lists: a term on one line, ``: meaning`` below.
    """
    terms = [
        Term(found["name"].strip(), anchor(found["name"]), _plain(found["text"]))
        for found in _ENTRY.finditer(text)
        if found["name"].strip() not in _EVERYDAY
    ]
    # "Computational graph" comes before "graph" can take its second word.
    return tuple(sorted(terms, key=lambda term: -len(term.name)))


def anchor(name: str) -> str:
    """Return the id of a term's place in the glossary."""
    return "term-" + re.sub(r"\W+", "-", name.lower()).strip("-")


def _plain(markdown: str) -> str:
    """Return the text without the links to labs at its end, and without marks."""
    text = " ".join(markdown.split())
    text = re.sub(r"(?:,?\s*\[[^\]]*\]\([^)]*\))+\s*$", "", text)
    return re.sub(r"[`*$\\]", "", _LINK.sub(r"\1", text)).strip()


class TermAnchors(SphinxTransform):
    """Give each term of the glossary a place that links can lead to."""

    default_priority = 860

    def apply(self, **kwargs: Any) -> None:
        """Add the ids."""
        if self.env.docname == _GLOSSARY:
            for term in self.document.findall(nodes.term):
                term["ids"].append(anchor(term.astext()))


class TermLinks(SphinxTransform):
    """Link the first use of each term in a chapter."""

    default_priority = 861

    def apply(self, **kwargs: Any) -> None:
        """Wrap the terms of this page."""
        glossary = Path(self.env.srcdir) / f"{_GLOSSARY}.md"
        if not self.env.docname.startswith(_CHAPTERS) or not glossary.is_file():
            return
        self.env.note_dependency(str(glossary))
        waiting = list(read_terms(glossary.read_text(encoding="utf-8")))
        for text in list(self.document.findall(nodes.Text)):
            if waiting and _is_prose(text):
                _wrap(text, waiting)


def _is_prose(text: nodes.Text) -> bool:
    node = text.parent
    inside = False
    while node is not None:
        if isinstance(node, _LEFT_ALONE):
            return False
        inside = inside or isinstance(node, nodes.paragraph)
        node = node.parent
    return inside


def _wrap(text: nodes.Text, waiting: list[Term]) -> None:
    """Replace a text by itself with links; the terms found wait no longer."""
    pieces: list[nodes.Node] = [text]
    for term in list(waiting):
        for place, piece in enumerate(pieces):
            if not isinstance(piece, nodes.Text):
                continue
            found = term.pattern.search(piece)
            if found is None:
                continue
            pieces[place : place + 1] = [
                nodes.Text(piece[: found.start()]),
                _link(term, found[0]),
                nodes.Text(piece[found.end() :]),
            ]
            waiting.remove(term)
            break
    if len(pieces) > 1:
        kept = [p for p in pieces if not isinstance(p, nodes.Text) or str(p)]
        text.parent.replace(text, kept)


def _link(term: Term, words: str) -> nodes.Element:
    """Make a link that shows the meaning while it is pointed at or has the focus."""
    start = (
        f'<a class="dl-term" href="../reference/glossary.html#{term.anchor}" '
        f'data-tip="{escape(term.meaning)}">'
    )
    return nodes.inline(
        "",
        "",
        nodes.raw("", start, format="html"),
        nodes.Text(words),
        nodes.raw("", "</a>", format="html"),
    )


def setup(app: Sphinx) -> dict[str, bool]:
    """Register with Sphinx."""
    app.add_transform(TermAnchors)
    app.add_transform(TermLinks)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
