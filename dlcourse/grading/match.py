"""Which of a submission's files is meant for a notebook."""

from __future__ import annotations

import re
from collections.abc import Iterable


def match_notebook(files: Iterable[str], name: str) -> str | None:
    """Find a notebook that was handed in, also under the name of a copy.

    Browsers save a second download as ``lab (1).ipynb``, Jupyter copies to
    ``lab-Copy1.ipynb`` and Colab to ``Copy of lab.ipynb``. Such a name will do where
    the right one is missing and only one file has one.

    Args:
        files: paths from the submission's folder.
        name: the notebook's name, without ``.ipynb``.
    """
    top = [path for path in files if path.endswith(".ipynb") and "/" not in path]
    if f"{name}.ipynb" in top:
        return f"{name}.ipynb"
    like = re.compile(
        rf"(copy of )*{re.escape(name)}( ?\(\d+\)|[-_ ]copy ?\d*)*\.ipynb",
        re.IGNORECASE,
    )
    copies = [path for path in top if like.fullmatch(path)]
    return copies[0] if len(copies) == 1 else None
