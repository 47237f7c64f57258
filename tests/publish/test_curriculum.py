"""The table of the curriculum: complete, in order, with the right kinds."""

from __future__ import annotations

from pathlib import Path

import pytest

from dlcourse.publish.tags import read_curriculum

TABLE = Path(__file__).resolve().parents[2] / "dlcourse" / "publish" / "curriculum.csv"

# Each block's IDs are its name and a number, in order; here are their kinds.
NUMBERED = {
    "L1.": "T T T T T T X X X X X X X",
    "L2.": "T T T T T T X X X X X X",
    "L3.": "T T T X X X X X X X",
    "L4.": "T T X X X X",
    "L5.": "T T T X X X X X",
    "P1.": "T T X T X X X",
    "P2.": "T X X W T XW X TX TX T X T W XW",
    "P3.": "X TX XW WX X X X",
    "P4.": "T WX X X",
    "E": "R R R D D W R D D",
    "C": "R R R",
}
LABS = {6: "TX", 7: "TX", 8: "TX", 9: "TX", 10: "TX", 11: "TX", 12: "TW", 13: "TX"}
DESIGN = ("H1", "H2a", "H2b", "H2c", "H3", "H4", "H5")


def expected() -> list[tuple[str, str]]:
    def block(prefix: str) -> list[tuple[str, str]]:
        kinds = NUMBERED[prefix].split()
        return [(f"{prefix}{n}", kind) for n, kind in enumerate(kinds, start=1)]

    return [
        *(row for n in range(1, 6) for row in block(f"L{n}.")),
        *((f"L{n}", kinds) for n, kinds in LABS.items()),
        *((name, "X") for name in DESIGN),
        *(row for n in range(1, 5) for row in block(f"P{n}.")),
        *block("E"),
        *block("C"),
    ]


def test_every_row_is_there_in_order_and_of_its_kind() -> None:
    rows = read_curriculum()
    assert [(row.id, "".join(row.kinds)) for row in rows.values()] == expected()


def test_no_row_stands_twice() -> None:
    # A dictionary would hide the first of two.
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    assert lines[0] == "id,kind,title"
    assert len(lines) - 1 == len(read_curriculum()) == 108


def test_titles_are_short_and_tell_rows_apart() -> None:
    titles = [row.title for row in read_curriculum().values()]
    assert len(set(titles)) == len(titles)
    for title in titles:
        assert 3 <= len(title.split()) <= 8, title
        assert title[0].isupper(), title
        assert not title.endswith("."), title
        assert "|" not in title, title


@pytest.mark.parametrize(
    ("name", "section", "grading"),
    [
        ("L1.1", True, False),  # T
        ("L1.7", True, True),  # X
        ("P2.4", True, True),  # W
        ("L12", True, True),  # T W
        ("E4", False, True),  # D
        ("E7", True, False),  # R
    ],
)
def test_what_a_kind_needs(name: str, section: bool, grading: bool) -> None:
    row = read_curriculum()[name]
    assert (row.needs_section, row.needs_grading) == (section, grading)
