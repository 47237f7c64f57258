"""The search page answers questions in a reader's own words, also from a file."""

from __future__ import annotations

from urllib.parse import quote_plus

import pytest

from tests.browser.weight import READY

pytestmark = pytest.mark.browser

# A question and the page, and the section if one is named, that has to come first.
QUESTIONS = [
    ("why is my loss nan", "book/labs/lab09-recurrent.html#the-gradient-explodes"),
    ("ConvTranspose2d", "book/labs/lab05-convolution.html#the-way-back-transposed"),
    (
        "how do I choose a learning rate",
        "book/labs/lab03-training-stack.html#a-learning",
    ),
    ("vanishing gradients", "book/labs/lab09-recurrent.html#vanishing-and-exploding"),
    ("what is teacher forcing", "book/labs/lab11-autoencoders.html"),
    # A word that stands nowhere does not take the others along.
    ("vanishing gradient qwertyuiop", "book/labs/lab09-recurrent.html"),
    ("how many parameters does a conv layer have", "book/labs/lab05-convolution.html"),
]


@pytest.fixture
def tab(browser):
    context = browser.new_context()
    tab = context.new_page()
    tab.faults = []
    tab.on("pageerror", lambda error: tab.faults.append(str(error)))
    tab.on(
        "console",
        lambda message: (
            tab.faults.append(message.text) if message.type == "error" else None
        ),
    )
    yield tab
    assert tab.faults == []
    context.close()


def first_link(tab, start, question):
    tab.goto(f"{start}/search.html?q={quote_plus(question)}")
    link = tab.locator("#search-results li a").first
    link.wait_for()
    return link


@pytest.mark.parametrize(("question", "page"), QUESTIONS)
def test_the_right_chapter_comes_first(tab, address, question, page):
    link = first_link(tab, address, question)
    assert link.get_attribute("href").startswith(page)
    said = tab.locator("#search-results li").first.locator("p.context").inner_text()
    assert len(said) > 50
    assert "\\" not in said  # a formula is told as it looks, not as it was written
    link.click()
    tab.locator("article h1").wait_for()


def test_a_course_that_was_opened_as_a_file_is_searched_too(tab, site):
    start = site.as_uri()
    link = first_link(tab, start, "why is my loss nan")
    assert "gradient explodes" in link.inner_text()
    link.click()
    assert tab.url.startswith(f"{start}/book/labs/lab09-recurrent.html#")
    # From a page by its own button.
    tab.wait_for_function(READY)
    tab.get_by_role("button", name="Search").first.click()
    tab.locator("#pst-search-dialog input").fill("dropout")
    tab.keyboard.press("Enter")
    tab.locator("#search-results li a").first.wait_for()


@pytest.mark.parametrize("depth", ["missing", "book/labs/lab99/deep/missing.html"])
def test_an_address_that_does_not_exist_leads_back_and_to_the_search(
    tab, address, site, depth
):
    lost = (site / "404.html").read_text()
    tab.route(
        f"{address}/{depth}",
        lambda route: route.fulfill(body=lost, content_type="text/html", status=404),
    )
    tab.goto(f"{address}/{depth}")
    tab.faults.clear()  # the browser's own word about the status
    tab.get_by_role("link", name="the front page").click()
    tab.wait_for_url("**/book/index.html")
    tab.goto(f"{address}/{depth}")
    tab.faults.clear()
    tab.get_by_label("Search the course").fill("dropout")
    tab.keyboard.press("Enter")
    tab.locator("#search-results li a").first.wait_for()
