"""Run the cells of one page in this process, as a notebook would, and report on it.

``python -m dlcourse.publish.plain`` starts this once for each page.
"""

from __future__ import annotations

import json
import resource
import sys
import traceback
import types
import warnings
from collections.abc import Callable, Sequence
from importlib.machinery import ModuleSpec
from pathlib import Path
from typing import Any

import dlcourse
from dlcourse.errors import CourseError
from dlcourse.publish.myst_cells import Cell, read_cells

# What a machine with a GPU has no reason to hold. Hidden here, so that a page that
# needs it fails on every machine.
_JUPYTER = {"IPython", "ipykernel", "ipywidgets", "jupytext", "matplotlib_inline"}
_TOOLING = _JUPYTER | {"click", "nbclient", "nbformat", "nbgrader", "rich", "yaml"}


class _HideTooling:
    """An importer, asked before all others, that does not find Jupyter's world."""

    @staticmethod
    def find_spec(
        name: str,
        path: Sequence[str] | None = None,
        target: types.ModuleType | None = None,
    ) -> ModuleSpec | None:
        """Refuse tooling; leave the rest to the importers that follow."""
        if name.split(".")[0] in _TOOLING:
            raise ModuleNotFoundError(
                f"No module named {name!r} where pages run as plain Python", name=name
            )
        return None


class _Report:
    """What is known so far, in a file, so that a crash leaves its place behind."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.facts: dict[str, Any] = {"ok": False}

    def write(self, **facts: Any) -> None:
        """Add facts and save all."""
        self.facts.update(facts)
        self.file.write_text(json.dumps(self.facts), encoding="utf-8")


def main() -> None:
    """Run the page of the first argument; the second is the report's file."""
    page, report = Path(sys.argv[1]), _Report(Path(sys.argv[2]))
    sys.argv[1:] = []
    try:
        error = _run(page, report)
    except CourseError as failure:
        error = str(failure)
    except Exception as failure:
        error = f"{type(failure).__name__}: {failure}"
        report.write(traceback=traceback.format_exc())
    report.write(ok=error is None, error=error, **_peak_memory())


def _run(page: Path, report: _Report) -> str | None:
    """Run all cells; return what went wrong, or None."""
    report.write(cell=None, line=None)
    cells = read_cells(page)
    sys.meta_path.insert(0, _HideTooling)
    expected = dlcourse.device()
    report.write(device=str(expected))
    given = _watch_device()
    namespace = _fresh_main()
    # Figures are drawn to memory, never shown; matplotlib warns of that at plt.show().
    warnings.filterwarnings("ignore", message=".*non-interactive.*")
    for number, cell in enumerate(cells, start=1):
        report.write(cell=number, line=cell.line)
        if "skip-execution" in cell.tags:
            continue
        error = _run_cell(cell, page, namespace, report)
        if error is not None:
            return error
    report.write(cell=None, line=None)
    # A chapter's own `device` counts too: it may not come from dlcourse.device().
    used = [*given, namespace.get("device")]
    for device in used:
        if getattr(device, "type", expected.type) != expected.type:
            return f"device mismatch: wanted {expected}, the page used {device}"
    return None


def _watch_device() -> list[Any]:
    """Keep a list of what dlcourse.device() gives from now on."""
    choose: Callable[[], Any] = dlcourse.device
    given: list[Any] = []

    def device() -> Any:
        given.append(choose())
        return given[-1]

    # The package's attribute is the function; the module of that name is behind it.
    dlcourse.device = device
    sys.modules["dlcourse.device"].__dict__["device"] = device
    return given


def _fresh_main() -> dict[str, Any]:
    """Make an empty ``__main__``, where pickle finds what cells define."""
    # This module must outlive its name: its functions still run.
    sys.modules["dlcourse.publish.plain_child"] = sys.modules["__main__"]
    module = sys.modules["__main__"] = types.ModuleType("__main__")
    return module.__dict__


def _run_cell(
    cell: Cell, page: Path, namespace: dict[str, Any], report: _Report
) -> str | None:
    """Run one cell; return what went wrong, or None."""
    promised = "raises-exception" in cell.tags
    try:
        # Blank lines above put the code at its own lines of the page in tracebacks.
        source = "\n" * (cell.line - 1) + cell.source + "\n"
        code = compile(source, str(page), "exec", dont_inherit=True)
        exec(code, namespace)
        _draw_figures()
    except (Exception, SystemExit) as error:
        _close_figures()
        if promised:
            return None
        first = next(iter(str(error).splitlines()), "")
        report.write(
            line=_line_in_page(error, page, cell.line),
            traceback="".join(traceback.format_exception(error)),
        )
        return f"{type(error).__name__}: {first}".removesuffix(": ")
    if promised:
        return "tagged raises-exception but nothing was raised"
    return None


def _line_in_page(error: BaseException, page: Path, default: int) -> int:
    """Find the line of the page at which an error came up."""
    if isinstance(error, SyntaxError) and error.filename == str(page):
        return error.lineno or default
    lines = [
        frame.lineno or default
        for frame in traceback.extract_tb(error.__traceback__)
        if frame.filename == str(page)
    ]
    return lines[-1] if lines else default


def _draw_figures() -> None:
    """Draw and close all open figures: a notebook does so after each cell."""
    if "matplotlib.pyplot" in sys.modules:
        pyplot = sys.modules["matplotlib.pyplot"]
        for number in pyplot.get_fignums():
            pyplot.figure(number).canvas.draw()
        pyplot.close("all")


def _close_figures() -> None:
    if "matplotlib.pyplot" in sys.modules:
        sys.modules["matplotlib.pyplot"].close("all")


def _peak_memory() -> dict[str, float | None]:
    """Measure the peaks of resident memory and of PyTorch's GPU memory, in MB."""
    # Kilobytes on Linux, bytes on macOS.
    unit = 1 if sys.platform == "darwin" else 1024
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit
    gpu = None
    torch = sys.modules.get("torch")
    if torch is not None and torch.cuda.is_available():
        gpu = torch.cuda.max_memory_allocated() / 1e6
    return {"memory_mb": peak / 1e6, "gpu_mb": gpu}


if __name__ == "__main__":
    main()
