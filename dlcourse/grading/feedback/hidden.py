"""Taking hidden tests out of a marked notebook: their source, messages and traces.

Visible tests teach, so what they say stays. Hidden tests check that a solution
generalises; their messages quote sizes, seeds and expected values, so none of it goes
back to students. What a hidden test costs is told in one sentence.
"""

from __future__ import annotations

import builtins
import re
from collections.abc import Iterable, Sequence

from nbconvert.filters import strip_ansi
from nbformat import NotebookNode

from dlcourse.grading.feedback import sentences

_SECRET = re.compile(r"(BEGIN|END) (?:HIDDEN TESTS|MARK SCHEME)")
_FRAME = re.compile(r"\s*(?:Cell|Input) In\s?\[(\d+)\],? line (\d+)")
# Shorter lines, such as `else:`, tell nothing and stand anywhere.
_TELLING = 10  # characters


def secret_lines(cell: NotebookNode) -> range:
    """Find the lines of a cell, from 1, that students did not get, markers included.

    One range is enough: what stands between two regions of a cell goes with them.
    """
    lines = cell.source.split("\n")
    marks = [n for n, line in enumerate(lines, start=1) if _SECRET.search(line)]
    return range(marks[0], marks[-1] + 1) if marks else range(0)


def is_test(cell: NotebookNode) -> bool:
    """Tell whether a cell is the assignment's own and carries or hides marks."""
    labels = cell.metadata.get("nbgrader", {})
    own = labels.get("grade") and not labels.get("solution")
    return bool(own or labels.get("task"))


class Secrets:
    """A notebook's hidden tests, to find what quotes them elsewhere."""

    def __init__(self, cells: Sequence[NotebookNode]) -> None:
        secret: set[str] = set()
        open_: set[str] = set()
        for cell in cells:
            hidden = secret_lines(cell) if is_test(cell) else range(0)
            for number, line in enumerate(cell.source.split("\n"), start=1):
                (secret if number in hidden else open_).add(line.strip())
        telling = [line for line in secret - open_ if len(line) >= _TELLING]
        self._words = re.compile("|".join(map(re.escape, telling)) or r"(?!)")
        self._places = {
            (cell.get("execution_count"), number)
            for cell in cells
            if is_test(cell)
            for number in secret_lines(cell)
        }

    def redacted(self, text: str) -> str:
        """Take out each line that quotes a hidden one, and frames in hidden tests."""
        if not self._places.isdisjoint(_frames([text])):
            return sentences.REDACTED
        if not self._words.search(strip_ansi(text)):
            return text
        return "\n".join(
            sentences.REDACTED if self._words.search(strip_ansi(line)) else line
            for line in text.split("\n")
        )


def hide(cells: Sequence[NotebookNode], events: Sequence[str], closed: bool) -> None:
    """Take the hidden tests out of the cells of a marked notebook, in place.

    Args:
        cells: all cells of the notebook.
        events: what the engine said of it; cells that quote it keep the words.
        closed: also show nothing that the notebook's own code said or drew.
    """
    secrets = Secrets(cells)
    tests = [cell for cell in cells if is_test(cell)]
    places = {id(cell): secret_lines(cell) for cell in tests}
    for cell in cells:
        if cell.cell_type != "code":
            continue
        if places.get(id(cell)):
            cell.outputs = _judged(cell, cells, secrets, events, closed)
        elif closed:
            cell.outputs = [
                one for one in cell.outputs if _is_said(one, events)
            ] or _closed(cell)
        else:
            cell.outputs = [_redacted(one, secrets) for one in cell.outputs]
    for cell in tests:
        _cut_out(cell, places[id(cell)])


def _judged(
    cell: NotebookNode,
    cells: Sequence[NotebookNode],
    secrets: Secrets,
    events: Sequence[str],
    closed: bool,
) -> list[NotebookNode]:
    """Say what became of a test cell with hidden tests, in the place of its outputs.

    Whatever else it printed came from the student's functions and may show what the
    hidden tests handed to them.
    """
    errors = [one for one in cell.outputs if one.output_type == "error"]
    if not errors:
        return []
    if said := [error for error in errors if _is_said(error, events)]:
        return said[:1]
    if closed:
        return [_error("TestFailed", sentences.TEST_FAILED)]
    error, hidden = errors[0], secret_lines(cell)
    frames = _frames(error.traceback)
    here = {line for count, line in frames if count == cell.execution_count}
    fault = _own_fault(error, cells)
    if here and here.isdisjoint(hidden):
        # The message only: the trace may show lines of hidden tests that follow.
        text = secrets.redacted(strip_ansi(str(error.evalue)))
        return [_error(str(error.ename), f"{text} ({fault})" if fault else text)]
    return [_error("HiddenTest", sentences.hidden_failed(fault))]


def _frames(traceback: Iterable[str]) -> list[tuple[int, int]]:
    """List execution count and line of each frame in a cell, the outermost first."""
    lines = "\n".join(traceback).split("\n")
    found = [_FRAME.match(strip_ansi(line)) for line in lines]
    return [(int(one[1]), int(one[2])) for one in found if one]


def _own_fault(error: NotebookNode, cells: Sequence[NotebookNode]) -> str:
    """Say where the student's own code raised, without its message; "" if it did not.

    Names of errors that a student made up could hold anything.
    """
    kind = getattr(builtins, str(error.ename), None)
    if not (isinstance(kind, type) and issubclass(kind, Exception)):
        return ""
    owners = {cell.execution_count: cell for cell in cells if cell.cell_type == "code"}
    for count, line in _frames(error.traceback)[-1:]:
        cell = owners.get(count, NotebookNode(metadata={"nbgrader": {"locked": True}}))
        labels = cell.metadata.get("nbgrader", {})
        if not labels.get("locked"):
            name = labels.get("grade_id", "of your own")
            return sentences.raised(kind.__name__, name, line)
    return ""


def _is_said(output: NotebookNode, events: Sequence[str]) -> bool:
    """Tell whether an output holds the engine's own words and no others."""
    return output.output_type == "error" and any(
        output.evalue in (event, f"Not run. {event}")
        and output.traceback == [output.evalue]
        for event in events
    )


def _closed(cell: NotebookNode) -> list[NotebookNode]:
    if not cell.outputs:
        return []
    return [NotebookNode(output_type="stream", name="stdout", text=sentences.NOT_SHOWN)]


def _redacted(output: NotebookNode, secrets: Secrets) -> NotebookNode:
    if output.output_type == "stream":
        output.text = secrets.redacted(output.text)
    elif output.output_type == "error":
        output.ename = secrets.redacted(output.ename)
        output.evalue = secrets.redacted(output.evalue)
        output.traceback = [secrets.redacted(chunk) for chunk in output.traceback]
    else:
        for kind, text in output.data.items():
            if kind.startswith("text/") or kind == "image/svg+xml":
                output.data[kind] = secrets.redacted(text)
    return output


def _error(name: str, text: str) -> NotebookNode:
    return NotebookNode(
        output_type="error", ename=name, evalue=text, traceback=[f"{name}: {text}"]
    )


def _cut_out(cell: NotebookNode, hidden: range) -> None:
    """Put a line in the place of the hidden ones."""
    if not hidden:
        return
    lines = cell.source.split("\n")
    first = lines[hidden[0] - 1]
    indent = first[: len(first) - len(first.lstrip())]
    note = [indent + sentences.HIDDEN_HERE] if cell.cell_type == "code" else []
    cell.source = "\n".join([*lines[: hidden[0] - 1], *note, *lines[hidden[-1] :]])
