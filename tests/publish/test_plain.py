"""The plain runner: cells read without Jupyter, run without Jupyter, failures named."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import textwrap
from pathlib import Path

import jupytext
import pytest
from markdown_it import MarkdownIt

from dlcourse.errors import CourseError
from dlcourse.publish.myst_cells import is_code_cell, read_cells, split_page
from dlcourse.publish.plain import find_pages, main, run_page

ROOT = Path(__file__).resolve().parents[2]
PAGES = [*sorted(ROOT.glob("book/**/*.md")), *sorted(ROOT.glob("solutions/*/*.md"))]
TIMEOUT = 120

FRONT = """\
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

"""

SYNTAX = (
    FRONT
    + """\
```{code-cell} python
---
mystnb:
  image:
    alt: |
      A text whose second line looks like tags.
      tags: [not-a-tag]
tags: [hide-input, "raises-exception"]
---

a = 1

---3
```

```{code-cell} python
:tags: [raises-exception]

b = '''
```not a fence
'''
```

```{code-cell} python
---
tags:
  - hide-input
  - L1.5
nbgrader:
  grade: true
---
c = 3
```

```{code-cell} python
```

````md
```{code-cell} python
shown, not run
```
````

~~~text
```{code-cell} python
~~~

```python
listing = True
```

A line with ```{code-cell} python in it.

```{code-cell} python

d = 4


e = 5
`````

``````{code-cell} python
f = "```"
``````
"""
)


def write(root: Path, name: str, text: str) -> Path:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def page(*cells: str) -> str:
    """A page with these cells; a cell may begin with its option lines."""
    fences = (
        f"```{{code-cell}} python\n{textwrap.dedent(cell)}\n```\n" for cell in cells
    )
    return FRONT + "\n".join(fences)


@pytest.fixture
def course(tmp_path: Path) -> Path:
    root = tmp_path / "course"
    write(root, "nbgrader_config.py", "")
    write(root, "_toc.yml", "")
    return root


def check_against_jupytext(path: Path) -> int:
    cells = read_cells(path)
    lines = path.read_text(encoding="utf-8").splitlines()
    expected = [
        (cell.source.rstrip("\n"), tuple(cell.metadata.get("tags", [])))
        for cell in jupytext.read(path, fmt="md:myst").cells
        if cell.cell_type == "code"
    ]
    assert [(cell.source.rstrip("\n"), cell.tags) for cell in cells] == expected
    for cell in cells:
        if cell.source:
            assert lines[cell.line - 1] == cell.source.splitlines()[0]
    return len(cells)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_cells_are_those_that_jupytext_reads(path: Path) -> None:
    check_against_jupytext(path)


def test_all_forms_of_cells_are_read_as_jupytext_reads_them(tmp_path: Path) -> None:
    assert check_against_jupytext(write(tmp_path, "syntax.md", SYNTAX)) == 6


def test_line_numbers_are_those_of_the_page(tmp_path: Path) -> None:
    path = write(tmp_path, "page.md", SYNTAX)
    lines = SYNTAX.splitlines()
    by_source = {
        cell.source.strip().split()[0]: cell.line for cell in read_cells(path)[4:]
    }
    # A blank line within the options' reach is not code.
    assert lines[by_source["d"] - 1] == "d = 4"
    assert lines[by_source["f"] - 1] == 'f = "```"'


def test_a_fence_that_is_never_closed_is_named(tmp_path: Path) -> None:
    path = write(tmp_path, "open.md", FRONT + "```{code-cell} python\na = 1\n")
    with pytest.raises(CourseError, match=r"open\.md, line 14: the fence"):
        read_cells(path)


def test_a_directive_that_markdown_does_not_take_for_one_is_named(
    tmp_path: Path,
) -> None:
    text = FRONT + "````{dropdown} What is `x`?\nA name.\n````\n"
    # CommonMark allows no backticks after the opening backticks.
    assert "<p>````{dropdown} What is <code>x</code>?" in MarkdownIt().render(text)
    path = write(tmp_path, "half.md", text)
    with pytest.raises(CourseError, match=r"half\.md, line 14: a directive between"):
        read_cells(path)


def test_tags_that_cannot_be_read_are_an_error(tmp_path: Path) -> None:
    path = write(tmp_path, "odd.md", page(":tags: hide-input\na = 1"))
    with pytest.raises(CourseError, match=r"odd\.md, cell at line 14: cannot read"):
        read_cells(path)


def test_prose_leaves_out_front_matter_and_fences() -> None:
    prose, fences = split_page(SYNTAX)
    text = [line for _, line in prose if line]
    assert text == ["# A page", "A line with ```{code-cell} python in it."]
    assert [is_code_cell(fence) for fence in fences].count(True) == 6
    assert [fence.info for fence in fences if not is_code_cell(fence)] == [
        "md",
        "text",
        "python",
    ]


GOOD = page(
    """\
    import os, pickle
    from dataclasses import dataclass
    from pathlib import Path

    import matplotlib
    import torch

    import dlcourse

    device = dlcourse.device()
    x = torch.ones(2, device=device)
    """,
    """\
    assert list(Path.cwd().iterdir()) == []
    assert matplotlib.get_backend().lower() == "agg"
    assert os.environ["DLCOURSE_DATA"] == "offline"
    assert torch.get_num_threads() == 1
    """,
    """\
    :tags: [raises-exception]

    y = 1 / 0
    """,
    """\
    @dataclass
    class Point:
        x: int = 1

    assert Point.__annotations__["x"] is int
    if device.type == "cpu":
        assert pickle.loads(pickle.dumps(Point(2))) == Point(2)
    """,
    """\
    import matplotlib.pyplot as plt

    plt.plot([1, 2]);
    plt.show()
    """,
    """\
    assert plt.get_fignums() == []
    """,
)


def test_a_good_page_runs_without_any_tooling(course: Path, tmp_path: Path) -> None:
    write(course, "book/labs/good.md", GOOD)
    blocked = "click rich yaml IPython jupytext nbformat nbclient matplotlib_inline"
    write(
        tmp_path,
        "block/sitecustomize.py",
        f"""
import sys

class Block:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in "{blocked}".split():
            raise ModuleNotFoundError("blocked: " + name)

sys.meta_path.insert(0, Block())
""",
    )
    command = [sys.executable, "-m", "dlcourse.publish.plain", "--device", "cpu"]
    done = subprocess.run(
        [*command, "--json", str(tmp_path / "out.json")],
        cwd=course,
        env={"PYTHONPATH": f"{tmp_path / 'block'}:{ROOT}", "PATH": ""},
        capture_output=True,
        text=True,
        timeout=TIMEOUT,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stderr == ""
    assert re.search(
        r"^book/labs/good\.md +\d+\.\d +\d+ +[–\d]+ +cpu +ok$",
        done.stdout,
        re.MULTILINE,
    )
    [result] = json.loads((tmp_path / "out.json").read_text())
    assert result["ok"] is True
    assert result["device"] == "cpu"
    assert result["error"] is None
    # Importing torch alone takes more than 100 MB; a unit mistaken by 1,024 shows.
    assert 100 < result["memory_mb"] < 20_000
    assert result["seconds"] > 0.1


@pytest.mark.parametrize("name", ["IPython.display", "yaml"])
def test_a_page_that_needs_tooling_is_a_failure(course: Path, name: str) -> None:
    path = write(course, "book/labs/tooling.md", page("import torch", f"import {name}"))
    result = run_page(course, path, "cpu", TIMEOUT)
    assert (result.ok, result.cell) == (False, 2)
    assert result.error is not None
    assert result.error.startswith("ModuleNotFoundError: No module named")


def test_importing_the_runner_imports_neither_torch_nor_tooling() -> None:
    code = (
        "import sys, dlcourse.publish.plain;"
        "print({'torch', 'click', 'rich', 'yaml', 'jupytext'} & {*sys.modules})"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        timeout=TIMEOUT,
    )
    assert done.stdout == "set()\n"


def test_a_failing_cell_is_reported_with_its_number_and_line(
    course: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    text = page(
        "a = 1", "def wrong(x):\n    raise ValueError('no\\nmore')", "\nwrong(a)"
    )
    write(course, "solutions/two/two.md", text)
    broken = page("a = 1", "if a:\nb")
    write(course, "book/labs/one.md", broken)
    monkeypatch.chdir(course)
    assert main(["--device", "cpu"]) == 1
    out = capsys.readouterr().out
    line = text.splitlines().index("    raise ValueError('no\\nmore')") + 1
    assert f"failed: cell 3, line {line}: ValueError: no\n" in out
    assert f'two.md", line {line}, in wrong' in out
    assert "    raise ValueError('no\\nmore')" in out, "the traceback shows the page"
    bad = broken.splitlines().index("b") + 1
    assert re.search(rf"one\.md .*failed: cell 2, line {bad}: IndentationError: ", out)
    assert out.endswith("0 of 2 pages ran\n")


def test_a_promised_exception_that_does_not_come_is_a_failure(course: Path) -> None:
    text = page("a = 1", ":tags: [raises-exception]\nb = 2", "c = 3")
    path = write(course, "book/labs/tame.md", text)
    result = run_page(course, path, "cpu", TIMEOUT)
    assert (result.ok, result.cell) == (False, 2)
    assert result.error == "tagged raises-exception but nothing was raised"


@pytest.mark.parametrize(
    "cell",
    [
        "import os, dlcourse\n"
        "os.environ['DLCOURSE_DEVICE'] = 'cpu'\n"
        "place = dlcourse.device()",
        "from dlcourse.device import device\n"
        "import os\n"
        "os.environ['DLCOURSE_DEVICE'] = 'cpu'\n"
        "place = device()",
        "import torch\ndevice = torch.device('cpu')",
    ],
)
def test_a_page_on_another_device_than_wanted_is_a_failure(
    course: Path, cell: str
) -> None:
    path = write(course, "book/labs/device.md", page(cell))
    # `meta` is a device that every machine has and that is not the CPU.
    result = run_page(course, path, "meta", TIMEOUT)
    assert not result.ok
    assert result.error == "device mismatch: wanted meta, the page used cpu"


def test_a_page_is_run_on_the_device_that_is_asked_for(course: Path) -> None:
    text = page(
        "import torch, dlcourse\ndevice = dlcourse.device()",
        "assert torch.ones(1, device=device).is_meta",
    )
    result = run_page(course, write(course, "book/labs/m.md", text), "meta", TIMEOUT)
    assert (result.ok, result.device, result.error) == (True, "meta", None)


def test_a_page_that_cannot_be_read_is_a_failure(course: Path) -> None:
    path = write(course, "book/labs/open.md", FRONT + "```{code-cell} python\na = 1\n")
    result = run_page(course, path, "cpu", TIMEOUT)
    assert (result.ok, result.cell, result.traceback) == (False, None, None)
    assert result.error is not None
    assert result.error.startswith(f"{path}, line 14: the fence that opens here")


def test_a_device_that_is_not_there_fails_the_page(course: Path) -> None:
    path = write(course, "book/labs/page.md", page("a = 1"))
    result = run_page(course, path, "cuda:99", TIMEOUT)
    assert not result.ok
    assert result.error is not None
    assert "DLCOURSE_DEVICE=cuda:99 cannot be used here" in result.error


@pytest.mark.parametrize(
    ("cell", "error"),
    [
        ("import os\nos.kill(os.getpid(), 9)", "killed by SIGKILL"),
        ("import os\nos._exit(0)", "the process ended with status 0"),
        ("import sys\nsys.exit('bye')", "SystemExit: bye"),
    ],
)
def test_a_page_that_ends_its_process_is_a_failure(
    course: Path, cell: str, error: str
) -> None:
    path = write(course, "book/labs/end.md", page("a = 1", cell))
    result = run_page(course, path, "cpu", TIMEOUT)
    assert (result.ok, result.error, result.cell) == (False, error, 2)


def test_a_page_that_hangs_is_killed(course: Path) -> None:
    path = write(course, "book/labs/slow.md", page("import time\ntime.sleep(600)"))
    result = run_page(course, path, "cpu", 1)
    assert (result.ok, result.error) == (False, "still running after 1 s")


def test_only_chooses_pages_by_text(course: Path) -> None:
    chapter = write(course, "book/labs/lab01-a.md", "")
    source = write(course, "solutions/lab01-a/lab01-a.md", "")
    other = write(course, "book/labs/lab02-b.md", "")
    write(course, "book/start/page.md", "")
    assert find_pages(course) == [chapter, other, source]
    assert find_pages(course, ["lab01"]) == [chapter, source]
    assert find_pages(course, ["lab02", "solutions/"]) == [other, source]


def test_no_page_to_run_is_bad_input(
    course: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(course)
    assert main(["--only", "lab99"]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert re.fullmatch(r"dlcourse: .* no page with lab99 in its path .*\n", said.err)
