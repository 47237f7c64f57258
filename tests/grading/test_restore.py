"""The assignment's cells stand once each, in their place, under their own labels."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nbformat import NotebookNode, from_dict
from nbformat.v4 import new_code_cell, new_markdown_cell
from nbgrader.nbgraderformat import MetadataValidator
from nbgrader.utils import compute_checksum, determine_grade

from dlcourse.grading.restore import Original, restore, unanswered


def original(name: str, kind: str = "test") -> Original:
    cell_type = "markdown" if kind == "answer" else "code"
    flags = {
        "locked": kind in ("test", "helper"),
        "grade": kind in ("test", "answer"),
        "solution": kind in ("solution", "answer"),
    }
    draft = Original(
        name=name,
        cell_type=cell_type,
        source=f"{name} as released",
        checksum=None,
        task=False,
        points=2.0 if flags["grade"] else 0.0,
        **flags,
    )
    checksum = compute_checksum(draft.cell())
    return Original(**{**draft.__dict__, "checksum": checksum})


HELPER = original("helper", "helper")
ITEM = [original("one", "solution"), original("one-test")]
OTHER = [original("two", "solution"), original("two-test"), original("why", "answer")]
ALL = [HELPER, *ITEM, *OTHER]


def handed_in() -> list[NotebookNode]:
    return [one.cell() for one in ALL]


def own(source: str) -> NotebookNode:
    return new_code_cell(source)


def pasted(cell: NotebookNode, source: str | None = None) -> NotebookNode:
    twin = copy.deepcopy(cell)
    del twin.metadata["deletable"]
    twin.source = cell.source if source is None else source
    return twin


def names(cells: list[NotebookNode]) -> list[str]:
    return [
        cell.metadata.get("nbgrader", {}).get("grade_id", cell.source) for cell in cells
    ]


def test_what_is_in_order_stays_as_it_is() -> None:
    before = handed_in()
    after, events = restore(copy.deepcopy(before), ALL)
    assert after == before
    assert events == []


def test_a_deleted_test_comes_back_after_its_solution() -> None:
    cells = handed_in()
    del cells[2]
    cells.insert(2, own("my scratch"))
    after, events = restore(cells, ALL)
    assert names(after) == [
        *["helper", "one", "one-test", "my scratch", "two", "two-test", "why"]
    ]
    assert events == ["cell one-test had been deleted: put back"]


def test_a_test_comes_back_below_what_the_student_wrote_instead() -> None:
    """The solution cell is gone, and the solution stands in a cell of the student's."""
    cells = handed_in()
    cells[1:3] = [own("def one(): ...")]
    after, _ = restore(cells, ALL)
    assert names(after)[:4] == ["helper", "def one(): ...", "one-test", "two"]


def test_a_deleted_solution_stays_deleted() -> None:
    cells = handed_in()
    del cells[1]
    after, events = restore(cells, ALL)
    assert "one" not in names(after)
    assert events == []


def test_an_answer_that_was_deleted_counts_as_not_given() -> None:
    after, _ = restore(handed_in()[:-1], ALL)
    assert determine_grade(after[-1]) == (0, 2)


def test_everything_can_be_deleted() -> None:
    after, events = restore([], ALL)
    assert names(after) == ["helper", "one-test", "two-test", "why"]
    assert events == [
        "cells helper, one-test, two-test, why had been deleted: put back"
    ]


def test_of_two_tests_the_released_one_counts_wherever_it_stands() -> None:
    cells = handed_in()
    cells.append(pasted(cells[2], "pass"))
    after, events = restore(cells, ALL)
    assert names(after)[2] == "one-test"
    assert names(after)[-1] == "pass"
    assert "nbgrader" not in after[-1].metadata
    assert events == ["one-test stood twice: the locked original counts"]


def test_of_two_tests_that_look_alike_the_last_counts() -> None:
    cells = handed_in()
    cells.insert(1, copy.deepcopy(cells[2]))
    after, _ = restore(cells, ALL)
    assert names(after)[1:4] == ["one-test as released", "one", "one-test"]


@pytest.mark.parametrize(
    ("first", "second", "counts", "said"),
    [
        ("mine", "mine too", 0, "the original counts"),
        ("why as released", "mine", 1, "the one that was written counts"),
        ("mine", "why as released\n", 0, "the original counts"),
        ("why as released", "why as released", 0, "the original counts"),
    ],
)
def test_of_two_answers_a_written_one_counts(
    first: str, second: str, counts: int, said: str
) -> None:
    cells = handed_in()
    cells[-1].source = first
    cells.append(pasted(cells[-1], second))
    after, events = restore(cells, ALL)
    marked = [
        index for index, cell in enumerate(after[-2:]) if "nbgrader" in cell.metadata
    ]
    assert marked == [counts]
    assert events == [f"why stood twice: {said}"]


