"""Mistakes in a source that nbgrader would let pass, or tell too late."""

from __future__ import annotations

import ast
import csv
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from nbformat import NotebookNode

from dlcourse.errors import CourseError
from dlcourse.publish.lint_tests import check_tests, to_python
from dlcourse.publish.sources import Source

CURRICULUM = Path(__file__).with_name("curriculum.csv")
_ROW = re.compile(r"[A-Z]\d+[a-z]?(\.\d+)?")
_GRADE_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
# Not cell_type: the Create Assignment panel drops it and nbgrader adds it again.
_FIELDS = (
    "grade",
    "grade_id",
    "locked",
    "schema_version",
    "solution",
    "task",
)
_REGIONS = ("SOLUTION", "HIDDEN TESTS", "MARK SCHEME")
_EXACT = re.compile(rf"(BEGIN|END) ({'|'.join(_REGIONS)})")
# Whatever an author may have meant as a marker. In prose, small letters are just words.
_MEANT = re.compile(
    r"\b(BEGIN|END)[ _-]*(SOLUTIONS?|HIDDEN[ _-]*TESTS?|MARK(?:ING)?[ _-]*SCHEMES?)\b"
)
_MEANT_IN_CODE = re.compile(_MEANT.pattern, re.IGNORECASE)
_RUBRIC = re.compile(r"\*\*Marking \((\d+(?:\.\d+)?) points?\)\.\*\*")


def check_source(source: Source) -> None:
    """Check a source before anything is made from it.

    Args:
        source: the source.

    Raises:
        CourseError: for the first mistake, naming file, line and cell.
    """
    rows = curriculum_rows()
    seen: dict[str, int] = {}
    for index, cell in enumerate(source.cells):
        where = source.place(index)
        _check_fences(cell, where)
        regions = _check_regions(cell, where)
        meta = cell.metadata.get("nbgrader")
        if meta is None:
            if regions:
                raise CourseError(
                    f"{where} holds BEGIN {regions[0]} but no nbgrader metadata, so "
                    "that the region would be released; add the metadata."
                )
            continue
        _check_metadata(cell, meta, where)
        _check_places(cell, meta, regions, where)
        if not (meta["grade"] or meta["solution"] or meta["locked"] or meta["task"]):
            continue
        grade_id = meta["grade_id"]
        if grade_id in seen:
            raise CourseError(
                f"{where} has the same grade_id as {source.place(seen[grade_id])}; "
                "give each cell its own."
            )
        seen[grade_id] = index
        if meta["grade"] or meta["task"]:
            _check_points(meta, where)
            _check_rows(cell, rows, where)
        if cell.cell_type == "markdown" and meta["grade"]:
            _check_answer(cell, meta, where)
    _check_tests_follow(source, seen)
    if not any(_marks(cell) for cell in source.cells):
        raise CourseError(
            f"{source.path.as_posix()} has no graded cell, so that nobody could earn a "
            "point; compare with the item in CONTRIBUTING.md."
        )
    check_tests(source)


def curriculum_rows() -> frozenset[str] | None:
    """Read which rows the curriculum has; None if this copy has no curriculum.csv."""
    if not CURRICULUM.is_file():
        return None
    with CURRICULUM.open(newline="", encoding="utf-8") as file:
        return frozenset(row["id"] for row in csv.DictReader(file))


def _marks(cell: NotebookNode) -> bool:
    meta = cell.metadata.get("nbgrader", {})
    return bool(meta.get("grade") or meta.get("task"))


def _check_fences(cell: NotebookNode, where: str) -> None:
    if re.search(r"^```+\{(code|raw)-cell\}", cell.source, re.MULTILINE):
        raise CourseError(
            f"{where} swallows the beginning of the next cell; close it by a line of "
            "as many backticks as open it."
        )


