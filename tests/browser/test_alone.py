"""The site without a server, a network, a mouse, or room: as some readers have it."""

from __future__ import annotations

import pytest

from tests.browser.weight import READY, TYPES

pytestmark = pytest.mark.browser

WIDE = {"width": 1280, "height": 900}
# 1280 pixels at twice the size, and a small phone: WCAG's "reflow".
ROOMS = {
    "zoomed": {"viewport": {"width": 640, "height": 450}, "device_scale_factor": 2},
    "small": {"viewport": {"width": 320, "height": 568}},
}
CONVOLUTION = "book/labs/lab05-convolution.html"


@pytest.fixture
def open_tab(browser):
    """Open tabs; nothing that a page says or asks for may be wrong."""
    contexts, faults = [], []

    def open_(**settings):
        context = browser.new_context(
            **{"viewport": WIDE, "reduced_motion": "reduce"} | settings
        )
        contexts.append(context)
        tab = context.new_page()
        tab.on("pageerror", lambda error: faults.append(str(error)))
        # The browser drops what a page that is left was still waiting for: no fault.
        tab.on(
            "requestfailed",
            lambda request: (
                faults.append(f"{request.url}: {request.failure}")
                if request.failure != "net::ERR_ABORTED"
                else None
            ),
        )
        tab.on(
            "console",
            lambda message: (
                faults.append(message.text)
                if message.type in ("error", "warning")
                else None
            ),
        )
        return tab

    yield open_
    assert faults == []
    for context in contexts:
        context.close()


FACES = "[...document.fonts].filter(f => f.status === 'loaded').map(f => f.family)"


@pytest.mark.parametrize("page", TYPES)
def test_a_page_opens_from_a_folder_without_a_network(open_tab, site, page):
    tab = open_tab(offline=True)
    asked = []
    tab.on("request", lambda request: asked.append(request.url))
    tab.goto(f"{site.as_uri()}/{page}", wait_until="load")
    tab.evaluate("document.fonts.ready")
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
    loaded = " ".join(tab.evaluate(FACES))
    assert "Atkinson Hyperlegible Next" in loaded
    if tab.locator("article .katex:visible").count():
        assert "KaTeX" in loaded
    tab.wait_for_function(READY)
    colours = []
    for theme in ("light", "dark"):
        for _ in range(3):
            if tab.evaluate("document.documentElement.dataset.mode") == theme:
                break
            tab.locator(".theme-switch-button:visible").first.click()
        assert tab.evaluate("document.documentElement.dataset.theme") == theme
        colours.append(tab.evaluate("getComputedStyle(document.body).backgroundColor"))
    assert colours[0] != colours[1]


def test_questions_and_demonstrations_work_from_a_folder(open_tab, site):
    tab = open_tab(offline=True)
    tab.goto(f"{site.as_uri()}/{CONVOLUTION}")
    demo = tab.locator(".dl-demo")
    before = demo.locator(".dl-demo-picture").inner_html()
    demo.locator("[name=k]").press("ArrowRight")
    assert demo.locator(".dl-demo-picture").inner_html() != before
    question = tab.locator(".dl-question:visible").first
    question.locator("input").first.check()
    question.locator(".dl-check").click()
    assert "marks" in question.locator(".dl-result").inner_text()


