"""What screen readers and keyboards need and the theme leaves out."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform

# The theme and its extensions write these; each pair is what they write and what helps.
_MENDED = [
    # The label would hide the words that everybody else reads there.
    (re.compile(r'<summary aria-label="Toggle hidden content">'), "<summary>"),
    # The corner of a table with heads on two sides is no head.
    (re.compile(r'<th class="[^"]*\bhead\b[^"]*"><p></p></th>'), "<td></td>"),
    (re.compile(r'<th class="([^"]*\bhead\b[^"]*)"'), r'<th scope="col" class="\1"'),
    (re.compile(r'<th class="stub"'), '<th scope="row" class="stub"'),
    # A figure that is wider than a phone scrolls in a box that the keyboard reaches:
    # the theme looks after this class.
    (
        re.compile(r'((?:<img [^>]*\bclass="only-(?:light|dark)"[^>]*>\s*)+)'),
        r'<div class="output dl-figure">\1</div>\n',
    ),
]
_BRANCH = re.compile(r"(<a [^>]*>)([^<]*)(</a><details[^>]*><summary)>")
_IMAGE = re.compile(r'<img (?![^>]*\bwidth=)([^>]*\bsrc="[^"]*/([^"/]+\.svg)")')
_SIZE = re.compile(r'<svg\b[^>]*?\swidth="([\d.]+)(pt|px)?"\sheight="([\d.]+)(pt|px)?"')


class RowHeaders(SphinxPostTransform):
    """Where a table's corner is empty, its first column holds the heads of the rows."""

    default_priority = 500
    formats = ("html",)

    def run(self, **kwargs: Any) -> None:
        """Mark these columns; the writer then makes heads of their cells."""
        for group in self.document.findall(nodes.tgroup):
            corner = next(iter(group.findall(nodes.entry)), None)
            head = next(iter(group.findall(nodes.thead)), None)
            if head is not None and corner is not None and not corner.astext().strip():
                next(iter(group.findall(nodes.colspec)))["stub"] = 1


def mend_page(
    app: Sphinx,
    pagename: str,
    templatename: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Mend a page's text and the tree of pages beside it."""
    if "body" in context:
        pictures = {
            name: Path(app.srcdir) / source
            for source, name in app.builder.images.items()
        }
        context["body"] = with_sizes(mend(context["body"]), pictures)
    if make_tree := context.get("generate_toctree_html"):
        context["generate_toctree_html"] = _named_branches(make_tree)


def mend(html: str) -> str:
    """Mend what the theme and its extensions write into the text of a page."""
    for found, better in _MENDED:
        html = found.sub(better, html)
    return html


def with_sizes(html: str, pictures: dict[str, Path]) -> str:
    """Give SVG images their width and height, so that nothing moves when they arrive.

    Args:
        html: the text of a page.
        pictures: the sources of the pictures, by their names on the site.
    """

    def sized(found: re.Match[str]) -> str:
        size = _size(pictures[found[2]]) if found[2] in pictures else None
        if size is None:
            return found[0]
        return f'<img width="{size[0]}" height="{size[1]}" {found[1]}'

    return _IMAGE.sub(sized, html)


def _size(picture: Path) -> tuple[int, int] | None:
    """Read an SVG's size from its head, in pixels."""
    with picture.open(encoding="utf-8") as file:
        found = _SIZE.search(file.read(2000))
    if found is None:
        return None
    width, height = (
        round(float(number) * (4 / 3 if unit == "pt" else 1))
        for number, unit in (found.group(1, 2), found.group(3, 4))
    )
    return width, height


def _named_branches(make_tree: Callable[..., Any]) -> Callable[..., str]:
    """Say what the arrows in the tree of pages open; the theme gives them no words."""

    def make(*args: Any, **options: Any) -> str:
        return _BRANCH.sub(
            r'\1\2\3 aria-label="Pages below \2">', str(make_tree(*args, **options))
        )

    return make
