"""What links of a page may lead to: pages, labels, headings, terms and files."""

from __future__ import annotations

import functools
import posixpath
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from docutils.nodes import make_id
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from myst_parser.config.main import MdParserConfig
from myst_parser.mdit_to_docutils.base import default_slugify
from myst_parser.parsers.mdit import create_md_parser

from dlcourse.errors import CourseError
from dlcourse.publish.addresses import Addresses
from dlcourse.publish.myst_cells import split_page

# As in _config.yml; what decides where a block begins and ends.
EXTENSIONS = frozenset(
    ("amsmath", "attrs_inline", "colon_fence", "deflist", "dollarmath", "fieldlist")
)
_LABEL = re.compile(r"^\((?P<name>[^()]+)\)=\s*$")
_HEADING = re.compile(r"^(?P<level>#{1,6})\s+(?P<title>.*?)(?:\s+#+)?\s*$")
_NOT_IN_ID = re.compile(r"[^a-zA-Z0-9._]+")
_FOREIGN = re.compile(r"^(https?:|mailto:)", re.IGNORECASE)


@dataclass(frozen=True)
class Target:
    """A place on the site.

    Attributes:
        page: the page, such as ``book/labs/lab01-tensors``.
        anchor: the id in its HTML; empty for the page itself.
        title: the heading there in Markdown; empty where there is none.
        line: of the heading in the page's source, from 1.
    """

    page: str
    anchor: str
    title: str
    line: int


@dataclass
class Targets:
    """All that the pages of a course offer to links.

    Attributes:
        root: the course's root folder.
        addresses: where the site and the sources are.
        headings: each page's headings, in order.
        slugs: each page's headings by the name that ``#name`` gives; None where two
            headings share it.
        labels: labels, in lower case.
        terms: terms of glossaries, in lower case.
    """

    root: Path
    addresses: Addresses
    headings: dict[str, list[Target]] = field(default_factory=dict)
    slugs: dict[str, dict[str, Target | None]] = field(default_factory=dict)
    labels: dict[str, Target] = field(default_factory=dict)
    terms: dict[str, Target] = field(default_factory=dict)

    def address(self, target: Target) -> str:
        """Return the target's address on the site."""
        return self.addresses.page(target.page, target.anchor)

    def section(self, page: str, line: int) -> Target:
        """Find the section of a page in which a line stands."""
        above = [one for one in self.headings[page] if one.line <= line]
        return above[-1] if above else Target(page, "", "", 0)

    def label(self, name: str) -> Target | None:
        """Find a label; None if no page has it."""
        return self.labels.get(" ".join(name.lower().split()))

    def document(self, name: str, page: str) -> Target | None:
        """Find a page by its name, from a page's folder or, after a slash, the root."""
        folder = "" if name.startswith("/") else posixpath.dirname(page)
        joined = posixpath.normpath(posixpath.join(folder, name.lstrip("/")))
        found = joined.removesuffix(".md")
        if found not in self.headings:
            return None
        title = self.headings[found][0].title if self.headings[found] else ""
        return Target(found, "", title, 1)

    def link(self, target: str, page: str) -> tuple[str, str] | None:
        """Resolve the target of a Markdown link.

        Args:
            target: what stands between the round brackets.
            page: the page on which it stands.

        Returns:
            An absolute address, and the title of what is there, which may be empty.
            None if the target is nowhere.
        """
        if _FOREIGN.match(target):
            return target, ""
        path, _, anchor = target.partition("#")
        if path and not anchor and not path.endswith(".md") and self.label(path):
            found = self.label(path)
        elif path:
            found = self.document(path, page)
            if found is None:
                return self._file(path, page)
            if anchor:
                found = self.slugs[found.page].get(anchor)
        else:
            found = self.slugs[page].get(anchor) or self.label(anchor)
        return (self.address(found), found.title) if found else None

    def picture(self, path: str, page: str) -> str | None:
        """Return the address of a picture; None if its file does not exist."""
        if _FOREIGN.match(path):
            return path
        found = self._path(path, page)
        return self.addresses.raw(found) if found else None

    def _file(self, path: str, page: str) -> tuple[str, str] | None:
        found = self._path(path, page)
        return (
            (self.addresses.source(found), posixpath.basename(found)) if found else None
        )

    def _path(self, path: str, page: str) -> str | None:
        """Return a file's path from the root; None if it is not there."""
        folder = "" if path.startswith("/") else posixpath.dirname(page)
        found = posixpath.normpath(posixpath.join(folder, path.lstrip("/")))
        inside = not found.startswith("..") and (self.root / found).is_file()
        return found if inside else None


def read_targets(root: Path, pages: Iterable[str], addresses: Addresses) -> Targets:
    """Read what pages offer to links.

    Args:
        root: the course's root folder.
        pages: their paths from it, without ``.md``.
        addresses: where the site and the sources are.

    Returns:
        The targets.

    Raises:
        CourseError: if a label stands twice, or a fence of a page is not closed.
    """
    targets = Targets(root, addresses)
    for page in pages:
        _read(page, (root / f"{page}.md").read_text(encoding="utf-8"), targets)
    return targets


def _read(page: str, text: str, targets: Targets) -> None:
    """Add one page's headings, labels and terms."""
    prose, fences = split_page(text, f"{page}.md")
    headings = targets.headings.setdefault(page, [])
    slugs = targets.slugs.setdefault(page, {})
    waiting: list[tuple[str, int]] = []
    for number, line in prose:
        if label := _LABEL.match(line):
            waiting.append((label["name"], number))
        elif heading := _HEADING.match(line):
            plain, slug = _names(heading["title"])
            here = Target(page, make_id(plain), heading["title"], number)
            # A second heading of one name gets an id from docutils that tells nothing.
            slugs[slug] = None if slug in slugs else here
            headings.append(here)
            _label(waiting, here, targets)
        elif line.strip():
            _label(waiting, Target(page, "", "", number), targets)
    _label(waiting, Target(page, "", "", 0), targets)
    for fence in fences:
        if fence.info.startswith("{glossary}"):
            for at, term in enumerate(fence.body, start=fence.line + 1):
                if term.strip() and not term.startswith((" ", ":")):
                    name = term.split(" : ")[0].strip()
                    anchor = _NOT_IN_ID.sub("-", f"term-{name}").strip("-")
                    targets.terms[name.lower()] = Target(page, anchor, name, at)


def _label(waiting: list[tuple[str, int]], here: Target, targets: Targets) -> None:
    """Give the labels above a place to it."""
    for name, line in waiting:
        key = " ".join(name.lower().split())
        if key in targets.labels:
            first = targets.labels[key]
            raise CourseError(
                f"{here.page}.md, line {line}: the label {name} stands in "
                f"{first.page}.md already; rename one of them."
            )
        targets.labels[key] = Target(here.page, make_id(key), here.title, line)
    waiting.clear()


def _names(title: str) -> tuple[str, str]:
    """Return a heading's text and the name that a link ``#name`` calls it by."""
    children = parser(inline=True).parseInline(title)[0].children or []
    kinds = ("text", "code_inline")
    named = "".join(child.content for child in children if child.type in kinds)
    return "".join(child.content for child in children), default_slugify(named)


@functools.cache
def parser(inline: bool = False) -> MarkdownIt:
    """Return the parser of the book's Markdown.

    Args:
        inline: whether it looks into paragraphs, too.
    """
    # Typographic quotes decide what an id looks like.
    more, less = (["smartquotes"], []) if inline else ([], ["inline"])
    config = MdParserConfig(enable_extensions={*EXTENSIONS, *more}, disable_syntax=less)
    return create_md_parser(config, RendererHTML)
