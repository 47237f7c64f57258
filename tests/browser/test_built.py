"""All pages of the built site at once: where links lead, what screen readers find."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest

from dlcourse.publish.addresses import read_addresses
from tests.browser.built import Built, dead_links, own, read_site

PAPERS = "book/revision/mock-exams/"
# These tell where to go on, and have no place in the tree of pages.
APART = {"404.html", "index.html"}


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[str, Built]:
    return read_site(site)


@pytest.fixture(scope="module")
def course(pages: dict[str, Built]) -> dict[str, Built]:
    """The pages less those that are laid out for printing or shown within others."""
    return {
        path: page
        for path, page in pages.items()
        if not path.startswith((PAPERS, "_static/")) and path not in APART
    }


def test_every_link_of_every_page_leads_to_a_file_and_a_place_in_it(
    pages: dict[str, Built], site: Path, root: Path
) -> None:
    address = read_addresses(root).site
    links = [
        own(link, path, address)
        for path, page in pages.items()
        for link, _ in page.links
    ]
    inside = [link for link in links if link is not None]
    assert len(pages) >= 60
    assert len(inside) > 5_000
    assert sum(bool(anchor) for _, anchor in inside) > 1_000
    assert list(dead_links(pages, site, address)) == []


def test_dead_links_are_found(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(
        '<main id="top"><a href="b.html"></a><a href="#top"></a><a href="#no"></a>\n'
        '<img src="c.png"><a href="https://here.org/x/a.html#nor"></a>'
        '<a href="https://elsewhere.org/"></a></main>'
    )
    found = list(dead_links(read_site(tmp_path), tmp_path, "https://here.org/x/"))
    assert [line.partition(" ")[0] for line in found] == [
        *["a.html:1:"] * 2,
        *["a.html:2:"] * 2,
    ]


def test_every_id_is_there_once(course: dict[str, Built]) -> None:
    for path, page in course.items():
        twice = {id_ for id_ in page.ids if page.ids.count(id_) > 1}
        assert not twice, path


def test_headings_are_a_tree_with_one_root(pages: dict[str, Built]) -> None:
    for path, page in pages.items():
        levels = [level for level, _ in page.headings]
        if path == "index.html":
            continue
        assert levels.count(1) == 1, f"{path}: {levels.count(1)} of h1"
        for (above, _), (below, line) in pairwise(page.headings):
            assert below <= above + 1, f"{path}:{line}: h{below} after h{above}"


def test_tables_say_which_cells_are_heads_and_of_what(
    course: dict[str, Built],
) -> None:
    tables = [(path, table) for path, page in course.items() for table in page.tables]
    assert len(tables) > 50
    for path, table in tables:
        assert table.heads == table.scoped > 0, f"{path}:{table.line}: {table}"


def test_formulas_can_be_read_out(course: dict[str, Built]) -> None:
    assert sum(page.formulas for page in course.values()) > 1_000
    for path, page in course.items():
        assert page.formulas == page.spoken_formulas, path


def test_pictures_are_described(pages: dict[str, Built]) -> None:
    pictures = [
        (path, alt, source)
        for path, page in pages.items()
        for alt, source in page.pictures
    ]
    assert len(pictures) > 200
    for path, alt, source in pictures:
        assert alt is not None, f"{path}: {source}"
        assert len(alt.split()) >= 4, f"{path}: {source} is described as {alt!r}"
        assert not re.search(r"\.(png|svg|jpe?g|webp)\b", alt), f"{path}: {alt}"


def test_pages_have_a_language_and_landmarks(course: dict[str, Built]) -> None:
    for path, page in course.items():
        assert page.lang == "en-GB", path
        assert page.landmarks.count("main") == 1, path
        assert {"nav", "footer"} <= set(page.landmarks), path
