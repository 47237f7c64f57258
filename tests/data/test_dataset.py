"""The class that holds pictures, and the order in which it gets them."""

from __future__ import annotations

import pickle

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch.utils.data import DataLoader

from dlcourse.data import ImageDataset, sets, settings
from dlcourse.data.dataset import as_dataset, balanced_order


def make(count: int = 6, transform=None) -> ImageDataset:
    images = torch.rand(count, 1, 4, 5)
    return ImageDataset(images, torch.arange(count), list("abcdef"), "here", transform)


def test_an_item_is_a_picture_and_its_label():
    dataset = make()
    image, label = dataset[2]
    assert torch.equal(image, dataset.images[2])
    assert tuple(label.shape) == ()
    assert label.dtype == torch.int64
    assert label == 2
    assert dataset[-1][1] == 5
    assert len(list(dataset)) == 6  # iteration ends
    with pytest.raises(IndexError):
        dataset[6]


def test_transform_changes_items_and_not_the_pictures():
    dataset = make(transform=lambda image: image.flatten() * 2)
    image, _ = dataset[1]
    assert tuple(image.shape) == (20,)
    assert torch.equal(image, dataset.images[1].flatten() * 2)
    assert tuple(dataset.images.shape) == (6, 1, 4, 5)


def test_a_data_loader_makes_batches_of_it_also_in_other_processes():
    dataset = make()
    X, y = next(iter(DataLoader(dataset, batch_size=4)))
    assert tuple(X.shape) == (4, 1, 4, 5)
    assert y.tolist() == [0, 1, 2, 3]
    copied = pickle.loads(pickle.dumps(dataset))
    assert torch.equal(copied.images, dataset.images)
    assert copied.classes == tuple("abcdef")


def test_repr_says_how_many_and_what():
    assert repr(make()) == "ImageDataset(6 pictures of 1 × 4 × 5, 6 classes, here)"


@pytest.mark.parametrize(
    ("images", "labels", "says"),
    [
        (torch.zeros(3, 4, 5), torch.arange(3), r"\(N, C, H, W\).*\(3, 4, 5\)"),
        (torch.zeros(3, 1, 4, 5).double(), torch.arange(3), "float64"),
        (torch.zeros(3, 1, 4, 5), torch.arange(2), r"shape \(3,\).*\(2,\)"),
        (torch.zeros(3, 1, 4, 5), torch.zeros(3), "labels must be int64"),
    ],
)
def test_tensors_that_do_not_fit_are_refused(images, labels, says):
    with pytest.raises(ValueError, match=says):
        ImageDataset(images, labels, "abc", "here")


@given(st.lists(st.integers(0, 4), max_size=60))
def test_order_is_a_permutation_and_balanced_as_long_as_it_can(labels):
    given_labels = np.array(labels, dtype=np.int64)
    order = balanced_order(given_labels)
    assert sorted(order) == list(range(len(labels)))
    ordered = given_labels[order].tolist()
    for stop in range(len(ordered) + 1):
        begun = ordered[:stop]
        for label in set(labels):
            # Each class has its turn in every round until it has no picture left.
            others = max((begun.count(other) for other in set(labels)), default=0)
            assert begun.count(label) >= min(others - 1, labels.count(label))
    for label in set(labels):
        places = [place for place in order if labels[place] == label]
        assert places == sorted(places)


def test_rounds_are_shuffled():
    labels = np.repeat(np.arange(10), 30)
    ordered = labels[balanced_order(labels)].reshape(30, 10)
    assert (np.sort(ordered, axis=1) == np.arange(10)).all()
    # Every tenth picture is not always of the same class.
    assert all(len(set(column)) > 5 for column in ordered.T.tolist())


def test_bytes_become_floats_from_0_to_1_in_memory_of_their_own():
    images = np.arange(256, dtype=np.uint8).reshape(16, 1, 4, 4)
    dataset = as_dataset(images, np.zeros(16, np.int64), "ab", "here", None, None)
    expected = torch.arange(256).view(16, 1, 4, 4) / 255
    torch.testing.assert_close(dataset.images, expected)
    images[:] = 0
    torch.testing.assert_close(dataset.images, expected)


@pytest.mark.parametrize("limit", [0, -1])
@pytest.mark.parametrize("mode", settings.MODES)
def test_a_limit_below_one_is_refused_at_once(limit, mode, monkeypatch):
    monkeypatch.setenv(settings.MODE, mode)
    monkeypatch.setattr(sets, "attempts", None)  # not even tried to load
    with pytest.raises(
        ValueError, match=f"limit must be at least 1 or None, got {limit}"
    ):
        sets.digits(limit=limit)
