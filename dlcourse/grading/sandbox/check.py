"""Whether there can be a sandbox here; if not, why, and what to do about it."""

from __future__ import annotations

import functools
import os
import shutil
import subprocess
import sys
from itertools import takewhile
from pathlib import Path

import dlcourse
from dlcourse.grading.sandbox import mounts, outside

_OLDEST = (5, 14)  # of Linux: limits on processes count in each sandbox for itself
_PATIENCE = 60  # seconds; a trial takes a tenth of one
_INSTEAD = "or grade without protection by `--sandbox none`, on a machine you can lose"

# Settings that forbid user namespaces at this value, and their values that allow them.
SETTINGS = (
    ("kernel.unprivileged_userns_clone", 0, 1),
    ("user.max_user_namespaces", 0, 10_000),
    ("kernel.apparmor_restrict_unprivileged_userns", 1, 0),
)
_SYSCTL = Path("/proc/sys")
_CONTAINER = "--security-opt seccomp=unconfined --security-opt systempaths=unconfined"


@functools.cache
def problem() -> str:
    """Say in one sentence why there can be no sandbox and what to do, or ""."""
    reason = _missing() or _trial()
    return f"{reason}, {_INSTEAD}." if reason else ""


def _missing() -> str:
    if sys.platform != "linux":
        return f"The sandbox needs Linux, and this is {sys.platform}: grade on Linux"
    release = _release()
    if tuple(map(_number, release.split(".")[:2])) < _OLDEST:
        oldest = ".".join(map(str, _OLDEST))
        return f"The sandbox needs Linux {oldest}, and this is {release}: update it"
    if hidden := next(filter(_is_covered, outside.needed()), None):
        return (
            f"Each sandbox has a /tmp of its own, and {hidden} is needed in it: move "
            "the course or its environment elsewhere"
        )
    programs = {"bwrap": "bubblewrap"}
    if outside.changes_user():
        programs["setpriv"] = "util-linux"
    for program, package in programs.items():
        if shutil.which(program) is None:
            return (
                f"The sandbox needs the program {program}: run `apt-get install "
                f"{package}` (or your system's like)"
            )
    return ""


def _is_covered(path: Path) -> bool:
    return any(path.is_relative_to(own) for own in ("/tmp", "/dev/shm", mounts.HOME))


def _release() -> str:
    return os.uname().release


def _number(text: str) -> int:
    digits = "".join(takewhile(str.isdigit, text))
    return int(digits or 0)


def _trial() -> str:
    """Make a sandbox; what stands in the way."""
    program = [sys.executable, "-P", "-m", "dlcourse.grading.sandbox.trial"]
    environment = {"PATH": os.defpath, "HOME": mounts.HOME, "LANG": "C.UTF-8"}
    try:
        done = subprocess.run(
            outside.command(program),
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            timeout=_PATIENCE,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return f"A sandbox is not ready after {_PATIENCE} s: try again with less load"
    return _diagnose(done.stdout) if done.returncode else ""


def _diagnose(said: str) -> str:
    """Tell from what a failed trial said what to do."""
    last = (said.strip().splitlines() or ["it said nothing"])[-1]
    if "seccomp" in last:
        return "The sandbox needs libseccomp: run `apt-get install libseccomp2`"
    if "mount /proc" in last:
        return (
            "The sandbox needs a /proc of its own, and a container that hides parts of "
            f"/proc forbids it: start the container with `{_CONTAINER}`"
        )
    if "namespace" in last or "uid map" in last:
        return _about_namespaces()
    if "No module named" in last or "failed to execute" in last or "execvp" in last:
        folders = {sys.prefix, sys.base_prefix, str(Path(dlcourse.__file__).parent)}
        return (
            f"The sandbox's user cannot read Python or the course's code ({last}): "
            "install the course by `pip install -e .`, and run `chmod -R o+rX "
            f"{' '.join(sorted(folders))}`"
        )
    return f"The sandbox does not work here ({last}): mend that"


def _about_namespaces() -> str:
    for name, forbids, allows in SETTINGS:
        file = Path(_SYSCTL, name.replace(".", "/"))
        if file.exists() and int(file.read_text()) == forbids:
            return (
                f"The sandbox needs user namespaces, which {name} forbids: run `sudo "
                f"sysctl -w {name}={allows}`"
            )
    return (
        "The sandbox needs user namespaces, which this machine forbids: if it is a "
        f"container, start it with `{_CONTAINER}`, else ask who runs it to allow them"
    )
