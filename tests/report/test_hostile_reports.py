"""Reports on hostile and damaged submissions: everything is text."""

from __future__ import annotations

import re
from collections.abc import Callable

from .gradebooks import Failure, HandedIn, School
from .test_class_page import release, section, soup, tiles

HOSTILE = (
    "<script>alert(1)</script><img src=https://evil.example/x onerror=alert(2)>"
    "\x1b[31mred\x1b[0m \x1b]0;title\x07 \u202egnirts\u0000 {{ 7 * 7 }} & \"'` "
)
Write = Callable[..., str]


def test_nothing_handed_in_can_break_the_page(school: School, write: Write) -> None:
    release(school)
    name = "<b>eve\x1b[2J\u202e</b>" + "x" * 90
    school.hand_in(
        "lab",
        name,
        HandedIn(
            [0, 0],
            [0],
            failures={
                "one": Failure(HOSTILE + "y" * 1_000_000),
                "two": Failure(HOSTILE, name="Ev<i>l\n" * 9),
            },
            flags=[f"for review: {HOSTILE}"],
            events=[f"{HOSTILE}.ipynb was taken for lab.ipynb"],
            when="2026-10-03 12:00:00",
        ),
    )
    school.hand_in("lab", "b", HandedIn([0, 0], [0], unreadable="x", events=[HOSTILE]))
    page = write()
    assert len(page) < 200_000
    body = page[page.index("<body>") :]
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e]", body)
    assert "{{" in body  # as text, not filled in
    assert "49 &amp;" not in body
    found = soup(page)
    assert found.find_all(["script", "img", "b", "i", "iframe", "link", "a"]) == []
    assert "&lt;script&gt;" in body
    named = {key for one in found.find_all(True) for key in one.attrs}
    assert not [key for key in named if key.startswith("on") or "src" in key]
    assert not named & {"href", "action", "style"}
    [rules] = found.select("meta[http-equiv=Content-Security-Policy]")
    assert str(rules["content"]).startswith("default-src 'none';")
    assert re.findall(r"url\((?!data:)", page) == []


def test_damaged_graded_notebooks_cost_their_messages_only(
    school: School, write: Write
) -> None:
    release(school)
    said = {"one": Failure("seen")}
    for number in range(4):
        work = HandedIn([0, 2], [4], failures=said)
        school.hand_in("lab", f"s{number}", work)
    folder = school.root / "class/autograded"
    (folder / "s0/lab/lab.ipynb").write_text("<<<<")
    (folder / "s1/lab/lab.ipynb").write_text('{"cells": [1], "metadata": {}}')
    (folder / "s2/lab/lab.ipynb").write_text(
        '{"cells": [{"cell_type": "code", "outputs": [{"output_type": "error"}],'
        ' "metadata": {"nbgrader": {"grade": true, "grade_id": "one-test"},'
        ' "execution": {"iopub.execute_input": 5}}}], "metadata": {"dlcourse": 3}}'
    )
    page = write()
    assert tiles(page)["handed in"] == ("4 of 4", "all graded")
    text = section(page, "messages")
    assert "2 failed tests" in text
    assert "seen" in text


def test_a_students_page_shows_hostile_ids_and_messages_as_text(
    school: School, write: Write
) -> None:
    release(school)
    name = "<script>alert(1)</script>\x1b[2J"
    said = {"one": Failure(HOSTILE)}
    work = HandedIn([0, 2], [4], failures=said, events=[HOSTILE])
    school.hand_in("lab", name.replace("/", "_"), work)
    page = write(student=name.replace("/", "_"))
    assert soup(page).find_all(["script", "img"]) == []
    assert "\x1b" not in page
    assert "&lt;script&gt;" in page


def test_whatever_gets_into_a_page_is_printable(school: School, write: Write) -> None:
    release(school)
    school.hand_in("lab", "s", HandedIn([2, 2], [4]))
    (school.root / "_config.yml").write_text('title: "A\\x1b\\u202e & B"\n')
    assert "A�� &amp; B" in write()
