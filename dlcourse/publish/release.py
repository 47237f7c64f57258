"""One source, three versions: what students get, what grading runs, what solves it."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from nbformat import NotebookNode, read
from nbgrader.api import Gradebook
from nbgrader.converters import BaseConverter, GenerateAssignment, GenerateSolution
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import Execute, SaveCells
from nbgrader.utils import determine_grade
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError
from traitlets.config import Config
from traitlets.config.loader import PyFileConfigLoader

from dlcourse.errors import CourseError
from dlcourse.house import source_of
from dlcourse.publish import checks, stubs
from dlcourse.publish.sources import (
    Source,
    build_source,
    make_class_folder,
    read_source,
)

# The same figures and data wherever a solution is executed, and no threads in the way.
_ENVIRONMENT = {"DLCOURSE_DATA": "offline", "OMP_NUM_THREADS": "1"}
# A busy machine must not fail a release; its report tells how near the limit a cell is.
_PATIENCE = 10


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
    with _workshop(root, name) as shop:
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
        with _recorded(shop, autograde) as commit, _replaced(targets):
            commit()
    marked = [cell for cell in autograde.cells if _points(cell)]
    by_hand = sum(_points(cell) for cell in marked if cell.cell_type == "markdown")
    release, graded, solution = (path.relative_to(root) for path in targets.values())
    return Released(
        name=name,
        release=release,
        autograde=graded,
        solution=solution,
        gradebook=_shown(shop.course.db_url, root),
        items=len(marked),
        points=sum(_points(cell) for cell in marked),
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
    with _workshop(root, name) as shop:
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


class _Workshop:
    """A course folder to work in: nbgrader reads and writes there and nowhere else."""

    def __init__(self, root: Path, name: str, here: Path) -> None:
        self.root, self.name, self.here = root, name, here
        self.source: Source = read_source(root, name)
        checks.check_source(self.source)
        build_source(root, self.source, here / "source" / name)
        self.config = _load_config(root)
        self.course = CourseDirectory(config=self.config)
        self.limit: int = Execute(config=self.config).timeout

    def folder(self, step: str) -> Path:
        return self.here / step / self.name

    def make_release(self) -> Path:
        self._convert(GenerateAssignment, "exercises", stubs.release_steps())
        checks.check_release(self.source, self.folder("exercises"))
        return self.folder("exercises")

    def make_autograde(self) -> NotebookNode:
        self._convert(GenerateAssignment, "class/autograde", stubs.autograde_steps())
        return self._read("class/autograde")

    def make_solution(self) -> tuple[str, float]:
        self.config.Execute.timeout = self.limit * _PATIENCE
        with _environment(_ENVIRONMENT):
            self._convert(GenerateSolution, "class/solution", stubs.solution_steps())
        executed = self._read("class/solution")
        _check_solution(self.source, executed)
        return max(map(_seconds, executed.cells), key=lambda one: one[1])

    def _read(self, step: str) -> NotebookNode:
        return read(self.folder(step) / f"{self.name}.ipynb", as_version=4)

    def _convert(
        self, converter: type[BaseConverter], step: str, steps: Sequence[type]
    ) -> None:
        """Run one of nbgrader's converters from the source here to a folder here."""
        config = self.config.copy()
        course = CourseDirectory(config=config)
        course.root, course.assignment_id = str(self.here), self.name
        course.source_directory = "source"
        course.release_directory = course.solution_directory = step
        run = _quiet(converter)(coursedir=course, config=config)
        # The gradebook is written once, at the end; see _recorded.
        run.preprocessors = [one for one in steps if one is not SaveCells]
        try:
            run.start()
        except Exception as error:
            cause = run.cause or error
            raise CourseError(
                f"{self.source.path.as_posix()} cannot become {step}: "
                f"{' '.join(str(cause).split()) or type(cause).__name__}"
            ) from cause


def _quiet(converter: type[BaseConverter]) -> type[Any]:
    """Make an nbgrader converter keep its error and leave the gradebook alone."""

    class Quiet(converter):  # type: ignore[misc]
        cause: Exception | None = None

        def init_assignment(self, assignment_id: str, student_id: str) -> None:
            BaseConverter.init_assignment(self, assignment_id, student_id)

        def convert_single_notebook(self, notebook_filename: str) -> None:
            try:
                super().convert_single_notebook(notebook_filename)
            except Exception as error:
                self.cause = error
                raise

    return Quiet


@contextmanager
def _workshop(root: Path, name: str) -> Iterator[_Workshop]:
    source_of(root, name)  # a name that is none must not become a path
    parent = root / "_build/nbgrader"
    parent.mkdir(parents=True, exist_ok=True)
    here = Path(tempfile.mkdtemp(prefix="release-", dir=parent))
    try:
        yield _Workshop(root, name, here)
    finally:
        shutil.rmtree(here, ignore_errors=True)


def _load_config(root: Path) -> Config:
    file = root / "nbgrader_config.py"
    try:
        return PyFileConfigLoader(file.name, path=str(root)).load_config()
    except Exception as error:
        raise CourseError(
            f"nbgrader_config.py cannot be read ({type(error).__name__}: {error}); "
            "correct it."
        ) from error


