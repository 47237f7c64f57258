"""Real formats in miniature, and a server on this machine that can misbehave."""

from __future__ import annotations

import dataclasses
import gzip
import hashlib
import io
import socket
import struct
import tarfile
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import numpy as np
import pytest
from torchvision import datasets

from dlcourse.data import fetch, sets, settings


@pytest.fixture(autouse=True)
def clean_slate(tmp_path, monkeypatch):
    """No test knows what another has fetched, failed to fetch or set."""
    monkeypatch.setenv(settings.FOLDER, str(tmp_path / "cache"))
    monkeypatch.setenv(settings.MODE, "auto")
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(sets, "attempts", sets.Attempts())
    return tmp_path / "cache"


@pytest.fixture
def hurry(monkeypatch):
    """Lose patience soon: for servers that are meant to fail."""
    monkeypatch.setattr(fetch, "ANSWER_SECONDS", 0.4)
    monkeypatch.setattr(sets, "attempts", sets.Attempts())


Answer = Callable[["Handler"], None]


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        answer = self.server.answers.get(self.path) or self.server.otherwise
        answer(self)

    def start(self, length: int | None, status: int = 200, kind: str = "") -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind or "application/x-gzip")
        if length is not None:
            self.send_header("Content-Length", str(length))
        self.end_headers()

    def log_message(self, *args: object) -> None:
        pass


class Server(ThreadingHTTPServer):
    """Answers each path as it is told; counts those it keeps waiting."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.answers: dict[str, Answer] = {}
        self.asked: list[str] = []
        self.release = threading.Event()
        self.keeping = 0
        self.otherwise: Answer = fail(404)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/"

    def handle_error(self, request: object, client_address: object) -> None:
        pass  # a client that leaves early is what is wanted here


def good(body: bytes) -> Answer:
    def answer(handler: Handler) -> None:
        handler.start(len(body))
        handler.wfile.write(body)

    return answer


def fail(status: int) -> Answer:
    def answer(handler: Handler) -> None:
        handler.start(9, status, "text/plain")
        handler.wfile.write(b"Not here.")

    return answer


def silent(body: bytes) -> Answer:
    """Take the question and never answer."""

    def answer(handler: Handler) -> None:
        handler.server.keeping += 1
        handler.server.release.wait()
        handler.server.keeping -= 1

    return answer


def drip(body: bytes) -> Answer:
    """Send a byte now and then, without end in sight."""

    def answer(handler: Handler) -> None:
        handler.server.keeping += 1
        handler.start(len(body))
        for byte in body:
            handler.wfile.write(bytes([byte]))
            if handler.server.release.wait(0.05):
                break

    return answer


def stall(body: bytes) -> Answer:
    """Send half at once and then nothing, with the connection open."""

    def answer(handler: Handler) -> None:
        handler.start(len(body))
        handler.wfile.write(body[: len(body) // 2])
        handler.server.keeping += 1
        handler.server.release.wait()
        handler.server.keeping -= 1

    return answer


def broken(body: bytes) -> Answer:
    """Reset the connection in the middle of the file."""

    def answer(handler: Handler) -> None:
        handler.start(len(body))
        handler.wfile.write(body[: len(body) // 2])
        linger = struct.pack("ii", 1, 0)
        handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        handler.connection.close()

    return answer


def truncated(body: bytes) -> Answer:
    """Promise the whole file, send half, say goodbye."""

    def answer(handler: Handler) -> None:
        handler.start(len(body))
        handler.wfile.write(body[: len(body) // 2])

    return answer


def cut_without_length(body: bytes) -> Answer:
    """Send half and never say how long the file should be."""

    def answer(handler: Handler) -> None:
        handler.start(None)
        handler.wfile.write(body[: len(body) // 2])

    return answer


def altered(body: bytes) -> Answer:
    """Send as many bytes, the last of them another."""
    return good(body[:-1] + bytes([body[-1] ^ 1]))


def web_page(body: bytes) -> Answer:
    """Send what the login page of a hotel sends."""
    page = b"\n<!DOCTYPE html><title>Welcome</title>" + b"<p>Please log in.</p>" * 50

    def answer(handler: Handler) -> None:
        handler.start(len(page), kind="text/html")
        handler.wfile.write(page)

    return answer


BAD: dict[str, Callable[[bytes], Answer]] = {
    "silent": silent,
    "drip": drip,
    "stall": stall,
    "broken": broken,
    "truncated": truncated,
    "cut without length": cut_without_length,
    "altered": altered,
    "web page": web_page,
    "404": lambda body: fail(404),
    "500": lambda body: fail(500),
}
# What the message must say of each.
SAYS = {
    "silent": "did not answer",
    "drip": "sent only",
    "stall": "sent only",
    "broken": "reset",
    "truncated": "broke off after",
    "cut without length": "wrong checksum",
    "altered": "wrong checksum",
    "web page": "web page",
    "404": "404",
    "500": "500",
}


@pytest.fixture
def start_server() -> Iterator[Callable[[], Server]]:
    servers: list[Server] = []

    def start() -> Server:
        server = Server()
        servers.append(server)
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        return server

    yield start
    for server in servers:
        server.release.set()
        server.shutdown()
        server.server_close()


@pytest.fixture
def server(start_server) -> Server:
    return start_server()


@pytest.fixture(params=BAD)
def bad(request) -> tuple[Callable[[bytes], Answer], str]:
    """A way to fail, and what the message must say of it."""
    return BAD[request.param], SAYS[request.param]


@pytest.fixture
def answers():
    """The ways to answer, by name, for tests that choose one."""
    return {**BAD, "good": good, "fail": fail}


@pytest.fixture
def closed_port() -> str:
    """An address where nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{probe.getsockname()[1]}/"


