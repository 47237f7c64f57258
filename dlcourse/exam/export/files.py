"""XML and zip files that are the same bytes for the same content."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from xml.etree import ElementTree as ET

# The first moment that a zip file can name.
_MOMENT = (1980, 1, 1, 0, 0, 0)


def add(
    parent: ET.Element, tag: str, text: str | None = None, **attributes: str
) -> ET.Element:
    """Add an element with its text; a name that Python keeps for itself ends in _."""
    names = {name.rstrip("_"): value for name, value in attributes.items()}
    element = ET.SubElement(parent, tag, names)
    element.text = text
    return element


def xml_bytes(root: ET.Element) -> bytes:
    """Write an element as a file."""
    body = ET.tostring(root, "unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{body}\n'.encode()


def zip_bytes(files: Mapping[str, bytes]) -> bytes:
    """Pack files in their order, as if all had been made at one moment."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, _MOMENT)
            entry.external_attr = 0o644 << 16
            # Not compressed: how depends on the version of zlib.
            archive.writestr(entry, content, zipfile.ZIP_STORED)
    return stream.getvalue()
