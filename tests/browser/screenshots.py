"""Pictures of each type of page: `python -m tests.browser.screenshots`.

Writes `_build/screenshots/index.html`: every type wide and narrow, light and dark, and
as it is printed. A person looks at them; no test compares them.
"""

from __future__ import annotations

import base64
import io
from dataclasses import dataclass
from html import escape
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from tests.browser.conftest import FLAGS, chromium
from tests.browser.weight import TYPES

PAGES = (
    *TYPES,
    "book/reference/execution.html",
    "book/start/how-to-run.html",
    "404.html",
)
# No screen shows more at once, and nobody scrolls through a picture of a whole chapter.
_TALLEST = 3200


@dataclass(frozen=True)
class Look:
    """One way to see a page."""

    name: str
    width: int
    scheme: str = "light"
    media: str = "screen"


LOOKS = (
    Look("wide, light", 1280),
    Look("wide, dark", 1280, "dark"),
    Look("narrow, light", 390),
    Look("narrow, dark", 390, "dark"),
    Look("printed", 673, media="print"),
)


def shoot(browser: Browser, address: str, look: Look) -> Image.Image:
    """Open a page and take its picture, from its head to as far as one may look."""
    context = browser.new_context(
        viewport={"width": look.width, "height": 900}, color_scheme=look.scheme
    )
    tab = context.new_page()
    tab.goto(address, wait_until="load")
    tab.evaluate("document.fonts.ready")
    if "search" in address:
        tab.locator("#search-results li a").first.wait_for()
    tab.emulate_media(media=look.media)
    height = min(_TALLEST, tab.evaluate("document.documentElement.scrollHeight"))
    tab.set_viewport_size({"width": look.width, "height": max(900, height)})
    # Figures come when they are scrolled into view.
    tab.wait_for_timeout(300)
    picture = Image.open(io.BytesIO(tab.screenshot()))
    context.close()
    return picture.convert("RGB")


def write(pictures: dict[tuple[str, Look], Image.Image], folder: Path) -> Path:
    """Write the pictures and a page that shows them small; each leads to itself."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = []
    for (page, look), picture in pictures.items():
        name = page.partition("?")[0].replace("/", "-").removesuffix(".html")
        file = folder / f"{name}-{look.name.replace(', ', '-')}.webp"
        picture.save(file, quality=70, method=4)
        small = picture.copy()
        small.thumbnail((480, 480))
        packed = io.BytesIO()
        small.save(packed, "WEBP", quality=55)
        data = base64.b64encode(packed.getvalue()).decode()
        alt = escape(f"{page}, {look.name}")
        rows.append(
            f'<figure><a href="{file.name}"><img src="data:image/webp;base64,{data}" '
            f'width="{small.width}" height="{small.height}" alt="{alt}"></a>'
            f"<figcaption>{alt}</figcaption></figure>"
        )
    index = folder / "index.html"
    index.write_text(
        '<!doctype html><html lang="en-GB"><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width">'
        "<title>How pages look</title><style>body{font-family:system-ui,sans-serif;"
        "margin:2rem;background:#eee}main{display:flex;flex-wrap:wrap;gap:1.5rem}"
        "figure{margin:0;max-width:30rem}img{border:1px solid #999}"
        "figcaption{font-size:.85rem;overflow-wrap:anywhere}</style>"
        f"<h1>How pages look</h1><main>{''.join(rows)}</main></html>",
        encoding="utf-8",
    )
    return index


def main() -> None:
    """Take pictures of the built site."""
    site = Path("_build/html").resolve()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=[*FLAGS])
        pictures = {
            (page, look): shoot(browser, f"{site.as_uri()}/{page}", look)
            for page in PAGES
            for look in LOOKS
        }
        browser.close()
    print(f"Open {write(pictures, Path('_build/screenshots').resolve())}")


if __name__ == "__main__":
    main()
