"""The real loaders on real formats, served from this machine, well and badly."""

from __future__ import annotations

import json
import os
import pickle
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
import warnings
from pathlib import Path

import numpy as np
import pytest
import torch
from torchvision import datasets

from dlcourse import data
from dlcourse.data import fetch, sets, settings, torchvision_sets
from dlcourse.data.dataset import balanced_order

pytestmark = pytest.mark.timeout(240)  # a hang is a failure


def files_below(folder: Path) -> set[str]:
    return {str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file()}


def assert_is(dataset, tiny, train: bool) -> None:
    """The pictures of the file, in balanced order, as floats."""
    order = balanced_order(tiny.labels[train])
    expected = torch.from_numpy(tiny.images[train][order]).float() / 255
    torch.testing.assert_close(dataset.images, expected, rtol=0, atol=1e-7)
    assert dataset.labels.tolist() == tiny.labels[train][order].tolist()


# What works ---------------------------------------------------------------------------


@pytest.mark.parametrize("mode", ["auto", "online"])
def test_fetches_and_loads_what_the_server_has(tiny, server, mode, monkeypatch, capfd):
    monkeypatch.setenv(settings.MODE, mode)
    tiny.serve(server)
    for train in (True, False):
        dataset = tiny.load(train=train)
        assert_is(dataset, tiny, train)
        assert dataset.images.dtype == torch.float32
        assert dataset.labels.dtype == torch.int64
        assert dataset.source in ("MNIST", "Fashion-MNIST", "CIFAR-10")
        assert len(dataset.classes) == 10
    assert sorted(server.asked) == sorted(f"/{name}" for name in tiny.files)
    out, err = capfd.readouterr()
    assert out == ""
    assert err == ""  # small files show no progress


def test_limit_and_transform_work_on_the_real_set(tiny, server):
    tiny.serve(server)
    few = tiny.load(limit=10, transform=lambda image: image - 1)
    assert sorted(few.labels.tolist()) == list(range(10))
    image, label = few[3]
    assert torch.equal(image, few.images[3] - 1)
    assert int(label) == few.labels[3]
    assert_is(tiny.load(limit=10**6), tiny, True)


def test_what_is_on_disk_needs_no_network(tiny, server, monkeypatch):
    tiny.serve(server)
    tiny.load()
    monkeypatch.setattr(socket, "socket", None)
    monkeypatch.setattr(urllib.request, "urlopen", None)
    assert_is(tiny.load(train=False), tiny, False)


def test_only_archives_and_what_they_held_are_kept(tiny, server, clean_slate):
    tiny.serve(server)
    tiny.load()
    names = {path.name for path in clean_slate.rglob("*") if path.is_file()}
    archives = {Path(name).name for name in tiny.files}
    assert archives < names
    assert not [name for name in names if name.startswith(".") or "part" in name]
    if "cifar-10-python.tar.gz" not in archives:
        assert names == archives | {name.removesuffix(".gz") for name in archives}
    assert not list(clean_slate.glob(".*"))


def test_torchvision_finds_the_files_in_its_own_places(
    mnist, cifar_10, server, clean_slate
):
    mnist.serve(server)
    cifar_10.serve(server)
    mnist.load()
    cifar_10.load()
    assert len(datasets.MNIST(clean_slate, download=False)) == 33
    assert (clean_slate / "MNIST/raw/train-images-idx3-ubyte.gz").is_file()
    assert (clean_slate / "cifar-10-python.tar.gz").is_file()
    assert datasets.CIFAR10(clean_slate).classes == list(sets.CIFAR10)


def test_a_file_system_without_hard_links_will_do(tiny, server, monkeypatch):
    def no_link(source, target):
        raise PermissionError("no hard links here")

    monkeypatch.setattr(os, "link", no_link)
    tiny.serve(server)
    assert_is(tiny.load(), tiny, True)


def test_a_redirect_is_followed(mnist, server, answers, monkeypatch):
    def moved(handler):
        handler.send_response(302)
        handler.send_header("Location", handler.path.replace("/old", ""))
        handler.send_header("Content-Length", "0")
        handler.end_headers()

    mnist.serve(server)
    server.otherwise = moved
    monkeypatch.setattr(datasets.MNIST, "mirrors", [f"{server.url}old/"])
    assert_is(mnist.load(), mnist, True)


