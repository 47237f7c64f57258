"""CSV files as learning-management systems write and read them."""

from __future__ import annotations

import csv
import io
import os
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from dlcourse.errors import CourseError

MOST_BYTES = 50 * 2**20
_BOMS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
# A spreadsheet takes a cell that begins like this for a formula.
_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]|[\t\r\n]")
_HARMLESS = re.compile(r"\s*(-|[+-]?\d+([.,]\d+)?\s*%?)\s*")


@dataclass
class Table:
    """A CSV file.

    Attributes:
        called: what to call it in messages.
        header: names of the columns.
        rows: the other rows, each as long as the header.
        delimiter: between cells.
        mark: whether it began with a byte order mark, which Excel wants.
    """

    called: str
    header: list[str]
    rows: list[list[str]] = field(default_factory=list)
    delimiter: str = ","
    mark: bool = False

    def column(self, *names: str) -> int | None:
        """Find the first column that has one of these names, whatever the case."""
        known = [one.strip().casefold() for one in self.header]
        for name in names:
            if name.casefold() in known:
                return known.index(name.casefold())
        return None

    def cell(self, row: Sequence[str], *names: str) -> str:
        """Give a row's cell in the first such column, "" where there is none."""
        place = self.column(*names)
        return row[place].strip() if place is not None else ""


def read_table(path: Path) -> Table:
    """Read a CSV file in whatever encoding and with whatever delimiter it has.

    Raises:
        CourseError: if it cannot be read, or is no table.
    """
    try:
        if path.stat().st_size > MOST_BYTES:
            raise CourseError(f"{path} is too large for a table of a class.")
        raw = path.read_bytes()
    except OSError as error:
        raise CourseError(f"{path} cannot be read ({error.strerror}).") from error
    text, mark = _decoded(raw)
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise CourseError(f"{path} is no CSV file ({error}).") from error
    lines = [line for line in lines if line]
    if not lines or len(lines[0]) < 2:
        raise CourseError(
            f"{path} is no CSV file with a row of column names; download it from the "
            "system again."
        )
    header, *rows = lines
    width = len(header)
    return Table(
        called=str(path),
        header=header,
        rows=[[*row, *[""] * (width - len(row))][:width] for row in rows],
        delimiter=delimiter,
        mark=mark,
    )


def table_bytes(table: Table) -> bytes:
    """Write a table as a CSV file in UTF-8; no cell of it is a formula."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=table.delimiter, lineterminator="\r\n")
    for row in (table.header, *table.rows):
        writer.writerow([harmless(cell) for cell in row])
    return out.getvalue().encode("utf-8-sig" if table.mark else "utf-8")


def harmless(cell: str) -> str:
    """Keep a spreadsheet from running what a cell holds; numbers stay as they are."""
    if _FORMULA.match(cell) and not _HARMLESS.fullmatch(cell):
        return f"'{cell}"
    return cell


def write_whole(path: Path, raw: bytes) -> None:
    """Write a file as a whole or not at all.

    Raises:
        CourseError: if it cannot be written.
    """
    draft = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        draft.write_bytes(raw)
        draft.replace(path)
    except OSError as error:
        raise CourseError(
            f"{path} cannot be written ({error.strerror}); nothing was changed."
        ) from error
    finally:
        draft.unlink(missing_ok=True)


def number(text: str) -> float | None:
    """Read a number, with a point or a comma; None if it is none."""
    try:
        return float(text.strip().replace(",", "."))
    except ValueError:
        return None


def shown(value: float) -> str:
    """Write marks with at most two decimals, as both systems keep them."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def _decoded(raw: bytes) -> tuple[str, bool]:
    for start, encoding in _BOMS.items():
        if raw.startswith(start):
            return raw.decode(encoding, errors="replace"), True
    try:
        return raw.decode("utf-8"), False
    except UnicodeDecodeError:
        # What Excel writes on Windows.
        return raw.decode("cp1252", errors="replace"), False
