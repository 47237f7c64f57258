"""The directives quiz, mock-exam and hurdles, in a small book of their own."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from dlcourse.errors import CourseError
from dlcourse.exam.banks import bank
from dlcourse.exam.compose import compose
from dlcourse.exam.templates import TEMPLATES
from dlcourse.publish.book import build
from dlcourse.publish.quiz import mixed
from tests.publish.houses import small_course

PAGE = """# Page

```{quiz} product-rule
```

```{quiz} bayes write-adversarial-example read-conv-strides
:variants: 3
:form: choice
```

```{quiz}
:bank: choice
:topic: gans
:draw: 2
```

```{quiz}
:bank: templates workout
:topic: convolution
:difficulty: medium
:variants: 2
```
"""
MOCK = """# Mock

```{mock-exam} 5
```

```{mock-exam} 5
:part: b
```

```{hurdles}
```

```{formula-sheet}
```
"""


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory, root: Path) -> Callable[..., Path]:
    """Build pages with the real configuration."""

    def make(**pages: str) -> Path:
        house = small_course(root, tmp_path_factory.mktemp("house"), pages)
        return build(house).parent / "book"

    return make


@pytest.fixture(scope="module")
def site(book: Callable[..., Path]) -> Path:
    return book(page=PAGE, mock=MOCK)


def sections(text: str) -> dict[str, str]:
    """Split a page into its questions."""
    parts = re.split(r'<section class="dl-question" data-id="([^"]+)"', text)[1:]
    return {
        id_: body.split("</section>")[0]
        for id_, body in zip(parts[::2], parts[1::2], strict=True)
    }


def rules(section: str) -> list[dict[str, object]]:
    found = re.findall(r'data-rule="([^"]+)"', section)
    return [json.loads(html.unescape(text)) for text in found]


def test_each_named_question_is_a_form_with_its_rule(site: Path) -> None:
    found = sections((site / "page.html").read_text())
    assert rules(found["product-rule"]) == [
        mixed(bank("choice")["product-rule"]).scoring()
    ]
    assert rules(found["read-conv-strides"]) == [
        bank("reading")["read-conv-strides"].scoring()
    ]
    wanted = [q.scoring() for q in TEMPLATES["bayes"].variants(3, "choice")]
    assert rules(found["bayes"]) == wanted
    assert found["bayes"].count("<template>") == 2


def test_formulas_are_set_when_the_page_is_built(site: Path) -> None:
    section = sections((site / "page.html").read_text())["product-rule"]
    assert section.count('class="katex"') >= 6
    assert "$" not in section


def test_a_set_shows_as_many_as_are_drawn(site: Path) -> None:
    text = (site / "page.html").read_text()
    found = sections(text)
    gans = [q.id for q in bank("choice").values() if q.topic == "gans"]
    assert set(gans) < set(found)
    hidden = [id_ for id_ in gans if found[id_].split(">")[0].endswith(" hidden")]
    assert len(hidden) == len(gans) - 2
    assert '<div class="dl-set" data-draw="2">' in text


def test_a_bank_and_templates_are_narrowed_by_topic_and_difficulty(site: Path) -> None:
    found = sections((site / "page.html").read_text())
    wanted = {
        item.id
        for item in (*TEMPLATES.values(), *bank("workout").values())
        if (item.topic, item.difficulty) == ("convolution", "medium")
    }
    assert wanted
    assert wanted <= set(found)
    assert "convolution-value" not in found  # easy


def test_pages_load_only_the_scripts_that_they_need(site: Path) -> None:
    def scripts(name: str) -> set[str]:
        text = (site / name).read_text()
        return set(re.findall(r"(quiz|scoring|hurdles)\.js", text))

    assert scripts("page.html") == {"quiz", "scoring"}
    assert scripts("mock.html") == {"quiz", "scoring", "hurdles"}
    assert scripts("../genindex.html") == set()


def test_a_part_of_a_paper_has_its_questions_and_files(site: Path) -> None:
    text = (site / "mock.html").read_text()
    part = compose(5).parts[1]
    found = sections(text)
    assert list(found) == [f"exam-5-{number}" for number, _ in part.numbered()]
    for (_, question), section in zip(part.numbered(), found.values(), strict=True):
        assert rules(section) == [question.scoring()]
    for href in re.findall(r'class="dl-button" href="\.\./([^"]+)"', text):
        assert (site.parent / href).stat().st_size > 10_000
    assert "book/revision/formula-sheet.pdf" in text


BAD = {
    "```{quiz} no-such-question\n```": "no question or template has the id 'no-such-qu",
    "```{quiz}\n```": "give ids of questions, or :bank: and :topic:",
    "```{quiz}\n:bank: choice\n:topic: gans\n:draw: 99\n```": "99 questions are wanted",
    "```{quiz}\n:bank: choice\n:topic: cooking\n```": "0 questions are wanted, 0 are",
    "```{quiz} permutation-statements\n:form: numeric\n```": "has no form numeric",
}


def test_what_cannot_be_shown_stops_the_build(
    book: Callable[..., Path], capfd: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(CourseError, match="Sphinx failed or warned"):
        book(page="# Page\n\n" + "\n\n".join(BAD))
    said = capfd.readouterr().err
    for words in BAD.values():
        assert words in said
