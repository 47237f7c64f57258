"""The few pieces of layout that a document needs, in Typst and in HTML.

Documents are Markdown for pandoc; what Markdown lacks stands in raw blocks.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from html import escape
from typing import Literal

from dlcourse.exam.question import Question

Target = Literal["typst", "html"]
_IMAGE = re.compile(r"^!\[([^\]]+)\]\(([a-z0-9-]+)\.svg\)$", re.MULTILINE)


@dataclass
class Document:
    """Markdown for one target, written piece by piece.

    Args:
        target: typst or html.
        title: the document's.

    Attributes:
        images: SVG texts by file name, which the Typst form reads.
    """

    target: Target
    title: str
    images: dict[str, str] = field(default_factory=dict)
    _pieces: list[str] = field(default_factory=list)

    def raw(self, typst: str = "", html: str = "") -> None:
        """Add markup of the target."""
        text = typst if self.target == "typst" else html
        if text:
            self._pieces.append(f"~~~~{{={self.target}}}\n{text}\n~~~~")

    def text(self, markdown: str, question: Question | None = None) -> None:
        """Add Markdown, with the pictures of a question."""
        images = question.images if question else {}
        place = 0
        for found in _IMAGE.finditer(markdown):
            self._add(markdown[place : found.start()])
            name = f"{question.id if question else ''}-{found[2]}.svg"
            self._picture(name, images[found[2]], found[1])
            place = found.end()
        self._add(markdown[place:])

    def _add(self, markdown: str) -> None:
        if markdown.strip():
            self._pieces.append(markdown.strip())

    def _picture(self, name: str, svg: str, words: str) -> None:
        self.images[name] = svg
        labelled = svg.replace(
            "<svg ", f'<svg role="img" aria-label="{escape(words)}" ', 1
        )
        self.raw(
            f"#picture({json.dumps(name)}, {json.dumps(words, ensure_ascii=False)})",
            f'<div class="picture">{labelled}</div>',
        )

    def heading(self, words: str, aside: str, markdown: str = "") -> None:
        """Add a part's heading, something at its right, and what to do in the part."""
        self.raw(
            f"#part[{quoted(words)}][{quoted(aside)}][",
            f"<h2>{escape(words)} <span>{escape(aside)}</span></h2>",
        )
        self.text(markdown)
        self.raw("]")

    def begin(self, number: str, aside: str, whole: bool = False) -> None:
        """Begin a question; the whole of it stays on one page where asked for."""
        self.raw(
            f"#{'question' if whole else 'entry'}[{quoted(number)}][{quoted(aside)}][",
            f'<section class="question"><h3>{escape(number)} '
            f"<span>{escape(aside)}</span></h3>",
        )

    def end(self) -> None:
        """End a question."""
        self.raw("]", "</section>")

    def item(self, label: str, markdown: str, state: str = "") -> None:
        """Add a line with a label before it: an option, a blank, a criterion."""
        self.raw(
            f"#item[{quoted(label)}]{f'[{quoted(state)}]' if state else '[]'}[",
            f'<div class="item {escape(state)}"><span class="label">{escape(label)}'
            "</span><div>",
        )
        self.text(markdown)
        self.raw("]", "</div></div>")

    def markdown(self) -> str:
        """Return all pieces as one text."""
        return "\n\n".join(self._pieces) + "\n"


def quoted(words: str) -> str:
    """Write plain words as Typst content, whatever signs they hold."""
    return f"#{json.dumps(words, ensure_ascii=False)}"
