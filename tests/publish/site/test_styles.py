"""The one style sheet: what is dropped, what stays, and where its addresses lead."""

from __future__ import annotations

from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from dlcourse.publish.site.gather import with_one_link
from dlcourse.publish.site.styles import moved, names_in_use, one_sheet, prune

USED = {"kept", "also"}


@pytest.mark.parametrize(
    ("rule", "left"),
    [
        (".kept{color:red}", ".kept{color:red}"),
        (".gone{color:red}", ""),
        (".kept.gone{color:red}", ""),
        (".kept .gone>b{color:red}", ""),
        (".gone,.kept:hover,p{color:red}", ".kept:hover,p{color:red}"),
        # What may be absent asks for nothing.
        (".kept:not(.gone){color:red}", ".kept:not(.gone){color:red}"),
        (":is(.gone,.kept){color:red}", ":is(.gone,.kept){color:red}"),
        ("[data-theme=dark] #id{color:red}", "[data-theme=dark] #id{color:red}"),
        # Numbers and file names hold dots, too.
        ("p{margin:.5em;src:url(a.gone)}", "p{margin:.5em;src:url(a.gone)}"),
        ("@media print{.gone{top:0}.kept{top:0}}", "@media print{.kept{top:0}}"),
        ("@media print{.gone{top:0}}", ""),
        ("@supports (top:0){@media print{.gone{top:0}}}", ""),
        ("@font-face{font-family:x}", "@font-face{font-family:x}"),
        ("@keyframes turn{from{top:0}}", "@keyframes turn{from{top:0}}"),
        ('@charset "UTF-8";p{top:0}', "p{top:0}"),
        ("/*! licence */p{top:0}/* note */", "/*! licence */p{top:0}"),
    ],
)
def test_only_rules_that_can_apply_stay(rule: str, left: str) -> None:
    assert prune(rule, USED).replace("\n", "") == left


def test_classes_are_found_in_pages_and_in_scripts(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "script.js").write_text('x.classList.add("by-script")')
    pages = ['<p class="one two">', "<p class='three'>"]
    assert {"one", "two", "three", "by-script"} <= names_in_use(pages, tmp_path)


@pytest.mark.parametrize(
    ("address", "left"),
    [
        ("url(../fonts/a.woff2)", "url(fonts/a.woff2)"),
        ('url("b.svg")', "url(styles/b.svg)"),
        ("url(data:image/png;base64,A)", "url(data:image/png;base64,A)"),
        ('url("data:image/svg+xml,%3Csvg")', 'url("data:image/svg+xml,%3Csvg")'),
        ("url(#mark)", "url(#mark)"),
        ("url(/root.png)", "url(/root.png)"),
    ],
)
def test_addresses_hold_after_the_move(address: str, left: str) -> None:
    assert moved(address, "styles") == left


def test_a_page_asks_for_one_sheet_where_it_asked_for_the_first() -> None:
    page = (
        '<head><script></script>\n<link rel="stylesheet" href="../_static/a.css?v=1" />'
        '\n<link href="../_static/b/c.css" rel="stylesheet" type="text/css" />'
        '\n<link rel="icon" href="../_static/logo.svg" />'
        '\n<link rel="stylesheet" media="print" href="../_static/d.css" /></head>'
    )
    once = with_one_link(page)
    assert once == (
        '<head><script></script>\n<link rel="stylesheet" href="../_static/site.css" />'
        '\n<link rel="icon" href="../_static/logo.svg" />'
        '\n<link rel="stylesheet" media="print" href="../_static/d.css" /></head>'
    )
    assert with_one_link(once) == once


def test_icon_fonts_hold_the_icons_in_use_and_no_others(tmp_path: Path) -> None:
    theme = Path(__import__("pydata_sphinx_theme").__file__).parent
    static = theme / "theme" / "pydata_sphinx_theme" / "static"
    name = "fa-solid-900"
    fonts = tmp_path / "vendor" / "fontawesome" / "webfonts"
    fonts.mkdir(parents=True)
    (fonts / f"{name}.ttf").write_bytes(
        (static / "vendor/fontawesome/webfonts" / f"{name}.ttf").read_bytes()
    )
    (tmp_path / "a.css").write_text(
        f"@font-face{{font-family:x;src:url(vendor/fontawesome/webfonts/{name}.woff2) "
        f'format("woff2"),url(vendor/fontawesome/webfonts/{name}.ttf)}}'
        '.kept:before{content:"\\f002"}.gone:before{content:"\\f0c9"}'
        '.also:before{content:"\uf186"}'
    )
    text = one_sheet(tmp_path, ["a.css"], ['<i class="kept also">'])
    assert f"src:url(icons/{name}.woff)" in text
    assert "webfonts" not in text
    with TTFont(tmp_path / "icons" / f"{name}.woff") as font:
        assert set(font.getBestCmap()) == {0xF002, 0xF186}
