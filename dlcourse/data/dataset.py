"""One class for all sets of pictures: tensors in memory, indexed one at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.utils.data import Dataset

Transform = Callable[[Tensor], Tensor]


class ImageDataset(Dataset[tuple[Tensor, Tensor]]):
    """Labelled pictures, held in memory.

    Attributes:
        images: float32, shape (N, C, H, W), values in [0, 1].
        labels: int64, shape (N,).
        classes: the names that the labels stand for, in order.
        source: where the pictures come from; starts with ``stand-in`` if they are one.
        transform: what ``dataset[i]`` does to a picture; ``images`` stay as they are.
    """

    def __init__(
        self,
        images: Tensor,
        labels: Tensor,
        classes: Sequence[str],
        source: str,
        transform: Transform | None = None,
    ) -> None:
        """Keep the tensors and check that they fit together.

        Args:
            images: float32, shape (N, C, H, W), values in [0, 1].
            labels: int64, shape (N,), values from 0 to len(classes) - 1.
            classes: one name for each class.
            source: one line that says where the pictures come from.
            transform: takes a picture of shape (C, H, W) in ``dataset[i]`` and returns
                what stands in its place.

        Raises:
            ValueError: if shapes or types are others than the above.
        """
        if images.ndim != 4 or images.dtype != torch.float32:
            raise ValueError(
                "images must be float32 of shape (N, C, H, W), "
                f"got {images.dtype} of shape {tuple(images.shape)}"
            )
        if labels.shape != images.shape[:1] or labels.dtype != torch.int64:
            raise ValueError(
                f"labels must be int64 of shape ({len(images)},), "
                f"got {labels.dtype} of shape {tuple(labels.shape)}"
            )
        self.images = images
        self.labels = labels
        self.classes = tuple(classes)
        self.source = source
        self.transform = transform

    def __len__(self) -> int:
        """Return the number of pictures."""
        return len(self.labels)

    def __getitem__(self, index: int) -> tuple[Tensor, Tensor]:
        """Return one picture, transformed, and its label.

        Args:
            index: from 0 to N - 1; a negative number counts from the end.

        Returns:
            The picture, shape (C, H, W) unless the transform changes it, and the label,
            int64, shape ().
        """
        image = self.images[index]  # (C, H, W)
        if self.transform is not None:
            image = self.transform(image)
        return image, self.labels[index]

    def __repr__(self) -> str:
        """Describe the set in one line."""
        shape = " × ".join(str(size) for size in self.images.shape[1:])
        return (
            f"ImageDataset({len(self):,} pictures of {shape}, "
            f"{len(self.classes)} classes, {self.source})"
        )


def balanced_order(labels: NDArray[np.int64]) -> NDArray[np.int64]:
    """Order pictures so that every beginning is as balanced as it can be.

    The order goes round by round. A round holds the next picture of each class that has
    one left, in a shuffled sequence that is always the same. The pictures of one class
    keep the order they came in.

    Args:
        labels: shape (N,).

    Returns:
        Shape (N,): ``labels[order]`` is the labels in the new order.
    """
    count = len(labels)
    round_of = np.empty(count, dtype=np.int64)
    for label in np.unique(labels):
        of_class = np.flatnonzero(labels == label)
        round_of[of_class] = np.arange(len(of_class))
    # RandomState and not default_rng: NumPy promises never to change its stream.
    place = np.random.RandomState(0).permutation(count)
    return np.lexsort((place, round_of)).astype(np.int64)


def check_limit(limit: int | None) -> None:
    """Refuse a number of pictures below one.

    Raises:
        ValueError: if the limit is less than 1.
    """
    if limit is not None and limit < 1:
        raise ValueError(f"limit must be at least 1 or None, got {limit}")


def as_dataset(
    images: NDArray[np.uint8],
    labels: NDArray[np.int64],
    classes: Sequence[str],
    source: str,
    limit: int | None,
    transform: Transform | None,
) -> ImageDataset:
    """Turn raw pictures into a dataset in balanced order.

    Args:
        images: shape (N, C, H, W), values from 0 to 255.
        labels: shape (N,).
        classes: one name for each class.
        source: one line that says where the pictures come from.
        limit: how many pictures to take from the beginning of the order; all if None
            or more than there are.
        transform: see :class:`ImageDataset`.

    Returns:
        The dataset, with its own memory.

    Raises:
        ValueError: if the limit is less than 1.
    """
    check_limit(limit)
    order = balanced_order(labels)[:limit]
    # Choose while a value is one byte, then widen: MNIST needs 235 MB so, not 400.
    chosen = torch.from_numpy(images[order]).float().div_(255)  # (N, C, H, W)
    return ImageDataset(
        chosen, torch.from_numpy(labels[order]), classes, source, transform
    )