# What sticks out of the page or is cut off, unless it scrolls in a box of its own.
LOST = """() => {
  const room = document.documentElement.clientWidth;
  const scrolls = e => {
    for (; e && e !== document.body; e = e.parentElement)
      if (/auto|scroll/.test(getComputedStyle(e).overflowX)) return true;
    return false;
  };
  return [...document.querySelectorAll('main *')]
    .filter(e => e.checkVisibility({ visibilityProperty: true })
      && !e.closest('svg, .katex, .sr-only, .visually-hidden, dialog, .pst-sidebar'))
    .filter(e => {
      const box = e.getBoundingClientRect(), style = getComputedStyle(e);
      if (Math.min(box.width, box.height) < 2) return false;
      if (style.position === 'absolute') return false;
      const out = (box.right > room + 1 || box.left < -1) && !scrolls(e);
      const cut = style.overflowX === 'hidden' && e.scrollWidth > e.clientWidth + 3;
      return out || cut;
    })
    .map(e => e.outerHTML.slice(0, 120));
}"""
# Buttons and lines of text of which one lies on another.
OVERLAPS = """() => {
  const boxes = [...document.querySelectorAll(
      'article :is(p, h1, h2, h3, pre, table, img, button, label), main header button')]
    .filter(e => e.checkVisibility({ visibilityProperty: true })
      && !e.closest('.katex, .dl-demo-picture, details:not([open]), .copybtn'))
    .map(e => [e, e.getBoundingClientRect()])
    .filter(([e, box]) => box.width > 1 && box.height > 1
      && getComputedStyle(e).position === 'static');
  const found = [];
  boxes.forEach(([a, one], i) => {
    for (const [b, two] of boxes.slice(i + 1, i + 12)) {
      if (a.contains(b) || b.contains(a)) continue;
      const wide = Math.min(one.right, two.right) - Math.max(one.left, two.left);
      const high = Math.min(one.bottom, two.bottom) - Math.max(one.top, two.top);
      if (wide > 2 && high > 4)
        found.push(a.outerHTML.slice(0, 90) + ' and ' + b.outerHTML.slice(0, 90));
    }
  });
  return found;
}"""


@pytest.mark.parametrize("room", ROOMS)
@pytest.mark.parametrize("page", TYPES)
def test_nothing_is_lost_where_there_is_little_room(open_tab, address, page, room):
    tab = open_tab(**ROOMS[room])
    tab.goto(f"{address}/{page}", wait_until="load")
    tab.evaluate("document.fonts.ready")
    width = ROOMS[room]["viewport"]["width"]
    assert tab.evaluate("document.documentElement.scrollWidth") <= width
    assert tab.evaluate(LOST) == []
    assert tab.evaluate(OVERLAPS) == []


FOCUS = """() => {
  const e = document.activeElement, box = e.getBoundingClientRect();
  const styles = [e, e.firstElementChild, e.closest('label'), e.parentElement]
    .filter(Boolean)
    .map(x => getComputedStyle(x));
  const ring = styles.some(s => s.outlineStyle !== 'none' || s.boxShadow !== 'none');
  const seen = box.bottom > 0 && box.top < innerHeight && box.right > 0;
  return [e.outerHTML.slice(0, 120), ring && seen];
}"""


def tab_to(tab, selector, most=400):
    """Press Tab until the focus is there; it must be visible at each stop."""
    for _ in range(most):
        tab.keyboard.press("Tab")
        html, seen = tab.evaluate(FOCUS)
        if not seen:  # the link that skips to the text glides in
            tab.wait_for_timeout(400)
            html, seen = tab.evaluate(FOCUS)
        assert seen, f"the focus cannot be seen: {html}"
        if tab.evaluate("it => document.activeElement.matches(it)", selector):
            return
    pytest.fail(f"Tab does not reach {selector}")


def skip_to_text(tab):
    tab.keyboard.press("Tab")
    tab.keyboard.press("Enter")


def test_a_tour_without_a_mouse(open_tab, address):
    tab = open_tab()
    keys = tab.keyboard
    tab.goto(f"{address}/book/index.html")
    skip_to_text(tab)
    tab_to(tab, "article a[href*='lab01-tensors']")
    keys.press("Enter")
    tab.wait_for_url("**/lab01-tensors.html")
    tab.wait_for_function(READY)
    keys.press("Control+k")
    keys.type("convolution by hand")
    keys.press("Enter")
    tab.wait_for_url("**/search.html?q=*")
    tab.locator("#search-results li a").first.wait_for()
    tab_to(tab, "#search-results li a")
    keys.press("Enter")
    tab.wait_for_url("**/book/**")
    tab.goto(f"{address}/{CONVOLUTION}")
    skip_to_text(tab)
    tab_to(tab, ".dl-demo [name=k]")
    words = tab.locator(".dl-demo-words")
    before = words.inner_text()
    keys.press("ArrowRight")
    assert words.inner_text() != before
    tab_to(tab, ".dl-question .dl-option input")
    keys.press("Space")
    tab_to(tab, ".dl-question .dl-check", most=12)
    keys.press("Enter")
    assert tab.locator(".dl-result:visible").first.inner_text().strip()