def test_of_three_solutions_all_run() -> None:
    cells = handed_in()
    cells[2:2] = [pasted(cells[1], "one again"), pasted(cells[1], "and again")]
    after, events = restore(cells, ALL)
    assert [cell.source for cell in after[1:4]] == [
        *["one as released", "one again", "and again"]
    ]
    assert events == ["one stood 3 times: each ran, the last one holds"]


@pytest.mark.parametrize(
    "labels",
    [
        {"points": 20},
        {"grade": False},
        {"schema_version": 1},
        {"schema_version": 4},
        {"solution": True},
        {"task": True},
        {"locked": False},
    ],
    ids=str,
)
def test_labels_in_the_file_do_not_count(labels: dict[str, Any]) -> None:
    cells = handed_in()
    cells[2].metadata.nbgrader.update(labels)
    after, events = restore(cells, ALL)
    assert after[2].metadata.nbgrader == ITEM[1].labels()
    assert events == [
        "nbgrader's metadata of cell one-test had been changed: put right"
    ]


def test_labels_of_another_assignment_are_taken_off() -> None:
    stranger = original("from-last-week").cell()
    after, events = restore([*handed_in(), stranger], ALL)
    assert "nbgrader" not in after[-1].metadata
    assert events == []


@pytest.mark.parametrize("labels", [None, 3, "x", [], {}, {"grade_id": ["one"]}])
def test_labels_that_are_none_are_taken_off(labels: Any) -> None:
    cell = own("mine")
    cell.metadata["nbgrader"] = labels
    after, _ = restore([*handed_in(), cell], ALL)
    assert "nbgrader" not in after[-1].metadata


def test_an_edited_test_is_reported() -> None:
    cells = handed_in()
    cells[2].source = "pass"
    _, events = restore(cells, ALL)
    assert events == ["cell one-test had been edited: the original ran"]


def test_a_cell_turned_into_text_is_code_again() -> None:
    cells = handed_in()
    turned = new_markdown_cell("one as released", metadata=cells[1].metadata)
    turned["attachments"] = {"a.png": {"image/png": "aGk="}}
    cells[1] = turned
    after, _ = restore(cells, ALL)
    assert after[1].cell_type == "code"
    assert after[1].outputs == []
    assert "attachments" not in after[1]


def test_locked_cells_say_what_the_assignment_says() -> None:
    cells = handed_in()
    for cell in cells:
        cell.source = "mine"
    after, _ = restore(cells, ALL)
    assert [cell.source for cell in after] == [
        *("helper as released", "mine", "one-test as released", "mine"),
        *("two-test as released", "mine"),
    ]


def test_what_is_still_the_releases_is_unanswered() -> None:
    cells = handed_in()
    assert unanswered(cells, ALL) == ["one", "two", "why"]
    cells[1].source = "mine"
    assert unanswered(cells[:-1], ALL) == ["two"]
    without = [replace(one, checksum=None) for one in ALL]
    assert unanswered(cells, without) == ["two", "why"]


def shuffled_copies() -> st.SearchStrategy[list[NotebookNode]]:
    pool = [*handed_in(), *handed_in(), own("mine"), own("mine too")]
    places = st.lists(st.integers(0, len(pool) - 1), max_size=20)
    return places.map(lambda chosen: [copy.deepcopy(pool[i]) for i in chosen])


def labelled(cells: list[NotebookNode]) -> Iterator[NotebookNode]:
    return (cell for cell in cells if "nbgrader" in cell.metadata)


@settings(deadline=None)  # other people's work may slow the machine
@given(shuffled_copies())
def test_whatever_is_handed_in_each_cell_counts_once(cells: list[NotebookNode]) -> None:
    sources = sorted(cell.source for cell in cells)
    after, _ = restore(copy.deepcopy(cells), ALL)
    counted = sorted(cell.metadata.nbgrader.grade_id for cell in labelled(after))
    must = {one.name for one in ALL if one.locked or one.grade}
    there = {name for name in names(cells) if not name.startswith("mine")}
    assert counted == sorted(must | there)
    by_name = {one.name: one for one in ALL}
    for cell in labelled(after):
        assert (
            cell.metadata.nbgrader == by_name[cell.metadata.nbgrader.grade_id].labels()
        )
    MetadataValidator().validate_nb(from_dict({"cells": after}))
    kept = [cell.source for cell in after]
    for one in must - there:
        kept.remove(f"{one} as released")
    assert sorted(kept) == sources, "a cell of the student's was lost"
