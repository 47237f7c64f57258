"""The three sets of pictures of the course."""

from __future__ import annotations

import functools
from types import ModuleType

import numpy as np
from numpy.typing import NDArray

from dlcourse.data import digits_standin, drawn_cifar, drawn_fashion
from dlcourse.data.dataset import ImageDataset, Transform, as_dataset

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
    """Load MNIST, handwritten digits of 28×28 grey pixels, or its stand-in."""
    return _stand_in(digits_standin, DIGITS, train, limit, transform)


def fashion(
    train: bool = True, limit: int | None = None, transform: Transform | None = None
) -> ImageDataset:
    """Load Fashion-MNIST, garments of 28×28 grey pixels, or its stand-in."""
    return _stand_in(drawn_fashion, FASHION, train, limit, transform)


def cifar10(
    train: bool = True, limit: int | None = None, transform: Transform | None = None
) -> ImageDataset:
    """Load CIFAR-10, things and animals of 32×32 coloured pixels, or its stand-in."""
    return _stand_in(drawn_cifar, CIFAR10, train, limit, transform)


@functools.cache
def _drawn(
    module: ModuleType,
) -> tuple[NDArray[np.uint8], NDArray[np.int64], NDArray[np.bool_]]:
    images, labels, for_testing = module.draw()
    return images, labels, for_testing


def _stand_in(
    module: ModuleType,
    classes: tuple[str, ...],
    train: bool,
    limit: int | None,
    transform: Transform | None,
) -> ImageDataset:
    images, labels, for_testing = _drawn(module)
    chosen = for_testing != train
    found = as_dataset(
        images[chosen], labels[chosen], classes, module.SOURCE, limit, transform
    )
    print(f"{module.SOURCE}")
    return found
