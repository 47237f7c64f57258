"""Playing an ordinary user: as root, a command runs as somebody without any rights.

bubblewrap changes the user, since Python may lie under root's home, which others cannot
enter: in there, the way to it is open. An ordinary user simply runs the command.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ORDINARY = 48101  # unlikely to be anybody's on the machine
CLONE = Path(__file__).resolve().parents[2]
HOME = "/home/ordinary"
PATIENCE = 300  # seconds


def as_user(
    *command: str, timeout: float = PATIENCE
) -> subprocess.CompletedProcess[str]:
    """Run a command in the course's clone as a user without rights; what it says.

    The clone and the system are read-only, /tmp and HOME empty. Standard output and
    error come together, in ``stdout``. The caller looks at ``returncode``.
    """
    own = str(Path(sys.executable).parent)
    environment = {**os.environ, "PATH": f"{own}:{os.environ['PATH']}"}
    if os.geteuid() == 0:
        command = (*_room(), *command)
        environment["HOME"] = HOME
        environment.pop("XDG_CACHE_HOME", None)
        environment["HYPOTHESIS_STORAGE_DIRECTORY"] = f"{HOME}/hypothesis"
    return subprocess.run(
        command,
        cwd=CLONE,
        env={**environment, "PYTHONDONTWRITEBYTECODE": "1"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=timeout,
        check=False,
    )


def _room() -> list[str]:
    needed = sorted({Path(sys.prefix), Path(sys.base_prefix), CLONE})
    covered = {Path("/tmp"), Path("/home"), *filter(None, map(_closed_above, needed))}
    room = ["bwrap", "--ro-bind", "/", "/", "--dev", "/dev", "--unshare-pid"]
    room += ["--die-with-parent", "--new-session"]
    # As on any machine; bubblewrap's own is for its first user alone.
    room += ["--perms", "1777", "--tmpfs", "/dev/shm"]
    for folder in sorted(covered):
        mode = "1777" if folder == Path("/tmp") else "0755"
        room += ["--perms", mode, "--tmpfs", str(folder)]
    for path in needed:
        for parent in reversed(path.parents):
            if covered.intersection(parent.parents):
                room += ["--perms", "0755", "--dir", str(parent)]
        room += ["--ro-bind", str(path), str(path)]
    room += ["--perms", "0777", "--tmpfs", HOME, "--chdir", str(CLONE)]
    for right in ("SYS_ADMIN", "SETUID", "SETGID"):
        room += ["--cap-add", f"CAP_{right}"]
    # Not bubblewrap's own /proc, which is partly covered: a sandbox within could not
    # mount another.
    mount = 'mount -t proc proc /proc && exec setpriv "$@"'
    number = str(ORDINARY)
    return [
        *(*room, "sh", "-c", mount, "setpriv", "--reuid", number, "--regid", number),
        *("--clear-groups", "--inh-caps=-all", "--bounding-set=-all", "--"),
    ]


def _closed_above(path: Path) -> Path | None:
    """Find the topmost folder on the way to a path that others may not enter."""
    return next(
        (one for one in reversed(path.parents) if not one.stat().st_mode & 0o001), None
    )
