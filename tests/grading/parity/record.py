"""Record what stock nbgrader gives, which takes a quarter of an hour.

    .venv/bin/python -m tests.grading.parity.record [LAB ...]

The record holds a hash of all that the marks depend on, so that no stale one can pass;
the test marks a few of the submissions anew each time.
"""

from __future__ import annotations

import hashlib
import json
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path
from typing import Any

from dlcourse.publish.sources import notebook_text, read_source

from .corpus import LABS, ROOT, submissions
from .graders import Scores, by_stock


def path_of(lab: str) -> Path:
    return Path(__file__).with_name(f"stock-{lab}.json")


def source_notebook(lab: str, folder: Path) -> Path:
    """Make the notebook that nbgrader reads of a lab's source."""
    path = folder / f"{lab}.ipynb"
    path.write_text(notebook_text(read_source(ROOT, lab)))
    return path


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


def stock_scores(lab: str, students: list[str]) -> Scores:
    """Mark some of a lab's submissions with stock nbgrader, now."""
    chosen = {one: submissions(lab)[one] for one in students}
    with tempfile.TemporaryDirectory() as folder:
        for part in ("source", "course"):
            Path(folder, part).mkdir()
        source = source_notebook(lab, Path(folder, "source"))
        return by_stock(Path(folder, "course"), source, chosen)


def main(labs: list[str]) -> None:
    for lab in labs or LABS:
        scores = stock_scores(lab, list(submissions(lab)))
        record = {"inputs": fingerprint(lab), "scores": scores}
        path_of(lab).write_text(json.dumps(record, indent=1, sort_keys=True) + "\n")
        print(f"{path_of(lab).name}: {len(scores)} submissions")


if __name__ == "__main__":
    main(sys.argv[1:])
