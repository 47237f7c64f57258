"""Pictures for a page that asks for nothing: all of them inside it, none too large."""

from __future__ import annotations

import base64
import mimetypes
import re
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import unquote

MOST_PICTURE = 2_000_000  # bytes of one picture
_MOST_ENCODED = MOST_PICTURE * 4 // 3 + 4
# In an <img>, a browser neither runs an SVG's scripts nor loads what it refers to.
KINDS = ("image/png", "image/jpeg", "image/gif", "image/webp", "image/svg+xml")
_EMBEDDED = re.compile(rf"data:({'|'.join(map(re.escape, KINDS))});base64,[\w+/=]+")


def is_embedded(url: str) -> bool:
    """Tell whether a URL holds a picture itself, of a size that a page can bear."""
    return len(url) <= _MOST_ENCODED + 40 and bool(_EMBEDDED.fullmatch(url))


def is_encoded(data: object) -> bool:
    """Tell whether data is base64 of a picture that is not too large."""
    return (
        isinstance(data, str)
        and len(data) <= _MOST_ENCODED
        and bool(re.fullmatch(r"[\w+/=\s]+", data))
    )


def attached(attachments: Mapping[str, object], name: str) -> str:
    """Give the URL of a picture pasted into a cell; "" if there is none to show."""
    bundle = attachments.get(name)
    if not isinstance(bundle, dict):
        return ""
    for kind in KINDS:
        data = bundle.get(kind)
        if is_encoded(data):
            return f"data:{kind};base64,{''.join(str(data).split())}"
    return ""


def beside(folder: Path, name: str) -> str:
    """Give the URL of a picture that lies beside the notebook; "" if there is none.

    Links count as none: they could lead to any file.
    """
    kind = mimetypes.guess_type(name)[0]
    try:
        path = folder / unquote(name)
        inside = path.resolve().is_relative_to(folder.resolve())
        if (
            kind not in KINDS
            or not inside
            or path.is_symlink()
            or not path.is_file()
            or path.stat().st_size > MOST_PICTURE
        ):
            return ""
        return f"data:{kind};base64,{base64.b64encode(path.read_bytes()).decode()}"
    except (OSError, ValueError):  # too long, a null character, not readable
        return ""
