"""Markdown and HTML that somebody else wrote, made safe to show on a page.

``clean`` and ``markdown_to_html`` are filters of nbconvert's templates. They take the
place of its own, which let scripts through. A filter sees the finished HTML, because
Markdown that looks harmless can become a script, and code or maths in Markdown can look
like one.
"""

from __future__ import annotations

import html
import re
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import bleach  # type: ignore[import-untyped]
from bleach.css_sanitizer import CSSSanitizer  # type: ignore[import-untyped]
from bs4 import BeautifulSoup
from jinja2 import pass_context
from jinja2.runtime import Context
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

from dlcourse.grading.feedback.maths import mathml
from dlcourse.grading.feedback.pictures import attached, beside, is_embedded

MOST_MARKUP = 200_000  # characters of one cell or output
_TAGS = frozenset(
    (
        *("a", "abbr", "b", "blockquote", "br", "caption", "code", "col", "colgroup"),
        *("dd", "del", "details", "div", "dl", "dt", "em", "h1", "h2", "h3", "h4"),
        *("h5", "h6", "hr", "i", "img", "ins", "kbd", "li", "mark", "ol", "p", "pre"),
        *("q", "s", "samp", "small", "span", "strong", "sub", "summary", "sup"),
        *("table", "tbody", "td", "tfoot", "th", "thead", "tr", "u", "ul", "var"),
    )
)
# With their content: as text it would only be noise.
_DROPPED = ("script", "style", "template", "iframe", "object", "embed", "noscript")
_PLAIN = frozenset(("alt", "title", "colspan", "rowspan", "start", "scope", "open"))
# No position, size, margin or opacity: nothing may cover, push away or hide the rest.
_STYLES = (
    "background-color",
    "color",
    "font-style",
    "font-weight",
    "text-align",
    "text-decoration",
    "vertical-align",
)
# Those of highlighted code and of pandas. Others would borrow the page's own styles.
_CLASS = re.compile(r"highlight|dataframe|err|hll|[a-z]{1,2}\d?")
_LINK = re.compile(r"(https?://|mailto:|#)", re.IGNORECASE)


class Safe(str):
    """HTML that has been cleaned."""


def clean(markup: object) -> Safe:
    """Clean HTML: text, tables, code, links and embedded pictures stay.

    Scripts, frames, forms, event handlers, ``javascript:`` links, pictures from
    elsewhere, ids, and styles that could cover the page all go.

    Args:
        markup: HTML, as text or UTF-8 bytes.
    """
    if isinstance(markup, Safe):
        return markup
    text = markup.decode("utf-8", "replace") if isinstance(markup, bytes) else markup
    return _clean(str(text))


@pass_context
def markdown_to_html(context: Context | Mapping[str, Any], source: str) -> Safe:
    """Turn a cell's Markdown into clean HTML, with maths as MathML.

    Args:
        context: of the template: the cell, for pictures pasted into it, and the
            resources, for those that lie beside the notebook.
        source: the Markdown.
    """
    cell = context.get("cell") or {}
    path = (context.get("resources") or {}).get("metadata", {}).get("path", "")
    renderer = _Renderer(cell.get("attachments"), path)
    rendered = MarkdownWithMath(renderer=renderer).render(source[:MOST_MARKUP])
    cleaned = _clean(rendered, forbidden=renderer.token)
    # The maths goes in last: what cleans HTML knows no MathML.
    return Safe(
        re.sub(
            rf"{renderer.token}n(\d+)n",
            lambda found: renderer.formulas[int(found[1])],
            cleaned,
        )
    )


def _clean(markup: str, forbidden: str = "\0") -> Safe:
    """Clean HTML; attributes that hold the forbidden text go."""
    soup = BeautifulSoup(markup[:MOST_MARKUP], "html.parser")
    for tag in soup(_DROPPED):
        tag.decompose()
    for picture in soup("img"):
        if not is_embedded(str(picture.get("src", ""))):
            picture.decompose()

    def allow(tag: str, name: str, value: str) -> bool:
        return forbidden not in value and _allowed(tag, name, value)

    return Safe(
        bleach.clean(
            str(soup),
            tags=_TAGS,
            attributes=allow,
            protocols=("http", "https", "mailto", "data"),
            strip=True,
            css_sanitizer=CSSSanitizer(_STYLES, ()),
        )
    )


def _allowed(tag: str, name: str, value: str) -> bool:
    if name == "href":
        return tag == "a" and bool(_LINK.match(value))
    if name == "src":
        return tag == "img" and is_embedded(value)
    if name in ("width", "height"):
        return tag in ("img", "col") and bool(re.fullmatch(r"\d{1,4}", value))
    if name == "class":
        return all(map(_CLASS.fullmatch, value.split()))
    return name in _PLAIN or name == "style"


class _Renderer(IPythonRenderer):  # type: ignore[misc]
    """nbconvert's renderer, which sets maths aside and fetches nothing."""

    def __init__(self, attachments: object, path: str) -> None:
        pasted = attachments if isinstance(attachments, dict) else {}
        super().__init__(
            escape=False, attachments=pasted, path=path, exclude_anchor_links=True
        )
        # Nobody can write it beforehand, so it stands for formulas of this page only.
        self.token = f"maths{secrets.token_hex(8)}"
        self.formulas: list[str] = []

    def inline_math(self, body: str) -> str:
        return self._set_aside(f"${body}$", body, as_block=False)

    def block_math(self, body: str) -> str:
        return self._set_aside(f"$${body}$$", body, as_block=True)

    def latex_environment(self, name: str, body: str) -> str:
        written = rf"\begin{{{name}}}{body}\end{{{name}}}"
        return self._set_aside(written, written, as_block=True)

    def _set_aside(self, written: str, body: str, as_block: bool) -> str:
        fallback = f"<code>{html.escape(written)}</code>"
        self.formulas.append(mathml(body, as_block) or fallback)
        return f"{self.token}n{len(self.formulas) - 1}n"

    def image(self, text: str, url: str, title: str | None = None) -> str:
        if url.startswith("attachment:"):
            url = attached(self.attachments, url.removeprefix("attachment:"))
        elif _LINK.match(url):
            return f'(picture: <a href="{html.escape(url)}">{html.escape(url)}</a>)'
        elif not url.startswith("data:"):
            url = beside(Path(self.path), url)
        if not is_embedded(url):
            return f"(picture missing: {text})"
        return f'<img src="{url}" alt="{html.escape(text)}">'
