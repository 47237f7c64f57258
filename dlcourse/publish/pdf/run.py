"""One run of the press: documents are printed in order, or taken from the shelf."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from dlcourse.publish.pdf import compose
from dlcourse.publish.pdf.bind import Printed, bind, count_pages
from dlcourse.publish.pdf.chapters import Book, Chapter
from dlcourse.publish.pdf.chromium import Printer
from dlcourse.publish.pdf.jobs import Jobs
from dlcourse.publish.pdf.shelf import Shelf


@dataclass(frozen=True)
class Note:
    """What became of a document: a word, its title, pages and size in bytes."""

    word: str
    title: str
    pages: int
    size: int


class Run:
    """Prints what the shelf does not hold.

    Args:
        book: what the site holds.
        jobs: its documents and marks.
        shelf: what was printed before.
        press: prints.
    """

    def __init__(self, book: Book, jobs: Jobs, shelf: Shelf, press: Printer) -> None:
        self._book = book
        self._jobs = jobs
        self._shelf = shelf
        self._press = press
        self.printed = 0

    def documents(self, chosen: Sequence[Chapter], whole: bool) -> Iterator[Note]:
        """Make chapters' files and, if it is wanted, the book; tell of each.

        Args:
            chosen: the chapters that get files of their own.
            whole: whether the book is made, too.
        """
        for chapter in chosen:
            yield self._alone(chapter)
        if whole:
            yield from self._whole()

    def _alone(self, chapter: Chapter) -> Note:
        def make() -> bytes:
            html = compose.chapter_alone(self._book, chapter)
            data = self._print(chapter, html)
            own = Printed(data, self._book.addresses.page(chapter.page))
            return self._bind([own], f"{chapter.title} · {self._book.title}")

        name, mark = f"alone/{chapter.name}.pdf", self._jobs.mark_alone(chapter)
        return self._kept(name, mark, chapter.title, make)[0]

    def _whole(self) -> Iterator[Note]:
        """Print the chapters in order, each from its page number on; then bind."""
        first, firsts, parts = 1, [], []
        for chapter in self._book.chapters:

            def make(chapter: Chapter = chapter, first: int = first) -> bytes:
                html = compose.chapter_bound(self._book, chapter, first)
                return self._print(chapter, html)

            name = f"bound/{chapter.name}.pdf"
            mark = self._jobs.mark_bound(chapter, first)
            note, data = self._kept(name, mark, f"{chapter.title} (in the book)", make)
            yield note
            firsts.append(first)
            parts.append(self._part(chapter, data))
            first += note.pages

        def make_book() -> bytes:
            html = compose.front(self._book, firsts, self._jobs.date)
            # Beside a chapter, whose style sheets they share.
            path = f"{self._book.chapters[0].page}-front.html"
            documents = [compose.cover(self._book, self._jobs.date), html]
            fronts = [
                self._press.print(path, document, compose.front_settings())
                for document in documents
            ]
            address = self._book.addresses.site + path
            openings = [Printed(data, address, outlined=False) for data in fronts]
            return self._bind(
                [*openings, *parts], self._book.title, sum(map(count_pages, fronts))
            )

        book = self._book
        yield self._kept(book.file_name, self._jobs.mark_book(), book.title, make_book)[
            0
        ]

    def _print(self, chapter: Chapter, html: str) -> bytes:
        settings = self._jobs.settings(chapter)
        return self._press.print(f"{chapter.page}.html", html, settings)

    def _part(self, chapter: Chapter, data: bytes) -> Printed:
        address = self._book.addresses.page(chapter.page)
        return Printed(data, address, chapter.part)

    def _bind(
        self, parts: Sequence[Printed], title: str, front_pages: int = 0
    ) -> bytes:
        book = self._book
        return bind(parts, title, book.author, book.language, front_pages)

    def _kept(
        self, name: str, mark: str, title: str, make: Callable[[], bytes]
    ) -> tuple[Note, bytes]:
        """Take a file from the shelf, or make it and put it there."""
        data = self._shelf.find(name, mark)
        word = "kept"
        if data is None:
            word, data = "printed", make()
            self.printed += 1
            self._shelf.keep(name, mark, data)
        return Note(word, title, count_pages(data), len(data)), data
