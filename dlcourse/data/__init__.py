"""Data sets, with a stand-in where a download is impossible."""

from dlcourse.data.dataset import ImageDataset
from dlcourse.data.sets import cifar10, digits, fashion

__all__ = ["ImageDataset", "cifar10", "digits", "fashion"]
