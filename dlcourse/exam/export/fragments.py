"""A question's Markdown as the HTML that learning-management systems show."""

from __future__ import annotations

import base64
import re
from collections.abc import Sequence
from html import escape
from typing import Literal

from dlcourse.exam.print.pandoc import convert
from dlcourse.exam.question import Question

Maths = Literal["mathjax", "mathml"]
_IMAGE = re.compile(r"^!\[([^\]]+)\]\(([a-z0-9-]+)\.svg\)$", re.MULTILINE)
_MARK = "DLCOURSE-NEXT-FRAGMENT"


def to_html(
    fragments: Sequence[str], question: Question, maths: Maths = "mathjax"
) -> list[str]:
    """Turn pieces of Markdown into HTML, in one run of pandoc.

    Args:
        fragments: Markdown; ``![words](NAME.svg)`` shows an image of the question.
        question: whose images they are.
        maths: ``mathjax`` keeps LaTeX in ``\\(…\\)`` and ``\\[…\\]``, which Moodle and
            Canvas set; ``mathml`` writes MathML, which is part of XHTML.

    Raises:
        CourseError: if pandoc cannot read one.
    """
    pieces = [_IMAGE.sub(lambda m: _embedded(m, question), text) for text in fragments]
    html = convert(
        f"\n\n{_MARK}\n\n".join(pieces),
        "html4" if maths == "mathjax" else "html5",
        f"--{maths}",
        "--wrap=none",
        "--syntax-highlighting=none",
        of=f"Question {question.id}",
    )
    return [one.strip() for one in html.split(f"<p>{_MARK}</p>")]


def _embedded(found: re.Match[str], question: Question) -> str:
    """Write an image into the text itself, in black on white."""
    svg = question.images[found[2]].replace("currentColor", "#000000")
    data = base64.b64encode(svg.encode()).decode()
    return (
        f'~~~{{=html}}\n<p><img alt="{escape(found[1])}" '
        f'src="data:image/svg+xml;base64,{data}" /></p>\n~~~'
    )
