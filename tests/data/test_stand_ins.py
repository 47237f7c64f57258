"""The stand-ins: shapes, balance, sameness, and whether there is anything to learn."""

from __future__ import annotations

import hashlib
import socket
import subprocess
import sys

import numpy as np
import pytest
import torch
from torch import nn

from dlcourse import data
from dlcourse.data import digits_standin, drawn_cifar, drawn_fashion, settings

SETS = {
    "digits": (data.digits, (1, 28, 28), 1437, 360),
    "fashion": (data.fashion, (1, 28, 28), 2000, 500),
    "cifar10": (data.cifar10, (3, 32, 32), 2000, 500),
}
MODULES = (digits_standin, drawn_fashion, drawn_cifar)


@pytest.fixture(autouse=True)
def offline(clean_slate, monkeypatch):
    monkeypatch.setenv(settings.MODE, "offline")


@pytest.mark.parametrize("name", SETS)
@pytest.mark.parametrize("train", [True, False])
def test_shapes_types_and_ranges(name, train, capsys):
    load, shape, count_train, count_test = SETS[name]
    dataset = load(train=train)
    count = count_train if train else count_test
    assert tuple(dataset.images.shape) == (count, *shape)
    assert dataset.images.dtype == torch.float32
    assert tuple(dataset.labels.shape) == (count,)
    assert dataset.labels.dtype == torch.int64
    assert len(dataset) == count
    assert isinstance(dataset, torch.utils.data.Dataset)
    assert dataset.images.min() >= 0
    assert dataset.images.max() <= 1
    # The range is used: neither 0 to 255 nor a sliver.
    assert dataset.images.min() < 0.1
    assert dataset.images.max() > 0.9
    assert len(dataset.classes) == 10
    assert isinstance(dataset.classes, tuple)
    (line,) = capsys.readouterr().out.splitlines()
    assert dataset.source.startswith("stand-in: ")
    assert line.startswith(f"{name} ({'train' if train else 'test'}): ")
    assert dataset.source in line
    assert "DLCOURSE_DATA=offline" in line


@pytest.mark.parametrize("name", SETS)
def test_classes_are_balanced_and_so_is_each_beginning(name):
    load, *_ = SETS[name]
    for train in (True, False):
        counts = torch.bincount(load(train=train).labels, minlength=10)
        slack = 8 if name == "digits" else 0  # people wrote those, not we
        assert counts.max() - counts.min() <= slack
        for limit in (1, 7, 10, 95, 300):
            beginning = load(train=train, limit=limit).labels
            assert len(beginning) == limit
            begun = torch.bincount(beginning, minlength=10)
            assert begun.max() - begun.min() <= 1, (limit, begun)


@pytest.mark.parametrize("name", SETS)
def test_a_limit_is_the_beginning_of_the_whole(name):
    load, *_ = SETS[name]
    whole, few = load(), load(limit=57)
    assert torch.equal(few.images, whole.images[:57])
    assert torch.equal(few.labels, whole.labels[:57])
    assert len(load(limit=10**6)) == len(whole)


@pytest.mark.parametrize("name", SETS)
def test_no_picture_is_in_both_parts(name):
    load, *_ = SETS[name]
    train, test = (
        {image.numpy().tobytes() for image in load(train=part).images}
        for part in (True, False)
    )
    assert not train & test
    assert len(train) == SETS[name][2]  # and none twice
    assert len(test) == SETS[name][3]


def test_digits_are_scikit_learns_with_the_margins_of_mnist():
    from sklearn.datasets import load_digits

    images, labels, for_testing = digits_standin.draw()
    assert labels.tolist() == load_digits().target.tolist()
    assert for_testing.sum() == 360
    inner = images[:, :, 4:24, 4:24]
    assert inner.astype(int).sum() == images.astype(int).sum()  # all ink is inside
    assert (inner[:, 0].max(axis=(0, 2)) > 0).all()  # down to each row of the 20
    # The mean brightness is kept by stretching, up to rounding.
    small = load_digits().images.mean(axis=(1, 2)) / 16
    large = inner.mean(axis=(1, 2, 3)) / 255
    np.testing.assert_allclose(large, small, atol=0.02)


def test_changing_what_was_loaded_changes_nothing_later():
    first = data.fashion()
    first.images.zero_()
    first.labels.zero_()
    again = data.fashion()
    assert again.images.max() > 0.9
    assert again.labels.max() == 9


def digest(module) -> str:
    images, labels, for_testing = module.draw()
    parts = (images, labels, for_testing)
    return hashlib.sha256(b"".join(part.tobytes() for part in parts)).hexdigest()


def test_same_bytes_again_and_in_a_fresh_process():
    here = []
    for module in MODULES:
        first = digest(module)
        np.random.seed(1234)  # the global generators must not matter
        torch.manual_seed(1234)
        module.draw.cache_clear()
        here.append(digest(module))
        assert here[-1] == first, module.__name__
    code = """
import hashlib, importlib
for name in ("digits_standin", "drawn_fashion", "drawn_cifar"):
    parts = importlib.import_module(f"dlcourse.data.{name}").draw()
    print(hashlib.sha256(b"".join(part.tobytes() for part in parts)).hexdigest())
"""
    fresh = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert fresh.stdout.split() == here


