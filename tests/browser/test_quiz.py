"""Questions in a page, answered as a reader does: by mouse, by keyboard, offline."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dlcourse.exam.banks import bank
from dlcourse.exam.templates import TEMPLATES
from dlcourse.publish.quiz import mixed
from tests.browser.conftest import open_whole

pytestmark = pytest.mark.browser

STATIC = Path(__file__).resolve().parents[2] / "book" / "_static"
CHOICE = "book/revision/multiple-choice.html"
WORKOUTS = "book/revision/workouts.html"
WRITTEN = "book/revision/written.html"
MOCK = "book/revision/mock-exam-1.html"


@pytest.fixture
def page(browser):
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.faults = []
    page.on("pageerror", lambda error: page.faults.append(str(error)))
    yield page
    assert page.faults == []
    assert context.cookies() == []
    context.close()


def question(page, id_):
    return page.locator(f'.dl-question[data-id="{id_}"]')


def pick(form, places):
    for place in places:
        form.locator(".dl-option input").nth(place).check()


def answer(question_):
    """Return places of right and of wrong options as the page shows them."""
    right = [n for n, option in enumerate(question_.options) if option.right]
    return right, [n for n in range(len(question_.options)) if n not in right]


def test_scripts_are_small():
    assert sum(path.stat().st_size for path in STATIC.glob("*.js")) < 15_000


def test_right_picks_earn_and_every_option_says_why(page, address):
    open_whole(page, f"{address}/{CHOICE}")
    static = mixed(bank("choice")["product-rule"])
    right, wrong = answer(static)
    form = question(page, "product-rule")
    pick(form, right[:1])
    form.locator(".dl-check").click()
    assert form.locator(".dl-result").inner_text() == "Partly right: 1 of 2 marks."
    marks = form.locator(".dl-mark").all_inner_texts()
    assert [("right" in mark) for mark in marks] == [
        option.right for option in static.options
    ]
    assert form.locator(".dl-why:visible").count() == len(static.options)
    form.locator(".dl-again").click()
    assert form.locator(".dl-why:visible").count() == 0
    assert form.locator("input:checked").count() == 0
    pick(form, right)
    form.locator(".dl-check").click()
    assert form.locator(".dl-result").inner_text() == "Right: 2 of 2 marks."
    form.locator(".dl-again").click()
    pick(form, [*right, *wrong])
    form.locator(".dl-check").click()
    assert form.locator(".dl-result").inner_text() == "Not right: 0 of 2 marks."


def test_nothing_tells_how_many_options_are_right(page, address):
    open_whole(page, f"{address}/{CHOICE}")
    kinds = {q.id: q.kind for q in bank("choice").values()}
    seen = {}
    for id_, kind in kinds.items():
        form = question(page, id_)
        # What a reader sees or hears before the answer, less the texts themselves.
        seen.setdefault(kind, set()).add(
            (
                form.locator("legend").inner_text(),
                form.locator('input[type="radio"]').count(),
                tuple(form.locator(".dl-mark").all_inner_texts())[:1],
                form.locator(".dl-after:visible").count(),
            )
        )
    assert seen["single"] == seen["several"]
    assert len(seen["single"]) == 1


def test_no_answer_costs_nothing_and_says_what_is_missing(page, address):
    open_whole(page, f"{address}/{CHOICE}")
    form = question(page, "product-rule")
    form.locator(".dl-check").click()
    assert "at least one option" in form.locator(".dl-result").inner_text()
    assert form.locator(".dl-why:visible").count() == 0


def test_keyboard_alone_is_enough(page, address):
    open_whole(page, f"{address}/{CHOICE}")
    static = mixed(bank("choice")["product-rule"])
    right, _ = answer(static)
    form = question(page, "product-rule")
    form.locator(".dl-option input").first.focus()
    for place in range(len(static.options)):
        if place in right:
            page.keyboard.press("Space")
        page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "dl-check"
    page.keyboard.press("Enter")
    assert form.locator(".dl-result").inner_text() == "Right: 2 of 2 marks."
    # The focus is on the next thing to do, not lost.
    assert page.evaluate("document.activeElement.classList.contains('dl-again')")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.type") == "checkbox"


def test_another_one_has_other_numbers_and_works_offline(page, address):
    open_whole(page, f"{address}/{WORKOUTS}")
    page.context.set_offline(True)
    variants = list(TEMPLATES["mlp-parameters"].variants(6))
    form = question(page, "mlp-parameters")
    texts = []
    for variant in variants:
        texts.append(form.locator(".dl-statement").inner_text())
        form.locator(".dl-blank input").fill(variant.blanks[0].shown())
        form.locator(".dl-check").click()
        assert form.locator(".dl-result").inner_text() == "Right: 5 of 5 marks."
        assert form.locator(".dl-solution").is_visible()
        form.locator(".dl-another").click()
    assert len(set(texts)) == 6
    assert form.locator(".dl-statement").inner_text() == texts[0]


def test_a_known_slip_is_named(page, address):
    open_whole(page, f"{address}/{WORKOUTS}")
    variant = TEMPLATES["bayes"].variant(0)
    slip = variant.slips[0]
    form = question(page, "bayes")
    form.locator(".dl-blank input").fill(f"{slip.values[0]:.3f}")
    form.locator(".dl-check").click()
    assert form.locator(".dl-slip:visible").count() == 1
    assert "wrong way round" in form.locator(".dl-slip:visible").inner_text()
    shown = variant.blanks[0].shown()
    assert form.locator(".dl-blank .dl-mark").inner_text() == f"✗ it is {shown}"


def test_what_is_no_number_is_asked_for_again(page, address):
    open_whole(page, f"{address}/{WORKOUTS}")
    form = question(page, "bayes")
    form.locator(".dl-blank input").fill("a third")
    form.locator(".dl-check").click()
    assert "a number such as 0.25" in form.locator(".dl-result").inner_text()
    assert form.locator(".dl-solution:visible").count() == 0


def test_own_marks_for_a_written_answer_add_up(page, address):
    open_whole(page, f"{address}/{WRITTEN}")
    form = question(page, "write-adversarial-example")
    form.locator("textarea").fill("A small change on purpose.")
    form.locator(".dl-check").click()
    assert form.locator(".dl-solution").is_visible()
    lines = form.locator(".dl-rubric input")
    assert lines.count() == 3
    lines.nth(0).fill("1")
    lines.nth(1).fill("0.5")
    lines.nth(2).fill("7")
    assert form.locator(".dl-result").inner_text() == "Partly right: 2.5 of 3 marks."


def test_progress_stays_in_this_browser(page, address):
    open_whole(page, f"{address}/{WRITTEN}")
    form = question(page, "write-adversarial-example")
    form.locator("textarea").fill("Kept text")
    form.locator(".dl-check").click()
    form.locator(".dl-rubric input").first.fill("1")
    page.reload()
    form = question(page, "write-adversarial-example")
    assert form.locator("textarea").input_value() == "Kept text"
    set_ = page.locator(".dl-set", has=form)
    assert set_.locator(".dl-count").inner_text().startswith("1 of ")
    stored = json.loads(page.evaluate("localStorage.getItem('dl-quiz')"))
    assert stored["write-adversarial-example"]["got"] == 1
    set_.locator(".dl-forget").click()
    assert "answered" not in set_.locator(".dl-count").inner_text()
    assert form.locator("textarea").input_value() == ""


def test_a_browser_that_refuses_storage_still_checks(page, address):
    page.add_init_script(
        "Object.defineProperty(window, 'localStorage', "
        "{get() { throw new DOMException('no', 'SecurityError'); }});"
    )
    # The theme itself asks for storage and complains; only the quiz is looked at.
    with page.expect_event("pageerror"):
        page.goto(f"{address}/{CHOICE}")
    page.faults.clear()
    right, _ = answer(mixed(bank("choice")["product-rule"]))
    form = question(page, "product-rule")
    pick(form, right)
    form.locator(".dl-check").click()
    assert form.locator(".dl-result").inner_text() == "Right: 2 of 2 marks."


def test_others_can_be_drawn_from_a_bank(page, address):
    open_whole(page, f"{address}/book/labs/lab01-tensors.html")
    set_ = page.locator(".dl-set").first
    first = set_.locator(".dl-question:visible").evaluate_all(
        "all => all.map(q => q.dataset.id)"
    )
    assert len(first) == 2
    set_.locator(".dl-draw").click()
    second = set_.locator(".dl-question:visible").evaluate_all(
        "all => all.map(q => q.dataset.id)"
    )
    assert len(second) == 2
    assert not set(first) & set(second)


def test_a_mock_exam_counts_its_marks_and_leads_to_its_papers(page, address):
    open_whole(page, f"{address}/{MOCK}")
    counts = page.locator(".dl-count").all_inner_texts()
    assert counts == [
        "12 questions, 25 marks",
        "8 questions, 40 marks",
        "10 questions, 35 marks",
    ]
    for link in page.locator(".dl-exercise a").all():
        response = page.request.get(
            page.evaluate(
                "link => new URL(link, location).href", link.get_attribute("href")
            )
        )
        assert response.ok


def test_the_calculator_answers(page, address):
    open_whole(page, f"{address}/book/revision/the-exam.html")
    form = page.locator(".dl-hurdles")
    form.get_by_label("In-semester").fill("50")
    assert "at least 50.0 % in the exam" in form.locator("output").inner_text()
    form.get_by_label("Exam result").fill("60")
    assert "Passed" in form.locator("output").inner_text()
    form.get_by_label("Exam result").fill("160")
    assert "from 0 to 100" in form.locator("output").inner_text()
