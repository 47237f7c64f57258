"""One class for all texts: words as numbers, in memory."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

import torch
from torch import Tensor

# The end of a sentence, and what stands for words that are too rare to have a number.
END, UNKNOWN = "<eos>", "<unk>"


class Corpus:
    """A text as numbers, one for each word; the end of a sentence counts as a word.

    Attributes:
        ids: int64, shape (N,): the numbers of the words, in the order of the text.
        vocabulary: the words that the numbers stand for, the commonest first.
        word_to_id: the number of each word.
        source: where the text comes from; starts with ``stand-in`` if it is one.
        surprisal: float64, shape (N,): what each word costs a reader who knows the rule
            by which the text was made, that is, minus the logarithm of its probability
            after all words before it, in nats. None for a text that people wrote, since
            nobody knows its rule.
        entropy: the mean surprisal of an endless text by that rule, in nats a word: no
            model can do better in the long run, and exp(entropy) is the floor of the
            perplexity. None where ``surprisal`` is.
    """

    def __init__(
        self,
        ids: Tensor,
        vocabulary: Sequence[str],
        source: str,
        surprisal: Tensor | None = None,
        entropy: float | None = None,
    ) -> None:
        """Keep the tensors and check that they fit together.

        Args:
            ids: int64, shape (N,), values from 0 to len(vocabulary) - 1.
            vocabulary: different words.
            source: one line that says where the text comes from.
            surprisal: float64, shape (N,), if known.
            entropy: in nats a word, if known.

        Raises:
            ValueError: if shapes or types are others than the above.
        """
        if ids.ndim != 1 or ids.dtype != torch.int64:
            raise ValueError(
                "ids must be int64 of shape (N,), "
                f"got {ids.dtype} of shape {tuple(ids.shape)}"
            )
        if surprisal is not None and (
            surprisal.shape != ids.shape or surprisal.dtype != torch.float64
        ):
            raise ValueError(
                f"surprisal must be float64 of shape ({len(ids)},), "
                f"got {surprisal.dtype} of shape {tuple(surprisal.shape)}"
            )
        self.ids = ids
        self.vocabulary = tuple(vocabulary)
        self.word_to_id = {word: number for number, word in enumerate(self.vocabulary)}
        if len(self.word_to_id) != len(self.vocabulary):
            raise ValueError("a word stands in the vocabulary twice")
        self.source = source
        self.surprisal = surprisal
        self.entropy = entropy

    def __len__(self) -> int:
        """Return the number of words."""
        return len(self.ids)

    def text(self, ids: Tensor | Iterable[int]) -> str:
        """Write numbers as words, a sentence on each line.

        Args:
            ids: numbers of words, shape (N,).

        Returns:
            The words with spaces between them; where a sentence ends, a new line.
        """
        numbers = ids.tolist() if isinstance(ids, Tensor) else ids
        lines: list[list[str]] = [[]]
        for number in numbers:
            word = self.vocabulary[number]
            if word == END:
                lines.append([])
            else:
                lines[-1].append(word)
        return "\n".join(map(" ".join, lines)).rstrip("\n")

    def __repr__(self) -> str:
        """Describe the text in one line."""
        return (
            f"Corpus({len(self):,} words, {len(self.vocabulary):,} different, "
            f"{self.source})"
        )


def by_frequency(text: Iterable[str], known: Iterable[str] = ()) -> tuple[str, ...]:
    """List the words of a text, the commonest first and ties by the alphabet.

    Args:
        text: its words.
        known: words to list even if the text lacks them.

    Returns:
        Each word once.
    """
    counts = Counter(text)
    counts.update(dict.fromkeys(known, 0))
    return tuple(sorted(counts, key=lambda word: (-counts[word], word)))
