"""Putting the assignment's own cells right in what a student handed in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import nbbase
from nbgrader.utils import compute_checksum

from dlcourse.grading import words


@dataclass(frozen=True)
class Original:
    """One of the assignment's own cells, as the gradebook keeps it.

    A *test* is graded by running it; an *answer* (graded and a solution) or a *task*
    by a person; other solutions and read-only cells carry no marks. ``before`` holds
    what stands above it in the release and is nobody's, as pairs of kind and source.
    """

    name: str
    cell_type: str
    source: str
    checksum: str | None
    locked: bool
    grade: bool
    solution: bool
    task: bool
    points: float
    before: list[list[str]] = field(default_factory=list, hash=False)

    @property
    def marked(self) -> bool:
        """Whether marks hang on this cell."""
        return self.grade or self.task

    @property
    def comes_back(self) -> bool:
        """Whether the cell is put back when a student deleted it."""
        return self.locked or self.marked

    @property
    def test(self) -> bool:
        """Whether marks come from running this cell."""
        return self.grade and not self.solution and self.cell_type == "code"

    def released_checksum(self) -> str:
        """Give the checksum of the cell as it was released."""
        return self.checksum or str(compute_checksum(self.cell()))

    def labels(self) -> dict[str, Any]:
        """Give the nbgrader metadata that the cell must carry."""
        labels: dict[str, Any] = {
            "cell_type": self.cell_type,
            "grade": self.grade,
            "grade_id": self.name,
            "locked": self.locked,
            "schema_version": 3,
            "solution": self.solution,
            "task": self.task,
        }
        if self.checksum:
            labels["checksum"] = self.checksum
        if self.marked:
            labels["points"] = self.points
        return labels

    def cell(self) -> NotebookNode:
        """Make the cell anew, as it was before anybody touched it."""
        metadata = {"deletable": False, "nbgrader": self.labels()}
        return _build(self.cell_type, self.source, metadata)


def unanswered(
    cells: Sequence[NotebookNode], originals: Sequence[Original]
) -> list[str]:
    """List the solutions and answers that are still those of the release.

    Args:
        cells: as ``restore`` left them.
        originals: the assignment's cells, in their order.
    """
    released = {one.name: one for one in originals if one.solution}
    found = []
    for cell in cells:
        original = released.get(grade_id(cell) or "")
        if original and compute_checksum(cell) == original.released_checksum():
            found.append(original.name)
    return found


def restore(
    cells: Sequence[NotebookNode], originals: Sequence[Original]
) -> tuple[list[NotebookNode], list[str]]:
    """Make every cell of the assignment stand exactly once, under its own labels.

    What a file says of points, kinds and versions does not count: a cell is looked up
    by its grade id. Of several cells with one id, one counts (see ``_which``); the
    others become the student's own cells, which run but carry no marks. Locked cells
    say what the assignment says, hidden tests included. Deleted cells come back, locked
    ones and answers; a deleted solution does not, because its stub could undo
    a solution that the student wrote elsewhere.

    Args:
        cells: the student's cells, in their order.
        originals: the assignment's cells, in their order.

    Returns:
        The cells to grade, and a sentence for each thing put right.
    """
    kept = list(cells)
    places = _places(kept, {original.name for original in originals})
    events: list[str] = []
    wrong: list[str] = []
    changed: list[str] = []
    for original in originals:
        if original.name not in places:
            continue
        copies = [kept[index] for index in places[original.name]]
        chosen = _which(copies, original)
        if len(copies) > 1:
            which = _in_words(copies[chosen], original)
            events.append(words.twice(original.name, len(copies), which))
        for copy in copies[:chosen] + copies[chosen + 1 :]:
            _disown(copy)
        claimed = copies[chosen].metadata["nbgrader"]
        cell = _relabel(copies[chosen], original)
        if _differs(claimed, original):
            wrong.append(original.name)
        # Its source in the file lacks the hidden tests, so it cannot be compared.
        elif original.locked and claimed.get("checksum") != compute_checksum(cell):
            changed.append(original.name)
        if original.locked:
            cell.source = original.source
        kept[places[original.name][chosen]] = cell
    if wrong:
        events.append(words.relabelled(wrong))
    if changed:
        events.append(words.edited(changed))
    gone = [one for one in originals if one.name not in places and one.comes_back]
    for original in gone:
        kept.insert(_place(kept, original, originals), original.cell())
    if gone:
        events.append(words.put_back([original.name for original in gone]))
    return kept, events


def _places(cells: Sequence[NotebookNode], known: set[str]) -> dict[str, list[int]]:
    """Find where each known cell stands; take foreign labels off the others."""
    places: dict[str, list[int]] = {}
    for index, cell in enumerate(cells):
        name = grade_id(cell)
        if name in known:
            places.setdefault(str(name), []).append(index)
        else:
            _disown(cell)
    return places


def grade_id(cell: NotebookNode) -> str | None:
    """Read the grade id of a cell, None if it has none."""
    labels = cell.metadata.get("nbgrader")
    name = labels.get("grade_id") if isinstance(labels, dict) else None
    return name if isinstance(name, str) else None


def _disown(cell: NotebookNode) -> None:
    """Make a cell the student's own."""
    for key in ("nbgrader", "deletable", "editable"):
        cell.metadata.pop(key, None)


def _which(copies: Sequence[NotebookNode], original: Original) -> int:
    """Say which of several cells with one grade id counts.

    An answer that was written beats one that was left empty. Then the released cell
    counts: it cannot be deleted in Jupyter, and Jupyter takes that mark off what is
    pasted. In doubt the last one counts, which stands below the solution it tests.
    """
    pool = list(range(len(copies)))
    if original.solution and original.grade:
        stub = original.source.strip()
        pool = [i for i in pool if copies[i].source.strip() != stub] or pool
    released = [i for i in pool if copies[i].metadata.get("deletable") is False]
    return (released or pool)[-1]


def _in_words(chosen: NotebookNode, original: Original) -> str:
    if original.locked:
        return "the locked original counts"
    if not original.grade:
        return "each ran, the last one holds"
    released = chosen.metadata.get("deletable") is False
    return "the original counts" if released else "the one that was written counts"


def _differs(claimed: dict[str, Any], original: Original) -> bool:
    """Tell whether the file's labels say something else than the assignment's."""
    true = original.labels()
    return any(
        claimed.get(key, False) != true.get(key, False)
        for key in ("grade", "locked", "points", "schema_version", "solution", "task")
    )


def _relabel(cell: NotebookNode, original: Original) -> NotebookNode:
    if cell.cell_type != original.cell_type:
        identity = cell.get("id")
        cell = _build(original.cell_type, cell.source, cell.metadata)
        if identity:
            cell["id"] = identity
    cell.metadata["nbgrader"] = nbformat.from_dict(original.labels())
    return cell


def _build(cell_type: str, source: str, metadata: dict[str, Any]) -> NotebookNode:
    build = nbbase.new_code_cell if cell_type == "code" else nbbase.new_markdown_cell
    return build(source, metadata=nbformat.from_dict(metadata))


def _place(
    cells: Sequence[NotebookNode], original: Original, originals: Sequence[Original]
) -> int:
    """Find where a deleted cell goes back in.

    Right after its predecessor in the assignment; where that is gone too, before the
    next cell that is there, so that whatever the student wrote instead has run.
    """
    names = [grade_id(cell) for cell in cells]
    order = [one.name for one in originals]
    at = order.index(original.name)
    if at > 0 and order[at - 1] in names:
        return names.index(order[at - 1]) + 1
    return next(
        (names.index(name) for name in order[at + 1 :] if name in names), len(cells)
    )
