"""One attack against stock nbgrader; runs inside the outer sandbox, see stock.py.

As ``run NAME`` it grades the class; as ``look NAME``, later and in a fresh sandbox, it
says as JSON what came of it, since what ran the attack may not live to tell.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from . import classroom
from .browser_code import browser_code
from .kit import NAME

HOME = Path.home()
COURSE = HOME / "course"
NOTES = HOME / "notes.json"
PORT = 7654
RESULTS = ("course/class/autograded", "course/class/feedback")
SOCKET = "grader"


def nbgrader(*arguments: str, timeout: float) -> tuple[int, float]:
    """Run nbgrader in the course; its status, and how long it took."""
    start = time.monotonic()
    try:
        done = subprocess.run(
            [sys.executable, "-m", "nbgrader", *arguments],
            cwd=COURSE,
            stdin=subprocess.DEVNULL,
            stdout=(HOME / "log").open("ab"),
            stderr=subprocess.STDOUT,
            timeout=timeout,
            check=False,
        )
        status = done.returncode
    except subprocess.TimeoutExpired:
        status = 124
    return status, time.monotonic() - start


def run(student: str, patience: float) -> None:
    """Grade the class, and note what only this process can know."""
    listener = classroom.Listener(SOCKET, PORT)
    os.environ[classroom.VARIABLE] = classroom.SECRETS["environment"]
    status, seconds = nbgrader("autograde", NAME, timeout=patience)
    time.sleep(0.5)
    notes = {
        "status": status,
        "seconds": round(seconds),
        "heard": len(listener.heard),
        "left": classroom.leftovers(),
        "outside": [
            str(path)
            for folder in ("/tmp", "/dev/shm")
            for path in Path(folder).glob("OWNED*")
        ],
    }
    NOTES.write_text(json.dumps(notes))


def look(student: str) -> dict[str, Any]:
    """Find out what came of it."""
    from nbgrader.api import Gradebook, MissingEntry

    found: dict[str, Any] = {"status": None, "marks": None, "neighbour": None}
    if NOTES.exists():
        found |= json.loads(NOTES.read_text())
    # Marks as a report or an export would read them.
    try:
        with Gradebook(f"sqlite:///{COURSE}/class/gradebook.db") as book:
            for key, one in (("marks", student), (("neighbour"), classroom.NEIGHBOUR)):
                with contextlib.suppress(MissingEntry):
                    found[key] = book.find_submission(NAME, one).score
            found["names"] = sorted({str(one.last_name) for one in book.students})
    except Exception as error:
        found["gradebook"] = type(error).__name__
    autograded = COURSE / "class/autograded"
    found["recorded"] = (autograded / student / NAME / f"{NAME}.ipynb").is_file()
    found["others"] = (autograded / "zz-last" / NAME / f"{NAME}.ipynb").is_file()
    text = _outputs(autograded / student / NAME / f"{NAME}.ipynb")
    found["size"] = len(text)
    found["loot"] = sorted(set(re.findall("UNSEEN-[A-Z]+", text)))
    found["said"] = sorted(
        set(re.findall("TOOK [0-9]+ GB|STARTED [0-9]+|WROTE 1 GB|RAISED|PLANTED", text))
    )
    found["written"] = sorted(_written())
    if student in os.environ.get("FEEDBACK", "").split(","):
        nbgrader("generate_feedback", NAME, "--student", student, timeout=60)
        page = _text(COURSE / "class/feedback" / student)
        found["markup"] = sorted(set(browser_code(page))) if "<body" in page else []
        found["hidden"] = "same(double(40), 80)" in re.sub("<[^>]*>", "", page)
    return found


def _text(folder: Path) -> str:
    if not folder.is_dir():
        return ""
    return "".join(
        path.read_bytes()[:50_000_000].decode(errors="replace")
        for path in sorted(folder.rglob("*"))
        if path.is_file()
        and not path.is_symlink()
        and path.suffix in (".ipynb", ".html")
    )


def _outputs(path: Path) -> str:
    """Give what the cells of a graded notebook have as outputs."""
    if not path.is_file() or path.stat().st_size > 2**31:
        return ""
    cells = json.loads(path.read_bytes())["cells"]
    return json.dumps([cell.get("outputs") for cell in cells])


def _written() -> set[str]:
    """List what is not as it was: changed, new or missing, other than results."""
    before = json.loads((HOME / "before.json").read_text())
    after = classroom.inventory(HOME, skip=RESULTS)
    own = {"notes.json", "before.json", "log", "course/class/gradebook.db"}
    changed = {path for path in before | after if before.get(path) != after.get(path)}
    return {
        path
        for path in changed - own
        if not path.startswith((".cache", ".local", ".ipython", ".jupyter/migrated"))
        or "OWNED" in str(after.get(path))
    }


if __name__ == "__main__":
    action, name = sys.argv[1:3]
    if action == "run":
        run(name, float(sys.argv[3]))
    else:
        print(json.dumps(look(name)))
