"""The executed notebook: outputs and numbers, as if it had been run as it stands."""

from __future__ import annotations

from nbformat import NotebookNode

from dlcourse.grading.ends import Ending
from dlcourse.grading.talk.answer import Answer
from dlcourse.grading.trust.sent import Sent
from dlcourse.grading.trust.traces import Place, mended


class Page:
    """Puts what came of cells into the notebook.

    Attributes:
        quiet: whether what IPython's history holds last ends with a semicolon.
        result: how the result reads that the last cell showed, "" if it showed none.
    """

    def __init__(self) -> None:
        self.quiet = False
        self.result = ""
        self._count = 0
        self._numbers: dict[str, int] = {}

    def show(
        self,
        cell: NotebookNode,
        answer: Answer,
        ended: Ending,
        sent: Sent | None = None,
        file: str = "",
    ) -> None:
        """Put in what came of a cell.

        Args:
            cell: that was run.
            answer: of the kernel.
            ended: how it ended.
            sent: for a test, how it was sent.
            file: for a test, the name of its file.
        """
        self._count += 1
        cell["execution_count"] = self._count
        replied = (answer.reply or {}).get("execution_count", "")
        # What leaves no history bears the number of the next cell that does.
        count = str(replied + 1 if sent and isinstance(replied, int) else replied)
        if sent is None:
            self._numbers[count] = self._count
            self.quiet = cell.source.rstrip().endswith(";")
        place = Place(
            source=cell.source,
            number=self._count,
            count=count,
            file=file if sent is not None and sent.hidden else "",
            numbers=self._numbers,
        )
        items = answer.outputs.items
        if sent is not None and sent.ended(answer) is not None:
            items = _before_seal(items, sent)
        elif answer.status == "error":
            _add_error(items, answer)
        self.result = ""
        for item in items:
            if item.output_type == "error":
                item["traceback"] = mended(item["traceback"], place)
            elif item.output_type == "execute_result":
                item["execution_count"] = self._count
                self.result = str(item["data"].get("text/plain", ""))
        cell["outputs"] = items
        if ended.note:
            self._say(cell, "CellStopped", ended.note)

    def refuse(self, cell: NotebookNode, why: str) -> None:
        """Say that a cell was not run."""
        if cell.cell_type == "code":
            cell["outputs"] = []
            self._say(cell, "NotRun", f"Not run. {why}")

    def _say(self, cell: NotebookNode, name: str, text: str) -> None:
        """Add an error of the grader's own, which tells the student what happened."""
        error = {"output_type": "error", "ename": name, "evalue": text}
        cell.outputs.append(NotebookNode({**error, "traceback": [text]}))


def _before_seal(items: list[NotebookNode], sent: Sent) -> list[NotebookNode]:
    """Leave out the seal, and what a debugger has to say of it."""
    for place, item in enumerate(items):
        sealed = item.output_type == "error" and sent.seal.read(item["evalue"])
        if sealed not in (False, None):
            return items[:place]
    return items


def _add_error(items: list[NotebookNode], answer: Answer) -> None:
    """Show the error that the reply tells of, if nothing else does."""
    name, message = answer.error
    if all(item.get("ename") != name for item in items):
        error = {"output_type": "error", "ename": name, "evalue": message}
        items.append(NotebookNode({**error, "traceback": answer.traceback}))
