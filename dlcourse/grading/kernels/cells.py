"""How the code of cells is called in a kernel: by files that are not there."""

from __future__ import annotations

import os


def cells_folder() -> str:
    """Say how the file names of cells begin in this process, if it is a kernel."""
    from ipykernel.compiler import get_tmp_directory

    return f"{get_tmp_directory()}{os.sep}"  # type: ignore[no-untyped-call]


def cell_mark(source: str) -> str:
    """Give the name by which the watch calls a cell, made from its source."""
    from ipykernel.compiler import get_tmp_hash_seed, murmur2_x86

    seed = get_tmp_hash_seed()  # type: ignore[no-untyped-call]
    return str(murmur2_x86(source, seed))  # type: ignore[no-untyped-call]
