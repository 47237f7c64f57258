"""Documents for printing: a chapter alone, a chapter of the book, the book's front."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from itertools import groupby
from pathlib import Path
from typing import Any

from dlcourse.publish.pdf.chapters import Book, Chapter
from dlcourse.publish.pdf.cover import drawing

_STYLE = Path(__file__).with_name("paper.css")
_FRONT_STYLE = Path(__file__).with_name("front.css")
# Code of this width surely fits the paper; longer lines may go on below, with a mark.
_COLUMNS = 84


def chapter_alone(book: Book, chapter: Chapter) -> str:
    """Write a chapter's document for a PDF of its own."""
    address = book.addresses.page(chapter.page)
    style = _boxes(
        top_left=_text(book.title),
        top_right=_text(address.split("://", 1)[-1]),
        bottom_left=_text(chapter.title),
        bottom_right='counter(page) " / " counter(pages)',
    )
    return _document(book, chapter.title, chapter.sheets, style, _frame(chapter))


def chapter_bound(book: Book, chapter: Chapter, first: int) -> str:
    """Write a chapter's document for the book.

    Args:
        book: the book.
        chapter: the chapter.
        first: the number of its first page.
    """
    style = _boxes(
        top_left=_text(chapter.title),
        top_right=_text(book.title),
        bottom_left=_text(chapter.part),
        bottom_right="counter(page)",
    )
    # Where a chapter opens, its title stands on the page already.
    style += (
        f"@page :first {{ counter-set: page {first};"
        " @top-left { content: none } @top-right { content: none } }"
    )
    return _document(book, chapter.title, chapter.sheets, style, _frame(chapter))


def settings(book: Book, chapter: Chapter, targets: Sequence[str]) -> dict[str, Any]:
    """Say what ``prepare.js`` has to know about a chapter.

    Args:
        book: the book.
        chapter: the chapter.
        targets: anchors in it that other chapters link to.
    """
    return {
        "online": book.addresses.page(chapter.page),
        "columns": _COLUMNS,
        "targets": list(targets),
    }


def front_settings() -> dict[str, Any]:
    """Say what ``prepare.js`` has to know about the book's front."""
    return {"online": "", "columns": _COLUMNS, "targets": []}


def cover(book: Book, date: str) -> str:
    """Write the cover: a document of its own, since its page has no margins.

    Args:
        book: the book.
        date: of the sources; may be empty.
    """
    style = "@page { margin: 0 }\n" + _FRONT_STYLE.read_text(encoding="utf-8")
    return _document(book, book.title, _sheets(book), style, _cover(book, date))


def front(book: Book, firsts: Sequence[int], date: str) -> str:
    """Write imprint and contents, which follow the cover.

    Args:
        book: the book.
        firsts: the number of each chapter's first page.
        date: of the sources; may be empty.
    """
    body = (
        f'<article class="bd-article"><section>{_imprint(book, date)}'
        f"{_contents(book, firsts)}</section></article>"
    )
    style = _boxes("none", "none", "none", "counter(page, lower-roman)")
    style += "@page :first { counter-set: page 2 }"
    style += f"\n{_FRONT_STYLE.read_text(encoding='utf-8')}"
    return _document(book, book.title, _sheets(book), style, body)


def _sheets(book: Book) -> str:
    """Return the style sheets of the first chapter, beside which the front stands."""
    return book.chapters[0].sheets if book.chapters else ""


def _document(book: Book, title: str, sheets: str, style: str, body: str) -> str:
    return (
        f'<!DOCTYPE html><html lang="{escape(book.language)}" data-theme="light" '
        f'data-mode="light"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        f"{sheets}<style>{_STYLE.read_text(encoding='utf-8')}\n{style}</style></head>"
        '<body><main class="bd-main"><div class="bd-content">'
        f'<div class="bd-article-container">{body}</div></div></main></body></html>'
    )


def _frame(chapter: Chapter) -> str:
    above = f'<p class="dl-part">{escape(chapter.part)}</p>' if chapter.part else ""
    return f'{above}<article class="bd-article">{chapter.article}</article>'


def _boxes(top_left: str, top_right: str, bottom_left: str, bottom_right: str) -> str:
    """Fill the margins of each page."""
    boxes = {
        "top-left": top_left,
        "top-right": top_right,
        "bottom-left": bottom_left,
        "bottom-right": bottom_right,
    }
    rules = " ".join(f"@{box} {{ content: {text} }}" for box, text in boxes.items())
    return f"@page {{ {rules} }}"


def _text(words: str) -> str:
    """Write words as CSS writes them."""
    kept = words.replace("\\", "\\\\").replace('"', '\\"').replace("<", "\\3c ")
    return f'"{" ".join(kept.split())}"'


def _cover(book: Book, date: str) -> str:
    lines = [book.author, date, book.addresses.site]
    shown = "".join(f"<p>{escape(line)}</p>" for line in lines if line)
    return (
        f'<div class="dl-cover">{drawing()}<div class="dl-cover-title">'
        f"{escape(book.title)}</div>"
        f'<div class="dl-cover-foot">{shown}</div></div>'
    )


def _imprint(book: Book, date: str) -> str:
    site = escape(book.addresses.site)
    when = f" as of {escape(date)}" if date else ""
    return (
        f'<div class="dl-imprint"><p><strong>{escape(book.title)}</strong>{when}</p>'
        f"<p>{escape(book.author)}</p><p>{escape(book.licence)}</p>"
        f'<p>This book is printed from the pages of <a href="{site}">{site}</a>. '
        "There each chapter runs, demonstrations move, and questions are marked with "
        "fresh numbers.</p><p>Answers to questions stand at the end of their chapter. "
        "Left out are cells that only draw a figure: the chapter’s notebook has them. "
        "A line of code that begins with ↪ belongs to the line above it.</p></div>"
    )


def _contents(book: Book, firsts: Sequence[int]) -> str:
    rows = []
    both = zip(book.chapters, firsts, strict=True)
    for part, chapters in groupby(both, key=lambda pair: pair[0].part):
        rows.append(f'<div class="dl-contents-part"><h2>{escape(part)}</h2><ul>')
        for chapter, first in chapters:
            below = ' class="dl-below"' if chapter.depth else ""
            rows.append(
                f'<li{below}><a href="{book.addresses.page(chapter.page)}">'
                f'<span>{escape(chapter.title)}</span><span class="dl-dots"></span>'
                f'<span class="dl-folio">{first}</span></a></li>'
            )
        rows.append("</ul></div>")
    return f'<div class="dl-contents"><h1>Contents</h1>{"".join(rows)}</div>'
