"""Record what stock nbgrader gives, which takes some minutes for each assignment.

    .venv/bin/python -m tests.grading.parity.record [LAB ...]

The record holds a hash of all that the marks depend on, so that no stale one can pass;
the test marks a few of the submissions anew each time. Recording also compares all of
them with our marks.
"""

from __future__ import annotations

import hashlib
import json
import sys
import tempfile
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

from .corpus import LABS, ROOT, submissions
from .graders import Scores, Work, by_ours, by_stock, differences


def path_of(lab: str) -> Path:
    return Path(__file__).with_name(f"stock-{lab}.json")


def work_of(lab: str, students: Sequence[str] = ()) -> Work:
    """Gather a lab's submissions, all or some."""
    made = submissions(lab)
    chosen = {one: made[one] for one in students or made}
    return Work(lab, ROOT / f"solutions/{lab}/{lab}.md", chosen)


def fingerprint(lab: str) -> str:
    """Hash source, submissions and the versions that stock's marks depend on."""
    found = hashlib.sha256()
    for text in (version("nbgrader"), version("nbclient").split(".")[0]):
        found.update(text.encode())
    found.update((ROOT / f"solutions/{lab}/{lab}.md").read_bytes())
    for student, content in sorted(submissions(lab).items()):
        found.update(student.encode())
        found.update(hashlib.sha256(content).digest())
    return found.hexdigest()


def read_record(lab: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(path_of(lab).read_text())
    return found


def stock_scores(lab: str, students: Sequence[str] = ()) -> Scores:
    """Mark a lab's submissions with stock nbgrader, now.

    Stock gives up on a submission whose kernel dies, which on a crowded machine happens
    to honest ones; those get a second chance.
    """
    scores: Scores = {}
    wanted = list(students or submissions(lab))
    for _ in range(2):
        with tempfile.TemporaryDirectory() as folder:
            scores |= by_stock(Path(folder), work_of(lab, wanted))
        wanted = [one for one in wanted if not any_recorded(scores[one])]
        if not wanted:
            return scores
    raise RuntimeError(f"stock nbgrader gave up on {', '.join(wanted)} of {lab}")


def any_recorded(cells: Mapping[str, float | None]) -> bool:
    """Tell whether stock nbgrader recorded anything."""
    return any(score is not None for score in cells.values())


def main(labs: list[str]) -> int:
    """Record the labs' marks; return 1 if ours differ from any of them."""
    status = 0
    for lab in labs or LABS:
        scores = stock_scores(lab)
        record = {"inputs": fingerprint(lab), "scores": scores}
        path_of(lab).write_text(json.dumps(record, indent=1, sort_keys=True) + "\n")
        with tempfile.TemporaryDirectory() as folder:
            differ = differences(scores, by_ours(Path(folder), work_of(lab)))
        for (student, cell), (stock, ours) in differ.items():
            print(f"{lab}, {student}, {cell}: stock nbgrader {stock}, ours {ours}")
        print(f"{lab}: {len(scores)} submissions, {len(differ)} marks differ")
        status |= bool(differ)
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
