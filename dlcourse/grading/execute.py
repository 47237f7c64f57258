"""Running a submission so that whatever it does, the marks it earned stand."""

from __future__ import annotations

import os
from collections import Counter
from queue import Empty
from time import monotonic
from typing import Any

from jupyter_core.utils import run_sync
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat import NotebookNode
from nbformat.v4 import nbbase
from nbgrader.preprocessors import Execute

from dlcourse.grading import words

# Grading is the same wherever it runs: no downloads, one thread a kernel.
GRADING_ENVIRONMENT = {"DLCOURSE_DATA": "offline", "OMP_NUM_THREADS": "1"}
MOST_PRINTED = 200_000  # characters of stdout, or of stderr, kept of a cell
PATIENCE = 5  # seconds that a kernel has to answer after an interrupt


def error_output(name: str, text: str) -> NotebookNode:
    """Make the output that costs a cell its marks and tells the student why."""
    return nbbase.new_output("error", ename=name, evalue=text, traceback=[text])


def _last_stream(outputs: list[NotebookNode]) -> str | None:
    return outputs[-1].get("name") if outputs else None


class SteadyExecute(Execute):  # type: ignore[misc]
    """nbgrader's ``Execute``, but a lost kernel costs only the cells after it.

    nbgrader gives up a submission whose kernel dies or ignores the interrupt after a
    time-out, and records nothing. Here the cells that ran keep their outputs, and each
    later one gets an error as output, because nbgrader takes silence for success.
    What happened is added to ``metadata.dlcourse.events`` of the notebook.
    """

    def preprocess(
        self, nb: NotebookNode, resources: dict[str, Any], km: Any = None
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """Run one notebook; one that could not be read has nothing to run."""
        note = nb.metadata.get("dlcourse", {})
        self._events: list[str] = []
        self._over = note.get("unreadable", "")
        self._overdue = 0.0
        if self._over:
            for cell in nb.cells:
                self._refuse(cell)
        else:
            nb, resources = super().preprocess(nb, resources, km)
        nb.metadata["dlcourse"] = {
            **note,
            "events": [*note.get("events", []), *self._events],
        }
        return nb, resources

    def start_new_kernel(self, **kwargs: Any) -> None:
        """Start the kernel in the environment of grading."""
        environment = {**os.environ, **GRADING_ENVIRONMENT}
        super().start_new_kernel(env=environment, **kwargs)

    def preprocess_cell(
        self, cell: NotebookNode, resources: dict[str, Any], index: int
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """Run one cell, or say why it does not run."""
        if self._over:
            self._refuse(cell)
            return cell, resources
        self._overdue = 0.0
        self._printed: Counter[str] = Counter()
        name = words.cell_name(cell.metadata.get("nbgrader", {}).get("grade_id"), index)
        try:
            cell, resources = super().preprocess_cell(cell, resources, index)
        except DeadKernelError:
            self._end(cell, words.died(name))
        except CellTimeoutError:
            # The kernel never said that it is done. A cell that prints without end
            # drowns that message, so ask once more before giving the kernel up.
            if not self._kernel_answers():
                # It ignored the interrupt; it would ignore an orderly end, too.
                self.shutdown_kernel = "immediate"
                self._end(cell, words.stuck(name, self._get_timeout(cell)))
            elif self._overdue:
                self._fail(cell, words.stopped(name, self._overdue))
            else:
                self._fail(cell, words.drowned(name))
        else:
            if self._overdue:
                self._events.append(words.stopped(name, self._overdue))
        return cell, resources

    async def _async_handle_timeout(
        self, timeout: int, cell: NotebookNode | None = None
    ) -> dict[str, Any] | None:
        """Note that a cell ran out of time, then interrupt it as nbclient does."""
        self._overdue = timeout
        reply: dict[str, Any] | None = await super()._async_handle_timeout(
            timeout, cell
        )
        return reply

    def on_cell_executed(self, **kwargs: Any) -> None:
        """Keep nbgrader's bookkeeping, and notice ``exit()``, which ends the kernel."""
        super().on_cell_executed(**kwargs)
        payload = kwargs["execute_reply"]["content"].get("payload", [])
        if any(item.get("source") == "ask_exit" for item in payload):
            labels = kwargs["cell"].metadata.get("nbgrader", {})
            name = words.cell_name(labels.get("grade_id"), kwargs["cell_index"])
            self._over = words.quit_kernel(name)
            self._events.append(self._over)

    def output(
        self,
        outs: list[NotebookNode],
        msg: dict[str, Any],
        display_id: str | None,
        cell_index: int,
    ) -> NotebookNode | None:
        """Keep an output; of endless printing, only as much as anybody would read."""
        if msg["msg_type"] == "stream":
            stream = msg["content"]["name"]
            if self._printed[stream] > MOST_PRINTED and _last_stream(outs) == stream:
                return None
            self._printed[stream] += len(msg["content"]["text"])
        return super().output(outs, msg, display_id, cell_index)

    def _kernel_answers(self) -> bool:
        """Ask the kernel anything: while it runs a cell, it does not answer."""
        question = self.kc.kernel_info()
        until = monotonic() + PATIENCE
        while (left := until - monotonic()) > 0:
            try:
                reply = run_sync(self.kc.shell_channel.get_msg)(timeout=left)
            except Empty:
                break
            if reply["parent_header"].get("msg_id") == question:
                return True
        return False

    def _fail(self, cell: NotebookNode, sentence: str) -> None:
        cell.outputs.append(error_output("CellStopped", sentence))
        self._events.append(sentence)

    def _end(self, cell: NotebookNode, sentence: str) -> None:
        self._fail(cell, sentence)
        self._over = sentence

    def _refuse(self, cell: NotebookNode) -> None:
        if cell.cell_type == "code":
            cell.outputs = [error_output("NotRun", f"Not run. {self._over}")]
