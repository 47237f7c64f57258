"""From files to the notebook that is executed."""

from __future__ import annotations

import hashlib

import nbformat

from dlcourse.grading.clean import Note, put_right, read_submitted

from .making import answer, code, exam, of, solution, written

ITEMS = [solution("add"), exam("add-test", "assert True"), answer("why")]


def test_a_notebook_and_what_was_found_out() -> None:
    raw = written([of(ITEMS[0], "mine"), code("more"), 3])  # type: ignore[list-item]
    notebook, note = read_submitted({"toy (1).ipynb": raw, "x/toy.ipynb": b""}, "toy")
    assert note.sha256 == hashlib.sha256(raw).hexdigest()
    made = put_right(notebook, note, ITEMS)
    nbformat.validate(made)
    assert [cell.source for cell in made.cells] == [
        *("mine", "assert True", "Your answer.", "more")
    ]
    assert made.metadata.dlcourse.events == [
        "toy (1).ipynb was taken for toy.ipynb",
        "1 cell was damaged: left out",
        "cells add-test, why had been deleted: put back",
    ]
    assert made.metadata.kernelspec.name == "python3"


def test_no_notebook() -> None:
    notebook, note = read_submitted({"other.ipynb": b"", "a.txt": b""}, "toy")
    made = put_right(notebook, note, ITEMS)
    nbformat.validate(made)
    said = "toy.ipynb is not among the files (found other.ipynb)"
    assert made.metadata.dlcourse == {
        "sha256": "",
        "unreadable": said,
        "events": [f"{said}: 0 marks, nothing could be run"],
    }
    assert said in made.cells[0].source
    assert len(made.cells) == 3


def test_what_cannot_be_read_has_a_digest() -> None:
    _, note = read_submitted({"toy.ipynb": b"{"}, "toy")
    assert note == Note(hashlib.sha256(b"{").hexdigest(), "file is not JSON (line 1)")
