"""A server set up by the commands of deploy/hub/README.md, with accounts of its own.

It is this machine with an ``/etc``, ``/home``, ``/srv`` and ``/opt`` of its own, seen
from a sandbox in which root is root: accounts are made, people log in by PAM, and
their servers run as them. Not played are packages of the system, the installation (this
environment stands for it), TLS, and systemd, whose unit is read here.
"""

from __future__ import annotations

import configparser
import re
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Mapping, Sequence
from pathlib import Path

import psutil

from ..grading.accounts import NoAccountsError, become_root, machine

ENVIRONMENT = Path("/opt/course")  # of the README
REPOSITORY = "/mnt/course"  # stands for its address
OWN = ("/etc", "/home", "/mnt", "/opt", "/srv")
VARIABLES = {
    "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
    "HOME": "/root",
    "LANG": "C.UTF-8",
}
STARTS_WITHIN = 120  # seconds
REMEDY = (
    "run where root may mount, or set DLCOURSE_NO_CYCLE=1 to go without these tests"
)


class Server:
    """The server.

    Attributes:
        url: where browsers find the hub, once it was started.
        password: of every account.
        base: the folder with all that is the server's own.
    """

    def __init__(self) -> None:
        self.password = "correct-horse-battery"
        self.url = ""
        self._root = become_root()
        self._hub: subprocess.Popen[bytes] | None = None
        self.base = Path(tempfile.mkdtemp(prefix="dlcourse-hub-"))
        self.base.chmod(0o755)
        for folder in (*OWN[1:], str(ENVIRONMENT)):
            (self.base / folder[1:]).mkdir(exist_ok=True)
        self.as_root("cp", "-a", "/etc", str(self.base / "etc"))
        try:
            self.run("true")
        except AssertionError as error:
            self.close()
            raise NoAccountsError(f"{error}; {REMEDY}.") from error

    def as_root(self, *command: str) -> None:
        """Run a command of this machine as its root."""
        subprocess.run([*self._root, *command], check=True)

    def run(self, script: str, person: str = "root") -> str:
        """Run a script on the server; what it says."""
        change = [] if person == "root" else ["runuser", "-l", person, "-c"]
        shell = [] if change else ["bash", "-euc"]
        done = subprocess.run(
            self._inside(*change, *shell, script),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=300,
            check=False,
        )
        assert done.returncode == 0, f"{script}\n{done.stdout}"
        return done.stdout

    def start(self, unit: str, ports: Sequence[int]) -> None:
        """Start the hub as systemd would, but at ports that are free here."""
        parser = configparser.ConfigParser(interpolation=None)
        parser.optionxform = str  # type: ignore[assignment,method-assign]
        parser.read_string(unit)
        service = parser["Service"]
        addresses = [f"http://127.0.0.1:{port}" for port in ports]
        self.url = addresses[0]
        script = (
            f"cd {service['WorkingDirectory']}; exec env -i {service['Environment']} "
            f"HOME=/root LANG=C.UTF-8 {service['ExecStart']} "
            f"--JupyterHub.bind_url={addresses[0]} "
            f"--JupyterHub.hub_bind_url={addresses[1]} "
            f"--ConfigurableHTTPProxy.api_url={addresses[2]}"
        )
        with (self.base / "hub.log").open("wb") as log:
            self._hub = subprocess.Popen(
                self._inside("bash", "-euc", script), stdout=log, stderr=log
            )
        until = time.monotonic() + STARTS_WITHIN
        while not self._answers():
            ended = self._hub.poll() is not None or time.monotonic() > until
            assert not ended, f"the hub did not start:\n{self.log[-2000:]}"
            time.sleep(0.3)

    @property
    def log(self) -> str:
        """What the hub and all servers said."""
        return (self.base / "hub.log").read_text(errors="replace")

    def close(self) -> None:
        """Stop all that runs on the server, and take it away."""
        if self._hub:
            # Its end is that of all in its namespace; it does not hear other signals.
            for process in psutil.process_iter(["cmdline"]):
                words = process.info["cmdline"] or [""]
                if words[0] == "unshare" and str(self.base / "etc") in words:
                    self.as_root("kill", "-KILL", str(process.pid))
            self._hub.wait(60)
        self.as_root("rm", "-rf", str(self.base))

    def _answers(self) -> bool:
        try:
            urllib.request.urlopen(f"{self.url}/hub/health", timeout=5).close()
        except OSError:
            return False
        return True

    def _inside(self, *command: str) -> list[str]:
        # Processes of its own, so that none outlives it.
        new = ["unshare", "--pid", "--fork", "--mount-proc", "--kill-child"]
        mounts = machine(self.base, *OWN)
        for part in sorted(Path(sys.prefix).iterdir()):
            if part.name in ("bin", "etc", "include", "lib", "pyvenv.cfg", "share"):
                mounts += ["--ro-bind", str(part), str(ENVIRONMENT / part.name)]
        # Other variables stay: an installation may need them to reach its registry.
        variables = []
        for name, value in VARIABLES.items():
            variables += ["--setenv", name, value]
        return [*self._root, *new, "bwrap", *mounts, *variables, "--cap-add", "ALL",
                "--chdir", "/", "--", *command]  # fmt: skip


class Readme:
    """The steps of a page, each a block of commands."""

    def __init__(self, text: str) -> None:
        found = re.findall(r"^```bash\n(.*?)^```", text, re.DOTALL | re.MULTILINE)
        self.steps: list[str] = found

    def step(self, holds: str, instead: Mapping[str, str] | None = None) -> str:
        """Find the step that holds a text, with something else in its place."""
        (found,) = (one for one in self.steps if holds in one)
        for old, new in (instead or {}).items():
            assert old in found, f"{old} is not in:\n{found}"
            found = found.replace(old, new)
        return found
