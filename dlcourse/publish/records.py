"""What became of a page's cells, and whether what the cache holds may be shown."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from jupyter_cache.cache.db import NbCacheRecord
from jupyter_cache.cache.main import JupyterCacheBase
from nbformat import NotebookNode

# The tag of a cell that is meant to fail.
PROMISED = "raises-exception"


@dataclass(frozen=True)
class Outcome:
    """What became of one page: executed, taken from the cache, or failed.

    Attributes:
        path: the page's source.
        seconds: time of its cells, now or when the cache was filled.
        cached: whether nothing had to run.
        error: one sentence naming cell and line, or None.
        cells: how many cells of code it has; none are counted if one failed.
        key: what the cache knows the outputs by; nothing if a cell failed.
        made: when the outputs were made; nothing if a cell failed.
    """

    path: Path
    seconds: float
    cached: bool
    error: str | None = None
    cells: int = 0
    key: str = ""
    made: datetime | None = None


def succeeded(
    path: Path, notebook: NotebookNode, record: NbCacheRecord, cached: bool
) -> Outcome:
    """Tell of a page whose outputs are in the cache."""
    return Outcome(
        path,
        record.data.get("execution_seconds", 0.0),
        cached,
        cells=sum(cell.cell_type == "code" for cell in notebook.cells),
        key=record.hashkey,
        made=record.created,
    )


def is_sound(record: NbCacheRecord, cache: JupyterCacheBase) -> bool:
    """Tell whether a record's outputs are there, complete and without a failure.

    Nothing of the course writes another one. But a cache may be copied, restored or
    filled by other programs, or a machine may stop while it is written.

    Args:
        record: what the cache found for a page.
        cache: the cache.
    """
    file = Path(str(cache.path)) / "executed" / record.hashkey / "base.ipynb"
    try:
        cells = json.loads(file.read_text(encoding="utf-8"))["cells"]
        return not any(map(_is_faulty, cells))
    except (OSError, ValueError, KeyError, TypeError):
        return False


def _is_faulty(cell: Mapping[str, Any]) -> bool:
    """Tell whether a cell of code did not run, failed, or failed to fail."""
    if cell["cell_type"] != "code":
        return False
    tags = cell["metadata"].get("tags", [])
    if raised(cell["outputs"]) is not (PROMISED in tags):
        return True
    ran = cell["execution_count"] is not None
    return not ran and bool("".join(cell["source"]).strip())


def raised(outputs: Iterable[Mapping[str, Any]]) -> bool:
    """Tell whether one of a cell's outputs is an error."""
    return any(output["output_type"] == "error" for output in outputs)
