"""A question's Markdown as the HTML that learning-management systems show."""

from __future__ import annotations

import base64
import re
import subprocess
from collections.abc import Sequence
from html import escape
from typing import Literal

import pypandoc

from dlcourse.errors import CourseError
from dlcourse.exam.question import Question

Maths = Literal["mathjax", "mathml"]
_IMAGE = re.compile(r"^!\[([^\]]+)\]\(([a-z0-9-]+)\.svg\)$", re.MULTILINE)
_MARK = "DLCOURSE-NEXT-FRAGMENT"
# A label such as (a) is no list.
_READ = "markdown-auto_identifiers-implicit_figures-fancy_lists"


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
    result = subprocess.run(
        [
            pypandoc.get_pandoc_path(),
            "-f",
            _READ,
            "-t",
            "html4" if maths == "mathjax" else "html5",
            f"--{maths}",
            "--wrap=none",
            "--syntax-highlighting=none",
            "--fail-if-warnings",
        ],
        input=f"\n\n{_MARK}\n\n".join(pieces),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    if result.returncode != 0:
        said = " ".join(result.stderr.split())
        raise CourseError(f"Question {question.id}: pandoc says: {said}.")
    return [html.strip() for html in result.stdout.split(f"<p>{_MARK}</p>")]


def _embedded(found: re.Match[str], question: Question) -> str:
    """Write an image into the text itself, in black on white."""
    svg = question.images[found[2]].replace("currentColor", "#000000")
    data = base64.b64encode(svg.encode()).decode()
    return (
        f'~~~{{=html}}\n<p><img alt="{escape(found[1])}" '
        f'src="data:image/svg+xml;base64,{data}" /></p>\n~~~'
    )