# The formats --------------------------------------------------------------------------


def idx(array: np.ndarray) -> bytes:
    """MNIST's format: two zeros, type 8, number of dimensions, sizes, bytes."""
    sizes = struct.pack(f">{array.ndim}I", *array.shape)
    return bytes([0, 0, 8, array.ndim]) + sizes + array.astype(np.uint8).tobytes()


def _string(text: str | bytes) -> bytes:
    raw = text if isinstance(text, bytes) else text.encode()
    if len(raw) < 256:
        return b"U" + bytes([len(raw)]) + raw
    return b"T" + struct.pack("<i", len(raw)) + raw


def _number(value: int) -> bytes:
    return b"J" + struct.pack("<i", value)


def _tuple(*parts: bytes) -> bytes:
    return b"(" + b"".join(parts) + b"t"


def _list(*parts: bytes) -> bytes:
    return b"](" + b"".join(parts) + b"e"


def _dict(**items: bytes) -> bytes:
    pairs = b"".join(_string(key) + value for key, value in items.items())
    return b"}(" + pairs + b"u"


def _array(array: np.ndarray) -> bytes:
    """Pickle an array of bytes as NumPy did under Python 2, and so CIFAR's authors."""
    empty = _tuple(b"cnumpy\nndarray\n", _tuple(_number(0)), _string("b"))
    dtype = b"cnumpy\ndtype\n" + _tuple(_string("u1"), _number(0), _number(1)) + b"R"
    numbers = [_number(value) for value in (-1, -1, 0)]
    dtype += _tuple(_number(3), _string("|"), b"N", b"N", b"N", *numbers) + b"b"
    shape = _tuple(*map(_number, array.shape))
    state = _tuple(_number(1), shape, dtype, b"I00\n", _string(array.tobytes()))
    return b"cnumpy.core.multiarray\n_reconstruct\n" + empty + b"R" + state + b"b"


def python_2_pickle(**items: bytes) -> bytes:
    return b"\x80\x02" + _dict(**items) + b"."


def _md5(body: bytes) -> str:
    return hashlib.md5(body).hexdigest()


@dataclasses.dataclass
class Tiny:
    """A miniature of one set, as files to serve and as what must come out of them."""

    loader: str
    load: Callable[..., object]
    files: dict[str, bytes]
    images: dict[bool, np.ndarray]  # (N, C, H, W) bytes, by train
    labels: dict[bool, np.ndarray]

    def serve(self, server: Server, how: Callable[[bytes], Answer] = good) -> None:
        for name, body in self.files.items():
            server.answers[f"/{name}"] = how(body)