def _check_regions(cell: NotebookNode, where: str) -> list[str]:
    """Check that markers are spelt right and balanced; list the regions of the cell."""
    found: list[str] = []
    is_open: str | None = None
    meant = _MEANT_IN_CODE if cell.cell_type == "code" else _MEANT
    for line in cell.source.split("\n"):
        for marker in meant.finditer(line):
            words = marker.group()
            side, _, region = words.partition(" ")
            if not _EXACT.fullmatch(words):
                raise CourseError(
                    f"{where} has {words!r}, which nbgrader does not know; the markers "
                    "are `### BEGIN` and `### END` with SOLUTION, HIDDEN TESTS or MARK "
                    "SCHEME, in capitals."
                )
            if (side == "BEGIN") is (is_open is not None) or (
                side == "END" and region != is_open
            ):
                state = f"while {is_open} is open" if is_open else "without its BEGIN"
                raise CourseError(
                    f"{where} has {words} {state}; every BEGIN needs its own END, and "
                    "regions do not nest."
                )
            is_open = region if side == "BEGIN" else None
            if is_open:
                found.append(region)
    if is_open:
        raise CourseError(
            f"{where} has BEGIN {is_open} without END {is_open}; add the END line."
        )
    return found


def _check_metadata(cell: NotebookNode, meta: Any, where: str) -> None:
    if not isinstance(meta, dict):
        raise CourseError(
            f"{where} has nbgrader metadata that is no mapping; see CONTRIBUTING.md."
        )
    missing = [field for field in _FIELDS if field not in meta]
    if missing:
        raise CourseError(
            f"{where} lacks the nbgrader metadata {', '.join(missing)}; see the item "
            "in CONTRIBUTING.md."
        )
    for field in ("grade", "locked", "solution", "task"):
        if not isinstance(meta[field], bool):
            raise CourseError(
                f"{where} has {field}: {meta[field]!r}; write true or false."
            )
    if meta["schema_version"] != 3:
        raise CourseError(
            f"{where} has schema_version {meta['schema_version']!r}; this nbgrader "
            "reads 3."
        )
    if meta.get("cell_type", cell.cell_type) != cell.cell_type:
        raise CourseError(
            f"{where} is a {cell.cell_type} cell, but its metadata says cell_type: "
            f"{meta['cell_type']}; correct the metadata."
        )
    grade_id = meta["grade_id"]
    if not (isinstance(grade_id, str) and _GRADE_ID.fullmatch(grade_id)):
        raise CourseError(
            f"{where} has the grade_id {grade_id!r}; use small letters, digits and "
            "single hyphens, such as column-sums."
        )
    if len(grade_id) > 64:
        raise CourseError(
            f"{where} has a grade_id of {len(grade_id)} characters; a notebook's cell "
            "id has room for 64, so shorten it."
        )


def _check_places(
    cell: NotebookNode, meta: NotebookNode, regions: list[str], where: str
) -> None:
    kind = cell.cell_type
    if "SOLUTION" in regions and not meta["solution"]:
        raise CourseError(
            f"{where} holds a solution but is no solution cell; set solution: true."
        )
    if "HIDDEN TESTS" in regions and not (
        kind == "code" and meta["grade"] and not meta["solution"]
    ):
        raise CourseError(
            f"{where} holds hidden tests but is no test cell; hidden tests go into a "
            "code cell with grade: true and solution: false."
        )
    if "MARK SCHEME" in regions and not meta["task"]:
        raise CourseError(
            f"{where} holds a marking scheme but is no task cell; in an answer cell, "
            "write **Marking (N points).** below the model answer."
        )
    if meta["task"] and kind != "markdown":
        raise CourseError(
            f"{where} is a task in a {kind} cell; make it a Markdown cell."
        )
    if kind == "markdown" and not meta["task"] and meta["grade"] != meta["solution"]:
        raise CourseError(
            f"{where} is a Markdown answer of which only one of grade and solution is "
            "true; set both."
        )
    if (
        meta["grade"]
        and not meta["solution"]
        and not meta["task"]
        and not meta["locked"]
    ):
        raise CourseError(
            f"{where} is a test cell that students may edit; set locked: true."
        )
    if meta["solution"] and meta["locked"]:
        raise CourseError(
            f"{where} is a solution cell that students may not edit; set locked: false."
        )
    if kind == "code" and meta["solution"] and "SOLUTION" not in regions:
        raise CourseError(
            f"{where} is a solution cell without ### BEGIN SOLUTION and ### END "
            "SOLUTION, so that students would not even see its signature; add them."
        )


def _check_points(meta: NotebookNode, where: str) -> None:
    points = meta.get("points")
    if isinstance(points, bool) or not isinstance(points, int | float) or points <= 0:
        told = "no points" if points is None else f"points: {points!r}"
        raise CourseError(
            f"{where} is graded and has {told}; give it a number above zero."
        )


