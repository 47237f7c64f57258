"""Pages as notebooks: each construct of MyST, what is refused, and all real pages."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import nbformat
import pytest

from dlcourse.errors import CourseError
from dlcourse.publish.addresses import read_addresses
from dlcourse.publish.binder_notebooks import main
from dlcourse.publish.exported import (
    Chapter,
    course_targets,
    export,
    find_chapters,
)
from dlcourse.publish.exported_setup import exercise_for_colab
from tests.grading.making import exam, marked, of, scores, solution, written
from tests.publish.colab_like import served
from tests.publish.test_execute import HEAD

SITE = "https://ada.github.io/lab"
CONFIG = "repository:\n  url: https://github.com/ada/lab\n  branch: main\n"
CELL = "\n\n```{code-cell} python\nx = 1\n```\n"
OTHER = """# Other page

(a-label)=
## A *heading*

(bare)=
Text.

## Twice

## Twice

```{glossary}
Dropout
: Zeroing units at random.
```
"""


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A course of a page ``book/lab`` and another one to link to."""
    (tmp_path / "_config.yml").write_text(CONFIG)
    (tmp_path / "nbgrader_config.py").write_text("")
    (tmp_path / "_toc.yml").write_text(
        "format: jb-book\nroot: book/index\nchapters:\n  - file: book/lab\n"
        "  - file: book/more/other\n"
    )
    (tmp_path / "book" / "more").mkdir(parents=True)
    (tmp_path / "book" / "index.md").write_text("# Front\n")
    (tmp_path / "book" / "lab.md").write_text(HEAD + CELL)
    (tmp_path / "book" / "more" / "other.md").write_text(OTHER)
    (tmp_path / "book" / "cat.svg").write_text("<svg/>")
    (tmp_path / "environment.yml").write_text("")
    released = tmp_path / "exercises" / "toy" / "toy.ipynb"
    released.parent.mkdir(parents=True)
    released.write_text('{"cells": [], "metadata": {}}')
    return tmp_path


def exported(house: Path, body: str, numbers: dict[str, str] | None = None) -> Any:
    """Export a page whose text, after its title, is this."""
    (house / "book" / "lab.md").write_text(HEAD + body + CELL)
    [chapter] = find_chapters(house)
    return json.loads(export(chapter, course_targets(house), numbers))


def shown(house: Path, body: str, numbers: dict[str, str] | None = None) -> str:
    """Return what becomes of a piece of a page."""
    cells = exported(house, body, numbers)["cells"]
    text = "\n\n".join(
        "".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown"
    )
    return text.split("# A page", 1)[1].strip("\n")


