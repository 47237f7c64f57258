"""Rules that every page and every assignment's source keeps.

A rule is a function that yields a sentence for each fault. The first half of this file
holds the rules and runs them on all that stands in ``book`` and ``solutions``; the
second half shows, on a small page, that each rule finds what it is there to find.
"""

from __future__ import annotations

import ast
import re
import statistics
import sys
import textwrap
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import jupytext
import pytest
import yaml

from dlcourse.publish.myst_cells import Fence, is_code_cell, split_page

ROOT = Path(__file__).resolve().parents[2]
LABS = sorted(ROOT.glob("book/labs/*.md"))
PAGES = sorted(ROOT.glob("book/**/*.md"))
SOURCES = sorted(
    path for path in ROOT.glob("solutions/*/*.md") if path.stem == path.parent.name
)

MAX_LINES, MAX_MEDIAN, MAX_COLUMNS = 30, 8, 88


@dataclass(frozen=True)
class Cell:
    source: str
    metadata: dict[str, Any]

    @property
    def tags(self) -> list[str]:
        return list(self.metadata.get("tags", []))

    @property
    def name(self) -> str:
        return repr(next(iter(self.source.strip().splitlines()), ""))

    @cached_property
    def tree(self) -> ast.Module | None:
        """The parsed code; None if it is no Python."""
        try:
            return ast.parse(self.source)
        except SyntaxError:
            return None

    def calls(self) -> Iterator[ast.Call]:
        if self.tree is not None:
            yield from (n for n in ast.walk(self.tree) if isinstance(n, ast.Call))


@dataclass(frozen=True)
class Page:
    text: str

    @cached_property
    def cells(self) -> list[Cell]:
        """The code cells, as Jupyter's tools read them."""
        return [
            Cell(cell.source, dict(cell.metadata))
            for cell in jupytext.reads(self.text, fmt="md:myst").cells
            if cell.cell_type == "code"
        ]

    @cached_property
    def lines(self) -> list[str]:
        """The lines outside fences."""
        return [line for _, line in split_page(self.text)[0]]

    @cached_property
    def fences(self) -> list[Fence]:
        return split_page(self.text)[1]

    @cached_property
    def prose(self) -> str:
        """All that is read as text, also inside directives, without code or options."""
        return "\n".join(prose_lines(self.text))

    def section(self, heading: str) -> str:
        """The text from a heading of the second level to the next."""
        found = re.search(
            rf"^## {heading}.*?$(.*?)(?=^## |\Z)", self.text, re.MULTILINE | re.DOTALL
        )
        return found[1] if found else ""


def prose_lines(text: str) -> Iterator[str]:
    lines, fences = split_page(text)
    yield from (line for _, line in lines)
    for fence in fences:
        listing = re.match(r"\{(code|raw|literal|eval|math|figure|image)", fence.info)
        if fence.info.startswith("{") and not listing:
            yield from prose_lines("\n".join(fence.body))


Rule = Callable[[Page], Iterator[str]]


# Rules for chapters

ANATOMY = (
    "What you will be able to do",
    "Time and what it needs",
    "The idea",
    "(The )?[Ss]mallest (runnable )?example",
    "The real thing",
    "What goes wrong",
    "Check yourself",
    "Take-away",
    "Exercises?",
    "References",
)


def anatomy(page: Page) -> Iterator[str]:
    """All sections, in order; a chapter may add its own before "What goes wrong"."""
    headings = [line[3:].strip() for line in page.lines if line.startswith("## ")]
    places = []
    for pattern in ANATOMY:
        found = [
            n for n, text in enumerate(headings) if re.match(rf"{pattern}\b", text)
        ]
        if len(found) != 1:
            yield f"expected one section '## {pattern}', found {len(found)}"
        places.extend(found[:1])
    if places != sorted(places):
        yield f"sections stand in another order than {ANATOMY}: {headings}"
    if headings and places and places[0] != 0:
        yield f"the first section is '{headings[0]}'"
    if places and len(headings) - places[-1] != 1:
        yield f"the last section is '{headings[-1]}'"


def one_title(page: Page) -> Iterator[str]:
    titles = [line for line in page.lines if line.startswith("# ")]
    if len(titles) != 1:
        yield f"expected one title '# ...', found {titles}"


def first_cell(page: Page) -> Iterator[str]:
    first = page.cells[0].source if page.cells else ""
    for needed in ("import dlcourse", "figures.use_style()", "torch.manual_seed("):
        if needed not in first:
            yield f"the first cell lacks {needed}"


