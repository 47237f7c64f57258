"""Reports as people see them: accessible, whole, asking for nothing."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page

from dlcourse.report.source import class_report, student_report

from ..report.example import NAME, fill
from ..report.gradebooks import School
from .test_access import NARROW, RULES, WIDE, faults

pytestmark = pytest.mark.browser

PAPER = {"width": 673, "height": 1000}  # A4 between its margins
BRIGHT = """() => [...document.querySelectorAll('body *')]
  .filter(e => e.checkVisibility() && !e.closest('svg'))
  .filter(e => [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()))
  .map(e => getComputedStyle(e).color)
  .filter(c => Math.max(...c.match(/\\d+/g).slice(0, 3)) > 180)"""


@pytest.fixture(scope="module")
def addresses(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    school = School(tmp_path_factory.mktemp("report") / "course")
    fill(school)
    pages = {
        "class.html": class_report(school.root, NAME, print),
        "student.html": student_report(school.root, "s1120", print),
    }
    for name, page in pages.items():
        (school.root / name).write_text(page, encoding="utf-8")
    return [(school.root / name).as_uri() for name in pages]


def visit(browser: Browser, address: str, scheme: str) -> tuple[Page, list[str]]:
    # axe is a script, which the page's own rules would refuse.
    context = browser.new_context(viewport=WIDE, color_scheme=scheme, bypass_csp=True)
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address)
    return page, asked


def test_axe_finds_nothing_light_and_dark_wide_and_narrow(
    browser: Browser, addresses: list[str]
) -> None:
    for address in addresses:
        for scheme in ("light", "dark"):
            page, asked = visit(browser, address, scheme)
            page.evaluate(
                "document.querySelectorAll('details').forEach(e => e.open = 1)"
            )
            assert faults(page, runOnly=RULES) == [], scheme
            page.set_viewport_size(NARROW)
            assert faults(page, runOnly=RULES) == [], scheme
            wide = "document.documentElement.scrollWidth"
            assert page.evaluate(wide) <= NARROW["width"]
            assert [
                url for url in asked if not url.startswith(("file:", "data:"))
            ] == []
            page.context.close()


def test_the_type_is_the_courses_own_and_no_rule_is_broken(
    browser: Browser, addresses: list[str]
) -> None:
    for address in addresses:
        page = browser.new_page()
        complaints: list[str] = []
        page.on("console", lambda said, to=complaints: to.append(said.text))
        page.goto(address)
        page.evaluate("document.fonts.ready")
        loaded = "[...document.fonts].filter(f => f.status === 'loaded').length"
        assert page.evaluate(loaded) == 2
        assert complaints == []
        page.close()


def test_paper_gets_dark_letters_and_nothing_is_cut_off(
    browser: Browser, addresses: list[str]
) -> None:
    for address in addresses:
        page, _ = visit(browser, address, "dark")
        page.set_viewport_size(PAPER)
        page.emulate_media(media="print", color_scheme="dark")
        assert page.evaluate(BRIGHT) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= PAPER["width"]
        page.context.close()