def _check_rows(cell: NotebookNode, rows: frozenset[str] | None, where: str) -> None:
    tags = cell.metadata.get("tags", [])
    named = [tag for tag in tags if isinstance(tag, str) and _ROW.fullmatch(tag)]
    if not named:
        raise CourseError(
            f"{where} is graded and names no row of the curriculum; add the row as a "
            "cell tag, such as tags: [L1.7]."
        )
    unknown = [tag for tag in named if rows is not None and tag not in rows]
    if unknown:
        raise CourseError(
            f"{where} has the tag {unknown[0]}, which is no row of the curriculum; see "
            "dlcourse/publish/curriculum.csv."
        )


def _check_answer(cell: NotebookNode, meta: NotebookNode, where: str) -> None:
    rubric = _RUBRIC.search(cell.source)
    if rubric is None or float(rubric.group(1)) != meta["points"]:
        raise CourseError(
            f"{where} is marked by a person and lacks its rubric; below the model "
            f"answer, write **Marking ({meta['points']:g} points).** and what earns "
            "them."
        )
    if re.search(r"^#{1,6} ", cell.source, re.MULTILINE):
        raise CourseError(
            f"{where} is an answer, and a heading in it would vanish from the release; "
            "end the answer by a line `+++`."
        )


def _check_tests_follow(source: Source, seen: dict[str, int]) -> None:
    for grade_id, index in seen.items():
        meta = source.cells[index].metadata["nbgrader"]
        if not meta["solution"] or meta["grade"]:
            continue
        test = seen.get(f"{grade_id}-test", -1)
        if test < index or not source.cells[test].metadata["nbgrader"]["grade"]:
            raise CourseError(
                f"{source.place(index)} has no tests after it; add a graded cell with "
                f"the grade_id {grade_id}-test."
            )


def check_release(source: Source, folder: Path) -> None:
    """Check that a release gives away no solution, and that its cells are Python.

    Args:
        source: the source it was made from.
        folder: the folder with the release.

    Raises:
        CourseError: naming the file and what it holds.
    """
    secrets = _secret_lines(source)
    for path in sorted(folder.rglob("*")):
        if not path.is_file():
            continue
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue  # a picture or an array
        where = f"the release of {source.path.as_posix()}: {path.relative_to(folder)}"
        if path.suffix == ".ipynb":
            cells = json.loads(text)["cells"]
            text = "\n".join("".join(cell["source"]) for cell in cells)
            for cell in cells:
                if cell["cell_type"] == "code":
                    _check_python(
                        "".join(cell["source"]), f"{where}, cell {cell['id']}"
                    )
        if marker := _EXACT.search(text):
            raise CourseError(
                f"{where} still holds {marker.group()!r}; correct the source."
            )
        lines = {line.strip() for line in text.split("\n")}
        for secret in secrets:
            if secret in lines:
                raise CourseError(
                    f"{where} gives away the line {secret!r}, which belongs to a "
                    "solution or to hidden tests; move it out of the release."
                )


def _check_python(code: str, where: str) -> None:
    try:
        ast.parse(to_python(code))
    except SyntaxError as error:
        raise CourseError(
            f"{where} is not valid Python without its solution or hidden tests "
            f"({error.msg}, line {error.lineno} of the cell); leave a statement "
            "outside of the region."
        ) from error


def _secret_lines(source: Source) -> list[str]:
    """List the telling lines that stand only in solutions and hidden tests."""
    secret: dict[str, None] = {}
    visible: set[str] = set()
    for cell in source.cells:
        meta = cell.metadata.get("nbgrader", {})
        whole = bool(meta.get("solution")) and not re.search(
            "BEGIN SOLUTION", cell.source
        )
        for line, is_hidden in _lines(cell.source):
            if whole or is_hidden:
                secret[line] = None
            else:
                visible.add(line)
    # Imports, and short lines such as `return x`, are found anywhere and tell nothing.
    return [
        line
        for line in secret
        if len(line) >= 16
        and line not in visible
        and not line.startswith(("import ", "from "))
    ]


def _lines(text: str) -> Iterator[tuple[str, bool]]:
    is_hidden = False
    for line in text.split("\n"):
        if marker := _EXACT.search(line):
            is_hidden = marker.group(1) == "BEGIN"
        else:
            yield line.strip(), is_hidden
