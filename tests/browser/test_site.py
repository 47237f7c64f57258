"""Every page of the built book, as a reader's browser shows it."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from sphinx_external_toc.parsing import parse_toc_yaml

pytestmark = pytest.mark.browser

ROOT = Path(__file__).resolve().parents[2]
# Mock exams differ in their questions only, and those are drawn from pages below: one
# of them stands for all.
PAGES = [
    f"{name}.html"
    for name in parse_toc_yaml(ROOT / "_toc.yml")
    if not re.search(r"mock-exam-([2-9]|10)$", name)
]
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 390, "height": 844}


# A page is opened once; all tests of this file look at it before the next is opened.
@pytest.fixture(scope="module", params=PAGES)
def page_name(request) -> str:
    return request.param


@pytest.fixture(scope="module")
def page(browser, address, page_name):
    """An open page that noted what it asked for and complained about."""
    context = browser.new_context(viewport=WIDE, color_scheme="light")
    page = context.new_page()
    page.requested, page.complaints = [], []
    page.on("request", lambda request: page.requested.append(request.url))
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    page.on(
        "console",
        lambda message: (
            page.complaints.append(message.text)
            if message.type in ("error", "warning")
            else None
        ),
    )
    page.goto(f"{address}/{page_name}", wait_until="load")
    yield page
    context.close()


def test_page_asks_no_other_site_and_has_no_script_error(page, address):
    foreign = [url for url in page.requested if not url.startswith((address, "data:"))]
    assert foreign == []
    assert page.complaints == []


@pytest.mark.parametrize("viewport", [NARROW, WIDE], ids=["narrow", "wide"])
def test_page_never_scrolls_sideways(page, page_name, viewport):
    page.set_viewport_size(viewport)
    width = page.evaluate("document.documentElement.scrollWidth")
    page.set_viewport_size(WIDE)
    assert width <= viewport["width"], f"{page_name} is {width} px wide"


def test_code_fits_a_wide_page(page):
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    too_wide = page.evaluate(
        """() => [...document.querySelectorAll('.bd-article .cell_input pre')]
             .filter(box => box.scrollWidth > box.clientWidth + 1)
             .map(box => box.innerText.split('\\n')
               .reduce((a, b) => a.length > b.length ? a : b))"""
    )
    assert too_wide == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_one_twin_of_each_figure_is_shown_and_loads(page, scheme):
    page.emulate_media(color_scheme=scheme)
    page.wait_for_function(
        "theme => document.documentElement.dataset.theme === theme", arg=scheme
    )
    page.evaluate(
        """async () => {
             for (const image of document.querySelectorAll('.bd-article img')) {
               if (getComputedStyle(image).display === 'none') continue;
               image.loading = 'eager';
               await image.decode();
             }
           }"""
    )
    images = page.evaluate(
        """() => [...document.querySelectorAll('.bd-article img')].map(image => ({
             source: image.src,
             shown: getComputedStyle(image).display !== 'none',
             alt: image.alt,
             loaded: image.naturalWidth > 0 }))"""
    )
    other = {"light": "-dark.svg", "dark": "-light.svg"}[scheme]
    for image in images:
        assert image["shown"] is not image["source"].endswith(other), image
        assert image["loaded"] or not image["shown"], image
        # Sphinx falls back on the file's name, which tells a reader nothing.
        assert len(image["alt"].split()) >= 4, f"no alternative text: {image}"


def test_links_within_the_site_lead_somewhere(page, address, site):
    links = page.evaluate("[...document.querySelectorAll('a[href]')].map(a => a.href)")
    own = [urlsplit(link) for link in links if link.startswith(address)]
    assert own
    for link in own:
        assert (site / link.path.lstrip("/")).exists(), link.geturl()
    here = page.evaluate(
        """() => [...document.querySelectorAll('a[href^="#"]')]
             .map(a => decodeURIComponent(a.getAttribute('href').slice(1)))
             .filter(id => id && !document.getElementById(id))"""
    )
    assert here == []


def test_page_names_no_path_of_the_machine_that_built_it(site, page_name):
    html = (site / page_name).read_text(encoding="utf-8")
    for path in (ROOT, Path.home()):
        assert f"{path}/" not in html


def test_front_page_says_what_and_where_to_start_within_one_screen(browser, address):
    page = browser.new_page(viewport=WIDE)
    page.goto(f"{address}/index.html")
    page.wait_for_url("**/book/index.html")
    for text in ("A hands-on deep learning course", "I want to learn", "I teach"):
        box = page.get_by_text(text).first.bounding_box()
        assert box["y"] + box["height"] < WIDE["height"], text
    # The whole card is the link, spread over it by the style sheet.
    box = page.get_by_text("I want to learn").bounding_box()
    page.mouse.click(box["x"] + 5, box["y"] + 5)
    page.wait_for_url("**/lab01-tensors.html")
    page.close()
