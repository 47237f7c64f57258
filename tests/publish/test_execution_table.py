"""The page that says what ran, and that it is made anew when something ran again."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from dlcourse.publish import book
from dlcourse.publish.book import build
from dlcourse.publish.execute import open_cache
from tests.publish.houses import small_course
from tests.publish.test_execute import HEAD

CELL = '\n```{code-cell} python\nprint("seen", 6 * 7)\n```\n'


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory, root: Path) -> Path:
    """A course with a page, a solution and the table."""
    pages = {"times": "# Times\n\n```{execution-table}\n```\n", "lab": HEAD + CELL * 3}
    house = small_course(root, tmp_path_factory.mktemp("house"), pages)
    solution = house / "solutions" / "toy" / "toy.md"
    solution.parent.mkdir(parents=True)
    solution.write_text(HEAD + CELL)
    build(house)
    return house


def rows(house: Path) -> list[list[str]]:
    """The table's rows, without their tags; the heads come first in each table."""
    html = (house / "_build" / "html" / "book" / "times.html").read_text()
    article = html.split("<article")[1].split("</article>")[0]
    return [
        re.sub(r"<[^>]+>", "", row).split()
        for row in re.findall(r"<tr.*?</tr>", article, re.DOTALL)
    ]


def test_pages_and_solutions_have_a_row_with_cells_seconds_and_day(
    house: Path,
) -> None:
    head, lab, other_head, toy = rows(house)
    assert (head[0], other_head[0]) == ("Page", "Assignment")
    assert head[1:] == ["Cells", "Seconds", "Outputs", "made"]
    # A page by its title, a solution by its name.
    assert lab[:3] == ["A", "page", "3"]
    assert toy[:2] == ["toy", "1"]
    for row in (lab, toy):
        assert re.fullmatch(r"\d+\.\d", row[-2])
        assert re.fullmatch(r"20\d\d-\d\d-\d\d", row[-1])
    html = (house / "_build" / "html" / "book" / "times.html").read_text()
    assert 'href="lab.html"' in html
    assert html.count('<th scope="row"') == 2
    assert html.count('class="dl-bar"') == html.count("--share: ") == 2
    assert "--share: 1.000" in html
    assert re.search(r"2 notebooks with 4 cells took .* PyTorch \d", html)


def test_nothing_is_made_while_nothing_runs(
    house: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def made(*args: object, **kwargs: object) -> Path:
        raise AssertionError("Sphinx ran")

    monkeypatch.setattr(book, "_build_site", made)
    build(house)


def test_a_solution_that_ran_again_changes_the_table(house: Path) -> None:
    solution = house / "solutions" / "toy" / "toy.md"
    solution.write_text(HEAD + CELL * 2)
    build(house)
    assert rows(house)[-1][:2] == ["toy", "2"]
    cache, _ = open_cache(house)
    notes = json.loads((house / "_build" / "execution.json").read_text())
    assert [run["name"] for run in notes["runs"]] == [
        "book/lab",
        "solutions/toy/toy",
    ]
    assert len(cache.list_cache_records()) == 3


def test_a_page_of_a_preview_is_no_run(house: Path) -> None:
    """Which knows only of the pages that it was asked for."""
    notes = (house / "_build" / "execution.json").read_text()
    build(house, only=["toy"])
    assert (house / "_build" / "execution.json").read_text() == notes