def _pictures(seed: int, count: int, *shape: int) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.RandomState(seed)
    images = rng.randint(0, 256, (count, *shape)).astype(np.uint8)
    return images, rng.permutation(np.arange(count) % 10)


def _tiny_idx(load, loader, seed, monkeypatch) -> Tiny:
    parts = {
        True: _pictures(seed, 33, 1, 28, 28),
        False: _pictures(seed + 1, 20, 1, 28, 28),
    }
    files = {}
    for train, word in ((True, "train"), (False, "t10k")):
        images, labels = parts[train]
        files[f"{word}-images-idx3-ubyte.gz"] = gzip.compress(idx(images[:, 0]))
        files[f"{word}-labels-idx1-ubyte.gz"] = gzip.compress(idx(labels))
    assert set(files) == {name for name, _ in loader.resources}
    resources = [(name, _md5(files[name])) for name, _ in loader.resources]
    monkeypatch.setattr(loader, "resources", resources)
    images = {train: part[0] for train, part in parts.items()}
    return Tiny(
        loader.__name__,
        load,
        files,
        images,
        {train: part[1] for train, part in parts.items()},
    )


@pytest.fixture
def mnist(server, monkeypatch) -> Tiny:
    monkeypatch.setattr(datasets.MNIST, "mirrors", [server.url])
    return _tiny_idx(sets.digits, datasets.MNIST, 1, monkeypatch)


@pytest.fixture
def fashion_mnist(server, monkeypatch) -> Tiny:
    monkeypatch.setattr(datasets.FashionMNIST, "mirrors", [f"{server.url}fashion/"])
    tiny = _tiny_idx(sets.fashion, datasets.FashionMNIST, 5, monkeypatch)
    tiny.files = {f"fashion/{name}": body for name, body in tiny.files.items()}
    return tiny


@pytest.fixture
def cifar_10(server, monkeypatch) -> Tiny:
    loader = datasets.CIFAR10
    parts = {True: _pictures(3, 40, 3, 32, 32), False: _pictures(4, 20, 3, 32, 32)}
    members = {
        "batches.meta": python_2_pickle(label_names=_list(*map(_string, sets.CIFAR10)))
    }
    for number in range(5):
        images, labels = (part[number * 8 : number * 8 + 8] for part in parts[True])
        members[f"data_batch_{number + 1}"] = _batch(images, labels)
    members["test_batch"] = _batch(*parts[False])
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:gz") as tar:
        for name, body in members.items():
            info = tarfile.TarInfo(f"{loader.base_folder}/{name}")
            info.size = len(body)
            tar.addfile(info, io.BytesIO(body))
    archive = buffer.getvalue()
    for attribute in ("train_list", "test_list"):
        names = [name for name, _ in getattr(loader, attribute)]
        pairs = [[name, _md5(members[name])] for name in names]
        monkeypatch.setattr(loader, attribute, pairs)
    meta = {**loader.meta, "md5": _md5(members["batches.meta"])}
    monkeypatch.setattr(loader, "meta", meta)
    monkeypatch.setattr(loader, "url", f"{server.url}{loader.filename}")
    monkeypatch.setattr(loader, "tgz_md5", _md5(archive))
    return Tiny(
        loader.__name__,
        sets.cifar10,
        {loader.filename: archive},
        {train: part[0] for train, part in parts.items()},
        {train: part[1] for train, part in parts.items()},
    )


def _batch(images: np.ndarray, labels: np.ndarray) -> bytes:
    return python_2_pickle(
        batch_label=_string("training batch"),
        data=_array(images.reshape(len(images), -1)),
        labels=_list(*map(_number, labels.tolist())),
        filenames=_list(*(_string(f"thing_{i}.png") for i in range(len(labels)))),
    )


@pytest.fixture(params=["mnist", "fashion_mnist", "cifar_10"])
def tiny(request) -> Tiny:
    return request.getfixturevalue(request.param)
