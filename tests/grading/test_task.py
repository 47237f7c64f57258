"""What travels between batch and workers comes out as it went in, or not at all."""

from __future__ import annotations

import json

import pytest

from dlcourse.grading.restore import Original
from dlcourse.grading.sandbox.limits import Limits
from dlcourse.grading.task import (
    EXECUTED,
    STATES,
    CellMark,
    Marked,
    MarkedNotebook,
    Task,
    TaskError,
    decode_marked,
    decode_task,
    encode,
)

from .making import answer, exam

TASK = Task(
    assignment="toy",
    student="ada",
    notebooks={"toy": [exam("a", "assert 1"), answer("b")], "none": []},
    submitted={"toy.ipynb": "e30=", "ü.txt": ""},
    provided={"data.csv": "MQ=="},
    refused=["x was not taken"],
    timeout=7,
    limits=Limits(wall=9),
    sandbox="none",
)
CELLS = [CellMark(state, state, 1.5, 2.0, False) for state in STATES]
NOTEBOOK = MarkedNotebook(
    name="toy",
    notebook={"cells": [{"source": "\ud83d ü"}], "metadata": {}},
    cells=[*CELLS, CellMark("by hand", EXECUTED, None, 2.0)],
    unanswered=["b"],
    events=["it ran"],
    flags=[],
    seconds=0.5,
)
MARKED = Marked("toy", "ada", [NOTEBOOK], "")


def test_a_task_comes_out_as_it_went_in() -> None:
    assert decode_task(encode(TASK)) == TASK
    assert isinstance(decode_task(encode(TASK)).notebooks["toy"][0], Original)


def test_a_result_comes_out_as_it_went_in() -> None:
    assert decode_marked(encode(MARKED)) == MARKED


def changed(text: str, **changes: object) -> str:
    return json.dumps({**json.loads(text), **changes})


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        changed(encode(TASK), version=2),
        changed(encode(TASK), surprise=1),
        changed(encode(TASK), notebooks=[1]),
        changed(encode(TASK), notebooks={"toy": [{"name": "a"}]}),
        changed(encode(TASK), limits={"memory": 1, "luck": 2}),
    ],
)
def test_what_is_no_task_is_refused(text: str) -> None:
    with pytest.raises(TaskError):
        decode_task(text)


@pytest.mark.parametrize(
    "text",
    [
        "x",
        changed(encode(MARKED), notebooks=None),
        changed(encode(MARKED), notebooks=[{}]),
        encode(MARKED).replace('"executed"', '"excellent"'),
    ],
)
def test_what_is_no_result_is_refused(text: str) -> None:
    with pytest.raises(TaskError):
        decode_marked(text)