OTHER_URL = f"{SITE}/book/more/other.html"
COLAB = "https://colab.research.google.com/github/ada/lab/blob/gh-pages"
BINDER = "https://mybinder.org/v2/gh/ada/lab/main?urlpath=lab/tree"
CONSTRUCTS = {
    # Blocks.
    "```{note}\nMind `x`.\n```": "> **Note**\n>\n> Mind `x`.",
    ":::{warning} Now.\n\nOr later.\n:::": "> **Warning**\n>\n> Now.\n>\n> Or later.",
    ":::{admonition} A *title*\n:class: tip\nText.\n:::": "> **A *title***\n>\n> Text.",
    ":::{admonition} Why\n:class: tip dropdown\nText.\n:::": (
        "<details>\n<summary>Why</summary>\n\nText.\n\n</details>"
    ),
    ":::{dropdown} Answer\n$x^2$ and `{ref}`\n:::": (
        "<details>\n<summary>Answer</summary>\n\n$x^2$ and `{ref}`\n\n</details>"
    ),
    "- One.\n\n  ```{note}\n  In\n  two.\n  ```\n- Two.": (
        "- One.\n\n  > **Note**\n  >\n  > In\n  > two.\n- Two."
    ),
    "> :::{tip}\n> Quoted.\n> :::": "> > **Tip**\n> >\n> > Quoted.",
    "::::{tab-set}\n\n:::{tab-item} One\nA.\n:::\n:::{tab-item} Two\nB.\n:::\n::::": (
        "**One**\n\nA.\n**Two**\n\nB."
    ),
    "::::{grid} 2\n\n:::{grid-item-card} Card\n:link: more/other\n:link-type: doc\n"
    "Head\n^^^\nBody.\n+++\nFoot.\n:::\n:::{grid-item-card} Last\n:::\n::::": (
        f"- **[Card]({OTHER_URL})**: Head\n\n  Body.\n\n  Foot.\n- **Last**"
    ),
    ":::{card} Away\n:link: https://pytorch.org\n:::": (
        "- **[Away](https://pytorch.org)**"
    ),
    "```{figure} cat.svg\n:alt: A cat asleep.\n\nA *caption*.\n```": (
        "![A cat asleep.](https://raw.githubusercontent.com/ada/lab/main/book/cat.svg)"
        "\n\nA *caption*."
    ),
    "![A cat.](cat.svg){width=3cm}": (
        "![A cat.](https://raw.githubusercontent.com/ada/lab/main/book/cat.svg)"
    ),
    "````{code-block} md\n:caption: So\n```python\nx\n```\n````": (
        "**So**\n\n````md\n```python\nx\n```\n````"
    ),
    "```python\n{ref}`a-label` $5 [x](nowhere.md)\n```": (
        "```python\n{ref}`a-label` $5 [x](nowhere.md)\n```"
    ),
    "```{math}\n:label: eq\na_b = \\frac{1}{2}\n```": "$$\na_b = \\frac{1}{2}\n$$",
    "$$\na_b * c_d\n$$": "$$\na_b * c_d\n$$",
    "$$\nx\n$$ (eq)": "$$\nx\n$$",
    "\\begin{align}\na &= b\n\\end{align}": "\\begin{align}\na &= b\n\\end{align}",
    "```{table} Sizes\n| a |\n|---|\n| 1 |\n```": "**Sizes**\n\n| a |\n|---|\n| 1 |",
    "Term\n: What it\n  means.\n\n`two`\n: More.": (
        "- **Term**:\n  What it\n  means.\n\n- **`two`**:\n  More."
    ),
    ":name: value\n:more: `x`": "- **name**: value\n- **more**: `x`",
    "(L1.5)=\n## Next\n\n% not seen\n\n+++\n\nText.": "## Next\n\nText.",
    "```{index} x\n```\nText.": "Text.",
    ":::{margin} Aside\nSmall.\n:::": "> **Aside**\n>\n> Small.",
    # What only the site can do.
    "## Check yourself\n\n```{quiz}\n:bank: choice\n```": (
        "## Check yourself\n\n**Questions with feedback:** [open them on the course's "
        f"site]({SITE}/book/lab.html#check-yourself)."
    ),
    "```{exercise-links} toy\n```": (
        f"**Exercise toy:** [Colab]({COLAB}/notebooks/exercises/toy.ipynb) · "
        f"[Binder]({BINDER}/exercises/toy/toy.ipynb) · "
        f"[download]({SITE}/exercises/toy/toy.ipynb)"
    ),
    # Roles.
    "{math}`x^2`, {kbd}`Ctrl`, {sub}`2`, {abbr}`NN (network)`": (
        "$x^2$, <kbd>Ctrl</kbd>, <sub>2</sub>, NN (network)"
    ),
    "{ref}`a-label` and {ref}`here <a-label>`": (
        f"[A *heading*]({OTHER_URL}#a-label) and [here]({OTHER_URL}#a-label)"
    ),
    "{doc}`more/other`, {doc}`it </book/more/other>`": (
        f"[Other page]({OTHER_URL}), [it]({OTHER_URL})"
    ),
    "{term}`Dropout` and {term}`zeros <dropout>`": (
        f"[Dropout]({OTHER_URL}#term-Dropout) and [zeros]({OTHER_URL}#term-Dropout)"
    ),
    "{download}`env <../environment.yml>`": (
        "[env](https://github.com/ada/lab/blob/main/environment.yml)"
    ),
    "`` {ref}`a-label` `` and \\{ref}": "`` {ref}`a-label` `` and \\{ref}",
    # Links.
    "[a](more/other.md) [b](more/other) [c](more/other.md#a-heading) [d](a-label)": (
        f"[a]({OTHER_URL}) [b]({OTHER_URL}) [c]({OTHER_URL}#a-heading) "
        f"[d]({OTHER_URL}#a-label)"
    ),
    "[two\nlines](#bare) [](more/other.md) [](#here-too)\n\n## Here, too": (
        f"[two\nlines]({OTHER_URL}#bare) [Other page]({OTHER_URL}) "
        f"[Here, too]({SITE}/book/lab.html#here-too)\n\n## Here, too"
    ),
    '[t](https://a.b/c_(d) "why") <https://a.b> <project:#bare> [s]{.red}': (
        '[t](https://a.b/c_(d) "why") <https://a.b> '
        f"[{OTHER_URL}#bare]({OTHER_URL}#bare) s"
    ),
    "[e](../environment.yml)": (
        "[e](https://github.com/ada/lab/blob/main/environment.yml)"
    ),
    # Text.
    "Word.[^a] More.[^b]\n\n[^b]: Second.\n[^a]: First.": (
        "Word.<sup>1</sup> More.<sup>2</sup>\n\n<sup>2</sup> Second.\n"
        "<sup>1</sup> First."
    ),
    "It costs 5\\$ and $x_1 * x_2$.": "It costs 5\\$ and $x_1 * x_2$.",
    "It costs 5$.": "It costs 5\\$.",  # Jupyter would look for a formula
    "One stray ` here.\n\nAnd {math}`y` there.": "One stray ` here.\n\nAnd $y$ there.",
    "- [ ] to do\n\n| a | b |\n|---|---|\n| `x` | $y$ |": (
        "- [ ] to do\n\n| a | b |\n|---|---|\n| `x` | $y$ |"
    ),
}


