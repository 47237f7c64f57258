"""A PostgreSQL server of one's own, on a socket in a private folder."""

from __future__ import annotations

import os
import pwd
import secrets
import shutil
import subprocess
import tempfile
from pathlib import Path
from urllib.parse import quote

# It has to be written differently in an address.
PASSWORD = "p@ss/" + secrets.token_hex(8)


class NoServerError(Exception):
    """PostgreSQL cannot be started; the sentence says what is missing."""


class Server:
    """Runs until ``close``; never as root, which PostgreSQL refuses."""

    def __init__(self, durable: bool = False) -> None:
        """Make an empty server and start it.

        Args:
            durable: whether it waits for the disk at each commit, as a real one does.

        Raises:
            NoServerError: if PostgreSQL is missing, or does not start.
        """
        self.durable = durable
        self.folder = Path(tempfile.mkdtemp(prefix="dlcourse-pg-"))
        self.log = self.folder / "log"
        self._as: list[str] = []
        try:
            self.programs = _programs()
            if os.geteuid() == 0:
                nobody = pwd.getpwnam("nobody")
                os.chown(self.folder, nobody.pw_uid, nobody.pw_gid)
                ids = [f"--reuid={nobody.pw_uid}", f"--regid={nobody.pw_gid}"]
                self._as = ["setpriv", *ids, "--clear-groups"]
            secret = self.folder / "password"
            secret.write_text(PASSWORD)
            secret.chmod(0o644)  # in a folder that nobody else can enter
            wishes = ["--username=keeper", "--auth=scram-sha-256", "--encoding=UTF8"]
            self._run("initdb", *wishes, f"--pwfile={secret}")
            self.start()
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Server:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def start(self) -> None:
        """Start the server and wait until it listens."""
        settings = f"-c listen_addresses= -c unix_socket_directories={self.folder}"
        settings += " -c shared_buffers=16MB"
        if not self.durable:
            # Nothing here outlives the test: a crash of the machine may cost it all.
            settings += " -c fsync=off"
        wishes = ["--wait", f"--log={self.log}", f"--options={settings}"]
        self._run("pg_ctl", *wishes, "start")

    def stop(self) -> None:
        """Stop the server, throwing out whoever is connected."""
        self._run("pg_ctl", "--wait", "--mode=immediate", "stop")

    def url(self, database: str = "postgres", password: str = PASSWORD) -> str:
        """Give the address of a database."""
        user = f"keeper:{quote(password, safe='')}"
        return f"postgresql+psycopg://{user}@/{database}?host={self.folder}"

    def close(self) -> None:
        """Stop the server and take everything away."""
        if (self.folder / "data/postmaster.pid").exists():
            self.stop()
        shutil.rmtree(self.folder)

    def _run(self, program: str, *arguments: str) -> None:
        command = [*self._as, str(self.programs / program), *arguments]
        environment = {**os.environ, "PGDATA": str(self.folder / "data"), "LC_ALL": "C"}
        # A file, because the server that pg_ctl starts would hold a pipe open.
        with (self.folder / "said").open("w+") as said:
            done = subprocess.run(
                command,
                env=environment,
                cwd=self.folder,
                stdout=said,
                stderr=subprocess.STDOUT,
                timeout=120,
                check=False,
            )
            said.seek(0)
            if done.returncode:
                raise NoServerError(f"{program}: {said.read()}")


def _programs() -> Path:
    found = shutil.which("initdb")
    candidates = [Path(found).resolve().parent] if found else []
    candidates += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    for folder in candidates:
        if (folder / "initdb").exists():
            return folder
    raise NoServerError("PostgreSQL is missing; run `bash tests/system-packages.sh`.")
