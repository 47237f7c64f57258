"""How the code of cells is called in a watched kernel: by files that are not there."""

from __future__ import annotations

import os
from hashlib import blake2b


def cells_folder() -> str:
    """Say how the file names of cells begin in this process, if it is a kernel."""
    from ipykernel.compiler import get_tmp_directory

    return f"{get_tmp_directory()}{os.sep}"  # type: ignore[no-untyped-call]


def cell_mark(source: str) -> str:
    """Give the name by which the watch calls a cell, made from its source.

    No two sources have the same name, so that none can pass for another.
    """
    return blake2b(source.encode(errors="surrogatepass"), digest_size=16).hexdigest()


def name_cells() -> None:
    """Have the kernel name the files of its cells by ``cell_mark``.

    ipykernel's own hash is for its debugger, which nobody uses on a watched kernel. It
    is written in Python, takes a twentieth of a short notebook's time, and has 32 bits.
    """
    from ipykernel import compiler

    folder = cells_folder()
    compiler.get_file_name = lambda code: f"{folder}{cell_mark(code)}.py"