@pytest.mark.parametrize("body", CONSTRUCTS, ids=lambda body: body[:24].strip())
def test_a_construct_becomes_plain_markdown(house: Path, body: str) -> None:
    assert shown(house, body) == CONSTRUCTS[body]


def test_numbers_are_inserted_as_text(house: Path) -> None:
    body = "It is {glue:text}`half` of {glue:text}`name`."
    numbers = {"half": "0.50", "name": "a_b*"}
    assert shown(house, body, numbers) == "It is 0.50 of a\\_b\\*."
    later = "(see the output above)"
    assert shown(house, body) == f"It is {later} of {later}."


FAULTS = {
    "Text.\n\n```{raw} html\n<b>\n```": (3, "does not know the directive {raw}"),
    ":::{note}\nText.\n\n```{novel}\n```\n:::": (4, "know the directive {novel}"),
    "1. One.\n\n   {novel}`x`": (3, "does not know the role {novel}"),
    ":::{dropdown} D\n:open:\n\n[x](gone.md)\n:::": (4, "the link to gone.md leads to"),
    "[x](#twice)": (1, "the link to #twice leads to no page"),
    "[x](more/other.md#twice)": (1, "one of two headings with the same name"),
    "{ref}`gone`": (1, "gone is nowhere on these pages"),
    "{doc}`gone`": (1, "gone is nowhere"),
    "{term}`gone`": (1, "gone is nowhere"),
    "Text\nand ![Alt.](gone.svg)": (2, "the picture gone.svg does not exist"),
    "![](cat.svg)": (1, "cat.svg has no alternative text"),
    "```{figure} cat.svg\n```": (1, "cat.svg has no alternative text"),
    "[r]: https://a.b\n": (1, "is defined for the whole page"),
    "{{ name }}": (1, "is defined for the whole page"),
    '<img src="cat.svg">': (1, "leads nowhere from a notebook"),
    "```{exercise-links} gone\n```": (1, "exercises/gone/gone.ipynb does not exist"),
    ":::{card} C\n:link: gone\n:link-type: ref\n:::": (1, "card's link gone leads"),
    ":::note\nText.\n:::": (1, "the block :::note has no directive's name"),
    "{glue:text}`gone`": (1, "no cell glued gone"),
}


@pytest.mark.parametrize("body", FAULTS, ids=lambda body: body[:24].strip())
def test_what_cannot_be_said_is_an_error_with_its_line(house: Path, body: str) -> None:
    line, words = FAULTS[body]
    line += HEAD.count("\n")
    with pytest.raises(CourseError) as raised:
        shown(house, body, numbers={})
    assert str(raised.value).startswith(f"book/lab.md, line {line}: ")
    assert words in str(raised.value)


def test_code_cells_keep_their_code_and_what_notebooks_know_of(house: Path) -> None:
    def cell(options: str) -> str:
        return f"```{{code-cell}} python\n---\n{options}\n---\ny = 2\n```\n\n"

    options = (
        "mystnb:\n  image:\n    alt: A line.",
        "tags: [hide-input]\nmystnb:\n  image:\n    alt: A line.",
        "tags: [remove-cell]",
        "tags: [raises-exception, L1.5]",
    )
    made = exported(house, "".join(map(cell, options)))["cells"]
    code = [one for one in made if one["cell_type"] == "code"][1:]
    fails = '# This cell fails on purpose. If "Run all" stops here, go on below.'
    folded = {"cellView": "form", "jupyter": {"source_hidden": True}}
    assert [(one["metadata"], "".join(one["source"])) for one in code] == [
        ({}, "y = 2"),
        (folded, "# @title Code that draws the figure\ny = 2"),
        (folded, "# @title Code that the page folds\ny = 2"),
        ({"tags": ["raises-exception"]}, f"{fails}\ny = 2"),
        ({}, "x = 1"),
    ]
    assert all(one["outputs"] == [] for one in code)
    assert all(one["execution_count"] is None for one in code)


