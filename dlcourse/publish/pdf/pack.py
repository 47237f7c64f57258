"""Write a PDF small: its many little objects packed together, as PDF 1.5 allows.

The tags of a book are some hundred thousand objects of a line each. Packed in groups
they take a tenth. pypdf reads such files but does not write them.
"""

from __future__ import annotations

import hashlib
import re
import zlib

from dlcourse.errors import CourseError

_GROUP = 200
_LEVEL = 9
_HEAD = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
_START = re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*$")
_OBJECT = re.compile(rb"(\d+) 0 obj\s*(.*?)\s*endobj\s*$", re.DOTALL)
# A text, which may look like anything, or a reference.
_POINTER = re.compile(rb"\((?:\\.|[^\\()])*\)|\b(\d+) 0 R\b", re.DOTALL)
_REFERENCE = rb"/%s\s+(\d+)\s+0\s+R"


def pack(data: bytes) -> bytes:
    """Pack a file that was written with a plain table of its objects.

    Args:
        data: the file, with one table and no older versions inside.

    Returns:
        The same objects. The file's identifier follows from them, so that the same
        objects always make the same file.
    """
    objects, root, info = _read(data)
    objects = _once(objects)
    small = [number for number, body in objects.items() if not _is_stream(body)]
    out = bytearray(_HEAD)
    size = max(objects) + 1
    # What the table says of each object: kind, and two numbers.
    table: dict[int, tuple[int, int, int]] = {0: (0, 0, 65535)}
    for number, body in objects.items():
        if _is_stream(body):
            table[number] = (1, len(out), 0)
            out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    for start in range(0, len(small), _GROUP):
        group = small[start : start + _GROUP]
        for place, number in enumerate(group):
            table[number] = (2, size, place)
        table[size] = (1, len(out), 0)
        out += b"%d 0 obj\n%s\nendobj\n" % (size, _group(objects, group))
        size += 1
    table[size] = (1, len(out), 0)
    digest = hashlib.sha256(out).hexdigest()[:32].encode()
    start = len(out)
    out += _table(table, size, root, info, digest)
    out += b"startxref\n%d\n%%%%EOF\n" % start
    return bytes(out)


def _read(data: bytes) -> tuple[dict[int, bytes], int, int | None]:
    """Return the objects by their numbers, and the numbers of root and information."""
    end = _START.search(data)
    head = end and re.match(rb"xref\s+0 (\d+)\s+", data[int(end[1]) :])
    if end is None or head is None:
        raise CourseError(
            "A PDF has no plain table of its objects; nothing is written."
        )
    begin = int(end[1])
    rows = data[begin + head.end() : begin + head.end() + 20 * int(head[1])]
    places = {
        number: int(rows[20 * number : 20 * number + 10])
        for number in range(int(head[1]))
        if rows[20 * number + 17 : 20 * number + 18] == b"n"
    }
    order = sorted(places, key=places.__getitem__)
    ends = [*(places[number] for number in order[1:]), begin]
    objects = {}
    for number, stop in zip(order, ends, strict=True):
        found = _OBJECT.match(data[places[number] : stop])
        if found is None or int(found[1]) != number:
            raise CourseError(f"A PDF is damaged at object {number}.")
        objects[number] = found[2]
    trailer = data[begin:]
    root = re.search(_REFERENCE % b"Root", trailer)
    info = re.search(_REFERENCE % b"Info", trailer)
    if root is None:
        raise CourseError("A PDF has no root; nothing is written.")
    return dict(sorted(objects.items())), int(root[1]), int(info[1]) if info else None


def _once(objects: dict[int, bytes]) -> dict[int, bytes]:
    """Keep one of several equal streams, such as a letter in each chapter's font."""
    # Only plain objects are rewritten, so parts of other streams keep their places.
    heads = (body.partition(b"stream")[0] for body in objects.values())
    streams = [number for number, body in objects.items() if _is_stream(body)]
    parts = {
        int(found[1])
        for head, body in zip(heads, objects.values(), strict=True)
        if _is_stream(body)
        for found in _POINTER.finditer(head)
        if found[1]
    }
    first: dict[bytes, int] = {}
    same = {}
    for number in streams:
        kept = first.setdefault(objects[number], number)
        if kept != number and number not in parts:
            same[number] = kept

    def point(found: re.Match[bytes]) -> bytes:
        kept = same.get(int(found[1])) if found[1] else None
        return b"%d 0 R" % kept if kept else found[0]

    return {
        number: body if _is_stream(body) else _POINTER.sub(point, body)
        for number, body in objects.items()
        if number not in same
    }


def _is_stream(body: bytes) -> bool:
    return body.endswith(b"endstream")


def _group(objects: dict[int, bytes], group: list[int]) -> bytes:
    places, bodies, offset = [], [], 0
    for number in group:
        places.append(b"%d %d" % (number, offset))
        bodies.append(objects[number])
        offset += len(objects[number]) + 1
    head = b" ".join(places) + b"\n"
    packed = zlib.compress(head + b"\n".join(bodies), _LEVEL)
    return (
        b"<</Type /ObjStm /N %d /First %d /Filter /FlateDecode /Length %d>>\n"
        b"stream\n%s\nendstream" % (len(group), len(head), len(packed), packed)
    )


def _table(
    table: dict[int, tuple[int, int, int]],
    number: int,
    root: int,
    info: int | None,
    digest: bytes,
) -> bytes:
    size = number + 1
    rows = b"".join(
        kind.to_bytes(1, "big") + one.to_bytes(5, "big") + other.to_bytes(2, "big")
        for kind, one, other in (table.get(key, (0, 0, 65535)) for key in range(size))
    )
    packed = zlib.compress(rows, _LEVEL)
    about = b"/Info %d 0 R " % info if info else b""
    return (
        b"%d 0 obj\n<</Type /XRef /Size %d /W [1 5 2] /Root %d 0 R %s"
        b"/ID [<%s> <%s>] /Filter /FlateDecode /Length %d>>\nstream\n%s\nendstream\n"
        b"endobj\n" % (number, size, root, about, digest, digest, len(packed), packed)
    )