@contextmanager
def _environment(values: dict[str, str]) -> Iterator[None]:
    before = {key: os.environ.get(key) for key in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for key, value in before.items():
            if value is None:
                del os.environ[key]
            else:
                os.environ[key] = value


def _check_solution(source: Source, executed: NotebookNode) -> None:
    """Check that the reference solution runs, earns full marks and prints no noise."""
    for index, cell in enumerate(executed.cells):
        if cell.cell_type != "code":
            continue
        where = source.place(index)
        for output in cell.outputs:
            if output.output_type == "error":
                if output.ename in ("KeyboardInterrupt", "CellTimeoutError"):
                    raise CourseError(
                        f"{where}: the reference solution was stopped, because it "
                        f"takes {_PATIENCE} times as long as grading allows; make it "
                        "faster, or raise c.Execute.timeout in nbgrader_config.py."
                    )
                raise CourseError(
                    f"{where}: the reference solution fails with {output.ename}: "
                    f"{' '.join(output.evalue.split())}; correct the solution or the "
                    "test."
                )
        if not _points(cell):
            continue
        score, most = determine_grade(cell)
        if cell.outputs or score != most:
            output = cell.outputs[0]
            shown = output.get("text") or output.get("data", {}).get("text/plain", "")
            raise CourseError(
                f"{where}: the test prints {' '.join(shown.split())[:80]!r}, which "
                "nbgrader may take for partial credit or for an error; end it with an "
                "assert and silence warnings."
            )


def _seconds(cell: NotebookNode) -> tuple[str, float]:
    """Read the name of an executed cell, and how long it took."""
    times = cell.metadata.get("execution", {})
    start, end = (
        datetime.fromisoformat(times[key]).timestamp() if key in times else 0.0
        for key in ("iopub.status.busy", "iopub.status.idle")
    )
    return cell.id, end - start


def _points(cell: NotebookNode) -> float:
    meta = cell.metadata.get("nbgrader", {})
    return meta["points"] if meta.get("grade") or meta.get("task") else 0


@contextmanager
def _recorded(shop: _Workshop, notebook: NotebookNode) -> Iterator[Callable[[], None]]:
    """Record the assignment for as long as the block lasts, or until it commits."""
    url = shop.course.db_url
    fresh = _fresh_sqlite(url)
    book = None
    try:
        book = Gradebook(url, shop.course.course_id)
        commit = book.db.commit
        book.db.commit = book.db.flush  # nbgrader's own calls commit after each cell
        book.update_or_create_assignment(shop.name)
        _SaveAtOnce(book, shop.name).preprocess(notebook, {})
        yield commit
    except BaseException as error:
        if fresh is not None:
            fresh.unlink(missing_ok=True)
        if isinstance(error, _OtherCells):
            raise CourseError(
                f"{shop.source.path.as_posix()} has other cells than the submissions "
                f"of {shop.name} in the gradebook; keep every grade_id (points and "
                "tests may change), or release the new version under a new name."
            ) from error
        if isinstance(error, SQLAlchemyError):
            raise CourseError(
                f"{_shown(url, shop.root)} cannot take {shop.name}: "
                f"{str(error).splitlines()[0]}; see that it exists, is writable and "
                "that no grading is running."
            ) from error
        raise
    finally:
        if book is not None:
            book.close()  # and rolls back what has not been committed


class _OtherCells(Exception):
    """There are submissions, and they have other cells than the source."""


class _SaveAtOnce(SaveCells):  # type: ignore[misc]
    """nbgrader's SaveCells on a gradebook that is open already."""

    def __init__(self, gradebook: Gradebook, name: str) -> None:
        super().__init__()
        self.gradebook = gradebook
        self.notebook_id = self.assignment_id = name

    def preprocess(
        self, nb: NotebookNode, resources: dict[str, Any]
    ) -> tuple[NotebookNode, dict[str, Any]]:
        self.new_grade_cells: dict[str, Any] = {}
        self.new_solution_cells: dict[str, Any] = {}
        self.new_task_cells: dict[str, Any] = {}
        self.new_source_cells: dict[str, Any] = {}
        for index, cell in enumerate(nb.cells):
            self.preprocess_cell(cell, resources, index)
        try:
            self._create_notebook(nb)
        except RuntimeError as error:
            raise _OtherCells from error
        return nb, resources


def _fresh_sqlite(url: str) -> Path | None:
    """Find the file of an SQLite gradebook that does not exist yet."""
    file = Path(url.removeprefix("sqlite:///"))
    return file if url.startswith("sqlite:///") and not file.exists() else None


@contextmanager
def _replaced(targets: dict[Path, Path]) -> Iterator[None]:
    """Put new folders in the place of old ones; if the block fails, put them back."""
    done: list[tuple[Path, Path]] = []
    drafts: list[Path] = []
    try:
        for new, target in targets.items():
            # Beside the target, because only there is a rename sure to be one.
            draft = target.with_name(f".{target.name}.new")
            drafts.append(draft)
            shutil.rmtree(draft, ignore_errors=True)
            shutil.copytree(new, draft)
        for target, draft in zip(targets.values(), drafts, strict=True):
            old = target.with_name(f".{target.name}.old")
            shutil.rmtree(old, ignore_errors=True)
            if target.exists():
                target.rename(old)
            done.append((target, old))
            draft.rename(target)
        yield
    except BaseException:
        for target, old in reversed(done):
            shutil.rmtree(target, ignore_errors=True)
            with suppress(FileNotFoundError):
                old.rename(target)
        raise
    finally:
        for draft in drafts:
            shutil.rmtree(draft, ignore_errors=True)
    for _, old in done:
        shutil.rmtree(old, ignore_errors=True)


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


def _shown(url: str, root: Path) -> str:
    """Name a gradebook: its file in the course, or its URL without the password."""
    shown = make_url(url).render_as_string(hide_password=True)
    return shown.removeprefix(f"sqlite:///{root}/")
