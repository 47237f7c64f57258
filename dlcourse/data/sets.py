"""The three sets of pictures of the course."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from dlcourse.data import digits_standin, drawn_cifar, drawn_fashion, settings
from dlcourse.data.dataset import ImageDataset, Transform, as_dataset, check_limit
from dlcourse.data.errors import DataUnavailable
from dlcourse.data.fetch import Patience
from dlcourse.data.torchvision_sets import RealSet

Drawn = tuple[NDArray[np.uint8], NDArray[np.int64], NDArray[np.bool_]]

DIGITS = tuple("0123456789")
# As torchvision names them; written here because importing torchvision takes a second.
FASHION = (
    "T-shirt/top",
    "Trouser",
    "Pullover",
    "Dress",
    "Coat",
    "Sandal",
    "Shirt",
    "Sneaker",
    "Bag",
    "Ankle boot",
)
CIFAR10 = (
    "airplane",
    "automobile",
    "bird",
    "cat",
    "deer",
    "dog",
    "frog",
    "horse",
    "ship",
    "truck",
)


def digits(
    train: bool = True, limit: int | None = None, transform: Transform | None = None
) -> ImageDataset:
    """Load MNIST, handwritten digits of 28×28 grey pixels, or its stand-in.

    The environment variable ``DLCOURSE_DATA`` chooses: ``auto``, the default, takes
    the real set if it is on disk or can be fetched and else the stand-in; ``online``
    insists on the real one, ``offline`` on the stand-in. A stand-in is announced by one
    printed line.

    Args:
        train: the training pictures if true, else the test pictures.
        limit: how many pictures to take, from the beginning of an order that is always
            the same and in which every beginning is as balanced between the classes as
            it can be; all if None.
        transform: what ``dataset[i]`` does to a picture of shape (1, 28, 28).

    Returns:
        60,000 pictures to train on or 10,000 to test on; 1,437 or 360 in the stand-in.

    Raises:
        ValueError: if the limit is below 1 or ``DLCOURSE_DATA`` has no known value.
        DataUnavailable: if ``online`` and the set cannot be had.
    """
    return _load(_DIGITS, train, limit, transform)


def fashion(
    train: bool = True, limit: int | None = None, transform: Transform | None = None
) -> ImageDataset:
    """Load Fashion-MNIST, garments of 28×28 grey pixels, or its stand-in.

    Args:
        train: the training pictures if true, else the test pictures.
        limit: see :func:`digits`.
        transform: what ``dataset[i]`` does to a picture of shape (1, 28, 28).

    Returns:
        60,000 pictures to train on or 10,000 to test on; 2,000 or 500 in the stand-in.

    Raises:
        ValueError: if the limit is below 1 or ``DLCOURSE_DATA`` has no known value.
        DataUnavailable: if ``online`` and the set cannot be had.
    """
    return _load(_FASHION, train, limit, transform)


def cifar10(
    train: bool = True, limit: int | None = None, transform: Transform | None = None
) -> ImageDataset:
    """Load CIFAR-10, things and animals of 32×32 coloured pixels, or its stand-in.

    Args:
        train: the training pictures if true, else the test pictures.
        limit: see :func:`digits`.
        transform: what ``dataset[i]`` does to a picture of shape (3, 32, 32).

    Returns:
        50,000 pictures to train on or 10,000 to test on; 2,000 or 500 in the stand-in.

    Raises:
        ValueError: if the limit is below 1 or ``DLCOURSE_DATA`` has no known value.
        DataUnavailable: if ``online`` and the set cannot be had.
    """
    return _load(_CIFAR10, train, limit, transform)


@dataclass(frozen=True)
class _Pair:
    """A real set and what stands in for it."""

    name: str
    classes: tuple[str, ...]
    real: RealSet
    draw: Callable[[], Drawn]
    drawn_from: str


_DIGITS = _Pair(
    "digits",
    DIGITS,
    RealSet("MNIST", "MNIST"),
    digits_standin.draw,
    digits_standin.SOURCE,
)
_FASHION = _Pair(
    "fashion",
    FASHION,
    RealSet("Fashion-MNIST", "FashionMNIST"),
    drawn_fashion.draw,
    drawn_fashion.SOURCE,
)
_CIFAR10 = _Pair(
    "cifar10",
    CIFAR10,
    RealSet("CIFAR-10", "CIFAR10"),
    drawn_cifar.draw,
    drawn_cifar.SOURCE,
)


def _load(
    pair: _Pair, train: bool, limit: int | None, transform: Transform | None
) -> ImageDataset:
    check_limit(limit)  # before a long download, not after
    real, why = real_or_reason(pair.real, train)
    if real is not None:
        return as_dataset(*real, pair.classes, pair.real.name, limit, transform)
    images, labels, for_testing = pair.draw()
    chosen = for_testing != train
    dataset = as_dataset(
        images[chosen], labels[chosen], pair.classes, pair.drawn_from, limit, transform
    )
    part = "train" if train else "test"
    print(f"{pair.name} ({part}): {pair.drawn_from} [{why}]")
    return dataset


_Part = TypeVar("_Part")
_PartIn = TypeVar("_PartIn", contravariant=True)
_Loaded = TypeVar("_Loaded")
_LoadedOut = TypeVar("_LoadedOut", covariant=True)


class Real(Protocol[_PartIn, _LoadedOut]):
    """A set that can be fetched, with parts such as the training pictures."""

    @property
    def name(self) -> str:
        """Return the name that people call it by."""
        ...

    def load(
        self,
        part: _PartIn,
        patience: Patience,
        failed: DataUnavailable | None = None,
        /,
    ) -> _LoadedOut:
        """Load a part; see :meth:`RealSet.load`."""
        ...


class Attempts:
    """What this process has tried, so that it waits for the network only once."""

    def __init__(self) -> None:
        """Start with nothing tried."""
        self.patience = Patience()
        self.failed: dict[str, DataUnavailable] = {}

    def load(self, real: Real[_Part, _Loaded], part: _Part, remember: bool) -> _Loaded:
        """Load a real set.

        Args:
            real: which.
            part: which part of it, such as the training pictures.
            remember: if true, share one patience with all other sets and do not go to
                the network again for a set that could not be fetched.

        Returns:
            What the set's own ``load`` returns.

        Raises:
            DataUnavailable: if the set cannot be had.
        """
        if not remember:
            return real.load(part, Patience())
        try:
            return real.load(part, self.patience, self.failed.get(real.name))
        except DataUnavailable as error:
            self.failed[real.name] = error
            raise


attempts = Attempts()


def real_or_reason(
    real: Real[_Part, _Loaded], part: _Part
) -> tuple[_Loaded | None, str]:
    """Load a part of a real set, if ``DLCOURSE_DATA`` wants that and it can be had.

    Args:
        real: the set.
        part: which part of it.

    Returns:
        What was loaded, or None and why a stand-in must do.

    Raises:
        ValueError: if ``DLCOURSE_DATA`` has no known value.
        DataUnavailable: if ``online`` and the set cannot be had.
    """
    mode = settings.mode()
    if mode == "offline":
        return None, f"{settings.MODE}=offline"
    try:
        return attempts.load(real, part, remember=mode == "auto"), ""
    except DataUnavailable as error:
        if mode == "online":
            raise
        return None, error.reason
