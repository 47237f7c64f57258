"""From what is handed in to marks, on real kernels."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbgrader.api import Gradebook

from dlcourse.errors import CourseError
from dlcourse.grading.mark import mark
from dlcourse.grading.restore import Original
from dlcourse.grading.sandbox.limits import Limits
from dlcourse.grading.sanitize import originals_of
from dlcourse.grading.task import (
    BY_HAND,
    EXECUTED,
    KILLED,
    NOT_EXECUTED,
    TIMED_OUT,
    TaskError,
    decode_marked,
    encode,
)

from .making import (
    NAME,
    answer,
    chore,
    code,
    errors,
    exam,
    helper,
    marked,
    of,
    printed,
    scores,
    solution,
    states,
    task,
    written,
)
from .submissions import CASES

ADD, ADD_TEST = solution("add"), exam("add-test", "assert add(1, 2) == 3\n")
TWICE, TWICE_TEST = solution("twice"), exam("twice-test", "assert twice(4) == 8\n")
BOTH = [ADD, ADD_TEST, TWICE, TWICE_TEST]
RIGHT = {
    "add": "def add(a, b): return a + b\n",
    "twice": "def twice(n): return 2 * n\n",
}


def filled(originals: list[Original], **sources: str) -> list[dict[str, Any]]:
    return [of(one, {**RIGHT, **sources}.get(one.name)) for one in originals]


@pytest.fixture(scope="module")
def toy(released: Path) -> list[Original]:
    url = f"sqlite:///{released}/class/gradebook.db"
    with Gradebook(url, "deep-learning-lab") as book:
        return originals_of(book.find_notebook("toy", "toy"))


# Honest as they may be, a person had better look.
FLAGGED = ("Stub Born", "Ex It", "Sig Kill", "Sk Ipped")


@pytest.mark.parametrize("student", CASES)
def test_each_kind_of_submission(
    student: str, toy: list[Original], release: bytes
) -> None:
    case = CASES[student]
    handed_in = task(toy, b"", timeout=2, files={case.file: case.make(release)})
    files = dict(handed_in.submitted)
    files.pop(f"{NAME}.ipynb")
    named = {"toy": handed_in.notebooks[NAME]}
    result = decode_marked(
        mark(
            encode(
                type(handed_in)(
                    **{**vars(handed_in), "notebooks": named, "submitted": files}
                )
            )
        )
    )
    [notebook] = result.notebooks
    tests = [cell for cell in notebook.cells if cell.state != BY_HAND]
    assert sum(cell.score or 0 for cell in tests) == case.marks
    assert notebook.events == [one.replace("5 s", "2 s") for one in case.events]
    assert scores(notebook)["why"] == (None if case.waits else 0)
    assert notebook.flags == [] or student in FLAGGED
    nbformat.validate(nbformat.from_dict(notebook.notebook))


def test_what_ran_keeps_its_marks_and_states_tell_the_rest() -> None:
    three = [*BOTH, solution("last"), exam("last-test", "assert True\n")]
    dies = "import os\ndef twice(n): os._exit(1)\n"
    found = marked(three, filled(three, twice=dies, last="1\n"))
    assert scores(found) == {"add-test": 2, "twice-test": 0, "last-test": 0}
    assert states(found) == {
        "add-test": EXECUTED, "twice-test": KILLED, "last-test": NOT_EXECUTED
    }  # fmt: skip
    assert errors(found, -1) == ["Not run. kernel died in cell twice-test: later cells "
                                 "got 0"]  # fmt: skip


def test_a_kernel_that_dies_before_a_test_counts_as_that_tests_death() -> None:
    found = marked(BOTH, filled(BOTH, add="import os; os._exit(1)\n"))
    assert states(found) == {"add-test": KILLED, "twice-test": NOT_EXECUTED}


def test_a_test_that_takes_too_long_is_stopped_and_the_rest_goes_on() -> None:
    slow = "import time\ndef add(a, b):\n    time.sleep(60)\n"
    found = marked(BOTH, filled(BOTH, add=slow), timeout=1)
    assert states(found) == {"add-test": TIMED_OUT, "twice-test": EXECUTED}
    assert scores(found) == {"add-test": 0, "twice-test": 2}
    assert found.events == ["cell add-test: stopped after 1 s"]


def test_a_test_that_swallows_the_interrupt_was_too_slow_all_the_same() -> None:
    slow = (
        "import time\n"
        "def add(a, b):\n"
        "    try:\n        time.sleep(60)\n"
        "    except KeyboardInterrupt:\n        return 3\n"
    )
    found = marked(BOTH, filled(BOTH, add=slow), timeout=1)
    assert (states(found)["add-test"], scores(found)["add-test"]) == (TIMED_OUT, 0)


def test_the_time_for_all_cells_ends_it() -> None:
    slow = "import time; time.sleep(60)\n"
    found = marked(BOTH, filled(BOTH, add=slow), limits=Limits(wall=3))
    assert states(found)["twice-test"] == NOT_EXECUTED
    assert "stopped after 3 s for all cells: later cells got 0" in found.events


def test_silence_is_no_success() -> None:
    empty = [solution("add"), exam("add-test", "  \n")]
    assert scores(marked(empty, filled(empty))) == {"add-test": 2}
    found = marked(BOTH, filled(BOTH, add="exit()\n"))
    assert scores(found) == {"add-test": 0, "twice-test": 0}


def test_warnings_cost_nothing() -> None:
    noisy = (
        "import sys, warnings\n"
        "def add(a, b):\n"
        "    warnings.warn('careful')\n"
        "    print('oh', file=sys.stderr)\n"
        "    return a + b\n"
    )
    found = marked(BOTH, filled(BOTH, add=noisy))
    assert scores(found)["add-test"] == 2
    assert "careful" in printed(found, 1)


@pytest.mark.parametrize(
    ("last_line", "earned"),
    [
        ("0.5", 0.5),
        ("1 / 3", 1 / 3),
        ("np.float64(1.5)", 1.5),
        ("0", 0),
        ("2.0", 2),
        ("print('none')", 2),
        ("'0.5'", 2),
        ("True", 2),
        ("add(1, 1) + 3", 0),
        ("-1", 0),
        ("float('nan')", 0),
        ("float('inf')", 0),
        ("0.5;", 2),
        ("credit = 0.5", 2),
    ],
)
def test_partial_credit(last_line: str, earned: float) -> None:
    source = f"import numpy as np\nassert add(0, 1) == 1\n{last_line}\n"
    item = [solution("add"), exam("add-test", source)]
    found = marked(item, filled(item))
    assert scores(found) == {"add-test": earned}
    assert found.flags == []
    assert any("no number from 0 to 2" in one for one in found.events) == (
        last_line in ("add(1, 1) + 3", "-1", "float('nan')", "float('inf')")
    )


def test_partial_credit_is_shown_whatever_ends_the_cell_before() -> None:
    item = [solution("add"), exam("add-test", "add(0, 1) / 2\n")]
    found = marked(item, filled(item, add=RIGHT["add"] + "add(1, 1);"))
    assert scores(found) == {"add-test": 0.5}
    [output] = found.notebook["cells"][1]["outputs"]
    assert output["data"]["text/plain"] == "0.5"
    assert output["execution_count"] == found.notebook["cells"][1]["execution_count"]


def test_locked_cells_run_as_the_assignment_has_them() -> None:
    items = [helper("same", "def same(a, b): assert a == b\n"), ADD,
             exam("add-test", "same(add(1, 2), 4)\n")]  # fmt: skip
    cells = filled(items)
    cells[0]["source"] = "def same(a, b): pass\n"
    cells[2]["source"] = "pass\n"
    cells[2]["metadata"]["tags"] = ["skip-execution", "raises-exception"]
    assert scores(marked(items, cells)) == {"add-test": 0}


def test_answers_wait_for_a_person_unless_they_are_empty() -> None:
    items = [answer("why"), answer("how")]
    found = marked(items, [of(items[0], "Because."), of(items[1])])
    assert scores(found) == {"why": None, "how": 0}
    assert [cell.answered for cell in found.cells] == [True, False]
    assert found.unanswered == ["how"]
    assert set(states(found).values()) == {BY_HAND}


def test_nothing_waits_for_a_person_where_nothing_can_be_read() -> None:
    items = [*BOTH, answer("why"), chore("work")]
    assert scores(marked(items, filled(items)))["work"] is None
    found = marked(items, b"{")
    assert scores(found) == {"add-test": 0, "twice-test": 0, "why": 0, "work": 0}
    assert found.events == ["file is not JSON (line 1): 0 marks, nothing could be run"]
    assert "was not graded" in found.notebook["cells"][0]["source"]


def test_the_assignments_own_files_win() -> None:
    source = "import theirs, ours\nassert (theirs.N, ours.N) == (1, 2)\n"
    item = [exam("files-test", source)]
    files = {"theirs.py": b"N = 1\n", "ours.py": b"N = 9\n", "ours.py/x": b""}
    found = marked(item, [of(item[0])], files=files, provided={"ours.py": "TiA9IDIK"})
    assert scores(found) == {"files-test": 2}


def test_numbers_and_lines_are_those_of_the_notebook() -> None:
    test = "n = 5\n\nassert add(n, 0) == n, 'not n'\n"
    items = [ADD, exam("add-test", test), TWICE]
    broken = "def add(a, b):\n    return a / b\n"
    found = marked(items, [*filled(items, add=broken, twice="add(1, 0)\n")])
    cells = found.notebook["cells"]
    assert [cell["execution_count"] for cell in cells] == [1, 2, 3]
    plain = nbformat.from_dict(cells[1]["outputs"][0])
    trace = "\n".join(plain.traceback)
    assert "Cell In[2], line 3" in trace
    assert "----> 3 assert add(n, 0) == n, 'not n'" in trace
    assert "In[1]" in trace.replace("\x1b[32m", "").replace("\x1b[39m", "")
    assert "exec(" not in trace
    assert "_dlcourse" not in trace
    own = "\n".join(cells[2]["outputs"][0]["traceback"]).replace("\x1b[32m", "")
    assert "In[3]" in own


def test_several_notebooks_share_the_files_and_not_the_names() -> None:
    one = task([ADD, ADD_TEST], filled([ADD, ADD_TEST]))
    second = {**one.notebooks, "other": [exam("o", "assert 'add' not in globals()\n")]}
    both = type(one)(**{**vars(one), "notebooks": second})
    result = decode_marked(mark(encode(both)))
    assert [found.name for found in result.notebooks] == [NAME, "other"]
    assert scores(result.notebooks[1]) == {"o": 0}
    assert "other.ipynb is not among the files" in result.notebooks[1].events[0]


def test_what_was_refused_is_reported() -> None:
    found = marked(BOTH, filled(BOTH), refused=["x.bin was not taken: it is a link"])
    assert found.events == ["x.bin was not taken: it is a link"]


def test_without_a_kernel_there_is_an_error_and_no_marks(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def none(*arguments: Any, **options: Any) -> None:
        raise CourseError("There is no sandbox here.")

    monkeypatch.setattr("dlcourse.grading.mark.kernel_manager", none)
    result = decode_marked(mark(encode(task(BOTH, filled(BOTH)))))
    assert result.error == "There is no sandbox here."
    assert result.notebooks == []


def test_a_message_that_is_no_task_is_refused() -> None:
    with pytest.raises(TaskError):
        mark(json.dumps({"version": 1}))


def test_halves_of_characters_do_not_stop_a_result_from_travelling() -> None:
    handed_in = task(BOTH, b"")
    files = {"\ud83d.ipynb": ""}
    text = mark(encode(type(handed_in)(**{**vars(handed_in), "submitted": files})))
    assert text.encode()
    assert "found ?.ipynb" in decode_marked(text).notebooks[0].events[0]


def test_it_works_in_the_sandbox_too() -> None:
    found = marked(BOTH, filled(BOTH), sandbox="bubblewrap")
    assert scores(found) == {"add-test": 2, "twice-test": 2}
    assert (found.events, found.flags) == ([], [])


def test_metadata_of_the_file_do_not_count() -> None:
    document = json.loads(written(filled(BOTH)))
    document["metadata"] = {"kernelspec": {"name": "bash"}, "dlcourse": {"events": 3}}
    found = marked(BOTH, json.dumps(document).encode())
    assert found.notebook["metadata"]["kernelspec"]["name"] == "python3"
    assert found.notebook["metadata"]["dlcourse"]["events"] == []
    assert code("x")["metadata"] == {}
