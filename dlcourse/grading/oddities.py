"""What is odd about the files of a submission, for a person to look at.

None of it has any effect on grading, which takes from a file only what it needs.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any

from dlcourse.grading import words
from dlcourse.grading.match import match_notebook
from dlcourse.grading.restore import Original

# Modules of these names would stand in place of what notebooks import.
_LIBRARIES = (
    *("torch", "torchvision", "numpy", "scipy", "pandas", "sklearn", "matplotlib"),
    *("IPython", "ipykernel", "ipykernel_launcher", "jupyter_client", "zmq"),
    *("traitlets", "nbclient", "nbgrader", "dlcourse"),
)
_STARTS = re.compile(
    r"(^|/)(sitecustomize\.py|usercustomize\.py|conftest\.py|[^/]*\.pth|\.env|"
    r"\.ipython|\.jupyter|(ipython|jupyter|nbgrader)\w*_config\.(py|json)|kernel\.json|"
    r"matplotlibrc|pyproject\.toml|gradebook\.db)(/|$)"
)
_BROWSER = re.compile(
    r"<\s*(script|form|meta|base)\b|javascript:|<\w[^<>]*\son[a-z]+\s*=",
    re.IGNORECASE,
)


def oddities(
    files: Mapping[str, bytes], name: str, originals: Sequence[Original]
) -> list[str]:
    """List what is odd, a sentence for each thing.

    Args:
        files: what was handed in, by path.
        name: of the notebook, without ``.ipynb``.
        originals: the assignment's own cells.
    """
    found = [*_beside(files)]
    notebook = match_notebook(files, name)
    try:
        data = json.loads(files[notebook]) if notebook else {}
    except (ValueError, RecursionError):
        data = {}
    if isinstance(data, dict):
        found += _within(data, {one.name: one for one in originals})
    return [words.for_review(one) for one in dict.fromkeys(found)]


def _beside(files: Mapping[str, bytes]) -> Iterator[str]:
    for path in sorted(files):
        first = PurePosixPath(path).parts[0]
        module = first.removesuffix(".py")
        named = module in _LIBRARIES or module in sys.stdlib_module_names
        if _STARTS.search(path):
            yield f"{path} is named like a file that programs read by themselves"
        elif named and path.endswith(".py"):
            yield f"{path} has the name of a library, which it does not replace"


def _within(data: dict[str, Any], known: Mapping[str, Original]) -> Iterator[str]:
    about = data.get("metadata")
    about = about if isinstance(about, dict) else {}
    if "dlcourse" in about:
        yield "notes like the grader's own were in the file: left out"
    if "widgets" in about and _BROWSER.search(json.dumps(about["widgets"])):
        yield "the state of its widgets holds code for a browser: left out"
    kernel = about.get("kernelspec")
    language = kernel.get("language", "python") if isinstance(kernel, dict) else ""
    if language not in ("python", ""):
        yield "the file asks for a kernel that is not Python's: left out"
    cells = data.get("cells")
    for cell in cells if isinstance(cells, list) else ():
        if isinstance(cell, dict):
            yield from _of_cell(cell, known)


def _of_cell(cell: dict[str, Any], known: Mapping[str, Original]) -> Iterator[str]:
    about = cell.get("metadata")
    about = about if isinstance(about, dict) else {}
    labels = about.get("nbgrader")
    name = labels.get("grade_id") if isinstance(labels, dict) else None
    original = known.get(name) if isinstance(name, str) else None
    if isinstance(labels, dict) and labels.get("grade") is True and original is None:
        yield "a cell was labelled as a test of the assignment and is none"
    if original and cell.get("cell_type") != original.cell_type:
        yield f"cell {name} was of another kind than the assignment's: put right"
    tags = about.get("tags")
    if isinstance(tags, list) and "skip-execution" in tags:
        yield "cells were tagged not to be run: they run"
    if cell.get("cell_type") != "code" and _BROWSER.search(_text(cell)):
        yield "a text holds code for a browser: not in the feedback"


def _text(cell: dict[str, Any]) -> str:
    source = cell.get("source", "")
    text = "".join(map(str, source)) if isinstance(source, list) else str(source)
    return text + json.dumps(cell.get("attachments", {}))[:100_000]
