"""What is stale, failed or unfinished never reaches the site."""

from __future__ import annotations

import ast
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from nbformat import NotebookNode

from dlcourse.errors import CourseError
from dlcourse.house import assignment_names, source_of
from dlcourse.publish import book
from dlcourse.publish.book import build
from dlcourse.publish.execute import SEEN_BY_CELLS, open_cache, read_page
from tests.publish.houses import small_course
from tests.publish.test_execute import HEAD

CELL = '\n```{code-cell} python\nprint("seen", 6 * 7)\n```\n'


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory, root: Path) -> Path:
    """A course of three pages with the real configuration, built once."""
    pages = {"lab": "", "times": "# Times\n\n```{execution-table}\n```\n"}
    folder = tmp_path_factory.mktemp("house")
    house = small_course(root, folder, pages, front="# Front\n\nHello.\n")
    build_again(house, HEAD + CELL)
    return house


def build_again(house: Path, text: str) -> None:
    (house / "book" / "lab.md").write_text(text)
    build(house)


@pytest.fixture
def house(course: Path) -> Iterator[Path]:
    """The course as it was built; what a test changes is undone."""
    yield course
    build_again(course, HEAD + CELL)


def lab(house: Path) -> str:
    return (house / "_build" / "html" / "book" / "lab.html").read_text()


def bytes_of(house: Path) -> dict[str, str]:
    site = house / "_build" / "html"
    return {
        path.relative_to(site).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(site.rglob("*"))
        if path.is_file()
    }


def spoil(house: Path, **changes: object) -> None:
    """Change the cell in what the cache holds of the lab."""
    _, folder = open_cache(house)
    (file,) = (
        path
        for path in folder.glob("executed/*/base.ipynb")
        if "6 * 7" in path.read_text()
    )
    notebook = json.loads(file.read_text())
    notebook["cells"][0] |= changes
    file.write_text(json.dumps(notebook))


def test_a_failed_cell_changes_no_byte_of_the_site(house: Path) -> None:
    before = bytes_of(house)
    assert len(before) > 50
    with pytest.raises(CourseError, match=r"book/lab\.md, cell at line \d+: ZeroDiv"):
        build_again(house, HEAD + CELL.replace("6 * 7", "6 / 0"))
    assert bytes_of(house) == before


ERROR = {"output_type": "error", "ename": "E", "evalue": "spoilt", "traceback": []}


@pytest.mark.parametrize(
    "changes",
    [{"outputs": [ERROR]}, {"outputs": [], "execution_count": None}],
    ids=["error", "never-ran"],
)
def test_outputs_that_are_not_sound_are_made_again(
    house: Path, changes: dict[str, object]
) -> None:
    spoil(house, **changes)
    # Other prose, so that the page is made from what the cache holds.
    build_again(house, HEAD + CELL + "\nMore.\n")
    assert "More." in lab(house)
    assert "seen 42" in lab(house)
    assert "spoilt" not in lab(house)


def test_outputs_that_changed_alone_are_shown(house: Path) -> None:
    """The text is the same, so Sphinx by itself would see no change."""
    build_again(house, HEAD + CELL.replace("6 * 7", "__import__('random').random()"))
    one = re.search(r"seen 0\.\d+", lab(house))
    cache, _ = open_cache(house)
    for record in cache.list_cache_records():
        cache.remove_cache(record.pk)
    build(house)
    other = re.search(r"seen 0\.\d+", lab(house))
    assert one is not None
    assert other is not None
    assert one[0] != other[0]


def test_lost_outputs_are_made_again(house: Path) -> None:
    _, folder = open_cache(house)
    shutil.rmtree(folder / "executed")
    build_again(house, HEAD + CELL + "\nMore.\n")
    assert "seen 42" in lab(house)


def test_a_preview_without_outputs_leaves_the_site_alone(house: Path) -> None:
    before = bytes_of(house)
    (house / "book" / "lab.md").write_text(HEAD + CELL.replace("7", "8"))
    build(house, only=["index"])
    preview = (house / "_build" / "preview" / "book" / "lab.html").read_text()
    assert "cell_output" not in preview
    assert bytes_of(house) == before
    # The next build of the site begins from what belongs to the site.
    (house / "book" / "index.md").write_text("# Front\n\nGood morning.\n")
    build(house)
    assert "seen 48" in lab(house)
    (house / "book" / "index.md").write_text("# Front\n\nHello.\n")


