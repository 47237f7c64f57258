"""Several people on one machine: Unix accounts that exist in a sandbox only.

Each command runs in a bubblewrap sandbox of its own, under the numeric user id of one
person. The sandbox shows the machine read-only, with a made-up user database, homes and
an exchange that outlive the command, and of the course's clone nothing but the package.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import dlcourse

FIRST_ID = 48101  # unlikely to be anybody's on the machine, and it does not matter
EXCHANGE = Path("/srv/exchange")
REMEDY = "or set DLCOURSE_NO_CYCLE=1 to go without these tests"


class NoAccountsError(Exception):
    """This machine cannot play several users; the sentence says what it lacks."""


class CommandError(Exception):
    """A person's command failed; with what it said."""


class Accounts:
    """People, their homes below /home, and an exchange that all may write to."""

    def __init__(self, *people: str) -> None:
        self.ids = {name: FIRST_ID + i for i, name in enumerate(people)}
        self.root = become_root()
        self.base = Path(tempfile.mkdtemp(prefix="dlcourse-accounts-"))
        self._furnish()
        problem = (
            f"bubblewrap cannot make a sandbox; run where root may mount, {REMEDY}"
        )
        try:
            self.run(people[0], "true")
            problem = (
                f"others may not read {sys.prefix} or {sys.base_prefix}; run `chmod -R "
                f"o+rX` on both, {REMEDY}"
            )
            self.run(people[0], "python", "-c", "import dlcourse, nbgrader")
        except CommandError as error:
            self.close()
            raise NoAccountsError(f"{problem} ({error}).") from error

    def _furnish(self) -> None:
        homes = {name: self.base / "home" / name for name in self.ids}
        exchange = self.base / "srv/exchange"
        for folder in (*homes.values(), exchange):
            folder.mkdir(parents=True)
        (self.base / "passwd").write_text(
            "root:x:0:0::/root:/bin/sh\n"
            + "".join(
                f"{n}:x:{i}:{i}::/home/{n}:/bin/sh\n" for n, i in self.ids.items()
            )
        )
        (self.base / "group").write_text(
            "root:x:0:\n" + "".join(f"{n}:x:{i}:\n" for n, i in self.ids.items())
        )
        for folder in (self.base / "home", self.base / "srv"):
            folder.chmod(0o755)
        exchange.chmod(0o777)
        for name, home in homes.items():
            home.chmod(0o700)
            self._as_root("chown", f"{self.ids[name]}:{self.ids[name]}", str(home))
        owner = next(iter(self.ids.values()))
        self._as_root("chown", f"{owner}:{owner}", str(exchange))

    def _as_root(self, *command: str) -> None:
        subprocess.run([*self.root, *command], check=True)

    def run(self, person: str, *command: str, stdin: bytes = b"") -> str:
        """Run a command in a person's home; what it says.

        Raises:
            CommandError: if it fails.
        """
        number = str(self.ids[person])
        sandbox = [*self.root, "bwrap", *self._mounts(), *_environment(person)]
        change = ["setpriv", "--reuid", number, "--regid", number, "--clear-groups"]
        done = subprocess.run(
            [*sandbox, *change, "--inh-caps=-all", *command],
            input=stdin,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=300,
            check=False,
        )
        said = done.stdout.decode(errors="replace")
        if done.returncode != 0:
            raise CommandError(f"{person}: {' '.join(command)}: {said.strip()}")
        return said

    def may(self, person: str, command: str) -> bool:
        """Tell whether a person can do what a shell command does."""
        try:
            self.run(person, "sh", "-c", command)
        except CommandError:
            return False
        return True

    def write(self, person: str, path: str, content: bytes) -> None:
        """Write a file as a person."""
        script = 'mkdir -p "$(dirname "$0")" && cat > "$0"'
        self.run(person, "sh", "-c", script, path, stdin=content)

    def read(self, person: str, path: str) -> str:
        """Read a file as a person."""
        return self.run(person, "cat", path)

    def close(self) -> None:
        """Take everything away."""
        self._as_root("rm", "-rf", str(self.base))

    def _mounts(self) -> list[str]:
        mounts = machine(self.base, "/home", "/srv")
        for file in ("passwd", "group"):
            mounts += ["--ro-bind", str(self.base / file), f"/etc/{file}"]
        return [*mounts, "--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID"]


def machine(base: Path, *own: str) -> list[str]:
    """Show this machine, with folders of one's own, and Python readable to all.

    Args:
        base: where the folders of one's own are.
        own: folders such as `/home`, which become those below ``base``.

    Returns:
        Arguments for bubblewrap; of the course's clone only the package is shown.
    """
    package = Path(dlcourse.__file__).parent
    needed = {Path(sys.prefix), Path(sys.base_prefix), package}
    clone = Path(__file__).resolve().parents[2]
    people = {Path(folder) for folder in own}
    covered = {clone, Path("/tmp"), *people}
    covered.update(filter(None, map(_closed_above, needed)))
    covered = {path for path in covered if not covered.intersection(path.parents)}
    mounts = ["--ro-bind", "/", "/", "--dev", "/dev"]
    # Grading makes sandboxes within, which takes a /proc in full view.
    mounts += ["--bind", "/proc", "/proc", "--die-with-parent"]
    for folder in sorted(covered - people):
        mode = "1777" if folder == Path("/tmp") else "0755"
        mounts += ["--perms", mode, "--tmpfs", str(folder)]
    for folder in sorted(people):
        mounts += ["--bind", f"{base}{folder}", str(folder)]
    for path in sorted(needed):
        # What the covers hid comes back, on a way that everybody may walk.
        for parent in reversed(path.parents):
            if covered.intersection(parent.parents):
                mounts += ["--perms", "0755", "--dir", str(parent)]
        mounts += ["--ro-bind", str(path), str(path)]
    return mounts


def become_root() -> list[str]:
    """Say how this process gets root's rights: nothing before a command, or sudo."""
    for program in ("bwrap", "setpriv"):
        if shutil.which(program) is None:
            raise NoAccountsError(
                f"{program} is missing; run `apt-get install bubblewrap util-linux` "
                f"(or your system's like), {REMEDY}."
            )
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo"):
        trial = ["sudo", "-n", "true"]
        if subprocess.run(trial, capture_output=True, check=False).returncode == 0:
            return ["sudo", "-n"]
    raise NoAccountsError(
        "changing the user takes root; run the tests as root, or give this account "
        f"sudo without a password, {REMEDY}."
    )


def _closed_above(path: Path) -> Path | None:
    """Find the topmost folder on the way to a path that others may not enter."""
    return next(
        (one for one in reversed(path.parents) if not one.stat().st_mode & 0o001), None
    )


def _environment(person: str) -> list[str]:
    variables = {
        "PATH": f"{Path(sys.executable).parent}:/usr/local/bin:/usr/bin:/bin",
        "HOME": f"/home/{person}",
        "USER": person,
        "LANG": "C.UTF-8",
        "OMP_NUM_THREADS": "1",
        "DLCOURSE_DATA": "offline",
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    arguments = ["--clearenv", "--chdir", f"/home/{person}"]
    for name, value in variables.items():
        arguments += ["--setenv", name, value]
    return arguments
