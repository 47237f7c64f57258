"""Data sets, with a stand-in where a download is impossible."""

from dlcourse.data.dataset import ImageDataset
from dlcourse.data.errors import DataUnavailable
from dlcourse.data.sets import cifar10, digits, fashion

__all__ = ["DataUnavailable", "ImageDataset", "cifar10", "digits", "fashion"]