def test_a_complaint_about_old_pickles_is_not_passed_on(cifar_10, server, monkeypatch):
    load = pickle.load

    def load_as_numpy_2_4_0(file, **options):
        text = "dtype(): align should be passed as Python or NumPy boolean but got `0`"
        warnings.warn(text, np.exceptions.VisibleDeprecationWarning, stacklevel=2)
        return load(file, **options)

    monkeypatch.setattr(pickle, "load", load_as_numpy_2_4_0)
    cifar_10.serve(server)
    assert_is(cifar_10.load(), cifar_10, True)


def test_our_names_are_torchvisions():
    assert list(sets.FASHION) == datasets.FashionMNIST.classes
    assert [name[0] for name in datasets.MNIST.classes] == list(sets.DIGITS)


# What fails ---------------------------------------------------------------------------


def test_a_bad_server_gives_a_clear_error_online(
    tiny, server, bad, hurry, clean_slate, monkeypatch
):
    how, says = bad
    monkeypatch.setenv(settings.MODE, "online")
    tiny.serve(server, how)
    with pytest.raises(data.DataUnavailable) as caught:
        tiny.load()
    message = str(caught.value)
    assert isinstance(caught.value, OSError)
    assert says in message.lower() or says in message
    assert f"127.0.0.1:{server.server_port}" in message
    assert f"{settings.MODE}=auto" in message
    assert message.endswith(".")
    assert "\n" not in message
    assert server.asked
    assert files_below(clean_slate) == set()


def test_a_bad_server_gives_the_stand_in_in_auto(
    tiny, server, bad, hurry, clean_slate, capsys
):
    how, says = bad
    tiny.serve(server, how)
    dataset = tiny.load()
    (line,) = capsys.readouterr().out.splitlines()
    assert dataset.source.startswith("stand-in")
    assert dataset.source in line
    assert says in line.lower() or says in line
    assert files_below(clean_slate) == set()


@pytest.mark.parametrize("how", ["silent", "drip", "stall"])
def test_we_leave_while_the_server_still_keeps_us_waiting(
    mnist, server, how, answers, hurry
):
    mnist.serve(server, answers[how])
    assert mnist.load().source.startswith("stand-in")
    # Nobody has released it: we left by ourselves.
    assert not server.release.is_set()
    assert server.keeping > 0


def test_a_server_that_never_takes_the_connection(mnist, hurry, monkeypatch):
    with socket.socket() as deaf:
        deaf.bind(("127.0.0.1", 0))
        deaf.listen(0)
        url = f"http://127.0.0.1:{deaf.getsockname()[1]}/"
        monkeypatch.setattr(datasets.MNIST, "mirrors", [url])
        assert mnist.load().source.startswith("stand-in")


def test_a_name_server_that_never_answers(mnist, hurry, monkeypatch, capsys):
    asked, release = threading.Event(), threading.Event()

    def hang(*args, **kwargs):
        asked.set()
        release.wait()
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", hang)
    monkeypatch.setattr(datasets.MNIST, "mirrors", ["http://somewhere.invalid/"])
    try:
        assert mnist.load().source.startswith("stand-in")
        assert asked.is_set()
        assert not release.is_set()
    finally:
        release.set()
    assert "somewhere.invalid: did not answer" in capsys.readouterr().out


def test_connection_refused(mnist, closed_port, monkeypatch, capsys, clean_slate):
    monkeypatch.setattr(datasets.MNIST, "mirrors", [closed_port])
    assert mnist.load().source.startswith("stand-in")
    assert "refused" in capsys.readouterr().out
    monkeypatch.setenv(settings.MODE, "online")
    with pytest.raises(data.DataUnavailable, match="refused"):
        mnist.load()
    assert files_below(clean_slate) == set()


