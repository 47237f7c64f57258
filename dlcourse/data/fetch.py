"""Fetch one file, or give up in seconds: no server, however slow, can hold us up.

A thread of its own speaks to the server, because looking up a name and waiting for an
answer cannot be interrupted. It hands over what it receives and never touches the disk.
The caller's thread keeps the time, writes to a temporary name, checks, and renames.
"""

from __future__ import annotations

import contextlib
import hashlib
import http.client
import queue
import sys
import threading
import time
import urllib.error
import urllib.request
import uuid
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

# Seconds without enough data, over all mirrors together, before we give up.
ANSWER_SECONDS = 5.0
# Less than this is not worth a try.
LEAST_SECONDS = 0.05
# What is enough: slower than this in ANSWER_SECONDS counts as no data.
ENOUGH_BYTES = 32 * 1024
# No set is larger: a server that never stops sending must not fill the disk.
MOST_BYTES = 512 * 1024**2
# Files from this size on show how far they are.
LARGE_BYTES = 4 * 1000**2
# How the name of an unfinished file ends.
PART = ".part"
_CHUNK_BYTES = 64 * 1024


class FetchError(Exception):
    """No mirror gave the file; the message says of each what it did."""


class Patience:
    """Seconds that may pass without data; data that flow restore them."""

    def __init__(self, seconds: float | None = None) -> None:
        """Start with this many seconds; with ``ANSWER_SECONDS`` if not given."""
        self.whole = ANSWER_SECONDS if seconds is None else seconds
        self.left = self.whole

    def spend(self, seconds: float) -> None:
        """Take away the seconds that brought nothing."""
        self.left = max(0.0, self.left - seconds)

    def restore(self) -> None:
        """Start anew, because data flow."""
        self.left = self.whole


def fetch(urls: Sequence[str], target: Path, md5: str, patience: Patience) -> None:
    """Fetch a file from the first mirror that has it.

    Args:
        urls: addresses of the same file, tried in order; each may use its share of the
            patience that is left.
        target: where the file goes, whole and checked or not at all. The folder exists.
        md5: checksum of the file, in hexadecimal digits.
        patience: how long to wait; what this call wasted is gone from it afterwards.

    Raises:
        FetchError: if no mirror gave the right file in time.
        OSError: if the file cannot be written.
    """
    reasons = []
    for number, url in enumerate(urls):
        if patience.left < LEAST_SECONDS:
            reasons.append(f"{urlsplit(url).netloc}: not tried, no time left")
            continue
        try:
            _fetch_from(url, target, md5, patience, share=1 / (len(urls) - number))
        except FetchError as error:
            reasons.append(f"{urlsplit(url).netloc}: {error}")
        else:
            return
    raise FetchError(", ".join(reasons))


def _fetch_from(
    url: str, target: Path, md5: str, patience: Patience, share: float
) -> None:
    part = target.with_name(f".{target.name}.{uuid.uuid4().hex}{PART}")
    stop = threading.Event()
    inbox: queue.Queue[_News] = queue.Queue(maxsize=64)
    threading.Thread(
        target=_receive,
        # Later than ours: its time limit only ends a thread that nobody waits for.
        args=(url, inbox, stop, patience.left * share + 1.0),
        name=f"fetch {target.name}",
        daemon=True,
    ).start()
    try:
        with part.open("xb", buffering=0) as file:
            digest = hashlib.md5(usedforsecurity=False)
            progress = _Progress(target.name)
            with contextlib.closing(progress):
                for chunk in _arriving(inbox, patience, share, progress):
                    file.write(chunk)
                    digest.update(chunk)
        if digest.hexdigest() != md5:
            raise FetchError("sent a file with the wrong checksum")
        part.replace(target)
    finally:
        stop.set()
        part.unlink(missing_ok=True)


class _News(NamedTuple):
    """What the receiving thread has to tell."""

    data: bytes = b""  # none at the end
    length: int | None = None  # the whole file, if the server said so
    error: str = ""


def _arriving(
    inbox: queue.Queue[_News], patience: Patience, share: float, progress: _Progress
) -> Iterator[bytes]:
    """Yield chunks as they come; lose patience when too few come in time."""
    received = in_window = 0
    window = time.monotonic()
    while True:
        allowed = patience.left * share
        left = window + allowed - time.monotonic()
        try:
            if left <= 0:
                raise queue.Empty
            news = inbox.get(timeout=left)
        except queue.Empty:
            patience.spend(allowed)
            what = f"sent only {received:,} bytes" if received else "did not answer"
            raise FetchError(f"{what} within {allowed:.1f} seconds") from None
        if news.error:
            patience.spend(time.monotonic() - window)
            raise FetchError(news.error)
        if not news.data:
            if news.length is not None and received < news.length:
                patience.spend(time.monotonic() - window)
                raise FetchError(
                    f"broke off after {received:,} of {news.length:,} bytes"
                )
            patience.restore()
            return
        if not received and news.data.lstrip()[:1] == b"<":
            patience.spend(time.monotonic() - window)
            raise FetchError("sent a web page instead of the file")
        received += len(news.data)
        in_window += len(news.data)
        if received > MOST_BYTES:
            raise FetchError(f"sent more than {MOST_BYTES:,} bytes")
        if in_window >= ENOUGH_BYTES:
            patience.restore()
            window, in_window = time.monotonic(), 0
        progress.show(received, news.length)
        yield news.data


def _receive(
    url: str, inbox: queue.Queue[_News], stop: threading.Event, timeout: float
) -> None:
    """Read an address and tell the inbox, until the end, an error or the stop."""

    def tell(news: _News) -> None:
        told = False
        while not told and not stop.is_set():
            with contextlib.suppress(queue.Full):
                inbox.put(news, timeout=0.1)
                told = True

    try:
        request = urllib.request.Request(url, headers={"User-Agent": "dlcourse"})
        with urllib.request.urlopen(request, timeout=timeout) as answer:
            said = answer.headers.get("Content-Length", "")
            length = int(said) if said.isdecimal() else None
            data = b"not yet"
            while data and not stop.is_set():
                # Not read(): that would wait until the whole chunk is there.
                data = answer.read1(_CHUNK_BYTES)
                tell(_News(data, length))
    except urllib.error.HTTPError as error:
        with error:
            tell(_News(error=f"answered {error.code} {error.reason}"))
    except urllib.error.URLError as error:
        tell(_News(error=_plain(error.reason)))
    except (OSError, http.client.HTTPException, ValueError) as error:
        tell(_News(error=_plain(error)))


def _plain(error: object) -> str:
    if isinstance(error, TimeoutError):
        return "did not answer in time"
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return str(error) or type(error).__name__


class _Progress:
    """A line on the error stream that says how far a large file is."""

    def __init__(self, name: str) -> None:
        self.name, self.shown = name, 0.0

    def show(self, received: int, length: int | None) -> None:
        """Rewrite the line, twice a second at most."""
        now = time.monotonic()
        if max(received, length or 0) < LARGE_BYTES or now < self.shown + 0.5:
            return
        self.shown = now
        whole = f" of {length / 1e6:.0f}" if length else ""
        sys.stderr.write(f"\rFetching {self.name}: {received / 1e6:.0f}{whole} MB ")
        sys.stderr.flush()

    def close(self) -> None:
        """End the line, if there is one."""
        if self.shown:
            sys.stderr.write("\n")
