"""Reading what students hand in: as much of it as can be understood."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import nbbase

from dlcourse.grading import words

_BUILDERS = {
    "code": nbbase.new_code_cell,
    "markdown": nbbase.new_markdown_cell,
    "raw": nbbase.new_raw_cell,
}


class UnreadableError(Exception):
    """The file holds no notebook; the message says why, in a few words."""


def find_notebook(folder: Path, name: str) -> Path | None:
    """Find a notebook that was handed in, also under the name of a copy.

    Browsers save a second download as ``lab (1).ipynb``, Jupyter copies to
    ``lab-Copy1.ipynb`` and Colab to ``Copy of lab.ipynb``. Such a name will do where
    the right one is missing and only one file has one.

    Args:
        folder: what the student handed in.
        name: the notebook's name, without ``.ipynb``.
    """
    exact = folder / f"{name}.ipynb"
    if exact.is_file():
        return exact
    like = re.compile(
        rf"(copy of )*{re.escape(name)}( ?\(\d+\)|[-_ ]copy ?\d*)*", re.IGNORECASE
    )
    copies = [
        path
        for path in folder.glob("*.ipynb")
        if like.fullmatch(path.stem) and path.is_file()
    ]
    return copies[0] if len(copies) == 1 else None


def parse_notebook(raw: bytes) -> tuple[NotebookNode, list[str]]:
    """Read a notebook of any format version, mending what is merely odd.

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
    if not isinstance(data.get("cells"), list):
        raise UnreadableError("file is JSON, but no notebook (it has no cells)")
    seen: set[str] = set()
    cells = [_clean_cell(cell, seen) for cell in data["cells"] if _is_cell(cell)]
    if len(cells) < len(data["cells"]):
        events.append(words.damaged(len(data["cells"]) - len(cells)))
    return _notebook(cells, data.get("metadata")), events


def _notebook(cells: list[NotebookNode], metadata: object) -> NotebookNode:
    wanted = ("kernelspec", "language_info", "dlcourse")
    known = metadata if isinstance(metadata, dict) else {}
    kept = {key: known[key] for key in wanted if isinstance(known.get(key), dict)}
    try:
        return nbbase.new_notebook(cells=cells, metadata=nbformat.from_dict(kept))
    except nbformat.ValidationError:
        return nbbase.new_notebook(cells=cells)


def _load(raw: bytes) -> dict[str, Any]:
    if not raw.strip(b"\0 \t\r\n"):
        raise UnreadableError("file is empty")
    try:
        data = json.loads(raw)
        # Half characters (lone surrogates) are legal JSON, but no file can hold them.
        data = json.loads(json.dumps(data, ensure_ascii=False).encode(errors="replace"))
    except UnicodeDecodeError as error:
        raise UnreadableError(f"file is not text (byte {error.start + 1})") from None
    except json.JSONDecodeError as error:
        raise UnreadableError(f"file is not JSON (line {error.lineno})") from None
    except RecursionError:
        raise UnreadableError("file is nested too deep to be a notebook") from None
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
    return isinstance(cell, dict) and cell.get("cell_type") in _BUILDERS


def _clean_cell(cell: dict[str, Any], seen: set[str]) -> NotebookNode:
    """Build the cell anew, without outputs; drop whatever would make it invalid."""
    source = cell.get("source", "")
    if isinstance(source, list):
        source = "".join(part for part in source if isinstance(part, str))
    fields: dict[str, Any] = {"source": source if isinstance(source, str) else ""}
    metadata = cell.get("metadata")
    metadata = metadata if isinstance(metadata, dict) else {}
    # Pictures pasted into an answer are part of it.
    if cell["cell_type"] != "code" and isinstance(cell.get("attachments"), dict):
        fields["attachments"] = cell["attachments"]
    build = _BUILDERS[cell["cell_type"]]
    labels = {"nbgrader": metadata["nbgrader"]} if "nbgrader" in metadata else {}
    attempts: list[dict[str, Any]] = [
        {**fields, "metadata": metadata},
        {"source": fields["source"], "metadata": labels},
    ]
    identity = cell.get("id")
    if isinstance(identity, str) and identity not in seen:
        attempts.insert(0, {**attempts[0], "id": identity})
        seen.add(identity)
    for attempt in attempts[:-1]:
        try:
            return build(**nbformat.from_dict(attempt))
        except nbformat.ValidationError:
            continue
    return build(**nbformat.from_dict(attempts[-1]))
