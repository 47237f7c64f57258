"""Running a notebook so that whatever it does, the marks it earned stand."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from time import monotonic

from nbformat import NotebookNode

from dlcourse.grading import words
from dlcourse.grading.clock import Clock, Stopwatch
from dlcourse.grading.ends import Ending, ending
from dlcourse.grading.page import Page
from dlcourse.grading.probes import Probes
from dlcourse.grading.restore import Original
from dlcourse.grading.score import Outcome, disagree, is_credit, number
from dlcourse.grading.talk.answer import Answer, Request
from dlcourse.grading.talk.talk import KernelError, Talk
from dlcourse.grading.task import EXECUTED, NOT_EXECUTED
from dlcourse.grading.trust.report import Ran, read_report

_FIRST = 120.0  # seconds that a kernel has for its first answer, imports included


@dataclass
class Run:
    """What came of running a notebook.

    Attributes:
        outcomes: of tests, by name.
        events: sentences for the report.
        flags: sentences for the instructor.
        evidence: of tampering, in words.
        seconds: that it took, with the start of the kernel.
    """

    outcomes: dict[str, Outcome] = field(default_factory=dict)
    events: list[str] = field(default_factory=list)
    flags: list[str] = field(default_factory=list)
    evidence: list[str] = field(default_factory=list)
    seconds: float = 0.0


def run_notebook(
    notebook: NotebookNode,
    originals: Sequence[Original],
    clock: Clock,
    kernel: Callable[[], AbstractContextManager[Talk]],
) -> Run:
    """Run a notebook; outputs go into its cells.

    Args:
        notebook: cleaned; one that could not be read is not run.
        originals: the assignment's own cells.
        clock: when time is over.
        kernel: starts one.

    Raises:
        KernelError: if there is no kernel to be had.
    """
    begun = monotonic()
    runner = _Runner(notebook.cells, originals, clock)
    if over := notebook.metadata.get("dlcourse", {}).get("unreadable", ""):
        runner.leave_all(over)
    else:
        with kernel() as talk:
            runner.converse(talk)
    runner.run.seconds = round(monotonic() - begun, 3)
    return runner.run


class _Runner:
    """One pass through the cells of a notebook."""

    def __init__(
        self, cells: Sequence[NotebookNode], originals: Sequence[Original], clock: Clock
    ) -> None:
        self.run = Run()
        self._cells = cells
        self._originals = {one.name: one for one in originals}
        self._clock = clock
        self._probes = Probes(originals)
        self._page = Page()
        self._ran = Ran()
        self._over = ""
        self._fate = NOT_EXECUTED  # of the next test, once it is over

    def leave_all(self, why: str) -> None:
        """Run nothing."""
        self._over = why
        for cell in self._cells:
            self._leave(cell)

    def converse(self, talk: Talk) -> None:
        """Run all cells in a kernel, and judge whether it can be believed."""
        self._ask = talk.ask
        question = Request(self._probes.question(), monotonic() + _FIRST)
        if not self._probes.understand(talk.ask(question)):
            raise KernelError("the kernel gave no first answer")
        skip = len(talk.report())  # nobody else has run anything yet
        self._run_all()
        verdict = read_report(talk.report()[skip:], self._ran)
        self.run.flags.extend(map(words.for_review, self._probes.trouble))
        self.run.flags.extend(verdict.flags)
        self.run.evidence.extend([*self._probes.evidence, *verdict.evidence])
        if talk.twice:
            self.run.evidence.append("the kernel answered twice")
        if not self._over and talk.silenced():
            self.run.evidence.append("the report of the kernel's watch was closed")

    def _run_all(self) -> None:
        code = [
            place
            for place, cell in enumerate(self._cells)
            if cell.cell_type == "code" and cell.source.strip()
        ]
        own = [place for place in code if not _is_locked(self._cells[place])]
        probes = self._probes.places(own, code)
        for place, cell in enumerate(self._cells):
            if not self._over and monotonic() >= self._clock.end:
                said = words.out_of_time(self._clock.whole)
                self._take(Ending(NOT_EXECUTED, (said,), over=said), NOT_EXECUTED)
            if self._over or place not in code:
                self._leave(cell)
                continue
            original = self._originals.get(_grade_id(cell))
            name = words.cell_name(original.name if original else None, place)
            if original is not None and original.test:
                self._test(cell, original)
            else:
                self._plain(cell, name)
            if original is not None and self._probes.helpers(original.name):
                self._probe("sealed", name)
            for kind in probes.get(place, ()):
                self._probe(kind, name)

    def _plain(self, cell: NotebookNode, name: str) -> None:
        """Run a cell that is no test."""
        if _is_locked(cell):
            self._ran.locked.add(cell.source)
        else:
            self._ran.cells[cell.source] = name
        self._probes.note(cell.source)
        watch = Stopwatch()
        answer, ended = self._send(cell.source, name, store=True)
        watch.stamp(cell)
        self._page.show(cell, answer, ended)
        self._take(ended, ended.state)

    def _test(self, cell: NotebookNode, original: Original) -> None:
        if self._page.quiet and self._probes.shows(original.source):
            # IPython shows no result if its history ends with a semicolon.
            self._ask(Request("pass", self._clock.until(), store=True))
        file = secrets.token_hex(8)
        sent = self._probes.test(original.source, file)
        during = f"while {original.name} was running"
        self._ran.tests[sent.code] = self._ran.files[file] = during
        watch = Stopwatch()
        answer, ended = self._send(sent.code, original.name, store=False)
        watch.stamp(cell)
        passed = self._probes.judge(sent, answer)
        self._page.show(cell, answer, ended, sent, file)
        shown = passed.shown if passed else ""
        self.run.outcomes[original.name] = Outcome(ended.state, bool(passed), shown)
        credit = number(shown)
        if passed and passed.number and disagree(self._page.result, shown):
            self.run.evidence.append("a result was shown that is not the test's")
        if credit is not None and not is_credit(credit, original.points):
            said = words.no_number(original.name, shown, original.points)
            self.run.events.append(said)
        self._take(ended, NOT_EXECUTED)

    def _probe(self, kind: str, after: str) -> None:
        if self._over:
            return
        file = secrets.token_hex(8)
        sent = self._probes.probe(kind, file)
        during = f"after cell {after}"
        self._ran.tests[sent.code] = self._ran.files[file] = during
        answer, ended = self._send(sent.code, after, store=False)
        self._probes.judge_probe(sent, answer)
        if ended.over:
            self._take(ended, ended.state)

    def _send(self, code: str, name: str, store: bool) -> tuple[Answer, Ending]:
        begun = monotonic()
        until = self._clock.until()
        answer = self._ask(Request(code, until, store))
        return answer, ending(answer, name, round(until - begun, 1))

    def _take(self, ended: Ending, fate: str) -> None:
        """Take in how a cell ended, and what that means for the next test."""
        self.run.events.extend(ended.events)
        if ended.over and not self._over:
            self._over, self._fate = ended.over, fate

    def _leave(self, cell: NotebookNode) -> None:
        """Do not run a cell: it is empty, or it is over."""
        original = self._originals.get(_grade_id(cell))
        if self._over:
            self._page.refuse(cell, self._over)
        if original is not None and original.test:
            state = self._fate if self._over else EXECUTED
            self.run.outcomes[original.name] = Outcome(state, not self._over)
            self._fate = NOT_EXECUTED


def _grade_id(cell: NotebookNode) -> str:
    return str(cell.metadata.get("nbgrader", {}).get("grade_id", ""))


def _is_locked(cell: NotebookNode) -> bool:
    return bool(cell.metadata.get("nbgrader", {}).get("locked"))
