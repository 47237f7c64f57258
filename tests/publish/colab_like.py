"""A machine that has what Colab has, and the notebooks of the site run on it.

All of them take some minutes, which ``make test`` does not spend:

    .venv/bin/python -m tests.publish.colab_like          # every chapter
    .venv/bin/python -m tests.publish.colab_like lab05    # those named like this
"""

from __future__ import annotations

import asyncio
import dataclasses
import functools
import http.server
import json
import os
import sys
import sysconfig
import tempfile
import threading
import time
import venv
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import Distribution, distribution
from pathlib import Path

import nbformat
from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError
from packaging.requirements import Requirement
from traitlets import default

from dlcourse.publish.addresses import WHEELS
from dlcourse.publish.exported import course_targets, export, find_chapters
from dlcourse.publish.student_wheel import build_wheel

# What the course's pages import, the kernel, and what a set-up cell needs. Colab has
# much more; nothing of that may be relied on.
LIBRARIES = (
    *("torch", "torchvision", "matplotlib", "numpy", "scikit-learn", "pyyaml"),
    *("ipykernel", "pip"),
)


def closure(names: tuple[str, ...] = LIBRARIES) -> dict[str, Distribution]:
    """Find distributions and all that they require."""
    found: dict[str, Distribution] = {}
    waiting, seen = [Requirement(name) for name in names], set()
    while waiting:
        wanted = waiting.pop()
        if (key := (wanted.name.lower(), frozenset(wanted.extras))) in seen:
            continue
        seen.add(key)
        dist = found[wanted.name.lower()] = distribution(wanted.name)
        for needed in map(Requirement, dist.requires or ()):
            extras = ({"extra": extra} for extra in ("", *wanted.extras))
            if needed.marker is None or any(map(needed.marker.evaluate, extras)):
                waiting.append(needed)
    return found


def make_machine(folder: Path) -> Path:
    """Make an environment with those libraries only; return its Python."""
    venv.create(folder, symlinks=True, with_pip=False)
    packages = packages_of(folder)
    for name, dist in closure().items():
        tops = {file.parts[0] for file in dist.files or ()} - {"..", "__pycache__"}
        for top in tops:
            # As on Colab, torch finds CUDA, but pip finds nobody who brought it.
            unknown = name.startswith(("nvidia-", "cuda-")) and top.endswith("-info")
            link = packages / top
            if not (link.is_symlink() or unknown):
                link.symlink_to(Path(str(dist.locate_file(top))))
    return folder / "bin" / "python"


def packages_of(folder: Path) -> Path:
    """Return an environment's folder of packages."""
    base = {"base": str(folder), "platbase": str(folder)}
    return Path(sysconfig.get_path("purelib", "venv", vars=base))


def surroundings(home: Path) -> dict[str, str]:
    """Return a process's environment there: nothing of ours, and no index for pip."""
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(home),
        "OMP_NUM_THREADS": "1",
        "DLCOURSE_DATA": "offline",
        "PIP_NO_INDEX": "1",
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
    }


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a folder on this machine; give its address."""

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *args: object) -> None:
            pass

    handler = functools.partial(Quiet, directory=folder)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


def chapters(root: Path, site: str) -> dict[str, str]:
    """Export all chapters for a site at an address; return them by name."""
    targets = course_targets(root)
    targets.addresses = dataclasses.replace(targets.addresses, site=site)
    return {Path(one.path).stem: export(one, targets) for one in find_chapters(root)}


def run_notebook(text: str, python: Path, work: Path) -> nbformat.NotebookNode:
    """Run a notebook in an empty folder; return it with its outputs.

    Raises:
        CellExecutionError: if a cell fails that should not.
    """
    kernel = {
        "argv": [
            *(str(python), "-I", "-m", "ipykernel_launcher", "-f", "{connection_file}"),
            "--log-level=ERROR",
        ],
        "display_name": "Colab-like",
        "language": "python",
    }
    specs = work / "kernels" / "colab"
    specs.mkdir(parents=True)
    (specs / "kernel.json").write_text(json.dumps(kernel))
    (work / "empty").mkdir()

    class Manager(AsyncKernelManager):
        """Knows this kernel only."""

        @default("kernel_spec_manager")
        def _own_specs(self) -> KernelSpecManager:
            dirs = [str(specs.parent)]
            return KernelSpecManager(kernel_dirs=dirs, ensure_native_kernel=False)

    notebook = nbformat.reads(text, as_version=4)
    client = NotebookClient(
        notebook,
        kernel_name="colab",
        kernel_manager_class=Manager,
        timeout=300,
        resources={"metadata": {"path": str(work / "empty")}},
    )
    asyncio.run(client.async_execute(env=surroundings(work)))
    return notebook


def main(words: list[str]) -> int:
    """Run chapters, one line for each; 1 if one failed."""
    root = Path(__file__).resolve().parents[2]
    failed = 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        build_wheel(folder / "site" / WHEELS)
        with served(folder / "site") as site:
            for chapter, text in chapters(root, site).items():
                if words and not any(word in chapter for word in words):
                    continue
                begin = time.perf_counter()
                python = make_machine(folder / chapter / "machine")
                try:
                    run_notebook(text, python, folder / chapter)
                    word = "ok"
                except CellExecutionError as error:
                    failed += 1
                    word = f"failed: {error.ename}: {error.evalue}"
                print(f"{time.perf_counter() - begin:7.1f} s  {chapter:24} {word}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
