"""The book's example is what the code makes now."""

from __future__ import annotations

from .example import PAGE, page
from .gradebooks import School


def test_the_books_example_is_fresh(school: School) -> None:
    fresh = PAGE.read_text(encoding="utf-8") == page(school)
    assert fresh, "the example is stale: run python -m tests.report.example"
