"""One style sheet for the site, of the rules that its pages use, and icons likewise.

The theme and its extensions bring a dozen style sheets of half a megabyte, most of it
for what this site does not show, and fonts of two thousand icons. A page waits for all
of that before it shows anything.
"""

from __future__ import annotations

import logging
import posixpath
import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import tinycss2
from fontTools import subset

_CLASSES = re.compile(r"""\bclass=["']([^"']*)["']""")
_WORD = re.compile(r"[\w-]+")
_URL = re.compile(r"""url\((['"]?)(?![a-z]+:|[#%/])([^'")]+)\1\)""")
_ICON_FONT = re.compile(r"vendor/fontawesome/webfonts/(fa-[a-z]+-\d+)\.woff2")
_ICON = re.compile("[\ue000-\uf8ff]|\\\\([ef][0-9a-f]{3})\\b")


def one_sheet(static: Path, sheets: Iterable[str], pages: Iterable[str]) -> str:
    """Join style sheets, keep what pages use, and cut the icon fonts to match.

    Args:
        static: the folder of the sheets; small fonts are written below it.
        sheets: their names, in the order in which a page asks for them.
        pages: the text of all pages.
    """
    used = names_in_use(pages, static)
    text = "\n".join(
        moved(prune((static / name).read_text("utf-8"), used), posixpath.dirname(name))
        for name in sheets
    )
    return _with_small_icon_fonts(text, static)


def names_in_use(pages: Iterable[str], static: Path) -> set[str]:
    """List the classes of all pages and every word of the scripts that may add some.

    A script that puts the name of a class together from pieces is not understood.
    """
    used: set[str] = set()
    for page in pages:
        for found in _CLASSES.finditer(page):
            used.update(found[1].split())
    for script in static.rglob("*.js"):
        used.update(_WORD.findall(script.read_text("utf-8")))
    return used


def prune(sheet: str, used: set[str]) -> str:
    """Drop the rules that ask for a class which no page has.

    Args:
        sheet: a style sheet.
        used: the names of classes that occur.

    Returns:
        The rest, in the same order; comments go, except those that name a licence.
    """
    return "\n".join(_kept(tinycss2.parse_stylesheet(sheet), used))


def _kept(rules: Iterable[Any], used: set[str]) -> Iterator[str]:
    for rule in rules:
        if rule.type == "comment" and rule.value.startswith("!"):
            yield rule.serialize()
        elif rule.type == "qualified-rule":
            selectors = [one for one in _selectors(rule.prelude) if _asks(one) <= used]
            if selectors:
                shown = ",".join(tinycss2.serialize(one).strip() for one in selectors)
                yield f"{shown}{{{tinycss2.serialize(rule.content)}}}"
        elif rule.type == "at-rule" and rule.at_keyword == "charset":
            continue  # it may stand at a file's beginning only, and says what is usual
        elif rule.type == "at-rule" and rule.at_keyword in ("media", "supports"):
            inner = "\n".join(_kept(tinycss2.parse_rule_list(rule.content), used))
            if inner:
                yield f"@{rule.at_keyword}{tinycss2.serialize(rule.prelude)}{{{inner}}}"
        elif rule.type == "at-rule":
            yield rule.serialize()


def _selectors(prelude: list[Any]) -> list[list[Any]]:
    """Split a list of selectors at its commas."""
    selectors: list[list[Any]] = [[]]
    for token in prelude:
        if token == ",":
            selectors.append([])
        else:
            selectors[-1].append(token)
    return selectors


def _asks(selector: list[Any]) -> set[str]:
    """List the classes that a selector needs; what stands in brackets is no matter."""
    return {
        name.value
        for dot, name in pairwise(selector)
        if dot == "." and name.type == "ident"
    }


def moved(sheet: str, folder: str) -> str:
    """Let a sheet's addresses hold after it was moved out of a folder."""

    def address(found: re.Match[str]) -> str:
        return f"url({posixpath.normpath(posixpath.join(folder, found[2]))})"

    return _URL.sub(address, sheet)


def _with_small_icon_fonts(sheet: str, static: Path) -> str:
    """Cut the icon fonts down to the icons that a sheet shows."""
    icons = {
        int(found[1], 16) if found[1] else ord(found[0])
        for found in _ICON.finditer(sheet)
    }
    for name in dict.fromkeys(_ICON_FONT.findall(sheet)):
        source = static / "vendor" / "fontawesome" / "webfonts" / f"{name}.ttf"
        target = static / "icons" / f"{name}.woff"
        target.parent.mkdir(exist_ok=True)
        _cut(source, target, icons)
        sheet = re.sub(
            rf"src:url\([^)]*{name}\.woff2\)[^;}}]*",
            f'src:url(icons/{target.name}) format("woff")',
            sheet,
        )
    return sheet


def _cut(source: Path, target: Path, characters: set[int]) -> None:
    # It tells each step, at a level that Sphinx shows.
    logging.getLogger("fontTools").setLevel(logging.WARNING)
    # WOFF rather than WOFF2: Brotli is a package more, for some hundred bytes less.
    options = subset.Options(flavor="woff", layout_features=[], name_IDs=[0, 13, 14])
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=characters)
    with subset.load_font(str(source), options) as font:
        cutter.subset(font)
        subset.save_font(font, str(target), options)
