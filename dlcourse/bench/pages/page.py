"""The page that shows the figures: its table comes from the record that it holds."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from dlcourse.bench.pages.books import BOOKS
from dlcourse.bench.pages.lighthouse import CATEGORIES, FORMS
from dlcourse.bench.record import with_data, with_tables

PAGE = Path("book/reference/performance.md")
_WIDTH = 82


def publish(root: Path, record: dict[str, Any]) -> Path:
    """Write a record and its tables into the page, and return the page."""
    page = root / PAGE
    page.write_text(with_record(page.read_text("utf-8"), record), encoding="utf-8")
    return page


def with_record(text: str, record: dict[str, Any]) -> str:
    """Put a record and its tables into the page's text.

    Raises:
        CourseError: if the page lacks one of the marks between which they stand.
    """
    text = with_data(text, _written(record), PAGE)
    return with_tables(text, tables(record), PAGE)


def _written(record: dict[str, Any]) -> str:
    """Write a record with few lines for each measurement, none too wide for a cell."""
    rows = ",\n".join(f"  {{{_packed(row)}}}" for row in record["rows"])
    rest = {name: part for name, part in record.items() if name != "rows"}
    head = json.dumps(rest, indent=1).removesuffix("\n}")
    return f'{head},\n "rows": [\n{rows}\n ]\n}}'


def _packed(row: dict[str, Any]) -> str:
    """Put as many of a row's figures on a line as there is place for."""
    lines = [""]
    for name, value in row.items():
        # Without spaces within, a row's scores fit on a line.
        piece = f'"{name}": {json.dumps(value, separators=(",", ":"))},'
        if lines[-1] and len(lines[-1]) + len(piece) > _WIDTH:
            lines.append("")
        lines[-1] += f" {piece}" if lines[-1] else piece
    return "\n   ".join(lines).removesuffix(",")


def line(row: dict[str, Any]) -> str:
    """Say what was found of one page, in one line."""
    scores = " ".join(f"{row['scores'][name]:3}" for name in CATEGORIES)
    return (
        f"{scores}  (performance at least {row['lowest']:3})  {row['requests']:3} "
        f"requests {row['size'] / 1000:5.0f} KB  text after "
        f"{row['text_seen'] / 1000:4.1f} s, blocked {row['blocked']:4} ms  "
        f"{row['form']:7} {row['book']}: {row['page']}"
    )


def tables(record: dict[str, Any]) -> str:
    """Write a record as Markdown tables: what loads, what Lighthouse says, sources."""
    machine = record["machine"]
    by_page: dict[tuple[str, str], dict[str, dict[str, Any]]] = {}
    for row in record["rows"]:
        by_page.setdefault((row["book"], row["page"]), {})[row["form"]] = row
    visits = max(row["visits"] for row in record["rows"])
    lines = [
        f"Measured on {record['date']}: {machine['system']}, {machine['cores']} cores; "
        f"Lighthouse {machine['Lighthouse']}, medians of {visits} visits.",
        "",
        "| book | page | KB | requests | to other hosts | text on a phone after |",
        "|---|---|--:|--:|--:|--:|",
    ]
    for (book, kind), forms in by_page.items():
        row = forms["mobile"]
        seen = row["text_seen"] / 1000
        lines.append(
            f"| {BOOKS[book].name} | {kind} | {row['size'] / 1000:.0f} "
            f"| {row['requests']} | {row['foreign']} | {seen:.1f} s |"
        )
    lines += [
        "",
        "Lighthouse's scores of 100, as on a phone and as on a computer:",
        "",
        "| book | page | performance | accessibility | best practices | SEO |",
        "|---|---|--:|--:|--:|--:|",
    ]
    for (book, kind), forms in by_page.items():
        pairs = (
            " / ".join(str(forms[form]["scores"][name]) for form in FORMS)
            for name in CATEGORIES
        )
        lines.append(f"| {BOOKS[book].name} | {kind} | {' | '.join(pairs)} |")
    lines += ["", "| book | from | licence |", "|---|---|---|"]
    lines += [
        f"| {BOOKS[book].name} | {BOOKS[book].source} | {BOOKS[book].licence} |"
        for book in dict.fromkeys(book for book, _ in by_page)
    ]
    return "\n".join(lines) + "\n"
