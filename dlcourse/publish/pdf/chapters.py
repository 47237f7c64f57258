"""What there is to print: the pages of a built site, in the order of its contents."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import unescape
from pathlib import Path

import yaml
from sphinx_external_toc.parsing import parse_toc_yaml

from dlcourse.errors import CourseError
from dlcourse.publish.addresses import Addresses, read_addresses

_ARTICLE = re.compile(r'<article class="bd-article">(.*?)</article>', re.DOTALL)
_TITLE = re.compile(r"<h1>(.*?)(?:<a class=\"headerlink\"|</h1>)", re.DOTALL)
_SHEET = re.compile(r'<link\b[^>]*\brel="stylesheet"[^>]*>')
_HREF = re.compile(r'<a\b[^>]*\bhref="([^"#]*)#([^"]+)"')


@dataclass(frozen=True)
class Chapter:
    """A page of the built site.

    Args:
        page: its path on the site without the ending, such as ``book/labs/lab09``.
        part: the part of the book that it belongs to; may be empty.
        depth: 0 for a page of the part, 1 for a page below such a page.
        title: its first heading.
        article: the HTML of its text.
        sheets: the elements that load its style sheets.
    """

    page: str
    part: str
    depth: int
    title: str
    article: str
    sheets: str

    @property
    def name(self) -> str:
        """What the command line and the file call it."""
        return self.page.rsplit("/", 1)[-1]

    def foreign_targets(self) -> Iterator[tuple[str, str]]:
        """List the places on other pages that it links to: page and anchor."""
        for path, anchor in _HREF.findall(self.article):
            if path.endswith(".html") and ":" not in path:
                yield _resolved(self.page, path), unescape(anchor)


@dataclass(frozen=True)
class Book:
    """A built site as a book.

    Args:
        title: the title of the course.
        author: who wrote it.
        licence: one line, without marks.
        language: of the text, such as ``en-GB``.
        addresses: where the site is published.
        chapters: all pages but the front page, in order.
    """

    title: str
    author: str
    licence: str
    language: str
    addresses: Addresses
    chapters: tuple[Chapter, ...]

    @property
    def file_name(self) -> str:
        """The name of the file that holds all chapters."""
        return re.sub(r"[^a-z0-9]+", "-", self.title.lower()).strip("-") + ".pdf"

    def chosen(self, names: Sequence[str]) -> list[Chapter]:
        """Find chapters by their names.

        Raises:
            CourseError: if there is none of that name; the sentence lists all.
        """
        known = {chapter.name: chapter for chapter in self.chapters}
        for name in names:
            if name not in known:
                raise CourseError(
                    f"There is no page {name} to print; pages: {', '.join(known)}."
                )
        return [chapter for chapter in self.chapters if chapter.name in names]

    def targets(self) -> dict[str, list[str]]:
        """List for each page the anchors that other pages link to."""
        found: dict[str, set[str]] = {}
        for chapter in self.chapters:
            for page, anchor in chapter.foreign_targets():
                found.setdefault(page, set()).add(anchor)
        return {page: sorted(anchors) for page, anchors in found.items()}


def read_book(root: Path, site: Path) -> Book:
    """Read a built site.

    Args:
        root: the course's root folder.
        site: the folder of the built site.

    Raises:
        CourseError: if the site was not built, or lacks a page.
    """
    if not (site / "index.html").is_file():
        raise CourseError(
            f"{_shown(site, root)} holds no site to print; run `make book` first."
        )
    config = yaml.safe_load((root / "_config.yml").read_text(encoding="utf-8")) or {}
    chapters = [_read_chapter(root, site, *place) for place in _places(root)]
    names = [chapter.name for chapter in chapters]
    for name in names:
        if names.count(name) > 1:
            raise CourseError(
                f"_toc.yml: two pages are named {name}, and would be one PDF; "
                "rename one of them."
            )
    settings = (config.get("sphinx") or {}).get("config") or {}
    footer = str((config.get("html") or {}).get("extra_footer") or "")
    return Book(
        title=str(config.get("title") or "Course"),
        author=str(config.get("author") or ""),
        licence=_plain(footer),
        language=str(settings.get("language") or "en"),
        addresses=read_addresses(root),
        chapters=tuple(chapters),
    )


def _places(root: Path) -> Iterator[tuple[str, str, int]]:
    """List the pages of the table of contents: page, part, depth."""
    contents = parse_toc_yaml(root / "_toc.yml")

    def below(page: str, part: str, depth: int) -> Iterator[tuple[str, str, int]]:
        yield page, part, depth
        for tree in contents[page].subtrees:
            for item in tree.items:
                yield from below(str(item), part, depth + 1)

    for tree in contents.root.subtrees:
        for item in tree.items:
            yield from below(str(item), str(tree.caption or ""), 0)


def _read_chapter(root: Path, site: Path, page: str, part: str, depth: int) -> Chapter:
    path = site / f"{page}.html"
    text = path.read_text(encoding="utf-8") if path.is_file() else ""
    article, title = _ARTICLE.search(text), _TITLE.search(text)
    if article is None or title is None:
        raise CourseError(
            f"{_shown(path, root)} is missing or holds no text to print; run "
            "`make book` again."
        )
    # Variants of a question that only the page's script would show.
    kept = re.sub(r"<template>.*?</template>", "", article[1], flags=re.DOTALL)
    sheets = "".join(_SHEET.findall(text))
    return Chapter(page, part, depth, _plain(title[1]), kept, sheets)


def _plain(html: str) -> str:
    """Return the words of a piece of HTML."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def _resolved(page: str, path: str) -> str:
    """Return the page that a relative link leads to."""
    parts = page.split("/")[:-1]
    for part in path.removesuffix(".html").split("/"):
        if part == "..":
            parts = parts[:-1]
        elif part != ".":
            parts.append(part)
    return "/".join(parts)


def _shown(path: Path, root: Path) -> str:
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else str(path)
