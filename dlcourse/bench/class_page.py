"""The pages of the book that show how a class was graded, and plan with it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

from dlcourse.bench.classes import Record, Row
from dlcourse.bench.record import read_record, with_data, with_tables

PAGE = Path("book/reference/class.md")
PLAN = Path("book/teaching/plan.md")
# Time is linear if a submission of the largest class takes at most so many times what
# one of the class before takes.
LIMIT = 1.2


def publish(root: Path, record: Record) -> list[Path]:
    """Write a record into the pages that show it and reckon with it.

    Args:
        root: the course's root folder.
        record: what ``bench_class`` returned.

    Returns:
        The pages.
    """
    texts = {path: (root / path).read_text(encoding="utf-8") for path in (PAGE, PLAN)}
    written = json.dumps(record, indent=1)
    texts = {path: with_data(text, written, path) for path, text in texts.items()}
    texts[PAGE] = with_tables(texts[PAGE], tables(record), PAGE)
    for path, text in texts.items():
        (root / path).write_text(text, encoding="utf-8")
    return [root / path for path in texts]


def published(root: Path) -> bool:
    """Tell whether both pages show the same record, and the tables are its own."""
    text = (root / PAGE).read_text(encoding="utf-8")
    record = read_record(text, PAGE)
    same = read_record((root / PLAN).read_text(encoding="utf-8"), PLAN) == record
    return same and with_tables(text, tables(record), PAGE) == text


def growth(rows: Sequence[Row]) -> tuple[Row, Row, float] | None:
    """Compare the two largest classes of one way.

    Args:
        rows: of one way, by size.

    Returns:
        Both, and how many times longer a submission takes in the larger; None if
        there are not two classes of a hundred or more.
    """
    large = [row for row in rows if row.students >= 100]
    if len(large) < 2:
        return None
    before, last = large[-2:]
    return before, last, last.each / before.each


def tables(record: Record) -> str:
    """Write a record as Markdown."""
    machine = record["machine"]
    versions = ", ".join(
        f"{name} {machine[name]}"
        for name in machine
        if name not in ("system", "cores", "memory")
    )
    rows = [Row(**row) for row in record["rows"]]
    days = sorted({row.date for row in rows})
    loads = [row.load for row in rows]
    lines = [
        f"Measured on {' and '.join(days)}: {machine['system']}, {machine['cores']} "
        f"cores, {machine['memory']} of memory; {versions}. Before each run, other "
        f"work kept at most {max(loads):.1f} cores busy.",
        *_warning(max(loads), int(machine["cores"])),
        "",
        *_verdicts(rows),
        "",
        "| way | students | time | for each | longest pause | processor time |",
        "|---|--:|--:|--:|--:|--:|",
    ]
    lines += [
        f"| {row.way} | {row.students:,} | {_time(row.seconds)} | {row.each:.2f} s "
        f"| {row.pause:.1f} s | {_time(row.cpu)} |"
        for row in rows
    ]
    lines += [
        "",
        "| way | students | memory | beyond the warm parents | gradebook "
        "| of it, for each | graded notebooks |",
        "|---|--:|--:|--:|--:|--:|--:|",
    ]
    lines += [
        f"| {row.way} | {row.students:,} | {_mega(row.memory)} "
        f"| {_mega(row.memory - row.parents)} | {_mega(row.database)} "
        f"| {(row.database - row.empty) / row.students / 1024:.1f} KiB "
        f"| {_mega(row.graded)} |"
        for row in rows
    ]
    return "\n".join(map(_whole, lines)) + "\n"


def _whole(line: str) -> str:
    """Let no line of a table's cell end between a number and its unit."""
    if not line.startswith("| "):
        return line
    return re.sub(r"(?<=\d) (?=s |min |[KM]iB )", "\N{NO-BREAK SPACE}", line)


def _warning(load: float, cores: int) -> list[str]:
    """Say that times are not to be relied on, if others used the machine much."""
    if load <= cores / 8:
        return []
    return [
        "**Other work kept the machine busy meanwhile**: seconds are too long, and "
        "those of one run hardly compare with those of another."
    ]


def _verdicts(rows: Sequence[Row]) -> Iterator[str]:
    for way in dict.fromkeys(row.way for row in rows):
        mine = [row for row in rows if row.way == way]
        found = growth(mine)
        if found is None:
            yield (
                f"- {way}: measured up to {mine[-1].students:,} students; whether time "
                "is linear takes two classes of a hundred or more."
            )
            continue
        before, last, ratio = found
        said = "linear" if ratio <= LIMIT else "**not linear**"
        yield (
            f"- {way}: {said}. A submission takes {last.each:.3f} s among "
            f"{last.students:,} and {before.each:.3f} s among {before.students:,}, "
            f"{ratio:.2f} times as long (limit {LIMIT}); {_within(last)}."
        )


def _within(row: Row) -> str:
    """Compare the halves of a run, but for its first tenth, which holds the start."""
    steps = [b - a for a, b in pairwise(row.tenths)]
    first, second = sum(steps[:4]) / 4, sum(steps[-4:]) / 4
    return f"in its second half {second / first:.2f} times as long as in its first"


def _time(seconds: float) -> str:
    if seconds < 120:
        return f"{seconds:.1f} s"
    return f"{seconds / 60:.1f} min"


def _mega(count: int) -> str:
    digits = 1 if count < 2**27 else 0
    return f"{count / 2**20:.{digits}f} MiB"
