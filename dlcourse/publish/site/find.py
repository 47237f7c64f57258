"""What search engines, link previews and lost readers find.

Sphinx itself writes the canonical address of each page. Extensions exist for the rest,
one for each part; together they are more to keep in step than this file is to read.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from xml.sax.saxutils import escape

from docutils import nodes
from sphinx.application import Sphinx

SOCIAL_IMAGE = "social.png"
_LONGEST = 200  # characters of a description
# Pages for people who are here already.
_UNLISTED = ("search", "genindex")


def describe(
    app: Sphinx,
    pagename: str,
    templatename: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Tell the layout what a preview of a page shows."""
    given = _given_description(doctree)
    context["dl_description"] = given or _first_words(doctree)
    context["dl_describes"] = not given
    context["dl_image"] = _image(app)
    context["dl_unlisted"] = pagename in _UNLISTED
    # The page starts light and asks the reader's settings before it is drawn; without
    # scripts it stays so, and "auto" would show both twins of each figure.
    context["default_mode"] = "light"


def write_files(app: Sphinx, exception: Exception | None) -> None:
    """Write the files around the pages: sitemap, robots.txt, 404 and index.html."""
    if exception is not None or app.builder.format != "html":
        return
    out, base = Path(app.outdir), app.config.html_baseurl
    addresses = [base + app.builder.get_target_uri(name) for name in _listed(app)]
    (out / "sitemap.xml").write_text(sitemap(addresses), encoding="utf-8")
    (out / "robots.txt").write_text(
        f"User-agent: *\nAllow: /\nSitemap: {base}sitemap.xml\n", encoding="utf-8"
    )
    first = app.builder.get_target_uri(app.config.root_doc)
    where = {
        "address": urlsplit(base),
        "first": first,
        "language": app.config.language,
        "name": app.config.html_title,
        "dl_description": _given_description(app.env.get_doctree(app.config.root_doc)),
        "dl_image": _image(app),
        "pageurl": base + first,
    }
    pages = {"404.html": "not-found.html"}
    if first != "index.html":
        pages["index.html"] = "first-address.html"
    for name, template in pages.items():
        text = app.builder.templates.render(template, where)
        (out / name).write_text(text, encoding="utf-8")


def sitemap(addresses: list[str]) -> str:
    """List addresses as search engines read them."""
    lines = "".join(f"<url><loc>{escape(one)}</loc></url>\n" for one in addresses)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
        f"{lines}</urlset>\n"
    )


def _listed(app: Sphinx) -> list[str]:
    return sorted(
        name
        for name in app.env.found_docs
        if name not in _UNLISTED and "orphan" not in app.env.metadata[name]
    )


def _image(app: Sphinx) -> str:
    """Return the whole address of the picture that previews show, if there is one."""
    there = any(
        (Path(app.confdir) / folder / SOCIAL_IMAGE).is_file()
        for folder in app.config.html_static_path
    )
    return f"{app.config.html_baseurl}_static/{SOCIAL_IMAGE}" if there else ""


def _given_description(doctree: nodes.document | None) -> str:
    if doctree is None:
        return ""
    return next(
        (
            str(meta["content"])
            for meta in doctree.findall(nodes.meta)
            if meta.get("name") == "description"
        ),
        "",
    )


def _first_words(doctree: nodes.document | None) -> str:
    """Return the beginning of the first paragraph that is no formula."""
    if doctree is None:
        return ""
    for paragraph in doctree.findall(nodes.paragraph):
        text = " ".join(paragraph.astext().split())
        if text and next(iter(paragraph.findall(nodes.math)), None) is None:
            if len(text) <= _LONGEST:
                return text
            return text[:_LONGEST].rsplit(" ", 1)[0] + " …"
    return ""
