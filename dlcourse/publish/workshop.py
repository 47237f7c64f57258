"""A folder apart in which nbgrader's converters make an assignment's versions."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from nbformat import NotebookNode, read
from nbgrader.converters import BaseConverter, GenerateAssignment, GenerateSolution
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import Execute, SaveCells
from nbgrader.utils import determine_grade
from traitlets.config import Config
from traitlets.config.loader import PyFileConfigLoader

from dlcourse.errors import CourseError
from dlcourse.house import source_of
from dlcourse.publish import checks, stubs
from dlcourse.publish.sources import Source, build_source, read_source

# The same figures and data wherever a solution is executed, and no threads in the way.
_ENVIRONMENT = {"DLCOURSE_DATA": "offline", "OMP_NUM_THREADS": "1"}
# A busy machine must not fail a release; its report tells how near the limit a cell is.
_PATIENCE = 10


class Workshop:
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
        """Name the assignment's folder of one step, such as ``exercises``."""
        return self.here / step / self.name

    def make_release(self) -> Path:
        """Make what students get: stubs and visible tests. Returns its folder."""
        self._convert(GenerateAssignment, "exercises", stubs.release_steps())
        checks.check_release(self.source, self.folder("exercises"))
        return self.folder("exercises")

    def make_autograde(self) -> NotebookNode:
        """Make what grading runs: stubs and all tests. Returns the notebook."""
        self._convert(GenerateAssignment, "class/autograde", stubs.autograde_steps())
        return self._read("class/autograde")

    def make_solution(self) -> tuple[str, float]:
        """Run the reference solution. Returns the slowest cell and its seconds."""
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
        # The gradebook is written once, at the end; see recorded.
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
def open_workshop(root: Path, name: str) -> Iterator[Workshop]:
    """Open a workshop below ``_build`` for one assignment; clear it away in the end.

    Raises:
        CourseError: if there is no such source or it is wrong.
    """
    source_of(root, name)  # a name that is none must not become a path
    parent = root / "_build/nbgrader"
    parent.mkdir(parents=True, exist_ok=True)
    here = Path(tempfile.mkdtemp(prefix="release-", dir=parent))
    try:
        yield Workshop(root, name, here)
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
        if not points(cell):
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


def points(cell: NotebookNode) -> float:
    """Read the points of a cell; 0 for one that is not graded."""
    meta = cell.metadata.get("nbgrader", {})
    return meta["points"] if meta.get("grade") or meta.get("task") else 0
