"""Cells without labels are found again where an editor lost them, and only there."""

from __future__ import annotations

import copy
from dataclasses import replace

import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell
from nbgrader.utils import compute_checksum

from dlcourse.grading.clean import Note, put_right
from dlcourse.grading.rematch import match_back
from dlcourse.grading.restore import Original, unanswered

from .making import answer, exam, helper, solution

HIDDEN = "\n### BEGIN HIDDEN TESTS\nassert one(3) == 4\n### END HIDDEN TESTS"


def with_hidden(test: Original) -> Original:
    """A test as the gradebook has it: the checksum is the release's."""
    released = replace(test, source=test.source.replace(HIDDEN, ""))
    return replace(test, checksum=compute_checksum(released.cell()))


ALL = [
    helper("helper", "def same(a, b):\n    assert a == b"),
    solution("one", "def one(number):\n    raise NotImplementedError"),
    with_hidden(exam("one-test", f"assert one(1) == 2{HIDDEN}")),
    solution("two", "size = None"),
    exam("two-test", "assert size"),
    answer("why"),
    answer("how"),
]
TEXT = {
    "helper": "# Toy",
    "one": "## One (2 points)",
    "why": "## Why (2 points)",
    "how": "## How (2 points)",
}
RELEASED = [
    replace(one, before=[["markdown", TEXT[one.name]]] if one.name in TEXT else [])
    for one in ALL
]
MINE = {
    "one": "def one(number):\n    return number + 1",
    "two": "width = 3\nsize = width**2",
    "why": "Since it is so.",
    "how": "Like this:\n\n- first\n- then",
}


def handed_in(bare: bool = True, **mine: str) -> list[NotebookNode]:
    """The release with answers, as an editor hands it back that loses labels."""
    cells = []
    for one in RELEASED:
        if one.name in TEXT:
            cells.append(new_markdown_cell(TEXT[one.name]))
        cell = one.cell()
        cell.source = {**MINE, **mine}.get(one.name, one.source.replace(HIDDEN, ""))
        if bare:
            cell.metadata.clear()
        cells.append(cell)
    return cells


def right(
    cells: list[NotebookNode], originals: list[Original] = RELEASED
) -> tuple[dict[str, str], list[str]]:
    """What each labelled cell says afterwards, and the sentences."""
    note = Note()
    made = put_right(NotebookNode(cells=cells), note, originals)
    found = {
        cell.metadata.nbgrader.grade_id: cell.source
        for cell in made.cells
        if "nbgrader" in cell.metadata
    }
    return found, note.events


LOST = "an editor had lost nbgrader's metadata of {}: matched back by the release"


def test_everything_comes_back() -> None:
    found, events = right(handed_in())
    assert found == {one.name: MINE.get(one.name, one.source) for one in ALL}
    assert events == [LOST.format("7 cells")]


def test_labels_that_are_there_stay_and_nothing_is_said() -> None:
    found, events = right(handed_in(bare=False))
    assert found["one"] == MINE["one"]
    assert events == []


def test_blanks_at_the_ends_are_no_edit() -> None:
    cells = handed_in()
    for cell in cells:
        cell.source = cell.source.replace("\n", "  \r\n") + "\n\n"
    found, events = right(cells)
    assert found["one-test"] == ALL[2].source
    assert events == [LOST.format("7 cells")]


def test_what_was_left_alone_is_still_unanswered() -> None:
    cells = handed_in(why=f"{ALL[5].source}\n", one=f"{ALL[1].source}   \n")
    made = put_right(NotebookNode(cells=cells), Note(), RELEASED)
    assert unanswered(made.cells, RELEASED) == ["one", "why"]


def test_cells_of_ones_own_stay_ones_own() -> None:
    cells = handed_in()
    scratch = new_code_cell("print('try this')")
    cells[4:4] = [scratch]
    cells.append(new_markdown_cell("A note of mine."))
    found, events = right(cells)
    assert found == {one.name: MINE.get(one.name, one.source) for one in ALL}
    assert events == [LOST.format("7 cells")]


def test_two_cells_for_one_solution() -> None:
    """The one that defines what the release defines is the solution."""
    cells = handed_in()
    cells.insert(3, new_code_cell("def aid(number):\n    return number"))
    found, _ = right(cells)
    assert found["one"] == MINE["one"]


def test_an_edited_test_is_the_originals_again() -> None:
    cells = handed_in()
    (test,) = [cell for cell in cells if cell.source == "assert one(1) == 2"]
    test.source = "assert one(1) == 2 or True"
    found, events = right(cells)
    assert found["one-test"] == ALL[2].source
    assert events == [
        LOST.format("7 cells"),
        "cell one-test had been edited: the original ran",
    ]


def test_a_deleted_test_comes_back_in_its_place() -> None:
    cells = [cell for cell in handed_in() if cell.source != "assert one(1) == 2"]
    found, events = right(cells)
    assert list(found) == [one.name for one in ALL]
    assert events == [
        LOST.format("6 cells"),
        "cell one-test had been deleted: put back",
    ]


def test_only_some_labels_were_lost() -> None:
    cells = handed_in(bare=False)
    for cell in cells[4:8]:
        cell.metadata.clear()
    found, events = right(cells)
    assert found == {one.name: MINE.get(one.name, one.source) for one in ALL}
    assert events == [LOST.format("3 cells")]


def test_without_the_text_of_the_release_code_comes_back_all_the_same() -> None:
    found, events = right(handed_in(), ALL)
    for name in ("helper", "one", "one-test", "two", "two-test"):
        assert found[name] == MINE.get(
            name, ALL[[o.name for o in ALL].index(name)].source
        )
    assert events[0].startswith("an editor had lost")


@pytest.mark.parametrize("left", [[], ["mine"], ["def one(number): ...", "size = 3"]])
def test_where_cells_were_deleted_nothing_is_matched(left: list[str]) -> None:
    """No locked cell without a label: the student threw them away."""
    cells = [new_code_cell(source) for source in left]
    before = copy.deepcopy(cells)
    assert match_back(cells, RELEASED) == 0
    assert cells == before


def test_a_test_copied_without_its_label_takes_nothing() -> None:
    """The released one is there: the copy is the student's own."""
    cells = handed_in(bare=False)
    cells.append(new_code_cell("assert size"))
    assert match_back(cells, RELEASED) == 0
