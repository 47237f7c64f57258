"""Documents as files: pandoc turns Markdown into Typst or HTML, Typst into PDF."""

from __future__ import annotations

import re
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory

import typst

from dlcourse.errors import CourseError
from dlcourse.exam.print.markup import Document
from dlcourse.exam.print.pandoc import convert

_HERE = Path(__file__).parent
_FONTS = _HERE.parents[1] / "fonts"
# Names that Typst has given up for dot.o and its like.
_OLD_SYMBOLS = re.compile(r"\b(dot|times|plus|minus)\.circle\b")


def to_pdf(document: Document, template: str = "paper") -> bytes:
    """Typeset a document.

    Args:
        document: made for Typst.
        template: the name of a ``.typ`` file beside this one, whose function of the
            same name takes the title and the body.

    Returns:
        The bytes of a PDF file: the same ones for the same document.

    Raises:
        CourseError: if pandoc or Typst cannot read it.
    """
    body = _mend(_converted(document, "typst", "--syntax-highlighting=idiomatic"))
    with TemporaryDirectory() as folder:
        for name, svg in document.images.items():
            # Typst has no current colour: a paper's is black.
            Path(folder, name).write_text(svg, encoding="utf-8")
        source = (
            (_HERE / f"{template}.typ").read_text(encoding="utf-8")
            + f'\n#show: {template}.with(title: "{document.title}")\n\n'
            + body
        )
        main = Path(folder, "main.typ")
        main.write_text(source, encoding="utf-8")
        try:
            pdf = typst.Compiler(
                str(main),
                root=folder,
                font_paths=[str(_FONTS)],
                ignore_system_fonts=True,
            ).compile(format="pdf")
        except RuntimeError as error:
            raise CourseError(f"{document.title}: Typst says: {error}.") from error
    assert isinstance(pdf, bytes)
    return pdf


def to_html(document: Document) -> str:
    """Write a document as a page that needs no other file.

    Raises:
        CourseError: if pandoc cannot read it.
    """
    body = _converted(document, "html5", "--mathml", "--syntax-highlighting=none")
    style = (_HERE / "paper.css").read_text(encoding="utf-8")
    return (
        '<!doctype html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(document.title)}</title>\n<style>\n{style}</style>\n</head>\n"
        f"<body>\n<main>\n{body}</main>\n</body>\n</html>\n"
    )


def _mend(typst_text: str) -> str:
    """Mend what pandoc 3.9 writes and Typst 0.15 reads in another way."""
    text = _OLD_SYMBOLS.sub(r"\1.o", typst_text)
    # The spaces \; and \! of TeX, of 5 and -3 eighteenths.
    return text.replace("#h(0em)", "#h(0.278em)").replace("#h(-1em)", "#h(-0.167em)")


def _converted(document: Document, target: str, *options: str) -> str:
    return convert(
        document.markdown(), target, "--wrap=preserve", *options, of=document.title
    )