def test_the_first_cell_sets_up_and_the_second_tells_the_origin(house: Path) -> None:
    setup, origin, *_ = exported(house, "Text.")["cells"]
    assert setup["cell_type"] == "code"
    wheel = rf"{SITE}/wheels/dlcourse-[\d.]+-py3-none-any.whl\n"
    install = rf"%pip install --quiet --no-deps {wheel}"
    assert re.search(install, "".join(setup["source"]))
    assert f"[A page]({SITE}/book/lab.html)" in "".join(origin["source"])


def test_a_page_asks_for_a_gpu_in_its_front_matter(house: Path) -> None:
    assert "accelerator" not in exported(house, "Text.")["metadata"]
    asking = HEAD.replace("kernelspec:", "accelerator: GPU\nkernelspec:")
    (house / "book" / "lab.md").write_text(asking + CELL)
    [chapter] = find_chapters(house)
    made = json.loads(export(chapter, course_targets(house)))
    assert made["metadata"]["accelerator"] == "GPU"
    (house / "book" / "lab.md").write_text(asking.replace("GPU", "quantum") + CELL)
    [chapter] = find_chapters(house)
    with pytest.raises(CourseError, match="accelerator: quantum is not GPU"):
        export(chapter, course_targets(house))


def test_pages_that_show_no_code_become_no_notebook(house: Path) -> None:
    hidden = CELL.replace("x = 1", "---\ntags: [remove-input]\n---\nx = 1")
    (house / "book" / "lab.md").write_text(HEAD + hidden)
    (house / "book" / "index.md").write_text(f"# Front\n\n````md{CELL}````\n")
    assert find_chapters(house) == []


def test_two_pages_of_one_name_are_refused(house: Path) -> None:
    (house / "book" / "more" / "other.md").rename(house / "book" / "more" / "lab.md")
    (house / "book" / "more" / "lab.md").write_text(HEAD + CELL)
    toc = (house / "_toc.yml").read_text()
    (house / "_toc.yml").write_text(toc.replace("more/other", "more/lab"))
    with pytest.raises(CourseError, match=r"would both become notebooks/lab\.ipynb"):
        find_chapters(house)


# Addresses


@pytest.mark.parametrize(
    ("config", "site"),
    [
        (CONFIG, f"{SITE}/"),
        (CONFIG.replace("ada/lab", "Ada/lab.git"), f"{SITE}/"),
        (CONFIG.replace("ada/lab", "ada/ada.github.io"), "https://ada.github.io/"),
        (
            CONFIG + "html:\n  baseurl: https://dl.uni.edu/course\n",
            "https://dl.uni.edu/course/",
        ),
    ],
)
def test_the_site_is_where_the_configuration_says(
    tmp_path: Path, config: str, site: str
) -> None:
    (tmp_path / "_config.yml").write_text(config)
    assert read_addresses(tmp_path).site == site


@pytest.mark.parametrize(
    ("config", "words"),
    [
        ("title: x\n", "repository: url is missing"),
        (CONFIG.replace("github.com", "gitlab.com"), "https://github.com/OWNER/NAME"),
        (CONFIG + "html:\n  baseurl: dl.uni.edu\n", "baseurl is dl.uni.edu; write the"),
    ],
)
def test_a_configuration_without_addresses_is_refused(
    tmp_path: Path, config: str, words: str
) -> None:
    (tmp_path / "_config.yml").write_text(config)
    with pytest.raises(CourseError, match=re.escape(words)):
        read_addresses(tmp_path)


# Exercises


def test_a_colab_copy_earns_the_marks_of_the_release(house: Path) -> None:
    originals = [
        solution("add"),
        exam("add-test", "assert add(1, 2) == 3\n"),
        solution("twice"),
        exam("twice-test", "assert twice(4) == 8\n"),
    ]
    answers = {"add": "def add(a, b): return a + b\n"}
    released = written([of(one, answers.get(one.name)) for one in originals]).decode()
    copied = exercise_for_colab(released, f"{SITE}/wheels/x.whl")
    before, after = json.loads(released)["cells"], json.loads(copied)["cells"]
    assert after[1:] == before
    assert "nbgrader" not in after[0]["metadata"]
    assert after[0]["metadata"] | {"editable": False} == after[0]["metadata"]
    colab = marked(originals, copied.encode())
    assert scores(colab) == {"add-test": 2.0, "twice-test": 0.0}
    [said] = [
        output["text"]
        for output in colab.notebook["cells"][0]["outputs"]
        if output["output_type"] == "stream"
    ]
    assert said.startswith("Device: ")


