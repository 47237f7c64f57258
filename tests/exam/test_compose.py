"""Papers from a seed: by the blueprint, without repetition, of equal difficulty."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from dlcourse.errors import CourseError
from dlcourse.exam import compose as composing
from dlcourse.exam.banks import BANKS, bank
from dlcourse.exam.blueprint import LEAST_TOPICS, SECTIONS
from dlcourse.exam.compose import Paper, Part, compose, compose_versions, origin
from dlcourse.exam.templates import TEMPLATES
from dlcourse.exam.topics import TOPICS

SEEDS = range(60)


@pytest.mark.parametrize("seed", SEEDS)
def test_every_paper_follows_the_rules_of_the_exam(seed: int) -> None:
    paper = compose(seed)
    parts = {part.section.letter: part for part in paper.parts}
    assert {k: len(p.questions) for k, p in parts.items()} == {"A": 12, "B": 8, "C": 10}
    marks = {k: sum(q.marks for q in p.questions) for k, p in parts.items()}
    assert marks == {"A": 25, "B": 40, "C": 35}
    by_level: Counter[str] = Counter()
    for question in paper.questions:
        by_level[question.difficulty] += round(question.marks)
    assert by_level["easy"] + by_level["medium"] == 80
    assert (by_level["hard"], by_level["very hard"]) == (10, 10)
    assert len({question.topic for question in paper.questions}) >= 10
    origins = [origin(question) for question in paper.questions]
    assert len(set(origins)) == 30
    assert {q.kind for q in parts["A"].questions} <= {"single", "several"}
    assert {q.kind for q in parts["B"].questions} == {"numeric"}
    assert {q.kind for q in parts["C"].questions} == {"written"}


def test_a_seed_gives_one_paper_and_another_seed_another() -> None:
    assert compose(7) == compose(7)
    texts = {tuple(q.statement for q in compose(seed).questions) for seed in SEEDS}
    assert len(texts) == len(SEEDS)


def test_all_templates_and_most_static_questions_come_up() -> None:
    seen = {origin(q) for seed in range(300) for q in compose(seed).questions}
    assert set(TEMPLATES) <= seen
    for name in ("choice", "workout", "written"):
        assert len(seen & set(bank(name))) > 0.8 * len(bank(name)), name


def test_thirty_versions_differ_and_are_equally_hard() -> None:
    papers = compose_versions(7, 30)
    assert papers[0] == compose(7)
    assert [paper.version for paper in papers] == list(range(1, 31))
    first = papers[0]
    shape = [
        (q.topic, q.difficulty, q.marks, q.kind == "numeric") for q in first.questions
    ]
    for paper in papers:
        assert shape == [
            (q.topic, q.difficulty, q.marks, q.kind == "numeric")
            for q in paper.questions
        ]
    # Each template gives each paper numbers of its own.
    for place, question in enumerate(first.questions):
        if origin(question) in TEMPLATES:
            variants = {
                (q.statement, tuple(q.images.values()), frozenset(q.options))
                for q in (paper.questions[place] for paper in papers)
            }
            assert len(variants) == 30, question.id
    # Neighbours cannot copy part A: hardly any two share all letters.
    keys = {
        tuple(
            tuple(option.right for option in q.options)
            for q in paper.parts[0].questions
        )
        for paper in papers
    }
    assert len(keys) == 30


def test_marks_that_do_not_add_up_are_named() -> None:
    paper = compose(3)
    first = paper.parts[0]
    changed = (first.questions[0].worth(4), *first.questions[1:])
    with pytest.raises(CourseError, match=r"seed 3, version 1, part A: .* 27, 25 are"):
        Paper(3, 1, (replace(first, questions=changed), *paper.parts[1:]))


def test_a_question_that_comes_twice_is_named() -> None:
    paper = compose(3)
    first = paper.parts[0]
    twice = (first.questions[1], *first.questions[1:])
    with pytest.raises(CourseError, match="comes twice"):
        Paper(3, 1, (replace(first, questions=twice), *paper.parts[1:]))


def test_too_few_topics_are_refused() -> None:
    paper = compose(3)
    parts = tuple(
        Part(
            part.section,
            tuple(replace(q, topic="tensors") for q in part.questions),
        )
        for part in paper.parts
    )
    with pytest.raises(CourseError, match=f"1 topics, at least {LEAST_TOPICS}"):
        Paper(3, 1, parts)


def test_an_empty_bank_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        composing, "bank", lambda name: {} if name == "reading" else bank(name)
    )
    with pytest.raises(CourseError, match="Part B: no medium question for 5 marks"):
        compose(1)


def test_the_blueprint_is_worth_a_hundred() -> None:
    for section in SECTIONS:
        assert sum(slot.marks for slot in section.slots) == section.marks
    assert sum(section.marks for section in SECTIONS) == 100


# What issue and curriculum ask of the banks: how many, over how many topics.
LEAST = {
    "choice": (60, 17),
    "written": (30, 17),
    "reading": (30, 12),
    "workout": (2, 2),
}


@pytest.mark.parametrize("name", BANKS)
def test_banks_are_large_and_spread(name: str) -> None:
    count, topics = LEAST[name]
    questions = bank(name).values()
    assert len(questions) >= count
    assert len({question.topic for question in questions}) >= topics
    assert {question.topic for question in questions} <= set(TOPICS)
    assert {question.difficulty for question in questions} >= {"easy", "medium", "hard"}


def test_no_id_is_used_in_two_banks() -> None:
    ids = [id_ for name in BANKS for id_ in bank(name)] + list(TEMPLATES)
    assert len(set(ids)) == len(ids)


def test_the_product_rule_is_asked() -> None:
    assert bank("choice")["product-rule"].topic == "probability"


def test_right_options_are_no_longer_than_wrong_ones() -> None:
    lengths: dict[bool, list[int]] = {True: [], False: []}
    for question in bank("choice").values():
        for option in question.options:
            lengths[option.right].append(len(option.text))
    right, wrong = (sum(lengths[k]) / len(lengths[k]) for k in (True, False))
    assert right < 1.15 * wrong


def test_options_of_a_static_question_stand_in_another_order_each_time() -> None:
    orders: dict[str, set[tuple[str, ...]]] = {}
    for seed in range(200):
        for question in compose(seed).questions:
            if question.id in bank("choice"):
                texts = tuple(option.text for option in question.options)
                orders.setdefault(question.id, set()).add(texts)
    often = [found for found in orders.values() if len(found) > 4]
    assert len(often) > len(orders) / 2