def test_global_random_states_are_left_alone():
    torch.manual_seed(5)
    np.random.seed(5)
    expected = torch.rand(3), np.random.rand(3)
    torch.manual_seed(5)
    np.random.seed(5)
    for module in MODULES:
        module.draw.cache_clear()
    for load, *_ in SETS.values():
        load()
    assert torch.equal(torch.rand(3), expected[0])
    assert np.array_equal(np.random.rand(3), expected[1])


def test_offline_never_opens_a_socket_nor_writes_a_file(clean_slate, monkeypatch):
    def refuse(*args, **kwargs):
        raise AssertionError("offline must not touch the network")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    for load, *_ in SETS.values():
        for train in (True, False):
            assert load(train=train).source.startswith("stand-in")
    assert not clean_slate.exists()


def test_offline_ignores_real_files_on_disk(tiny, server, monkeypatch):
    tiny.serve(server)
    monkeypatch.setenv(settings.MODE, "online")
    assert not tiny.load().source.startswith("stand-in")
    monkeypatch.setenv(settings.MODE, "offline")
    assert tiny.load().source.startswith("stand-in")


def test_importing_data_is_cheap_and_drawing_needs_no_torchvision():
    code = """
import sys
from dlcourse import data
heavy = {"torchvision", "sklearn", "scipy", "matplotlib", "PIL"}
assert not heavy & set(sys.modules), heavy & set(sys.modules)
data.fashion(), data.cifar10()
assert not heavy & set(sys.modules), heavy & set(sys.modules)
data.digits()
assert "torchvision" not in sys.modules
"""
    subprocess.run([sys.executable, "-c", code], check=True, stdout=subprocess.DEVNULL)


# Is there anything to learn? ----------------------------------------------------------


def linear(shape) -> nn.Module:
    return nn.Sequential(nn.Flatten(), nn.Linear(int(np.prod(shape)), 10))


def convolutional(shape) -> nn.Module:
    layers: list[nn.Module] = []
    channels = shape[0]
    for width in (12, 24, 48):
        layers += [
            nn.Conv2d(channels, width, 3, padding=1),
            nn.BatchNorm2d(width),
            nn.ReLU(),
            nn.MaxPool2d(2),
        ]
        channels = width
    return nn.Sequential(*layers, nn.Flatten(), nn.LazyLinear(10))


def accuracies(name: str, make, epochs: int, lr: float, seed: int = 0) -> torch.Tensor:
    """Train on the stand-in; return the confusion counts on its test pictures."""
    load, shape, *_ = SETS[name]
    train, test = load(), load(train=False)
    mean, std = train.images.mean(), train.images.std()
    with torch.random.fork_rng():
        torch.manual_seed(seed)
        model = make(shape)
        model(torch.zeros(2, *shape))  # lets the lazy layer see its size
        optimizer = torch.optim.AdamW(model.parameters(), lr=lr, weight_decay=0.05)
        steps = epochs * -(-len(train) // 32)
        schedule = torch.optim.lr_scheduler.LinearLR(optimizer, 1.0, 0.02, steps)
        for _ in range(epochs):
            for batch in torch.randperm(len(train)).split(32):
                logits = model((train.images[batch] - mean) / std)
                loss = nn.functional.cross_entropy(logits, train.labels[batch])
                optimizer.zero_grad()
                loss.backward()
                optimizer.step()
                schedule.step()
    model.eval()
    with torch.no_grad():
        predicted = model((test.images - mean) / std).argmax(1)
    counts = torch.zeros(10, 10, dtype=torch.int64)
    counts.index_put_(
        (test.labels, predicted), torch.ones_like(predicted), accumulate=True
    )
    return counts


def share(counts: torch.Tensor) -> float:
    return float(counts.trace() / counts.sum())


@pytest.mark.parametrize(
    ("name", "epochs", "linear_below", "convolutional_above"),
    [
        ("digits", 3, 0.98, 0.95),
        ("fashion", 6, 0.88, 0.88),
        ("cifar10", 7, 0.55, 0.72),
    ],
)
def test_a_small_network_learns_and_beats_a_linear_model(
    name, epochs, linear_below, convolutional_above
):
    plain = share(accuracies(name, linear, epochs, lr=2e-3))
    deep_counts = accuracies(name, convolutional, epochs, lr=1e-2)
    deep = share(deep_counts)
    print(f"{name}: linear {plain:.3f}, convolutional {deep:.3f}")
    assert 0.25 < plain < linear_below  # far above chance, which is 0.1
    assert deep > convolutional_above
    assert deep < 0.999 or name == "digits", "too easy to teach anything"
    assert deep > plain + {"digits": 0.01, "fashion": 0.03, "cifar10": 0.2}[name]
    # No class is left out.
    assert (deep_counts.diagonal() / deep_counts.sum(1)).min() > 0.4
    if name == "fashion":
        # What people confuse: most mistakes are among the four kinds of top.
        tops = torch.tensor([0, 2, 4, 6])
        wrong = deep_counts - deep_counts.diagonal().diag()
        assert wrong[tops][:, tops].sum() > 0.5 * wrong.sum()