def test_the_second_mirror_helps_out(mnist, server, start_server, bad, monkeypatch):
    # Half of the patience is the first mirror's, so that the second gets its turn.
    monkeypatch.setattr(fetch, "ANSWER_SECONDS", 3.0)
    monkeypatch.setattr(sets, "attempts", sets.Attempts())
    how, _ = bad
    first = start_server()
    mnist.serve(first, how)
    first.answers = {
        # One file that fails is enough, and keeps the test short.
        path: answer
        for path, answer in first.answers.items()
        if "t10k-labels" in path
    }
    mnist.serve(server)
    monkeypatch.setattr(datasets.MNIST, "mirrors", [first.url, server.url])
    assert_is(mnist.load(), mnist, True)
    assert "/t10k-labels-idx1-ubyte.gz" in first.asked


def test_a_server_that_never_stops_sending(mnist, server, monkeypatch, clean_slate):
    def endless(handler):
        handler.start(None)
        while not handler.server.release.is_set():
            handler.wfile.write(bytes(10_000))

    monkeypatch.setattr(fetch, "MOST_BYTES", 100_000)
    monkeypatch.setenv(settings.MODE, "online")
    server.otherwise = endless
    with pytest.raises(data.DataUnavailable, match="more than 100,000 bytes"):
        mnist.load()
    assert files_below(clean_slate) == set()


def test_files_that_came_are_kept_for_the_next_time(
    mnist, server, answers, clean_slate
):
    mnist.serve(server)
    last = server.answers.pop("/t10k-labels-idx1-ubyte.gz")
    assert mnist.load().source.startswith("stand-in")
    kept = files_below(clean_slate)
    assert kept == {
        f"MNIST/raw/{name}" for name in mnist.files if "t10k-labels" not in name
    }
    server.answers["/t10k-labels-idx1-ubyte.gz"] = last
    server.asked.clear()
    sets.attempts = sets.Attempts()  # as in a new process
    assert_is(mnist.load(), mnist, True)
    assert server.asked == ["/t10k-labels-idx1-ubyte.gz"]


# Waiting once -------------------------------------------------------------------------


def test_three_sets_wait_once(
    mnist, fashion_mnist, cifar_10, server, answers, hurry, capsys
):
    for each in (mnist, fashion_mnist, cifar_10):
        each.serve(server, answers["silent"])
        for train in (True, False):
            assert each.load(train=train).source.startswith("stand-in")
    # The first used up all patience; nobody asked again, for this set or another.
    assert len(server.asked) == 1
    assert len(capsys.readouterr().out.splitlines()) == 6


def test_a_quick_refusal_of_one_set_leaves_time_for_another(mnist, cifar_10, server):
    cifar_10.serve(server)
    assert mnist.load().source.startswith("stand-in")  # 404
    asked = len(server.asked)
    assert mnist.load(train=False).source.startswith("stand-in")
    assert len(server.asked) == asked
    assert cifar_10.load().source == "CIFAR-10"


def test_online_asks_again(mnist, server, monkeypatch):
    monkeypatch.setenv(settings.MODE, "online")
    with pytest.raises(data.DataUnavailable):
        mnist.load()
    mnist.serve(server)
    assert_is(mnist.load(), mnist, True)


def test_what_another_process_fetched_meanwhile_is_found(mnist, server, monkeypatch):
    assert mnist.load().source.startswith("stand-in")
    mnist.serve(server)
    monkeypatch.setenv(settings.MODE, "online")
    mnist.load()
    monkeypatch.setenv(settings.MODE, "auto")
    assert mnist.load().source == "MNIST"


# Damage on disk -----------------------------------------------------------------------


@pytest.fixture
def fetched(tiny, server, clean_slate):
    tiny.serve(server)
    tiny.load()
    server.asked.clear()
    return tiny


def archives_and_extracted(tiny, folder: Path) -> tuple[list[Path], list[Path]]:
    names = {Path(name).name for name in tiny.files}
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return (
        [path for path in files if path.name in names],
        [path for path in files if path.name not in names],
    )


@pytest.mark.parametrize("keep", [0, 3, 10, -1])
def test_a_half_extracted_file_is_extracted_again(fetched, server, clean_slate, keep):
    _, extracted = archives_and_extracted(fetched, clean_slate)
    for path in extracted:
        path.write_bytes(path.read_bytes()[:keep])
    assert_is(fetched.load(), fetched, True)
    assert_is(fetched.load(train=False), fetched, False)
    assert server.asked == []  # the archives were whole


