"""The formula sheet: one side of A4, with all groups, the same file each time."""

from __future__ import annotations

import re
import zlib
from pathlib import Path

import pytest

from dlcourse.exam.print.formula_sheet import formula_sheet
from dlcourse.exam.print.typeset import to_pdf

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "dlcourse/exam/bank/formula-sheet.md"


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return to_pdf(formula_sheet(), template="sheet")


def read_objects(pdf: bytes) -> bytes:
    """The file with its compressed parts unpacked; fonts and pictures as they are."""
    parts = [pdf]
    for found in re.finditer(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL):
        try:
            parts.append(zlib.decompress(found[1]))
        except zlib.error:
            continue
    return b"\n".join(parts)


def count_pages(pdf: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", read_objects(pdf)))


def bookmarks(pdf: bytes) -> list[str]:
    """Titles of the outline, which Typst makes from the headings."""
    titles = []
    for plain, coded in re.findall(
        rb"/Title\s*(?:\(([^)]*)\)|<([0-9A-F]+)>)", read_objects(pdf)
    ):
        text = bytes.fromhex(coded.decode()).decode("utf-16") if coded else ""
        titles.append(text or plain.decode())
    return titles


def headings() -> list[str]:
    text = SOURCE.read_text(encoding="utf-8")
    return re.findall(r"^## (.+)$", text, re.MULTILINE)


def test_it_fills_one_side(pdf: bytes) -> None:
    assert count_pages(pdf) == 1


def test_a_longer_one_would_be_noticed() -> None:
    document = formula_sheet()
    document.text(SOURCE.read_text(encoding="utf-8"))
    assert count_pages(to_pdf(document, template="sheet")) == 2


def test_all_groups_are_on_it(pdf: bytes) -> None:
    found = bookmarks(pdf)
    assert len(headings()) >= 12
    for heading in headings():
        # A bookmark holds letters where a heading has formulas.
        start = heading.partition("$")[0].strip()
        assert any(title.startswith(start) for title in found), (heading, found)


def test_the_same_text_gives_the_same_file(pdf: bytes) -> None:
    assert to_pdf(formula_sheet(), template="sheet") == pdf


def test_each_formula_has_a_name_and_closed_maths() -> None:
    lines = SOURCE.read_text(encoding="utf-8").splitlines()
    assert 75 <= sum(line.startswith("- ") for line in lines) <= 100
    for line in lines:
        assert re.match(r"- \*\*[^*]+\*\* |## \S|$", line), line
        assert line.count("$") % 2 == 0, line
        # pandoc takes a dollar sign beside a space for money.
        for formula in line.split("$")[1::2]:
            assert formula == formula.strip() != "", line


def test_the_page_of_the_book_shows_the_same_text() -> None:
    page = ROOT / "book/revision/formula-sheet.md"
    [included] = re.findall(
        r"^```\{include\} (\S+)$", page.read_text(encoding="utf-8"), re.MULTILINE
    )
    assert (page.parent / included).resolve() == SOURCE
