"""The text of the course: the Penn Treebank, or what stands in for it."""

from __future__ import annotations

import torch

from dlcourse.data import invented_text
from dlcourse.data.corpus import UNKNOWN, Corpus, by_frequency
from dlcourse.data.dataset import check_limit
from dlcourse.data.sets import real_or_reason
from dlcourse.data.treebank import Texts, Treebank

PARTS = ("train", "valid", "test")
_TREEBANK = Treebank()


def words(part: str = "train", limit: int | None = None) -> Corpus:
    """Load the Penn Treebank, a million words of newspaper English, or its stand-in.

    The environment variable ``DLCOURSE_DATA`` chooses, see :func:`digits`. The
    vocabulary is the same for all parts: the words of the training part.

    Args:
        part: ``train``, ``valid`` or ``test``.
        limit: how many words to take from the beginning; all if None. The vocabulary
            does not depend on it.

    Returns:
        929,589, 73,760 or 82,430 words, 10,000 different ones; about a tenth of that
        in the stand-in, whose ``entropy`` is known.

    Raises:
        ValueError: if there is no such part, the limit is below 1 or ``DLCOURSE_DATA``
            has no known value.
        DataUnavailable: if ``online`` and the text cannot be had.
    """
    if part not in PARTS:
        raise ValueError(f"part must be train, valid or test, got {part!r}")
    check_limit(limit)  # before a download, not after
    real, why = real_or_reason(_TREEBANK, part)
    if real is not None:
        return _real(real, limit)
    print(f"words ({part}): {invented_text.SOURCE} [{why}]")
    return _stand_in(part, limit)


def _real(texts: Texts, limit: int | None) -> Corpus:
    vocabulary = by_frequency(texts.train, known=[UNKNOWN])
    number = {word: place for place, word in enumerate(vocabulary)}
    rare = number[UNKNOWN]
    ids = [number.get(word, rare) for word in texts.part[:limit]]
    return Corpus(torch.tensor(ids), vocabulary, _TREEBANK.name)


def _stand_in(part: str, limit: int | None) -> Corpus:
    written = invented_text.write()
    vocabulary = by_frequency(
        written.words["train"], known=invented_text.grammar().words
    )
    number = {word: place for place, word in enumerate(vocabulary)}
    ids = [number[word] for word in written.words[part][:limit]]
    costs = written.surprisal[part][:limit]
    return Corpus(
        torch.tensor(ids),
        vocabulary,
        invented_text.SOURCE,
        torch.tensor(costs, dtype=torch.float64),
        written.entropy,
    )
