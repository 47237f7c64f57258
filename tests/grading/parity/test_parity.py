"""`dlcourse grade` gives the marks that stock nbgrader gives, but for a known list."""

from __future__ import annotations

import json
import random
import re
import tempfile
from pathlib import Path

import pytest

from ...assignments.variants import read_source, read_variants
from .corpus import LABS, ROOT, submissions
from .exceptions import DIFFERENCES
from .graders import Scores, Work, by_ours, by_stock, differences, make_course
from .record import fingerprint, read_record, stock_scores, work_of

PAGE = ROOT / "book/teaching/marks.md"
# Others in each run, so that runs together see all and one stays short. Recording
# compares every submission of every lab.
SAMPLED_LABS = 6
SAMPLE = 6
each_lab = pytest.mark.parametrize("lab", LABS)


@each_lab
def test_the_record_is_of_what_is_there_now(lab: str) -> None:
    assert read_record(lab)["inputs"] == fingerprint(lab), (
        f"{lab}, its mistakes or nbgrader have changed since stock nbgrader's marks "
        f"were recorded: run `.venv/bin/python -m tests.grading.parity.record {lab}`"
    )


@each_lab
def test_every_variant_is_marked(lab: str) -> None:
    found: set[tuple[str, str]] = set()
    for content in submissions(lab).values():
        for cell in json.loads(content)["cells"]:
            name = cell["metadata"].get("nbgrader", {}).get("grade_id", "")
            found.add((name, "".join(cell["source"])))
    for item in read_source(lab).items():
        for variant in read_variants(lab, item.grade_id):
            assert (item.grade_id, variant.text) in found, (item.grade_id, variant.what)


@each_lab
def test_each_item_is_right_here_and_wrong_there(lab: str) -> None:
    scores = read_record(lab)["scores"]
    tests = {f"{item.grade_id}-test" for item in read_source(lab).items()}
    for name in tests:
        given = {cells[name] for cells in scores.values()}
        assert 0 in given, name
        assert max(given) == scores["reference"][name] > 0, name
    # The mistakes of the mini-project's three tested items meet in two notebooks.
    nothing = [k for k, s in scores.items() if "-" in k and not any(s.values())]
    assert len(nothing) <= (2 if len(tests) == 3 else 0), nothing


@pytest.mark.parametrize("lab", random.sample(LABS, 3))
def test_stock_still_gives_what_was_recorded(lab: str) -> None:
    recorded = read_record(lab)["scores"]
    # One only: stock nbgrader takes up to half a minute for it.
    sample = random.sample(sorted(recorded), 1)
    assert stock_scores(lab, sample) == {one: recorded[one] for one in sample}


@pytest.mark.parametrize("lab", random.sample(LABS, SAMPLED_LABS))
def test_marks_are_those_of_stock_nbgrader(lab: str, tmp_path: Path) -> None:
    stock = read_record(lab)["scores"]
    sample = random.sample(sorted(stock), SAMPLE)
    ours = by_ours(tmp_path, work_of(lab, sample))
    differ = differences({one: stock[one] for one in sample}, ours)
    assert differ == {}, "(student, cell): (stock nbgrader's marks, ours)"


@pytest.fixture(scope="module")
def both() -> dict[str, tuple[float | None, float | None]]:
    """The marks of each known difference, stock nbgrader's and ours."""
    found = {}
    for source in {one.source for one in DIFFERENCES.values()}:
        cases = {k: one for k, one in DIFFERENCES.items() if one.source == source}
        with tempfile.TemporaryDirectory() as folder:
            parts = {part: Path(folder, part) for part in ("release", "stock", "ours")}
            for part in parts.values():
                part.mkdir()
            release = make_course(parts["release"], source.stem, source)
            work = Work(
                source.stem,
                source,
                {student: one.make(release) for student, one in cases.items()},
                {student: one.file for student, one in cases.items()},
                timeout=5,
            )
            stock = by_stock(parts["stock"], work)
            ours = by_ours(parts["ours"], work)
        found |= {k: (_total(stock, k), _total(ours, k)) for k in cases}
    return found


def _total(scores: Scores, student: str) -> float | None:
    """Add up what the tests gave; None if nothing was recorded."""
    given = [score for score in scores[student].values() if score is not None]
    return sum(given) if given else None


@pytest.mark.parametrize("case", DIFFERENCES)
def test_the_known_differences_are_as_listed(
    both: dict[str, tuple[float | None, float | None]], case: str
) -> None:
    one = DIFFERENCES[case]
    stock, ours = both[case]
    assert stock in one.stock
    assert ours == one.ours
    assert one.ours not in one.stock, "no difference"


def test_the_page_counts_what_is_compared() -> None:
    variants = [
        variant
        for lab in LABS
        for item in read_source(lab).items()
        for variant in read_variants(lab, item.grade_id)
    ]
    notebooks = sum(len(submissions(lab)) for lab in LABS)
    said = f"{len(variants)} of them in {notebooks} notebooks"
    assert said in " ".join(PAGE.read_text().split())


def test_the_page_lists_the_known_differences() -> None:
    heading = "| handed in | stock nbgrader | here | reason |"
    _, found, rest = PAGE.read_text().partition(heading)
    assert found
    rows = re.match(r"\n\|[-|: ]+\|\n((?:\|.*\|\n)+)", rest)
    assert rows is not None
    expected = [one.row() for one in DIFFERENCES.values()]
    assert rows[1].splitlines() == expected, "\n".join(["write:", *expected])
