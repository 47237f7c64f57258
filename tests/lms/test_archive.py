"""Zips that somebody made on purpose, or with an odd program."""

from __future__ import annotations

import io
import stat
import struct
import unicodedata
import zipfile
import zlib
from pathlib import Path

import pytest

from dlcourse.errors import CourseError
from dlcourse.lms import archive
from dlcourse.lms.archive import RefusedError, opened

from .classes import write_zip


@pytest.mark.parametrize(
    "name",
    [
        "../toy.ipynb",
        "a/../../toy.ipynb",
        "/etc/passwd",
        "C:/toy.ipynb",
        "C:toy.ipynb",
        "..\\toy.ipynb",
        "a\\..\\..\\toy.ipynb",
        "\\\\server\\toy.ipynb",
    ],
)
def test_nothing_leaves_its_folder(tmp_path: Path, name: str) -> None:
    path = write_zip(tmp_path / "a.zip", {name: b"x", "good.ipynb": b"y"})
    with opened(path, "a.zip") as entries:
        bad, good = entries
        assert good.read() == b"y"
        with pytest.raises(RefusedError, match="names a place outside its folder"):
            bad.read()


def link(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name)
    info.create_system = 3
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    return info


def test_links_and_devices_are_refused(tmp_path: Path) -> None:
    pipe = zipfile.ZipInfo("pipe")
    pipe.external_attr = (stat.S_IFIFO | 0o644) << 16
    path = write_zip(tmp_path / "a.zip", [(link("toy.ipynb"), b"/etc"), (pipe, b"")])
    with opened(path, "a.zip") as entries:
        assert [one.refused for one in entries] == ["is a link", "is no ordinary file"]


def test_a_control_character_is_no_part_of_a_name(tmp_path: Path) -> None:
    path = write_zip(tmp_path / "a.zip", {"a\x1b[2Jb": b""})
    with opened(path, "a.zip") as entries:
        assert entries[0].refused == "has a name that is no text"


def test_what_unpacks_to_too_much_is_refused(tmp_path: Path) -> None:
    path = write_zip(tmp_path / "a.zip", {"bomb.ipynb": b"0" * (21 * 2**20)})
    assert path.stat().st_size < 100_000
    with opened(path, "a.zip") as entries:
        assert entries[0].refused == "is too large (21 MB; 20 MB are possible)"


def test_a_size_that_lies_does_not_help(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_zip(tmp_path / "a.zip", {"bomb.ipynb": b"0" * 5000})
    monkeypatch.setattr(archive, "MOST_BYTES", 1000)
    with zipfile.ZipFile(path) as good:
        size = struct.pack("<L", good.getinfo("bomb.ipynb").file_size)
    path.write_bytes(path.read_bytes().replace(size, struct.pack("<L", 10)))
    with opened(path, "a.zip") as entries, pytest.raises(RefusedError):
        # Whatever zipfile makes of it: at most what was announced is unpacked.
        entries[0].read()


def test_damage_costs_one_file_only(tmp_path: Path) -> None:
    path = write_zip(tmp_path / "a.zip", {"a": bytes(range(256)) * 40, "b": b"fine"})
    raw = bytearray(path.read_bytes())
    raw[50:60] = b"\xff" * 10
    path.write_bytes(raw)
    with opened(path, "a.zip") as entries:
        bad, good = entries
        with pytest.raises(RefusedError, match="cannot be unpacked"):
            bad.read()
        assert good.read() == b"fine"


def test_an_encrypted_file_is_refused(tmp_path: Path) -> None:
    path = write_zip(tmp_path / "a.zip", {"a": b"x"})
    raw = bytearray(path.read_bytes())
    raw[raw.rindex(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(raw)
    with opened(path, "a.zip") as entries:
        assert entries[0].refused == "is encrypted"


def by_an_old_program(name: bytes, raw: bytes = b"x") -> io.BytesIO:
    """A zip whose name is written in bytes without saying in which encoding."""
    crc, flags = zlib.crc32(raw), 0
    head = struct.pack(
        *("<HHHHHLLLHH", 20, flags, 0, 0, 0x5D7C, crc, len(raw), len(raw)),
        *(len(name), 0),
    )
    local = b"PK\x03\x04" + head + name + raw
    more = struct.pack("<HHHLL", 0, 0, 0, 0, 0)
    central = b"PK\x01\x02" + struct.pack("<H", 20) + head + more + name
    end = struct.pack("<HHHHLLH", 0, 0, 1, 1, len(central), len(local), 0)
    return io.BytesIO(local + central + b"PK\x05\x06" + end)


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        ("Šimić".encode(), "Šimić"),
        ("Müller".encode("cp437"), "Müller"),
        (unicodedata.normalize("NFD", "Zoë").encode(), "Zoë"),
    ],
)
def test_names_in_other_encodings(raw: bytes, name: str) -> None:
    with opened(by_an_old_program(raw), "a.zip") as entries:
        assert entries[0].name == name
        assert entries[0].read() == b"x"


def test_what_systems_leave_behind_is_not_there(tmp_path: Path) -> None:
    junk = (
        *("__MACOSX/a/._toy.ipynb", "a/.ipynb_checkpoints/toy-checkpoint.ipynb"),
        *("a/.DS_Store", "a/._b", "a/__pycache__/b.pyc", "Thumbs.db", "a/"),
    )
    path = write_zip(tmp_path / "a.zip", dict.fromkeys([*junk, "a/toy.ipynb"], b""))
    with opened(path, "a.zip") as entries:
        assert [one.name for one in entries] == ["a/toy.ipynb"]


def test_what_is_no_zip_is_one_sentence(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    for raw in (b"", b"<html>", b"PK\x03\x04 and no more"):
        path.write_bytes(raw)
        with (
            pytest.raises(CourseError, match="cannot be read as a zip"),
            opened(path, "a.zip"),
        ):
            pass
    with (
        pytest.raises(CourseError, match="cannot be read as a zip"),
        opened(tmp_path / "none.zip", "none.zip"),
    ):
        pass


def test_more_files_than_any_class_hands_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive, "MOST_ENTRIES", 2)
    path = write_zip(tmp_path / "a.zip", dict.fromkeys("abc", b""))
    with pytest.raises(CourseError, match="holds 3 files"), opened(path, "a.zip"):
        pass