# The real pages

MYST = re.compile(
    r"\{[a-z:-]+\}`|^\s*(:::|```+)\{|^\([^()]+\)=$|\{\{|\]\((?!https?:)[^)]*\)"
)


@pytest.fixture(scope="module")
def chapters(root: Path) -> list[Chapter]:
    return find_chapters(root)


@pytest.fixture(scope="module")
def real(root: Path, chapters: list[Chapter]) -> dict[str, str]:
    targets = course_targets(root)
    return {one.path: export(one, targets) for one in chapters}


def test_every_real_page_with_code_becomes_a_notebook(real: dict[str, str]) -> None:
    assert len(real) >= 20
    for path, text in real.items():
        nbformat.validate(nbformat.reads(text, as_version=4))
        assert "%pip" in "".join(json.loads(text)["cells"][0]["source"]), path


def test_every_real_exercise_gets_a_copy_with_all_its_cells(root: Path) -> None:
    released = sorted(root.glob("exercises/*/*.ipynb"))
    assert len(released) >= 19
    for path in released:
        copied = exercise_for_colab(path.read_text(), f"{SITE}/wheels/x.whl")
        nbformat.validate(nbformat.reads(copied, as_version=4))
        assert json.loads(copied)["cells"][1:] == json.loads(path.read_text())["cells"]


def test_nothing_of_myst_is_left_in_real_notebooks(real: dict[str, str]) -> None:
    for path, text in real.items():
        for cell in json.loads(text)["cells"]:
            if cell["cell_type"] == "markdown":
                prose = without_code("".join(cell["source"]))
                assert MYST.findall(prose) == [], path


def without_code(text: str) -> str:
    text = re.sub(
        r"^( *)(`{3,})(?!\{).*?^\1\2$", "", text, flags=re.DOTALL | re.MULTILINE
    )
    return re.sub(r"(`+)(?!`).+?(?<!`)\1(?!`)", "", text, flags=re.DOTALL)


def test_real_code_is_exported_to_the_letter(
    real: dict[str, str], chapters: list[Chapter]
) -> None:
    for chapter in chapters:
        wanted = [c.source for c in chapter.notebook.cells if c.cell_type == "code"]
        cells = json.loads(real[chapter.path])["cells"]
        got = ["".join(c["source"]) for c in cells if c["cell_type"] == "code"][1:]
        assert [
            re.sub(r"^# (@title|This cell fails).*\n", "", one) for one in got
        ] == wanted


def test_the_same_bytes_come_out_in_another_process(house: Path, root: Path) -> None:
    (house / "book" / "lab.md").write_text(HEAD + "\n\n".join(CONSTRUCTS) + CELL)
    code = (
        "import pathlib, sys; from dlcourse.publish.exported import export_all; "
        "[(_, text), *_] = export_all(pathlib.Path(sys.argv[1]), None); print(text)"
    )
    made = [
        subprocess.run(
            [sys.executable, "-c", code, str(house)],
            cwd=root,
            env={"PYTHONHASHSEED": seed, "PATH": ""},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]
    assert made[0] == made[1]
    assert len(json.loads(made[0])["cells"]) > 3


# The command for Binder


def test_the_command_takes_the_notebooks_of_the_site_where_it_answers(
    house: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(house)
    published = house / "site" / "notebooks" / "lab.ipynb"
    published.parent.mkdir(parents=True)
    made = house / "out" / "lab.ipynb"
    with served(house / "site") as address:
        (house / "_config.yml").write_text(f"{CONFIG}html:\n  baseurl: {address}\n")
        for answer in (None, '{"cells": []}', "<!doctype html>"):
            if answer:
                published.write_text(answer)
            assert main([str(house / "out")]) == 0
            own = answer != '{"cells": []}'
            assert ("%pip" in made.read_text()) is own


def test_the_command_says_what_is_wrong(
    house: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(house)
    assert main([]) == 2
    (house / "book" / "lab.md").write_text(f"{HEAD}{{novel}}`x`{CELL}")
    assert main([str(house / "out")]) == 2
    assert "know the role {novel}" in capsys.readouterr().err
