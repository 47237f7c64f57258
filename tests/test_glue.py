"""Glued numbers: shown in a notebook's text, silent everywhere else."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def python(code: str, cwd: Path = ROOT) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=cwd,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    return done.stdout


def test_inside_ipython_a_bundle_is_displayed_under_the_name(tmp_path: Path) -> None:
    out = python(
        f"""
import json, os
os.environ["IPYTHONDIR"] = {str(tmp_path)!r}
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output
shell = InteractiveShell.instance()
with capture_output() as seen:
    shell.run_cell("from dlcourse import glue; glue('loss', 1234.567, ',.1f')")
print(json.dumps([
    [output.data, output.metadata, seen.stdout] for output in seen.outputs
]))
"""
    )
    prefix = "application/papermill.record/"
    assert json.loads(out) == [
        [
            {f"{prefix}text/plain": "'1,234.6'"},
            {"scrapbook": {"name": "loss", "mime_prefix": prefix}},
            "",
        ]
    ]


def test_outside_ipython_nothing_is_shown() -> None:
    assert python("from dlcourse import glue; glue('loss', 1.5, '.1f')") == ""


def test_without_ipython_nothing_is_needed() -> None:
    # None in sys.modules is how Python spells "cannot be imported".
    code = """
import sys
sys.modules["IPython"] = None
from dlcourse import glue
glue("loss", 1.5)
"""
    assert python(code) == ""


def test_the_text_of_a_page_shows_the_value(tmp_path: Path) -> None:
    (tmp_path / "conf.py").write_text(
        'extensions = ["myst_nb"]\nnb_execution_mode = "force"\n'
    )
    (tmp_path / "index.md").write_text(
        """\
---
jupytext:
  text_representation:
    extension: .md
    format_name: myst
kernelspec:
  display_name: Python 3
  language: python
  name: python3
---

# A page

```{code-cell} python
from dlcourse import glue

glue("loss", 1234.567, ",.1f")
glue("name", "a net")
```

The loss of {glue:text}`name` is {glue:text}`loss`.
"""
    )
    done = subprocess.run(
        [sys.executable, "-m", "sphinx", "-W", "-q", "-b", "text", ".", "_out"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=200,
    )
    assert done.returncode == 0, done.stderr
    text = (tmp_path / "_out" / "index.txt").read_text(encoding="utf-8")
    assert "The loss of a net is 1,234.6." in text
