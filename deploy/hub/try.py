"""A JupyterHub with this course on one's own computer, for trying: `make hub`.

It needs no root and makes no accounts. Everything lies below ``_build/hub``: homes, the
exchange, and a copy of the course for the account that grades, so that the clone's own
``class/`` is left alone. For trying only: see ``try_config.py``.
"""

from __future__ import annotations

import argparse
import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path

import classroom

HERE = Path(__file__).resolve().parent
# nbgrader starts programs of its environment by their names.
PATH = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
STUDENTS = ("ada", "ben")
INSTRUCTORS = ("instructor",)
STARTS_WITHIN = 120  # seconds


class TrialError(Exception):
    """The hub cannot be tried; the sentence says why, and what to do."""


@dataclass
class Trial:
    """A hub for trying.

    Attributes:
        folder: where everything of it lies.
        course: the course that is tried: a clone, or a folder that looks like one.
        assignment: released to the students before the hub starts.
        port: where browsers find it.
        password: everybody's.
    """

    folder: Path
    course: Path
    assignment: str
    port: int
    password: str = field(default_factory=lambda: secrets.token_urlsafe(9))

    @property
    def clone(self) -> Path:
        """The copy of the course that the grading account works in."""
        return self.folder / "home" / classroom.ACCOUNT / classroom.COURSE

    @property
    def url(self) -> str:
        """Where browsers find the hub."""
        return f"http://127.0.0.1:{self.port}"

    def prepare(self) -> None:
        """Make homes, exchange and course, and release the assignment."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self.folder.chmod(0o700)  # all homes belong to one Unix user
        for name in (*STUDENTS, *INSTRUCTORS):
            (self.folder / "home" / name).mkdir(parents=True, exist_ok=True)
        exchange = self.folder / "exchange"
        exchange.mkdir(exist_ok=True)
        exchange.chmod(0o777)  # nbgrader asks for it
        self._copy_course()
        if not (exchange / classroom.COURSE / "outbound" / self.assignment).is_dir():
            print(f"Releasing {self.assignment}", flush=True)
            self._run("from dlcourse.cli import main", "release", self.assignment)
            command = (
                "from nbgrader.apps import NbGraderApp as A; main = A.launch_instance"
            )
            self._run(command, "release_assignment", self.assignment)

    def _copy_course(self) -> None:
        self.clone.mkdir(parents=True, exist_ok=True)
        for name in ("nbgrader_config.py", "_toc.yml"):
            shutil.copy(self.course / name, self.clone)
        shutil.copytree(
            self.course / "solutions", self.clone / "solutions", dirs_exist_ok=True
        )

    def _run(self, setting_up: str, *arguments: str) -> None:
        """Run a program of the course as the grading account would."""
        done = subprocess.run(
            [sys.executable, "-c", f"{setting_up}; main()", *arguments],
            cwd=self.clone,
            env={
                **os.environ,
                "PATH": PATH,
                "HOME": str(self.clone.parent),
                "DLCOURSE_EXCHANGE": str(self.folder / "exchange"),
                "JUPYTER_CONFIG_PATH": f"{HERE}/course{os.pathsep}{HERE}/everybody",
            },
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        if done.returncode != 0:
            raise TrialError(f"{' '.join(arguments)} failed: {done.stdout.strip()}")

    def start(self) -> subprocess.Popen[bytes]:
        """Start the hub, and wait until it answers."""
        log = self.folder / "hub.log"
        config = HERE / "try_config.py"
        with log.open("wb") as stream:
            hub = subprocess.Popen(
                [sys.executable, "-m", "jupyterhub", f"--config={config}"],
                cwd=self.folder,
                env={
                    **os.environ,
                    "PATH": PATH,
                    "DLCOURSE_TRIAL": json.dumps(self._settings()),
                },
                stdout=stream,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # Ctrl-C is ours: we stop the hub in order
            )
        until = time.monotonic() + STARTS_WITHIN
        while not _answers(f"{self.url}/hub/health"):
            if hub.poll() is not None or time.monotonic() > until:
                stop(hub)
                last = "\n".join(log.read_text().splitlines()[-5:])
                raise TrialError(f"JupyterHub did not start; {log} ends with:\n{last}")
            time.sleep(0.3)
        return hub

    def _settings(self) -> dict[str, object]:
        hub_port, proxy_port = free_ports(2)
        return {
            "folder": str(self.folder),
            "instructors": INSTRUCTORS,
            "students": STUDENTS,
            "password": self.password,
            "port": self.port,
            "hub_port": hub_port,
            "proxy_port": proxy_port,
            "proxy": install_proxy(self.folder / "proxy"),
        }


def install_proxy(folder: Path) -> list[str]:
    """Install configurable-http-proxy by npm, unless it is there; how to start it."""
    command = classroom.proxy_command(folder)
    wanted, lock = HERE / "proxy/package-lock.json", folder / "package-lock.json"
    there = Path(command[-1]).is_file() and lock.is_file()
    if not (there and lock.read_bytes() == wanted.read_bytes()):
        print("Installing the proxy by npm", flush=True)
        folder.mkdir(exist_ok=True)
        for name in ("package.json", "package-lock.json"):
            shutil.copy(HERE / "proxy" / name, folder)
        quiet = ("--no-audit", "--no-fund", "--silent")
        npm = classroom.node() / "lib/node_modules/npm/bin/npm-cli.js"
        install = [command[0], str(npm), "ci", *quiet]
        if subprocess.run(install, cwd=folder, check=False).returncode:
            raise TrialError(
                f"npm could not install the proxy; try `npm ci` in {folder} and see."
            )
    return command


def free_ports(number: int) -> list[int]:
    """Find ports that nobody listens on."""
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(number)]
    ports = [one.getsockname()[1] for one in sockets]
    for one in sockets:
        one.close()
    return ports


def stop(hub: subprocess.Popen[bytes]) -> None:
    """Stop the hub with its proxy and all servers."""
    if hub.poll() is None:
        hub.send_signal(signal.SIGTERM)
        try:
            hub.wait(30)
        except subprocess.TimeoutExpired:
            hub.kill()
            hub.wait()


def _answers(url: str) -> bool:
    try:
        urllib.request.urlopen(url, timeout=5).close()
    except OSError:
        return False
    return True


def main() -> None:
    """Try the hub until Ctrl-C."""
    parser = argparse.ArgumentParser(description="A JupyterHub for trying the course.")
    parser.add_argument(
        "--port", type=int, default=8000, help="0 takes any that is free"
    )
    parser.add_argument("--assignment", default="lab01-tensors")
    parser.add_argument("--course", type=Path, default=HERE.parents[1])
    parser.add_argument("--folder", type=Path, default=Path("_build/hub"))
    wishes = parser.parse_args()
    trial = Trial(
        wishes.folder.resolve(),
        wishes.course.resolve(),
        wishes.assignment,
        wishes.port or free_ports(1)[0],
    )
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        trial.prepare()
        hub = trial.start()
    except TrialError as error:
        print(f"hub: {error}", file=sys.stderr)
        sys.exit(2)
    print(
        f"\nOpen {trial.url}  (Ctrl-C stops)\n"
        f"Students:   {', '.join(STUDENTS)}\n"
        f"Instructor: {', '.join(INSTRUCTORS)}; formgrader at "
        f"{trial.url}/user/{classroom.ACCOUNT}/\n"
        f"Password:   {trial.password}, for everybody\n"
        "For trying only: all of them are one user of this computer.",
        flush=True,
    )
    try:
        hub.wait()
    except KeyboardInterrupt:
        print("\nStopping")
    finally:
        stop(hub)


if __name__ == "__main__":
    main()
