"""The coverage page: what it links and counts, and which tags it refuses."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from dlcourse.errors import CourseError
from dlcourse.publish.coverage import PAGE, check_page, write_page

ROOT = Path(__file__).resolve().parents[2]

NOTEBOOK = """\
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

"""

CHAPTER = (
    NOTEBOOK
    + """\
# Tensors

(L1.1)=
## Set-up

(L1.2)=

(L1.7)=
### `x.view` | *and* [friends](https://example.org) in $d$ [dims] ##

(some-other-label)=
A paragraph.

````md
(L1.3)=
## Only shown
````

```{note}
(L1.4)=
## Inside a directive
```
"""
)

REVISION = """\
# Drills

(E4)=
## Multiple choice

(E1)=
## Format
"""


def graded(grade_id: str, points: float, *tags: str, grade: bool = True) -> str:
    return f"""\
```{{code-cell}} python
---
nbgrader:
  cell_type: code
  grade: {json.dumps(grade)}
  grade_id: {grade_id}
  locked: true
  points: {points}
  schema_version: 3
  solution: false
  task: false
tags: [{", ".join(tags)}]
---
assert True
```

"""


def answer(grade_id: str, points: float, *tags: str) -> str:
    metadata = {
        "nbgrader": {"grade": True, "grade_id": grade_id, "points": points},
        "tags": list(tags),
    }
    return f"+++ {json.dumps(metadata)}\n\nAn answer.\n\n+++\n\n"


def write(root: Path, name: str, text: str) -> None:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


@pytest.fixture
def course(tmp_path: Path) -> Path:
    write(tmp_path, "book/labs/lab01-tensors.md", CHAPTER)
    write(tmp_path, "book/revision/drills.md", REVISION)
    source = (
        NOTEBOOK
        + graded("view-test", 2, "L1.7", "hide-input")
        + graded("stack-test", 1, "L1.7", "L1.8")
        + answer("why", 1.5, "P2.4")
    )
    write(tmp_path, "solutions/lab01-tensors/lab01-tensors.md", source)
    released = {"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    write(tmp_path, "exercises/lab01-tensors/lab01-tensors.ipynb", json.dumps(released))
    write(
        tmp_path,
        "solutions/extra/extra.md",
        NOTEBOOK + graded("another-test", 3, "L1.7"),
    )
    write(tmp_path, "solutions/extra/notes.md", NOTEBOOK + graded("x", 1, "L9.99"))
    return tmp_path


def lines_of(root: Path) -> dict[str, list[str]]:
    """The cells of each line of the page's tables, by the first cell."""
    text = (root / PAGE).read_text(encoding="utf-8")
    found: dict[str, list[str]] = {}
    for line in text.splitlines():
        if line.startswith("|"):
            cells = re.split(r"(?<!\\)\|", line)[1:-1]
            found[cells[0].strip()] = [cell.strip() for cell in cells[1:]]
    return found


MISSING, NOT_NEEDED = "✗ **missing**", "–"
LAB = "{download}`lab01-tensors </exercises/lab01-tensors/lab01-tensors.ipynb>`"


def test_rows_link_sections_and_items(course: Path) -> None:
    write_page(course)
    lines = lines_of(course)
    assert lines["L1.1"][1:] == ["T", "[Set-up](#l1.1)", NOT_NEEDED]
    title = r"`x.view` \| *and* friends in $d$ [dims]"
    assert lines["L1.2"][1:] == ["T", f"[{title}](#l1.2)", NOT_NEEDED]
    assert lines["L1.7"][1:] == [
        "X",
        f"[{title}](#l1.7)",
        # Not released yet, so there is nothing to link; then the one that is.
        "`extra`: `another-test` (3 points); "
        f"{LAB}: `view-test` (2 points), `stack-test` (1 point)",
    ]
    assert lines["L1.8"][1:] == ["X", MISSING, f"{LAB}: `stack-test` (1 point)"]
    assert lines["P2.4"][1:] == ["W", MISSING, f"{LAB}: `why` (1.5 points)"]


def test_what_is_shown_in_a_fence_teaches_nothing(course: Path) -> None:
    write_page(course)
    lines = lines_of(course)
    assert lines["L1.3"][2] == MISSING
    assert lines["L1.4"][2] == MISSING


def test_drills_and_reference_pages_are_linked(course: Path) -> None:
    write_page(course)
    lines = lines_of(course)
    assert lines["E4"][1:] == ["D", NOT_NEEDED, "[Multiple choice](#e4)"]
    assert lines["E5"][1:] == ["D", NOT_NEEDED, MISSING]
    assert lines["E1"][1:] == ["R", "[Format](#e1)", NOT_NEEDED]
    assert lines["E2"][1:] == ["R", MISSING, NOT_NEEDED]
    assert lines["E6"][1:] == ["W", MISSING, MISSING]


def test_the_summary_counts_what_is_needed(course: Path) -> None:
    said = write_page(course)
    lines = lines_of(course)
    assert lines["[L1 Tensors](#coverage-l1)"] == ["3/13", "2/7"]
    assert lines["[E Exam revision](#coverage-e)"] == ["1/5", "1/5"]
    assert lines["[C The course](#coverage-c)"] == ["0/3", NOT_NEEDED]
    # All but the four D rows need a section; taught are L1.1, L1.2, L1.7 and E1.
    assert lines["**all**"] == ["4/104", "4/73"]
    assert said == f"{PAGE}: 5 of 108 rows complete"


def test_every_row_has_its_line(course: Path) -> None:
    write_page(course)
    ids = [name for name in lines_of(course) if re.fullmatch(r"[LHPEC][\d.a-c]+", name)]
    assert len(ids) == 108
    assert ids[:2] == ["L1.1", "L1.2"]
    assert ids[-1] == "C3"


