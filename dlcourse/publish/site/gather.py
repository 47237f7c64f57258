"""Few files for a page to wait for: one style sheet, and one script that all share."""

from __future__ import annotations

import hashlib
import re
import shutil
from pathlib import Path

from sphinx.application import Sphinx

from dlcourse.publish.site.styles import one_sheet

SHEET, SCRIPT = "site.css", "site.js"
# What the script is made from, in the order in which it has to run.
SHARED = (
    "documentation_options.js",
    "doctools.js",
    "sphinx_highlight.js",
    "top-first.js",
)
# What waits until the top of the page is shown; top-first.js tells why.
LATER = (
    "scripts/sphinx-book-theme.js",
    "scripts/pydata-sphinx-theme.js",
)
_LINK = re.compile(
    r'\s*<link\b(?![^>]*\bmedia=)(?=[^>]*\brel="stylesheet")'
    r'[^>]*\bhref="((?:\.\./)*)_static/([^"?]+)(?:\?[^"]*)?"[^>]*>'
)
_FROM = "/* Made from "
_MENUS = "scripts/bootstrap.js"
# What the theme brings and no page loads.
_LEFT_OVER = ("**/*.map", "*webpack-macros.html", "scripts/fontawesome.js*")


def gather(app: Sphinx, exception: Exception | None) -> None:
    """Make both, and let the pages ask for the one sheet in the place of many."""
    if exception is not None or app.builder.format != "html":
        return
    static = Path(app.outdir) / "_static"
    pages = {path: path.read_text("utf-8") for path in Path(app.outdir).rglob("*.html")}
    _tidy(static, menus=any(_MENUS in text for text in pages.values()))
    # Pages of an earlier build ask for the one sheet, whose first line tells of which.
    sheets = dict.fromkeys(_made_from(static / SHEET))
    for text in pages.values():
        sheets.update((found[2], None) for found in _LINK.finditer(text))
    sheets.pop(SHEET, None)
    made = {
        SHEET: f"{_FROM}{' '.join(sheets)} */\n"
        + one_sheet(static, sheets, pages.values()),
        SCRIPT: _one_script(static),
    }
    shutil.rmtree(static / "vendor", ignore_errors=True)
    for name, text in made.items():
        (static / name).write_text(text, encoding="utf-8")
    for path, page in pages.items():
        changed = with_one_link(page)
        for name, text in made.items():
            changed = _with_version(changed, name, text)
        if changed != page:
            path.write_text(changed, encoding="utf-8")


def _one_script(static: Path) -> str:
    """Join the scripts that all pages share."""
    shared, later = (
        "\n;\n".join((static / name).read_text("utf-8") for name in names)
        for names in (SHARED, LATER)
    )
    return f"{shared}\n;dlAfterTop(() => {{\n{later}\n}});\n"


def with_one_link(page: str) -> str:
    """Ask for the one sheet where a page asks for its first of many."""
    link = rf'\n<link rel="stylesheet" href="\g<1>_static/{SHEET}" />'
    page = _LINK.sub(link, page, count=1)
    first = _LINK.search(page)
    if first is None:
        return page
    return page[: first.end()] + _LINK.sub("", page[first.end() :])


def _with_version(page: str, name: str, text: str) -> str:
    """Let browsers that have an older file of this name ask for the new one."""
    version = hashlib.sha256(text.encode()).hexdigest()[:8]
    return re.sub(
        rf'_static/{re.escape(name)}(\?v=\w+)?"', f'_static/{name}?v={version}"', page
    )


def _made_from(sheet: Path) -> list[str]:
    """List the sheets that the one sheet of an earlier build was made from."""
    if not sheet.is_file():
        return []
    first = sheet.read_text("utf-8").partition("\n")[0]
    return first.removeprefix(_FROM).removesuffix(" */").split()


def _tidy(static: Path, menus: bool) -> None:
    """Remove what no page loads, so that it counts for nothing either."""
    for pattern in (*_LEFT_OVER, *([] if menus else [f"{_MENUS}*"])):
        for path in static.glob(pattern):
            path.unlink()
