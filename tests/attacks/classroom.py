"""A class with an instructor's secrets, and what tells that they were touched."""

from __future__ import annotations

import hashlib
import os
import socket
import threading
from pathlib import Path

from .kit import NAME, Work

# Words that only what an attack must not read contains.
SECRETS = {
    "home": "UNSEEN-HOME",
    "environment": "UNSEEN-ENVIRONMENT",
    "gradebook": "UNSEEN-GRADEBOOK",
    "submission": "UNSEEN-SUBMISSION",
    "source": "UNSEEN-SOURCE",
}
VARIABLE = "GRADERS_TOKEN"
NEIGHBOUR = "a-neighbour"


def place(work: Work, submitted: Path) -> None:
    """Write a submission as it would be collected."""
    folder = submitted / work.student / NAME
    folder.parent.mkdir(parents=True)
    if "" in work.links:
        folder.symlink_to(work.links[""])
        return
    folder.mkdir()
    files = dict(work.files)
    if work.file:
        files[work.file] = work.content()
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if data.startswith(b"sparse:"):
            path.touch()
            os.truncate(path, int(data.removeprefix(b"sparse:")))
        else:
            path.write_bytes(data)
    for name, target in work.links.items():
        (folder / name).symlink_to(target)
    for name in work.fifos:
        os.mkfifo(folder / name)


def furnish(home: Path) -> None:
    """Put into a home what nobody else may see or change."""
    (home / ".secret").mkdir(parents=True)
    (home / ".secret/token").write_text(SECRETS["home"])
    (home / ".bashrc").write_text("# of the instructor\n")


def inventory(folder: Path, skip: tuple[str, ...] = ()) -> dict[str, str]:
    """List the files of a folder by a digest, to find later what changed."""
    found = {}
    for path in sorted(folder.rglob("*")):
        name = str(path.relative_to(folder))
        if path.is_file() and not path.is_symlink() and not name.startswith(skip):
            data = path.read_bytes()
            touched = "OWNED " if b"OWNED-" in data else ""
            found[name] = touched + hashlib.sha256(data).hexdigest()
    return found


class Listener:
    """A server on loopback, by TCP, UDP and an abstract Unix socket, that remembers."""

    def __init__(self, name: str, port: int = 0) -> None:
        self.heard: list[str] = []
        tcp = socket.create_server(("127.0.0.1", port))
        self.port = int(tcp.getsockname()[1])
        udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        udp.bind(("127.0.0.1", self.port))
        unix = socket.socket(socket.AF_UNIX)
        unix.bind(f"\0{name}")
        unix.listen()
        self._sockets = [tcp, udp, unix]
        for one in (tcp, unix):
            threading.Thread(target=self._accept, args=(one,), daemon=True).start()
        threading.Thread(target=self._receive, args=(udp,), daemon=True).start()

    def close(self) -> None:
        """Stop listening."""
        for one in self._sockets:
            one.close()

    def _accept(self, server: socket.socket) -> None:
        while True:
            try:
                line, _ = server.accept()
            except OSError:
                return
            with line:
                line.settimeout(1)
                try:
                    said = line.recv(4096).decode(errors="replace")
                except OSError:
                    said = ""
            self.heard.append(said or "(silence)")

    def _receive(self, server: socket.socket) -> None:
        while True:
            try:
                self.heard.append(server.recv(4096).decode(errors="replace"))
            except OSError:
                return


def leftovers() -> list[str]:
    """List processes that an attack left behind, by their command lines."""
    found = []
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                said = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()
            except OSError:
                continue
            if "OWNED-" in said:
                # By its name only: where Python lies is no matter of the record's.
                program, _, words = said.strip().partition(" ")
                found.append(f"{Path(program).name} {words}")
    return found
