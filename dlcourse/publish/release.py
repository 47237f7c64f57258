"""One source, three versions: what students get, what grading runs, what solves it."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from dlcourse.errors import CourseError
from dlcourse.publish.gradebook_entry import recorded, shown_url
from dlcourse.publish.sources import make_class_folder
from dlcourse.publish.swap import replaced
from dlcourse.publish.workshop import open_workshop, points


@dataclass(frozen=True)
class Released:
    """What a release made.

    Attributes:
        name: the assignment's name.
        release: folder with the version for students.
        autograde: folder with the version that grading runs.
        solution: folder with the executed solution.
        gradebook: the gradebook's file in the course, or its URL without a password.
        items: number of graded cells.
        points: points of all graded cells.
        by_hand: those of the points that a person gives.
        slowest: the cell of the solution that took longest, and its seconds.
        limit: seconds after which grading stops a cell.
        seconds: how long it took.
    """

    name: str
    release: Path
    autograde: Path
    solution: Path
    gradebook: str
    items: int
    points: float
    by_hand: float
    slowest: tuple[str, float]
    limit: int
    seconds: float

    def describe(self) -> list[str]:
        """Say it in lines for the terminal."""
        tests = self.points - self.by_hand
        return [
            f"{self.name}: {self.items} items, {self.points:g} points ({tests:g} by "
            f"tests, {self.by_hand:g} by hand), {self.seconds:.1f} s",
            f"  for students   {self.release}",
            f"  for grading    {self.autograde}",
            f"  solution       {self.solution}",
            f"  recorded in    {self.gradebook}",
            f"  slowest cell   {self.slowest[0]}, {self.slowest[1]:.1f} s; "
            f"grading stops a cell after {self.limit} s",
        ]


def release_assignment(root: Path, name: str) -> Released:
    """Make all versions of an assignment and record it in the gradebook, or nothing.

    Args:
        root: the course's root folder.
        name: the assignment's name.

    Returns:
        Where things are and what they are worth.

    Raises:
        CourseError: if the source is wrong, the reference solution does not earn full
            marks, or the gradebook holds submissions of another set of cells. Then
            exercises/, class/ and the gradebook are as before.
    """
    start = time.perf_counter()
    with open_workshop(root, name) as shop:
        shop.make_release()
        autograde = shop.make_autograde()
        slowest = shop.make_solution()
        make_class_folder(root)
        targets = {
            shop.folder("exercises"): root / "exercises" / name,
            shop.folder("class/autograde"): root / "class/autograde" / name,
            shop.folder("class/solution"): root / "class/solution" / name,
        }
        # The gradebook has the last word: what fails before undoes all of it.
        with recorded(shop, autograde) as commit, replaced(targets):
            commit()
    marked = [cell for cell in autograde.cells if points(cell)]
    by_hand = sum(points(cell) for cell in marked if cell.cell_type == "markdown")
    release, graded, solution = (path.relative_to(root) for path in targets.values())
    return Released(
        name=name,
        release=release,
        autograde=graded,
        solution=solution,
        gradebook=shown_url(shop.course.db_url, root),
        items=len(marked),
        points=sum(points(cell) for cell in marked),
        by_hand=by_hand,
        slowest=slowest,
        limit=shop.limit,
        seconds=time.perf_counter() - start,
    )


def check_release(root: Path, name: str) -> None:
    """Check that exercises/NAME is what the source makes; write nothing there.

    Args:
        root: the course's root folder.
        name: the assignment's name.

    Raises:
        CourseError: if the source is wrong or exercises/NAME differs from its release;
            the sentence names the first cell or file that does.
    """
    with open_workshop(root, name) as shop:
        made = shop.make_release()
        kept = root / "exercises" / name
        remedy = f"run `dlcourse release {name}`"
        if not kept.is_dir():
            raise CourseError(f"exercises/{name} does not exist; {remedy}.")
        for path in sorted({*_files(made), *_files(kept)}):
            shown = f"exercises/{name}/{path.as_posix()}"
            if not (kept / path).is_file():
                raise CourseError(f"{shown} is missing; {remedy}.")
            if not (made / path).is_file():
                raise CourseError(f"{shown} is not part of the release; {remedy}.")
            new, old = (made / path).read_bytes(), (kept / path).read_bytes()
            if new != old:
                place = _first_difference(new, old) if path.suffix == ".ipynb" else ""
                raise CourseError(
                    f"{shown} is not what solutions/{name} makes{place}; {remedy}, and "
                    "edit the source only."
                )


def _files(folder: Path) -> Iterator[Path]:
    for path in folder.rglob("*"):
        if path.is_file() and ".ipynb_checkpoints" not in path.parts:
            yield path.relative_to(folder)


def _first_difference(new: bytes, old: bytes) -> str:
    """Say in which cell two notebooks first differ."""
    try:
        first, second = json.loads(new)["cells"], json.loads(old)["cells"]
    except (ValueError, KeyError, TypeError):
        return ""
    for index, cell in enumerate(first):
        if index >= len(second) or cell != second[index]:
            return f", first in cell {cell['id']}"
    return f", first after cell {first[-1]['id']}" if len(second) > len(first) else ""
