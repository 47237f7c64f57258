"""A page on paper: the text alone, whole and light, without answers."""

from __future__ import annotations

import pytest

from tests.browser.weight import READY

pytestmark = pytest.mark.browser

LAB, MOCK = "book/labs/lab09-recurrent.html", "book/revision/mock-exam-1.html"
# Everything that would be printed with letters on it, but nothing of a formula's boxes.
PRINTED = """() => [...document.querySelectorAll('body *')]
  .filter(e => e.checkVisibility() && !e.closest('.katex, svg'))
  .map(e => e.id || e.className)"""


@pytest.fixture
def tab(browser):
    # As wide as the text of A4 between its margins.
    context = browser.new_context(
        viewport={"width": 673, "height": 1000}, color_scheme="dark"
    )
    yield context.new_page()
    context.close()


def test_a_chapter_prints_its_text_and_nothing_around_it(tab, address):
    tab.goto(f"{address}/{LAB}")
    tab.wait_for_function(READY)
    title = tab.locator("article h1").inner_text()
    tab.emulate_media(media="print")
    assert tab.locator("h1:visible").all_inner_texts() == [title]
    printed = " ".join(tab.evaluate(PRINTED))
    for part in (
        "bd-sidebar",
        "bd-header",
        "bd-footer",
        "prev-next",
        "copybtn",
        "headerlink",
        "dl-exercise-links",
        "only-dark",
        "above-input",
    ):
        assert part not in printed, part
    assert "only-light" in printed
    assert "dl-exercise-what" in printed


def test_what_is_printed_is_dark_on_white_and_fits_the_paper(tab, address):
    tab.goto(f"{address}/{LAB}")
    tab.wait_for_function(READY)
    tab.emulate_media(media="print")
    bright = tab.evaluate(
        """() => [...document.querySelectorAll('article *')]
          .filter(e => e.checkVisibility() && !e.closest('svg'))
          .filter(e => [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()))
          .map(e => getComputedStyle(e))
          .filter(s => Math.min(...s.color.match(/\\d+/g).slice(0, 3)) > 140)
          .map(s => s.color)"""
    )
    assert bright == []
    assert tab.evaluate("document.documentElement.scrollWidth") <= 673
    cut = tab.evaluate(
        """() => [...document.querySelectorAll('article :is(pre, img)')]
          .filter(e => e.checkVisibility())
          .filter(e => e.getBoundingClientRect().right > 674
                    || e.scrollWidth > e.clientWidth + 1)
          .map(e => e.outerHTML.slice(0, 80))"""
    )
    assert cut == []
    addresses = tab.evaluate(
        """() => [...document.querySelectorAll('article a')]
          .map(e => getComputedStyle(e, '::after').content)
          .filter(text => text !== 'none' && text !== 'normal')"""
    )
    assert addresses == []


def test_answers_are_not_printed_even_when_they_were_shown(tab, address):
    tab.goto(f"{address}/{MOCK}")
    question = tab.locator(".dl-question").first
    question.locator("input").first.check()
    question.locator(".dl-check").click()
    assert question.locator(".dl-why").first.is_visible()
    tab.goto(f"{address}/{LAB}")
    tab.wait_for_function(READY)
    tab.evaluate(
        "document.querySelectorAll('details').forEach(d => { d.open = true; })"
    )
    answer = tab.locator("details.sd-dropdown p").last
    assert answer.is_visible()
    tab.emulate_media(media="print")
    assert not answer.is_visible()
    tab.emulate_media(media="screen")
    tab.goto(f"{address}/{MOCK}")
    question.locator("input").first.check()
    question.locator(".dl-check").click()
    tab.emulate_media(media="print")
    for part in (".dl-why", ".dl-mark", ".dl-result", ".dl-solution", ".dl-buttons"):
        assert tab.locator(f"{part}:visible").count() == 0, part
    assert question.locator(".dl-option-text").first.is_visible()
