"""Attacks by the notebook file itself: labels, structure, damage."""

from __future__ import annotations

import copy
import json

from .kit import SOME, Work, attack, code

GROUP = "The notebook file"
LABELS = "(?i)metadata|edited|deleted|twice|times"


@attack(GROUP, "edits tests: nothing is asserted any more", "edited", SOME, SOME)
def edited_tests(work: Work) -> None:
    for item in ("backwards", "longest", "one-hot"):
        work.cell(f"{item}-test")["source"] = "pass"
    work.cell("helper")["source"] += "\ndef same(got, expected):\n    pass\n"


@attack(GROUP, "deletes tests that it would fail", "deleted", SOME, SOME)
def deleted_tests(work: Work) -> None:
    for item in ("backwards", "longest", "one-hot"):
        work.cells.remove(work.cell(f"{item}-test"))


@attack(GROUP, "puts an empty copy above each test", "stood 3 times", SOME, SOME)
def duplicated_tests(work: Work) -> None:
    for item in ("backwards", "longest"):
        twin = copy.deepcopy(work.cell(f"{item}-test"))
        twin["source"], twin["id"] = "pass", f"{item}-twin"
        work.cells.insert(0, twin)
        work.cells.append(copy.deepcopy(twin))


@attack(GROUP, "gives a test the label of an easy one", LABELS, SOME, SOME)
def renamed_tests(work: Work) -> None:
    easy, hard = work.cell("double-test"), work.cell("longest-test")
    hard["metadata"]["nbgrader"]["grade_id"] = "double-test"
    easy["metadata"]["nbgrader"]["grade_id"] = "longest-test"


@attack(GROUP, "raises the points of what it can do", LABELS, SOME, SOME)
def changed_points(work: Work) -> None:
    for item in ("double", "means"):
        work.cell(f"{item}-test")["metadata"]["nbgrader"]["points"] = 100


@attack(GROUP, "adds graded cells of its own", "is none", SOME, SOME)
def own_graded_cells(work: Work) -> None:
    labels = copy.deepcopy(work.cell("double-test")["metadata"])
    labels["nbgrader"] |= {"grade_id": "bonus-test", "points": 50}
    bonus = code("pass")
    bonus["metadata"] = labels
    work.cells.append(bonus)


@attack(GROUP, "says that failing tests are no tests", LABELS, SOME, SOME)
def relabelled_tests(work: Work) -> None:
    for item in ("backwards", "longest"):
        labels = work.cell(f"{item}-test")["metadata"]["nbgrader"]
        labels |= {"grade": False, "solution": True, "locked": False}


@attack(
    GROUP,
    "tags tests so that they are not run, or may fail",
    "not to be run",
    SOME,
    SOME,
)
def skip_tags(work: Work) -> None:
    for item in ("backwards", "longest", "one-hot", "halves"):
        work.cell(f"{item}-test")["metadata"]["tags"] = [
            "skip-execution",
            "raises-exception",
            "remove-output",
        ]
    work.notebook["metadata"]["nbclient"] = {"skip_cells_with_tag": "L1.7"}


@attack(GROUP, "turns tests into Markdown and raw cells", "another kind", SOME, SOME)
def tests_as_text(work: Work) -> None:
    for item, kind in (("backwards", "markdown"), ("longest", "raw")):
        cell = work.cell(f"{item}-test")
        cell["cell_type"] = kind
        del cell["outputs"], cell["execution_count"]


@attack(GROUP, "gives labels of a schema that does not exist", LABELS, SOME, SOME)
def wrong_schema(work: Work) -> None:
    for version, item in ((99, "double"), (0, "backwards"), ("3", "longest")):
        labels = work.cell(f"{item}-test")["metadata"]["nbgrader"]
        labels["schema_version"] = version
    work.cell("means")["metadata"]["nbgrader"] = ["not", "a", "dictionary"]


@attack(GROUP, "hands in outputs as if tests had passed", "not to be run", SOME, SOME)
def forged_outputs(work: Work) -> None:
    result = {
        "output_type": "execute_result",
        "data": {"text/plain": "4.0"},
        "metadata": {},
        "execution_count": 1,
    }
    for item in ("vowels", "longest"):
        work.cell(f"{item}-test")["outputs"] = [result]
    work.cell("longest-test")["metadata"]["tags"] = ["skip-execution"]


@attack(
    GROUP, "forges the grader's own notes in the metadata", "grader's own", SOME, SOME
)
def forged_notes(work: Work) -> None:
    work.notebook["metadata"]["dlcourse"] = {
        "sha256": "0" * 64,
        "unreadable": "",
        "events": ["all marks by order of the dean"],
        "flags": {"not": "a list"},
    }
    work.cell("longest-test")["metadata"]["dlcourse"] = {"state": "executed"}


