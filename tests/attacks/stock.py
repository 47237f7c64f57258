"""Runs every attack against stock nbgrader, one at a time, and records what happens.

    python -m tests.attacks.stock [--scratch FOLDER] [--again] [NAME ...]

needs root, bubblewrap and setpriv. Stock nbgrader runs what is handed in with the
rights of whoever grades, so each run is shut into a sandbox of its own: no network,
another user, a home and a /tmp that are thrown away, limits on time, memory, processes.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import platform
import shutil
import subprocess
import sys
import time
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import dlcourse

from . import classroom
from .catalogue import ATTACKS
from .kit import NAME, RIGHT, Aims, Attack, Work
from .outputs import PAGE
from .stock_inside import PORT, RESULTS, SOCKET

RECORDS = Path(__file__).with_name("stock.json")
ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 90  # seconds for nbgrader, which gives a cell 30
USER = 48777  # unlikely to be anybody's, and it does not matter
HOME = "/home/teacher"
LIMITS = {"nproc": 1500, "fsize": 2 * 2**30, "data": 16 * 2**30, "core": 0}
EMPTY = {"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
# Stock nbgrader with nothing but the course's folders.
FOLDERS = """
c = get_config()
c.CourseDirectory.source_directory = "_build/nbgrader/source"
c.CourseDirectory.release_directory = "exercises"
c.CourseDirectory.submitted_directory = "class/submitted"
c.CourseDirectory.autograded_directory = "class/autograded"
c.CourseDirectory.feedback_directory = "class/feedback"
c.CourseDirectory.db_url = "sqlite:///class/gradebook.db"
"""
ENVIRONMENT = {
    "PATH": f"{Path(sys.executable).parent}:/usr/bin:/bin",
    "HOME": HOME,
    "LANG": "C.UTF-8",
    "OMP_NUM_THREADS": "1",
    "PYTHONDONTWRITEBYTECODE": "1",
    "PYTHONPATH": "/srv/suite",
    "PYTHONWARNINGS": "ignore",
}


def prepare(base: Path) -> None:
    """Make a home with a course in which one neighbour is graded already."""
    course = base / "course"
    source = course / "_build/nbgrader/source" / NAME / f"{NAME}.ipynb"
    written = course / "solutions" / NAME / f"{NAME}.md"
    for folder in (source.parent, written.parent, course / "class"):
        folder.mkdir(parents=True)
    classroom.furnish(base)
    shutil.copy(Path(__file__).with_name("assignment.md"), written)
    _run([sys.executable, "-m", "jupytext", "-o", str(source), str(written)], course)
    (course / "nbgrader_config.py").write_text(FOLDERS)
    nbgrader = [sys.executable, "-m", "nbgrader"]
    _run([*nbgrader, "generate_assignment", NAME], course)
    release = json.loads((course / "exercises" / NAME / f"{NAME}.ipynb").read_text())
    (base / "release.json").write_text(json.dumps(release))
    secret = classroom.SECRETS["gradebook"]
    student = ["db", "student", "add", classroom.NEIGHBOUR, "--first-name", secret]
    _run([*nbgrader, *student], course)
    work = Work(release, aims(), classroom.NEIGHBOUR, tuple(RIGHT))
    work.last(f"# {classroom.SECRETS['submission']}\n")
    classroom.place(work, course / "class/submitted")
    _run([*nbgrader, "autograde", NAME], course)
    last = course / "class/submitted/zz-last" / NAME
    last.mkdir(parents=True)
    (last / f"{NAME}.ipynb").write_text(json.dumps(EMPTY))


def aims() -> Aims:
    """Tell attacks where everything is inside."""
    return Aims(HOME, f"{HOME}/course", PORT, SOCKET)


def _run(command: list[str], folder: Path) -> None:
    environment = {**os.environ, "PYTHONWARNINGS": "ignore"}
    # nbgrader looks for alembic on the path.
    environment["PATH"] = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    subprocess.run(
        command, cwd=folder, env=environment, check=True, capture_output=True
    )


def shut_in(home: Path, *command: str) -> list[str]:
    """Build the command that runs another as the teacher, shut in."""
    mounts = ["--perms", "0755", "--tmpfs", "/", "--dev", "/dev", "--proc", "/proc"]
    mounts += ["--size", str(3 * 2**30), "--perms", "1777", "--tmpfs", "/tmp"]
    for path in ("/usr", "/bin", "/lib", "/lib64", "/etc"):
        mounts += ["--ro-bind-try", path, path]
    package = Path(dlcourse.__file__).parent
    for path in (Path(sys.prefix), Path(sys.base_prefix), package):
        for parent in reversed(path.parents[:-1]):
            mounts += ["--perms", "0755", "--dir", str(parent)]
        mounts += ["--ro-bind", str(path), str(path)]
    suite = Path(__file__).parent
    for parent in ("/srv", "/srv/suite", "/home"):
        mounts += ["--perms", "0755", "--dir", parent]
    mounts += ["--ro-bind", str(suite), "/srv/suite/attacks"]
    mounts += ["--bind", str(home), HOME, "--chdir", HOME]
    alone = ["--unshare-pid", "--unshare-net", "--unshare-ipc", "--unshare-uts"]
    sandbox = ["bwrap", *mounts, *alone, "--die-with-parent", "--new-session"]
    sandbox += ["--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID", "--clearenv"]
    for name, value in ENVIRONMENT.items():
        sandbox += ["--setenv", name, value]
    change = ["setpriv", f"--reuid={USER}", f"--regid={USER}", "--clear-groups"]
    change += ["--inh-caps=-all", "--no-new-privs"]
    limits = ["prlimit", *(f"--{name}={value}" for name, value in LIMITS.items())]
    return [*limits, *sandbox, *change, *command]


def attempt(attack: Attack, base: Path, scratch: Path) -> dict[str, Any]:
    """Make one attack and find out what came of it."""
    home = scratch / "home"
    shutil.rmtree(home, ignore_errors=True)
    shutil.copytree(base, home, symlinks=True)
    release = json.loads((base / "release.json").read_text())
    work = attack.build(release, aims())
    classroom.place(work, home / "course/class/submitted")
    (home / "before.json").write_text(json.dumps(classroom.inventory(home, RESULTS)))
    subprocess.run(["chown", "-Rh", f"{USER}:{USER}", str(home)], check=True)
    inside = [sys.executable, "-m", "attacks.stock_inside"]
    student = work.student
    with contextlib.suppress(subprocess.TimeoutExpired):
        subprocess.run(
            shut_in(home, *inside, "run", student, str(PATIENCE)),
            timeout=PATIENCE + 20,
            capture_output=True,
            check=False,
        )
    if attack.group == PAGE:
        ENVIRONMENT["FEEDBACK"] = student
    done = subprocess.run(
        shut_in(home, *inside, "look", student),
        timeout=180,
        capture_output=True,
        text=True,
        check=False,
    )
    ENVIRONMENT.pop("FEEDBACK", None)
    if done.returncode:
        return {"lost": done.stderr.strip().splitlines()[-1:]}
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def main() -> None:
    """Run what is asked for, and keep records after each attack."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("names", nargs="*")
    asked.add_argument("--scratch", type=Path, default=Path("/tmp/stock-attacks"))
    asked.add_argument("--again", action="store_true", help="also what is recorded")
    chosen = asked.parse_args()
    scratch: Path = chosen.scratch
    base = scratch / "base"
    if not (base / "release.json").is_file():
        shutil.rmtree(base, ignore_errors=True)
        prepare(base)
    records = json.loads(RECORDS.read_text()) if RECORDS.exists() else {}
    found = records.setdefault("attacks", {})
    for name in chosen.names or ATTACKS:
        if name in found and not chosen.again:
            continue
        start = time.monotonic()
        found[name] = attempt(ATTACKS[name], base, scratch)
        records["date"] = datetime.now(UTC).date().isoformat()
        records["versions"] = {
            "nbgrader": version("nbgrader"),
            "nbclient": version("nbclient"),
            "ipykernel": version("ipykernel"),
            "Python": platform.python_version(),
        }
        known = {one: found[one] for one in ATTACKS if one in found}
        records["attacks"] = found = known
        RECORDS.write_text(json.dumps(records, indent=1, sort_keys=True) + "\n")
        print(f"{name}: {time.monotonic() - start:.0f} s {found[name]}", flush=True)


if __name__ == "__main__":
    main()