def test_a_missing_extracted_file_is_extracted_again(fetched, server, clean_slate):
    _, extracted = archives_and_extracted(fetched, clean_slate)
    extracted[1].unlink()
    assert_is(fetched.load(), fetched, True)
    assert extracted[1].is_file()
    assert server.asked == []


def test_a_damaged_archive_is_fetched_again(fetched, server, clean_slate):
    archives, extracted = archives_and_extracted(fetched, clean_slate)
    for path in extracted:
        path.unlink()
    archives[0].write_bytes(archives[0].read_bytes()[:-1] + b"?")
    assert_is(fetched.load(), fetched, True)
    assert len(server.asked) == 1


@pytest.mark.parametrize("mode", ["auto", "online"])
def test_a_damaged_archive_without_a_server_is_named(
    fetched, server, clean_slate, mode, monkeypatch, capsys
):
    archives, extracted = archives_and_extracted(fetched, clean_slate)
    for path in extracted:
        path.unlink()
    archives[0].write_bytes(b"not what it was")
    server.answers.clear()
    monkeypatch.setenv(settings.MODE, mode)
    if mode == "online":
        with pytest.raises(data.DataUnavailable) as caught:
            fetched.load()
        message = str(caught.value)
    else:
        assert fetched.load().source.startswith("stand-in")
        message = capsys.readouterr().out
    assert f"{archives[0]} is damaged" in message
    # Nothing was extracted from a set that is not whole.
    assert set(clean_slate.rglob("*ubyte")) == set()
    assert set(clean_slate.rglob("*batch*_?")) == set()


def test_an_interrupted_extraction_leaves_nothing(
    tiny, server, clean_slate, monkeypatch
):
    tiny.serve(server)

    def stopped(self, root, train, download):
        if download:  # the archive is linked; as if the disk were full from here on
            (Path(root) / "half").write_bytes(b"half")
            raise KeyboardInterrupt
        raise RuntimeError("Dataset not found")

    with monkeypatch.context() as patch:
        patch.setattr(torchvision_sets.RealSet, "_parse", stopped)
        with pytest.raises(KeyboardInterrupt):
            tiny.load()
    kept = {Path(name).name for name in files_below(clean_slate)}
    assert kept == {Path(name).name for name in tiny.files}
    server.asked.clear()
    assert_is(tiny.load(), tiny, True)
    assert server.asked == []


def test_leavings_of_a_killed_process_are_removed_when_old(mnist, server, clean_slate):
    raw = clean_slate / "MNIST/raw"
    aside = clean_slate / ".dlcourse-extract-abc"
    for folder in (raw, aside):
        folder.mkdir(parents=True)
    old = raw / ".train-images-idx3-ubyte.gz.123.part"
    young = raw / ".train-images-idx3-ubyte.gz.456.part"
    other = raw / ".somebody-elses.part"
    for path in (old, young, other, aside / "half"):
        path.write_bytes(b"half")
    long_ago = time.time() - 2 * 3600
    for path in (old, other, aside):
        os.utime(path, (long_ago, long_ago))
    mnist.serve(server)
    mnist.load()
    assert not old.exists()
    assert not aside.exists()
    assert young.exists()  # another process may be writing it
    assert other.exists()


def test_a_folder_that_cannot_be_written(
    mnist, server, clean_slate, monkeypatch, capsys
):
    mnist.serve(server)
    clean_slate.write_text("a file where the folder should be")
    assert mnist.load().source.startswith("stand-in")
    assert str(clean_slate) in capsys.readouterr().out
    monkeypatch.setenv(settings.MODE, "online")
    with pytest.raises(data.DataUnavailable, match=settings.FOLDER):
        mnist.load()


def test_a_full_disk(mnist, server, clean_slate, monkeypatch):
    def full(*args, **kwargs):
        raise OSError(28, "No space left on device")

    mnist.serve(server)
    monkeypatch.setenv(settings.MODE, "online")
    monkeypatch.setattr(fetch.Path, "open", full)
    with pytest.raises(data.DataUnavailable, match="No space left on device"):
        mnist.load()
    assert files_below(clean_slate) == set()


