"""Grammars: entropies against cases worked by hand, and against what is written."""

from __future__ import annotations

import itertools
import math
from collections import Counter

import numpy as np
import pytest

from dlcourse.data import invented_text
from dlcourse.data.grammar import Grammar


def written(grammar: Grammar, start: str, count: int, seed: int = 0):
    text = grammar.write(start, np.random.RandomState(seed))
    words, costs = zip(*itertools.islice(text, count), strict=True)
    return words, np.array(costs)


def test_a_fair_coin_costs_a_bit():
    grammar = Grammar({"S": [(1, ("head", "S")), (1, ("tail", "S"))]}, ["S"])
    assert grammar.words == {"head", "tail"}
    assert grammar.entropy() == pytest.approx(math.log(2))
    words, costs = written(grammar, "S", 1000)
    assert set(costs) == {math.log(2)}
    assert 400 < words.count("head") < 600


def test_the_certain_is_free():
    rules = {"S": [(1, ("a", "b", "T"))], "T": [(1, ("end", "S"))]}
    grammar = Grammar(rules, ["S"])
    assert grammar.entropy() == 0
    words, costs = written(grammar, "S", 7)
    assert words == ("a", "b", "end", "a", "b", "end", "a")
    assert costs.tolist() == [0] * 7


def test_recursion_by_hand():
    nested = {"S": [(1, ("N", ".", "S"))], "N": [(1, ("(", "M", ")"))]}
    nested["M"] = [(1, ("x",)), (1, ("N",))]
    grammar = Grammar(nested, ["S"])
    # Two pairs of brackets on average, each with a choice of ln 2; an x and a stop.
    assert grammar.entropy() == pytest.approx(2 * math.log(2) / (2 * 2 + 2))


def test_a_markov_chain_of_starts_by_hand():
    # From a, stay with 3/4; from b, leave surely. Stationary shares 4/5 and 1/5.
    rules = {"A": [(3, ("a", "A")), (1, ("b", "B"))], "B": [(1, ("a", "A"))]}
    grammar = Grammar(rules, ["A", "B"])
    choice = 0.75 * math.log(4 / 3) + 0.25 * math.log(4)
    assert grammar.entropy() == pytest.approx(0.8 * choice)
    words, _ = written(grammar, "A", 20_000)
    assert Counter(words)["b"] / 20_000 == pytest.approx(0.2, abs=0.01)


@pytest.mark.parametrize(
    ("rules", "says"),
    [
        ({"S": [(1, ("a", "S")), (1, ("T", "S"))], "T": [(1, ("a",))]}, "begin with a"),
        ({"S": [(1, ("a", "S")), (1, ())]}, "empty"),
        ({"S": [(1, ("S", "a")), (1, ("b", "S"))]}, "begin with itself"),
        ({"S": [(1, ("T", "S"))], "T": [(1, ("a",)), (2, ("a", "b"))]}, "of T"),
    ],
)
def test_rules_that_words_do_not_tell_apart_are_refused(rules, says):
    with pytest.raises(ValueError, match=says):
        Grammar(rules, ["S"])


# The stand-in -------------------------------------------------------------------------


def test_the_entropy_is_what_a_long_text_costs():
    grammar = invented_text.grammar()
    words, costs = written(grammar, "After.farm", 200_000, seed=5)
    # Sentences depend on each other little: blocks of 2,000 words not measurably.
    blocks = costs.reshape(100, 2000).mean(axis=1)
    error = blocks.std(ddof=1) / 10
    assert error < 0.01
    assert abs(costs.mean() - grammar.entropy()) < 4 * error
    # Not by chance: with a tenth more or less this test fails.
    assert error * 4 < 0.1 * grammar.entropy()
    assert set(words) <= grammar.words


def test_the_costs_are_probabilities_given_all_that_came_before():
    """Words after the same history, counted: as often as their costs say."""
    grammar = invented_text.grammar()
    words, costs = written(grammar, "After.farm", 300_000, seed=6)
    after = Counter()
    said: dict[str, float] = {}
    for before, (word, cost) in itertools.pairwise(zip(words, costs, strict=True)):
        if before[0] == "<eos>":
            after[word] += 1
            said[word] = math.exp(-cost)
    whole = sum(after.values())
    assert math.isclose(sum(said.values()), 1)
    for word, count in after.items():
        error = math.sqrt(said[word] / whole)
        assert abs(count / whole - said[word]) < 5 * error, word


def test_nouns_and_verbs_have_the_right_forms():
    words = invented_text.grammar().words
    for right in (
        *("loaves", "thieves", "midwives", "fishermen", "ploughmen", "signalmen"),
        *("potatoes", "stories", "ferries", "waltzes", "rashes", "witnesses"),
        *("buys", "plays", "says", "catches", "simplifies", "discusses", "mixes"),
    ):
        assert right in words
    for wrong in ("loafs", "thiefs", "plaies", "saies", "waltzs"):
        assert wrong not in words
    assert 450 < len(words) < 600


def test_verbs_agree_and_articles_fit():
    words = invented_text.write().words["train"]
    text = f" {' '.join(words)} "
    assert "who feeds" in text
    for wrong in (" a farmers ", " many farmer ", " every sailors ", " farmers feeds "):
        assert wrong not in text
    vowels = [pair for pair in itertools.pairwise(words) if pair[0] == "a"]
    assert vowels
    assert not [word for _, word in vowels if word[0] in "aeiou"]


def test_a_theme_stays_for_a_while():
    people = {
        noun: name
        for name, theme in invented_text._THEMES.items()
        for number in ("one", "more")
        for noun in invented_text._nouns(theme.people, number)
    }
    words = invented_text.write().words["train"]
    themes, begins = [], True
    for word in words:
        if begins and word in people:
            themes.append(people[word])
            begins = False
        begins |= word == "<eos>"
    assert len(themes) == invented_text.SENTENCES["train"]
    kept = np.mean([one == other for one, other in itertools.pairwise(themes)])
    assert kept == pytest.approx(invented_text.LOYALTY, abs=0.015)
    shares = Counter(themes)
    assert len(shares) == 8
    assert min(shares.values()) > 0.05 * len(themes)
