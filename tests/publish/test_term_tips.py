"""Terms of the glossary in chapters: once a page, in prose only, with their meaning."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from dlcourse.publish.book import build
from dlcourse.publish.term_tips import anchor, read_terms
from tests.publish.houses import small_course

GLOSSARY = """# Glossary

Adam
: An optimiser with $m$ and *v*. [Lab 8](../labs/lab.md), [Lab 7](../labs/lab.md)

Kernel, filter
: The weights that slide
  over a picture. [Lab 5](../labs/lab.md)

Recurrent network (RNN)
: A network with a memory.

View
: The same memory, in another shape.
"""
CHAPTER = """# Adam and the kernel

## About Adam

Here `Adam` is code, [Adam](../reference/glossary.md) a link, and Adamant no name. Use
Adam, and Adam again. In our view, filters and RNNs come first; kernels later.

| Adam |
|---|
| a kernel |
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, root: Path) -> Path:
    pages = {"labs/lab": CHAPTER, "reference/glossary": GLOSSARY}
    folder = tmp_path_factory.mktemp("house")
    house = small_course(
        root, folder, pages, front="# Front\n\nAdam stays plain here.\n"
    )
    return build(house).parent / "book"


def tips(html: str) -> list[tuple[str, str, str]]:
    return re.findall(
        r'<a class="dl-term" href="([^"]+)" data-tip="([^"]+)">([^<]+)</a>', html
    )


def test_the_first_use_of_each_term_has_its_meaning(site: Path) -> None:
    found = tips((site / "labs" / "lab.html").read_text())
    assert found == [
        (
            "../reference/glossary.html#term-adam",
            "An optimiser with m and v.",
            "Adam",
        ),
        (
            "../reference/glossary.html#term-kernel-filter",
            "The weights that slide over a picture.",
            "filters",
        ),
        (
            "../reference/glossary.html#term-recurrent-network-rnn",
            "A network with a memory.",
            "RNNs",
        ),
    ]


def test_the_link_stands_in_the_paragraph(site: Path) -> None:
    html = (site / "labs" / "lab.html").read_text()
    assert re.search(
        r"Use\s+<span><a class=\"dl-term\"[^>]+>Adam</a></span>, and", html
    )


def test_links_lead_to_the_term(site: Path) -> None:
    html = (site / "reference" / "glossary.html").read_text()
    for name in ("Adam", "Kernel, filter", "Recurrent network (RNN)", "View"):
        assert re.search(rf'<dt id="{anchor(name)}"', html)
    assert tips(html) == []


def test_other_pages_stay_plain(site: Path) -> None:
    assert tips((site / "index.html").read_text()) == []


def test_the_glossary_of_the_course_can_be_read(root: Path) -> None:
    text = (root / "book" / "reference" / "glossary.md").read_text()
    terms = read_terms(text)
    assert len(terms) >= 80
    for term in terms:
        assert re.fullmatch(r"[^\[\]]{20,400}[.)]", term.meaning), term
