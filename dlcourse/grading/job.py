"""One submission on its way to a worker and back."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath

from dlcourse.grading import words
from dlcourse.grading.assignment import Assignment
from dlcourse.grading.collect import Collected
from dlcourse.grading.sandbox.limits import Limits
from dlcourse.grading.state import State
from dlcourse.grading.task import KILLED, Marked, Task, encode

MOST_RUNS = 4
_DIED = words.died("\0").partition("\0")[0]


@dataclass(frozen=True)
class Job:
    """One submission.

    Attributes:
        student: the student's id.
        state: how it compares with what was graded before.
        text: the task for the worker.
        files: what stands beside the graded notebooks.
    """

    student: str
    state: State
    text: str
    files: Mapping[str, bytes]


@dataclass
class Doubts:
    """Runs of one submission that ended in a way that may not be its fault.

    A kernel dies of what a student wrote, or because somebody, or a machine short of
    memory, killed it; a worker process likewise.
    """

    endings: list[object] = field(default_factory=list)
    deaths: int = 0

    def settle(self, marked: Marked) -> bool:
        """Say whether a result counts, or the submission has to run again.

        A student is blamed for a kernel's death that happens twice in the same place.
        """
        end = ending(marked)
        counts = not end or end in self.endings or len(self.endings) >= MOST_RUNS - 1
        self.endings.append(end)
        return counts


def ending(marked: Marked) -> object:
    """Say where kernels died, or that marking failed; empty if neither happened."""
    if marked.error:
        return "failed"
    return tuple(
        (notebook.name, sign)
        for notebook in marked.notebooks
        for sign in (
            *(cell.name for cell in notebook.cells if cell.state == KILLED),
            # Where it was in a cell that carries no marks.
            *(event for event in notebook.events if event.startswith(_DIED)),
        )
    )


@dataclass(frozen=True)
class JobMaker:
    """What the jobs of a batch have in common.

    Attributes:
        assignment: as the gradebook has it.
        provided: the assignment's own files, by path.
        timeout: seconds a cell may run.
        sandbox: ``bubblewrap`` or ``none``.
    """

    assignment: Assignment
    provided: Mapping[str, bytes]
    timeout: int
    sandbox: str

    def make(self, student: str, found: Collected, state: State) -> Job:
        """Make the job of one submission.

        Args:
            student: the student's id.
            found: what was handed in.
            state: how it compares with what was graded before.
        """
        sheets = self.assignment.sheets
        task = Task(
            assignment=self.assignment.name,
            student=student,
            notebooks={sheet.name: sheet.originals for sheet in sheets},
            submitted=_as_text(found.files),
            provided=_as_text(self.provided),
            refused=found.refused,
            timeout=self.timeout,
            limits=_limits(self.timeout),
            sandbox=self.sandbox,
        )
        notebooks = [f"{sheet.name}.ipynb" for sheet in sheets]
        reserved = [*self.provided, *notebooks]
        own = {
            path: raw
            for path, raw in found.files.items()
            if not path.endswith(".ipynb") and not _in_the_way(path, reserved)
        }
        return Job(student, state, encode(task), {**own, **self.provided})


def _limits(timeout: int) -> Limits:
    """Leave a notebook of slow cells time to end."""
    usual = Limits()
    return replace(
        usual, cpu=max(usual.cpu, 10 * timeout), wall=max(usual.wall, 10 * timeout)
    )


def _as_text(files: Mapping[str, bytes]) -> dict[str, str]:
    return {path: b64encode(raw).decode("ascii") for path, raw in files.items()}


def _in_the_way(path: str, reserved: Sequence[str]) -> bool:
    """Tell whether a file stands where another, or its folder, has to be."""
    mine = PurePosixPath(path)
    return any(
        mine in PurePosixPath(other).parents or PurePosixPath(other) in mine.parents
        for other in reserved
    )
