"""Every template: two computations agree, options differ, solutions fit."""

from __future__ import annotations

import importlib
import math
import pkgutil
import random
from collections.abc import Callable
from typing import Any

import pytest

from dlcourse.errors import CourseError
from dlcourse.exam.question import Value
from dlcourse.exam.scoring import score
from dlcourse.exam.template import Calculation, Statements, Template
from dlcourse.exam.templates import TEMPLATES

from . import second

SEEDS = 300
VARIANTS = 50
SECOND: dict[str, Callable[[Any], Any]] = {
    name: compute
    for module in pkgutil.iter_modules(second.__path__)
    for name, compute in importlib.import_module(
        f"{second.__name__}.{module.name}"
    ).SECOND.items()
}

ALL = list(TEMPLATES.values())
CALCULATIONS = [t for t in ALL if isinstance(t, Calculation)]
STATEMENTS = [t for t in ALL if isinstance(t, Statements)]
FORMS = [(template, form) for template in ALL for form in template.forms]

each_calculation = pytest.mark.parametrize("template", CALCULATIONS, ids=lambda t: t.id)
each_form = pytest.mark.parametrize(
    ("template", "form"), FORMS, ids=[f"{t.id}:{f}" for t, f in FORMS]
)


def drawn(template: Template, seed: int) -> Any:
    return template.draw(random.Random(f"{template.id} {seed}"))


def same(one: Value, other: Value) -> bool:
    if isinstance(one, tuple) or isinstance(other, tuple):
        return one == other
    return math.isclose(one, other, rel_tol=1e-6, abs_tol=1e-6)


@each_calculation
def test_a_second_computation_gives_the_same_key(template: Calculation) -> None:
    compute = SECOND[template.id]
    for seed in range(SEEDS):
        p = drawn(template, seed)
        key, again = template.key(p), compute(p)
        keys = key if isinstance(key, list) else [key]
        others = again if isinstance(again, list) else [again]
        assert len(keys) == len(others) == len(template.labels)
        for one, other in zip(keys, others, strict=True):
            assert same(one, other), f"seed {seed}, {p}: {one} and {other}"


@pytest.mark.parametrize("template", STATEMENTS, ids=lambda t: t.id)
def test_a_second_judgement_finds_the_same_options_right(template: Statements) -> None:
    judge = SECOND[template.id]
    for seed in range(SEEDS):
        p = drawn(template, seed)
        options = template.options(p)
        assert [o.right for o in options] == judge(p), f"seed {seed}"


@each_form
def test_fifty_variants_differ_and_a_full_answer_earns_full_marks(
    template: Template, form: str
) -> None:
    questions = list(template.variants(VARIANTS, form))
    distinct = {
        (q.statement, tuple(q.images.values()), frozenset(q.options)) for q in questions
    }
    assert len(distinct) == VARIANTS
    for question in questions:
        rule = question.scoring()
        if form == "numeric":
            full = [blank.shown() for blank in question.blanks]
        else:
            full = [n for n, option in enumerate(question.options) if option.right]
        assert score(rule, full) == question.marks


@each_form
def test_right_options_are_not_always_in_one_place(
    template: Template, form: str
) -> None:
    if form == "numeric":
        assert "choice" in template.forms or template.forms == ("numeric",)
        return
    places = {
        tuple(option.right for option in question.options)
        for question in template.variants(VARIANTS, form)
    }
    assert len(places) >= 4


@each_calculation
def test_a_mistake_earns_nothing_of_what_it_got_wrong(template: Calculation) -> None:
    for seed in range(VARIANTS):
        question = template.variant(seed, template.forms[0])
        p_free = [o for o in question.options if not o.right]
        rule = question.scoring()
        for option in p_free:
            assert score(rule, [question.options.index(option)]) == 0


@each_calculation
def test_mistakes_lie_beyond_the_tolerance(template: Calculation) -> None:
    assert len(template.mistakes(drawn(template, 0))) >= 3
    for question in template.variants(VARIANTS, template.forms[-1]):
        shown = [option.text for option in question.options]
        assert len(set(shown)) == len(shown)


@each_calculation
def test_the_solution_ends_in_the_variants_key(template: Calculation) -> None:
    for question in template.variants(VARIANTS, "numeric"):
        for blank in question.blanks:
            shown = blank.shown().replace("-", "").strip("(),")
            plain = question.solution.replace(r",\,", ",").replace(r"\,", "")
            plain = plain.replace("{,}", ",")
            assert shown in plain, f"{question.id}: {shown} not in {plain}"


@pytest.mark.parametrize("template", ALL, ids=lambda t: t.id)
def test_a_seed_gives_the_same_question(template: Template) -> None:
    form = template.forms[0]
    assert template.variant(3, form) == template.variant(3, form)


def test_each_row_of_the_list_has_its_template() -> None:
    assert [template.number for template in ALL] == list(range(1, 41))


def test_every_second_computation_belongs_to_a_template() -> None:
    assert set(SECOND) == set(TEMPLATES)


class Narrow(Calculation):
    """One variant only, and options that may coincide."""

    id, number, topic, difficulty = "narrow", 0, "tensors", "easy"

    def __init__(self, mistake: float) -> None:
        self.mistake = mistake

    def draw(self, rng: random.Random) -> dict[str, Any]:
        return {}

    def key(self, p: Any) -> float:
        return 2.0

    def mistakes(self, p: Any) -> list[Any]:
        from dlcourse.exam.template import Mistake

        return [Mistake(self.mistake, "Wrong."), Mistake(9.0, "Wrong, too.")]

    def statement(self, p: Any) -> str:
        return "How many?"

    def solution(self, p: Any) -> str:
        return "2"


def test_a_template_without_enough_variants_says_so() -> None:
    with pytest.raises(CourseError, match="narrow has 1 variants, 5 are wanted"):
        list(Narrow(3.0).variants(5))


@pytest.mark.parametrize("mistake", [2.0, math.inf, math.nan])
def test_options_that_coincide_are_given_up_after_100_draws(mistake: float) -> None:
    with pytest.raises(CourseError, match="narrow, seed 4: 100 draws"):
        Narrow(mistake).variant(4)


def test_a_form_that_a_template_lacks_is_refused() -> None:
    lonely = Narrow(3.0)
    lonely.forms = ("choice",)  # type: ignore[misc]
    with pytest.raises(CourseError, match="no form numeric"):
        lonely.variant(1)
