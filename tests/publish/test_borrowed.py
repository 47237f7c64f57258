"""An assignment takes an item from another: one definition, the same cells in both."""

from __future__ import annotations

from pathlib import Path

import pytest

from dlcourse.errors import CourseError
from dlcourse.house import assignment_names
from dlcourse.publish.borrowed import names_in
from dlcourse.publish.sources import BUILT, Source, read_source, refresh_sources
from dlcourse.publish.tags import find_items, read_curriculum

ROOT = Path(__file__).parents[2]
TOY = Path(__file__).with_name("toy.md").read_text(encoding="utf-8")
HEADER = TOY.partition("\n# ")[0]


def borrow(item: str, text: str = "") -> str:
    return f"```{{code-cell}} python\n---\ndlcourse:\n  item: {item}\n---\n{text}```\n"


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """Make a course of the toy and an empty problem set beside it."""
    for name in ("toy", "set"):
        (tmp_path / "solutions" / name).mkdir(parents=True)
    (tmp_path / "solutions/toy/toy.md").write_text(TOY)
    return tmp_path


def write(course: Path, *parts: str) -> None:
    text = "\n".join([HEADER, "# A problem set\n", *parts])
    (course / "solutions/set/set.md").write_text(text)


def labels(source: Source) -> list[str | None]:
    return [cell.metadata.get("nbgrader", {}).get("grade_id") for cell in source.cells]


def test_an_item_comes_with_its_statement_and_its_tests(course: Path) -> None:
    write(course, borrow("toy/root"), "Words after it.\n")
    toy, found = read_source(course, "toy"), read_source(course, "set")
    assert labels(found) == [None, None, "root", "root-test", None]
    at = labels(toy).index("root")
    assert found.cells[1].source.startswith("#")
    assert [cell.source for cell in found.cells[2:4]] == [
        cell.source for cell in toy.cells[at : at + 2]
    ]
    assert found.place(2) == toy.place(at)
    assert found.place(4).startswith("solutions/set/set.md, line ")


def test_a_task_loses_its_number(course: Path) -> None:
    toy = course / "solutions/toy/toy.md"
    headings = [line for line in TOY.splitlines() if line.startswith("## ")]
    title = headings[0]
    above = f"## Part 2: Powers\n\nAll of them.\n\n### Task 7: {title[3:]}"
    toy.write_text(TOY.replace(title, above, 1))
    write(course, borrow("toy/square"))
    first = read_source(course, "set").cells[1].source
    assert first.splitlines()[0] == f"#{title}"


def test_a_written_answer_can_be_taken(course: Path) -> None:
    write(course, borrow("toy/why-positive"))
    assert labels(read_source(course, "set"))[-1] == "why-positive"


def test_a_helper_is_one_cell_with_a_name_of_its_own(course: Path) -> None:
    toy = course / "solutions/toy/toy.md"
    helper = (
        "```{code-cell} python\n---\nnbgrader:\n  cell_type: code\n  grade: false\n"
        "  grade_id: imports\n  locked: true\n  schema_version: 3\n  solution: false\n"
        "  task: false\n---\nimport math\n```\n\n"
    )
    head, mark, rest = TOY.partition("```{code-cell}")
    toy.write_text(head + helper + mark + rest)
    write(course, borrow("toy/imports"), helper)
    assert labels(read_source(course, "set")) == [None, "toy-imports", "imports"]


def test_marks_count_in_both(course: Path) -> None:
    toy = course / "solutions/toy/toy.md"
    toy.write_text(TOY.replace(', "tags": ["L1.4"]', ""))  # a task, which earns none
    write(course, borrow("toy/square"))
    rows = find_items(course, read_curriculum())
    places = {
        (item.assignment, item.grade_id) for found in rows.values() for item in found
    }
    assert {("toy", "square-test"), ("set", "square-test")} <= places


def test_a_change_of_the_item_renews_both(course: Path) -> None:
    write(course, borrow("toy/square"))
    assert refresh_sources(course) == ["set", "toy"]
    assert refresh_sources(course) == []
    toy = course / "solutions/toy/toy.md"
    toy.write_text(toy.read_text().replace("x * x", "x**2"))
    assert refresh_sources(course) == ["set", "toy"]
    assert "x**2" in (course / BUILT / "set/set.ipynb").read_text()


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        (borrow("toy/cube"), "borrows toy/cube, but toy has no such grade_id"),
        (borrow("gone/cube"), "borrows gone/cube: solutions/gone/gone.md does not"),
        (borrow("set/cube"), "name no item of another assignment"),
        (borrow("cube"), "name no item of another assignment"),
        (borrow("[toy/cube]"), "name no item of another assignment"),
        (borrow("toy/square", "x = 1\n"), "holds text besides"),
    ],
)
def test_a_wrong_reference_is_one_sentence(course: Path, cell: str, said: str) -> None:
    write(course, cell)
    with pytest.raises(CourseError) as failure:
        read_source(course, "set")
    assert said in str(failure.value)
    assert str(failure.value).startswith("solutions/set/set.md, cell 2 ")


def test_names_are_found_in_yaml_and_json() -> None:
    text = (
        borrow("lab-a/x")
        + '+++ {"dlcourse": {"item": "lab-b/y"}}\n'
        + borrow("lab-a/z")
    )
    assert names_in(text) == ["lab-a", "lab-b"]


def test_no_item_is_defined_twice() -> None:
    """A test cell's text stands in one source only."""
    seen: dict[str, str] = {}
    for name in assignment_names(ROOT):
        source = read_source(ROOT, name)
        for cell, home in zip(source.cells, source.homes, strict=True):
            meta = cell.metadata.get("nbgrader", {})
            if cell.cell_type == "code" and meta.get("grade"):
                assert seen.setdefault(cell.source, home.stem) == home.stem
