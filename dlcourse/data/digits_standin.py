"""The stand-in for MNIST: real handwritten digits of 8×8 pixels, scaled to 28×28."""

from __future__ import annotations

import functools
import math

import numpy as np
import torch
from numpy.typing import NDArray

SOURCE = "stand-in: 8×8 digits of scikit-learn"
TEST_SHARE = 0.2


@functools.cache
def draw() -> tuple[NDArray[np.uint8], NDArray[np.int64], NDArray[np.bool_]]:
    """Scale scikit-learn's digits to the size and margins of MNIST.

    A digit is stretched to 20×20 pixels and stands in the middle of 28×28, as in MNIST.
    One picture in five of each class, chosen once for all, is for testing.

    Returns:
        Pictures (1797, 1, 28, 28), labels (1797,) and which are for testing; the same
        arrays at each call, not to be changed.
    """
    # Here and not above: it takes a second, which only this stand-in is worth.
    from sklearn.datasets import load_digits

    bunch = load_digits()
    small = torch.from_numpy(bunch.images).float()[:, None] / 16  # (1797, 1, 8, 8)
    large = torch.nn.functional.interpolate(
        small, size=(20, 20), mode="bilinear", align_corners=False
    )
    large = torch.nn.functional.pad(large, (4, 4, 4, 4))  # (1797, 1, 28, 28)
    images = (large * 255).round().to(torch.uint8).numpy()
    labels = np.asarray(bunch.target, dtype=np.int64)
    return images, labels, _for_testing(labels)


def _for_testing(labels: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Choose the test pictures: a fixed share of each class, 360 in all."""
    rng = np.random.RandomState(0)
    chosen = np.zeros(len(labels), dtype=bool)
    total = math.ceil(len(labels) * TEST_SHARE)
    counts = np.bincount(labels)
    # Largest remainders, so that the shares add up to the total.
    exact = counts * total / len(labels)
    share = np.floor(exact).astype(int)
    rest = np.argsort(share - exact, kind="stable")[: total - share.sum()]
    share[rest] += 1
    for label, number in enumerate(share):
        chosen[rng.permutation(np.flatnonzero(labels == label))[:number]] = True
    return chosen