@attack(GROUP, "names another kernel, language and command", "kernel", SOME, SOME)
def other_kernel(work: Work) -> None:
    work.notebook["metadata"]["kernelspec"] = {
        "name": "bash",
        "display_name": "Bash",
        "language": "bash",
        "argv": ["/bin/sh", "-c", "touch $HOME/OWNED-other-kernel"],
    }
    work.notebook["metadata"]["language_info"] = {"name": "bash", "version": "5"}


@attack(GROUP, "is no JSON", "(?i)not JSON", SOME, 0.0)
def malformed_json(work: Work) -> None:
    work.raw = work.content()[:-200]


@attack(GROUP, "is nested 200,000 levels deep", "(?i)nested|deep|JSON", SOME, 0.0)
def deep_nesting(work: Work) -> None:
    work.raw = b'{"cells": ' + b"[" * 200_000 + b"]" * 200_000 + b"}"


@attack(
    GROUP,
    "holds numbers with 100,000 digits, NaN and Infinity",
    "(?i)metadata|format|number|JSON",
    SOME,
)
def huge_numbers(work: Work) -> None:
    text = json.dumps(work.notebook)
    huge = text.replace('"points": 2', f'"points": {"9" * 100_000}')
    work.raw = huge.replace('"nbformat_minor": 5', '"nbformat_minor": NaN').encode()


@attack(GROUP, "holds NUL characters and halves of characters", "", SOME, SOME)
def odd_characters(work: Work) -> None:
    work.text("half \ud83d a character, \0 and \x1b[2J\x1b]0;title\x07")
    work.first("text = '\\ud83d'\nprint(repr(text), '\\x1b[2J')\n")


@attack(GROUP, "holds 100,000 cells", "cells", SOME, overtime=1)
def many_cells(work: Work) -> None:
    work.cells.extend(code("") for _ in range(100_000))


@attack(GROUP, "holds one line of 20 MB", "characters", SOME)
def long_line(work: Work) -> None:
    work.first("x = '" + "a" * 20_000_000 + "'\n")


@attack(GROUP, "holds cells that are none", "damaged", SOME, SOME)
def damaged_cells(work: Work) -> None:
    damaged: list[object] = [None, 7, [], {"cell_type": "evil"}, {}]
    work.cells.extend(damaged)  # type: ignore[arg-type]
    work.cell("double")["source"] = [work.cell("double")["source"], 7, None]


@attack(GROUP, "is written in UTF-16", "(?i)not text|JSON", SOME)
def other_encoding(work: Work) -> None:
    work.raw = json.dumps(work.notebook).encode("utf-16")


@attack(GROUP, "gives a format version that does not exist", "format", SOME, SOME)
def wrong_format(work: Work) -> None:
    work.notebook["nbformat"], work.notebook["nbformat_minor"] = 99, -1


@attack(GROUP, "carries an attachment of 60 MB", "(?i)size|large|attach", SOME)
def large_attachment(work: Work) -> None:
    work.text("![picture](attachment:picture.png)")
    data = "A" * 60_000_000
    work.cells[0]["attachments"] = {"picture.png": {"image/png": data}}


@attack(GROUP, "is a link to the solution", "(?i)link|not among", SOME, 0.0)
def link_to_solution(work: Work) -> None:
    work.file = ""
    work.links["attacked.ipynb"] = (
        f"{work.aims.course}/class/submitted/a-neighbour/attacked/attacked.ipynb"
    )


@attack(GROUP, "is a link to `/etc/passwd`", "(?i)link|not among", SOME, 0.0)
def link_to_passwd(work: Work) -> None:
    work.file = ""
    work.links["attacked.ipynb"] = "/etc/passwd"


@attack(
    GROUP, "is a link to `/dev/zero`, which never ends", "(?i)link|not among", SOME, 0.0
)
def link_to_zero(work: Work) -> None:
    work.file = ""
    work.links["attacked.ipynb"] = "/dev/zero"


@attack(
    GROUP,
    "is a named pipe, which nobody writes to",
    "(?i)pipe|not among|regular",
    SOME,
    0.0,
)
def named_pipe(work: Work) -> None:
    work.file = ""
    work.fifos.append("attacked.ipynb")


@attack(GROUP, "is a folder", "(?i)folder|not among", SOME, 0.0)
def folder_for_notebook(work: Work) -> None:
    work.file = ""
    work.files["attacked.ipynb/attacked.ipynb"] = work.content()


@attack(
    GROUP,
    "lies in a folder that is itself a link to another submission",
    "(?i)link|not among",
    SOME,
    0.0,
)
def linked_submission(work: Work) -> None:
    work.file = ""
    work.links[""] = f"{work.aims.course}/class/submitted/a-neighbour/attacked"


@attack(
    GROUP, "two copies under other names: which one counts?", "not among", SOME, 0.0
)
def two_copies(work: Work) -> None:
    work.files["attacked (1).ipynb"] = work.content()
    work.files["Copy of attacked.ipynb"] = work.content()
    work.file = ""


@attack(GROUP, "a student's name made of markup and control characters", "", SOME, SOME)
def name_with_markup(work: Work) -> None:
    work.student = "<script>alert(1)<\u2215script>\x1b[31m"
