"""Execute pages and solutions in parallel, once, into a cache that the build reads."""

from __future__ import annotations

import asyncio
import hashlib
import os
import shutil
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from importlib.metadata import version
from pathlib import Path

from jupyter_cache import get_cache
from jupyter_cache.base import CacheBundleIn
from jupyter_cache.cache.db import NbCacheRecord
from jupyter_cache.cache.main import JupyterCacheBase
from jupyter_client.kernelspec import KernelSpecManager, NoSuchKernel
from myst_nb.core.read import is_myst_markdown_notebook, read_myst_markdown_notebook
from myst_parser.config.main import MdParserConfig
from nbclient import NotebookClient
from nbclient.exceptions import (
    CellExecutionError,
    CellTimeoutError,
    DeadKernelError,
)
from nbformat import NotebookNode

from dlcourse.errors import CourseError
from dlcourse.publish.records import PROMISED, Outcome, is_sound, raised, succeeded

# What a cell can see of the course. Changing the grader must not re-run the book.
SEEN_BY_CELLS = (
    "__init__.py",
    "errors.py",
    "device.py",
    "glue.py",
    "figures.py",
    "autograd_graph.py",
    "course.mplstyle",
    "fonts",
    "data",
    "exam",
)
_LIBRARIES = (
    "torch",
    "torchvision",
    "numpy",
    "matplotlib",
    "scikit-learn",
    "ipykernel",
    "nbclient",
)
_PACKAGE = Path(__file__).parent.parent
_CACHES_KEPT = 3
# What decides where a fence begins and ends; as in _config.yml.
_SYNTAX = MdParserConfig(enable_extensions={"colon_fence", "dollarmath", "amsmath"})
# Kernels that need not import torch: they are forked from a process that has. They are
# installed with the package; only their name is known here.
_KERNEL = "dlcourse-warm"
# One thread for each kernel: two kernels of two threads on two cores take four times as
# long as two of one. Offline data make a build the same everywhere.
KERNEL_ENVIRONMENT = {
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "DLCOURSE_DATA": "offline",
    "PYTHONHASHSEED": "0",
    "MPLBACKEND": "module://matplotlib_inline.backend_inline",
}


def environment_key(package: Path = _PACKAGE) -> str:
    """Hash all that a cell's result depends on beside the cell itself.

    Args:
        package: the folder of ``dlcourse``.

    Returns:
        16 hexadecimal digits over the shared part of ``dlcourse``, the versions of the
        libraries and of Python, and the environment of the kernels.
    """
    digest = hashlib.sha256(sys.version.encode())
    digest.update(f"{sorted(KERNEL_ENVIRONMENT.items())}\n".encode())
    for library in _LIBRARIES:
        digest.update(f"{library}={version(library)}\n".encode())
    for name in SEEN_BY_CELLS:
        entry = package / name
        files = [entry] if entry.is_file() else sorted(entry.rglob("*"))
        for file in files:
            if file.is_file() and file.suffix != ".pyc":
                digest.update(f"{file.relative_to(package).as_posix()}\n".encode())
                digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()[:16]


def open_cache(root: Path) -> tuple[JupyterCacheBase, Path]:
    """Open the cache that belongs to this state of code and libraries.

    Args:
        root: the course's root folder.

    Returns:
        The cache and its folder, ``_build/.jupyter_cache/KEY``.
    """
    caches = root / "_build" / ".jupyter_cache"
    folder = caches / environment_key()
    folder.mkdir(parents=True, exist_ok=True)
    os.utime(folder)
    by_age = sorted(
        (path for path in caches.iterdir() if path.is_dir()),
        key=lambda path: path.stat().st_mtime,
    )
    for old in by_age[:-_CACHES_KEPT]:
        shutil.rmtree(old)
    cache = get_cache(folder)
    cache.change_cache_limit(10_000)
    return cache, folder


def read_page(path: Path) -> NotebookNode | None:
    """Read a MyST page as a notebook; None if it is prose without a kernel."""
    text = path.read_text(encoding="utf-8")
    if not is_myst_markdown_notebook(text):
        return None
    return read_myst_markdown_notebook(
        text, config=_SYNTAX, add_source_map=True, path=path
    )


def find_record(
    notebook: NotebookNode, cache: JupyterCacheBase
) -> NbCacheRecord | None:
    """Look a notebook's results up; None if it has to be executed."""
    try:
        record = cache.match_cache_notebook(notebook)
    except KeyError:
        return None
    return record if is_sound(record, cache) else None


