"""Environments of kernels that grade: the same wherever they run."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from dlcourse.grading.sandbox.mounts import HOME

_GRADING = {
    "DLCOURSE_DATA": "offline",
    "OMP_NUM_THREADS": "1",
    "MPLBACKEND": "module://matplotlib_inline.backend_inline",
    # As nbgrader's autograder says, so that tests may tell grading from practice.
    "NBGRADER_EXECUTION": "autograde",
    # Sets are walked in the same order for everybody.
    "PYTHONHASHSEED": "0",
}


def grading_environment() -> dict[str, str]:
    """Make the environment of a kernel that grades without a sandbox."""
    return {**os.environ, **_GRADING}


def sandbox_environment() -> dict[str, str]:
    """Make the environment of a sandboxed kernel from nothing."""
    programs = Path(sys.executable).parent
    return {
        "PATH": f"{programs}:/usr/bin:/bin",
        "HOME": HOME,
        "LANG": "C.UTF-8",
        "TMPDIR": "/tmp",
        "IPYTHONDIR": f"{HOME}/.ipython",
        "JUPYTER_CONFIG_DIR": f"{HOME}/.jupyter",
        "JUPYTER_DATA_DIR": f"{HOME}/.local/share/jupyter",
        "JUPYTER_RUNTIME_DIR": f"{HOME}/.local/share/jupyter/runtime",
        "MPLCONFIGDIR": f"{HOME}/.matplotlib",
        **_GRADING,
    }
