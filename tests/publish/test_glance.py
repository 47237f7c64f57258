"""The line below a chapter's title says what the chapter takes."""

from __future__ import annotations

from pathlib import Path

import pytest

from dlcourse.publish.glance import glance

TEXT = """# Lab

It takes 5 minutes to make tea.

## Time and what it needs

Reading and trying take about 90 minutes.

```{code-cell} python
device = dlcourse.device()
train, test = data.digits(limit=10)
words = data.words()
```
"""


def test_what_a_chapter_takes() -> None:
    assert glance(TEXT, 28.4) == [
        ("Reading", "90 min"),
        ("Cells", "28 s on a CPU"),
        ("GPU", "used if there is one"),
        ("Data", "digits (MNIST), Penn Treebank"),
    ]


def test_a_chapter_without_device_and_data() -> None:
    assert glance("# Lab\n", None) == [
        ("GPU", "not needed"),
        ("Data", "made on the page"),
    ]


def test_cells_of_less_than_a_second_take_one() -> None:
    assert ("Cells", "1 s on a CPU") in glance(TEXT, 0.2)


CHAPTERS = sorted((Path(__file__).parents[2] / "book" / "labs").glob("*.md"))


@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda path: path.stem)
def test_every_chapter_tells_its_reading_time(chapter: Path) -> None:
    told = dict(glance(chapter.read_text(encoding="utf-8"), 1.0))
    assert 10 <= int(told["Reading"].removesuffix(" min")) <= 240
