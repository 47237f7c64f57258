"""The book beside ours is Jupyter Book's default, with our quizzes in it."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from dlcourse.bench.pages.defaults import build
from dlcourse.errors import CourseError

PAGE = """# Page

A formula, $x^2$, and a question:

```{quiz}
:bank: choice
:topic: recurrent
:draw: 2
```
"""


def test_defaults_load_what_jupyter_book_loads(tmp_path: Path, root: Path) -> None:
    house = tmp_path / "house"
    (house / "book").mkdir(parents=True)
    shutil.copy(root / "_config.yml", house)
    shutil.copytree(root / "book/_static", house / "book/_static")
    (house / "nbgrader_config.py").touch()
    (house / "_toc.yml").write_text("format: jb-book\nroot: book/index\n")
    (house / "book/index.md").write_text(PAGE)
    site = build(house, tmp_path / "new")
    html = (site / "book/index.html").read_text(encoding="utf-8")
    assert "https://cdn.jsdelivr.net/npm/mathjax@3/" in html
    assert 'class="dl-question"' in html
    assert "site.css" not in html
    assert len(re.findall(r'rel="stylesheet"', html)) > 5
    with pytest.raises(CourseError, match="exists already; name a new folder"):
        build(house, tmp_path / "new")
