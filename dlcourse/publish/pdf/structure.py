"""The tags of a PDF: Chromium's trees, made lean and put together as one.

Tags tell a screen reader what is a heading, a paragraph, a link. Chromium also writes
one for each box that means nothing, such as the colours of code: nine of ten. They are
left out, and what they hold goes to the tag above.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from typing import Any

from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    NumberObject,
    PdfObject,
    TextStringObject,
)

_EMPTY_KEYS = {"/Type", "/S", "/P", "/Pg", "/K"}


class Tags:
    """The tags of a file that is put together from several.

    Args:
        writer: what the file is written with.
    """

    def __init__(self, writer: PdfWriter) -> None:
        self._writer = writer
        self._parts = ArrayObject()
        self._numbers = ArrayObject()
        self._next = 0

    def add(self, reader: PdfReader, first: int) -> None:
        """Take over the tags of a file whose pages were added.

        Args:
            reader: the file; its tree is changed.
            first: the place of its first page among the writer's pages.
        """
        if "/StructTreeRoot" not in reader.root_object:
            return
        tree = _content(reader.root_object["/StructTreeRoot"])
        [top] = _listed(tree.raw_get("/K"))
        moved = lean(top)
        count = 0
        for number, held in _numbered(_content(tree["/ParentTree"])):
            target = _content(held)
            if isinstance(target, ArrayObject):  # of the pieces of a page
                parents = [_surviving(one, moved).clone(self._writer) for one in target]
                owner: PdfObject = self._writer._add_object(ArrayObject(parents))
            else:  # of a link
                owner = _surviving(held, moved).clone(self._writer)
            self._numbers.extend([NumberObject(self._next + number), owner])
            count = max(count, number + 1)
        part = top.clone(self._writer)
        _content(part)[NameObject("/S")] = NameObject("/Part")
        self._parts.append(part)
        pages = self._writer.pages[first : first + len(reader.pages)]
        for page, source in zip(pages, reader.pages, strict=True):
            # pypdf leaves this out when it copies a page.
            if (own := source.get("/StructParents")) is not None:
                page[NameObject("/StructParents")] = NumberObject(own)
                _shift(page, "/StructParents", self._next)
            for link in page.get("/Annots", ()):
                _shift(_content(link), "/StructParent", self._next)
        self._next += count

    def finish(self) -> None:
        """Write the tree's root."""
        document = DictionaryObject(
            {
                NameObject("/Type"): NameObject("/StructElem"),
                NameObject("/S"): NameObject("/Document"),
                NameObject("/K"): self._parts,
            }
        )
        above = self._writer._add_object(document)
        for part in self._parts:
            _content(part)[NameObject("/P")] = above
        root = DictionaryObject(
            {
                NameObject("/Type"): NameObject("/StructTreeRoot"),
                NameObject("/K"): above,
                NameObject("/ParentTree"): self._writer._add_object(
                    DictionaryObject({NameObject("/Nums"): self._numbers})
                ),
                NameObject("/ParentTreeNextKey"): NumberObject(self._next),
            }
        )
        document[NameObject("/P")] = self._writer._add_object(root)
        catalog = self._writer.root_object
        catalog[NameObject("/StructTreeRoot")] = document.raw_get("/P")
        catalog[NameObject("/MarkInfo")] = DictionaryObject(
            {NameObject("/Marked"): BooleanObject(True)}
        )


def lean(top: IndirectObject) -> dict[int, IndirectObject]:
    """Leave out the tags that mean nothing.

    Args:
        top: the tag above all others.

    Returns:
        For the number of each tag that was left out: the tag that holds its content.
    """
    moved: dict[int, IndirectObject] = {}
    waiting = [top]
    while waiting:
        above = waiting.pop()
        element = _content(above)
        kept = ArrayObject()
        held = deque(
            (one, _page(element)) for one in _listed(element.get("/K", ArrayObject()))
        )
        while held:
            one, page = held.popleft()
            kid = _content(one)
            if not isinstance(kid, DictionaryObject):  # a piece of a page, by number
                kept.append(_piece(kid, page, element))
            elif "/S" not in kid or kid.get("/Type") == "/OBJR":
                kept.append(one)
            elif str(kid["/S"]) == "/NonStruct" and set(kid) <= _EMPTY_KEYS:
                moved[one.idnum] = above
                inner = _listed(kid.raw_get("/K")) if "/K" in kid else []
                held.extendleft((each, _page(kid) or page) for each in reversed(inner))
            else:
                kid[NameObject("/P")] = above
                kept.append(one)
                waiting.append(one)
        element[NameObject("/K")] = kept
    return moved


def _piece(
    number: PdfObject, page: IndirectObject | None, element: DictionaryObject
) -> PdfObject:
    """Write a piece of a page so that it is found from its new tag."""
    own = _page(element)
    if page is None or page == own:
        return number
    if own is None:
        element[NameObject("/Pg")] = page
        return number
    return DictionaryObject(
        {
            NameObject("/Type"): NameObject("/MCR"),
            NameObject("/Pg"): page,
            NameObject("/MCID"): number,
        }
    )


def _content(one: PdfObject) -> Any:
    """Return what a reference stands for; the library knows no more of its type."""
    return one.get_object()


def _page(element: DictionaryObject) -> IndirectObject | None:
    page = element.raw_get("/Pg") if "/Pg" in element else None
    return page if isinstance(page, IndirectObject) else None


def _listed(kids: PdfObject) -> list[Any]:
    """List what stands for one or for many."""
    many = _content(kids)
    return list(many) if isinstance(many, ArrayObject) else [kids]


def _numbered(node: DictionaryObject) -> Iterator[tuple[int, PdfObject]]:
    """Read a number tree."""
    for kid in node.get("/Kids", ()):
        yield from _numbered(_content(kid))
    flat = _content(node.get("/Nums", ArrayObject()))
    yield from zip(map(int, flat[::2]), flat[1::2], strict=True)


def _surviving(one: PdfObject, moved: dict[int, IndirectObject]) -> PdfObject:
    return moved.get(one.idnum, one) if isinstance(one, IndirectObject) else one


def _shift(owner: DictionaryObject, key: str, by: int) -> None:
    if key in owner:
        owner[NameObject(key)] = NumberObject(_content(owner[key]) + by)


def set_language(writer: PdfWriter, language: str) -> None:
    """Say in which language the text is, and show the title rather than the file."""
    writer.root_object[NameObject("/Lang")] = TextStringObject(language)
    writer.root_object[NameObject("/ViewerPreferences")] = DictionaryObject(
        {NameObject("/DisplayDocTitle"): BooleanObject(True)}
    )
