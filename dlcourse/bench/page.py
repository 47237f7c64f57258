"""The benchmark's page in the book: its tables come from the saved record."""

from __future__ import annotations

import json
import statistics
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from dlcourse.bench.grade import Memory, Row, further
from dlcourse.bench.record import with_data, with_tables

PAGE = Path("book/reference/benchmarks.md")


def publish(root: Path, record: dict[str, Any]) -> Path:
    """Write a record and its tables into the page.

    Args:
        root: the course's root folder.
        record: what ``bench_grade`` returned.

    Returns:
        The page.
    """
    page = root / PAGE
    page.write_text(with_record(page.read_text("utf-8"), record), encoding="utf-8")
    return page


def with_record(text: str, record: dict[str, Any]) -> str:
    """Put a record and its tables into the page's text.

    Raises:
        CourseError: if the page lacks one of the marks between which they stand.
    """
    text = with_data(text, json.dumps(record, indent=1), PAGE)
    return with_tables(text, tables(record), PAGE)


def tables(record: dict[str, Any]) -> str:
    """Write a record as Markdown tables."""
    machine = record["machine"]
    versions = ", ".join(
        f"{name} {machine[name]}"
        for name in machine
        if name not in ("system", "cores", "memory")
    )
    rows = [Row(**row) for row in record["rows"]]
    lines = [
        f"Measured on {record['date']}: {machine['system']}, {machine['cores']} cores, "
        f"{machine['memory']} of memory; {versions}.",
        "",
        *_ratios(rows),
        "",
        "| assignment | students | stock, a minute | here, a minute | ratio "
        "| times the cells |",
        "|---|--:|--:|--:|--:|--:|",
    ]
    lines += [
        f"| {row.assignment} | {row.students} "
        f"| {60 * row.students / row.stock_seconds:.1f} "
        f"| {60 * row.students / row.our_seconds:.0f} | {row.ratio:.1f} "
        f"| {row.our_seconds / row.cells:.1f} |"
        for row in rows
    ]
    lines += [
        "",
        "| assignment | students | stock: processor time | here |",
        "|---|--:|--:|--:|",
    ]
    lines += [
        f"| {row.assignment} | {row.students} | {row.stock_cpu:.0f} s "
        f"| {row.our_cpu:.0f} s |"
        for row in rows
    ]
    lines += [
        "",
        "| assignment | students | stock: memory | here |",
        "|---|--:|--:|--:|",
    ]
    lines += [
        f"| {one.assignment} | {one.students} | {one.stock / 2**20:.0f} MiB "
        f"| {one.ours / 2**20:.0f} MiB |"
        for one in (Memory(**memory) for memory in record["memory"])
    ]
    return "\n".join(lines) + "\n"


def _ratios(rows: Sequence[Row]) -> Iterator[str]:
    """Say for each assignment how many times faster ours is, in one line."""
    for name in dict.fromkeys(row.assignment for row in rows):
        mine = [row for row in rows if row.assignment == name]
        classes = ", ".join(f"{row.ratio:.1f} for {row.students}" for row in mine)
        said = (
            f"- `{name}`: **{mine[-1].ratio:.1f} times faster** for the largest class"
        )
        if len(mine) > 1:
            middle = statistics.median(row.ratio for row in mine)
            more = further(mine)
            said += (
                f" ({classes} students, median {middle:.1f}); each further submission "
                f"{more.ratio:.1f} times. The start takes {more.start:.1f} s; of a "
                f"further submission's processor time, {more.share:.0%} are its cells"
            )
        yield f"{said}."
