"""What pages make a browser load: `python -m tests.browser.weight` prints a table.

Figures are not counted: they differ from page to page, come lazily and below the text.
"""

from __future__ import annotations

import functools
import gzip
import http.server
import threading
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from playwright.sync_api import Browser, sync_playwright

# Compressed already; a server sends these as they are.
_PACKED = {".woff", ".woff2", ".png", ".ico", ".jpg"}
# The theme's script, which listens to keys and buttons, runs when the page is laid out.
READY = "'toggleFullScreen' in window"
# One page of each type.
TYPES = (
    "book/index.html",
    "book/labs/lab09-recurrent.html",
    "book/labs/lab14-attention.html",
    "book/revision/multiple-choice.html",
    "book/revision/mock-exam-1.html",
    "book/revision/layer-reference.html",
    "book/reference/glossary.html",
    "book/reference/coverage.html",
    "search.html?q=dropout",
)


@dataclass(frozen=True)
class Weight:
    """The files that a page loads, by their size in bytes as a server sends them."""

    files: dict[str, int]

    @property
    def requests(self) -> int:
        return len(self.files)

    @property
    def size(self) -> int:
        return sum(self.files.values())


def weigh(browser: Browser, address: str, site: Path, page: str) -> Weight:
    """Open a page as a first visitor and weigh what it asks this site for."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    asked: list[str] = []
    tab = context.new_page()
    tab.on("request", lambda request: asked.append(request.url))
    tab.goto(f"{address}/{page}", wait_until="load")
    # What waited below the top is laid out now; its fonts and figures come after.
    tab.wait_for_function(READY)
    tab.evaluate("document.fonts.ready.then(() => true)")
    tab.wait_for_load_state("networkidle")
    context.close()
    files = {}
    for url in asked:
        path = unquote(urlsplit(url).path).lstrip("/")
        # The search reads the pages that it found for their excerpts, as figures, late.
        if (
            not url.startswith(address)
            or "_images" in path
            or (page.startswith("search") and path.startswith("book/"))
        ):
            continue
        data = (site / path).read_bytes()
        packed = Path(path).suffix in _PACKED
        files[path] = len(data if packed else gzip.compress(data))
    return Weight(files)


def main() -> None:
    """Weigh the built site's pages."""
    from tests.browser.conftest import FLAGS, chromium

    site = Path("_build/html")
    handler = functools.partial(_Quiet, directory=site)
    with (
        http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server,
        sync_playwright() as playwright,
    ):
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}"
        browser = playwright.chromium.launch(executable_path=chromium(), args=[*FLAGS])
        for page in TYPES:
            weight = weigh(browser, address, site, page)
            print(f"{weight.requests:4} requests {weight.size / 1000:6.0f} KB  {page}")
        browser.close()
        server.shutdown()


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *args: object) -> None:
        pass


if __name__ == "__main__":
    main()
