"""What the site is made from, as fingerprints: they tell which pages changed."""

from __future__ import annotations

import hashlib
import json
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import dlcourse

# Lines that other pages may show or point to: front matter aside, a page is free to
# change the rest without a word to them.
_SHOWN_ELSEWHERE = re.compile(r"#{1,6} |\([^()]+\)=$|\s*:name:|.*\{#")
# Pages whose every line others may show.
_WHOLE = ("glossary",)
_SHARED = ("_config.yml", "_toc.yml", "constraints.txt", "requirements.txt")


@dataclass(frozen=True)
class Inputs:
    """Fingerprints of what a site was made from.

    Args:
        shared: of everything that may show on any page: settings, styles, code, the
            assignments, and headings and labels of all pages.
        pages: of each page with its outputs, by its path from the root.
    """

    shared: str
    pages: Mapping[str, str]

    def changed_since(self, before: Inputs | None) -> list[str] | None:
        """List the pages that changed; None if all have to be made anew."""
        if before is None or before.shared != self.shared:
            return None
        if set(before.pages) != set(self.pages):
            return None
        return [name for name, mark in self.pages.items() if before.pages[name] != mark]


def take_inputs(
    root: Path, pages: Sequence[Path], outputs: Mapping[Path, str]
) -> Inputs:
    """Take the fingerprints of a course.

    Args:
        root: the course's root folder.
        pages: those of the table of contents.
        outputs: for each page with cells, what tells one execution from another.
    """
    texts = {page: page.read_text(encoding="utf-8") for page in pages}
    shared = hashlib.sha256(sys.version.encode())
    for path in _shared_files(root):
        shared.update(str(path).encode() + b"\0" + path.read_bytes() + b"\0")
    for page, text in texts.items():
        outline = text if page.stem in _WHOLE else _outline(text)
        shared.update(f"{page}\0{outline}\0".encode())
    return Inputs(
        shared.hexdigest(),
        {
            page.relative_to(root).as_posix(): hashlib.sha256(
                f"{text}\0{outputs.get(page, '')}".encode()
            ).hexdigest()
            for page, text in texts.items()
        },
    )


def _outline(text: str) -> str:
    """Return the front matter and the lines that other pages may show."""
    head = re.match(r"---\n.*?\n---\n", text, re.DOTALL)
    lines = filter(_SHOWN_ELSEWHERE.match, text.splitlines())
    return "\n".join([head[0] if head else "", *lines])


def _shared_files(root: Path) -> Iterable[Path]:
    yield from (path for name in _SHARED if (path := root / name).is_file())
    package = Path(dlcourse.__file__).parent
    for folder in (root / "book" / "_static", package):
        yield from (
            path
            for path in sorted(folder.rglob("*"))
            if path.is_file() and "__pycache__" not in path.parts
        )
    yield from sorted(root.glob("exercises/*/*.ipynb"))


def read_inputs(path: Path) -> Inputs | None:
    """Read the fingerprints of an earlier build; nothing if there is none."""
    try:
        return Inputs(**json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def write_inputs(inputs: Inputs, path: Path) -> None:
    """Write the fingerprints down beside the site."""
    path.write_text(json.dumps(asdict(inputs), indent=1), encoding="utf-8")
