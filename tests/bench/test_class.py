"""A class of all kinds of students, graded; a small one here, and quickly."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import pytest

from dlcourse.bench import classes
from dlcourse.bench.answers import RIGHT, WRONG
from dlcourse.bench.class_page import PAGE, PLAN, growth, publish, published, tables
from dlcourse.bench.classes import KEPT, Row, bench_class, compare
from dlcourse.bench.students import MIX, NAME, POINTS, Student, make_students
from dlcourse.bench.watch import Watched, watch
from dlcourse.bench.ways import Way, open_ways
from dlcourse.errors import CourseError

ROW = Row(
    way="SQLite",
    students=100,
    seconds=30.0,
    cpu=50.0,
    tenths=[6.0 + 2 * tenth for tenth in range(10)],
    pause=1.5,
    memory=900 * 2**20,
    parents=700 * 2**20,
    writer=0.01,
    database=1124 * 1024,
    empty=1024 * 1024,
    submitted=800_000,
    graded=4_000_000,
    load=0.1,
    date="2030-01-01",
)
LARGE = replace(
    ROW, students=1000, seconds=240.0, tenths=[30.0 + 24 * k for k in range(10)]
)


def record(*rows: Row) -> dict[str, Any]:
    machine = {"system": "Linux", "cores": "2", "memory": "24 GiB", "torch": "2.15.0"}
    feedback = {"students": 10, "pages": 10, "seconds": 20.0, "bytes": 180_000}
    return {
        "machine": machine,
        "mix": MIX,
        "timeout": 5,
        "rows": [asdict(row) for row in rows],
        "feedback": feedback,
    }


@pytest.fixture(scope="module")
def way(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Way]:
    """The course with SQLite, its assignment released."""
    with open_ways(root, tmp_path_factory.mktemp("class"), ["SQLite"]) as ways:
        yield ways["SQLite"]


@pytest.fixture(scope="module")
def release(way: Way) -> dict[str, Any]:
    raw = (way.course / f"exercises/{NAME}/{NAME}.ipynb").read_bytes()
    return dict(json.loads(raw))


def test_a_class_is_mixed_and_the_same_each_time(release: dict[str, Any]) -> None:
    hundred = list(make_students(release, 100))
    assert Counter(one.kind for one in hundred) == MIX
    assert list(make_students(release, 40)) == hundred[:40]
    notebooks = [tuple(one.files.values()) for one in hundred if one.kind != "broken"]
    assert len(set(notebooks)) == len(notebooks)
    assert not any(b"SOLUTION" in raw for files in notebooks for raw in files)


def test_all_answers_are_worth_what_they_say(way: Way) -> None:
    """The mixed class, and in place of its first students some with every answer."""
    students = classes.hand_in(way, 13)
    path = way.course / "class/submitted"
    release = json.loads((way.course / f"exercises/{NAME}/{NAME}.ipynb").read_bytes())
    expected = {one.name: one.marks for one in students}
    for number in range(4):
        notebook = json.loads(json.dumps(release))
        wrong = list(WRONG)[number]
        for cell in notebook["cells"]:
            task = cell["metadata"].get("nbgrader", {}).get("grade_id")
            if task in RIGHT:
                cell["source"] = RIGHT[task][number % len(RIGHT[task])]
        name = students[number].name
        (path / name / NAME / f"{NAME}.ipynb").write_text(json.dumps(notebook))
        expected[name] = sum(POINTS.values())
        # And one answer to each task that must earn nothing.
        for cell in notebook["cells"]:
            task = cell["metadata"].get("nbgrader", {}).get("grade_id")
            if task in WRONG:
                cell["source"] = WRONG[task][number % len(WRONG[task])]
        (path / f"all-wrong-{number}-{wrong}" / NAME).mkdir(parents=True)
        target = path / f"all-wrong-{number}-{wrong}" / NAME / f"{NAME}.ipynb"
        target.write_text(json.dumps(notebook))
        expected[target.parent.parent.name] = 0
    told: list[int] = []
    seen = watch(way.command, way.course, told.append)
    assert seen.marks == expected
    assert seen.failed == []
    assert told == list(range(1, 18))
    assert seen.came == sorted(seen.came)
    assert 0 < seen.came[0] <= seen.came[-1] <= seen.seconds
    # The warm parent, with PyTorch in it, and those that share with it.
    assert 100 * 2**20 < seen.parents <= seen.memory
    assert 0 < seen.writer < seen.seconds
    before = way.book.size()
    way.book.start_over()
    assert way.book.size() < before


def test_what_was_measured_is_kept_and_not_measured_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Interrupted(Exception):
        pass

    graded: list[tuple[str, int]] = []

    def grade(way: Way, size: int, say: object) -> Row:
        if len(graded) == 3:
            raise Interrupted
        graded.append((way.name, size))
        return replace(ROW, way=way.name, students=size)

    class Opened:
        def __init__(self, root: Path, folder: Path, names: list[str]) -> None:
            self.ways = {name: Way(name, folder, None) for name in names}  # type: ignore

        def __enter__(self) -> dict[str, Way]:
            return self.ways

        def __exit__(self, *exception: object) -> None:
            pass

    monkeypatch.setattr(classes, "_grade", grade)
    monkeypatch.setattr(classes, "open_ways", Opened)
    monkeypatch.setattr(classes, "_feedback", lambda *what: {"pages": 10})
    ways, said = ("SQLite", "PostgreSQL"), []
    with pytest.raises(Interrupted):
        bench_class(tmp_path, (10, 100), ways, said.append)
    kept = json.loads((tmp_path / KEPT).read_text())
    assert len(kept["rows"]) == 3
    graded.clear()
    whole = bench_class(tmp_path, (10, 100), ways, said.append)
    assert graded == [("PostgreSQL", 100)]
    assert "PostgreSQL, 10 students: measured before, kept" in said
    assert len(whole["rows"]) == 4
    graded.clear()
    assert bench_class(tmp_path, (10, 100), ways, said.append) == whole
    assert graded == []
    anew = bench_class(tmp_path, (10,), ("SQLite",), said.append, again=True)
    assert graded == [("SQLite", 10)]
    assert len(anew["rows"]) == 4, "the rest is lost"
    # Of another machine, it says nothing about this one.
    monkeypatch.setattr(classes, "machine", lambda: {"cores": "64"})
    graded.clear()
    bench_class(tmp_path, (10,), ("SQLite",), said.append)
    assert graded == [("SQLite", 10)]


@pytest.mark.parametrize(
    ("marks", "failed", "said"),
    [
        ({"ada": 7}, [], "ada, right, got 7 marks for work that is worth 8"),
        ({}, [], "1 students got no line, first ada"),
        ({"ada": 8}, ["ada"], "1 students could not be graded, first ada"),
    ],
    ids=["marks", "line", "failed"],
)
def test_wrong_marks_stop_the_benchmark(
    marks: dict[str, float], failed: list[str], said: str
) -> None:
    ada = Student("ada", "right", {}, 8)
    compare([ada], Watched(marks={"ada": 8}))
    with pytest.raises(CourseError, match=said):
        compare([ada], Watched(marks=marks, failed=failed))


def test_tables_say_whether_time_is_linear() -> None:
    # 0.3 s each, then 0.24 s each: 0.8 times as long. Each tenth takes 24 s.
    said = tables(record(ROW, LARGE))
    assert (
        "- SQLite: linear. A submission takes 0.240 s among 1,000 and 0.300 s among "
        "100, 0.80 times as long (limit 1.2); in its second half 1.00 times as long as "
        "in its first.\n"
    ) in said
    for row in (
        "| SQLite | 1,000 | 4.0_min | 0.24_s | 1.5_s | 50.0_s |",
        "| SQLite | 100 | 900_MiB | 200_MiB | 1.1_MiB | 1.0_KiB | 3.8_MiB |",
    ):
        assert row.replace("_", "\N{NO-BREAK SPACE}") in said
    slow = replace(LARGE, seconds=370.0)
    assert "- SQLite: **not linear**. A submission takes 0.370 s" in tables(
        record(ROW, slow)
    )
    assert "busy meanwhile" not in said
    assert "busy meanwhile" in tables(record(ROW, replace(LARGE, load=0.3)))
    small = replace(ROW, students=10)
    assert growth([small, ROW]) is None
    assert "measured up to 100 students" in tables(record(small, ROW))


def test_pages_show_one_record(root: Path, tmp_path: Path) -> None:
    text = (root / PAGE).read_text(encoding="utf-8")
    assert '"rows": [' in text, "run `dlcourse bench class --write`"
    assert published(root)
    for kind, share in MIX.items():
        assert re.search(rf"^\| {kind}[ a-z]* \| {share} \|", text, re.MULTILINE)
    for page in ("book/reference/class.md", "book/teaching/plan.md"):
        (tmp_path / page).parent.mkdir(parents=True)
        (tmp_path / page).write_text((root / page).read_text(encoding="utf-8"))
    publish(tmp_path, record(ROW, LARGE))
    assert published(tmp_path)
    plan = (tmp_path / PLAN).read_text()
    (tmp_path / PLAN).write_text(plan.replace("240.0", "250.0"))
    assert not published(tmp_path)
    (tmp_path / PLAN).write_text(plan)
    other = (tmp_path / PAGE).read_text().replace("240.0", "250.0")
    (tmp_path / PAGE).write_text(other)
    assert not published(tmp_path)
