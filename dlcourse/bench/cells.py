"""The time of a notebook's cells alone: what no grader can save."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import nbformat
from nbclient import NotebookClient

# Where importing has happened, an import costs next to nothing.
WARM_KERNEL = "dlcourse-warm"


def cell_seconds(path: Path, kernel: str = WARM_KERNEL) -> float:
    """Run a notebook twice and add up its cells' times in the second run.

    Args:
        path: the notebook.
        kernel: name of a kernelspec; one whose kernels have imported everything.

    Returns:
        Seconds, from each cell's start to its end as the kernel tells them.
    """
    for _ in range(2):
        notebook = nbformat.read(path, as_version=4)
        client = NotebookClient(
            notebook,
            kernel_name=kernel,
            timeout=600,
            resources={"metadata": {"path": str(path.parent)}},
        )
        client.execute()
    return sum(_seconds(cell) for cell in notebook.cells if cell.cell_type == "code")


def _seconds(cell: nbformat.NotebookNode) -> float:
    times = cell.metadata.get("execution", {})
    begin, end = times.get("iopub.execute_input"), times.get("shell.execute_reply")
    if not begin or not end:
        return 0.0  # an empty cell is not sent to the kernel
    return (_time(end) - _time(begin)).total_seconds()


def _time(text: str) -> datetime:
    return datetime.fromisoformat(text.replace("Z", "+00:00"))
