"""Reading the source of cells, IPython's additions to Python included."""

from __future__ import annotations

import ast
import warnings
from functools import lru_cache


@lru_cache(maxsize=256)
def plain(source: str) -> str:
    """Give a cell as plain Python: magics become calls; "" if it is none."""
    if _compiles(source):
        return source
    # Its import takes time, which most submissions do not need.
    from IPython.core.inputtransformer2 import TransformerManager

    try:
        manager = TransformerManager()  # type: ignore[no-untyped-call]
        text = str(manager.transform_cell(source))
    except Exception:  # a tokeniser promises no kind of exception
        return ""
    return text if _compiles(text) else ""


def parse(source: str) -> ast.Module:
    """Parse a cell; one that is no Python has nothing in it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return ast.parse(plain(source))


def _compiles(source: str) -> bool:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return True
