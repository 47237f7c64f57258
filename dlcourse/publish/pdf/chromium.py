"""A Chromium that is installed prints documents as if they stood on the site."""

from __future__ import annotations

import mimetypes
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from dlcourse.errors import CourseError

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Route

PROGRAMS = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "msedge",
)
_FLAGS = (
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # The same letters on each machine, whatever its screen.
    "--font-render-hinting=none",
)
_SECONDS = 300
_SCRIPT = Path(__file__).with_name("prepare.js")


class Printer:
    """Prints documents whose pictures and styles come from the folder of a site.

    Args:
        context: a browser's context, for this printer alone.
        site: the folder of the built site.
        address: where the site is published. Documents stand at addresses below it, so
            that each relative link means in the PDF what it means on the site.
    """

    def __init__(self, context: BrowserContext, site: Path, address: str) -> None:
        self._context = context
        self._site = site.resolve()
        self._address = address
        self._document = ("", "")
        self._missing: list[str] = []
        context.set_default_timeout(_SECONDS * 1000)
        context.route("**/*", self._answer)

    def print(self, path: str, html: str, settings: Mapping[str, Any]) -> bytes:
        """Print a document.

        Args:
            path: where it stands on the site, such as ``book/labs/lab09.html``.
            html: the document.
            settings: what ``prepare.js`` is told.

        Raises:
            CourseError: if the site lacks a file that the document shows.
        """
        url = self._address + path
        self._document, self._missing = (url, html), []
        page = self._context.new_page()
        try:
            # As wide as the text on paper, so that the script sees what is too wide.
            page.set_viewport_size({"width": 673, "height": 971})
            page.emulate_media(media="print", color_scheme="light")
            page.goto(url)
            page.evaluate(_SCRIPT.read_text(encoding="utf-8"), dict(settings))
            if self._missing:
                raise CourseError(
                    f"{path}: the site lacks {self._missing[0]}, which the page shows; "
                    "run `make book` again."
                )
            return page.pdf(
                prefer_css_page_size=True,
                print_background=True,
                tagged=True,
                outline=True,
            )
        finally:
            page.close()

    def _answer(self, route: Route) -> None:
        """Give the document or a file of the site; nothing else is to be had."""
        url = route.request.url.partition("#")[0]
        if url == self._document[0]:
            route.fulfill(
                body=self._document[1], content_type="text/html; charset=utf-8"
            )
            return
        below = unquote(urlsplit(url.removeprefix(self._address)).path)
        file = (self._site / below).resolve()
        inside = url.startswith(self._address) and file.is_relative_to(self._site)
        if inside and file.is_file():
            kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
            route.fulfill(body=file.read_bytes(), content_type=kind)
            return
        if not url.endswith("/favicon.ico"):
            self._missing.append(below if inside else url)
        route.abort()


def find_chromium() -> str:
    """Find a Chromium.

    Raises:
        CourseError: if none is installed.
    """
    for name in PROGRAMS:
        if program := shutil.which(name):
            return program
    raise CourseError(
        "No Chromium is installed, which prints the pages: `sudo apt-get install "
        "chromium` (or install Google Chrome or Edge), then try again."
    )


@contextmanager
def printer(site: Path, address: str) -> Iterator[Printer]:
    """Start a Chromium for the block.

    Args:
        site: the folder of the built site.
        address: where the site is published.

    Raises:
        CourseError: if there is no Chromium, no Playwright, or they do not start.
    """
    program = find_chromium()
    try:
        from playwright.sync_api import Error, sync_playwright
    except ImportError as error:
        raise CourseError(
            "Printing needs Playwright: pip install 'dlcourse[pdf]'."
        ) from error
    # Chromium's own sandbox does not work for root, as in a container.
    as_root = hasattr(os, "geteuid") and os.geteuid() == 0
    flags = [*_FLAGS, *(["--no-sandbox"] if as_root else [])]
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(executable_path=program, args=flags)
        except Error as error:
            reason = str(error).strip().splitlines()[0]
            raise CourseError(f"{program} does not start ({reason}).") from error
        try:
            yield Printer(browser.new_context(locale="en-GB"), site, address)
        except Error as error:
            reason = str(error).strip().splitlines()[0]
            raise CourseError(f"Chromium could not print ({reason}).") from error
        finally:
            browser.close()
