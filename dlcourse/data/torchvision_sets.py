"""The real sets: fetched by us; verified, extracted and parsed by torchvision.

The download of torchvision's loaders has no time limit, and their extraction, when
interrupted, leaves half a file that later counts as whole. So we put an archive where
the loader expects it, let the loader extract in a folder aside, and rename whole files
into place.
"""

from __future__ import annotations

import math
import os
import shutil
import tempfile
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dlcourse.data import settings
from dlcourse.data.archives import ASIDE, Archive, ensure, unusable
from dlcourse.data.errors import DataUnavailable
from dlcourse.data.fetch import Patience

Arrays = tuple[NDArray[np.uint8], NDArray[np.int64]]


@dataclass(frozen=True)
class RealSet:
    """A set that torchvision loads.

    Attributes:
        name: as people call it.
        loader: the name of its class in ``torchvision.datasets``.
    """

    name: str
    loader: str

    def load(
        self, train: bool, patience: Patience, failed: DataUnavailable | None = None
    ) -> Arrays:
        """Load the set from disk, fetching it first if needed.

        Args:
            train: the training pictures if true, else the test pictures.
            patience: how long servers may make us wait.
            failed: how fetching ended before; given, only the disk is tried again.

        Returns:
            Pictures of shape (N, C, H, W), values from 0 to 255, and labels (N,).

        Raises:
            DataUnavailable: if it is neither on disk nor can be fetched.
        """
        try:
            root = settings.folder()
            found = self._from_disk(root, train)
            if found is None and failed is not None:
                raise failed
            if found is None:
                for archive in self._archives():
                    ensure(self.name, root, archive, patience)
                found = self._extract(root, train)
        except DataUnavailable:
            raise
        except OSError as error:
            raise unusable(self.name, error) from error
        return found

    def _class(self) -> Any:
        # Here and not above: importing torchvision takes a second.
        from torchvision import datasets

        return getattr(datasets, self.loader)

    def _archives(self) -> list[Archive]:
        """Read addresses and checksums from torchvision."""
        loader = self._class()
        if self.loader == "CIFAR10":
            return [Archive((loader.url,), Path(loader.filename), loader.tgz_md5)]
        return [
            Archive(
                tuple(f"{mirror}{name}" for mirror in loader.mirrors),
                Path(self.loader, "raw", name),
                md5,
            )
            for name, md5 in loader.resources
        ]

    def _from_disk(self, root: Path, train: bool) -> Arrays | None:
        """Load what was extracted earlier; None if it is missing or not whole."""
        if self.loader != "CIFAR10" and not all(
            _whole_idx(root / archive.place.with_suffix(""))
            for archive in self._archives()
        ):
            return None
        try:
            return self._parse(root, train, download=False)
        except RuntimeError:  # torchvision's word for a missing or damaged file
            return None

    def _extract(self, root: Path, train: bool) -> Arrays:
        """Let the loader verify and extract aside, then rename file by file."""
        with tempfile.TemporaryDirectory(dir=root, prefix=ASIDE) as name:
            aside = Path(name)
            archives = [archive.place for archive in self._archives()]
            for place in archives:
                (aside / place).parent.mkdir(parents=True, exist_ok=True)
                _link(root / place, aside / place)
            try:
                found = self._parse(aside, train, download=True)
            except RuntimeError as error:
                raise DataUnavailable(
                    f"{self.name} is not what torchvision expects: {error}"
                ) from error
            for path in sorted(aside.rglob("*")):
                place = path.relative_to(aside)
                if path.is_file() and place not in archives:
                    (root / place).parent.mkdir(parents=True, exist_ok=True)
                    path.replace(root / place)
        return found

    def _parse(self, root: Path, train: bool, download: bool) -> Arrays:
        with warnings.catch_warnings():
            # CIFAR's pickles are old; NumPy 2.4.0 to 2.4.4 complain about them, later
            # ones no more (numpy pull request 31177).
            warnings.filterwarnings("ignore", r"dtype\(\): align should be passed")
            loaded = self._class()(root, train=train, download=download)
        images, labels = np.asarray(loaded.data), np.asarray(loaded.targets, np.int64)
        if images.ndim == 3:
            return images[:, None], labels  # (N, 1, H, W)
        return images.transpose(0, 3, 1, 2), labels  # (N, C, H, W)


def _whole_idx(path: Path) -> bool:
    """Tell whether a file in MNIST's format is as long as its header says.

    The header is two zeros, a type, a number of dimensions, then their sizes.
    """
    if not path.is_file():
        return False
    with path.open("rb") as file:
        start = file.read(4)
        if len(start) < 4:
            return False
        sizes = file.read(4 * start[3])
    shape = [int.from_bytes(sizes[i : i + 4], "big") for i in range(0, len(sizes), 4)]
    expected = 4 + 4 * start[3] + math.prod(shape)
    return len(shape) == start[3] and path.stat().st_size == expected


def _link(source: Path, target: Path) -> None:
    """Give a file a second name; copy it where the file system has no such thing."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)
