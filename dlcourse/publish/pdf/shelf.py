"""What was printed before, kept beside the site, with marks that tell from what."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable
from functools import cached_property
from html import unescape
from pathlib import Path
from urllib.parse import unquote

from dlcourse.publish.pdf.chapters import Chapter

_SHOWN = re.compile(r'(?:src|href)="([^":#?]+\.(?:svg|png|jpe?g|gif|webp|css))[?"]')
# What else the bytes of a file depend on; documents hold their styles.
_PRESS = ("prepare.js", "chromium.py")
_BINDERY = ("structure.py", "bind.py", "pack.py")


class Shelf:
    """The folder ``_build/pdf``.

    Args:
        root: the course's root folder.
    """

    def __init__(self, root: Path) -> None:
        self._folder = root / "_build" / "pdf"
        self._note = self._folder / "marks.json"

    @property
    def used(self) -> bool:
        """Whether anything was printed yet."""
        return self._note.is_file()

    @cached_property
    def _marks(self) -> dict[str, str]:
        try:
            return dict(json.loads(self._note.read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError):
            return {}

    def find(self, name: str, mark: str) -> bytes | None:
        """Return a file that was made from what the mark stands for, or nothing."""
        path = self._folder / name
        if self._marks.get(name) != mark or not path.is_file():
            return None
        return path.read_bytes()

    def keep(self, name: str, mark: str, data: bytes) -> None:
        """Keep a file; its mark comes last, so that no half of one is ever found."""
        write_whole(self._folder / name, data)
        self._marks[name] = mark
        text = json.dumps(dict(sorted(self._marks.items())), indent=1)
        write_whole(self._note, text.encode())


def write_whole(path: Path, data: bytes) -> None:
    """Write a file under another name, then give it its own."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.new")
    try:
        draft.write_bytes(data)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def mark_of(texts: Iterable[str]) -> str:
    """Make a mark that changes with any of the texts."""
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()


def mark_of_tools(bound: bool) -> str:
    """Make a mark that changes with what makes the files.

    Args:
        bound: of a file that was bound; else of what Chromium printed.
    """
    here = Path(__file__).parent
    names = (*_PRESS, *_BINDERY) if bound else _PRESS
    return mark_of((here / name).read_text(encoding="utf-8") for name in names)


class FilesShown:
    """Marks of the files that pages show; each file is read once.

    Args:
        site: the folder of the built site.
    """

    def __init__(self, site: Path) -> None:
        self._site = site
        self._known: dict[Path, str] = {}

    def marks(self, chapter: Chapter) -> list[str]:
        """List the marks of a chapter's pictures and style sheets."""
        folder = (self._site / chapter.page).parent
        shown = _SHOWN.findall(chapter.sheets + chapter.article)
        return [self._mark(folder / unquote(unescape(path))) for path in shown]

    def _mark(self, path: Path) -> str:
        if path not in self._known:
            data = path.read_bytes() if path.is_file() else b""
            self._known[path] = hashlib.sha256(data).hexdigest()
        return self._known[path]