# Progress -----------------------------------------------------------------------------


def test_a_large_file_shows_how_far_it_is(mnist, server, monkeypatch, capsys):
    monkeypatch.setattr(fetch, "LARGE_BYTES", 1000)
    mnist.serve(server)
    mnist.load()
    out, err = capsys.readouterr()
    assert out == ""
    assert "Fetching train-images-idx3-ubyte.gz: 0 of 0 MB" in err
    assert "labels" not in err
    assert err.endswith("\n")


# Other processes ----------------------------------------------------------------------

# Loads sets in a fresh process that knows the miniatures' addresses and checksums.
CHILD = """
import json, sys
from torchvision import datasets
from dlcourse.data import fetch, sets
fetch.ANSWER_SECONDS = 60.0
for loader, attributes, name in json.loads(sys.argv[1]):
    for attribute, value in attributes.items():
        setattr(getattr(datasets, loader), attribute, value)
    dataset = getattr(sets, name)()
    print(dataset.source, dataset.images.sum().item(), dataset.labels.tolist())
"""
PATCHED = ("mirrors", "resources", "url", "tgz_md5", "train_list", "test_list", "meta")


def start_child(*miniatures) -> subprocess.Popen[str]:
    tasks = []
    for tiny in miniatures:
        known = vars(getattr(datasets, tiny.loader))
        attributes = {name: known[name] for name in PATCHED if name in known}
        tasks.append((tiny.loader, attributes, tiny.load.__name__))
    return subprocess.Popen(
        [sys.executable, "-c", CHILD, json.dumps(tasks)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_two_processes_at_once_get_the_same(
    mnist, fashion_mnist, cifar_10, server, clean_slate, monkeypatch
):
    monkeypatch.setenv(settings.MODE, "online")
    miniatures = (mnist, fashion_mnist, cifar_10)
    both_ask = threading.Barrier(2, timeout=200)

    def together(answer):
        def wait_first(handler):
            both_ask.wait()  # neither gets the file before both have asked for it
            answer(handler)

        return wait_first

    firsts = [f"/{next(iter(tiny.files))}" for tiny in miniatures]
    for tiny, first in zip(miniatures, firsts, strict=True):
        tiny.serve(server)
        server.answers[first] = together(server.answers[first])
    children = [start_child(*miniatures) for _ in range(2)]
    outputs = [child.communicate(timeout=200) for child in children]
    assert [child.returncode for child in children] == [0, 0], outputs
    assert outputs[0] == outputs[1]
    assert [server.asked.count(first) for first in firsts] == [2, 2, 2]
    for tiny in miniatures:
        assert_is(tiny.load(), tiny, True)
    assert [server.asked.count(first) for first in firsts] == [2, 2, 2]
    hidden = [name for name in files_below(clean_slate) if "/." in f"/{name}"]
    assert hidden == []


@pytest.mark.parametrize("how", ["kill", "interrupt"])
def test_a_process_stopped_in_the_middle_leaves_no_half_file(
    mnist, server, clean_slate, answers, how
):
    mnist.serve(server)
    images = "/train-images-idx3-ubyte.gz"
    server.answers[images] = answers["stall"](mnist.files[images[1:]])
    child = start_child(mnist)
    parts: list[Path] = []
    while not (parts and parts[0].stat().st_size) and child.poll() is None:
        time.sleep(0.05)
        parts = list(clean_slate.glob("MNIST/raw/.*.part"))
    child.send_signal(signal.SIGKILL if how == "kill" else signal.SIGINT)
    child.communicate(timeout=60)
    assert child.returncode != 0
    assert not (clean_slate / "MNIST/raw" / images[1:]).exists()
    # Nobody can tidy up after kill -9 at once; the name shows what it is.
    left = files_below(clean_slate)
    assert left == ({f"MNIST/raw/{parts[0].name}"} if how == "kill" else set())
    mnist.serve(server)
    assert_is(mnist.load(), mnist, True)
