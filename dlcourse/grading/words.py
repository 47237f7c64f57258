"""What happened to a submission, in words: the sentences of reports and feedback."""

from __future__ import annotations

from collections.abc import Sequence

NOTHING_RAN = "0 marks, nothing could be run"


def cell_name(grade_id: str | None, index: int) -> str:
    """Name a cell: by its grade id, or by its place in the notebook, counted from 1."""
    return grade_id or str(index + 1)


def unreadable(reason: str) -> str:
    """Say that the file could not be read, and what that costs."""
    return f"{reason}: {NOTHING_RAN}"


def missing(name: str, others: Sequence[str]) -> str:
    """Say that a notebook was not handed in, and what was."""
    found = f"found {_listed(others)}" if others else "no other notebook either"
    return f"{name}.ipynb is not among the files ({found})"


def renamed(found: str, name: str) -> str:
    """Say that a file was taken for a notebook of another name."""
    return f"{found} was taken for {name}.ipynb"


def stopped(cell: str, seconds: float) -> str:
    """Say that a cell ran out of time; the rest went on."""
    return f"cell {cell}: stopped after {seconds:g} s"


def stuck(cell: str, seconds: float) -> str:
    """Say that a cell ran out of time and ignored the interrupt."""
    return f"cell {cell} did not stop after {seconds:g} s: later cells got 0"


def drowned(cell: str) -> str:
    """Say that a cell printed so much that its end, and any error, got lost."""
    return f"cell {cell} printed too much to be graded: 0 for it"


def died(cell: str) -> str:
    """Say in which cell the kernel died."""
    return f"kernel died in cell {cell}: later cells got 0"


def quit_kernel(cell: str) -> str:
    """Say which cell ended the kernel by ``exit()`` or ``quit()``."""
    return f"cell {cell} called exit(): later cells got 0"


def put_back(cells: Sequence[str]) -> str:
    """Say which graded cells had been deleted."""
    return f"{_cells(cells)} had been deleted: put back"


def twice(cell: str, times: int, which: str) -> str:
    """Say that a cell stood several times, and which one counts."""
    often = "twice" if times == 2 else f"{times} times"
    return f"{cell} stood {often}: {which}"


def edited(cells: Sequence[str]) -> str:
    """Say which locked cells had been changed."""
    return f"{_cells(cells)} had been edited: the original ran"


def relabelled(cells: Sequence[str]) -> str:
    """Say which cells carried other nbgrader metadata than the assignment's."""
    return f"nbgrader's metadata of {_cells(cells)} had been changed: put right"


def matched_back(count: int) -> str:
    """Say that an editor lost labels, which were found again."""
    what = "1 cell" if count == 1 else f"{count} cells"
    return (
        f"an editor had lost nbgrader's metadata of {what}: matched back by the release"
    )


def other_format(version: object) -> str:
    """Say that the file gives a notebook format that does not exist."""
    return f"file says notebook format {version!r}: read as format 4"


def damaged(count: int) -> str:
    """Say how many entries of the notebook were no cells."""
    what = "1 cell was" if count == 1 else f"{count} cells were"
    return f"{what} damaged: left out"


def many_cells(count: int, most: int) -> str:
    """Say that a notebook has more cells than anybody needs."""
    return f"file has {count:,} cells: those after {most:,} were left out"


def long_source(size: int, most: int) -> str:
    """Say that a cell is too long."""
    return f"a cell of {size:,} characters was left out ({most:,} are possible)"


def large_attachment(size: int, most: int) -> str:
    """Say that pictures pasted into the notebook are too large together."""
    return (
        f"an attachment of {size:,} characters was left out ({most:,} are possible for "
        "all together: too large)"
    )


def out_of_time(seconds: float) -> str:
    """Say that the whole submission took too long."""
    return f"stopped after {seconds:g} s for all cells: later cells got 0"


def cut_off(cell: str) -> str:
    """Say in which cell the kernel stopped talking without ending."""
    return (
        f"kernel died in cell {cell}, closed its sockets or said too much at once: "
        "later cells got 0"
    )


def out_of(cell: str, what: str) -> str:
    """Say which limit a cell met: memory, disk space, processes."""
    return f"cell {cell} met the limit on {what}"


def no_number(cell: str, said: str, most: float) -> str:
    """Say that a test gave a number that is no credit."""
    return f"test {cell} gave {said}, which is no number from 0 to {most:g}: 0 for it"


def held_back() -> str:
    """Say that marks wait for a person, because the tests were interfered with."""
    return (
        "looks like tampering: 0 for all tests until your instructor has reviewed the "
        "notebook"
    )


def evidence(what: str) -> str:
    """Say to the instructor what shows that tests were interfered with."""
    return f"tampering: {what}"


def for_review(what: str) -> str:
    """Say to the instructor what a person should look at."""
    return f"for review: {what}"


def by_hand(cells: Sequence[str]) -> str:
    """Say which answers wait for a person."""
    what = "1 answer" if len(cells) == 1 else f"{len(cells)} answers"
    return f"{what} to mark by hand ({_listed(cells)})"


def dropped(count: int) -> str:
    """Say that marks by hand belonged to earlier work."""
    what = "1 mark" if count == 1 else f"{count} marks"
    return f"new work: {what} given by hand to the old one no longer counted"


def unchanged() -> str:
    """Say that there was nothing to do."""
    return "graded before, nothing new"


def failed(cause: str, log: str) -> str:
    """Say that grading itself went wrong, which is not the student's fault."""
    return f"could not be graded ({cause}): no marks recorded, see {log}"


def _cells(names: Sequence[str]) -> str:
    return f"cell{'s' if len(names) > 1 else ''} {_listed(names)}"


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names)