def short_cells(page: Page) -> Iterator[str]:
    sizes = [len(cell.source.splitlines()) for cell in page.cells]
    for cell, size in zip(page.cells, sizes, strict=True):
        if size > MAX_LINES:
            yield f"{size} lines, at most {MAX_LINES}: {cell.name}"
    if sizes and statistics.median(sizes) > MAX_MEDIAN:
        yield f"median of {statistics.median(sizes):g} lines, at most {MAX_MEDIAN}"


def quiz(page: Page) -> Iterator[str]:
    section = page.section("Check yourself")
    count = len(re.findall(r"^(?::{3,}|`{3,})\{dropdown\} +\S", section, re.MULTILINE))
    if not 2 <= count <= 4:
        yield f"'Check yourself' has {count} dropdowns, expected 2 to 4"


def exercise_links(page: Page) -> Iterator[str]:
    linked = re.findall(
        r"^```\{exercise-links\} (\S+)$", page.section("Exercises?"), re.MULTILINE
    )
    if not linked:
        yield "'Exercises' has no directive ```{exercise-links} NAME"
    for name in linked:
        if not (ROOT / "solutions" / name / f"{name}.md").is_file():
            yield f"{{exercise-links}} {name}: solutions/{name}/{name}.md is not there"


# Rules for all pages


def header(page: Page) -> Iterator[str]:
    """A page with cells needs this header, or MyST-NB takes it for plain text."""
    if not page.cells:
        return
    found = re.match(r"---\n(.*?)\n---\n", page.text, re.DOTALL)
    meta = yaml.safe_load(found[1]) if found else {}
    form = meta.get("jupytext", {}).get("text_representation", {})
    if (form.get("extension"), form.get("format_name")) != (".md", "myst"):
        yield "the header lacks jupytext's text_representation"
    if meta.get("kernelspec", {}).get("name") != "python3":
        yield "the header lacks the kernelspec python3"


def narrow_code(page: Page) -> Iterator[str]:
    for cell in page.cells:
        for line in cell.source.splitlines():
            if len(line) > MAX_COLUMNS:
                yield f"{len(line)} columns, at most {MAX_COLUMNS}: {line.strip()}"


def plain_python(page: Page) -> Iterator[str]:
    """No magics, no shell lines, no display: a page runs as a script, too."""
    for cell in page.cells:
        if cell.tree is None and "raises-exception" not in cell.tags:
            yield f"not plain Python: {cell.name}"
        for call in cell.calls():
            if isinstance(call.func, ast.Name) and call.func.id in (
                "display",
                "get_ipython",
            ):
                yield f"{call.func.id}() needs Jupyter: {cell.name}"


ALLOWED = {
    *sys.stdlib_module_names,
    *("torch", "torchvision", "numpy", "matplotlib", "sklearn", "dlcourse"),
}
SHARED = {"autograd_graph", "data", "figures", "glue", "device", "exam"}


def imports(page: Page) -> Iterator[str]:
    """Only what a student's notebook has, and of dlcourse only what is shared."""
    for cell in page.cells:
        for node in ast.walk(cell.tree or ast.Module([], [])):
            names: list[str] = []
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and node.module:
                names = [f"{node.module}.{alias.name}" for alias in node.names]
            for name in names:
                package, _, rest = name.partition(".")
                if package not in ALLOWED:
                    yield f"import of {name}, which students' notebooks lack"
                elif package == "dlcourse" and rest.split(".")[0] not in {"", *SHARED}:
                    yield f"import of {name}, which is no concern of pages"


CUDA = re.compile(r"cuda(:\d+)?")


def any_device(page: Page) -> Iterator[str]:
    """No device by name: the same cells run on a CPU and on whatever there is."""
    for cell in page.cells:
        for call in cell.calls():
            if isinstance(call.func, ast.Attribute) and call.func.attr == "cuda":
                yield f".cuda(): {cell.name}"
            for value in [*call.args, *(word.value for word in call.keywords)]:
                choices = (
                    [value.body, value.orelse]
                    if isinstance(value, ast.IfExp)
                    else [value]
                )
                for choice in choices:
                    if (
                        isinstance(choice, ast.Constant)
                        and isinstance(choice.value, str)
                        and CUDA.fullmatch(choice.value)
                    ):
                        yield f'device "{choice.value}" by name: {cell.name}'


PYPLOT = re.compile(
    r"show|plot|subplots?|subplot_mosaic|figure|imshow|matshow|scatter|barh?|hist|hist2d|"
    r"semilog[xy]|loglog|contourf?|quiver|pcolormesh|errorbar|step|stem|fill_between|"
    r"boxplot|violinplot|ax[hv]line"
)
SILENT = {"remove-cell", "remove-output", "raises-exception"}


