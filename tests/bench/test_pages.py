"""How light pages are: the server, the trace, the report, the record and its page."""

from __future__ import annotations

import copy
import gzip
import json
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

import pytest

from dlcourse.bench.pages import books, lighthouse, page
from dlcourse.bench.pages.serve import serve
from dlcourse.bench.pages.tasks import by_processor_time
from dlcourse.bench.record import read_record
from dlcourse.errors import CourseError

MOST_BYTES, MOST_REQUESTS, LEAST_SCORE = 500_000, 30, 95
ROW: dict[str, Any] = {
    "book": "ours",
    "page": "chapter",
    "form": "mobile",
    "scores": {
        "performance": 97,
        "accessibility": 100,
        "best-practices": 99,
        "seo": 98,
    },
    "requests": 21,
    "foreign": 0,
    "size": 301_499,
    "text_seen": 1834,
    "blocked": 47,
    "drawn": 240,
    "lowest": 96,
    "visits": 3,
    "again": 1,
}
RECORD = {
    "date": "2026-01-31",
    "machine": {
        "system": "Linux x86_64",
        "cores": 2,
        "Lighthouse": "13.5.0",
        "Jupyter Book": "1.0.4",
    },
    "rows": [
        ROW,
        {**ROW, "form": "desktop", "scores": {**ROW["scores"], "performance": 96}},
    ],
}
EMPTY = 'RECORD = """\n"""\n% Tables: begin\n% Tables: end\nThe rest.\n'


def fetch(address: str) -> tuple[dict[str, str], bytes]:
    with urllib.request.urlopen(address, timeout=10) as answer:
        return dict(answer.headers), answer.read()


