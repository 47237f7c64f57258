from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from dlcourse.errors import CourseError
from dlcourse.publish.book import build
from tests.publish.test_execute import HEAD

DRAWS = """
```{code-cell} python
---
mystnb:
  image:
    alt: A rising line.
---
from matplotlib import pyplot as plt
from dlcourse import figures, glue
figures.use_style()
figure, axis = plt.subplots()
axis.plot([1, 2], color=figures.BLUE);
```

```{code-cell} python
glue("half", 0.5, ".2f")
```

It is {glue:text}`half`. So $x^2$.

```{exercise-links} toy
```
"""


@pytest.fixture
def house(tmp_path: Path, root: Path) -> Path:
    """A course of two pages with the real configuration."""
    shutil.copy(root / "_config.yml", tmp_path)
    shutil.copytree(root / "book" / "_static", tmp_path / "book" / "_static")
    (tmp_path / "nbgrader_config.py").write_text("")
    (tmp_path / "_toc.yml").write_text(
        "format: jb-book\nroot: book/index\nchapters:\n  - file: book/lab\n"
    )
    (tmp_path / "book" / "index.md").write_text("# Front\n\n[](lab.md)\n")
    (tmp_path / "book" / "lab.md").write_text(HEAD + DRAWS)
    exercise = tmp_path / "exercises" / "toy"
    exercise.mkdir(parents=True)
    graded = {"metadata": {"nbgrader": {"grade": True, "points": 2}}}
    plain = {"metadata": {}}
    (exercise / "toy.ipynb").write_text(json.dumps({"cells": [graded, plain, graded]}))
    return tmp_path


def test_page_has_numbers_figures_formulas_and_links(house, monkeypatch):
    def executed(*args, **kwargs):
        raise AssertionError("Sphinx executed a page that the cache should hold")

    monkeypatch.setattr("myst_nb.core.execute.cache.single_nb_execution", executed)
    front = build(house)
    assert front == house / "_build" / "html" / "index.html"
    html = (house / "_build/html/book/lab.html").read_text()
    assert "It is <span" in html or "It is 0.50" in html
    assert "0.50" in html
    assert 'class="katex"' in html
    assert html.count('alt="A rising line."') == 2
    assert "only-light" in html
    assert "only-dark" in html
    assert "2 items · 4 points" in html
    assert 'href="../exercises/toy/toy.ipynb"' in html
    assert (house / "_build/html/exercises/toy/toy.ipynb").is_file()
    images = house / "_build" / "html" / "_images"
    dark = next(images.glob("*-dark.svg")).read_text()
    light = next(images.glob("*-light.svg")).read_text()
    assert "#0072b2" in light
    assert "#0072b2" not in dark
    assert "#fffffe" not in dark + light


@pytest.mark.parametrize(
    ("page", "text", "words"),
    [
        ("lab", HEAD + "\n```{code-cell} python\n1/0\n```\n", "ZeroDivisionError"),
        ("lab", "# Lab\n\n[gone](nowhere.md)\n", "Sphinx failed or warned"),
        ("lab", "# Lab\n\n{ref}`gone <nowhere>`\n", "Sphinx failed or warned"),
        ("lab", "# Lab\n\n```{exercise-links} gone\n```\n", "Sphinx failed or warned"),
        (
            "lab",
            HEAD + "\n```{code-cell} python\nimport sys\nsys.stderr.write('!')\n```\n",
            "Sphinx failed or warned",
        ),
    ],
    ids=["cell", "link", "reference", "exercise", "stderr"],
)
def test_bad_page_leaves_the_old_site_alone(house, page, text, words):
    build(house)
    before = (house / "_build/html/book/lab.html").read_bytes()
    (house / "book" / f"{page}.md").write_text(text)
    for _ in range(2):  # a second run must not be a false green
        with pytest.raises(CourseError, match=words):
            build(house)
    assert (house / "_build/html/book/lab.html").read_bytes() == before


def test_page_that_the_contents_name_must_exist(house):
    (house / "book" / "lab.md").unlink()
    with pytest.raises(CourseError, match=r"_toc\.yml: book/lab\.md does not exist"):
        build(house)


def test_only_builds_a_preview(house):
    with pytest.raises(CourseError, match="No page matches nosuch"):
        build(house, only=["nosuch"])
    front = build(house, only=["index"])
    assert front == house / "_build" / "preview" / "index.html"
    assert not (house / "_build" / "html").exists()
