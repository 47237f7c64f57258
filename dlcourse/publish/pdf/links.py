"""Offer the PDFs on the pages; never one that does not say what the page says."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape
from pathlib import Path

from dlcourse.publish.pdf.chapters import Book, read_book
from dlcourse.publish.pdf.jobs import Jobs
from dlcourse.publish.pdf.shelf import Shelf, write_whole

FOLDER = "pdf"  # on the site
_OURS = re.compile(r"<!-- pdf -->.*?<!-- /pdf -->", re.DOTALL)
_MENU = re.compile(
    r'(<div class="dropdown dropdown-launch-buttons">.*?)(</ul>)', re.DOTALL
)
_BUTTONS = re.compile(r'(<div class="article-header-buttons">)()')
_FOOTER = re.compile(r'(<div class="bd-footer-content__inner[^>]*>)()')


def publish(root: Path, site: Path) -> list[str]:
    """Put the files that are up to date on the site, and link them from its pages.

    Args:
        root: the course's root folder.
        site: the folder of the built site.

    Returns:
        The names of the files that the site offers.
    """
    book, shelf = read_book(root, site), Shelf(root)
    jobs = Jobs(root, site, book)
    fresh: dict[str, bytes] = {}
    for chapter in book.chapters:
        name = f"{chapter.name}.pdf"
        if data := shelf.find(f"alone/{name}", jobs.mark_alone(chapter)):
            fresh[name] = data
    if data := shelf.find(book.file_name, jobs.mark_book()):
        fresh[book.file_name] = data
    folder = site / FOLDER
    for old in folder.glob("*.pdf"):
        if old.name not in fresh:
            old.unlink()
    for name, data in fresh.items():
        target = folder / name
        if not target.is_file() or target.read_bytes() != data:
            write_whole(target, data)
    _link(site, book, {name: len(data) for name, data in fresh.items()})
    return list(fresh)


def _link(site: Path, book: Book, sizes: dict[str, int]) -> None:
    """Link the files, and nothing else, from all pages."""
    names = {chapter.page: f"{chapter.name}.pdf" for chapter in book.chapters}
    for path in _pages(site):
        text = path.read_text(encoding="utf-8")
        changed = _OURS.sub("", text)
        page = path.relative_to(site).as_posix().removesuffix(".html")
        up = "../" * page.count("/")
        if (name := names.get(page)) in sizes:
            changed = _with_chapter(changed, f"{up}{FOLDER}/{name}", sizes[str(name)])
        if book.file_name in sizes:
            url = f"{up}{FOLDER}/{book.file_name}"
            changed = _with_book(changed, url, sizes[book.file_name])
        if changed != text:
            write_whole(path, changed.encode())


def _pages(site: Path) -> Iterable[Path]:
    return (
        path for path in sorted(site.rglob("*.html")) if "_static" not in path.parts
    )


def _with_chapter(text: str, url: str, size: int) -> str:
    """Add a chapter's link to its menu of ways to open it, or make a button of it."""
    words = f"Download PDF ({_megabytes(size)})"
    if _MENU.search(text):
        link = (
            f'<li><a href="{url}" class="btn btn-sm dropdown-item">'
            '<span class="btn__icon-container"><i class="fas fa-download"></i></span>'
            f'<span class="btn__text-container">{words}</span></a></li>'
        )
        return _insert(_MENU, text, link)
    link = (
        f'<a href="{url}" class="btn btn-sm pst-navbar-icon" title="{words}" '
        f'aria-label="{words}"><i class="fas fa-download"></i></a>'
    )
    return _insert(_BUTTONS, text, link)


def _with_book(text: str, url: str, size: int) -> str:
    """Add the book's link to the foot of a page."""
    link = f'<a href="{escape(url)}">The whole course as PDF</a> ({_megabytes(size)})'
    return _insert(_FOOTER, text, f'<div class="footer-item"><p>{link}</p></div>')


def _insert(place: re.Pattern[str], text: str, html: str) -> str:
    """Insert where the pattern's first group ends; marks show what is ours."""
    ours = f"<!-- pdf -->{html}<!-- /pdf -->"
    return place.sub(lambda found: found[1] + ours + found[2], text, count=1)


def _megabytes(size: int) -> str:
    return f"{max(size / 1e6, 0.1):.1f} MB"
