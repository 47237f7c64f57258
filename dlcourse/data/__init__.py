"""Data sets, with a stand-in where a download is impossible."""

from dlcourse.data.corpus import Corpus
from dlcourse.data.dataset import ImageDataset
from dlcourse.data.errors import DataUnavailable
from dlcourse.data.sets import cifar10, digits, fashion
from dlcourse.data.texts import words

__all__ = [
    "Corpus",
    "DataUnavailable",
    "ImageDataset",
    "cifar10",
    "digits",
    "fashion",
    "words",
]
