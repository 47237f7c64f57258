"""Looking for solutions, hidden tests and marking schemes where they must not be."""

from __future__ import annotations

import html
import io
import json
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from dlcourse.house import assignment_names
from dlcourse.publish.sources import Source, grade_id_of, read_source

_MARKER = re.compile(r"(BEGIN|END) (SOLUTION|HIDDEN TESTS|MARK SCHEME)")
_TAG = re.compile(r"<[^>]*>")
_SHORTEST = 60  # characters: shorter code is found anywhere and tells nothing
# The chapters teach what assignments ask: one may show a solution on purpose.
_TEACHES = "book/"


@dataclass(frozen=True)
class Region:
    """One solution, hidden test or marking scheme of a source.

    Attributes:
        kind: ``SOLUTION``, ``HIDDEN TESTS`` or ``MARK SCHEME``.
        place: where it stands, for messages.
        text: its lines without indents and empty ones.
    """

    kind: str
    place: str
    text: str


@dataclass(frozen=True)
class Leak:
    """A region that stands in a file.

    Attributes:
        path: of the file.
        region: what stands in it.
    """

    path: str
    region: Region

    @property
    def is_meant(self) -> bool:
        """Whether it may be so: a chapter that shows a solution."""
        return self.region.kind == "SOLUTION" and self.path.startswith(_TEACHES)

    def line(self) -> str:
        """Say it."""
        what = self.region.kind.lower()
        return f"{self.path} holds the {what} of {self.region.place}"


def regions(root: Path) -> list[Region]:
    """List what is secret in all sources.

    Args:
        root: the course's root folder.
    """
    found: dict[str, Region] = {}
    for name in assignment_names(root):
        for region in _of_source(read_source(root, name)):
            if len(region.text) >= _SHORTEST:
                found.setdefault(region.text, region)
    return list(found.values())


def find_leaks(files: Mapping[str, bytes], secrets: Sequence[Region]) -> list[Leak]:
    """Look for secrets in files: texts, notebooks, pages, and what zips hold.

    Args:
        files: by path from the course's root.
        secrets: what to look for.

    Returns:
        What was found; a secret counts where all its lines follow each other.
    """
    leaks: dict[tuple[str, str], Leak] = {}
    for path, raw in files.items():
        for text in _texts(path, raw):
            plain = f"\n{_squeezed(text)}\n"
            for secret in secrets:
                if f"\n{secret.text}\n" in plain:
                    leaks.setdefault((path, secret.text), Leak(path, secret))
    return list(leaks.values())


def _of_source(source: Source) -> Iterator[Region]:
    for index, cell in enumerate(source.cells):
        meta = cell.metadata.get("nbgrader", {})
        place = f"{grade_id_of(cell) or f'cell {index + 1}'} ({source.name})"
        if meta.get("solution") and not _MARKER.search(cell.source):
            yield Region("SOLUTION", place, _squeezed(cell.source))
            continue
        inside: list[str] = []
        for line in cell.source.split("\n"):
            marker = _MARKER.search(line)
            if marker and marker[1] == "END":
                yield Region(marker[2], place, _squeezed("\n".join(inside)))
            inside = [] if marker else [*inside, line]


def _texts(path: str, raw: bytes) -> Iterator[str]:
    """Give the texts that a file shows to who opens it."""
    ending = path.rpartition(".")[2]
    if ending in ("whl", "zip"):
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            for name in archive.namelist():
                yield from _texts(name, archive.read(name))
        return
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        return  # a picture or an array
    if ending == "ipynb":
        cells = json.loads(text)["cells"]
        yield "\n".join("".join(cell["source"]) for cell in cells)
    elif ending == "html":
        yield html.unescape(_TAG.sub("", text))
    else:
        yield text


def _squeezed(text: str) -> str:
    return "\n".join(line for one in text.split("\n") if (line := one.strip()))