def test_server_compresses_text_and_lets_it_be_kept(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("<p>" + "words " * 500)
    (tmp_path / "a.woff2").write_bytes(b"font")
    with serve(tmp_path) as address:
        headers, body = fetch(f"{address}/")
        assert headers["Content-Encoding"] == "gzip"
        assert headers["Content-Type"] == "text/html; charset=utf-8"
        assert headers["Cache-Control"] == "max-age=600"
        assert len(body) < 100
        assert gzip.decompress(body).startswith(b"<p>words")
        headers, body = fetch(f"{address}/a.woff2?v=1")
        assert "Content-Encoding" not in headers
        assert body == b"font"
        for missing in ("gone.html", "../secret"):
            with pytest.raises(urllib.error.HTTPError, match="404") as error:
                fetch(f"{address}/{missing}")
            error.value.close()


def test_server_gives_copies_of_what_is_foreign(tmp_path: Path) -> None:
    site, copies = tmp_path / "site", tmp_path / "copies"
    (copies / "es5").mkdir(parents=True)
    (copies / "es5/tex.js").write_text("formulas")
    site.mkdir()
    (site / "a.html").write_text('<script src="https://far.example/m@3/es5/tex.js">')
    with serve(site, copies, ("https://far.example/m@3/", "")) as address:
        body = gzip.decompress(fetch(f"{address}/a.html")[1]).decode()
        there = body.split('"')[1]
        assert there.startswith("http://127.0.0.1:")
        assert not there.startswith(address)
        assert gzip.decompress(fetch(there)[1]) == b"formulas"


def test_tasks_count_by_processor_time() -> None:
    def event(name: str, ts: int, dur: int, tts: int, tdur: int) -> dict[str, object]:
        where = {"pid": 1, "tid": 1, "ph": "X"}
        return {
            **where,
            **{"name": name, "ts": ts, "dur": dur, "tts": tts, "tdur": tdur},
        }

    task = event("RunTask", 1000, 900, 50, 300)
    inner = event("Layout", 1400, 400, 150, 100)
    alone = event("Paint", 2500, 80, 360, 20)
    by_processor_time([inner, task, alone])
    assert (task["ts"], task["dur"]) == (1000, 300)
    assert (inner["ts"], inner["dur"]) == (1100, 100)
    # What lies in no task stays.
    assert (alone["ts"], alone["dur"]) == (2500, 80)


def report() -> dict[str, object]:
    here, far = "http://127.0.0.1:1", "https://far.example"
    asked = [
        (f"{here}/a.html", "Document", 4000),
        (f"{here}/a.png", "Image", 9000),
        (f"{far}/m.js", "Script", 7000),
        ("data:font/woff2;base64,AA", "Font", 0),
    ]
    return {
        "categories": {name: {"score": 0.984} for name in lighthouse.CATEGORIES},
        "audits": {
            "network-requests": {
                "details": {
                    "items": [
                        {"url": url, "resourceType": kind, "transferSize": size}
                        for url, kind, size in asked
                    ]
                }
            },
            "largest-contentful-paint": {"numericValue": 1234.5},
            "total-blocking-time": {"numericValue": 10.0},
            "metrics": {"details": {"items": [{"observedFirstContentfulPaint": 250}]}},
        },
    }


def test_report_is_read_without_pictures_and_with_hosts() -> None:
    found = lighthouse.read(report(), "http://127.0.0.1:1/a.html")
    assert (found.requests, found.foreign, found.size) == (3, 1, 11_000)
    assert found.scores["seo"] == 98
    broken = {**report(), "runtimeError": {"message": "no page"}}
    with pytest.raises(CourseError, match=r"a\.html: Lighthouse failed: no page"):
        lighthouse.read(broken, "http://127.0.0.1:1/a.html")


def test_median_of_each_figure_and_the_lowest_performance() -> None:
    visits = [
        lighthouse.Visit(
            {**dict.fromkeys(lighthouse.CATEGORIES, 100), "performance": score},
            *(20, 0, size, seen, 0.0, 250.0),
        )
        for score, size, seen in ((90, 10, 3.0), (99, 12, 1.0), (97, 11, 2.0))
    ]
    found = lighthouse.median(visits)
    assert found["scores"]["performance"] == 97
    assert (found["size"], found["text_seen"], found["lowest"]) == (11, 2, 90)
    assert found["visits"] == 3


def test_visits_on_a_busy_machine_are_made_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    scores = dict.fromkeys(lighthouse.CATEGORIES, 100)
    tools = lighthouse.Tools(Path("node"), Path("lighthouse"), "chromium")

    def of(*drawn: float) -> tuple[list[float], int]:
        left = iter(drawn)
        monkeypatch.setattr(
            lighthouse,
            "visit",
            lambda *_: lighthouse.Visit(scores, 20, 0, 10, 1.0, 0.0, next(left)),
        )
        counted, again = lighthouse.visits(tools, "http://x", "mobile", 2)
        return [one.drawn for one in counted], again

    assert of(300, 200) == ([300, 200], 0)
    assert of(300, 2500, 200) == ([300, 200], 1)
    # A page that is late each time counts as it is.
    assert of(2000, 1500, 1900, 1600, 1700, 1800) == ([1500, 1600], 4)


def test_what_is_missing_is_said_in_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(CourseError, match=r"no Lighthouse; get it .* --get`\.$"):
        lighthouse.find_tools(tmp_path)
    cli = tmp_path / "node_modules/lighthouse/cli"
    cli.mkdir(parents=True)
    (cli / "index.js").touch()
    (cli.parent / "package.json").write_text('{"version": "13.5.0"}')
    monkeypatch.setenv("CHROME_PATH", "/usr/bin/some-browser")
    assert lighthouse.find_tools(tmp_path).version == "13.5.0"
    monkeypatch.delenv("CHROME_PATH")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(CourseError, match="sudo apt-get install chromium"):
        lighthouse.find_tools(tmp_path)
    with pytest.raises(CourseError, match=r"npm install mathjax@3.*--mathjax"):
        books.BOOKS["defaults"].copy_of_mathjax(tmp_path)


def test_books_that_are_not_there_are_named(tmp_path: Path) -> None:
    with pytest.raises(CourseError, match=r"index\.html does not exist; run make book"):
        books.folders([], tmp_path)
    with pytest.raises(CourseError, match="no book is called 'other'; there are: ours"):
        books.folders(["other=/x"], tmp_path)
    for name in ("ours", "rust"):
        for path in books.BOOKS[name].pages.values():
            file = tmp_path / ("_build/html" if name == "ours" else "rust") / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.touch()
    found = books.folders([f"rust={tmp_path / 'rust'}"], tmp_path)
    assert list(found) == ["ours", "rust"]


def test_tables_say_what_was_found() -> None:
    said = page.tables(RECORD)
    assert "Lighthouse 13.5.0, medians of 3 visits" in said
    assert "| this course | chapter | 301 | 21 | 0 | 1.8 s |" in said
    assert "| this course | chapter | 97 / 96 | 100 / 100 | 99 / 99 | 98 / 98 |" in said
    assert "| this course | this repository | CC BY 4.0 |" in said


def test_page_keeps_the_record_that_it_shows() -> None:
    text = page.with_record(EMPTY, RECORD)
    assert read_record(text, page.PAGE) == RECORD
    assert page.with_record(text, copy.deepcopy(RECORD)) == text
    assert text.endswith("% Tables: end\nThe rest.\n")
    with pytest.raises(CourseError, match="must hold '% Tables: begin'"):
        page.with_record(EMPTY.replace("% Tables: begin", ""), RECORD)


@pytest.fixture(scope="module")
def published(root: Path) -> str:
    return (root / page.PAGE).read_text(encoding="utf-8")


def test_published_page_shows_its_own_record(published: str) -> None:
    record = read_record(published, page.PAGE)
    assert page.with_record(published, record) == published
    assert json.loads(json.dumps(record)) == record


def test_published_record_holds_every_page_in_both_forms(published: str) -> None:
    rows = read_record(published, page.PAGE)["rows"]
    assert [(row["book"], row["page"], row["form"]) for row in rows] == [
        (name, kind, form)
        for name, book in books.BOOKS.items()
        for kind in book.pages
        for form in lighthouse.FORMS
    ]
    assert all(row["visits"] >= 3 for row in rows)
    assert all(row.keys() == ROW.keys() for row in rows)


def test_published_pages_of_ours_meet_the_targets(published: str) -> None:
    for row in read_record(published, page.PAGE)["rows"]:
        if row["book"] == "ours":
            where = (row["page"], row["form"])
            assert row["size"] <= MOST_BYTES, where
            assert row["requests"] <= MOST_REQUESTS, where
            assert row["foreign"] == 0, where
            assert min(row["scores"].values()) >= LEAST_SCORE, (where, row["scores"])
