"""Reading what students hand in: as much of it as can be understood."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from uuid import uuid4

import nbformat
from nbformat import NotebookNode

from dlcourse.grading import words
from dlcourse.grading.match import match_notebook

MOST_CELLS = 2_000
MOST_SOURCE = 1_000_000  # characters of one cell
MOST_ATTACHED = 10_000_000  # characters of all attachments together
# Whatever kernel a file names, this is the one.
PYTHON = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}
_KINDS = ("code", "markdown", "raw")
_ID = re.compile(r"[a-zA-Z0-9_-]{1,64}")


class UnreadableError(Exception):
    """The file holds no notebook; the message says why, in a few words."""


def find_notebook(folder: Path, name: str) -> Path | None:
    """Find a notebook in a folder, see ``match_notebook``."""
    found = match_notebook(
        [path.name for path in folder.glob("*.ipynb") if path.is_file()], name
    )
    return folder / found if found else None


def parse_notebook(raw: bytes) -> tuple[NotebookNode, list[str]]:
    """Read a notebook of any format version, mending what is merely odd.

    Of metadata only what grading itself needs is kept: tags and settings of other
    programs change what runs and what is shown.

    Args:
        raw: the bytes of the file.

    Returns:
        A valid notebook of format 4.5 without outputs, and a sentence for each oddity.

    Raises:
        UnreadableError: if there is no notebook in the file.
    """
    data = _load(raw)
    events = []
    if isinstance(data.get("worksheets"), list):
        data = _upgrade(data)
    elif data.get("nbformat") != 4:
        events.append(words.other_format(data.get("nbformat")))
    entries = data.get("cells")
    if not isinstance(entries, list):
        raise UnreadableError("file is JSON, but no notebook (it has no cells)")
    if len(entries) > MOST_CELLS:
        events.append(words.many_cells(len(entries), MOST_CELLS))
        entries = entries[:MOST_CELLS]
    reader = _Reader()
    cells = [reader.cell(entry) for entry in entries if _is_cell(entry)]
    if len(cells) < len(entries):
        events.append(words.damaged(len(entries) - len(cells)))
    metadata = data.get("metadata")
    note = metadata.get("dlcourse") if isinstance(metadata, dict) else None
    kept = {**PYTHON, **({"dlcourse": note} if isinstance(note, dict) else {})}
    made = {"cells": cells, "metadata": kept, "nbformat": 4, "nbformat_minor": 5}
    return nbformat.from_dict(made), [*events, *reader.events]


def _load(raw: bytes) -> dict[str, Any]:
    if not raw.strip(b"\0 \t\r\n"):
        raise UnreadableError("file is empty")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableError(f"file is not text (byte {error.start + 1})") from None
    try:
        data = json.loads(text)
        if "\\ud" in text.lower():
            # Half characters (lone surrogates) are legal JSON, but no file can hold
            # them.
            whole = json.dumps(data, ensure_ascii=False).encode(errors="replace")
            data = json.loads(whole)
    except json.JSONDecodeError as error:
        raise UnreadableError(f"file is not JSON (line {error.lineno})") from None
    except RecursionError:
        raise UnreadableError("file is nested too deep to be a notebook") from None
    except ValueError:
        raise UnreadableError("file holds a number that is too long") from None
    if not isinstance(data, dict):
        raise UnreadableError("file is JSON, but no notebook (it has no cells)")
    return data


def _upgrade(data: dict[str, Any]) -> dict[str, Any]:
    """Turn format 3, which had worksheets, into format 4."""
    try:
        return dict(nbformat.reads(json.dumps(data), as_version=4))
    except Exception as error:
        # nbformat promises no exception here: damaged old files raise many kinds.
        raise UnreadableError(
            f"file has notebook format {data.get('nbformat')!r} and cannot be converted"
        ) from error


def _is_cell(cell: object) -> bool:
    return isinstance(cell, dict) and cell.get("cell_type") in _KINDS


class _Reader:
    """Builds cells anew, without outputs, dropping whatever would make them invalid."""

    def __init__(self) -> None:
        self.events: list[str] = []
        self._seen: set[str] = set()
        self._attached = 0

    def cell(self, entry: dict[str, Any]) -> dict[str, Any]:
        """Build one cell."""
        metadata = entry.get("metadata")
        metadata = metadata if isinstance(metadata, dict) else {}
        kept: dict[str, Any] = {}
        if metadata.get("deletable") is False:
            # So the course marks what it released; copies do not carry it.
            kept["deletable"] = False
        if "nbgrader" in metadata:
            kept["nbgrader"] = metadata["nbgrader"]
        built: dict[str, Any] = {
            "cell_type": entry["cell_type"],
            "id": self._id(entry.get("id")),
            "metadata": kept,
            "source": self._source(entry.get("source", "")),
        }
        if built["cell_type"] == "code":
            built |= {"execution_count": None, "outputs": []}
        elif attachments := self._attachments(entry.get("attachments")):
            built["attachments"] = attachments
        return built

    def _id(self, given: object) -> str:
        chosen = given if isinstance(given, str) else ""
        if chosen in self._seen or not _ID.fullmatch(chosen):
            chosen = uuid4().hex[:8]
        self._seen.add(chosen)
        return chosen

    def _source(self, source: object) -> str:
        if isinstance(source, list):
            source = "".join(part for part in source if isinstance(part, str))
        text = source if isinstance(source, str) else ""
        text = text.replace("\r\n", "\n")  # an editor's on Windows
        if len(text) <= MOST_SOURCE:
            return text
        said = words.long_source(len(text), MOST_SOURCE)
        self.events.append(said)
        return f"# {said}"

    def _attachments(self, given: object) -> dict[str, dict[str, str]]:
        """Keep pictures that were pasted into an answer: they are part of it."""
        kept: dict[str, dict[str, str]] = {}
        for name, bundle in (given if isinstance(given, dict) else {}).items():
            data = bundle if isinstance(bundle, dict) else {}
            good = {k: text for k, text in data.items() if isinstance(text, str)}
            size = sum(map(len, good.values()))
            if self._attached + size > MOST_ATTACHED:
                self.events.append(words.large_attachment(size, MOST_ATTACHED))
            elif good:
                self._attached += size
                kept[name] = good
        return kept
