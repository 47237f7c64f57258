"""Which pages are measured: ours, and those of the course books beside them."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from dlcourse.errors import CourseError

# The kinds of pages, in the order in which tables show them.
KINDS = ("front page", "chapter", "quiz", "mock exam")
_OUR_PAGES = dict(
    zip(
        KINDS,
        (
            "book/index.html",
            "book/labs/lab09-recurrent.html",
            "book/revision/multiple-choice.html",
            "book/revision/mock-exam-1.html",
        ),
        strict=True,
    )
)
_SPHINX_MATHJAX = "https://cdn.jsdelivr.net/npm/mathjax@3/"
_DEBIAN_MATHJAX = "file:///usr/share/javascript/mathjax/MathJax.js?config=TeX-AMS_CHTML"


@dataclass(frozen=True)
class Book:
    """A course book that is measured.

    Attributes:
        name: what tables call it.
        source: where it is from, and its version.
        licence: of its text.
        pages: addresses below its folder, by kind of page.
        mathjax: the beginning of the foreign address that its formulas come from, and
            what it stands for in npm's package ``mathjax``, of which a copy is used.
    """

    name: str
    source: str
    licence: str
    pages: dict[str, str] = field(default_factory=lambda: dict(_OUR_PAGES))
    mathjax: tuple[str, str] | None = None

    def copy_of_mathjax(self, folder: Path | None) -> Path | None:
        """Check that a copy of MathJax is there if the book needs one.

        Args:
            folder: of npm's package ``mathjax``, version 3.

        Raises:
            CourseError: if the book needs it and it is not there.
        """
        if self.mathjax is None:
            return None
        if folder is None or not (folder / "es5" / "tex-chtml.js").is_file():
            raise CourseError(
                f"{self.name}: its formulas need MathJax from another host; get a copy "
                "by `npm install mathjax@3` and name it by --mathjax "
                "node_modules/mathjax."
            )
        return folder


OURS = "this course"
BOOKS = {
    "ours": Book(OURS, "this repository", "CC BY 4.0"),
    "defaults": Book(
        "the same pages, Jupyter Book's defaults",
        "this repository, built by Jupyter Book 1.0.4",
        "CC BY 4.0",
        mathjax=(_SPHINX_MATHJAX, ""),
    ),
    "scikit-learn": Book(
        "scikit-learn's user guide",
        "Debian's package python-sklearn-doc, 1.2.1",
        "BSD-3-Clause",
        {
            "front page": "index.html",
            "chapter": "modules/neural_networks_supervised.html",
        },
        mathjax=(_DEBIAN_MATHJAX, "es5/tex-chtml.js"),
    ),
    "rust": Book(
        "The Rust Programming Language",
        "Debian's package rust-doc, 1.63.0",
        "MIT or Apache-2.0",
        {"front page": "title-page.html", "chapter": "ch04-01-what-is-ownership.html"},
    ),
}


def folders(chosen: list[str], root: Path) -> dict[str, Path]:
    """Read ``NAME=FOLDER`` for each book beside ours, which comes first.

    Args:
        chosen: what was asked for.
        root: the course's root folder.

    Raises:
        CourseError: if a name is unknown, or a folder does not hold the book's pages.
    """
    found = {"ours": root / "_build" / "html"}
    for one in chosen:
        name, _, folder = one.partition("=")
        if name not in BOOKS:
            raise CourseError(
                f"--book {one}: no book is called {name!r}; there are: "
                f"{', '.join(BOOKS)}. Say --book NAME=FOLDER."
            )
        found[name] = Path(folder)
    for name, there in found.items():
        how = "run make book" if name == "ours" else "unpack or build it there"
        for path in BOOKS[name].pages.values():
            if not (there / path).is_file():
                raise CourseError(f"{there / path} does not exist; {how} first.")
    return found
