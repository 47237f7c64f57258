"""What there is to print, and the marks that tell whether it was printed already."""

from __future__ import annotations

import os
import subprocess
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path

from dlcourse.publish.pdf import compose
from dlcourse.publish.pdf.chapters import Book, Chapter
from dlcourse.publish.pdf.shelf import FilesShown, mark_of, mark_of_tools


class Jobs:
    """Documents and marks of a book.

    Args:
        root: the course's root folder.
        site: the folder of the built site.
        book: what the site holds.
    """

    def __init__(self, root: Path, site: Path, book: Book) -> None:
        self._root = root
        self._book = book
        self._files = FilesShown(site)
        self._press, self._bindery = mark_of_tools(False), mark_of_tools(True)
        self._targets = book.targets()

    def settings(self, chapter: Chapter) -> dict[str, object]:
        """Say what the script in a chapter's document has to know."""
        return compose.settings(
            self._book, chapter, self._targets.get(chapter.page, ())
        )

    def mark_alone(self, chapter: Chapter) -> str:
        """Mark what a chapter's own PDF is made from."""
        document = compose.chapter_alone(self._book, chapter)
        return mark_of([self._bindery, self._mark(document, chapter)])

    def mark_bound(self, chapter: Chapter, first: int) -> str:
        """Mark what a chapter of the book is made from."""
        return self._mark(compose.chapter_bound(self._book, chapter, first), chapter)

    def mark_book(self) -> str:
        """Mark what the whole book is made from, but for page numbers."""
        chapters = self._book.chapters
        marks = [self.mark_bound(chapter, 1) for chapter in chapters]
        cover = compose.cover(self._book, self.date)
        front = compose.front(self._book, [0] * len(chapters), self.date)
        return mark_of([self._bindery, cover, front, *marks])

    def _mark(self, document: str, chapter: Chapter) -> str:
        targets = self._targets.get(chapter.page, ())
        shown = self._files.marks(chapter)
        return mark_of([self._press, document, *targets, *shown])

    @cached_property
    def date(self) -> str:
        """The date of the text: what SOURCE_DATE_EPOCH says, or of its last commit."""
        seconds = os.environ.get("SOURCE_DATE_EPOCH") or self._last_commit()
        if not seconds.isdecimal():
            return ""
        when = datetime.fromtimestamp(int(seconds), UTC)
        return f"{when.day} {when:%B %Y}"

    def _last_commit(self) -> str:
        command = ["git", "log", "-1", "--format=%ct", "--", "book", "_toc.yml"]
        try:
            done = subprocess.run(
                command, cwd=self._root, capture_output=True, text=True, check=False
            )
        except OSError:  # no git
            return ""
        return done.stdout.strip()
