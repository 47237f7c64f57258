"""What the site's extension does to pages, in a small book of their own."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest

from dlcourse.errors import CourseError
from dlcourse.publish.addresses import read_addresses
from dlcourse.publish.book import build
from dlcourse.publish.site.access import with_sizes
from tests.publish.houses import small_course

FRONT = """---
myst:
  html_meta:
    description: A "course" of two pages & no more.
---

# Front

Words.
"""
PAGE = """# Page

The first paragraph holds $x$ and says nothing.

The second tells what the page is about.

```python
x = 1  # one
```

## A section

| | a | b | c |
|---|---|---|---|
| x | 1 | 2 | 3 |
| y | 4 | 5 | 6 |
| z | 7 | 8 | 9 |

| left | right |
|---|---|
| 1 | 2 |
"""
PLAIN = "# Plain\n\nNo code, no table.\n"
ASKED = "book/page#a-section:\n  - why nothing works\n"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory, root: Path) -> Callable[..., Path]:
    def make(asked: str = ASKED) -> Path:
        pages = {"page": PAGE, "plain": PLAIN}
        house = small_course(root, tmp_path_factory.mktemp("house"), pages, FRONT)
        (house / "book" / "search.yml").write_text(asked)
        return house

    return make


@pytest.fixture(scope="module")
def site(house: Callable[..., Path]) -> Path:
    return build(house()).parent


@pytest.fixture(scope="module")
def start(root: Path) -> str:
    return read_addresses(root).site


def text(site: Path, name: str) -> str:
    return (site / name).read_text(encoding="utf-8")


def tags(html: str) -> dict[str, str]:
    """Return a page's meta tags."""
    pattern = (
        r'<meta (?:content="([^"]*)" )?(?:name|property)="([^"]+)"'
        r'(?: content="([^"]*)")?'
    )
    return {
        name: unescape(before or after)
        for before, name, after in re.findall(pattern, html)
    }


def test_pages_say_where_they_are_and_what_a_preview_shows(
    site: Path, start: str
) -> None:
    front = text(site, "book/index.html")
    assert f'<link rel="canonical" href="{start}book/index.html"' in front
    shown = tags(front)
    assert shown["og:title"] == "Front"
    assert shown["og:type"] == "website"
    assert shown["og:url"] == f"{start}book/index.html"
    assert shown["og:description"] == 'A "course" of two pages & no more.'
    image = shown["og:image"].removeprefix(start)
    assert (site / image).read_bytes().startswith(b"\x89PNG")
    assert (site / image).stat().st_size < 60_000
    assert front.count('name="description"') == 1


def test_a_page_without_a_description_gets_its_first_words(site: Path) -> None:
    shown = tags(text(site, "book/page.html"))
    assert shown["description"] == "The second tells what the page is about."
    assert shown["og:description"] == shown["description"]
    assert shown["og:type"] == "article"


def test_the_sitemap_lists_all_pages_and_no_search(site: Path, start: str) -> None:
    found = ET.parse(site / "sitemap.xml").findall(".//{*}loc")
    listed = [element.text for element in found]
    assert listed == [f"{start}book/{n}.html" for n in ("index", "page", "plain")]
    assert f"Sitemap: {start}sitemap.xml\n" in text(site, "robots.txt")
    for name in ("search.html", "genindex.html", "404.html"):
        assert tags(text(site, name))["robots"] == "noindex", name
    assert "robots" not in tags(text(site, "book/page.html"))


def test_the_first_address_leads_to_the_front_page(site: Path, start: str) -> None:
    html = text(site, "index.html")
    assert 'content="0; url=book/index.html"' in html
    assert '<html lang="en-GB">' in html
    assert tags(html)["og:url"] == f"{start}book/index.html"


def test_all_pages_ask_for_one_sheet_and_no_script_without_use(site: Path) -> None:
    for name in ("book/index", "book/page", "book/plain", "search"):
        html = text(site, f"{name}.html")
        sheets = re.findall(r'rel="stylesheet"[^>]*href="([^"?]+)', html)
        assert [Path(sheet).name for sheet in sheets] == ["site.css"], name
        scripts = re.findall(r'<script[^>]*src="[^"]*?([^/"?]+\.js)', html)
        assert "fontawesome.js" not in scripts
        assert ("copybutton.js" in scripts) is (name == "book/page")
        assert ("searchindex.js" in scripts) is (name == "search")
        # Nothing stops the page from being drawn.
        assert not re.search(r"<script (?!defer)[^>]*\bsrc=", html), name
    assert not (site / "_static" / "scripts" / "fontawesome.js").exists()
    assert not list(site.rglob("*.map"))


def test_an_empty_corner_makes_heads_of_the_first_column(site: Path) -> None:
    first, second = re.findall(
        r"<table.*?</table>", text(site, "book/page.html"), re.DOTALL
    )
    assert "<td></td>" in first.split("</thead>")[0]
    assert re.findall(r'<th scope="(\w+)"[^>]*><p>(\w)', first) == [
        *(("col", letter) for letter in "abc"),
        *(("row", letter) for letter in "xyz"),
    ]
    assert 'scope="row"' not in second
    assert second.count('scope="col"') == 2


def test_figures_have_a_size(tmp_path: Path) -> None:
    picture = tmp_path / "a.svg"
    picture.write_text(
        '<svg xmlns="x" width="300pt" height="150.2pt" viewBox="0 0 1 1">'
    )
    page = '<img alt="A line" src="../_images/a.svg" /><img src="b.svg" />'
    assert with_sizes(page, {"a.svg": picture}) == (
        '<img width="400" height="200" alt="A line" src="../_images/a.svg" />'
        '<img src="b.svg" />'
    )


def test_one_changed_page_is_made_alone_and_looks_as_before(
    house: Callable[..., Path],
) -> None:
    root = house()
    site = build(root).parent
    sheet, page = text(site, "_static/site.css"), text(site, "book/page.html")
    (root / "book" / "plain.md").write_text(PLAIN + "\nOne line more.\n")
    build(root)
    assert "One line more" in text(site, "book/plain.html")
    assert text(site, "book/page.html") == page
    assert text(site, "_static/site.css") == sheet


def test_a_question_that_leads_nowhere_stops_the_build(
    house: Callable[..., Path], capfd: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(CourseError, match="Sphinx failed or warned"):
        build(house("book/page#no-such:\n  - why\n"))
    said = capfd.readouterr().err
    assert "book/search.yml: book/page has no section #no-such; mend the name" in said
