"""The mock exam among the assignments is mock exam 1 of the site."""

from __future__ import annotations

from pathlib import Path

from dlcourse.exam.compose import compose
from dlcourse.exam.export.notebook import notebook
from dlcourse.publish.tags import find_items, read_curriculum

AGAIN = (
    "dlcourse exam --seed 1 --form nbgrader --out /tmp/exam, copy the folder mock-exam "
    "to solutions/, then dlcourse release mock-exam"
)


def test_the_source_is_what_the_command_writes(root: Path) -> None:
    for name, content in notebook(compose(1)).files.items():
        assert (root / "solutions" / name).read_bytes() == content, AGAIN


def test_the_curriculums_rows_are_graded_there(root: Path) -> None:
    found = find_items(root, read_curriculum())
    graded = {
        row: sum(item.points for item in items if item.assignment == "mock-exam")
        for row, items in found.items()
        if row.startswith("E")
    }
    assert set(graded) == {"E4", "E5", "E6", "E8"}
    assert graded["E4"] == 25
    assert graded["E6"] == 35
    assert graded["E5"] + graded["E8"] == 40
