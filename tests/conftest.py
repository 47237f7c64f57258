"""Fixtures that several folders of tests share."""

from __future__ import annotations

import functools
import http.server
import os
import re
import threading
from collections.abc import Iterator
from pathlib import Path

# Before anything imports torch: tests fork, and a fork after parallel work hangs.
os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("DLCOURSE_DATA", "offline")
os.environ.setdefault("MPLBACKEND", "Agg")

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling


class ByWork(LoadScopeScheduling):
    """With several processes, as in `make test`: what shares costly work stays in one.

    That is a file's tests, and of the assignments' those of each assignment.
    """

    def _split_scope(self, nodeid: str) -> str:
        file, _, test = nodeid.partition("::")
        assignment = re.search(r"\[([a-z0-9-]+)[:\]]", test)
        if file.startswith("tests/assignments/") and assignment:
            return assignment[1]
        return file


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> ByWork:
    return ByWork(config, log)


@pytest.fixture(scope="session")
def root() -> Path:
    return Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def site(root: Path) -> Path:
    """The built book; what is cached is not executed again."""
    from dlcourse.publish.book import build

    return build(root).parent


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    """The built book on a server of this process."""

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *args: object) -> None:
            pass

    handler = functools.partial(Quiet, directory=site)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()
