"""Whatever leads nowhere stops the build, which names file and line."""

from __future__ import annotations

import io
import re
from contextlib import redirect_stderr
from pathlib import Path

import pytest

from dlcourse.errors import CourseError
from dlcourse.publish.book import build
from tests.publish.houses import small_course

# Each stands alone on a page of its own, on line 3.
BROKEN = {
    "link": "[gone](nowhere.md)",
    "link-up": "[gone](../labs/nowhere.md)",
    "anchor": "[gone](index.md#nowhere)",
    "anchor-here": "[gone](#nowhere)",
    "reference": "{ref}`gone <nowhere>`",
    "reference-untitled": "{ref}`nowhere`",
    "document": "{doc}`nowhere`",
    "number": "{numref}`nowhere`",
    "term": "{term}`nowhere`",
    "equation": "{eq}`nowhere`",
    "image": "![A picture that is not there.](nowhere.png)",
    "figure": "```{figure} nowhere.png\n:alt: A picture that is not there.\n```",
    "download": "{download}`gone <nowhere.csv>`",
    "download-link": "[gone](nowhere.csv)",
    "exercise": "```{exercise-links} nowhere\n```",
    "demo": "```{demo} nowhere\n```",
    "number-of-a-cell": "{glue:text}`nowhere`",
    "directive": "```{nowhere}\n```",
    "role": "{nowhere}`gone`",
}


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory, root: Path) -> str:
    """What is said of a course all whose pages but the first are broken."""
    house = small_course(
        root,
        tmp_path_factory.mktemp("house"),
        {name: f"# Page\n\n{text}\n" for name, text in BROKEN.items()},
        front="# Front\n\n## Here\n\n[](#here)\n",
    )
    with (
        redirect_stderr(io.StringIO()) as spoken,
        pytest.raises(CourseError, match="Sphinx failed or warned"),
    ):
        build(house)
    assert not (house / "_build" / "html").exists()
    return re.sub(r"\x1b\[[0-9;]*m", "", spoken.getvalue())


@pytest.mark.parametrize("name", BROKEN)
def test_what_leads_nowhere_is_named_with_file_and_line(said: str, name: str) -> None:
    assert re.search(rf"/book/{name}\.md:3: (WARNING|ERROR|CRITICAL)", said), said
