"""What the runner keeps of outputs; how it treats lost kernels is in test_cycle.py."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from nbgrader.utils import determine_grade

from dlcourse.grading.execute import MOST_PRINTED, SteadyExecute, error_output
from dlcourse.grading.words import cell_name


def message(kind: str, **content: Any) -> dict[str, Any]:
    return {
        "msg_type": kind,
        "header": {"msg_type": kind},
        "parent_header": {"msg_id": "1"},
        "content": content,
    }


def printed(text: str, stream: str = "stdout") -> dict[str, Any]:
    return message("stream", name=stream, text=text)


def kept(*messages: dict[str, Any]) -> list[NotebookNode]:
    runner = SteadyExecute()
    runner._printed, runner.clear_before_next_output = Counter(), False
    outputs: list[NotebookNode] = []
    for one in messages:
        if one["msg_type"] == "clear_output":
            runner.clear_output(outputs, one, 0)
        else:
            runner.output(outputs, one, None, 0)
    return outputs


def test_endless_printing_is_cut() -> None:
    chunk = "x" * (MOST_PRINTED // 4)
    assert len(kept(*[printed(chunk)] * 100)) == 5


def test_what_costs_marks_is_kept_however_much_was_printed() -> None:
    flood = [printed("x" * MOST_PRINTED)] * 3
    error = message("error", ename="E", evalue="", traceback=[])
    assert [one.output_type for one in kept(*flood, error)][-1] == "error"
    assert kept(*flood, printed("a warning", "stderr"))[-1].name == "stderr"
    warnings = [printed("x" * MOST_PRINTED, "stderr")] * 3
    assert len(kept(*warnings, message("clear_output"), warnings[0])) == 1


def graded(points: float) -> dict[str, Any]:
    return {
        "nbgrader": {
            "grade": True,
            "grade_id": "one-test",
            "locked": True,
            "points": points,
            "schema_version": 3,
            "solution": False,
        }
    }


def test_a_notebook_that_cannot_be_read_starts_no_kernel_and_earns_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(SteadyExecute, "start_new_kernel", lambda self: 1 / 0)
    cells = [new_markdown_cell("a"), new_code_cell("1", metadata=graded(2))]
    note = {"unreadable": "file is empty", "events": ["file is empty: 0 marks"]}
    notebook = new_notebook(cells=cells, metadata={"dlcourse": note})
    after, _ = SteadyExecute().preprocess(notebook, {})
    assert determine_grade(after.cells[1]) == (0, 2)
    assert after.cells[1].outputs[0].evalue.startswith("Not run. file is empty")
    assert after.metadata.dlcourse.events == ["file is empty: 0 marks"]


def test_an_error_output_costs_the_marks_of_its_cell() -> None:
    """nbgrader gives full marks to a test without output."""
    cell = new_code_cell("1", metadata=graded(2))
    assert determine_grade(cell) == (2, 2)
    cell.outputs.append(error_output("NotRun", "Not run."))
    assert determine_grade(cell) == (0, 2)


def test_a_cell_without_a_grade_id_is_named_by_its_place() -> None:
    assert cell_name("one", 6) == "one"
    assert cell_name(None, 6) == "7"
