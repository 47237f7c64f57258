"""Probabilistic grammars: write a text by rules, and know what each of its words costs.

The rules are such that the next word always tells which alternative was taken. So the
words determine every choice that was made, the probability of a text is the product of
its choices' probabilities, and the entropy is a matter of linear equations.
"""

from __future__ import annotations

import bisect
import itertools
import math
from collections.abc import Iterator, Mapping, Sequence, Set
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

Rules: TypeAlias = Mapping[str, Sequence[tuple[float, tuple[str, ...]]]]


class _Choice(NamedTuple):
    """What may stand for a symbol: sums of the weights, and each alternative's cost."""

    sums: tuple[float, ...]
    costs: tuple[float, ...]
    alternatives: tuple[tuple[str, ...], ...]


class Grammar:
    """A context-free grammar for an endless text.

    Attributes:
        words: all words that it can write.
    """

    def __init__(self, rules: Rules, starts: Sequence[str]) -> None:
        """Check the rules.

        Args:
            rules: for each symbol its alternatives, pairs (weight, what takes the
                symbol's place). What has no rule is a word.
            starts: symbols with which a passage begins. Each alternative leads, by
                whatever choices, to exactly one of them, as its last symbol: that is
                how a passage ends and the next one begins.

        Raises:
            ValueError: if two alternatives of a symbol can begin with the same word, or
                one is empty: then the words would not tell which was taken.
        """
        self._choices = {
            symbol: _Choice(
                tuple(itertools.accumulate(weight for weight, _ in alternatives)),
                _costs([weight for weight, _ in alternatives]),
                tuple(alternative for _, alternative in alternatives),
            )
            for symbol, alternatives in rules.items()
        }
        self._starts = tuple(starts)
        used = (s for c in self._choices.values() for a in c.alternatives for s in a)
        self.words = frozenset(used) - self._choices.keys()
        self._check()

    def entropy(self) -> float:
        """Calculate the entropy of the endless text.

        Passages follow each other as a Markov chain of starts. With its stationary
        distribution, the entropy of a passage is divided by the length of a passage.

        Returns:
            The expected surprisal of a word, in nats.
        """
        choices = self._choices.values()
        own = [sum(math.exp(-cost) * cost for cost in c.costs) for c in choices]
        words = [_mean_count(choice, self.words) for choice in choices]
        ends = [[_mean_count(c, {start}) for start in self._starts] for c in choices]
        totals = self._solve(np.column_stack([own, words, ends]))
        places = list(self._choices)
        totals = totals[[places.index(start) for start in self._starts]]
        costs, lengths, moves = totals[:, 0], totals[:, 1], totals[:, 2:]
        share = _stationary(moves)
        return float(share @ costs / (share @ lengths))

    def write(
        self, start: str, rng: np.random.RandomState
    ) -> Iterator[tuple[str, float]]:
        """Write without end.

        Args:
            start: the symbol to begin with.
            rng: what chooses.

        Yields:
            The words, each with its surprisal in nats.
        """
        dice = _uniform(rng)
        stack, cost = [start], 0.0
        while True:
            symbol = stack.pop()
            choice = self._choices.get(symbol)
            if choice is None:
                yield symbol, cost
                cost = 0.0
                continue
            place = bisect.bisect_right(choice.sums, next(dice) * choice.sums[-1])
            cost += choice.costs[place]
            stack.extend(reversed(choice.alternatives[place]))

    def _check(self) -> None:
        firsts: dict[str, frozenset[str]] = {}
        for symbol in self._choices:
            self._first(symbol, firsts, ())

    def _first(
        self, symbol: str, firsts: dict[str, frozenset[str]], above: tuple[str, ...]
    ) -> frozenset[str]:
        """Find the words with which a symbol can begin; no word may do so twice."""
        if symbol not in self._choices:
            return frozenset([symbol])
        if symbol in above:
            raise ValueError(f"{symbol} can begin with itself")
        if symbol not in firsts:
            found: set[str] = set()
            for alternative in self._choices[symbol].alternatives:
                if not alternative:
                    raise ValueError(f"{symbol} has an empty alternative")
                new = self._first(alternative[0], firsts, (*above, symbol))
                if found & new:
                    both = ", ".join(sorted(found & new))
                    raise ValueError(f"two alternatives of {symbol} begin with {both}")
                found |= new
            firsts[symbol] = frozenset(found)
        return firsts[symbol]

    def _solve(self, own: NDArray[np.float64]) -> NDArray[np.float64]:
        """Add to what each symbol's choice brings what the symbols below it bring.

        The starts bring nothing: what follows them belongs to the next passage.
        """
        places = {symbol: place for place, symbol in enumerate(self._choices)}
        inner = np.zeros((len(places), len(places)))
        for symbol, choice in self._choices.items():
            pairs = zip(choice.costs, choice.alternatives, strict=True)
            for cost, alternative in pairs:
                for below in alternative:
                    if below in places and below not in self._starts:
                        inner[places[symbol], places[below]] += math.exp(-cost)
        totals = np.linalg.solve(np.eye(len(places)) - inner, own)
        return np.asarray(totals, dtype=np.float64)


def _costs(weights: Sequence[float]) -> tuple[float, ...]:
    whole = sum(weights)
    return tuple(math.log(whole / weight) for weight in weights)


def _mean_count(choice: _Choice, symbols: Set[str]) -> float:
    """Count how many of these symbols a choice puts in its place on average."""
    return sum(
        math.exp(-cost) * sum(symbol in symbols for symbol in alternative)
        for cost, alternative in zip(choice.costs, choice.alternatives, strict=True)
    )


def _stationary(moves: NDArray[np.float64]) -> NDArray[np.float64]:
    """Find the shares of a Markov chain's states in the long run."""
    count = len(moves)
    # share @ moves = share, of which one equation is spare; and the sum is 1.
    equations = np.vstack([(moves.T - np.eye(count))[1:], np.ones(count)])
    share = np.linalg.solve(equations, np.eye(count)[-1])
    return np.asarray(share, dtype=np.float64)


def _uniform(rng: np.random.RandomState) -> Iterator[float]:
    while True:
        yield from rng.random_sample(4096).tolist()