def test_writing_twice_leaves_the_file_alone(course: Path) -> None:
    write_page(course)
    before = (course / PAGE).stat().st_mtime_ns
    write_page(course)
    assert (course / PAGE).stat().st_mtime_ns == before
    assert [path.name for path in (course / PAGE).parent.iterdir()] == ["coverage.md"]


def test_a_fresh_page_passes_the_check_and_a_stale_one_does_not(course: Path) -> None:
    with pytest.raises(CourseError, match=r"coverage\.md does not exist; run dlcourse"):
        check_page(course)
    write_page(course)
    assert check_page(course) == f"{PAGE} is up to date: 5 of 108 rows complete"
    chapter = course / "book/labs/lab01-tensors.md"
    chapter.write_text(CHAPTER.replace("## Set-up", "## Setting up"))
    stale = (course / PAGE).read_text(encoding="utf-8")
    number = next(n for n, x in enumerate(stale.splitlines(), 1) if "| L1.1 |" in x)
    with pytest.raises(CourseError, match=rf"coverage\.md, line {number}: the page is"):
        check_page(course)
    assert (course / PAGE).read_text(encoding="utf-8") == stale, (
        "a check writes nothing"
    )
    write_page(course)
    check_page(course)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("(L1.99)=\n# A\n", r"new\.md, line 1: the curriculum has no row L1\.99;"),
        ("(l1.3)=\n# A\n", r"new\.md, line 1: the curriculum has no row l1\.3;"),
        ("\n(L1.1)=\n# A\n", r"new\.md, line 2: L1\.1 is labelled already in .*"),
        ("(L1.3)=\n# A\n\n(L1.3)=\n# B\n", r"new\.md, line 4: L1\.3 is labelled al"),
        ("# A\n\n(L1.3)=\nText.\n\n# B\n", r"new\.md, line 3: the label \(L1\.3\)="),
        ("# A\n\n(L1.3)=\n\nText.\n\n# B\n", r"new\.md, line 3: the label"),
        ("# A\n\n(L1.3)=\n```python\n```\n# B\n", r"new\.md, line 3: the label"),
        ("# A\n\n(L1.3)=\n", r"new\.md, line 3: the label"),
        ("(L1.3)=\n# A\n\n```python\n", r"new\.md, line 4: the fence that opens"),
    ],
)
def test_a_wrong_label_is_refused(course: Path, text: str, message: str) -> None:
    write(course, "book/revision/new.md", text)
    with pytest.raises(CourseError, match=message):
        write_page(course)
    assert not (course / PAGE).exists()


def test_an_unknown_tag_is_refused(course: Path) -> None:
    text = NOTEBOOK + graded("odd-test", 1, "L14")
    write(course, "solutions/odd/odd.md", text)
    message = r"solutions/odd/odd\.md, cell odd-test: the curriculum has no row L14;"
    with pytest.raises(CourseError, match=message):
        write_page(course)


def test_a_tag_on_a_cell_without_points_is_refused(course: Path) -> None:
    text = NOTEBOOK + graded("solution", 1, "L1.9", grade=False)
    write(course, "solutions/odd/odd.md", text)
    with pytest.raises(CourseError, match=r"cell solution: the tag L1\.9 stands on a"):
        write_page(course)


def test_options_that_are_no_yaml_are_refused(course: Path) -> None:
    text = NOTEBOOK + "```{code-cell} python\n---\ntags: [L1.9\n---\na = 1\n```\n"
    write(course, "solutions/odd/odd.md", text)
    with pytest.raises(CourseError, match=r"solutions/odd/odd\.md: .* at line 12 .*"):
        write_page(course)


def test_sphinx_resolves_every_link(course: Path) -> None:
    write_page(course)
    write(course, "conf.py", 'extensions = ["myst_nb"]\nnb_execution_mode = "off"\n')
    pages = "book/labs/lab01-tensors\nbook/revision/drills\nbook/reference/coverage"
    write(course, "index.md", f"# Course\n\n```{{toctree}}\n{pages}\n```\n")
    # The fixture's own faults: sources outside the contents, a heading in a directive.
    chapter = CHAPTER.replace("## Inside a directive", "Inside a directive")
    write(course, "book/labs/lab01-tensors.md", chapter)
    with (course / "conf.py").open("a") as configuration:
        configuration.write('exclude_patterns = ["solutions", "exercises", "_site"]\n')
        configuration.write('myst_enable_extensions = ["dollarmath"]\n')
    done = subprocess.run(
        [
            *(sys.executable, "-m", "sphinx", "-W", "-n", "-q", "--keep-going"),
            *("-d", "_site/doctrees", ".", "_site/html"),
        ],
        cwd=course,
        capture_output=True,
        text=True,
        timeout=200,
    )
    assert done.returncode == 0, done.stderr
    site = course / "_site/html"
    html = (site / "book/reference/coverage.html").read_text(encoding="utf-8")
    targets = re.findall(r'href="(\.\./[^"#]+\.html)#(l1-\d+|e\d)"', html)
    assert sorted({anchor for _, anchor in targets}) == [
        *("e1", "e4", "l1-1", "l1-2", "l1-7")
    ]
    for page, anchor in targets:
        target = (site / "book/reference" / page).read_text(encoding="utf-8")
        assert f'id="{anchor}"' in target
    [download] = set(re.findall(r'href="(\.\./\.\./_downloads/[^"]+)"', html))
    assert (site / "book/reference" / download).resolve().is_file()


def test_the_committed_page_is_fresh() -> None:
    check_page(ROOT)