def draws(node: ast.AST, drawing: set[str]) -> bool:
    """Whether running this code makes a figure; defining a function does not."""
    if isinstance(node, ast.FunctionDef | ast.Lambda | ast.ClassDef):
        return False
    if isinstance(node, ast.Call):
        called = ast.unparse(node.func)
        owner, _, name = called.rpartition(".")
        if owner in ("plt", "pyplot") and PYPLOT.fullmatch(name):
            return True
        if owner == "figures" and name.islower() and name != "use_style":
            return True
        if called == "autograd_graph.draw":
            return True
        if called in drawing:
            return True
    return any(draws(child, drawing) for child in ast.iter_child_nodes(node))


def alt_texts(page: Page) -> Iterator[str]:
    drawing: set[str] = set()
    for cell in page.cells:
        for node in ast.walk(cell.tree or ast.Module([], [])):
            if isinstance(node, ast.FunctionDef) and any(
                draws(line, drawing) for line in node.body
            ):
                drawing.add(node.name)
        if cell.tree is None or not draws(cell.tree, drawing) or SILENT & {*cell.tags}:
            continue
        alt = cell.metadata.get("mystnb", {}).get("image", {}).get("alt")
        if not isinstance(alt, str) or len(alt.split()) < 5:
            yield f"a figure without an alternative text that tells: {cell.name}"
    for alt, target in re.findall(r"!\[([^\]]*)\]\(([^)\s]*)", page.prose):
        if len(alt.split()) < 3:
            yield f"an image without an alternative text that tells: {target}"


def no_outputs(page: Page) -> Iterator[str]:
    if "data:image" in page.text or "image/png" in page.text:
        yield "a stored picture; cells make the pictures"
    for fence in page.fences:
        if re.match(r"\{?output", fence.info):
            yield f"a stored output at line {fence.line}"


# British spelling writes -ise, except in words that are no verbs made with -ize.
AMERICAN = re.compile(
    r"\b(colors?|colored|coloring|behaviors?|neighbor\w*|center|centers|centered|gray|"
    r"analyz\w+|labeled|modeling|"
    r"(?!\w*size|\w*sizing|prize|seiz|\w*customize\.py)\w+iz(?:e[ds]?|ers?|ing|ations?|able))\b",
    re.IGNORECASE,
)


def british(page: Page) -> Iterator[str]:
    """British spelling in prose and alternative texts; titles stay as they are."""
    text = page.prose.replace(page.section("References"), "")
    text = re.sub(r"\[[^\]]*\]\(https?://[^)]*\)", "", text)  # a work's title, linked
    text = re.sub(r"\]\([^)]*\)|<[^>]*>|https?://\S+", "", text)
    text = re.sub(r"(`+).*?\1", "", text, flags=re.DOTALL)
    text = re.sub(r"\$[^$]*\$", "", text)
    text = re.sub(r"^\s*:[\w-]+:.*$|^\(.*\)=$|^\+\+\+.*$", "", text, flags=re.MULTILINE)
    alts = [str(c.metadata.get("mystnb", {}).get("image", {})) for c in page.cells]
    for found in AMERICAN.finditer("\n".join([text, *alts])):
        yield f"American spelling: {found[0]}"


def glue_keys(page: Page) -> Iterator[str]:
    """A key in the text is glued in a cell of the page, once, and vice versa."""
    used = re.findall(r"\{glue:(?:text)?\}`([^`:<>]+)(?::[^`]*)?`", page.prose)
    patterns = []
    for cell in page.cells:
        for call in cell.calls():
            if ast.unparse(call.func) in ("glue", "dlcourse.glue") and call.args:
                patterns.append(key_pattern(call.args[0]))
    for pattern in patterns:
        if not any(re.fullmatch(pattern, key) for key in used):
            yield f"glued but not in the text: {pattern}"
        if patterns.count(pattern) > 1:
            yield f"glued twice: {pattern}"
    for key in used:
        if not any(re.fullmatch(pattern, key) for pattern in patterns):
            yield f"in the text but not glued: {key}"


def key_pattern(name: ast.expr) -> str:
    """A regular expression for the keys that an expression can give."""
    if isinstance(name, ast.Constant):
        return re.escape(str(name.value))
    if isinstance(name, ast.JoinedStr):
        return "".join(
            re.escape(str(part.value)) if isinstance(part, ast.Constant) else ".+"
            for part in name.values
        )
    return ".+"


# Rules for assignments


