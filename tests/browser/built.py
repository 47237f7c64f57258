"""What the pages of the built site hold: `python -m tests.browser.built` counts it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

_LINKS = {"href", "src", "poster", "action"}


@dataclass
class Table:
    """A table's heads, and which of them tell what they are heads of."""

    line: int
    heads: int = 0
    scoped: int = 0


@dataclass
class Built:
    """What one page holds that tests ask for.

    Attributes:
        path: the file, from the site's folder.
        lang: of the page.
        ids: all of them, in their order.
        links: what tags point to, with the line of each.
        headings: level and line of each heading in the text.
        pictures: alternative text and source of each picture in the text.
        tables: those in the text.
        landmarks: names of the elements and roles by which screen readers jump.
        formulas: boxes of formulas, and those of them with MathML.
    """

    path: str
    lang: str = ""
    ids: list[str] = field(default_factory=list)
    links: list[tuple[str, int]] = field(default_factory=list)
    headings: list[tuple[int, int]] = field(default_factory=list)
    pictures: list[tuple[str | None, str]] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    landmarks: list[str] = field(default_factory=list)
    formulas: int = 0
    spoken_formulas: int = 0


class _Reader(HTMLParser):
    """Fills a page in; what is in its text counts, not what stands around it."""

    def __init__(self, page: Built, text: str) -> None:
        super().__init__()
        self.page = page
        self.text = "article" if "<article" in text else "main"
        self.inside = 0  # the depth within the text
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        page, found = self.page, {name: value or "" for name, value in attrs}
        line = self.getpos()[0]
        if "id" in found:
            page.ids.append(found["id"])
        page.links += [(found[name], line) for name in _LINKS & found.keys()]
        if tag == "html":
            page.lang = found.get("lang", "")
        if tag in ("main", "nav", "header", "footer", "aside"):
            page.landmarks.append(tag)
        elif role := found.get("role"):
            page.landmarks.append(role)
        classes = found.get("class", "").split()
        page.formulas += "katex" in classes
        page.spoken_formulas += tag == "math"
        self.inside += tag == self.text
        if not self.inside:
            return
        if tag in ("h1", "h2", "h3", "h4", "h5", "h6"):
            page.headings.append((int(tag[1]), line))
        elif tag == "img":
            page.pictures.append((found.get("alt"), found.get("src", "")))
        elif tag == "table":
            page.tables.append(Table(line))
        elif tag == "th" and page.tables:
            page.tables[-1].heads += 1
            page.tables[-1].scoped += found.get("scope") in ("col", "row")

    def handle_endtag(self, tag: str) -> None:
        self.inside -= tag == self.text


def read_site(site: Path) -> dict[str, Built]:
    """Read all pages of a site, by their paths from its folder."""
    pages = {}
    for file in sorted(site.rglob("*.html")):
        page = Built(file.relative_to(site).as_posix())
        _Reader(page, file.read_text(encoding="utf-8"))
        pages[page.path] = page
    return pages


def dead_links(pages: dict[str, Built], site: Path, address: str) -> Iterator[str]:
    """List the links that lead to no file or no place in a page.

    Args:
        pages: those of the site.
        site: its folder.
        address: where it is published; links to there are its own, too.
    """
    ids = {path: set(page.ids) for path, page in pages.items()}
    for path, page in pages.items():
        for link, line in page.links:
            target = own(link, path, address)
            if target is None:
                continue
            file, anchor = target
            if not (site / file).is_file():
                yield f"{path}:{line}: {link} leads to no file"
            elif anchor and file in ids and anchor not in ids[file]:
                yield f"{path}:{line}: {link} leads to no place in {file}"


def own(link: str, path: str, address: str) -> tuple[str, str] | None:
    """Return the file and the place in it to which a link leads; None if elsewhere."""
    whole = urljoin(urljoin(address, path), link)
    if not whole.startswith(address):
        return None
    parts = urlsplit(whole[len(address) :])
    file = unquote(parts.path)
    if not file or file.endswith("/"):
        file += "index.html"
    return file, unquote(parts.fragment)


def main() -> None:
    """Count what the built site holds."""
    from dlcourse.publish.addresses import read_addresses

    root = Path()
    site, address = root / "_build" / "html", read_addresses(root).site
    pages = read_site(site)
    links = [
        target
        for path, page in pages.items()
        for link, _ in page.links
        if (target := own(link, path, address)) is not None
    ]
    dead = list(dead_links(pages, site, address))
    counts = {
        "pages": len(pages),
        "notebooks": len(list(site.glob("notebooks/**/*.ipynb"))),
        "links within the site": len(links),
        "different ones": len(set(links)),
        "to a place in a page": sum(bool(anchor) for _, anchor in links),
        "dead": len(dead),
        "headings": sum(len(page.headings) for page in pages.values()),
        "pictures": sum(len(page.pictures) for page in pages.values()),
        "tables": sum(len(page.tables) for page in pages.values()),
        "formulas": sum(page.formulas for page in pages.values()),
    }
    for name, count in counts.items():
        print(f"{count:8,} {name}")
    print("\n".join(dead))


if __name__ == "__main__":
    main()
