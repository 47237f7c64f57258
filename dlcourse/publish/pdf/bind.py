"""Make one file of what Chromium printed: links that stay inside, outline, tags."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.constants import PageLabelStyle
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    Fit,
    IndirectObject,
    NameObject,
)

from dlcourse.publish.pdf.pack import pack
from dlcourse.publish.pdf.structure import Tags, set_language

_SECTION = 2  # the depth of sections in a chapter's outline; deeper ones stay out


@dataclass(frozen=True)
class Printed:
    """A document as Chromium printed it.

    Args:
        data: the file.
        address: of its page on the site; links to it stay inside the file.
        part: the heading above it in the outline; empty for none.
        outlined: whether its headings show in the outline.
    """

    data: bytes
    address: str
    part: str = ""
    outlined: bool = True


def count_pages(data: bytes) -> int:
    """Count the pages of a file."""
    return len(PdfReader(BytesIO(data)).pages)


def bind(
    documents: Sequence[Printed],
    title: str,
    author: str,
    language: str,
    front_pages: int = 0,
) -> bytes:
    """Put documents together.

    Args:
        documents: in their order.
        title: of the file.
        author: of the file.
        language: of the text.
        front_pages: how many pages at the beginning have Roman numbers.

    Returns:
        The file; the same documents always make the same bytes.
    """
    writer = PdfWriter()
    tags = Tags(writer)
    places: dict[str, ArrayObject] = {}
    outlines: list[tuple[Printed, list[Any], int]] = []
    for document in documents:
        reader = PdfReader(BytesIO(document.data))
        first = len(writer.pages)
        for page in reader.pages:
            writer.add_page(page)
        places |= _places(reader, writer, first, document.address)
        if document.outlined:
            outlines.append((document, list(_entries(reader, reader.outline)), first))
        tags.add(reader, first)
    for page in writer.pages:
        _turn_inside(page, places)
    _outline(writer, outlines)
    tags.finish()
    set_language(writer, language)
    if front_pages:
        style = PageLabelStyle.LOWERCASE_ROMAN
        writer.set_page_label(0, front_pages - 1, style)
        last = len(writer.pages) - 1
        writer.set_page_label(front_pages, last, PageLabelStyle.DECIMAL)
    writer.metadata = {"/Title": title, "/Author": author, "/Producer": "dlcourse"}
    plain = BytesIO()
    writer.write(plain)
    return pack(plain.getvalue())


def _places(
    reader: PdfReader, writer: PdfWriter, first: int, address: str
) -> dict[str, ArrayObject]:
    """Find where links of a document, or to it, may lead: by address."""
    top = ArrayObject([writer.pages[first].indirect_reference, NameObject("/Fit")])
    places = {address: top}
    numbers = {
        page.indirect_reference: place for place, page in enumerate(reader.pages)
    }
    named = reader.root_object.get("/Dests", DictionaryObject()).get_object()
    for name, held in named.items():
        page, *rest = held.get_object()
        target = writer.pages[first + numbers[page]].indirect_reference
        places[f"{address}#{name[1:]}"] = ArrayObject([target, *rest])
    # Links inside a document say no more than the name; each is made whole here.
    for page in writer.pages[first:]:
        for link in _links(page):
            if isinstance(link.get("/Dest"), str):
                inside = f"{address}#{str(link['/Dest'])[1:]}"
                link[NameObject("/Dest")] = places.get(inside, top)
    return places


def _links(page: PageObject) -> Iterable[DictionaryObject]:
    return (one.get_object() for one in page.get("/Annots", ()))


def _turn_inside(page: PageObject, places: dict[str, ArrayObject]) -> None:
    """Let links to pages that the file holds lead there."""
    for link in _links(page):
        action = link.get("/A", DictionaryObject()).get_object()
        address = str(action.get("/URI", ""))
        place = places.get(address) or places.get(address.partition("#")[0])
        if place is not None:
            del link["/A"]
            link[NameObject("/Dest")] = place


Entry = tuple[str, int, float, list[Any]]


def _entries(reader: PdfReader, outline: list[Any]) -> Iterable[Entry]:
    """Read an outline: heading, page, height on the page, entries below."""
    for place, item in enumerate(outline):
        if isinstance(item, list):
            continue
        after = outline[place + 1] if place + 1 < len(outline) else None
        below = list(_entries(reader, after)) if isinstance(after, list) else []
        page = reader.get_destination_page_number(item)
        yield str(item.title), page or 0, float(item.top or 0), below


def _outline(
    writer: PdfWriter, outlines: Sequence[tuple[Printed, list[Any], int]]
) -> None:
    part, above = "", None
    for document, entries, first in outlines:
        if document.part != part:
            part = document.part
            above = (
                writer.add_outline_item(title=part, page_number=first) if part else None
            )
        _add_entries(writer, entries, first, above, 1)


def _add_entries(
    writer: PdfWriter,
    entries: Sequence[Entry],
    first: int,
    above: IndirectObject | None,
    depth: int,
) -> None:
    for title, page, top, below in entries:
        item = writer.add_outline_item(
            title=title,
            page_number=first + page,
            parent=above,
            fit=Fit.xyz(left=0, top=top, zoom=0),
            is_open=False,
        )
        if depth <= _SECTION:
            _add_entries(writer, below, first, item, depth + 1)
