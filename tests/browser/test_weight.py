"""Pages stay light, look as if nothing had been left out, and hold still."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from dlcourse.bench.pages import books
from dlcourse.bench.pages import page as record
from dlcourse.bench.record import read_record
from tests.browser.weight import TYPES, weigh

pytestmark = pytest.mark.browser

MOST_BYTES, MOST_REQUESTS = 500_000, 30
# The styles of each kind of element on the page as one number: an element counts once
# for its classes and those around it.
STYLES = """() => {
  const seen = new Map();
  for (const e of document.querySelectorAll('body *')) {
    const names = [e, e.parentElement].map(x => `${x.tagName}.${x.className}`).join();
    if (seen.has(names) || e.closest('svg')) continue;
    let hash = 0;
    for (const part of [null, '::before', '::after']) {
      const style = getComputedStyle(e, part);
      if (part && style.content === 'none') continue;
      for (const name of style) {
        if (name.startsWith('--')) continue;
        const text = style.getPropertyValue(name);
        for (let i = 0; i < text.length; i++)
          hash = (hash * 31 + text.charCodeAt(i)) | 0;
      }
    }
    seen.set(names, hash);
  }
  return [...seen];
}"""
SHIFTS = """window.shifts = []; new PerformanceObserver(list => {
  for (const entry of list.getEntries()) window.shifts.push(entry.value);
}).observe({type: 'layout-shift', buffered: true});"""


@pytest.mark.parametrize("page", TYPES)
def test_a_page_is_light(browser, address, site, page):
    weight = weigh(browser, address, site, page)
    heaviest = sorted(weight.files.items(), key=lambda file: -file[1])[:6]
    assert weight.size <= MOST_BYTES, heaviest
    assert weight.requests <= MOST_REQUESTS, sorted(weight.files)
    assert any(name.startswith("_static/icons/") for name in weight.files)


def test_the_published_record_tells_what_pages_weigh(browser, address, site, root):
    """Lighthouse counts headers, too: some hundred bytes a request."""
    rows = read_record((root / record.PAGE).read_text(), record.PAGE)["rows"]
    for row in rows:
        if (row["book"], row["form"]) == ("ours", "desktop"):
            path = books.BOOKS["ours"].pages[row["page"]]
            weight = weigh(browser, address, site, path)
            headers = 400 * weight.requests
            assert weight.size == pytest.approx(row["size"] - headers, rel=0.15), path
            # Lighthouse counts the logo twice, and figures near the top.
            assert 0 <= row["requests"] - weight.requests <= 3, path


@pytest.mark.parametrize(
    ("page", "width", "scheme"),
    [
        ("book/labs/lab14-attention.html", 1280, "light"),
        ("search.html?q=dropout", 390, "dark"),
    ],
)
def test_no_rule_was_left_out_that_a_page_needs(
    browser, address, site, page, width, scheme
):
    sheet = (site / "_static" / "site.css").read_text()
    names = re.match(r"/\* Made from (.+) \*/", sheet)[1].split()
    assert len(names) > 10
    whole = "".join(f'@import "{name}";\n' for name in names)
    found = []
    for replaced in (False, True):
        context = browser.new_context(
            viewport={"width": width, "height": 900}, color_scheme=scheme
        )
        tab = context.new_page()
        if replaced:
            tab.route(
                "**/_static/site.css*",
                lambda route: route.fulfill(body=whole, content_type="text/css"),
            )
            tab.route(
                "**/webfonts/*.woff2",
                lambda route: route.fulfill(
                    path=site / f"_static/icons/{Path(route.request.url).stem}.woff"
                ),
            )
        tab.goto(f"{address}/{page}", wait_until="networkidle")
        tab.add_style_tag(
            content="*{transition:none!important;animation:none!important}"
        )
        found.append(tab.evaluate(STYLES))
        context.close()
    few, all_ = (dict(found_) for found_ in found)
    assert len(few) > 40
    assert few == all_


def test_nothing_moves_while_a_page_loads(browser, address):
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    tab = context.new_page()
    tab.add_init_script(SHIFTS)
    # Fonts and figures come late.
    tab.route(
        re.compile(r"\.woff2$|_images/"),
        lambda route: (tab.wait_for_timeout(50), route.continue_()),
    )
    for page in ("book/labs/lab09-recurrent.html", "book/revision/mock-exam-1.html"):
        tab.goto(f"{address}/{page}", wait_until="networkidle")
        tab.evaluate("document.fonts.ready")
        assert sum(tab.evaluate("window.shifts")) < 0.05, page
        without_size = tab.evaluate(
            """() => [...document.querySelectorAll('article img:not([width][height])')]
              .map(image => image.src)"""
        )
        assert without_size == []
    context.close()


def test_the_rest_of_a_page_follows_its_top(browser, address):
    """What waited is laid out once the top is shown, and the theme's script runs."""
    context = browser.new_context(viewport={"width": 390, "height": 844})
    tab = context.new_page()
    waiting = """() => [...document.querySelectorAll('.bd-article section')]
      .filter(s => getComputedStyle(s).contentVisibility !== 'visible').length"""
    first = """window.first = null; requestAnimationFrame(function look() {
      const found = document.querySelectorAll('.bd-article > section > section');
      if (!document.querySelector('footer')) return requestAnimationFrame(look);
      window.first = [...found]
        .filter(s => getComputedStyle(s).contentVisibility !== 'visible').length; });"""
    tab.add_init_script(first)
    chapter = f"{address}/book/labs/lab09-recurrent.html"
    tab.goto(chapter, wait_until="load")
    tab.wait_for_function(f"({waiting})() === 0 && 'toggleFullScreen' in window")
    assert tab.evaluate("window.first") > 5
    # The keyboard reaches code that is wider than the screen.
    assert tab.locator('pre[tabindex="0"]').count() > 0
    # A link to a place further down finds the page whole.
    tab.goto("about:blank")
    tab.goto(f"{chapter}#take-away", wait_until="load")
    tab.wait_for_function("'toggleFullScreen' in window")
    assert tab.evaluate("window.first") == 0
    place = tab.locator("#take-away").bounding_box()
    assert 0 <= place["y"] < 200
    context.close()
