"""Running a submission so that whatever it does, the marks it earned stand."""

from __future__ import annotations

import os
from typing import Any

from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat import NotebookNode
from nbformat.v4 import nbbase
from nbgrader.preprocessors import Execute

from dlcourse.grading import words

# Grading is the same wherever it runs: no downloads, one thread a kernel.
GRADING_ENVIRONMENT = {"DLCOURSE_DATA": "offline", "OMP_NUM_THREADS": "1"}


def error_output(name: str, text: str) -> NotebookNode:
    """Make the output that costs a cell its marks and tells the student why."""
    return nbbase.new_output("error", ename=name, evalue=text, traceback=[text])


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
        name = words.cell_name(cell.metadata.get("nbgrader", {}).get("grade_id"), index)
        try:
            cell, resources = super().preprocess_cell(cell, resources, index)
        except DeadKernelError:
            self._end(cell, words.died(name))
        except CellTimeoutError:
            # The interrupt went unheard; asking for an orderly end would, too.
            self.shutdown_kernel = "immediate"
            self._end(cell, words.stuck(name, self._get_timeout(cell)))
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

    def _end(self, cell: NotebookNode, sentence: str) -> None:
        cell.outputs.append(error_output("KernelLost", sentence))
        self._over = sentence
        self._events.append(sentence)

    def _refuse(self, cell: NotebookNode) -> None:
        if cell.cell_type == "code":
            cell.outputs = [error_output("NotRun", f"Not run. {self._over}")]