def execute_pages(
    paths: Sequence[Path],
    cache: JupyterCacheBase,
    *,
    workers: int,
    timeout: int,
    force: bool = False,
    on_cell: Callable[[Path], None] = lambda path: None,
) -> Iterator[Outcome]:
    """Bring the cache up to date with the pages, several at a time.

    Args:
        paths: MyST pages; those without code are passed over.
        cache: where results are looked up and kept. Failed pages are never kept.
        workers: kernels that run at the same time.
        timeout: seconds a cell may take.
        force: run again what the cache holds.
        on_cell: called after each executed cell, from a worker thread.

    Yields:
        One outcome for each page with code, in the order in which they finish.

    Raises:
        CourseError: if something has to run and its kernel is not installed.
    """
    pending: list[tuple[Path, NotebookNode]] = []
    for path in paths:
        notebook = read_page(path)
        if notebook is None:
            continue
        record = None if force else find_record(notebook, cache)
        if record is not None:
            yield succeeded(path, notebook, record, cached=True)
        else:
            pending.append((path, notebook))
    if pending:
        _require_kernel()
    with ThreadPoolExecutor(max_workers=workers) as pool:
        jobs = {
            pool.submit(_run, notebook, path, timeout, on_cell): (path, notebook)
            for path, notebook in pending
        }
        for job in as_completed(jobs):
            path, notebook = jobs[job]
            seconds, error = job.result()
            if error is not None:
                yield Outcome(path, seconds, cached=False, error=error)
                continue
            record = cache.cache_notebook_bundle(
                CacheBundleIn(notebook, str(path), data={"execution_seconds": seconds}),
                check_validity=False,
                overwrite=True,
            )
            yield succeeded(path, notebook, record, cached=False)


def _require_kernel() -> None:
    try:
        KernelSpecManager().get_kernel_spec(_KERNEL)
    except NoSuchKernel:
        raise CourseError(
            f"The Jupyter kernel {_KERNEL}, which runs the pages, is not installed: "
            f"run `{sys.prefix}/bin/pip install -e .` in the course's root."
        ) from None


def _run(
    notebook: NotebookNode, path: Path, timeout: int, on_cell: Callable[[Path], None]
) -> tuple[float, str | None]:
    """Execute a notebook in place; return the seconds and, if it failed, a sentence."""
    started = [0]
    client = NotebookClient(
        notebook,
        timeout=timeout,
        kernel_name=_KERNEL,
        # Times in the cells' metadata would change the key that the build looks up.
        record_timing=False,
        resources={"metadata": {"path": str(path.parent)}},
        # Where kernels cannot be forked they listen on the loopback; a warning about
        # that is noise here.
        extra_arguments=["--log-level=ERROR"],
        on_cell_start=lambda cell, cell_index: started.append(cell_index),
        on_cell_executed=lambda **_: on_cell(path),
    )
    begin = time.perf_counter()
    error: str | None = None
    try:
        environment = {**os.environ, **KERNEL_ENVIRONMENT}
        asyncio.run(client.async_execute(env=environment))
    except CellExecutionError as failure:
        where = _place(notebook, path, started[-1])
        error = f"{where}: {failure.ename}: {failure.evalue}"
    except CellTimeoutError:
        where = _place(notebook, path, started[-1])
        error = f"{where}: still running after {timeout} s"
    except DeadKernelError:
        where = _place(notebook, path, started[-1])
        error = f"{where}: the kernel died"
    seconds = time.perf_counter() - begin
    if error is None:
        error = _silent_exception(notebook, path)
    return seconds, error


def _place(notebook: NotebookNode, path: Path, index: int) -> str:
    """Name file and line of a cell."""
    return f"{path}, cell at line {notebook.metadata['source_map'][index]}"


def _silent_exception(notebook: NotebookNode, path: Path) -> str | None:
    """Find a cell that promises an error, by its tag, and does not raise one."""
    for index, cell in enumerate(notebook.cells):
        promised = PROMISED in cell.metadata.get("tags", [])
        if promised and not raised(cell.outputs):
            return (
                f"{_place(notebook, path, index)}: tagged raises-exception but nothing "
                "was raised; mend the cell or remove the tag"
            )
    return None


def count_code_cells(paths: Sequence[Path]) -> int:
    """Count the code cells of pages, for a progress bar's total."""
    pages = (read_page(path) for path in paths)
    return sum(
        cell.cell_type == "code"
        for page in pages
        if page is not None
        for cell in page.cells
    )
