"""Run chapters and solutions as plain Python: ``python -m dlcourse.publish.plain``.

It needs torch, matplotlib and what the pages import, but no Jupyter: so it also checks
the course on a bare machine with a GPU.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from dlcourse.errors import CourseError
from dlcourse.house import find_root

_PACKAGE_ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Result:
    """How a page ran.

    Attributes:
        name: its path from the course's root.
        ok: whether all cells did what they should.
        seconds: wall time of its process, the start of Python included.
        memory_mb: peak resident memory in MB; None if the process was killed.
        gpu_mb: peak of PyTorch's memory on the GPU in MB; None without CUDA.
        device: what ``dlcourse.device()`` gave; None if it gave nothing.
        error: the first line of what went wrong.
        cell: number of the code cell in which it did, from 1.
        line: the line of the page at which it did, from 1.
        traceback: the whole traceback, or the end of what a killed process wrote.
    """

    name: str
    ok: bool
    seconds: float
    memory_mb: float | None = None
    gpu_mb: float | None = None
    device: str | None = None
    error: str | None = None
    cell: int | None = None
    line: int | None = None
    traceback: str | None = None


def find_pages(root: Path, only: Sequence[str] = ()) -> list[Path]:
    """Find the chapters and the sources of assignments.

    Args:
        root: the course's root folder.
        only: keep pages whose path from the root contains one of these texts.

    Returns:
        The pages, chapters first.

    Raises:
        CourseError: if none is left.
    """
    pages = [
        *sorted(root.glob("book/labs/*.md")),
        *(
            page
            for page in sorted(root.glob("book/revision/*.md"))
            if "{code-cell}" in page.read_text(encoding="utf-8")
        ),
        *sorted(root.glob("solutions/*/*.md")),
    ]
    kept = [
        page
        for page in pages
        if not only or any(text in page.relative_to(root).as_posix() for text in only)
    ]
    if not kept:
        wanted = f" with {' or '.join(only)} in its path" if only else ""
        raise CourseError(
            f"{root} has no page{wanted} in book/labs, book/revision or solutions; "
            "mend --only or write one."
        )
    return kept


def run_page(root: Path, page: Path, device: str | None, timeout: float) -> Result:
    """Run the cells of a page in a fresh process and an empty folder.

    Args:
        root: the course's root folder.
        page: the page, a MyST notebook.
        device: value for ``DLCOURSE_DEVICE``; None leaves the choice to the course.
        timeout: seconds after which the process is killed.

    Returns:
        How it went.
    """
    name = page.relative_to(root).as_posix()
    # One thread unless told else, as in the book: times of pages can be compared.
    defaults = {"DLCOURSE_DATA": "offline", "OMP_NUM_THREADS": "1"}
    environment = defaults | os.environ | {"MPLBACKEND": "Agg"}
    path = [str(_PACKAGE_ROOT), environment.get("PYTHONPATH", "")]
    environment["PYTHONPATH"] = os.pathsep.join(filter(None, path))
    if device is not None:
        environment["DLCOURSE_DEVICE"] = device
    with tempfile.TemporaryDirectory(prefix="dlcourse-plain-") as folder:
        report, work = Path(folder) / "report.json", Path(folder) / "work"
        work.mkdir()
        begin = time.perf_counter()
        try:
            done = subprocess.run(
                [
                    *(sys.executable, "-m", "dlcourse.publish.plain_child"),
                    *(page.resolve(), report),
                ],
                cwd=work,
                env=environment,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                timeout=timeout,
                check=False,
            )
            status, said = done.returncode, done.stderr
        except subprocess.TimeoutExpired as late:
            status, said = None, late.stderr or b""
        seconds = time.perf_counter() - begin
        facts = (
            json.loads(report.read_text(encoding="utf-8")) if report.is_file() else {}
        )
    result = {"ok": False} | facts | {"name": name, "seconds": seconds}
    if status != 0 or not (result["ok"] or result.get("error")):
        end = said.decode(errors="replace").splitlines()[-20:]
        result |= {
            "ok": False,
            "error": _death(status, timeout),
            "traceback": "\n".join(end) or None,
        }
    return Result(**result)


def _death(status: int | None, timeout: float) -> str:
    """Say how a process ended that did not end well."""
    if status is None:
        return f"still running after {timeout:g} s"
    if status < 0:
        return f"killed by {signal.Signals(-status).name}"
    return f"the process ended with status {status}"


def _row(result: Result, width: int) -> str:
    memory = _number(result.memory_mb)
    gpu = _number(result.gpu_mb)
    line = (
        f"{result.name:<{width}}  {result.seconds:>7.1f}  {memory:>6}  {gpu:>6}  "
        f"{result.device or '–':<8}  "
    )
    if result.ok:
        return line + "ok"
    place = f"cell {result.cell}, line {result.line}: " if result.cell else ""
    return f"{line}failed: {place}{result.error}"


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.0f}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line.

    Args:
        arguments: the command's words; those of the process if not given.

    Returns:
        0 if all pages ran, 1 if one failed, 2 for bad input.
    """
    parser = argparse.ArgumentParser(
        prog="python -m dlcourse.publish.plain",
        description="Run chapters and solutions as plain Python, one process each.",
    )
    parser.add_argument(
        "--device", help="run on this device (cpu, cuda); the course chooses by default"
    )
    parser.add_argument(
        "--only",
        action="append",
        default=[],
        metavar="TEXT",
        help="only pages whose path contains this text; may be repeated",
    )
    parser.add_argument(
        "--json", type=Path, metavar="FILE", help="write the results here as well"
    )
    parser.add_argument(
        "--timeout",
        type=float,
        default=600,
        metavar="SECONDS",
        help="kill a page after this time (default: %(default)s)",
    )
    options = parser.parse_args(arguments)
    try:
        root = find_root()
        pages = find_pages(root, options.only)
    except CourseError as error:
        print(f"dlcourse: {error}", file=sys.stderr)
        return 2
    width = max(len(page.relative_to(root).as_posix()) for page in pages)
    print(f"{'page':<{width}}  seconds  mem MB  GPU MB  device    result", flush=True)
    results = []
    for page in pages:
        results.append(run_page(root, page, options.device, options.timeout))
        print(_row(results[-1], width), flush=True)
    failed = [result for result in results if not result.ok]
    for result in failed:
        if result.traceback:
            print(f"\n{result.name}\n{result.traceback}")
    if options.json is not None:
        draft = options.json.with_name(options.json.name + ".tmp")
        draft.write_text(json.dumps([asdict(result) for result in results], indent=2))
        draft.replace(options.json)
    print(f"\n{len(results) - len(failed)} of {len(results)} pages ran")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
