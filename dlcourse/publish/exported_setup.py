"""The cell that makes a notebook run where the course is not installed, as in Colab."""

from __future__ import annotations

import copy
import json
from typing import Any

# Without what the wheel requires, because all of that is there. Pip would look into
# what torch names, miss parts of CUDA that Colab keeps elsewhere, and fetch gigabytes.
_SETUP = """\
# @title Set-up: run this cell first
# Installs the course's helpers where they are missing, as on Colab.
try:
    import dlcourse
except ModuleNotFoundError:
    %pip install --quiet --no-deps {wheel}
    import dlcourse
from dlcourse.data import settings

print(
    f"Device: {{dlcourse.device()}}. Data: {{settings.MODE}}={{settings.mode()}} "
    "(auto: real sets where they can be fetched, else stand-ins)."
)"""
# For Colab: nothing is known of a run, and headings are listed at the side.
COLAB = {"provenance": [], "toc_visible": True}


def setup_source(wheel: str) -> str:
    """Return the code of the set-up cell.

    Args:
        wheel: the address of the wheel on the course's site.
    """
    return _SETUP.format(wheel=wheel)


def setup_cell(wheel: str) -> dict[str, Any]:
    """Return the set-up cell: one that a notebook's reader runs and leaves as it is.

    It has no metadata of nbgrader, so it is nobody's to grade.
    """
    return {
        "cell_type": "code",
        "execution_count": None,
        "id": "setup",
        "metadata": {"cellView": "form", "deletable": False, "editable": False},
        "outputs": [],
        "source": setup_source(wheel).splitlines(keepends=True),
    }


def exercise_for_colab(released: str, wheel: str) -> str:
    """Put the set-up cell on top of a released exercise.

    All cells of the release stay as they are, with their metadata: what a student makes
    of this copy is handed in like the release itself, because a grader finds the
    assignment's cells by their grade ids and lets others run without marks.

    Args:
        released: the released notebook, as text.
        wheel: the address of the wheel on the course's site.

    Returns:
        The copy, as text; the same at each time.
    """
    notebook = copy.deepcopy(json.loads(released))
    notebook["cells"].insert(0, setup_cell(wheel))
    notebook.setdefault("metadata", {})["colab"] = COLAB
    return json.dumps(notebook, indent=1, sort_keys=True, ensure_ascii=False) + "\n"