def short_tasks(page: Page) -> Iterator[str]:
    """What a student reads in one cell is short; hidden tests may be long."""
    for cell in page.cells:
        visible = re.sub(
            r"^\s*### BEGIN HIDDEN TESTS$.*?^\s*### END HIDDEN TESTS$",
            "",
            cell.source,
            flags=re.MULTILINE | re.DOTALL,
        )
        size = len(visible.splitlines())
        if size > MAX_LINES:
            grade_id = cell.metadata.get("nbgrader", {}).get("grade_id")
            yield f"{size} visible lines, at most {MAX_LINES}: {grade_id}"


PAGE_RULES: tuple[Rule, ...] = (
    *(header, narrow_code, plain_python, imports, any_device),
    *(alt_texts, no_outputs, british, glue_keys),
)
LAB_RULES: tuple[Rule, ...] = (
    *(anatomy, one_title, first_cell, short_cells, quiz, exercise_links),
)
SOURCE_RULES: tuple[Rule, ...] = (
    *(header, narrow_code, plain_python, imports, any_device),
    *(no_outputs, british, one_title, short_tasks),
)


def pairs(paths: list[Path], rules: tuple[Rule, ...]) -> list[Any]:
    return [
        pytest.param(path, rule, id=f"{path.relative_to(ROOT)}-{rule.__name__}")
        for path in paths
        for rule in rules
    ]


@pytest.mark.parametrize(
    ("path", "rule"),
    [
        *pairs(PAGES, PAGE_RULES),
        *pairs(LABS, LAB_RULES),
        *pairs(SOURCES, SOURCE_RULES),
    ],
)
def test_content(path: Path, rule: Rule) -> None:
    faults = list(rule(Page(path.read_text(encoding="utf-8"))))
    assert not faults, "\n".join([f"{path.relative_to(ROOT)}:", *faults])


def test_sources_are_text() -> None:
    stored = [*ROOT.glob("book/**/*.ipynb"), *ROOT.glob("solutions/**/*.ipynb")]
    assert stored == []


def test_there_is_content() -> None:
    assert len(LABS) >= 2
    assert len(SOURCES) >= 1


# The rules find what they are there to find

