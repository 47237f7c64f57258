"""What a warm parent imports, and whether it may still fork afterwards."""

from __future__ import annotations

import gc
import importlib
import os
import sys
from collections.abc import Callable, Iterable
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
    "threadpoolctl",
    "ctypes",
    "ipykernel.kernelapp",
    "ipykernel.ipkernel",
    "ipykernel.debugger",
    "IPython.core.completer",
    "IPython.core.completerlib",
    "IPython.core.debugger",
    "IPython.core.logger",
    "IPython.core.oinspect",
    "IPython.core.pylabtools",
    "IPython.extensions.storemagic",
    "stack_data",
    "pygments.formatters.terminal256",
    "pdb",
    "sqlite3",
    "tornado.platform.asyncio",
    "dlcourse.grading.kernels.app",
    "dlcourse.grading.kernels.watch",
    "dlcourse.data",
    "dlcourse.figures",
)
# What few notebooks use, and takes nearly a second; see ``order.needs_rare``.
RARE = ("scipy.stats", "sklearn.datasets", "sklearn.linear_model", "jedi")

_before = set(os.environ)


def load(names: Iterable[str], unwanted: Callable[[], bool]) -> None:
    """Import modules; nothing is computed, since that would start threads.

    Args:
        names: of the modules.
        unwanted: whether nobody needs them any more; then this process ends.
    """
    # It would go through everything again and again, and find next to nothing.
    gc.disable()
    for name in names:
        if unwanted():
            os._exit(0)
        importlib.import_module(name)
    fresh.prepare(set(os.environ) - _before)
    # Garbage collection in a kernel would touch, and so copy, every page of these.
    gc.freeze()
    gc.enable()


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
