"""The benchmark's page shows its own record, and says the right numbers."""

from __future__ import annotations

from pathlib import Path

import pytest

from dlcourse.bench.page import PAGE, tables, with_record
from dlcourse.bench.record import read_record
from dlcourse.errors import CourseError

RECORD = {
    "date": "2026-01-31",
    "machine": {
        "system": "Linux x86_64",
        "cores": "2",
        "memory": "24 GiB",
        "torch": "2.15.0",
    },
    "rows": [
        {
            "assignment": "small",
            "students": 8,
            "stock_seconds": 48.0,
            "stock_cpu": 60.0,
            "our_seconds": 6.0,
            "our_cpu": 9.0,
            "cells": 1.6,
        },
        {
            "assignment": "small",
            "students": 40,
            "stock_seconds": 240.0,
            "stock_cpu": 300.0,
            "our_seconds": 12.0,
            "our_cpu": 22.0,
            "cells": 8.0,
        },
    ],
    "memory": [
        {
            "assignment": "small",
            "students": 8,
            "stock": 512 * 2**20,
            "ours": 1024 * 2**20,
        }
    ],
}
EMPTY = 'RECORD = """\n"""\n% Tables: begin\n% Tables: end\nThe rest.\n'


def test_tables_give_rates_ratio_and_costs() -> None:
    said = tables(RECORD)
    # 40 in 240 s are 10 a minute, 40 in 12 s are 200; 12 s are 1.5 times 8 s.
    assert "| small | 40 | 10.0 | 200 | 20.0 | 1.5 |" in said
    assert "| small | 40 | 300 s | 22 s |" in said
    assert "| small | 8 | 512 MiB | 1024 MiB |" in said
    assert "2 cores, 24 GiB of memory; torch 2.15.0." in said


def test_ratios_are_told_with_and_without_the_start() -> None:
    # 48 s against 6 s, 240 s against 12 s; 192 more against 6 more, for 32 students:
    # 0.1875 s each, so 8 take 1.5 of their 6 s. 13 s of work, 6.4 s of them in cells.
    assert (
        "- `small`: **20.0 times faster** for the largest class (8.0 for 8, 20.0 for "
        "40 students, median 14.0); each further submission 32.0 times. The start "
        "takes 4.5 s; of a further submission's processor time, 49% are its cells.\n"
    ) in tables(RECORD)
    alone = tables({**RECORD, "rows": RECORD["rows"][1:]})
    assert "- `small`: **20.0 times faster** for the largest class.\n" in alone


def test_page_keeps_the_record_that_it_shows() -> None:
    text = with_record(EMPTY, RECORD)
    assert read_record(text, PAGE) == RECORD
    assert with_record(text, RECORD) == text
    assert text.endswith("% Tables: end\nThe rest.\n")


def test_page_without_marks_is_left_alone() -> None:
    with pytest.raises(CourseError, match="must hold '% Tables: begin'"):
        with_record(EMPTY.replace("% Tables: begin", ""), RECORD)


def test_published_page_shows_its_own_record(root: Path) -> None:
    text = (root / PAGE).read_text(encoding="utf-8")
    record = read_record(text, PAGE)
    assert record["rows"], "run `dlcourse bench grade --write`"
    assert with_record(text, record) == text
