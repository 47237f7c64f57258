"""Imports that grading does without, and others do not."""

from __future__ import annotations

import subprocess
import sys

LIGHT = "from dlcourse.grading.light import skip_slow_imports; skip_slow_imports()\n"


def said(code: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_grading_loads_no_server() -> None:
    code = (
        "import sys, dlcourse.grading.ahead\n"
        "print([m for m in ('nbgrader.utils', 'jupyter_server', 'nbconvert', "
        "'rfc3987_syntax.syntax') if m in sys.modules], flush=True)"
    )
    assert said(code) == "['nbgrader.utils']"


def test_the_pages_can_still_be_had() -> None:
    code = LIGHT + (
        "from nbgrader.server_extensions.formgrader import formgrader\n"
        "print(formgrader.FormgradeExtension.__name__)"
    )
    assert said(code) == "FormgradeExtension"


def test_nbgrader_itself_says_where_to_look_for_them() -> None:
    code = LIGHT + (
        "import nbgrader\n"
        "try:\n    nbgrader.load_formgrader(None)\n"
        "except RuntimeError as error:\n    print(error)"
    )
    assert said(code).startswith("This process grades")


def test_nbgrader_stays_as_it_is_where_it_is_loaded() -> None:
    code = "import nbgrader\n" + LIGHT + "print(nbgrader.load_formgrader.__module__)"
    assert said(code).startswith("nbgrader.server_extensions.formgrader")
