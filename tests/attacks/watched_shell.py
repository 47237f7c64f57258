"""Runs cells in an interpreter that is watched, and prints what the watch wrote.

python watched_shell.py '["cell", "cell"]'
"""

import json
import os
import sys
import tempfile
from pathlib import Path

from ipykernel.compiler import XCachingCompiler
from IPython.core.interactiveshell import InteractiveShell

from dlcourse.grading.kernels import culprit, hook, watch


class Shell(InteractiveShell):
    """IPython with ipykernel's names for cells."""

    compiler_class = XCachingCompiler


def main() -> None:
    """Run the cells of the command line."""
    # This file is no student's.
    here = (*culprit.packages(), f"{Path(__file__).parent}{os.sep}")
    culprit.packages = hook.packages = lambda: here
    os.chdir(tempfile.mkdtemp())
    shell = Shell.instance()
    read, write = os.pipe()
    watch.install(write)
    for cell in json.loads(sys.argv[1]):
        shell.run_cell(cell, store_history=True)
    sys.stdout.flush()
    os.close(write)
    with os.fdopen(read) as pipe:
        print("\n=====")
        print(pipe.read())


if __name__ == "__main__":
    main()