def test_an_interrupted_build_leaves_the_old_site(house: Path) -> None:
    """Killed when all pages are written, just before they take the old ones' place."""
    before = bytes_of(house)
    (house / "book" / "lab.md").write_text(HEAD + CELL + "\nMore.\n")
    program = (
        "import os, sys\n"
        "from pathlib import Path\n"
        "from dlcourse.publish import book\n"
        "rename = Path.rename\n"
        "def killed(path, target):\n"
        "    if path.name.startswith('html'): os.kill(os.getpid(), 9)\n"
        "    return rename(path, target)\n"
        "Path.rename = killed\n"
        "book.build(Path(sys.argv[1]))\n"
    )
    ended = subprocess.run(
        [sys.executable, "-c", program, str(house)],
        env={**os.environ, "PYTHONPATH": str(Path(book.__file__).parents[2])},
        capture_output=True,
    )
    assert ended.returncode == -9, ended.stderr
    assert (house / "_build" / "html.new" / "index.html").is_file()
    assert bytes_of(house) == before
    build(house)
    assert "More." in lab(house)
    assert not (house / "_build" / "html.new").exists()


def imported(file: Path, package: Path) -> set[Path]:
    """List the files of the package that a file of Python imports, at any time."""
    found: set[Path] = set()
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names = [f"{node.module}.{alias.name}" for alias in node.names]
            names.append(node.module)
        else:
            continue
        for name in names:
            head, _, rest = name.partition(".")
            if head == "dlcourse":
                place = package.joinpath(*rest.split(".")) if rest else package
                found |= {
                    path
                    for path in (place.with_suffix(".py"), place / "__init__.py")
                    if path.is_file()
                }
    return found


def test_all_that_cells_can_reach_of_the_package_is_in_the_key(
    tmp_path: Path, root: Path
) -> None:
    """Also what is imported by what they import, in functions too."""
    package = root / "dlcourse"
    pages = book._pages(root)
    sources = [source_of(root, name) for name in assignment_names(root)]
    code = tmp_path / "cells.py"
    for page in (*pages, *sources):
        notebook = read_page(page)
        if notebook is not None:
            with code.open("a") as file:
                file.writelines(
                    f"{cell.source}\n"
                    for cell in notebook.cells
                    if cell.cell_type == "code" and "dlcourse" in cell.source
                )
    waiting, reached = {code}, set()
    while waiting:
        file = waiting.pop()
        new = imported(file, package) - reached
        reached |= new
        waiting |= new
    assert {package / "autograd_graph.py", package / "data" / "sets.py"} < reached
    listed = [package / name for name in SEEN_BY_CELLS]
    missing = [
        path
        for path in sorted(reached)
        if not any(path.is_relative_to(entry) for entry in listed)
    ]
    assert missing == []


def shows(cell: NotebookNode) -> bool:
    """Tell whether a cell shows something; what it glues is shown elsewhere."""
    hidden = {"remove-output", "remove-cell"} & set(cell.metadata.get("tags", []))
    return not hidden and any(
        "scrapbook" not in output.get("metadata", {}) for output in cell.outputs
    )


def test_every_cell_that_shows_something_does_so_on_the_site(
    site: Path, root: Path
) -> None:
    cache, _ = open_cache(root)
    checked = 0
    for page in book._pages(root):
        html = (site / page.relative_to(root)).with_suffix(".html").read_text()
        found = len(re.findall(r'class="[^"]*\bcell_output\b', html))
        notebook = read_page(page)
        if notebook is None:
            assert found == 0, page
            continue
        _, filled = cache.merge_match_into_notebook(notebook)
        wanted = [c for c in filled.cells if c.cell_type == "code" and shows(c)]
        assert found == len(wanted) > 0, page
        checked += 1
    assert checked >= 20