GOOD = textwrap.dedent(
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

    # Lab 0 · A small page

    ## What you will be able to do

    ## Time and what it needs

    ```{code-cell} python
    import matplotlib.pyplot as plt
    import torch

    import dlcourse
    from dlcourse import figures, glue

    figures.use_style()
    torch.manual_seed(0)
    device = dlcourse.device()
    print(device.type == "cuda")
    ```

    ## The idea: one colour

    The size of a resized prize. Write `color`, {math}`color` and $color$ in code; see
    [Color Theory](https://example.org/color).

    ```{code-cell} python
    def draw(x):
        figure, axis = plt.subplots()
        axis.plot(x)

    for name, loss in {"a": 1, "b": 2}.items():
        glue(f"loss-{name}", loss)
    glue("mean", 1.5, ".1f")
    ```

    ```{code-cell} python
    ---
    mystnb:
      image:
        alt: The loss falls from two to one.
    ---
    draw([2, 1])
    ```

    ## Smallest example

    ```{note}
    The mean is {glue:text}`mean`, the first {glue:text}`loss-a`.
    ```

    ## Something of its own

    ```{code-cell} python
    ---
    tags: [raises-exception]
    ---
    1 / 0
    ```

    ## The real thing

    ## What goes wrong, and how you see it

    ## Check yourself

    :::{dropdown} First?
    One.
    :::

    ```{dropdown} Second?
    Two.
    ```

    ## Take-away

    ## Exercises

    ```{exercise-links} lab01-tensors
    ```

    ## References

    Somebody, Behavior of Optimizers.
    """
)
BODY = "def draw(x):"
CELL = "```{code-cell} python\n"
NINE = "x = 1\n" * 9

FAULTS: list[tuple[Rule, str, str]] = [
    (anatomy, "## Take-away\n", ""),
    (anatomy, "## The idea: one colour", "## Ideas"),
    (anatomy, "## The real thing\n", "## Check yourself\n\n## The real thing\n"),
    (anatomy, "## References\n", "## References\n\n## More\n"),
    (anatomy, "# Lab 0 · A small page\n", "# Lab 0 · A small page\n\n## Before\n"),
    (anatomy, "## Smallest example", "### Smallest example"),
    (anatomy, "## The real thing\n", "```md\n## The real thing\n```\n"),
    (one_title, "# Lab 0 · A small page\n", ""),
    (one_title, "# Lab 0 · A small page\n", "# A\n\n# B\n"),
    (first_cell, "figures.use_style()\n", ""),
    (first_cell, "torch.manual_seed(0)\n", ""),
    (first_cell, "import dlcourse\n", ""),
    (short_cells, BODY, "x = 1\n" * 24 + BODY),
    (short_cells, "1 / 0", "1 / 0\n```\n" + f"\n{CELL}{NINE}```\n" * 4 + "\n" + CELL),
    (quiz, ":::{dropdown} First?", ":::{note} First?"),
    (quiz, "## Take-away", ":::{dropdown} More?\n:::\n" * 3 + "## Take-away"),
    (exercise_links, "```{exercise-links} lab01-tensors\n```\n", ""),
    (exercise_links, "{exercise-links} lab01-tensors", "{exercise-links} lab00-none"),
    (header, "    format_name: myst\n", "    format_name: markdown\n"),
    (header, "  name: python3\n", "  name: julia\n"),
    (narrow_code, BODY, f"long = '{'x' * 81}'\n{BODY}"),
    (plain_python, BODY, f"%matplotlib inline\n{BODY}"),
    (plain_python, BODY, f"!ls\n{BODY}"),
    (plain_python, BODY, f"print?\n{BODY}"),
    (plain_python, BODY, f"display(1)\n{BODY}"),
    (imports, "import torch\n", "import torch\nimport pandas\n"),
    (imports, "import torch\n", "import torch\nfrom IPython.display import Image\n"),
    (imports, "import torch\n", "import torch\nimport dlcourse.publish.book\n"),
    (imports, "import torch\n", "import torch\nfrom dlcourse import grading\n"),
    (any_device, BODY, f"torch.ones(1).cuda()\n{BODY}"),
    (any_device, BODY, f"torch.ones(1, device='cuda')\n{BODY}"),
    (any_device, BODY, f"torch.device('cuda:1')\n{BODY}"),
    (any_device, BODY, f"torch.ones(1).to('cuda' if x else 'cpu')\n{BODY}"),
    (alt_texts, "    alt: The loss falls from two to one.\n", "    width: 9\n"),
    (alt_texts, "alt: The loss falls from two to one.", "alt: A plot"),
    (alt_texts, "1 / 0", f"1 / 0\n```\n\n{CELL}plt.plot([1])"),
    (
        alt_texts,
        "1 / 0",
        f"1 / 0\n```\n\n{CELL}figures.image_grid(x);",
    ),
    (alt_texts, "## Smallest", "![](picture.svg)\n\n## Smallest"),
    (no_outputs, "## Smallest", "![a picture of it](data:image)\n\n## Smallest"),
    (no_outputs, "## Smallest", "```{output}\n1\n```\n\n## Smallest"),
    (british, "one colour", "one color"),
    (british, "The mean is", "To optimize, the mean is"),
    (british, "The loss falls", "The behavior falls"),
    (british, "One.\n", "Normalization.\n"),
    (british, "One.\n", "A memorized list.\n"),
    (glue_keys, "{glue:text}`mean`", "1.5"),
    (glue_keys, "{glue:text}`mean`", "{glue:text}`mean` {glue:text}`median`"),
    (glue_keys, "`loss-a`", "`accuracy-a`"),
    (glue_keys, BODY, f"glue('mean', 2)\n{BODY}"),
    (short_tasks, BODY, "x = 1\n" * 24 + BODY),
]


@pytest.mark.parametrize(
    "rule", dict.fromkeys([*PAGE_RULES, *LAB_RULES, *SOURCE_RULES])
)
def test_a_good_page_has_no_fault(rule: Rule) -> None:
    assert list(rule(Page(GOOD))) == []


@pytest.mark.parametrize(
    ("rule", "old", "new"),
    [
        pytest.param(*fault, id=f"{fault[0].__name__}-{number}")
        for number, fault in enumerate(FAULTS)
    ],
)
def test_a_fault_is_found(rule: Rule, old: str, new: str) -> None:
    assert GOOD.count(old) == 1
    assert list(rule(Page(GOOD.replace(old, new)))) != []


def test_every_rule_is_shown_to_find_a_fault() -> None:
    shown = {rule for rule, _, _ in FAULTS}
    assert shown == {*PAGE_RULES, *LAB_RULES, *SOURCE_RULES}


def test_hidden_tests_may_be_long() -> None:
    hidden = "### BEGIN HIDDEN TESTS\n" + "x = 1\n" * 40 + "### END HIDDEN TESTS\n"
    page = Page(GOOD.replace(BODY, hidden + BODY))
    assert list(short_tasks(page)) == []
    assert list(short_cells(page)) != []


def test_code_cells_are_not_prose() -> None:
    page = Page(GOOD)
    assert "use_style" not in page.prose
    assert "The mean is" in page.prose
    assert [is_code_cell(fence) for fence in page.fences].count(True) == len(page.cells)
