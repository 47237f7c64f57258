"""A page of each type through axe, light and dark, wide and narrow; the keyboard."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.weight import READY, TYPES

pytestmark = pytest.mark.browser

WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]
COLOURS = ["color-contrast", "link-in-text-block"]
# Most time goes into what is alike: the inner boxes of formulas, which screen readers
# do not see, and the seventeenth question. Fold-outs are opened, so that nothing hides.
SHORTEN = """() => {
  document.querySelectorAll('.katex-html').forEach(e => e.remove());
  for (const alike of ['.dl-question', '.cell', 'article pre', 'article tr', 'dt, dd'])
    [...document.querySelectorAll(alike)].slice(16).forEach(e => e.remove());
  document.querySelectorAll('details').forEach(e => { e.open = true; });
}"""


STILL = "* { transition: none !important; animation: none !important; }"


def faults(page, **only):
    """Run axe; say what it found in lines that one can act on."""
    options = {"resultTypes": ["violations"], "preload": False, **only}
    found = Axe().run(page, options=options).response["violations"]
    return [
        f"{rule['id']}: {node['html'][:120]} {node['failureSummary']}"
        for rule in found
        for node in rule["nodes"][:3]
    ]


@pytest.fixture
def tab(browser):
    context = browser.new_context(viewport=WIDE, reduced_motion="reduce")
    yield context.new_page()
    context.close()


def theme(tab, name):
    tab.evaluate("name => { document.documentElement.dataset.theme = name; }", name)


@pytest.mark.parametrize("page", [page for page in TYPES if "lab09" not in page])
def test_axe_finds_nothing(tab, address, page):
    tab.goto(f"{address}/{page}", wait_until="load")
    if "search" in page:
        tab.wait_for_function("document.querySelectorAll('p.context').length > 5")
    tab.add_style_tag(content=STILL)
    tab.evaluate(SHORTEN)
    # An answered question has colours of its own.
    if tab.locator(".dl-option input").count():
        question = tab.locator(".dl-question:has(.dl-option):visible").first
        question.locator("input").first.check()
        question.locator(".dl-check").click()
    assert faults(tab, runOnly=RULES) == []
    theme(tab, "dark")
    assert faults(tab, runOnly=COLOURS) == []
    tab.set_viewport_size(NARROW)
    # The theme's script lets the keyboard reach what now scrolls.
    tab.wait_for_timeout(400)
    known = {rule: {"enabled": False} for rule in COLOURS}
    assert faults(tab, runOnly=RULES, rules=known) == []


def test_axe_finds_nothing_in_dialogs_and_menus(tab, address):
    tab.goto(f"{address}/book/labs/lab09-recurrent.html")
    tab.evaluate(SHORTEN)
    tab.wait_for_function(READY)
    tab.keyboard.press("Control+k")
    assert tab.locator("#pst-search-dialog input").is_visible()
    assert faults(tab, runOnly=RULES) == []
    tab.keyboard.press("Escape")
    tab.set_viewport_size(NARROW)
    tab.locator("button.primary-toggle").click()
    assert tab.get_by_role("link", name="Lab 1 · Tensors").is_visible()
    assert faults(tab, runOnly=RULES) == []


def test_axe_finds_nothing_on_the_page_for_missing_addresses(tab, address):
    tab.goto(f"{address}/404.html")
    for scheme in ("light", "dark"):
        tab.emulate_media(color_scheme=scheme)
        assert faults(tab, runOnly=RULES) == []


def test_the_keyboard_sees_where_it_is_and_skips_to_the_text(tab, address):
    tab.goto(f"{address}/book/labs/lab09-recurrent.html")
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.innerText") == "Skip to main content"
    marks = """() => {
      const style = getComputedStyle(document.activeElement);
      const box = document.activeElement.getBoundingClientRect();
      const seen = style.outlineStyle !== 'none' || style.boxShadow !== 'none';
      return [document.activeElement.outerHTML.slice(0, 90), seen && box.height > 0];
    }"""
    for _ in range(12):
        tab.keyboard.press("Tab")
        html, seen = tab.evaluate(marks)
        assert seen, f"no mark of the focus: {html}"
    tab.goto(f"{address}/book/labs/lab09-recurrent.html")
    tab.keyboard.press("Tab")
    tab.keyboard.press("Enter")
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.closest('main') !== null")


def test_colours_of_code_keep_contrast_with_their_surface(tab, address):
    """Of every kind of token, not only of those that stand on the pages above."""
    tab.goto(f"{address}/book/labs/lab09-recurrent.html")
    css = tab.request.get(f"{address}/_static/pygments.css").text()
    kinds = set(re.findall(r"\.highlight \.(\w+) ", css)) - {"w", "hll"}
    assert len(kinds) > 30
    for scheme in ("light", "dark"):
        theme(tab, scheme)
        weak = tab.evaluate(
            """kinds => {
              const pre = document.querySelector('.cell_input .highlight pre');
              const numbers = text => text.match(/[\\d.]+/g).slice(0, 3).map(Number);
              const light = rgb => rgb.map(v => v / 255)
                .map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
                .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
              const span = pre.appendChild(document.createElement('span'));
              const surface = light(numbers(getComputedStyle(pre).backgroundColor));
              return kinds.filter(kind => {
                span.className = kind;
                const style = getComputedStyle(span);
                const own = style.backgroundColor;
                const back = own === 'rgba(0, 0, 0, 0)' ? surface : light(numbers(own));
                const pair = [light(numbers(style.color)), back].sort();
                return (pair[1] + 0.05) / (pair[0] + 0.05) < 4.5;
              });
            }""",
            sorted(kinds),
        )
        assert weak == [], scheme
