"""Files as Moodle and Canvas write them, in the forms that their sources document."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

WORKSHEET = (
    *("Identifier", "Full name", "Email address", "Status", "Grade", "Maximum Grade"),
    *("Grade can be changed", "Last modified (submission)", "Last modified (grade)"),
    "Feedback comments",
)
GRADEBOOK = ("Student", "ID", "SIS User ID", "SIS Login ID", "Section")
TOTALS = ("Current Score", "Unposted Current Score", "Final Score")
ON_TIME = "Friday, 27 November 2026, 10:15 AM"

Entries = Mapping[str, bytes] | Sequence[tuple[str | zipfile.ZipInfo, bytes]]


def write_zip(path: Path, entries: Entries, year: int = 2026, month: int = 11) -> Path:
    """Write a zip whose files have all one date."""
    pairs = entries.items() if isinstance(entries, Mapping) else entries
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, raw in pairs:
            info = name
            if isinstance(name, str):
                info = zipfile.ZipInfo(name, (year, month, 28, 12, 0, 0))
            archive.writestr(info, raw, zipfile.ZIP_DEFLATED)
    return path


def moodle(name: str, number: int, file: str, last: str = "") -> str:
    """A path with "Download submissions in folders"; ``last`` is "_" before 4.1."""
    return f"{name}_{number}_assignsubmission_file{last}/{file}"


def moodle_flat(name: str, number: int, file: str) -> str:
    return f"{name}_{number}_assignsubmission_file_{file}"


def canvas(name: str, user: int, upload: int, file: str, late: bool = False) -> str:
    plain = "".join(one for one in name.lower() if one.isalnum() or one == "_")
    return f"{plain}{'_LATE' if late else ''}_{user}_{upload}_{file}"


def table(rows: Sequence[Sequence[object]], **form: Any) -> str:
    out = io.StringIO(newline="")
    csv.writer(out, **form).writerows(rows)
    return out.getvalue()


def worksheet(*people: tuple[int, str, str], **cells: str) -> str:
    """Moodle's grading worksheet; ``cells`` changes columns of every row."""
    usual = {
        "Status": "Submitted for grading - ",
        "Grade": "",
        "Maximum Grade": "11.00",
        "Grade can be changed": "Yes",
        "Last modified (submission)": ON_TIME,
        "Last modified (grade)": "-",
        "Feedback comments": "",
        **cells,
    }
    rows = [
        [f"Participant {number}", name, email, *(usual[one] for one in WORKSHEET[3:])]
        for number, name, email in people
    ]
    return table([WORKSHEET, *rows])


def gradebook(
    *people: tuple[int, str, str], cells: Sequence[str] = (), points: str = "11.00"
) -> str:
    """Canvas' exported gradebook with two assignments and a hidden one."""
    marks = [*cells, *[""] * len(people)]
    titles = ["Warm up (4440)", "Toy (4441)"]
    return table(
        [
            [*GRADEBOOK, *titles, *TOTALS],
            ["", "", "", "", "", "", "Manual Posting", "", "", ""],
            [
                "    Points Possible",
                "",
                "",
                "",
                "",
                "5.00",
                points,
                *["(read only)"] * 3,
            ],
            *(
                [name, user, f"S{user}", login, "Deep Learning", "4.00", mark, *"111"]
                for (user, name, login), mark in zip(people, marks, strict=False)
            ),
            ["Student, Test", "99", "", "f00", "Deep Learning", "", "", *"000"],
        ]
    )


def read(text: str, **form: Any) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline=""), **form))
