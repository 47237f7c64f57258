"""A Chromium for the tests that look at pages as a reader does."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def chromium() -> str:
    """Return the path of Chromium; without it these tests fail."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        pytest.fail("These tests drive Chromium: sudo apt-get install chromium")
    return program


def open_whole(page: Page, url: str) -> None:
    """Open a page and wait until what is below its top is laid out, too."""
    page.goto(url)
    # The theme's script runs after that.
    page.wait_for_function("'toggleFullScreen' in window")


# Not for the whole session: Playwright keeps an event loop running in this thread while
# it is open, and no test elsewhere could run one of its own.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=[*FLAGS])
        yield browser
        browser.close()
