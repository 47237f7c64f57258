"""A server that sends a built site as GitHub Pages does: compressed, with an age.

What pages ask of foreign hosts comes from a second server of this machine, where a copy
is at hand. It is foreign to the page all the same, and counted so.
"""

from __future__ import annotations

import functools
import gzip
import mimetypes
import threading
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

# Seconds for which browsers keep a file; what GitHub Pages says.
_AGE = 600
_TEXT = ("text/", "application/javascript", "application/json", "image/svg+xml")


@contextmanager
def serve(
    site: Path, copies: Path | None = None, exchanged: tuple[str, str] | None = None
) -> Iterator[str]:
    """Serve a site until the context ends.

    Args:
        site: the folder of the built site.
        copies: a folder that the second server serves, if one is needed.
        exchanged: the beginning of a foreign address in the site's pages, and the path
            below ``copies`` that takes its place.

    Yields:
        The site's address, without a slash at its end.
    """
    with ExitStack() as stack:
        there = {}
        if copies is not None and exchanged is not None:
            start, path = exchanged
            there[start] = f"{stack.enter_context(_running(copies, {}))}/{path}"
        yield stack.enter_context(_running(site, there))


@contextmanager
def _running(folder: Path, exchanged: Mapping[str, str]) -> Iterator[str]:
    handler = functools.partial(_LikePages, folder, exchanged)
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


@functools.lru_cache(maxsize=2000)
def _packed(body: bytes) -> bytes:
    """Compress once: a server for many readers does not do so for each."""
    return gzip.compress(body, mtime=0)


class _LikePages(SimpleHTTPRequestHandler):
    """One connection; it stays open for further files."""

    protocol_version = "HTTP/1.1"

    def __init__(self, site: Path, exchanged: Mapping[str, str], *args: object) -> None:
        self._site = site
        self._exchanged = exchanged
        super().__init__(*args)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        """Send a file, or the site's page for missing ones."""
        path = self._site / unquote(urlsplit(self.path).path).lstrip("/")
        if path.is_dir():
            path /= "index.html"
        inside = path.resolve().is_file() and ".." not in path.parts
        status = 200 if inside else 404
        body = path.read_bytes() if inside else b"Not found."
        kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        self.send_response(status)
        if kind == "text/html":
            for start, there in self._exchanged.items():
                body = body.replace(start.encode(), there.encode())
        if kind.startswith(_TEXT):
            body = _packed(body)
            self.send_header("Content-Encoding", "gzip")
            self.send_header("Vary", "Accept-Encoding")
        self.send_header("Content-Type", _with_letters(kind))
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", f"max-age={_AGE}")
        # Fonts and scripts of another host ask for this, as on public servers.
        self.send_header("Access-Control-Allow-Origin", "*")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


def _with_letters(kind: str) -> str:
    return f"{kind}; charset=utf-8" if kind.startswith("text/") else kind
