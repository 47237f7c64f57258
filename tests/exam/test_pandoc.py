"""Markdown in other forms: what the papers and the exporters share."""

from __future__ import annotations

import pytest

from dlcourse.errors import CourseError
from dlcourse.exam.print.pandoc import convert

TABLE = "| layer | `<th>` |\n|:--|--:|\n| conv | (a) 3 |\n"


@pytest.mark.parametrize("target", ["html4", "html5"])
def test_heads_of_tables_head_columns(target: str) -> None:
    html = convert(TABLE, target, of="Paper 7")
    assert html.count("<th>") == 0  # outside the code
    assert html.count('<th scope="col"') == 2
    assert "<code>&lt;th&gt;</code>" in html


def test_typst_is_left_as_pandoc_writes_it() -> None:
    typst = convert(TABLE, "typst", of="Paper 7")
    assert "scope" not in typst
    assert "#table(" in typst


def test_a_label_is_no_list() -> None:
    assert convert("(a) is a label", "html5", of="Paper 7") == "<p>(a) is a label</p>\n"


def test_a_warning_is_an_error_that_names_whose_text_it_is() -> None:
    with pytest.raises(CourseError, match=r"^Paper 7: pandoc says: .*nosuch"):
        convert("$\\nosuch{x}$", "html5", "--mathml", of="Paper 7")
