"""Packing changes the form of a file, not what it holds."""

from __future__ import annotations

from io import BytesIO

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, NameObject, StreamObject, TextStringObject

from dlcourse.errors import CourseError
from dlcourse.publish.pdf.pack import pack


def plain(pages: int) -> bytes:
    writer = PdfWriter()
    for number in range(pages):
        writer.add_blank_page(100 + number, 100)
        writer.add_outline_item(title=f"Page {number}: endobj", page_number=number)
    writer.metadata = {"/Title": "Packed"}
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


@pytest.mark.parametrize("pages", [1, 300])
def test_packed_is_read_as_before(pages: int) -> None:
    reader = PdfReader(BytesIO(pack(plain(pages))), strict=True)
    assert [page.mediabox.width for page in reader.pages] == [
        100 + number for number in range(pages)
    ]
    assert [str(item.title) for item in reader.outline] == [
        f"Page {number}: endobj" for number in range(pages)
    ]
    assert reader.metadata is not None
    assert reader.metadata.title == "Packed"


def test_many_little_objects_take_little() -> None:
    data = plain(300)
    assert len(pack(data)) < len(data) / 3


def test_the_identifier_follows_from_the_content() -> None:
    one, two = pack(plain(1)), pack(plain(2))
    assert one == pack(plain(1))
    assert (
        PdfReader(BytesIO(one)).trailer["/ID"] != PdfReader(BytesIO(two)).trailer["/ID"]
    )


def test_what_is_no_plain_file_is_refused() -> None:
    with pytest.raises(CourseError, match="no plain table"):
        pack(pack(plain(1)))
    data = plain(2)
    with pytest.raises(CourseError, match="damaged"):
        pack(data.replace(b"2 0 obj", b"7 0 obj"))


def test_equal_streams_are_kept_once_and_all_references_hold() -> None:
    def stream(data: bytes) -> StreamObject:
        made = StreamObject()
        made.set_data(data)
        return made

    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    first, second, third = (writer._add_object(stream(b"same" * 90)) for _ in "123")
    holder = stream(b"other")
    holder[NameObject("/Part")] = third
    catalog = writer.root_object
    catalog[NameObject("/All")] = ArrayObject(
        [
            first,
            second,
            TextStringObject(f"{second.idnum} 0 R"),
            writer._add_object(holder),
        ]
    )
    out = BytesIO()
    writer.write(out)
    packed = pack(out.getvalue())
    assert packed.count(b"same" * 90) == 2  # one, and the part of another stream
    a, b, said, held = PdfReader(BytesIO(packed)).root_object["/All"]
    assert a == b
    assert said == f"{second.idnum} 0 R"
    assert held.get_object()["/Part"].get_data() == a.get_object().get_data()
