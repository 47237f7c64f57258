"""Whatever is in the file, it becomes a valid notebook or a reason."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import nbformat
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dlcourse.grading.read import UnreadableError, find_notebook, parse_notebook


def code(source: Any, **fields: Any) -> dict[str, Any]:
    return {
        "cell_type": "code",
        "execution_count": None,
        "metadata": {},
        "outputs": [],
        "source": source,
        **fields,
    }


def notebook(*cells: Any, **fields: Any) -> bytes:
    document = {"cells": list(cells), "metadata": {}, "nbformat": 4}
    return json.dumps({**document, "nbformat_minor": 5, **fields}).encode()


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"", "file is empty"),
        (b" \n\0\0", "file is empty"),
        (b"\n\n<<<<<<< HEAD\n{}", "file is not JSON (line 3)"),
        (b'{"cells": [', "file is not JSON (line 1)"),
        (b'{"cells": "\xff"}', "file is not text (byte 12)"),
        (b"[1, 2]", "file is JSON, but no notebook (it has no cells)"),
        (b'{"nbformat": 4}', "file is JSON, but no notebook (it has no cells)"),
        (b"[" * 100_000, "file is nested too deep to be a notebook"),
        (
            b'{"nbformat": 3, "worksheets": [7]}',
            "file has notebook format 3 and cannot be converted",
        ),
        (b'{"cells": %s}' % (b"9" * 5000), "file holds a number that is too long"),
        ('{"cells": []}'.encode("utf-16"), "file is not text (byte 1)"),
    ],
)
def test_a_reason_is_given_for_what_is_no_notebook(raw: bytes, reason: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        parse_notebook(raw)
    assert str(caught.value) == reason


def test_sources_survive_and_outputs_do_not() -> None:
    output = {"output_type": "stream", "name": "stdout", "text": "1"}
    read, events = parse_notebook(
        notebook(
            code(["a = 1\n", "a"], id="first", outputs=[output]),
            {"cell_type": "markdown", "metadata": {}, "source": "**b**"},
        )
    )
    assert [cell.source for cell in read.cells] == ["a = 1\na", "**b**"]
    assert read.cells[0].id == "first"
    assert read.cells[0].outputs == []
    assert events == []


def test_pictures_pasted_into_an_answer_survive() -> None:
    picture = {"sketch.png": {"image/png": "aGk="}}
    answer = {"cell_type": "markdown", "metadata": {}, "source": "![](sketch)"}
    read, _ = parse_notebook(notebook({**answer, "attachments": picture}))
    assert read.cells[0].attachments == picture


@pytest.mark.parametrize("version", [5, 7, "4", None])
def test_a_format_that_does_not_exist_is_read_as_the_present_one(version: Any) -> None:
    read, events = parse_notebook(notebook(code("a"), nbformat=version))
    assert read.cells[0].source == "a"
    assert events == [f"file says notebook format {version!r}: read as format 4"]


def test_what_is_no_cell_is_left_out() -> None:
    read, events = parse_notebook(notebook(code("a"), 3, {"cell_type": "film"}))
    assert [cell.source for cell in read.cells] == ["a"]
    assert events == ["2 cells were damaged: left out"]


def test_half_a_character_does_not_stop_the_file_from_being_written() -> None:
    read, _ = parse_notebook(
        b'{"cells": [%s], "nbformat": 4}' % json.dumps(code("print('\ud83d')")).encode()
    )
    assert nbformat.writes(read).encode()


def test_two_cells_with_one_id_stay_apart() -> None:
    read, _ = parse_notebook(notebook(code("a", id="x"), code("b", id="x")))
    assert read.cells[0].id == "x"
    assert read.cells[1].id != "x"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)
CELLS = st.fixed_dictionaries(
    {"cell_type": st.sampled_from(["code", "markdown", "raw"])},
    optional={
        key: JSON | st.dictionaries(st.sampled_from(["tags", "name", "nbgrader"]), JSON)
        for key in ("id", "metadata", "source", "outputs", "attachments")
    },
)


@settings(max_examples=50, deadline=None)  # each example is validated by a schema
@given(st.lists(CELLS, max_size=5), JSON)
def test_any_cells_become_a_valid_notebook(cells: list[Any], metadata: Any) -> None:
    read, _ = parse_notebook(notebook(*cells, metadata=metadata))
    nbformat.validate(read)
    assert [cell.cell_type for cell in read.cells] == [
        cell["cell_type"] for cell in cells
    ]


@pytest.mark.parametrize("kernelspec", [{}, {"name": 3}, {"name": "bash"}, "x"])
def test_the_kernel_that_a_file_names_does_not_matter(kernelspec: Any) -> None:
    read, _ = parse_notebook(notebook(code("a"), metadata={"kernelspec": kernelspec}))
    nbformat.validate(read)
    assert read.metadata.kernelspec.name == "python3"


def test_metadata_that_change_what_runs_or_shows_go() -> None:
    labels = {"grade_id": "a", "points": 9}
    metadata = {
        "nbgrader": labels,
        "deletable": False,
        "tags": ["skip-execution", "raises-exception", "remove-output"],
        "editable": False,
        "jupyter": {"source_hidden": True},
        "dlcourse": {"state": "executed"},
    }
    read, events = parse_notebook(
        notebook(code("a", metadata=metadata), metadata={"widgets": {}, "nbclient": {}})
    )
    assert read.cells[0].metadata == {"nbgrader": labels, "deletable": False}
    assert set(read.metadata) == {"kernelspec", "language_info"}
    assert events == []


def test_what_is_too_much_is_left_out_and_said(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name, most in (("CELLS", 3), ("SOURCE", 40), ("ATTACHED", 10)):
        monkeypatch.setattr(f"dlcourse.grading.read.MOST_{name}", most)
    picture = {"a.png": {"image/png": "x" * 8}, "b.png": {"image/png": "y" * 8}}
    text = {"cell_type": "markdown", "metadata": {}, "source": "", "attachments": {}}
    text["attachments"] = picture
    read, events = parse_notebook(
        notebook(code("a"), code("b" * 41), text, code("c"), code("d"))
    )
    assert [cell.source[:20] for cell in read.cells] == [
        "a",
        "# a cell of 41 chara",
        "",
    ]
    assert list(read.cells[2].attachments) == ["a.png"]
    assert events == [
        "file has 5 cells: those after 3 were left out",
        "a cell of 41 characters was left out (40 are possible)",
        "an attachment of 8 characters was left out (10 are possible for all together: "
        "too large)",
    ]


@pytest.mark.parametrize(
    "found",
    [
        "toy.ipynb",
        "toy (1).ipynb",
        "toy(2).ipynb",
        "toy-Copy1.ipynb",
        "Copy of toy.ipynb",
        "Copy of Copy of toy (3).ipynb",
    ],
)
def test_a_copy_is_found(tmp_path: Path, found: str) -> None:
    (tmp_path / found).touch()
    (tmp_path / "toys.ipynb").touch()
    assert find_notebook(tmp_path, "toy") == tmp_path / found


@pytest.mark.parametrize(
    "found", [[], ["toys.ipynb"], ["toy (1).ipynb", "toy (2).ipynb"]]
)
def test_no_copy_is_guessed(tmp_path: Path, found: list[str]) -> None:
    for name in found:
        (tmp_path / name).touch()
    (tmp_path / "toy.ipynb").mkdir()
    assert find_notebook(tmp_path, "toy") is None


def test_the_right_name_beats_a_copy(tmp_path: Path) -> None:
    (tmp_path / "toy.ipynb").touch()
    (tmp_path / "toy (1).ipynb").touch()
    assert find_notebook(tmp_path, "toy") == tmp_path / "toy.ipynb"
