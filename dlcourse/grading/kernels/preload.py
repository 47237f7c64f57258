"""What a warm parent imports, and whether it may still fork afterwards."""

from __future__ import annotations

import gc
import importlib
import os
import sys
from collections.abc import Callable
from pathlib import Path

from dlcourse.grading.kernels import fresh

# Also what loads on first use only: behind the first optimiser, figure or cell.
# Not matplotlib_inline: when it is imported it ties itself to the shell that runs.
MODULES = (
    "torch",
    "torch._dynamo",
    "torch._subclasses.schema_check_mode",
    "torch.utils.data",
    "torchvision",
    "torchvision.transforms.v2",
    "numpy",
    "matplotlib.pyplot",
    "matplotlib.backends.backend_agg",
    "matplotlib.backends.backend_svg",
    "PIL.BmpImagePlugin",
    "PIL.GifImagePlugin",
    "PIL.JpegImagePlugin",
    "PIL.PpmImagePlugin",
    "sklearn.datasets",
    "sklearn.linear_model",
    "threadpoolctl",
    "ctypes",
    "ipykernel.kernelapp",
    "ipykernel.ipkernel",
    "ipykernel.debugger",
    "IPython.core.completer",
    "IPython.core.completerlib",
    "IPython.core.debugger",
    "IPython.core.oinspect",
    "IPython.core.pylabtools",
    "IPython.extensions.storemagic",
    "jedi",
    "pdb",
    "sqlite3",
    "tornado.platform.asyncio",
    "dlcourse.grading.kernels.app",
    "dlcourse.data",
    "dlcourse.figures",
)


def load(unwanted: Callable[[], bool]) -> None:
    """Import everything; nothing is computed, since that would start threads.

    Args:
        unwanted: whether nobody needs it any more; then this process ends.
    """
    before = set(os.environ)
    for name in MODULES:
        if unwanted():
            os._exit(0)
        importlib.import_module(name)
    fresh.prepare(set(os.environ) - before)
    # Garbage collection in a kernel would touch, and so copy, every page of these.
    gc.collect()
    gc.freeze()


def problem() -> str:
    """Say why this process must not fork; "" if it may.

    A forked process has one thread: locks that others held stay locked for ever, and
    a CUDA context does not survive at all.
    """
    threads = len(list(Path("/proc/self/task").iterdir()))
    if threads != 1:
        return f"the process of the imports has {threads} threads"
    torch = sys.modules.get("torch")
    if torch is not None and torch.cuda.is_initialized():
        return "the process of the imports has a CUDA context"
    for file in Path("/proc/self/fd").iterdir():
        try:
            target = file.readlink().as_posix()
        except FileNotFoundError:
            continue  # the listing's own
        if target.startswith("/dev/nvidia"):
            return "the process of the imports has opened a GPU"
    return ""
